"""Whom Today could name: the three reasons as plain rules, before anybody is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from jibungoto.understand.answers import Stage
from jibungoto.understand.ladder import Doings
from jibungoto.understand.newcomers import First
from jibungoto.understand.starts import Start
from jibungoto.understand.thresholds import DEFAULTS, Thresholds
from jibungoto.understand.waiting import Opening


@dataclass(frozen=True, slots=True)
class Silence:
    """For how long somebody has been silent, and how long they usually are."""

    person: int
    last_day: date
    days: int
    median_gap: float


def unanswered_first_posts(
    openings: list[Opening],
    firsts: dict[int, First],
    *,
    until: int,
    threaded: set[str],
    thresholds: Thresholds = DEFAULTS,
) -> list[Opening]:
    """Return first posts one day to two weeks old to which nobody has reacted in any way.

    Only of people who certainly were not there before, only where replies can be told, and only
    if the source still tells what came a day later. Where somebody else has written or been seen
    in the same place since, or the source counts an answer it does not hold, nobody is accused.
    """
    t = thresholds
    return [
        each
        for each in openings
        if each.is_first
        and each.act.told.activity.source in threaded
        and each.act.person in firsts
        and firsts[each.act.person].is_exact
        and each.age(until) >= t.today_after_seconds
        and until - each.act.happened_at < t.today_until_seconds
        and each.thread_at is None
        and each.mention_at is None
        and each.seen_at is None
        and each.others_at is None
        and each.announced_at is None
    ]


def first_starts(
    starts: list[Start], as_of: date, *, thresholds: Thresholds = DEFAULTS
) -> list[Start]:
    """Return the first thing somebody ever started, if that was within two weeks."""
    since = as_of - timedelta(days=thresholds.today_start_days)
    earliest: dict[int, Start] = {}
    for start in sorted(starts, key=lambda each: each.act.told.order):
        earliest.setdefault(start.act.person, start)
    return [
        start for start in earliest.values() if start.is_members and since <= start.act.day < as_of
    ]


def silent_contributors(
    people: dict[int, Doings],
    stages: dict[int, Stage],
    *,
    as_of: date,
    thresholds: Thresholds = DEFAULTS,
) -> list[Silence]:
    """Return contributors silent for twice their usual gap, and for a month at least."""
    t = thresholds
    since = as_of - timedelta(days=t.silent_window)
    found = []
    for person, doings in people.items():
        days = sorted(day for day in doings.days if since <= day < as_of)
        gaps = [(later - earlier).days for earlier, later in zip(days, days[1:], strict=False)]
        if len(gaps) < t.silent_gaps or stages.get(person, Stage.REGISTERED) < 3:
            continue
        silent = (as_of - days[-1]).days - 1
        usual = median(gaps)
        if silent >= t.silent_days and silent >= t.silent_factor * usual:
            found.append(Silence(person, days[-1], silent, float(usual)))
    return found
