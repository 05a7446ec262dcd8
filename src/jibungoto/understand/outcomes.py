"""What becomes of starts: whose first it is, whether others come and stay (domain.md 7.4, BR20)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from jibungoto.ledger.initiative import InitiativeKind
from jibungoto.ledger.person import PersonKind
from jibungoto.understand.acts import Act
from jibungoto.understand.log import LoggedInitiative
from jibungoto.understand.newcomers import Rate
from jibungoto.understand.starts import Start
from jibungoto.understand.thresholds import DAY, DEFAULTS, Thresholds

Places = Mapping[str, LoggedInitiative]
"""Every initiative that is known, by its key."""


def is_event(start: Start, places: Places) -> bool:
    """Say whether what was started is an event: over when it is over, and often without a list."""
    place = places.get(start.initiative)
    return place is not None and place.kind is InitiativeKind.EVENT


def _qualified_in(starts: list[Start], as_of: date, *, days: int) -> list[Start]:
    since = as_of - timedelta(days=days)
    return [
        start
        for start in starts
        if start.qualified_day is not None and since <= start.qualified_day < as_of
    ]


def new_starters(starts: list[Start], as_of: date, *, thresholds: Thresholds = DEFAULTS) -> Rate:
    """Return how many members with a qualified start in the window never had one before it."""
    days = thresholds.cohort_window
    recent = _qualified_in(starts, as_of, days=days)
    starters = {start.act.person for start in recent if start.is_members}
    before = {
        start.act.person
        for start in starts
        if start.qualified_day is not None and start.qualified_day < as_of - timedelta(days=days)
    }
    return Rate(len(starters - before), len(starters))


def staff_starts(starts: list[Start], as_of: date, *, thresholds: Thresholds = DEFAULTS) -> Rate:
    """Return how many of the qualified starts of people in the window are by staff."""
    recent = _qualified_in(starts, as_of, days=thresholds.cohort_window)
    people = [start for start in recent if start.act.capacity is not PersonKind.BOT]
    return Rate(sum(start.act.capacity is PersonKind.STAFF for start in people), len(people))


def surviving(
    starts: list[Start],
    places: Places,
    *,
    until: int,
    thresholds: Thresholds = DEFAULTS,
) -> Rate:
    """Return how many members' starts at least 90 days old saw others act after day 60.

    A series lives on if a second event of it was held; single events are not asked.
    """
    old = [
        start
        for start in starts
        if start.is_members
        and not is_event(start, places)
        and until - start.act.happened_at >= thresholds.survive_days * DAY
    ]
    alive = [
        start
        for start in old
        if (
            _editions(start, places, until=until) >= 2
            if _is_series(start, places)
            else any(_is_late(act, start, thresholds=thresholds) for act in start.gathered)
        )
    ]
    return Rate(len(alive), len(old))


def _is_series(start: Start, places: Places) -> bool:
    place = places.get(start.initiative)
    return place is not None and place.kind is InitiativeKind.SERIES


def _editions(start: Start, places: Places, *, until: int) -> int:
    """Count the events of a series that are over."""
    ends = [
        place.ends_at if place.ends_at is not None else place.starts_at
        for place in places.values()
        if place.kind is InitiativeKind.EVENT
        and place.series == start.initiative
        and not place.is_cancelled
    ]
    return sum(moment is not None and moment < until for moment in ends)


def _is_late(act: Act, start: Start, *, thresholds: Thresholds) -> bool:
    return act.happened_at - start.act.happened_at >= thresholds.survive_from_days * DAY


def pulls(
    starts: list[Start],
    places: Places,
    *,
    as_of: date,
    until: int,
    thresholds: Thresholds = DEFAULTS,
) -> list[int]:
    """Return how many others each member's start of the window drew in its first 30 days.

    Only starts whose 30 days have passed; an event nobody is recorded at is left out.
    """
    since = as_of - timedelta(days=thresholds.cohort_window)
    return sorted(
        len({act.person for act in start.gathered if _is_early(act, start, thresholds=thresholds)})
        for start in starts
        if start.is_members
        and since <= start.act.day < as_of
        and until - start.act.happened_at >= thresholds.qualify_seconds
        and (start.gathered or not is_event(start, places))
    )


def _is_early(act: Act, start: Start, *, thresholds: Thresholds) -> bool:
    return act.happened_at - start.act.happened_at < thresholds.qualify_seconds


def failed(
    starts: list[Start], places: Places, *, as_of: date, thresholds: Thresholds = DEFAULTS
) -> list[Start]:
    """Return members' starts of the window, events apart, to which nobody else came so far."""
    since = as_of - timedelta(days=thresholds.cohort_window)
    return [
        start
        for start in starts
        if start.is_members
        and not is_event(start, places)
        and since <= start.act.day < as_of
        and not start.gathered
    ]
