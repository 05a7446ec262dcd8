"""Victory conditions as a brief keeps them: what forecast and verdict are computed from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from jibungoto.explain.printing import day, is_hidden, said
from jibungoto.ledger.words import Words
from jibungoto.plan.facts import MeasureFacts, PlanFacts, Point
from jibungoto.plan.number import apart, shown
from jibungoto.plan.owwh import Objective, Period, Plan
from jibungoto.plan.scorecard import Card, scorecard_of
from jibungoto.plan.standing import Standing
from jibungoto.plan.victory import Baseline, Operator, VictoryCondition
from jibungoto.understand.measure import Unit

AT_LEAST = Words("{n}以上", "at least {n}")
AT_MOST = Words("{n}以下", "at most {n}")
OPEN_TARGET = Words("未定", "not said yet")
RANGE = Words("{low}〜{high}", "{low} to {high}")
NONE = Words("-", "-")


STANDINGS: dict[Standing, Words] = {
    Standing.ON_TRACK: Words("● 順調", "● on track"),
    Standing.AT_RISK: Words("▲ 注意", "▲ at risk"),
    Standing.OFF: Words("■ 未達の見込み", "■ off"),
    Standing.WON: Words("◎ 達成", "◎ won"),
    Standing.LOST: Words("× 未達", "× lost"),
    Standing.UNKNOWN: Words("? 分からない", "? not known"),
}
"""The standings as briefs print them: with a shape, so that they read without colour."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a plan says of a victory condition; somebody typed it, so nobody computes it.

    ``digest`` is the SHA-256 of the plan as YAML, in the ``version`` that is in force ``since``.
    """

    plan: Words
    version: int
    since: date | None
    digest: str
    due: date
    target: float | None = None
    operator: Operator | None = None
    begins: date | None = None
    baseline: float | None = None
    baseline_until: date | None = None
    is_by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a condition stands: the verdict, the forecast, the path on that day, the days left."""

    standing: Standing
    low: float | None = None
    middle: float | None = None
    high: float | None = None
    expected: float | None = None
    days_left: int | None = None


@dataclass(frozen=True, slots=True)
class ConditionKept:
    """A victory condition on a day: what is written of it, its measure's course, its judgement.

    ``title`` is its name with that of its plan, where there are several. ``today`` is the day it
    is judged on. ``is_withheld`` says that its course is not here, for it could point at a few
    people.
    """

    title: Words
    name: Words
    measure: str
    part: str
    unit: str
    window: int
    today: date
    written: Written
    judged: Judgement
    now: Point | None = None
    history: tuple[Point, ...] = ()
    is_withheld: bool = False

    @property
    def target(self) -> Words:
        """The target as a brief prints it."""
        return target_words(self.written.target, self.written.operator, unit=self.unit)

    @property
    def forecast(self) -> Words | None:
        """The forecast range as a brief prints it; None where there is none."""
        return range_words(self.judged, unit=self.unit, target=self.written.target)

    @property
    def due(self) -> Words:
        """The due date as a brief prints it."""
        return day(self.written.due)


def judged_again(kept: ConditionKept) -> Judgement:
    """Return how a condition stands, by what is kept of it alone."""
    written = kept.written
    victory = VictoryCondition(
        key="kept",
        measure=kept.measure,
        part=kept.part,
        operator=written.operator,
        target=written.target,
        due=written.due,
        unit=kept.unit,
        baseline=Baseline(value=written.baseline, last=written.baseline_until),
    )
    plan = Plan(period=Period(first=written.begins), objective=Objective(victory=(victory,)))
    known = MeasureFacts(kept.name, kept.unit, kept.window, now=kept.now, history=kept.history)
    facts = PlanFacts(kept.today, measures={victory.bound: known})
    return judgement_of(scorecard_of(plan, facts).cards[0])


def judgement_of(card: Card) -> Judgement:
    """Return what a card of the scorecard says."""
    ahead = card.forecast
    return Judgement(
        standing=card.judged.standing,
        low=ahead.low if ahead else None,
        middle=ahead.value if ahead else None,
        high=ahead.high if ahead else None,
        expected=card.expected,
        days_left=card.days_left,
    )


def without_course(kept: ConditionKept) -> ConditionKept:
    """Return a condition without what its judgement is computed from."""
    return replace(kept, now=None, history=(), is_withheld=True)


def target_words(target: float | None, operator: Operator | None, *, unit: str) -> Words:
    """Return a target as a brief prints it."""
    if target is None:
        return OPEN_TARGET
    words = AT_MOST if operator is Operator.AT_MOST else AT_LEAST
    return words.filled(n=shown(target, unit))


def range_words(judged: Judgement, *, unit: str, target: float | None = None) -> Words | None:
    """Return a forecast as a brief prints it: a range, as whole as the value beside it.

    An end that is not the ``target`` does not read as it; briefs issued before knew no target.
    """
    low, high = judged.low, judged.high
    if low is None or high is None:
        return None
    return RANGE.filled(low=apart(low, target, unit=unit), high=apart(high, target, unit=unit))


def value_words(value: float | None, *, unit: str) -> Words:
    """Return a value of a plan; people so few that they could be told apart stay hidden."""
    if value is None:
        return NONE
    if unit == Unit.PERSONS:
        return said(value)
    text = shown(value, unit)
    return Words(text, text)


def could_point_at(point: Point, *, unit: str) -> bool:
    """Say whether a value counts so few people that they could be told apart."""
    return unit == Unit.PERSONS and is_hidden(point.value)
