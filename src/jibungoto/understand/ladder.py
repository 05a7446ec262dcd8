"""The ownership ladder 自分ゴト化ラダー as its rules read, night by night (domain.md 6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from jibungoto.understand.acts import MEMBER, Act, ResolvedTie
from jibungoto.understand.answers import Stage
from jibungoto.understand.starts import Start, Sustaining, is_asked
from jibungoto.understand.thresholds import DEFAULTS, Thresholds


@dataclass(slots=True)
class Effort:
    """A starting or sustaining act: when it counts, and whether it was asked for."""

    day: date
    known_day: date
    is_asked: bool


@dataclass(slots=True)
class Doings:
    """Everything of one member that the rules of the ladder look at."""

    days: set[date] = field(default_factory=set)
    spoken: set[date] = field(default_factory=set)
    helped: set[tuple[int, date]] = field(default_factory=set)
    outputs: list[date] = field(default_factory=list)
    qualified: list[date] = field(default_factory=list)
    sustaining: list[Sustaining] = field(default_factory=list)
    activated: set[tuple[int, date]] = field(default_factory=set)
    efforts: list[Effort] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Night:
    """How one member stands when a night begins, everything before that day counted."""

    night: date
    satisfied: Stage
    stage: Stage
    is_dormant: bool


def doings_of(
    acts: list[Act],
    ties: list[ResolvedTie],
    *,
    starts: list[Start],
    sustaining: list[Sustaining],
    thresholds: Thresholds = DEFAULTS,
) -> dict[int, Doings]:
    """Gather what the ladder looks at, for everybody who acted as a member."""
    people: dict[int, Doings] = {}
    for act in acts:
        if act.capacity is MEMBER:
            _note_act(people.setdefault(act.person, Doings()), act)
    for start in starts:
        if start.is_members:
            _note_start(people[start.act.person], start, ties=ties, thresholds=thresholds)
    for kept in sustaining:
        doings = people[kept.act.person]
        asked = is_asked(kept.act, ties, thresholds=thresholds)
        doings.sustaining.append(kept)
        doings.efforts.append(Effort(kept.act.day, kept.known_day, asked))
    for tie in ties:
        are_members = tie.from_capacity is MEMBER and tie.to_capacity is MEMBER
        if are_members and not tie.is_hidden and tie.from_person in people:
            people[tie.from_person].activated.add((tie.to_person, tie.day))
    return people


def _note_act(doings: Doings, act: Act) -> None:
    doings.days.add(act.day)
    if act.speaks:
        doings.spoken.add(act.day)
    if act.helped is not None:
        doings.helped.add((act.helped, act.day))
    if act.is_output:
        doings.outputs.append(act.day)


def _note_start(
    doings: Doings, start: Start, *, ties: list[ResolvedTie], thresholds: Thresholds
) -> None:
    asked = is_asked(start.act, ties, thresholds=thresholds)
    doings.efforts.append(Effort(start.act.day, start.act.day, asked))
    doings.activated.update((act.person, act.day) for act in start.gathered)
    if start.qualified_day is not None:
        doings.qualified.append(start.qualified_day)


def satisfied_on(night: date, doings: Doings, *, thresholds: Thresholds = DEFAULTS) -> Stage:
    """Return the highest stage whose rule holds; skipping stages is allowed."""
    t = thresholds
    qualified = _within(doings.qualified, night, window=t.start_window)
    owns = len(qualified) >= t.own_starts or _keeps_alive(night, doings, t=t)
    if owns and _activates(night, doings, t=t) and not _is_mostly_asked(night, doings, t=t):
        return Stage.OWNING
    if qualified:
        return Stage.STARTING
    if _helps(night, doings, t=t):
        return Stage.CONTRIBUTING
    if len(_within(doings.spoken, night, window=t.speak_window)) >= t.speak_days:
        return Stage.SPEAKING
    has_acted = any(day < night for day in doings.days)
    return Stage.ATTENDING if has_acted else Stage.REGISTERED


def _within(days: Iterable[date], night: date, *, window: int) -> list[date]:
    """Keep the days of [night - window, night)."""
    first = night - timedelta(days=window)
    return [day for day in days if first <= day < night]


def _others_within(pairs: set[tuple[int, date]], night: date, *, window: int) -> set[int]:
    first = night - timedelta(days=window)
    return {other for other, day in pairs if first <= day < night}


def _helps(night: date, doings: Doings, *, t: Thresholds) -> bool:
    """Helped two others, each in a thread of their own, or made something substantial."""
    helped = _others_within(doings.helped, night, window=t.help_window)
    return len(helped) >= t.help_others or bool(
        _within(doings.outputs, night, window=t.output_window)
    )


def _keeps_alive(night: date, doings: Doings, *, t: Thresholds) -> bool:
    """Kept one initiative alive in three distinct months, the first and last 90 days apart."""
    for initiative in {kept.initiative for kept in doings.sustaining}:
        kept = [
            each
            for each in doings.sustaining
            if each.initiative == initiative
            and each.known_day < night
            and _within([each.act.day], night, window=t.sustain_window)
        ]
        days = [each.act.day for each in kept]
        if len({each.month for each in kept}) >= 3 and (max(days) - min(days)).days >= (
            t.sustain_span
        ):
            return True
    return False


def _activates(night: date, doings: Doings, *, t: Thresholds) -> bool:
    activated = _others_within(doings.activated, night, window=t.activated_window)
    return len(activated) >= t.activated_others


def _is_mostly_asked(night: date, doings: Doings, *, t: Thresholds) -> bool:
    """Fails only where at least three efforts were asked for and they exceed half of all."""
    known = [
        effort
        for effort in doings.efforts
        if effort.known_day < night and _within([effort.day], night, window=t.asked_window)
    ]
    asked = [effort for effort in known if effort.is_asked]
    return len(asked) >= t.asked_least and 2 * len(asked) > len(known)


def is_dormant_on(
    night: date, stage: Stage, *, doings: Doings, thresholds: Thresholds = DEFAULTS
) -> bool:
    """Silent too long for the stage; being dormant is no demotion."""
    window = thresholds.dormant_owner_days if stage >= Stage.STARTING else thresholds.dormant_days
    return not _within(doings.days, night, window=window)


def nights_of(doings: Doings, as_of: date, *, thresholds: Thresholds = DEFAULTS) -> list[Night]:
    """Walk every night from the first act on: promote at once, demote at a quarter's end.

    At a quarter's end one falls only if the stage's rule failed there and at the month end
    before, and then to the better of the two (domain.md 0, BR13).
    """
    nights: list[Night] = []
    held = Stage.REGISTERED
    at_month_end = Stage.REGISTERED
    night = min(doings.days) + timedelta(days=1)
    while night <= as_of:
        satisfied = satisfied_on(night, doings, thresholds=thresholds)
        if satisfied >= held:
            held = satisfied
        elif night.day == 1 and night.month in (1, 4, 7, 10):
            held = min(held, max(satisfied, at_month_end))
        if night.day == 1:
            at_month_end = satisfied
        dormant = is_dormant_on(night, held, doings=doings, thresholds=thresholds)
        nights.append(Night(night, satisfied, held, dormant))
        night += timedelta(days=1)
    return nights
