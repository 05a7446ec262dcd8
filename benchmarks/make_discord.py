"""Makes a seeded Discord export of any size, field by field as DiscordChatExporter writes it.

There is one file for each channel and for each thread, or several where it is told to part them. A
path that ends in .zip or .tar.gz becomes one, any other a folder. Which fields there are, in which
order and how deep, is that of the tool's own writer of JSON (version 2.47): everybody comes whole
wherever they are named, with their roles where they write or are named, and without where they
react. Made up are how often each occurs and the texts, which recur more than anybody's do.
"""

from __future__ import annotations

import argparse
import hashlib
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
GUILD = {
    "id": "700000000000000001",
    "name": "Yamabiko",
    "iconUrl": "https://cdn.example.com/icons/700000000000000001/0.png?size=512",
}
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
ROLES = (
    *(("member", None), ("運営", "#E74C3C"), ("Speaker", "#F1C40F"), ("connpass", "#3498DB")),
    *(("東京", None), ("大阪", None), ("Mentor", "#2ECC71"), ("Server Booster", "#F47FFF")),
)
ROLES_OF_ONE = (0, 1, 1, 1, 2, 2, 3, 4)
LINKED_WITH_EMBED = 0.5
WITH_ATTACHMENT = 0.06
REPLIES_THAT_PING = 0.8


def make(path: Path, *, messages: int, seed: int = 20260401) -> int:
    """Write an export with this many messages; returns its number of files."""
    chance = random.Random(seed)
    count = max(50, min(20_000, messages // 100))
    people = [person(number, chance) for number in range(count)]
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


def person(number: int, chance: random.Random) -> dict[str, Any]:
    """Return somebody as a message names them: roles by their places, the highest first."""
    key = f"{710000000000000000 + number * 7919}"
    places = sorted(chance.sample(range(len(ROLES)), chance.choice(ROLES_OF_ONE)), reverse=True)
    roles = [
        {
            "id": f"{700000000000000100 + place}",
            "name": ROLES[place][0],
            "color": ROLES[place][1],
            "position": place + 1,
        }
        for place in places
    ]
    return {
        "id": key,
        "name": f"member{number}",
        "discriminator": "0000",
        "nickname": f"メンバー{number}",
        "color": next((role["color"] for role in roles if role["color"]), None),
        "isBot": False,
        "roles": roles,
        "avatarUrl": f"https://cdn.example.com/avatars/{key}/{hashed(key)[:32]}.png?size=512",
    }


def hashed(text: str) -> str:
    """Return letters that look as the addresses of the tool's files do."""
    return hashlib.sha256(text.encode()).hexdigest()


def written_messages(
    messages: int,
    people: list[dict[str, Any]],
    at: datetime,
    *,
    pause: int,
    chance: random.Random,
) -> Iterator[dict[str, Any]]:
    """Yield messages in the order of their times; some answer, some draw reactions."""
    recent: list[tuple[str, dict[str, Any] | None]] = [("", None)]
    for _ in range(messages):
        at += timedelta(milliseconds=chance.randrange(1, pause))
        key = str((int((at - DISCORD_BORN).total_seconds() * 1_000) << 22) | chance.getrandbits(22))
        author = people[int(len(people) * chance.random() ** 3)]
        answered, whom = chance.choice(recent) if chance.random() < 0.3 else ("", None)
        named = [whom] if whom is not None and chance.random() < REPLIES_THAT_PING else []
        if chance.random() < 0.08:
            named = [*named, chance.choice(people)]
        drawn = reactions(people, chance) if chance.random() < 0.25 else []
        yield message(key, at, author=author, answered=answered, chance=chance) | {
            "reactions": drawn,
            "mentions": named,
            **({"reference": reference(answered)} if answered else {}),
            "inlineEmojis": [],
        }
        recent = [*recent[-20:], (key, author)]


def message(
    key: str, at: datetime, *, author: dict[str, Any], answered: str, chance: random.Random
) -> dict[str, Any]:
    """Return the first fields of a message in the order in which they are exported."""
    text = chance.choice(PHRASES).format(n=chance.randrange(100_000))
    has_embed = "http" in text and chance.random() < LINKED_WITH_EMBED
    return {
        "id": key,
        "type": "Reply" if answered else "Default",
        "timestamp": at.isoformat(timespec="milliseconds"),
        "timestampEdited": None,
        "callEndedTimestamp": None,
        "isPinned": False,
        "content": text,
        "author": author,
        "attachments": [attachment(key)] if chance.random() < WITH_ATTACHMENT else [],
        "components": [],
        "embeds": [embed(text[text.index("http") :])] if has_embed else [],
        "stickers": [],
    }


def reference(answered: str) -> dict[str, Any]:
    """Return what a message says it answers."""
    return {
        "type": "Default",
        "messageId": answered,
        "channelId": "720000000000000000",
        "guildId": GUILD["id"],
    }


def attachment(key: str) -> dict[str, Any]:
    """Return a picture, whose address is signed."""
    name = f"IMG_{key[-4:]}.jpg"
    signed = f"ex={key[:8]}&is={key[2:10]}&hm={hashed(key)}&"
    return {
        "id": f"{int(key) - 1}",
        "url": f"https://cdn.example.com/attachments/720000000000000000/{key}/{name}?{signed}",
        "fileName": name,
        "fileSizeBytes": int(key) % 4_000_000,
    }


def embed(address: str) -> dict[str, Any]:
    """Return what Discord shows of the page behind a link."""
    image = {
        "url": f"https://images.example.com/external/{hashed(address)[:43]}/{address[8:]}/og.png",
        "canonicalUrl": f"{address}/og.png",
        "width": 1200,
        "height": 630,
    }
    return {
        "title": "やってみたことと、わかったこと",
        "url": address,
        "timestamp": None,
        "description": "手順と、はまったところと、次に試したいことを書きました。",
        "color": "#55C500",
        "thumbnail": image,
        "images": [],
        "fields": [],
        "inlineEmojis": [],
    }


def reactions(people: list[dict[str, Any]], chance: random.Random) -> list[dict[str, Any]]:
    """Return one emoji and who set it."""
    name, code = chance.choice(EMOJIS)
    who = chance.sample(people, chance.choice((1, 1, 2, 4)))
    address = f"https://cdn.example.com/emoji/assets/svg/{ord(name[0]):x}.svg"
    emoji = {"id": "", "name": name, "code": code, "isAnimated": False, "imageUrl": address}
    users = [{key: value for key, value in one.items() if key != "roles"} for one in who]
    return [{"emoji": emoji, "count": len(who), "users": users}]


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
