"""Makes a seeded Slack export of any size, in the shape Slack really writes: many small files."""

from __future__ import annotations

import argparse
import random
import uuid
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

MESSAGES_PER_FILE = 6.1  # 164,000 files per million messages
MESSAGES_PER_CHANNEL = 10_000  # one channel at a time is held in memory
FIRST_DAY = datetime(2021, 4, 1, tzinfo=UTC)
TEAM = "T0BENCH01"
ZIP_DAY = (2026, 1, 1, 0, 0, 0)
PHRASES = (
    "おはようございます。今日の勉強会の資料を置いておきます。",
    "ありがとうございます!とても助かりました。",
    "これ、次の回でやってみませんか?",
    "設定の手順を書いてみました。気になるところがあれば教えてください。",
    "Has anybody tried this with the new version?",
    "I wrote up what we learned last week: <https://blog.example.com/notes/{n}|notes>",
    "来週の会場、まだ20席あります。オンラインでも参加できます。",
    "わたしも同じところで止まりました。解決したら共有します。",
    "Welcome! Tell us what brought you here.",
    "議事録はこちらです <https://docs.example.jp/minutes/{n}>",
)
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"
SYLLABLES = "あいうえおかきくけこさしすせそたちつてとなにのはまみもやよらりるれろわをん会場次回資料"
EMOJI = ("+1", "tada", "pray", "eyes", "heart", "clap", "わかる", "memo")
FAMILY = ("佐藤", "鈴木", "高橋", "田中", "伊藤", "渡辺", "山本", "中村", "小林", "加藤")
GIVEN = ("葵", "陽翔", "結衣", "蓮", "さくら", "湊", "美咲", "大和", "凛", "悠真")


@dataclass(frozen=True, slots=True)
class Member:
    """One user of the workspace."""

    outside_id: str
    name: str
    real_name: str
    avatar: str


@dataclass(slots=True)
class Post:
    """One message before it is written, with what came to it later."""

    second: float
    author: Member
    text: str
    root: Post | None = None
    replies: list[Post] = field(default_factory=list)
    reactions: list[tuple[str, list[str]]] = field(default_factory=list)

    @property
    def ts(self) -> str:
        """The time as Slack writes it, which is also the message's id."""
        return f"{self.second:.6f}"


def members_of(count: int, chance: random.Random) -> list[Member]:
    """Return the users of a workspace."""
    return [
        Member(
            f"U0{''.join(chance.choices(LETTERS, k=9))}",
            f"member{number}",
            f"{FAMILY[number % 10]}{GIVEN[number // 10 % 10]}{number if number > 99 else ''}",
            f"{chance.getrandbits(48):012x}",
        )
        for number in range(1, count + 1)
    ]


def posts_of(count: int, members: list[Member], chance: random.Random) -> list[list[Post]]:
    """Return a channel's posts, a list per day; some answer earlier ones, some draw reactions."""
    days: list[list[Post]] = []
    recent: list[Post] = []
    written = 0
    while written < count:
        wanted = min(count - written, max(1, round(chance.expovariate(1 / MESSAGES_PER_FILE))))
        start = (FIRST_DAY + timedelta(days=len(days))).timestamp()
        seconds = sorted(chance.sample(range(86_400), wanted))
        day = [post_at(start + second, members, chance) for second in seconds]
        for post in day:
            joined_up(post, recent, chance)
        days.append(day)
        written += wanted
    return days


def post_at(second: float, members: list[Member], chance: random.Random) -> Post:
    """Return one post by somebody; few people write most of what is written."""
    author = members[int(len(members) * chance.random() ** 3)]
    text = said_by(chance)
    if chance.random() < 0.08:
        text = f"<@{chance.choice(members).outside_id}> {text}"
    post = Post(second + chance.randrange(1_000_000) / 1_000_000, author, text)
    if chance.random() < 0.25:
        who = [one.outside_id for one in chance.sample(members, chance.choice((1, 1, 2, 4)))]
        post.reactions.append((chance.choice(EMOJI), who))
    return post


def said_by(chance: random.Random) -> str:
    """Return a text as hard to pack as people's own: a stock phrase and words of its own."""
    phrase = chance.choice(PHRASES).replace("{n}", str(chance.randrange(100_000)))
    own = chance.randrange(2, 11)
    if phrase.isascii():
        letters = "".join(chance.choices("etaoinshrdlucmfwypgb", k=own * 5))
        return f"{phrase} {' '.join(letters[at : at + 5] for at in range(0, own * 5, 5))}"
    return phrase + "".join(chance.choices(SYLLABLES, k=own * 2))


def joined_up(post: Post, recent: list[Post], chance: random.Random) -> None:
    """Make some posts replies to one of the last roots, which may be of an earlier day."""
    if recent and chance.random() < 0.4:
        root = chance.choice(recent)
        post.root = root
        root.replies.append(post)
    else:
        recent.append(post)
        del recent[:-12]


