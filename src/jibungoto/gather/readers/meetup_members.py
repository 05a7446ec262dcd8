"""Meetup's lists of a group's members: who they are, and on which day they joined."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

import msgspec

from jibungoto.gather.batch import Batch, Record
from jibungoto.gather.contents.table import Line, tables_in
from jibungoto.gather.events.attendance import UNDATED
from jibungoto.gather.events.guests import NO_NAME, NO_TIME, SHORTENED, latest_of, number_of
from jibungoto.gather.moments import is_shortened, moment_of
from jibungoto.gather.people.roll import Roll, Tally, Told, clean, plain_name
from jibungoto.gather.readers.meetup_events import series_key, series_of
from jibungoto.gather.shelves.entry import Entry
from jibungoto.gather.shelves.export import Export
from jibungoto.gather.text import digest63
from jibungoto.ledger.activity import Activity
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.problems import ExportProblem
from jibungoto.ledger.words import Words

_AT_ONCE = 10_000
_PROFILE = re.compile(
    r"meetup\.com/(?:[a-z]{2}-[A-Za-z]{2}/)?([\w-]+)/(?:members|profile)/(\d+)", re.IGNORECASE
)
_IN_NAME = re.compile(r"^([\w-]+?)_(?:Member_List_on_|[\w-]*?_?group_members)", re.IGNORECASE)
_ORGANISER = re.compile(r"organi[sz]er", re.IGNORECASE)
_NUMBER = re.compile(r"(?:user\s*)?(\d+)", re.IGNORECASE)


def is_of_members(headings: frozenset[str]) -> bool:
    """Say whether these are the headings of a list of members."""
    has_number = not headings.isdisjoint({"memberid", "userid", "urlofmemberprofile"})
    others = {"joinedgroupon", "eventsattended", "meetupsattended"}
    is_listed = not headings.isdisjoint(others) and "rsvp" not in headings
    return "name" in headings and has_number and is_listed


def member_of(line: Line) -> str:
    """Return the number of a line's member, or an empty text."""
    for heading in ("memberid", "userid"):
        if found := _NUMBER.fullmatch(line.get(heading)):
            return number_of(found[1])
    found = _PROFILE.search(line.get("urlofmemberprofile"))
    return number_of(found[2]) if found else ""


def is_organiser(line: Line) -> bool:
    """Say whether a line's title makes its member an organiser of the group."""
    is_assistant = line.get("assistantorganizer").casefold() == "yes"
    return is_assistant or _ORGANISER.search(line.get("title")) is not None


class MemberLists:
    """Reads the lists of members of one delivery; ``latest`` is the latest day they state."""

    def __init__(self, roll: Roll, zone: ZoneInfo) -> None:
        self._roll = roll
        self._zone = zone
        self._written: set[str] = set()
        self.has_joins = False
        self.latest: int | None = None

    def read(self, export: Export, entries: Sequence[Entry]) -> Iterator[Batch]:
        """Hand out everybody in the lists."""
        for entry in entries:
            tally = Tally(entry.path, Batch())
            try:
                tables = [*tables_in(export.read(entry), is_of_members, place=entry.path)]
            except ExportProblem as problem:
                tally.refuse("", problem.what)
                tables = []
            told = _IN_NAME.match(entry.name)
            for line in (line for table in tables for line in table.lines):
                reason = line.problem or self._take(
                    line, tally.batch, group=told[1] if told else ""
                )
                if reason is None:
                    tally.batch.read += 1
                else:
                    tally.refuse(f"line {line.number}", reason)
                if len(tally.batch.records) >= _AT_ONCE:
                    yield tally.turn()
            yield tally.close()

    def _take(self, line: Line, batch: Batch, *, group: str) -> Words | None:
        name, number = clean(line.get("name")), member_of(line)
        written = line.get("joinedgroupon")
        joined = moment_of(written, self._zone, is_month_first=True)
        if is_shortened(line.get("memberid", "userid")):
            return SHORTENED
        if not name and not number:
            return NO_NAME
        if written and joined is None:
            return NO_TIME
        told: Told = {"name": name, "display_name": name, "is_admin": is_organiser(line)}
        if not number:
            told["is_name_only"] = True
        actor = self._roll.meet(number or f"name:{plain_name(name)}", **told)
        profile = _PROFILE.search(line.get("urlofmemberprofile"))
        self._write(
            actor,
            profile[1] if profile else group,
            at=joined.seconds if joined else None,
            batch=batch,
        )
        self._reach(line)
        return None

    def _write(self, actor: str, group: str, *, at: int | None, batch: Batch) -> None:
        series = series_key(group) if group else None
        key = f"member/{series or ''}/{actor}"
        if key in self._written:
            batch.repeated += 1
            return
        self._written.add(key)
        batch.records.append(Record(key, digest63(msgspec.msgpack.encode((actor, at))), UNDATED))
        if series is not None and series not in self._written:
            self._written.add(series)
            batch.initiatives.append(series_of(group))
        if at is None:
            return
        self.has_joins = True
        batch.activities.append(
            Activity(
                record=key,
                key=key,
                actor=actor,
                kind=Kind.JOIN,
                happened_at=at,
                initiative=series,
                filed_at=UNDATED,
            )
        )

    def _reach(self, line: Line) -> None:
        """Remember the latest day a line states: so far the list reaches."""
        for heading in ("joinedgroupon", "lastvisitedgroupon", "lastattended"):
            day = moment_of(line.get(heading), self._zone, is_month_first=True)
            self.latest = latest_of(self.latest, day.seconds if day else None)
