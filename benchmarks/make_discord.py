"""Makes a seeded Discord export of any size as DiscordChatExporter writes it: many small files."""

from __future__ import annotations

import argparse
import random
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

MESSAGES_PER_FILE = 1_000
FIRST_DAY = datetime(2021, 4, 1, tzinfo=UTC)
DISCORD_BORN = datetime(2015, 1, 1, tzinfo=UTC)
ZIP_DAY = (2026, 1, 1, 0, 0, 0)
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
    """Write a zip with this many messages; returns its number of files."""
    chance = random.Random(seed)
    people = [person(number) for number in range(max(50, min(20_000, messages // 100)))]
    channels = max(4, messages // 20_000)
    with zipfile.ZipFile(path, "w") as archive:
        for channel in range(channels):
            share = messages // channels + (channel < messages % channels)
            written = written_messages(share, people, channel=channel, chance=chance)
            part = 0
            while batch := [one for _, one in zip(range(MESSAGES_PER_FILE), written, strict=False)]:
                part += 1
                put(archive, named(channel, part), beside(batch, channel))
        return len(archive.filelist)


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
    messages: int, people: list[dict[str, Any]], *, channel: int, chance: random.Random
) -> Iterator[dict[str, Any]]:
    """Yield a channel's messages in the order of their times; some answer, some draw reactions."""
    at, recent = FIRST_DAY + timedelta(seconds=channel), [""]
    for _ in range(messages):
        at += timedelta(milliseconds=chance.randrange(1, 14_000_000))
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


def beside(messages: list[dict[str, Any]], channel: int) -> dict[str, Any]:
    """Return a file: what it says of itself, and its messages."""
    return {
        "guild": GUILD,
        "channel": {
            "id": f"{720000000000000000 + channel}",
            "type": "GuildTextChat",
            "categoryId": "730000000000000000",
            "category": "Text",
            "name": f"channel-{channel}",
            "topic": None,
        },
        "dateRange": {"after": None, "before": None},
        "exportedAt": "2026-01-01T00:00:00+00:00",
        "messages": messages,
        "messageCount": len(messages),
    }


def named(channel: int, part: int) -> str:
    """Return a file's name as the exporter gives it to the parts of a channel."""
    key = 720000000000000000 + channel
    more = f" [part {part}]" if part > 1 else ""
    return f"Yamabiko - Text - channel-{channel} [{key}]{more}.json"


def put(archive: zipfile.ZipFile, name: str, content: dict[str, Any]) -> None:
    """Write one file, pretty-printed."""
    kept = zipfile.ZipInfo(name, ZIP_DAY)
    kept.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(kept, msgspec.json.format(msgspec.json.encode(content), indent=2))


def main() -> None:
    """Write the export asked for."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("path", type=Path)
    words.add_argument("--messages", type=int, default=10_000)
    asked = words.parse_args()
    print(make(asked.path, messages=asked.messages), "files")


if __name__ == "__main__":
    main()
