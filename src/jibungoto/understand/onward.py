"""Where members go on to, and whether who begins widely contributes more often (domain.md 7.9)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import zip_longest

from jibungoto.understand.journeys import Arrival
from jibungoto.understand.newcomers import Newcomer, Rate
from jibungoto.understand.thresholds import DAY, DEFAULTS, Thresholds

Journeys = Mapping[int, list[Arrival]]


def transitions(
    journeys: Journeys, *, until: int, thresholds: Thresholds = DEFAULTS
) -> dict[str, Rate]:
    """Return who went on to a next family within 90 days of coming to one.

    Of all under the empty name, of each family under its own, of each pair as ``a>b``. Counted
    are those who came to a family within 365 days and at least 90 x 24 hours ago.
    """
    t = thresholds
    moved: dict[str, int] = {"": 0}
    reached: dict[str, int] = {"": 0}
    for journey in journeys.values():
        for one, following in zip_longest(journey, journey[1:]):
            if not t.onward_seconds <= until - one.began_at <= t.share_window * DAY:
                continue
            goes_on = following is not None and following.began_at - one.began_at < t.onward_seconds
            for name in ("", one.family):
                reached[name] = reached.get(name, 0) + 1
                moved[name] = moved.get(name, 0) + goes_on
            if goes_on and following is not None:
                name = f"{one.family}>{following.family}"
                moved[name] = moved.get(name, 0) + 1
    return {
        name: Rate(k, reached[name.partition(">")[0]] if ">" in name else reached[name])
        for name, k in moved.items()
    }


def by_width(
    newcomers: list[Newcomer],
    journeys: Journeys,
    *,
    contributed: Mapping[int, date],
    as_of: date,
    thresholds: Thresholds = DEFAULTS,
) -> dict[str, Rate]:
    """Return how many reached the stage of contributing within 180 days of joining.

    ``several`` acted in two families or more within 60 x 24 hours of joining, ``one`` in one; who
    acted in none is in neither. ``contributed`` is the first night on which each stood there.
    Counted are those who joined in a year that ended 180 days ago.
    """
    t = thresholds
    until = as_of - timedelta(days=t.contribute_days)
    since = until - timedelta(days=t.share_window)
    found = {"several": [0, 0], "one": [0, 0]}
    for each in newcomers:
        first = each.first
        early = [
            arrival
            for arrival in journeys.get(first.person, [])
            if arrival.began_at - first.joined_at < t.widen_seconds
        ]
        if not early or not since <= first.joined_day < until:
            continue
        night = contributed.get(first.person)
        is_there = night is not None and (night - first.joined_day).days <= t.contribute_days
        counts = found["several" if len(early) > 1 else "one"]
        counts[0] += is_there
        counts[1] += 1
    return {name: Rate(k, n) for name, (k, n) in found.items()}
