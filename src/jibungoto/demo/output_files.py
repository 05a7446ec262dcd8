"""What members make elsewhere: blog feeds, a git log, and a corner on Discord."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime
from hashlib import sha1
from html import escape
from pathlib import Path
from random import Random

from jibungoto.demo import chatter
from jibungoto.demo.aliases import Alias
from jibungoto.demo.gatherings import SUMMIT, Gathering
from jibungoto.demo.people import Habit, Person
from jibungoto.demo.rhythm import DAY, HOUR, Rhythm, moment

_TOKYO = timezone(timedelta(hours=9))
_BLOGGERS, _DEVELOPERS = 9, 6
_MOST_ARTICLES = 5
_GAMERS = 12
_DISCORD_EPOCH = 1_420_070_400_000


@dataclass(frozen=True, slots=True)
class Maker:
    """Somebody who makes things to the end of the demo: an account on Slack and other names."""

    person: Person
    alias: Alias


def makers(rng: Random, rhythm: Rhythm, *, people: list[tuple[Person, Alias]]) -> list[Maker]:
    """Return helpers who are still there, in an order of the dice's own."""
    lasting = [
        Maker(person, alias)
        for person, alias in people
        if person.habit is Habit.HELPS
        and person.until >= rhythm.end
        and person.joined_at < rhythm.end - 200 * DAY
    ]
    rng.shuffle(lasting)
    return lasting


def write_feeds(
    rng: Random, folder: Path, *, makers: list[Maker], gatherings: list[Gathering]
) -> None:
    """Write an RSS feed for each of some members: after summits, and now and then."""
    folder.mkdir(parents=True, exist_ok=True)
    summits = [one for one in gatherings if one.series == SUMMIT]
    for number, maker in enumerate(makers[:_BLOGGERS]):
        there = [one for one in summits if one.starts_at > maker.person.joined_at]
        dates = [one.ends_at + rng.randrange(12 * HOUR, 10 * DAY) for one in there]
        site = f"https://{number}.blog.example"
        lines = [
            _entry(site, f"{one.title} に行ってきました", at=at, tag=one.tag if number % 3 else "")
            for one, at in list(zip(there, dates, strict=True))[-_MOST_ARTICLES:]
        ]
        text = _rss(site, maker.alias, entries=lines)
        (folder / f"{maker.alias.connpass_user}.xml").write_text(text, encoding="utf-8")


def _rss(site: str, author: Alias, *, entries: list[str]) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rss version="2.0"><channel>\n'
        f"<title>{escape(author.discord_name)}の地図帳</title>\n<link>{site}/</link>\n"
        f"<description>地図と散歩の記録</description>\n"
        f"<managingEditor>{escape(author.real_name)}</managingEditor>\n"
        + "".join(entries)
        + "</channel></rss>\n"
    )


def _entry(site: str, title: str, *, at: int, tag: str) -> str:
    """An article; most of those who write put the event's tag above it, and some do not."""
    link = f"{site}/entry/{_day(at)}"
    when = format_datetime(datetime.fromtimestamp(at, UTC))
    filed = f"<category>地図</category><category>{tag}</category>" if tag else ""
    return (
        f"<item><title>{escape(title)}</title><link>{link}</link><guid>{link}</guid>"
        f"{filed}<pubDate>{when}</pubDate></item>\n"
    )


def write_git_log(rng: Random, path: Path, *, makers: list[Maker], rhythm: Rhythm) -> None:
    """Write the history of the community's map plug-in, as ``git log`` prints it in full."""
    commits: list[tuple[int, Alias]] = []
    for maker in makers[_BLOGGERS : _BLOGGERS + _DEVELOPERS]:
        day = rhythm.before_end(150)
        while day <= rhythm.before_end(2):
            commits.append((moment(rng, day), maker.alias))
            day += timedelta(days=rng.randint(4, 9))
    lines = []
    for at, who in sorted(commits, key=lambda one: one[0], reverse=True):
        digest = sha1(f"{at}{who.email}".encode(), usedforsecurity=False).hexdigest()
        when = datetime.fromtimestamp(at, UTC).astimezone(_TOKYO)
        lines += [
            f"commit {digest}",
            f"Author:     {who.git_name} <{who.email}>",
            f"AuthorDate: {when.isoformat()}",
            f"Commit:     {who.git_name} <{who.email}>",
            f"CommitDate: {when.isoformat()}",
            "",
            "    Improve the map layers",
            "",
        ]
    path.write_text("\n".join(lines), encoding="utf-8")


def write_discord(rng: Random, path: Path, *, makers: list[Maker], rhythm: Rhythm) -> None:
    """Write one channel as DiscordChatExporter does: talk about walking with a map."""
    voices = makers[-_GAMERS:]
    messages: list[dict[str, object]] = []
    day = rhythm.before_end(120)
    while day <= rhythm.last_day:
        speaker = rng.choice(voices)
        at = moment(rng, day)
        messages.append(_said(rng, speaker, at=at, text=chatter.news(rng, "photo")))
        if rng.random() < 0.7:
            other = rng.choice([one for one in voices if one is not speaker])
            text = chatter.comment(rng, "photo")
            reply = _said(rng, other, at=at + rng.randrange(300, 3 * HOUR), text=text)
            reply |= {"type": "Reply", "reference": {"messageId": messages[-1]["id"],
                      "channelId": "1099511627776", "guildId": "1099511627700"}}  # fmt: skip
            messages.append(reply)
        day += timedelta(days=rng.randint(1, 3))
    messages = [one for one in messages if str(one["timestamp"]) <= _iso(rhythm.end)]
    whole = {
        "guild": {"id": "1099511627700", "name": "やまびこ散歩", "iconUrl": ""},
        "channel": {
            "id": "1099511627776", "type": "GuildTextChat", "categoryId": "1099511627701",
            "category": "散歩", "name": "今日の散歩", "topic": None,
        },
        "dateRange": {"after": None, "before": None},
        "exportedAt": _iso(rhythm.end + HOUR),
        "messages": messages,
        "messageCount": len(messages),
    }  # fmt: skip
    path.write_text(json.dumps(whole, ensure_ascii=False, indent=2), encoding="utf-8")


def _said(rng: Random, who: Maker, *, at: int, text: str) -> dict[str, object]:
    return {
        "id": str(((at * 1000 - _DISCORD_EPOCH) << 22) + rng.randrange(1 << 20)),
        "type": "Default",
        "timestamp": _iso(at),
        "timestampEdited": None,
        "callEndedTimestamp": None,
        "isPinned": False,
        "content": text,
        "author": {
            "id": str(int(who.person.id.encode().hex(), 16) % 10**18),
            "name": who.alias.discord_user,
            "discriminator": "0000",
            "nickname": who.alias.discord_name,
            "color": None,
            "isBot": False,
            "roles": [],
        },
        "attachments": [],
        "embeds": [],
        "stickers": [],
        "reactions": [],
        "mentions": [],
    }


def _iso(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).astimezone(_TOKYO).isoformat()


def _day(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).astimezone(_TOKYO).strftime("%Y/%m/%d")
