"""What Doorkeeper's API answers: events with their head counts, and groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

import msgspec

from jibungoto.gather.batch import Batch
from jibungoto.gather.contents.pile import parts_of
from jibungoto.gather.events.gatherings import (
    NOT_AN_EVENT,
    batches_of,
    mode_at,
    seats_of,
    tell,
)
from jibungoto.gather.events.guests import NO_TIME, latest_of
from jibungoto.gather.moments import moment_of
from jibungoto.gather.people.roll import clean
from jibungoto.gather.shelves.entry import Entry
from jibungoto.gather.shelves.export import Export
from jibungoto.ledger.initiative import HeadCounts, Initiative, InitiativeKind, Mode
from jibungoto.ledger.words import Words

_UTC = ZoneInfo("UTC")


class _Group(msgspec.Struct):
    id: int
    name: str | None = None


class _Event(msgspec.Struct):
    id: int
    title: str | None = None
    starts_at: str | None = None
    ends_at: str | None = None
    venue_name: str | None = None
    address: str | None = None
    published_at: str | None = None
    updated_at: str | None = None
    group: int | _Group | None = None
    participants: int | None = None
    waitlisted: int | None = None
    ticket_limit: int | None = None


class _Part(msgspec.Struct):
    event: _Event | None = None
    group: _Group | None = None


class Answers:
    """Reads the answers of one delivery; ``events`` are those told of, by key."""

    def __init__(self) -> None:
        self._written: set[str] = set()
        self.events: dict[str, Initiative] = {}
        self.latest: int | None = None

    def read(self, export: Export, entries: Sequence[Entry]) -> Iterator[Batch]:
        """Hand out what each answer holds."""
        for entry in entries:
            parts = parts_of(export, entry)
            yield from batches_of(parts, path=entry.path, take=self._take)

    def _take(self, part: object, batch: Batch) -> Words | None:
        try:
            one = msgspec.convert(part, _Part)
        except (ValueError, RecursionError):
            return NOT_AN_EVENT
        if one.event is not None:
            return self._take_event(one.event, batch)
        if one.group is None:
            return NOT_AN_EVENT
        if not self._is_second(_series_key(one.group.id), batch):
            tell(batch, _series(one.group))
        return None

    def _is_second(self, key: str, batch: Batch) -> bool:
        if key in self._written:
            batch.repeated += 1
            return True
        self._written.add(key)
        return False

    def _take_event(self, event: _Event, batch: Batch) -> Words | None:
        written = (event.starts_at, event.ends_at, event.published_at, event.updated_at)
        times = [moment_of(at, _UTC) if at else None for at in written]
        if any(time is None and at for time, at in zip(times, written, strict=True)):
            return NO_TIME
        key = f"doorkeeper:{event.id}"
        if self._is_second(key, batch):
            return None
        starts, ends, published, updated = (time.seconds if time else None for time in times)
        is_nowhere = not event.venue_name and not event.address
        group = event.group.id if isinstance(event.group, _Group) else event.group
        initiative = Initiative(
            key=key,
            kind=InitiativeKind.EVENT,
            name=clean(event.title),
            started_at=published,
            mode=Mode.ONLINE if is_nowhere else mode_at(event.venue_name, event.address),
            starts_at=starts,
            ends_at=ends,
            series=None if group is None else _series_key(group),
            counts=HeadCounts(event.participants, event.waitlisted),
            capacity=seats_of(event.ticket_limit),
        )
        self.events[key] = initiative
        self.latest = latest_of(self.latest, published, updated)
        tell(batch, initiative)
        if isinstance(event.group, _Group) and _series_key(event.group.id) not in self._written:
            batch.initiatives.append(_series(event.group))
        return None


def _series_key(number: int) -> str:
    return f"doorkeeper:group:{number}"


def _series(group: _Group) -> Initiative:
    return Initiative(_series_key(group.id), InitiativeKind.SERIES, clean(group.name))