def written(post: Post, chance: random.Random) -> dict[str, Any]:
    """Return a post as Slack has written it since 2019: with blocks and the author's profile."""
    record: dict[str, Any] = {
        "client_msg_id": str(uuid.UUID(int=chance.getrandbits(128), version=4)),
        "type": "message",
        "text": post.text,
        "user": post.author.outside_id,
        "ts": post.ts,
        "team": TEAM,
        "blocks": [blocks_of(post.text, chance)],
        "user_team": TEAM,
        "source_team": TEAM,
        "user_profile": profile_in_message(post.author),
    }
    if chance.random() < 0.03:
        later = f"{post.second + 60:.6f}"
        record["edited"] = {"user": post.author.outside_id, "ts": later}
    record |= threaded(post)
    if post.reactions:
        record["reactions"] = [
            {"name": name, "users": who, "count": len(who)} for name, who in post.reactions
        ]
    return record


def blocks_of(text: str, chance: random.Random) -> dict[str, Any]:
    """Return the rich text that Slack keeps beside the plain one."""
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {
        "type": "rich_text",
        "block_id": "".join(chance.choices(LETTERS, k=5)),
        "elements": [section],
    }


def profile_in_message(author: Member) -> dict[str, Any]:
    """Return the profile that Slack repeats in each message."""
    return {
        "avatar_hash": author.avatar,
        "image_72": f"https://avatars.example.com/{author.outside_id}-{author.avatar}_72.png",
        "first_name": author.real_name[2:],
        "real_name": author.real_name,
        "display_name": author.name,
        "team": TEAM,
        "name": author.name,
        "is_restricted": False,
        "is_ultra_restricted": False,
    }


def threaded(post: Post) -> dict[str, Any]:
    """Return what a root says of its replies, or a reply of its root."""
    if post.root:
        return {"thread_ts": post.root.ts, "parent_user_id": post.root.author.outside_id}
    if not post.replies:
        return {}
    who = list(dict.fromkeys(reply.author.outside_id for reply in post.replies))
    return {
        "thread_ts": post.ts,
        "reply_count": len(post.replies),
        "reply_users_count": len(who),
        "latest_reply": post.replies[-1].ts,
        "reply_users": who,
        "replies": [{"user": one.author.outside_id, "ts": one.ts} for one in post.replies],
        "is_locked": False,
        "subscribed": False,
    }


def slack_json(value: object) -> bytes:
    """Return JSON as Slack's exporter writes it: indented by four, pure ASCII, slashes escaped."""
    text = msgspec.json.format(msgspec.json.encode(value), indent=4).decode()
    return text.encode("ascii", "backslashreplace").replace(b"/", b"\\/")


def users_json(members: list[Member]) -> Iterator[dict[str, Any]]:
    """Yield the users as the export lists them."""
    for number, member in enumerate(members):
        yield {
            "id": member.outside_id,
            "team_id": TEAM,
            "name": member.name,
            "deleted": False,
            "real_name": member.real_name,
            "tz": "Asia/Tokyo",
            "tz_label": "Japan Standard Time",
            "tz_offset": 32400,
            "profile": {
                "real_name": member.real_name,
                "display_name": member.name,
                "email": f"{member.name}@example.jp",
                "team": TEAM,
            },
            "is_admin": number < 2,
            "is_owner": number == 0,
            "is_bot": False,
            "updated": 1_700_000_000,
        }


def channels_json(names: list[str], members: list[Member]) -> Iterator[dict[str, Any]]:
    """Yield the channels as the export lists them."""
    for number, name in enumerate(names):
        creator = members[number * 7 % len(members)].outside_id
        told = {"value": "", "creator": "", "last_set": 0}
        yield {
            "id": f"C{number + 1:09X}",
            "name": name,
            "created": int(FIRST_DAY.timestamp()) - 86_400,
            "creator": creator,
            "is_archived": False,
            "is_general": number == 0,
            "members": [one.outside_id for one in members[: 200 + number]],
            "topic": told,
            "purpose": told,
        }


def make(path: Path, *, messages: int, seed: int = 20260401) -> int:
    """Write an export of this many messages; returns its number of files."""
    chance = random.Random(seed)
    members = members_of(max(50, min(20_000, messages // 100)), chance)
    channels = max(8, messages // MESSAGES_PER_CHANNEL)
    names = ["general", "random", *(f"topic-{number:03}" for number in range(2, channels))]
    with zipfile.ZipFile(path, "w") as archive:
        put(archive, "users.json", list(users_json(members)))
        put(archive, "channels.json", list(channels_json(names, members)))
        for number, name in enumerate(names):
            share = messages // channels + (number < messages % channels)
            days = posts_of(share, members, chance)
            for day, posts in enumerate(days):
                date = (FIRST_DAY + timedelta(days=day)).date()
                records = [written(post, chance) for post in posts]
                put(archive, f"{name}/{date}.json", records)
        return len(archive.filelist)


def put(archive: zipfile.ZipFile, name: str, value: object) -> None:
    """Add one file; the same seed gives the same bytes."""
    entry = zipfile.ZipInfo(name, date_time=ZIP_DAY)
    archive.writestr(entry, slack_json(value), zipfile.ZIP_DEFLATED, compresslevel=6)


def main() -> None:
    """Write one export where the command line says."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("path", type=Path)
    words.add_argument("--messages", type=int, default=10_000)
    words.add_argument("--seed", type=int, default=20260401)
    asked = words.parse_args()
    files = make(asked.path, messages=asked.messages, seed=asked.seed)
    print(f"{asked.messages:,} messages in {files:,} files, {asked.path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
