"""The community's events: a hybrid summit twice a year and a live session every month."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from random import Random

from jibungoto.demo.aliases import Alias
from jibungoto.demo.people import Habit, Person, Sort
from jibungoto.demo.rhythm import DAY, HOUR, Rhythm, start_of
from jibungoto.demo.stories import Cast
from jibungoto.demo.town import Town

VENUE_SEATS = 50
EARLY_SEATS = 38
SUMMIT, LIVE = "やまびこサミット", "やまびこライブ What's New"
_TAGS = {SUMMIT: "yamabiko_summit", LIVE: "yamabiko_live"}
_SUMMITS = (3.5, 9.5, 15.5, 21.5)
_FIRST_ID, _FIRST_RECEIPT = 310_000, 2_000_000
_MINUTE = 60
_KEEN = {Habit.HELPS: 0.5, Habit.SPEAKS: 0.3, Habit.REACTS: 0.2, Habit.WATCHES: 0.1}


class Standing(StrEnum):
    """How a registration stands on connpass."""

    BOOKED = "参加"
    WAITING = "補欠"
    CANCELLED = "参加キャンセル"


@dataclass(frozen=True, slots=True)
class Seat:
    """One registration: who, for which ticket, and what became of it."""

    who: Alias
    receipt: int
    is_venue: bool
    standing: Standing
    registered_at: int
    came_at: int | None = None
    spells: tuple[tuple[int, int], ...] = ()


@dataclass(slots=True)
class Gathering:
    """One event with all its registrations; ``number`` is connpass's, ``edition`` its count."""

    number: int
    series: str
    edition: int
    starts_at: int
    ends_at: int
    is_hybrid: bool
    host: Alias
    seats: list[Seat] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The name under which it is announced."""
        return f"{self.series} #{self.edition}"

    @property
    def tag(self) -> str:
        """The tag people are asked to use."""
        return _TAGS[self.series]


@dataclass(frozen=True, slots=True)
class Crowd:
    """Everybody who may come, those of Slack with the time they are around."""

    members: tuple[tuple[Person, Alias], ...]
    outsiders: tuple[Alias, ...]
    host: Alias


def crowd_of(town: Town, cast: Cast, *, aliases: list[Alias], others: list[Alias]) -> Crowd:
    """Return who may come: nobody whose story says that nobody has seen them lately."""
    known = {one.slack: one for one in aliases}
    absent = {one.id for one in (*cast.unanswered, cast.not_visible, *cast.silent)}
    absent |= {cast.first_timer.id}
    listed = [
        (one, known[one.id])
        for one in town.people
        if one.sort in {Sort.MEMBER, Sort.STAFF} and one.id not in absent
    ]
    return Crowd(tuple(listed), tuple(others), host=known[town.people[0].id])


def gatherings(rng: Random, rhythm: Rhythm, *, crowd: Crowd) -> list[Gathering]:
    """Let all events of the 24 months happen, in the order of their days."""
    planned = [(_saturday(rhythm.month(month)), SUMMIT) for month in _SUMMITS]
    planned += [(_thursday(rhythm.month(month + 0.6)), LIVE) for month in range(23)]
    editions = {SUMMIT: 0, LIVE: 0}
    held = []
    receipts = _FIRST_RECEIPT
    for number, (day, series) in enumerate(sorted(planned)):
        editions[series] += 1
        event = _event(day, series, number=_FIRST_ID + number * 137, edition=editions[series])
        event.host = crowd.host
        event.seats = _seats(rng, event, crowd=crowd, receipt=receipts)
        receipts += len(event.seats) + 11
        held.append(event)
    return held


def _event(day: date, series: str, *, number: int, edition: int) -> Gathering:
    is_summit = series == SUMMIT
    starts_at = start_of(day) + (13 if is_summit else 20) * HOUR
    ends_at = starts_at + (4 * HOUR if is_summit else 30 * _MINUTE)
    return Gathering(number, series, edition, starts_at, ends_at, is_summit, host=_NOBODY)


_NOBODY = Alias(None, *[""] * 9)


def _saturday(day: date) -> date:
    return day + timedelta(days=(5 - day.weekday()) % 7)


def _thursday(day: date) -> date:
    return day + timedelta(days=(3 - day.weekday()) % 7)


def _seats(rng: Random, event: Gathering, *, crowd: Crowd, receipt: int) -> list[Seat]:
    eager = 2.6 if event.is_hybrid else 0.8
    wishes: list[Alias] = []
    for person, alias in crowd.members:
        if person.there(event.starts_at) and person.until > event.starts_at + 2 * DAY:
            keen = _KEEN.get(person.habit, 0.15)
            if rng.random() < min(keen * eager, 0.9):
                wishes.append(alias)
    share = 0.45 if event.is_hybrid else 0.06
    wishes += [one for one in crowd.outsiders if rng.random() < share]
    rng.shuffle(wishes)
    taken = 0
    seats = []
    for number, who in enumerate(wishes):
        seat = _seat(rng, event, who=who, receipt=receipt + number)
        if seat.is_venue and seat.standing is Standing.BOOKED:
            taken += 1
            if taken > VENUE_SEATS:
                seat = replace(seat, standing=Standing.WAITING)
        seats.append(seat)
    return [_what_became(rng, event, seat=seat) for seat in seats]


def early_seats(event: Gathering) -> list[Seat]:
    """Return the registrations as they stood before more seats were given and some cancelled."""
    wishes, seats = 0, []
    for seat in event.seats:
        wishes += seat.is_venue
        is_late = seat.is_venue and wishes > EARLY_SEATS
        standing = Standing.WAITING if is_late else Standing.BOOKED
        seats.append(replace(seat, standing=standing, came_at=None, spells=()))
    return seats


def _seat(rng: Random, event: Gathering, *, who: Alias, receipt: int) -> Seat:
    is_venue = event.is_hybrid and rng.random() < 0.4
    standing = Standing.CANCELLED if rng.random() < 0.06 else Standing.BOOKED
    registered_at = event.starts_at - rng.randrange(HOUR, 25 * DAY)
    return Seat(who, receipt, is_venue, standing, registered_at)


def _what_became(rng: Random, event: Gathering, *, seat: Seat) -> Seat:
    """Who booked mostly comes; some with a place at the venue watch from home instead."""
    if seat.standing is not Standing.BOOKED:
        return seat
    if seat.is_venue:
        luck = rng.random()
        if luck < 0.72:
            return replace(seat, came_at=event.starts_at + rng.randrange(-20, 15) * _MINUTE)
        return replace(seat, spells=_spells(rng, event)) if luck < 0.8 else seat
    return replace(seat, spells=_spells(rng, event)) if rng.random() < 0.58 else seat


def _spells(rng: Random, event: Gathering) -> tuple[tuple[int, int], ...]:
    """One stretch of watching, or two that overlap a little (a second device), or a glimpse."""
    begin = event.starts_at + rng.randrange(-5, 8) * _MINUTE
    if rng.random() < 0.07:
        return ((begin, begin + rng.randrange(1, 4) * _MINUTE),)
    end = event.ends_at - rng.randrange(0, 10) * _MINUTE
    if rng.random() < 0.2:
        middle = (begin + end) // 2 // _MINUTE * _MINUTE
        return ((begin, middle + 2 * _MINUTE), (middle, end))
    return ((begin, end),)
