"""How many registrations to accept for so many seats, from who came to the community's events."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from jibungoto.desk.acting import Acting
from jibungoto.desk.gather.current import current_log
from jibungoto.desk.lately import lately
from jibungoto.desk.understand.held import events_of
from jibungoto.desk.understand.today import newest_answer
from jibungoto.engine.calendar import zone_named
from jibungoto.engine.log import opened
from jibungoto.engine.steps import Params
from jibungoto.engine.turnouts import shown_at_venues
from jibungoto.ledger.initiative import Mode
from jibungoto.understand.overbooking import (
    COMPARED,
    ENOUGH_EVENTS,
    FREE,
    PAID,
    Shown,
    most_to_accept,
    turnouts,
)

_SEATS = 50
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Compared:
    """One event whose registrations are compared: its name, its day, and how many came."""

    name: str
    day: date | None
    registered: int
    came: int


@dataclass(frozen=True, slots=True)
class Advised:
    """How many to accept for so many seats, and the events it rests on, the newest first.

    ``is_own`` says that these tell by themselves; otherwise they are added to what is known of
    other free or paid events.
    """

    seats: int
    most: int
    events: tuple[Compared, ...]
    is_own: bool

    @property
    def registered(self) -> int:
        """How many registered for these events."""
        return sum(one.registered for one in self.events)

    @property
    def came(self) -> int:
        """How many of those came."""
        return sum(one.came for one in self.events)


def advised(
    acting: Acting,
    *,
    seats: int | None = None,
    among: Collection[str] | None = None,
    is_paid: bool = False,
) -> Advised:
    """Return how many to accept, from the newest events at a venue, or those ``among`` them.

    Without a number of seats that of the newest event is taken that tells it.
    """
    told = [one for one in _shown(acting) if among is None or one.event in among][:COMPARED]
    believed = turnouts(
        [(one.came, one.registered) for one in told], before=PAID if is_paid else FREE
    )
    wanted = seats or _seats(acting, among)
    rows = events_of(acting).filter(key__in=[one.event for one in told])
    zone = zone_named(acting.community.zone)
    named = {
        key: (name or key, at.astimezone(zone).date())
        for key, name, at in rows.values_list("key", "name", "starts_at")
        if at is not None
    }
    return Advised(
        seats=wanted,
        most=most_to_accept(wanted, believed),
        events=tuple(
            Compared(name, day, one.registered, one.came)
            for one in told
            for name, day in [named.get(one.event, (one.event, None))]
        ),
        is_own=len(told) >= ENOUGH_EVENTS,
    )


def _seats(acting: Acting, among: Collection[str] | None) -> int:
    """Return the seats of the newest event at a venue alone: elsewhere a stream's count as well."""
    rows = events_of(acting).filter(capacity__gt=0, mode=Mode.VENUE.value)
    if among is not None:
        rows = rows.filter(key__in=among)
    return rows.order_by("-starts_at", "pk").values_list("capacity", flat=True).first() or _SEATS


def _shown(acting: Acting) -> tuple[Shown, ...]:
    answer = newest_answer(acting)
    if answer is None:
        return ()
    night = answer.as_of + _DAY

    def look() -> tuple[Shown, ...]:
        current = current_log(acting.community)
        if current is None:
            return ()
        with opened(current[1]) as con:
            return shown_at_venues(con, Params(night, acting.community.zone))

    return lately(("shown", acting.community.pk, night), look)
