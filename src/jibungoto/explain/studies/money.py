"""What a money model is: assumptions, each with low, middle and high, and a sum (domain.md 8.3)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import msgspec

from jibungoto.explain.claims import Grade
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import Words


class Case(StrEnum):
    """The cautious end of everything, the best guess, and the hopeful end."""

    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"


CASES: dict[Case, Words] = {
    Case.LOW: Words("低い場合", "Low"),
    Case.MIDDLE: Words("中心", "Base"),
    Case.HIGH: Words("高い場合", "High"),
}


class Kind(StrEnum):
    """What an assumption is counted in."""

    COUNT = "count"
    YEN = "yen"
    SHARE = "share"
    HOURS = "hours"


@dataclass(frozen=True, slots=True)
class Assumption:
    """One number somebody has to answer for.

    ``raises`` says whether more of it makes the result larger; ``off`` is what stands in its
    place where it is switched off, and ``without`` says what that means.
    """

    key: str
    name: Words
    kind: Kind
    raises: bool = True
    off: float = 0.0
    without: Words = Words("数えない", "not counted")
    is_signed: bool = False


class Range(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody assumes: three numbers, and whether they count; None where nothing is said."""

    low: float | None = None
    middle: float | None = None
    high: float | None = None
    is_on: bool = True
    note: str = ""


NOTHING_SAID = Range()
Numbers = Mapping[str, float]
Given = Mapping[str, Range]


@dataclass(frozen=True, slots=True)
class Line:
    """One result of a model; ``is_ratio`` where it is a return (1 = 100 %)."""

    key: str
    name: Words
    sum: Callable[[Numbers], float | None]
    is_ratio: bool = False


@dataclass(frozen=True, slots=True)
class MoneyModel:
    """A way to say something in money, with its grade and what must be said beside it.

    The first of ``lines`` is the headline; ``of_study`` where it needs an estimate of a study.
    """

    key: str
    name: Words
    formula: Words
    caution: Words
    assumptions: tuple[Assumption, ...]
    lines: tuple[Line, ...]
    grade: Grade = Grade.E1
    of_study: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """One line in the three cases; None where an assumption it needs is missing."""

    line: Line
    cases: dict[Case, float | None]


@dataclass(frozen=True, slots=True)
class Without:
    """The headline if one assumption were switched off, or on again where it is off."""

    assumption: Assumption
    worth: float | None


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A model worked out: its results, what each assumption carries, and what is missing."""

    model: MoneyModel
    given: Given
    results: tuple[Result, ...]
    without: tuple[Without, ...]
    missing: tuple[Assumption, ...]
    grade: Grade


def reckon(model: MoneyModel, given: Given, *, grade: Grade | None = None) -> Reckoned:
    """Work a model out in its three cases; nothing is assumed that nobody said."""
    checked = {
        one.key: _checked(one, given.get(one.key, NOTHING_SAID)) for one in model.assumptions
    }
    missing = [
        one
        for one in model.assumptions
        if checked[one.key].is_on and checked[one.key].middle is None
    ]
    results = tuple(
        Result(line, {case: _worth(model, line, given=checked, case=case) for case in Case})
        for line in model.lines
    )
    return Reckoned(
        model=model,
        given=checked,
        results=results,
        without=tuple(_without(one, model, given=checked) for one in model.assumptions),
        missing=tuple(missing),
        grade=grade or model.grade,
    )


def _worth(
    model: MoneyModel, line: Line, *, given: Mapping[str, Range], case: Case
) -> float | None:
    numbers: dict[str, float] = {}
    for one in model.assumptions:
        number = taken(one, given[one.key], case=case)
        if number is not None:
            numbers[one.key] = number
    try:
        return line.sum(numbers)
    except KeyError:  # an assumption this line needs was left empty
        return None


def taken(one: Assumption, said: Range, *, case: Case) -> float | None:
    """Return the number an assumption has in a case: its cautious end in the low one.

    What lowers the result is taken at its high end there. Where only the middle is said, it stands
    for all three.
    """
    if not said.is_on:
        return one.off
    if case is Case.MIDDLE:
        return said.middle
    takes_low = (case is Case.LOW) == one.raises
    end = said.low if takes_low else said.high
    return said.middle if end is None else end


def _without(one: Assumption, model: MoneyModel, *, given: Mapping[str, Range]) -> Without:
    """Work the headline out with one assumption switched the other way."""
    said = given[one.key]
    other = msgspec.structs.replace(said, is_on=not said.is_on)
    turned = {**given, one.key: other}
    return Without(one, _worth(model, model.lines[0], given=turned, case=Case.MIDDLE))


def _checked(one: Assumption, said: Range) -> Range:
    ends = [end for end in (said.low, said.middle, said.high) if end is not None]
    what = Words(f"「{one.name.ja}」の数が合いません。", f"{one.name.en}: the numbers do not fit.")
    if ends != sorted(ends):
        ordered = Words(
            "低い、中心、高いの順に大きくなるように書いてください。",
            "Write them so that low is the smallest and high the largest.",
        )
        raise InvalidChoice(what, ordered)
    most = 1.0 if one.kind is Kind.SHARE else 1e15
    least = -most if one.is_signed else 0.0
    if any(not least <= end <= most for end in ends):
        within = Words(
            "0以上の数(割合は0%から100%まで)を書いてください。",
            "Write numbers from 0 on, and shares from 0% to 100%.",
        )
        raise InvalidChoice(what, within)
    return said
