"""How many events there are, how often, and what is reported of them (domain.md 7.8, 7.10)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from jibungoto.ledger.initiative import InitiativeKind
from jibungoto.understand.gatherings import UNSAID
from jibungoto.understand.log import LoggedInitiative
from jibungoto.understand.thresholds import DAY, DEFAULTS, Thresholds

CANCELLED = "cancelled"


def _events(initiatives: Iterable[LoggedInitiative]) -> list[tuple[int, LoggedInitiative]]:
    """Return every event of which it is known when it began, with when it began."""
    return [
        (one.starts_at, one)
        for one in initiatives
        if one.kind is InitiativeKind.EVENT and one.starts_at is not None
    ]


def _ended_lately(
    initiatives: Iterable[LoggedInitiative], *, until: int, thresholds: Thresholds
) -> list[LoggedInitiative]:
    return [
        one
        for began, one in _events(initiatives)
        if 0 < until - max(began, one.ends_at or began) <= thresholds.event_seconds
    ]


def events_held(
    initiatives: Iterable[LoggedInitiative], *, until: int, thresholds: Thresholds = DEFAULTS
) -> dict[str, int]:
    """Return how many events ended in the 90 days before, by way, and how many were called off."""
    counted = {"": 0, CANCELLED: 0}
    for one in _ended_lately(initiatives, until=until, thresholds=thresholds):
        if one.is_cancelled:
            counted[CANCELLED] += 1
            continue
        mode = one.mode.value if one.mode else UNSAID
        counted[mode] = counted.get(mode, 0) + 1
        counted[""] += 1
    return counted


def event_gaps(
    initiatives: Iterable[LoggedInitiative], *, until: int, thresholds: Thresholds = DEFAULTS
) -> list[float]:
    """Return the days from the event before in its series to each event of the last 365 days."""
    series: dict[str, list[int]] = {}
    for began, one in _events(initiatives):
        if not one.is_cancelled:
            series.setdefault(one.series or one.source, []).append(began)
    return sorted(
        (began - before) / DAY
        for starts in series.values()
        for before, began in pairwise(sorted(starts))
        if 0 < until - began <= thresholds.share_window * DAY
    )


def reported(
    initiatives: Iterable[LoggedInitiative], *, until: int, thresholds: Thresholds = DEFAULTS
) -> list[tuple[int | None, int | None]]:
    """Return how many registered, and how many waited, for each event held in the 90 days."""
    return [
        (one.registered, one.waiting)
        for one in _ended_lately(initiatives, until=until, thresholds=thresholds)
        if not one.is_cancelled
    ]
