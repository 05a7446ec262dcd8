"""Makes a seeded Zulip export of any size in Zulip's own shape: a thousand messages a file.

A path that ends in .zip or .tar.gz, which is what Zulip hands out, becomes one, any other a folder.
The fields are those of its tables as its own ``export.py`` writes them: with each message's HTML,
its words for the search, and a line for everybody whom it was delivered to (few here: many
communities have hundreds). Made up are how often each occurs and the texts, which recur.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from many_files import ManyFiles

MESSAGES_PER_FILE = 1_000
READERS_PER_MESSAGE = 8
BORN = 1_617_235_200
FIRST_USER, FIRST_STREAM, FIRST_RECIPIENT = 8, 20, 100
PHRASES = (
    "おはようございます。今日の勉強会の資料を置いておきます。",
    "ありがとうございます!とても助かりました。",
    "これ、次の回でやってみませんか?",
    "設定の手順を書いてみました。気になるところがあれば教えてください。",
    "Has anybody tried this with the new version?",
    "I wrote up what we learned: [notes](https://blog.example.com/notes/{n})",
    "来週の会場、まだ20席あります。オンラインでも参加できます。",
    "@**Member {n}** わたしも同じところで止まりました。解決したら共有します。",
    "Welcome! Tell us what brought you here.",
    "議事録はこちらです https://docs.example.jp/minutes/{n}",
)
EMOJIS = ("thumbs_up", "tada", "heart", "eyes", "pray")
SUBSCRIPTIONS_OF_ONE = 4
ADDRESS = re.compile(r"https?://[^\s)]+")
LINK = re.compile(r"\[([^\]]+)\]\((\S+)\)")
MENTION = re.compile(r"@\*\*(Member (\d+))\*\*")
WORD = re.compile(r"\w+")


def make(path: Path, *, messages: int, seed: int = 20260401) -> int:
    """Write an export with this many messages; returns its number of files."""
    chance = random.Random(seed)
    people = max(50, min(20_000, messages // 100))
    streams = max(8, messages // 10_000)
    with ManyFiles(path) as made:
        made.put("realm.json", realm(people, streams))
        written = written_messages(messages, people, streams=streams, chance=chance)
        number = 0
        while batch := [one for _, one in zip(range(MESSAGES_PER_FILE), written, strict=False)]:
            number += 1
            made.put(f"messages-{number:06}.json", beside(batch, people, chance=chance))
        return made.count


def written_messages(
    messages: int, people: int, *, streams: int, chance: random.Random
) -> Iterator[dict[str, Any]]:
    """Yield messages in the order of their numbers: topics begun, and answered for a while."""
    at, topics = float(BORN), [0] * streams
    for number in range(1, messages + 1):
        at += chance.random() * 60
        stream = int(chance.random() ** 2 * streams)
        if chance.random() < 0.12:
            topics[stream] += 1
        text = chance.choice(PHRASES).format(n=chance.randrange(people))
        yield {
            "id": number,
            "sender": FIRST_USER + int(chance.random() ** 2 * people),
            "recipient": FIRST_RECIPIENT + stream,
            "realm": 1,
            "type": 1,
            "subject": f"topic {topics[stream]}",
            "content": text,
            "rendered_content": rendered(text),
            "rendered_content_version": 1,
            "date_sent": round(at, 6),
            "sending_client": 3,
            "search_tsvector": searched(f"topic {topics[stream]} {text}"),
            **edited(at, text, chance),
            "has_attachment": False,
            "has_image": False,
            "has_link": "http" in text,
            "is_channel_message": True,
        }


def rendered(text: str) -> str:
    """Return a text as Zulip keeps it for its pages."""
    html = LINK.sub(r'<a href="\2">\1</a>', text)
    if html == text:
        html = ADDRESS.sub(r'<a href="\g<0>">\g<0></a>', text)
    html = MENTION.sub(r'<span class="user-mention" data-user-id="\2">@\1</span>', html)
    return f"<p>{html}</p>"


def searched(text: str) -> str:
    """Return the words of a text with their places, as they are kept for the search."""
    return " ".join(sorted(f"'{word}':{at}" for at, word in enumerate(WORD.findall(text), 1)))


def edited(at: float, text: str, chance: random.Random) -> dict[str, Any]:
    """Return when a message was changed, if it was, and what it said before."""
    later = round(at + 60, 6) if chance.random() < 0.03 else None
    before = [{"user_id": FIRST_USER, "timestamp": int(at) + 60, "prev_content": text}]
    history = msgspec.json.encode(before).decode() if later else None
    return {"last_edit_time": later, "last_moved_time": None, "edit_history": history}


def beside(batch: list[dict[str, Any]], people: int, *, chance: random.Random) -> dict[str, Any]:
    """Return a file: messages, who they were delivered to, and reactions."""
    delivered: list[dict[str, Any]] = []
    reactions: list[dict[str, Any]] = []
    for message in batch:
        for _ in range(READERS_PER_MESSAGE):
            who = FIRST_USER + chance.randrange(people)
            row = {"id": len(delivered), "user_profile": who, "message": message["id"]}
            delivered.append(row | {"flags_mask": 1})
        while chance.random() < 0.25:
            reactions.append(
                {
                    "id": message["id"] * 10 + len(reactions) % 10,
                    "user_profile": FIRST_USER + int(chance.random() ** 2 * people),
                    "message": message["id"],
                    "emoji_name": chance.choice(EMOJIS),
                    "emoji_code": "1f44d",
                    "reaction_type": "unicode_emoji",
                }
            )
    tables = {"zerver_message": batch, "zerver_usermessage": delivered}
    return tables | {"zerver_reaction": reactions}


def realm(people: int, streams: int) -> dict[str, Any]:
    """Return the tables beside the messages."""
    return {
        "zerver_realm": [{"id": 1, "string_id": "bench", "date_created": BORN - 86_400.0}],
        "zerver_defaultstream": [{"id": 1, "realm": 1, "stream": FIRST_STREAM}],
        "zerver_userprofile": [
            {
                "id": FIRST_USER + number,
                "full_name": f"Member {number}",
                "delivery_email": f"member{number}@example.jp",
                "email": f"user{FIRST_USER + number}@zulip.example.jp",
                "role": 100 if number == 0 else 400,
                "is_bot": False,
                "is_active": True,
                "date_joined": float(BORN + number * 60),
                "timezone": "Asia/Tokyo",
            }
            for number in range(people)
        ],
        "zerver_userprofile_crossrealm": [{"id": 2, "email": "notification-bot@example.com"}],
        "zerver_stream": [
            {
                "id": FIRST_STREAM + number,
                "name": f"stream {number}",
                "invite_only": False,
                "date_created": float(BORN - 3600 + number),
                "creator": FIRST_USER + number,
            }
            for number in range(streams)
        ],
        "zerver_recipient": [
            {"id": FIRST_RECIPIENT + number, "type": 2, "type_id": FIRST_STREAM + number}
            for number in range(streams)
        ],
        **subscribed(people, streams),
    }


def subscribed(people: int, streams: int) -> dict[str, Any]:
    """Return who is in which channel, and the lines of the audit log that say since when."""
    subscriptions, audit = list[dict[str, Any]](), list[dict[str, Any]]()
    for number in range(people):
        for stream in {(number * step) % streams for step in range(SUBSCRIPTIONS_OF_ONE)}:
            key, user = len(audit) + 1, FIRST_USER + number
            about = {"id": key, "user_profile": user, "recipient": FIRST_RECIPIENT + stream}
            subscriptions.append(
                about | {"active": True, "is_user_active": True, "color": "#c2c2c2"}
            )
            happened = {"event_type": 301, "event_time": float(BORN + number * 60 + 1)}
            whom = {"acting_user": user, "modified_user": user}
            where = {"modified_stream": FIRST_STREAM + stream, "backfilled": False}
            audit.append({"id": key, "realm": 1} | happened | whom | where)
    return {"zerver_subscription": subscriptions, "zerver_realmauditlog": audit}


def main() -> None:
    """Write one export where the command line says."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("path", type=Path)
    words.add_argument("--messages", type=int, default=10_000)
    words.add_argument("--seed", type=int, default=20260401)
    asked = words.parse_args()
    files = make(asked.path, messages=asked.messages, seed=asked.seed)
    print(f"{asked.messages:,} messages in {files:,} files")


if __name__ == "__main__":
    main()
