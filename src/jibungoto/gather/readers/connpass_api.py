"""What connpass's API answers: events with their owners, groups, people and presentations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import msgspec

from jibungoto.gather.batch import Batch, Record
from jibungoto.gather.contents.pile import parts_of
from jibungoto.gather.events.attendance import UNDATED
from jibungoto.gather.events.gatherings import (
    NOT_AN_EVENT,
    batches_of,
    mode_at,
    seats_of,
    tell,
)
from jibungoto.gather.events.guests import NO_TIME, latest_of
from jibungoto.gather.events.tags import tag_of
from jibungoto.gather.moments import Moment, moment_of
from jibungoto.gather.people.roll import Roll, clean
from jibungoto.gather.reader import Choices, Conceal
from jibungoto.gather.shelves.entry import Entry
from jibungoto.gather.shelves.export import Export
from jibungoto.gather.text import digest63, facts_of
from jibungoto.ledger.activity import Activity, AtPrecision
from jibungoto.ledger.initiative import HeadCounts, Initiative, InitiativeKind
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.words import Words

_TOKYO = ZoneInfo("Asia/Tokyo")
_NUMBER = re.compile(r"event_(\d+)_presentations", re.IGNORECASE)
_LISTS = ("events", "groups", "users", "presentations")
_KIND_OF = {"slide": Kind.SLIDES, "movie": Kind.VIDEO, "blog": Kind.ARTICLE}

NOT_AN_ANSWER = Words(
    "connpass の API の答えの形ではありません。",
    "It does not have the shape of an answer of connpass's API.",
)
NO_PRESENTER = Words("誰の発表か分かりません。", "It does not say whose presentation it is.")


class _Group(msgspec.Struct):
    id: int
    title: str | None = None


class _Event(msgspec.Struct):
    id: int | None = None
    event_id: int | None = None
    title: str | None = None
    started_at: str | None = None
    ended_at: str | None = None
    event_type: str | None = None
    open_status: str | None = None
    group: _Group | None = None
    series: _Group | None = None
    address: str | None = None
    place: str | None = None
    owner_nickname: str | None = None
    owner_display_name: str | None = None
    accepted: int | None = None
    waiting: int | None = None
    limit: int | None = None
    hash_tag: str | None = None
    updated_at: str | None = None


class _Person(msgspec.Struct):
    nickname: str
    display_name: str | None = None


class _Presentation(msgspec.Struct):
    user: _Person | None = None
    presenter: _Person | None = None
    url: str | None = None
    name: str | None = None
    presentation_type: str | None = None
    created_at: str | None = None


class Answers:
    """Reads the answers of one delivery; ``events`` are those told of, by key."""

    def __init__(self, roll: Roll, *, conceal: Conceal, choices: Choices) -> None:
        self._roll = roll
        self._conceal = conceal
        self._choices = choices
        self._written: set[str] = set()
        self._groups: set[str] = set()
        self.events: dict[str, Initiative] = {}
        self.has_owners = False
        self.latest: int | None = None

    def read(self, export: Export, entries: Sequence[Entry]) -> Iterator[Batch]:
        """Hand out what each answer holds; lists of presentations come after their events."""
        for entry in sorted(entries, key=lambda one: _NUMBER.search(one.name) is not None):
            parts = parts_of(export, entry, lists=_LISTS)
            listed = parts if isinstance(parts, Words) else _records_in(parts)
            take = partial(self._take, entry=entry)
            yield from batches_of(listed, path=entry.path, take=take)

    def _take(self, named: tuple[str, object], batch: Batch, *, entry: Entry) -> Words | None:
        """Take in one record of a list of this name, or return why it cannot be read."""
        name, one = named
        try:
            if name == "events":
                return self._take_event(msgspec.convert(one, _Event, strict=False), batch)
            if name == "groups":
                return self._take_group(msgspec.convert(one, _Group, strict=False), batch)
            if name == "users":
                return self._take_person(msgspec.convert(one, _Person), batch)
            if name == "presentations":
                made = msgspec.convert(one, _Presentation)
                return self._take_presentation(made, entry, batch=batch)
        except (ValueError, RecursionError):
            return NOT_AN_EVENT if name == "events" else NOT_AN_ANSWER
        return NOT_AN_ANSWER

    def _is_second(self, key: str, batch: Batch) -> bool:
        if key in self._written:
            batch.repeated += 1
            return True
        self._written.add(key)
        return False

    def _take_event(self, event: _Event, batch: Batch) -> Words | None:
        number = event.id if event.id is not None else event.event_id
        if number is None:
            return NOT_AN_EVENT
        times = [_moment(at) for at in (event.started_at, event.ended_at, event.updated_at)]
        if any(time is None and at for time, at in zip(times, _times_of(event), strict=True)):
            return NO_TIME
        if self._is_second(f"connpass:{number}", batch):
            return None
        starts, ends, updated = (time.seconds if time else None for time in times)
        initiative = self._initiative(event, f"connpass:{number}", starts=starts, ends=ends)
        self.events[initiative.key] = initiative
        self.latest = latest_of(self.latest, updated)
        known = [at for at in (starts, updated) if at is not None]
        tell(batch, initiative, opened_by=min(known, default=None))
        self._tell_series(event, batch)
        return None

    def _initiative(
        self, event: _Event, key: str, *, starts: int | None, ends: int | None
    ) -> Initiative:
        owner = clean(event.owner_nickname)
        shown = event.owner_display_name or owner
        group = event.group or event.series
        is_counted = event.event_type in {None, "participation"}
        if owner:
            self.has_owners = True
        return Initiative(
            key=key,
            kind=InitiativeKind.EVENT,
            name=clean(event.title),
            started_by=self._roll.meet(owner, name=shown, display_name=shown) if owner else None,
            mode=mode_at(event.place, event.address),
            starts_at=starts,
            ends_at=ends,
            series=_series_key(group) if group else None,
            is_cancelled=event.open_status == "cancelled",
            counts=HeadCounts(event.accepted, event.waiting) if is_counted else HeadCounts(),
            capacity=seats_of(event.limit) if is_counted else None,
            hashtag=tag_of(event.hash_tag),
        )

    def _tell_series(self, event: _Event, batch: Batch) -> None:
        """Tell of an event's group, which is no record of its own here."""
        group = event.group or event.series
        if group is not None and _series_key(group) not in self._groups:
            self._groups.add(_series_key(group))
            batch.initiatives.append(_series(group))

    def _take_group(self, group: _Group, batch: Batch) -> Words | None:
        if not self._is_second(_series_key(group), batch):
            tell(batch, _series(group))
        return None

    def _take_person(self, person: _Person, batch: Batch) -> Words | None:
        outside_id = clean(person.nickname)
        if not outside_id:
            return NOT_AN_ANSWER
        shown = person.display_name or outside_id
        actor = self._roll.meet(outside_id, name=shown, display_name=shown)
        if not self._is_second(f"person/{actor}", batch):
            batch.records.append(Record(f"person/{actor}", 0, UNDATED))
        return None

    def _take_presentation(self, one: _Presentation, entry: Entry, *, batch: Batch) -> Words | None:
        author, at = one.presenter or one.user, _moment(one.created_at)
        if author is None or not clean(author.nickname):
            return NO_PRESENTER
        if at is None:
            return NO_TIME
        outside_id = clean(author.nickname)
        shown = author.display_name or outside_id
        actor = self._roll.meet(outside_id, name=shown, display_name=shown)
        key = f"presentation/{self._conceal(clean(one.url) or f'{outside_id} {clean(one.name)}')}"
        if self._is_second(key, batch):
            return None
        self.latest = latest_of(self.latest, at.seconds)
        activity = Activity(
            record=key,
            key=key,
            actor=actor,
            kind=_KIND_OF.get(one.presentation_type or "", Kind.TALK),
            happened_at=at.seconds,
            at_precision=AtPrecision.NOT_AFTER,
            initiative=self._event_key(entry),
            hosts=facts_of(one.url or "").hosts,
            url=_address(one.url, outside_id),
            filed_at=UNDATED,
        )
        kept = (activity.kind, actor, at.seconds, activity.initiative, activity.url)
        batch.records.append(Record(key, digest63(msgspec.msgpack.encode(kept)), UNDATED))
        batch.activities.append(activity)
        return None

    def _event_key(self, entry: Entry) -> str | None:
        """Return which event a list of presentations is of, if its name says one that is known."""
        found = _NUMBER.search(entry.name)
        key = f"connpass:{int(found[1])}" if found else ""
        known: Mapping[str, Initiative] = {**self._choices.events, **self.events}
        if key in known:
            return key
        return self._choices.event.key if self._choices.event else None


def _records_in(parts: Sequence[object]) -> Iterator[tuple[str, object]]:
    """Yield each record of the answers with the name of its list."""
    for part in parts:
        lists = [
            (name, found)
            for name in _LISTS
            if isinstance(part, dict) and isinstance(found := part.get(name), list)
        ]
        if not lists:
            yield "", part
        for name, found in lists:
            for one in found:
                yield name, one


def _times_of(event: _Event) -> tuple[str | None, ...]:
    return event.started_at, event.ended_at, event.updated_at


def _moment(at: str | None) -> Moment | None:
    return moment_of(at, _TOKYO) if at else None


def _series_key(group: _Group) -> str:
    return f"connpass:group:{group.id}"


def _series(group: _Group) -> Initiative:
    return Initiative(_series_key(group), InitiativeKind.SERIES, clean(group.title))


def _address(url: str | None, outside_id: str) -> str | None:
    """Return an address that can stand in the log: of the web, and without the author's id."""
    if url is None or len(url) > 500 or not url.startswith(("https://", "http://")):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    is_personal = outside_id.casefold() in url.casefold() or "@" in url
    return None if is_personal or not parts.hostname else url
