"""Who stays and who comes back: retention by 30 days, stickiness, back from dormancy (7.1)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from jibungoto.understand.acts import MEMBER, Act, is_dated
from jibungoto.understand.journeys import FAMILY_OF
from jibungoto.understand.newcomers import Newcomer, Rate
from jibungoto.understand.thresholds import DAY, DEFAULTS, Thresholds

STRETCHES = (1, 2, 3, 6, 12)
"""Which stretches of 30 days after joining are looked at; the steps have them written in."""
CHATS = frozenset(source for source, family in FAMILY_OF.items() if family == "chat")
"""The sources in which people talk every day; the steps have them written in."""


def retained(
    newcomers: list[Newcomer],
    acts: list[Act],
    *,
    k: int,
    as_of: date,
    until: int,
    thresholds: Thresholds = DEFAULTS,
) -> Rate:
    """Return how many acted in the k-th 30 days after joining, of those it has passed for.

    The cohort is who joined in the 90 days whose k-th stretch has only now passed for everybody.
    """
    stretch = thresholds.stretch_days
    latest = as_of - timedelta(days=(k + 1) * stretch)
    earliest = latest - timedelta(days=thresholds.cohort_window)
    cohort = [
        each.first
        for each in newcomers
        if earliest <= each.first.joined_day < latest
        and until - each.first.joined_at >= (k + 1) * stretch * DAY
    ]
    times = _times_of_members(acts)
    back = [
        first
        for first in cohort
        if any(
            k * stretch * DAY <= happened_at - first.joined_at < (k + 1) * stretch * DAY
            for happened_at in times.get(first.person, [])
        )
    ]
    return Rate(len(back), len(cohort))


def _times_of_members(acts: list[Act]) -> dict[int, list[int]]:
    times: dict[int, list[int]] = {}
    for act in acts:
        if act.capacity is MEMBER and is_dated(act.told):
            times.setdefault(act.person, []).append(act.happened_at)
    return times


def stickiness(acts: list[Act], as_of: date, *, thresholds: Thresholds = DEFAULTS) -> Rate:
    """Return how many of those who acted in a chat within 28 days did so in the last 7."""
    chatting = [act for act in acts if act.capacity is MEMBER and act.told.activity.source in CHATS]
    month = _acting_in(chatting, as_of, days=thresholds.active_window)
    week = _acting_in(chatting, as_of, days=thresholds.sticky_window)
    return Rate(len(week), len(month))


def _acting_in(acts: list[Act], as_of: date, *, days: int) -> set[int]:
    return {act.person for act in acts if as_of - timedelta(days=days) <= act.day < as_of}


def dormant_back(acts: list[Act], as_of: date, *, thresholds: Thresholds = DEFAULTS) -> set[int]:
    """Return who acted in the period after 90 days or more without an act."""
    since = as_of - timedelta(days=thresholds.period)
    days: dict[int, set[date]] = {}
    for act in acts:
        if act.capacity is MEMBER:
            days.setdefault(act.person, set()).add(act.day)
    return {
        person
        for person, found in days.items()
        if any(
            since <= day < as_of and day - before > timedelta(days=thresholds.dormant_days)
            for before, day in _neighbours(found)
        )
    }


def _neighbours(days: Iterable[date]) -> Iterable[tuple[date, date]]:
    ordered = sorted(days)
    return zip(ordered, ordered[1:], strict=False)
