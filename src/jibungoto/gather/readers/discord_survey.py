"""Which file of a folder is which channel of a Discord server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import msgspec

from jibungoto.gather.contents.encodings import decoded, in_utf8
from jibungoto.gather.contents.table import plain
from jibungoto.gather.readers import discord_words as words
from jibungoto.gather.readers.discord_shapes import Channel, DateRange, Head
from jibungoto.gather.shelves.complaints import spelled
from jibungoto.gather.shelves.entry import Entry
from jibungoto.gather.shelves.export import Export
from jibungoto.gather.text import digest63
from jibungoto.ledger.accounting import LeftOut
from jibungoto.ledger.problems import ExportProblem

_PEEK = 1 << 16
_MOST_PEEKED = 24
_BEGINS = re.compile(rb'\A(?:\xef\xbb\xbf)?\s*\{\s*"guild"\s*:')
_MESSAGES = re.compile(rb'(?<!\\)"messages"\s*:\s*\[')
_HEADINGS = frozenset({"author", "date", "content", "attachments"})
_ID_IN_NAME = re.compile(r"\[(\d{15,20})\]")
_PART = re.compile(r" \[part (\d+)\]", re.IGNORECASE)
_DIRECT = frozenset({"DirectTextChat", "DirectGroupTextChat", "1", "3"})
_PRIVATE_THREADS = frozenset({"GuildPrivateThread", "12"})
_THREADS = frozenset({"GuildPublicThread", "GuildNewsThread", "10", "11"}) | _PRIVATE_THREADS
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(slots=True)
class Place:
    """One channel or thread with its files; ``head`` is None for a CSV, which says nothing."""

    key: str
    name: str
    head: Head | None = None
    json: list[Entry] = field(default_factory=list)
    csv: list[Entry] = field(default_factory=list)
    is_cut: bool = False

    @property
    def kind(self) -> str:
        """What Discord calls this kind of channel."""
        return str(self.head.channel.type) if self.head else ""

    @property
    def is_thread(self) -> bool:
        """True for threads and the posts of a forum."""
        return self.kind in _THREADS

    @property
    def is_private(self) -> bool:
        """True where the file itself says so; for a channel it never does."""
        return self.kind in _PRIVATE_THREADS

    @property
    def channel(self) -> Channel:
        """The channel's own description."""
        return self.head.channel if self.head else Channel(id=self.key, name=self.name)


@dataclass(slots=True)
class Survey:
    """What an export's files say of themselves."""

    places: dict[str, Place] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    guild: str | None = None
    covered_until: date | None = None
    entries: int = 0
    outside: list[str] = field(default_factory=list)
    """The files that are no messages: pictures and what else lies beside them."""

    def in_order(self) -> list[Place]:
        """Return channels before the threads that begin in them."""
        return sorted(self.places.values(), key=lambda place: place.is_thread)


def looks_like_discord(export: Export) -> bool:
    """Say whether one of the first files is DiscordChatExporter's."""
    json, csv = 0, 0
    for entry in export.entries:
        if json < _MOST_PEEKED and _ends(entry, ".json"):
            json += 1
            if _head_of(export, entry) is not None:
                return True
        elif csv < _MOST_PEEKED and _ends(entry, ".csv"):
            csv += 1
            if _is_table(export, entry):
                return True
    return False


def survey_of(export: Export, chosen: frozenset[str]) -> Survey:
    """Look at the head of every file."""
    survey = Survey()
    for entry in sorted(export.entries, key=_part_of):
        if _ends(entry, ".json"):
            head = _head_of(export, entry)
            if head is not None:
                _add_json(survey, entry, head=head, chosen=chosen)
                continue
        elif _ends(entry, ".csv") and _is_table(export, entry):
            _add_csv(survey, entry)
            continue
        survey.entries += 1
        if _ends(entry, ".json", ".csv", ".html", ".htm"):
            is_page = not _ends(entry, ".json", ".csv")
            reason = words.HTML if is_page else words.NOT_MESSAGES
            survey.left_out.append(LeftOut(spelled(entry.path), reason))
        else:
            survey.outside.append(entry.path)
    for place in survey.places.values():
        if place.json and place.csv:
            survey.entries += len(place.csv)
            survey.left_out += [LeftOut(spelled(one.path), words.IN_JSON) for one in place.csv]
            place.csv = []
    return survey


def _add_json(survey: Survey, entry: Entry, *, head: Head, chosen: frozenset[str]) -> None:
    channel = head.channel
    place = Place(channel.id, channel.name, head)
    if place.kind in _DIRECT:
        survey.entries += 1
        survey.left_out.append(LeftOut(channel.id, words.DIRECT))  # The name lists the people.
        return
    if place.is_private and chosen.isdisjoint((channel.id, channel.name)):
        survey.entries += 1
        survey.left_out.append(LeftOut(spelled(channel.name) or channel.id, words.PRIVATE))
        return
    place = survey.places.setdefault(channel.id, place)
    place.head = place.head or head
    place.json.append(entry)
    asked = head.dateRange or DateRange()
    place.is_cut = place.is_cut or asked.after is not None
    survey.guild = survey.guild or head.guild.id
    until = _day_of(asked.before or head.exportedAt)
    if until is not None:
        survey.covered_until = max(survey.covered_until or until, until)


def _add_csv(survey: Survey, entry: Entry) -> None:
    """Take the channel from the file's name, the only place where a CSV can have it."""
    stem = _PART.sub("", entry.name.rsplit(".", 1)[0])
    found = _ID_IN_NAME.search(stem)
    name = " ".join(_ID_IN_NAME.sub("", stem).split()).rsplit(" - ", 1)[-1]
    # A name is for the initiative alone: no activity holds one.
    key = found[1] if found else f"file:{digest63(stem.encode('utf-8', 'replace')):016x}"
    survey.places.setdefault(key, Place(key, spelled(name))).csv.append(entry)


def _head_of(export: Export, entry: Entry) -> Head | None:
    try:
        start = in_utf8(export.peek(entry, _PEEK))
        if _BEGINS.match(start) is None:
            return None
        found = _MESSAGES.search(start)
        content = start[: found.end()] + b"]}" if found else in_utf8(bytes(export.read(entry)))
        head = msgspec.json.decode(content, type=Head)
    except (ValueError, RecursionError, ExportProblem):
        return None
    ids = (head.channel.id, head.guild.id)
    return (
        head if all(one.isdecimal() and one.isascii() and len(one) <= 20 for one in ids) else None
    )


def _is_table(export: Export, entry: Entry) -> bool:
    try:
        start = decoded(export.peek(entry, 1_000)).lstrip("\ufeff")
    except ExportProblem:
        return False
    return any(knows(frozenset(map(plain, re.split("[,;\t]", line)))) for line in _first(start))


def knows(headings: frozenset[str]) -> bool:
    """Say whether these are the headings of DiscordChatExporter's tables."""
    return headings >= _HEADINGS


def _first(text: str) -> Iterator[str]:
    yield from (line.replace('"', "") for line in text.splitlines()[:5])


def _day_of(told: str | None) -> date | None:
    if told is None or _ISO_DAY.match(told) is None:
        return None
    try:
        return date.fromisoformat(told[:10])
    except ValueError:
        return None


def _part_of(entry: Entry) -> tuple[str, int]:
    found = _PART.search(entry.name)
    return (_PART.sub("", entry.path), int(found[1]) if found else 0)


def _ends(entry: Entry, *endings: str) -> bool:
    return entry.path.lower().endswith(endings)
