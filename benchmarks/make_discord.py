"""Makes a seeded Discord export of any size as DiscordChatExporter writes it.

There is one file for each channel and for each thread. A path that ends in .zip becomes a zip, any
other a folder.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from many_files import ManyFiles

MESSAGES_PER_CHANNEL = 20_000
SHARE_IN_THREADS = 0.3
MESSAGES_PER_THREAD = 40
FIRST_DAY = datetime(2021, 4, 1, tzinfo=UTC)
DISCORD_BORN = datetime(2015, 1, 1, tzinfo=UTC)
GUILD = {"id": "700000000000000001", "name": "Yamabiko", "iconUrl": "https://cdn.example.com/0.png"}
PHRASES = (
    "おはようございます。今日の勉強会の資料を置いておきます。",
    "ありがとうございます!とても助かりました。",
    "これ、次の回でやってみませんか?",
    "設定の手順を書いてみました。気になるところがあれば教えてください。",
    "Has anybody tried this with the new version?",
    "I wrote up what we learned: https://blog.example.com/notes/{n}",
    "来週の会場、まだ20席あります。オンラインでも参加できます。",
    "議事録はこちらです https://docs.example.jp/minutes/{n}",
)
EMOJIS = (("👍", "thumbsup"), ("🎉", "tada"), ("❤️", "heart"), ("👀", "eyes"))


def make(path: Path, *, messages: int, seed: int = 20260401) -> int:
    """Write an export with this many messages; returns its number of files."""
    chance = random.Random(seed)
    people = [person(number) for number in range(max(50, min(20_000, messages // 100)))]
    channels = max(4, messages // MESSAGES_PER_CHANNEL)
    with ManyFiles(path) as made:
        for channel in range(channels):
            share = messages // channels + (channel < messages % channels)
            put_channel(made, share, people, channel=channel, chance=chance)
        return made.count


def put_channel(
    made: ManyFiles,
    messages: int,
    people: list[dict[str, Any]],
    *,
    channel: int,
    chance: random.Random,
) -> None:
    """Write one channel's file, and one for each of the threads that begin in it."""
    in_threads = int(messages * SHARE_IN_THREADS)
    begins = FIRST_DAY + timedelta(seconds=channel)
    main = [
        *written_messages(messages - in_threads, people, begins, pause=14_000_000, chance=chance)
    ]
    whole = about(f"{720000000000000000 + channel}", f"channel-{channel}")
    made.put(f"{named(whole)}.json", beside(main, whole))
    while in_threads:
        size = min(in_threads, chance.randrange(1, 2 * MESSAGES_PER_THREAD))
        in_threads -= size
        root = main.pop(chance.randrange(len(main)))
        began = datetime.fromisoformat(root["timestamp"])
        answers = [*written_messages(size, people, began, pause=600_000, chance=chance)]
        kind = {"type": "GuildPublicThread", "categoryId": whole["id"], "category": whole["name"]}
        thread = about(root["id"], f"thread {root['id'][-4:]}") | kind
        made.put(f"{named(thread)}.json", beside(answers, thread))


def person(number: int) -> dict[str, Any]:
    """Return somebody as a message names them."""
    return {
        "id": f"{710000000000000000 + number * 7919}",
        "name": f"member{number}",
        "discriminator": "0000",
        "nickname": f"メンバー{number}",
        "color": None,
        "isBot": False,
        "roles": [],
        "avatarUrl": f"https://cdn.example.com/avatars/{number}.png",
    }


def written_messages(
    messages: int,
    people: list[dict[str, Any]],
    at: datetime,
    *,
    pause: int,
    chance: random.Random,
) -> Iterator[dict[str, Any]]:
    """Yield messages in the order of their times; some answer, some draw reactions."""
    recent = [""]
    for _ in range(messages):
        at += timedelta(milliseconds=chance.randrange(1, pause))
        key = str((int((at - DISCORD_BORN).total_seconds() * 1_000) << 22) | chance.getrandbits(22))
        author = people[int(len(people) * chance.random() ** 3)]
        answered = chance.choice(recent) if chance.random() < 0.3 else ""
        whom = [chance.choice(people)] if chance.random() < 0.08 else []
        yield message(key, at, author=author, answered=answered, whom=whom, chance=chance) | {
            "reactions": reactions(people, chance) if chance.random() < 0.25 else []
        }
        recent = [*recent[-20:], key]


def message(
    key: str, at: datetime, *, author: dict[str, Any], answered: str, whom: list[Any], chance: Any
) -> dict[str, Any]:
    """Return one message in the order of fields in which it is exported."""
    told = {
        "id": key,
        "type": "Reply" if answered else "Default",
        "timestamp": at.isoformat(timespec="milliseconds"),
        "timestampEdited": None,
        "callEndedTimestamp": None,
        "isPinned": False,
        "content": chance.choice(PHRASES).format(n=chance.randrange(100_000)),
        "author": author,
        "attachments": [],
        "embeds": [],
        "stickers": [],
        "mentions": whom,
    }
    if answered:
        told["reference"] = {
            "messageId": answered,
            "channelId": "7200",
            "guildId": GUILD["id"],
        }
    return told


def reactions(people: list[dict[str, Any]], chance: random.Random) -> list[dict[str, Any]]:
    """Return one emoji and who set it."""
    name, code = chance.choice(EMOJIS)
    who = chance.sample(people, chance.choice((1, 1, 2, 4)))
    return [
        {
            "emoji": {"id": "", "name": name, "code": code, "isAnimated": False, "imageUrl": ""},
            "count": len(who),
            "users": [
                {key: one[key] for key in ("id", "name", "nickname", "isBot")} for one in who
            ],
        }
    ]


def about(key: str, name: str) -> dict[str, Any]:
    """Return what a channel's file says of it."""
    return {
        "id": key,
        "type": "GuildTextChat",
        "categoryId": "730000000000000000",
        "category": "Text",
        "name": name,
        "topic": None,
    }


def beside(messages: list[dict[str, Any]], channel: dict[str, Any]) -> dict[str, Any]:
    """Return a file: what it says of itself, and its messages."""
    return {
        "guild": GUILD,
        "channel": channel,
        "dateRange": {"after": None, "before": None},
        "exportedAt": "2026-01-01T00:00:00+00:00",
        "messages": messages,
        "messageCount": len(messages),
    }


def named(channel: dict[str, Any]) -> str:
    """Return a file's name as the exporter gives it."""
    return f"Yamabiko - {channel['category']} - {channel['name']} [{channel['id']}]"


def main() -> None:
    """Write the export asked for."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("path", type=Path)
    words.add_argument("--messages", type=int, default=10_000)
    asked = words.parse_args()
    print(make(asked.path, messages=asked.messages), "files")


if __name__ == "__main__":
    main()
