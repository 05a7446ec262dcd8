"""Who is new, and what happened to them in their first weeks (domain.md 7.2; BR6, BR17)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from statistics import mean

from jibungoto.ledger.initiative import PlaceTag
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.person import PersonKind
from jibungoto.understand.acts import MEMBER, Act, ResolvedTie, Told, is_dated
from jibungoto.understand.log import Log, LoggedSource
from jibungoto.understand.thresholds import DEFAULTS, Thresholds


@dataclass(frozen=True, slots=True)
class First:
    """Somebody's earliest record; ``is_exact`` if they cannot have been there before it."""

    person: int
    capacity: PersonKind
    opted_out: bool
    joined_at: int
    joined_day: date
    is_exact: bool
    tells_joins: bool
    row: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A member who joined on a known day, and how many seconds later things happened, if ever."""

    first: First
    spoke_after: int | None
    introduced_after: int | None
    got_after: int | None
    diversity: int


@dataclass(frozen=True, slots=True)
class Rate:
    """k of n."""

    k: int
    n: int


def firsts_of(log: Log, told: list[Told]) -> dict[int, First]:
    """Return everybody's earliest dated record (BR6).

    It is exact if the source holds everything from an earlier day on, or if it is a join to a
    place everybody is put into.
    """
    sources = {source.source: source for source in log.sources}
    default_places = {each.key for each in log.initiatives if each.is_default}
    records: dict[int, list[Told]] = {}
    for each in told:
        if is_dated(each) and each.activity.source in sources:
            records.setdefault(each.person, []).append(each)
    firsts = {}
    for person, found in records.items():
        joined_at = min(each.activity.happened_at for each in found)
        earliest = sorted(
            (each for each in found if each.activity.happened_at == joined_at),
            key=lambda each: (
                not _is_entry(each, default_places),
                not _is_complete(each, sources),
                *each.row,
            ),
        )
        first = earliest[0]
        firsts[person] = First(
            person=person,
            capacity=first.capacity,
            opted_out=first.opted_out,
            joined_at=joined_at,
            joined_day=first.activity.day,
            is_exact=_is_entry(first, default_places)
            or any(_is_complete(each, sources) for each in earliest),
            tells_joins=sources[first.activity.source].can_tell.joins,
            row=first.row,
        )
    return firsts


def _is_entry(told: Told, default_places: set[str]) -> bool:
    return told.activity.kind is Kind.JOIN and told.activity.initiative in default_places


def _is_complete(told: Told, sources: dict[str, LoggedSource]) -> bool:
    since = sources[told.activity.source].can_tell.complete_since
    return since is not None and since < told.activity.day


def newcomers_of(
    firsts: dict[int, First],
    acts: list[Act],
    *,
    told: list[Told],
    ties: list[ResolvedTie],
    thresholds: Thresholds = DEFAULTS,
) -> list[Newcomer]:
    """Return the members whose day of joining is exact, with what they did and got."""
    got = _interactions(acts, told, ties=ties)
    newcomers = []
    for first in firsts.values():
        if not first.is_exact or first.capacity is not MEMBER or first.opted_out:
            continue
        own = [
            act
            for act in acts
            if act.person == first.person and act.capacity is MEMBER and is_dated(act.told)
        ]
        early = [act for act in own if act.happened_at - first.joined_at < thresholds.act7_seconds]
        newcomers.append(
            Newcomer(
                first=first,
                spoke_after=_soonest(first, [a.happened_at for a in own if a.speaks]),
                introduced_after=_soonest(
                    first, [a.happened_at for a in own if _is_introduction(a)]
                ),
                got_after=_soonest(first, got.get(first.person, [])),
                diversity=len({(a.act_class, _place_of(a)) for a in early}),
            )
        )
    return newcomers


def _place_of(act: Act) -> str:
    return act.told.activity.place or act.told.activity.source


def _is_introduction(act: Act) -> bool:
    return act.tag is PlaceTag.INTRO and act.told.activity.kind is Kind.MESSAGE


def _soonest(first: First, moments: list[int]) -> int | None:
    after = [moment - first.joined_at for moment in moments if moment >= first.joined_at]
    return min(after, default=None)


def _interactions(
    acts: list[Act], told: list[Told], *, ties: list[ResolvedTie]
) -> dict[int, list[int]]:
    """Return when each person got a reply, a mention or a dated reaction from a member."""
    got: dict[int, list[int]] = {}
    for tie in ties:
        if tie.from_capacity is MEMBER and not tie.is_hidden:
            got.setdefault(tie.to_person, []).append(tie.happened_at)
    by_row = {each.row: each for each in told}
    for act in acts:
        activity = act.told.activity
        if activity.kind is Kind.REACTION and act.capacity is MEMBER and is_dated(act.told):
            post = by_row.get((activity.source, activity.in_reply_to or ""))
            if post is not None and post.person != act.person:
                got.setdefault(post.person, []).append(act.happened_at)
    return got


def cohort_of(
    newcomers: list[Newcomer], as_of: date, *, until: int, age: int, thresholds: Thresholds
) -> list[Newcomer]:
    """Return who joined in the window, where joins are told, at least ``age`` seconds ago."""
    since = as_of - timedelta(days=thresholds.cohort_window)
    return [
        each
        for each in newcomers
        if each.first.tells_joins
        and since <= each.first.joined_day < as_of
        and until - each.first.joined_at >= age
    ]


def act7(
    newcomers: list[Newcomer], as_of: date, *, until: int, thresholds: Thresholds = DEFAULTS
) -> Rate:
    """Return how many spoke or did more within 7 days."""
    t = thresholds
    cohort = cohort_of(newcomers, as_of, until=until, age=t.act7_seconds, thresholds=t)
    return Rate(sum(_within(each.spoke_after, t.act7_seconds) for each in cohort), len(cohort))


def act30(
    newcomers: list[Newcomer], as_of: date, *, until: int, thresholds: Thresholds = DEFAULTS
) -> Rate:
    """Return how many within 30 days spoke or did more and got something from a member."""
    t = thresholds
    cohort = cohort_of(newcomers, as_of, until=until, age=t.act30_seconds, thresholds=t)
    both = [
        each
        for each in cohort
        if _within(each.spoke_after, t.act30_seconds) and _within(each.got_after, t.act30_seconds)
    ]
    return Rate(len(both), len(cohort))


def intro_rate(
    newcomers: list[Newcomer], as_of: date, *, until: int, thresholds: Thresholds = DEFAULTS
) -> Rate:
    """Return how many introduced themselves within 14 days."""
    t = thresholds
    cohort = cohort_of(newcomers, as_of, until=until, age=t.intro_seconds, thresholds=t)
    done = [each for each in cohort if _within(each.introduced_after, t.intro_seconds)]
    return Rate(len(done), len(cohort))


def early_diversity(
    newcomers: list[Newcomer], as_of: date, *, until: int, thresholds: Thresholds = DEFAULTS
) -> float | None:
    """Return the mean number of kinds of act times places in the first 7 days."""
    t = thresholds
    cohort = cohort_of(newcomers, as_of, until=until, age=t.act7_seconds, thresholds=t)
    return mean(each.diversity for each in cohort) if cohort else None


def _within(after: int | None, seconds: int) -> bool:
    return after is not None and after < seconds


def warmth_of_introductions(
    acts: list[Act],
    as_of: date,
    *,
    told: list[Told],
    until: int,
    thresholds: Thresholds = DEFAULTS,
) -> list[int]:
    """Return for each first introduction in the window how many people answered it soon."""
    introductions: dict[int, Act] = {}
    for act in acts:
        if act.capacity is MEMBER and _is_introduction(act):
            introductions.setdefault(act.person, act)
    since = as_of - timedelta(days=thresholds.cohort_window)
    within = thresholds.welcome_seconds
    return sorted(
        len({each.person for each in told if _is_warm(each, post, within=within)})
        for post in introductions.values()
        if since <= post.day < as_of and until - post.happened_at >= within
    )


def _is_warm(told: Told, post: Act, *, within: int) -> bool:
    """A reply or a reaction to the post by another person who may be counted."""
    activity = told.activity
    if told.person == post.person or told.capacity is PersonKind.BOT or told.opted_out:
        return False
    if not 0 <= activity.happened_at - post.happened_at < within:
        return False
    if activity.kind is Kind.REACTION:
        return (activity.source, activity.in_reply_to) == post.told.row
    return activity.kind in (Kind.REPLY, Kind.COMMENT) and told.thread == post.told.row
