"""Meetup's events as its API describes them, in archives of one JSON list or several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

import msgspec

from jibungoto.gather.batch import Batch
from jibungoto.gather.contents.pile import parts_of
from jibungoto.gather.events.gatherings import NOT_AN_EVENT, batches_of, mode_at, seconds_in, tell
from jibungoto.gather.events.guests import NO_TIME, latest_of
from jibungoto.gather.moments import Moment, moment_of
from jibungoto.gather.people.roll import clean
from jibungoto.gather.shelves.entry import Entry
from jibungoto.gather.shelves.export import Export
from jibungoto.ledger.initiative import HeadCounts, Initiative, InitiativeKind, Mode
from jibungoto.ledger.words import Words

_UTC = ZoneInfo("UTC")
_MODES = {"ONLINE": Mode.ONLINE, "PHYSICAL": Mode.VENUE, "HYBRID": Mode.HYBRID}


class _Counts(msgspec.Struct, rename="camel"):
    yes_count: int | None = None
    waitlist_count: int | None = None


class _Venue(msgspec.Struct, rename="camel"):
    name: str | None = None
    venue_type: str | None = None


class _Group(msgspec.Struct):
    name: str | None = None
    urlname: str | None = None


class _Event(msgspec.Struct, rename="camel"):
    id: str | int
    date_time: str
    title: str | None = None
    status: str | None = None
    duration: str | None = None
    rsvps: _Counts | None = None
    venues: list[_Venue] | None = None
    event_type: str | None = None
    group: _Group | None = None
    created_time: str | None = None


class Archive:
    """Reads the archives of one delivery; ``events`` are those told of, by key."""

    def __init__(self) -> None:
        self._written: set[str] = set()
        self._groups: set[str] = set()
        self.events: dict[str, Initiative] = {}
        self.latest: int | None = None

    def read(self, export: Export, entries: Sequence[Entry]) -> Iterator[Batch]:
        """Hand out every archive's events."""
        for entry in entries:
            parts = parts_of(export, entry)
            yield from batches_of(parts, path=entry.path, take=self._take)

    def _take(self, part: object, batch: Batch) -> Words | None:
        try:
            event = msgspec.convert(part, _Event)
        except (ValueError, RecursionError):
            return NOT_AN_EVENT
        number = clean(str(event.id))
        starts, created = _moment(event.date_time), _moment(event.created_time)
        if not number:
            return NOT_AN_EVENT
        if starts is None or (event.created_time and created is None):
            return NO_TIME
        key = f"meetup:{number}"
        if key in self._written:
            batch.repeated += 1
            return None
        self._written.add(key)
        initiative = _initiative(event, key, starts=starts, created=created)
        self.events[key] = initiative
        reached = starts if event.status == "PAST" else created
        self.latest = latest_of(self.latest, reached.seconds if reached else None)
        tell(batch, initiative)
        if initiative.series and initiative.series not in self._groups and event.group:
            self._groups.add(initiative.series)
            batch.initiatives.append(series_of(event.group.urlname or "", event.group.name))
        return None


def series_of(urlname: str, name: str | None = None) -> Initiative:
    """Return a Meetup group as the series its events belong to; every member is put into it."""
    shown = clean(name) or clean(urlname)
    return Initiative(series_key(urlname), InitiativeKind.SERIES, shown, is_default=True)


def series_key(urlname: str) -> str:
    """Return the key of a Meetup group."""
    return f"meetup:group:{clean(urlname).casefold()}"


def _initiative(event: _Event, key: str, *, starts: Moment, created: Moment | None) -> Initiative:
    length = seconds_in(event.duration)
    counts = event.rsvps or _Counts()
    urlname = event.group.urlname if event.group else None
    return Initiative(
        key=key,
        kind=InitiativeKind.EVENT,
        name=clean(event.title),
        started_at=created.seconds if created else None,
        mode=_mode_of(event),
        starts_at=starts.seconds,
        ends_at=starts.seconds + length if length else None,
        series=series_key(urlname) if urlname else None,
        is_cancelled=(event.status or "").startswith("CANCELLED"),
        counts=HeadCounts(counts.yes_count, counts.waitlist_count),
    )


def _mode_of(event: _Event) -> Mode | None:
    if event.event_type in _MODES:
        return _MODES[event.event_type]
    venue = event.venues[0] if event.venues else _Venue()
    return Mode.ONLINE if venue.venue_type == "online" else mode_at(venue.name)


def _moment(at: str | None) -> Moment | None:
    return moment_of(at, _UTC) if at else None
