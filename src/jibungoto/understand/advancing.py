"""How long newcomers take up the ladder, and at which step most of them stay (domain.md 7.3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from jibungoto.ledger.finding import Interval
from jibungoto.understand.answers import Stage
from jibungoto.understand.intervals import wilson

HORIZONS = (30, 90, 180, 365)
"""Days after joining at which it is said how many have come so far."""
WITHIN = 180
"""Days in which a next stage counts as reached, where steps are compared (D)."""
LEAST = 10
"""Fewer people make no cohort of which a share is said (BR15)."""
COHORT_DAYS = 365
CLIMBED = (Stage.SPEAKING, Stage.CONTRIBUTING, Stage.STARTING)


@dataclass(frozen=True, slots=True)
class Climb:
    """One newcomer: the exact day of joining, and the first day at or above each stage.

    ``moves`` are the days on which the stage changed, with the stage from then on.
    """

    joined: date
    moves: tuple[tuple[date, Stage], ...]

    def reached(self, stage: Stage) -> date | None:
        """Return the first day at or above a stage; passing one counts as entering it (BR15)."""
        return next((day for day, at in self.moves if at >= stage), None)


@dataclass(frozen=True, slots=True)
class Reached:
    """Which share has come so many days after joining; ``people`` were seen to."""

    days: int
    share: float
    interval: Interval
    people: int


@dataclass(frozen=True, slots=True)
class Curve:
    """Which share of a cohort has reached a stage by each horizon; None where nobody was followed.

    ``course`` are the days on which a share changed and the shares, as far as ``followed`` days;
    ``median`` is None where less than half have reached it.
    """

    stage: Stage
    n: int
    at: tuple[Reached | None, ...]
    course: tuple[tuple[int, float, int], ...]
    followed: int
    median: int | None

    def share_at(self, days: int) -> tuple[float, int] | None:
        """Return which share had come after so many days, and how many people were seen to."""
        if days > self.followed or not self.n:
            return None
        held = [(share, people) for day, share, people in self.course if day <= days]
        return held[-1] if held else (0.0, 0)


@dataclass(frozen=True, slots=True)
class Cohort:
    """People who joined between two days, both counted, and how far they have come."""

    first: date
    last: date
    n: int
    curves: tuple[Curve, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """Of those who entered a stage long enough ago, how many went on within the days."""

    stage: Stage
    entered: int
    went_on: int
    interval: Interval
    median: int | None

    @property
    def stayed(self) -> int:
        """How many did not go on in time."""
        return self.entered - self.went_on


@dataclass(frozen=True, slots=True)
class Turnover:
    """What became in a month of those who stood at a stage on its first day."""

    stage: Stage
    month: date
    up: int
    held: int
    down: int


@dataclass(frozen=True, slots=True)
class Advance:
    """The cohorts, the newest last, the steps, and what moved in the last full months."""

    as_of: date
    cohorts: tuple[Cohort, ...]
    steps: tuple[Step, ...]
    turnover: tuple[Turnover, ...]

    @property
    def most_stay(self) -> Step | None:
        """The step at which most people stay: the largest number that did not go on in time."""
        known = [one for one in self.steps if one.entered >= LEAST]
        return max(known, key=lambda one: (one.stayed, -one.stage), default=None)

    @property
    def slowest(self) -> Step | None:
        """The step that takes longest where half do go on; one that half never take is slower."""
        known = [one for one in self.steps if one.entered >= LEAST]
        return max(
            known,
            key=lambda one: (one.median is None, one.median or 0, one.stayed / one.entered),
            default=None,
        )


def advance_of(
    newcomers: Sequence[Climb], everybody: Iterable[Climb], *, as_of: date, months: int = 3
) -> Advance:
    """Return how far newcomers have come as of the end of a day.

    ``newcomers`` joined on an exact day; ``everybody`` moved on the ladder, whenever they joined.
    """
    split = as_of - timedelta(days=COHORT_DAYS)
    first = split - timedelta(days=COHORT_DAYS)
    lots = (
        (first + timedelta(days=1), split),
        (split + timedelta(days=1), as_of),
    )
    cohorts = [_cohort(newcomers, first=since, last=until, as_of=as_of) for since, until in lots]
    steps = [_step(newcomers, stage, as_of=as_of) for stage in (Stage.ATTENDING, *CLIMBED)]
    return Advance(
        as_of,
        tuple(one for one in cohorts if one.n),
        tuple(one for one in steps if one is not None),
        tuple(_turnovers(tuple(everybody), as_of=as_of, months=months)),
    )


def _cohort(climbs: Sequence[Climb], *, first: date, last: date, as_of: date) -> Cohort:
    inside = [one for one in climbs if first <= one.joined <= last]
    return Cohort(
        first, last, len(inside), tuple(_curve(inside, stage, as_of=as_of) for stage in CLIMBED)
    )


def _curve(climbs: Sequence[Climb], stage: Stage, *, as_of: date) -> Curve:
    followed = [_followed(one.joined, one.reached(stage), as_of=as_of) for one in climbs]
    longest = max((days for days, _ in followed), default=0)
    if len(followed) < LEAST:
        return Curve(stage, len(followed), (None,) * len(HORIZONS), (), 0, None)
    course, at = _incidence(followed, longest=longest)
    return Curve(stage, len(followed), at, course, longest, _median(course))


def _followed(since: date, until: date | None, *, as_of: date) -> tuple[int, bool]:
    """Return for how many days somebody was followed, and whether to the end asked for."""
    if until is not None and until <= as_of:
        return max((until - since).days, 0), True
    return max((as_of - since).days, 0), False


_Course = tuple[tuple[int, float, int], ...]


def _incidence(
    followed: Sequence[tuple[int, bool]], *, longest: int
) -> tuple[_Course, tuple[Reached | None, ...]]:
    """Return the cumulative incidence (1 - Kaplan-Meier) with 95 % log-log intervals."""
    import warnings

    import numpy as np
    from scipy.stats import CensoredData, ecdf

    seen = sorted(float(days) for days, is_seen in followed if is_seen)
    open_still = [float(days) for days, is_seen in followed if not is_seen]
    told = ecdf(CensoredData(uncensored=seen, right=open_still)).sf
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # nobody is left at the very end
        spread = told.confidence_interval(0.95, method="log-log")
    shares = 1 - told.probabilities
    people = np.searchsorted(seen, told.quantiles, side="right")
    found: list[Reached | None] = []
    for horizon in HORIZONS:
        place = int(np.searchsorted(told.quantiles, horizon, side="right")) - 1
        if longest < horizon:
            found.append(None)
        elif place < 0 or shares[place] in (0.0, 1.0):
            share = 0.0 if place < 0 else float(shares[place])
            k = round(share * len(followed))
            found.append(Reached(horizon, share, wilson(k, len(followed)), k))
        else:
            ends = (spread.high.probabilities[place], spread.low.probabilities[place])
            low, high = (float(1 - end) for end in ends)
            around = Interval(low, high)
            found.append(Reached(horizon, float(shares[place]), around, int(people[place])))
    steps = zip(told.quantiles, shares, people, strict=True)
    return tuple((int(day), float(share), int(n)) for day, share, n in steps), tuple(found)


def _median(course: _Course) -> int | None:
    """Return the day by which half have come; never that of those alone who came (KF4)."""
    return next((day for day, share, _ in course if share >= 0.5), None)


def _step(climbs: Sequence[Climb], stage: Stage, *, as_of: date) -> Step | None:
    """Return what became of those who entered a stage in time, None where nobody did."""
    above = Stage(stage + 1)
    pairs = [(one.reached(stage), one.reached(above)) for one in climbs]
    entered = [(since, until) for since, until in pairs if since is not None and since <= as_of]
    matured = [one for one in entered if (as_of - one[0]).days >= WITHIN]
    if not matured:
        return None
    went = sum(until is not None and (until - since).days <= WITHIN for since, until in matured)
    followed = [_followed(since, until, as_of=as_of) for since, until in entered]
    longest = max(days for days, _ in followed)
    course = _incidence(followed, longest=longest)[0] if len(followed) >= LEAST else ()
    return Step(stage, len(matured), went, wilson(went, len(matured)), _median(course))


def _turnovers(climbs: Sequence[Climb], *, as_of: date, months: int) -> Iterable[Turnover]:
    """Yield per stage and full month who moved up, held and moved down (the bottleneck table)."""
    for first, following in _months(as_of, months):
        counts = {stage: [0, 0, 0] for stage in list(Stage)[1:]}
        for one in climbs:
            before, after = _stage(one, first), _stage(one, following)
            if before in counts:
                counts[before][(after <= before) + (after < before)] += 1
        for stage, (up, held, down) in counts.items():
            yield Turnover(stage, first, up, held, down)


def _months(as_of: date, months: int) -> list[tuple[date, date]]:
    """Return the first days of the last full months and of the months after them."""
    end = (as_of + timedelta(days=1)).replace(day=1)
    found = []
    for _ in range(months):
        first = (end - timedelta(days=1)).replace(day=1)
        found.append((first, end))
        end = first
    return found[::-1]


def _stage(climb: Climb, day: date) -> Stage:
    """Return where somebody stood before a day began."""
    held = [at for moved, at in climb.moves if moved < day]
    return held[-1] if held else Stage.REGISTERED
