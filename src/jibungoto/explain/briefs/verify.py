"""Computes every figure of an issued brief again from what its package holds, and nothing else."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from math import isclose

from jibungoto.explain.briefs.brief import Brief
from jibungoto.explain.briefs.figures import (
    Comparison,
    Definition,
    Figure,
    finding_of,
    shown_of,
)
from jibungoto.explain.briefs.freeze import Frozen, samples_of
from jibungoto.explain.briefs.package import MOST_SAMPLES, Opened, opened
from jibungoto.explain.claims import Claim
from jibungoto.explain.printing import DASH
from jibungoto.explain.trends import compared
from jibungoto.ledger.finding import Interval
from jibungoto.ledger.words import Words
from jibungoto.understand.concentration import CONCENTRATIONS, bootstrap_of, concentration_of
from jibungoto.understand.intervals import (
    Sample,
    bootstrap_mean,
    bootstrap_median,
    bootstrap_survival,
    mean_of,
    median_of,
    poisson,
    survival_quantile,
    wilson,
)
from jibungoto.understand.measure import IntervalKind, Unit

MOST_COUNTED = 10**12
"""No count is larger; a package that says so is not read on."""
ALIKE = 1e-9
"""Relative difference that machines may make in the last digits."""


class Outcome(StrEnum):
    """What came of computing one figure again."""

    EQUAL = "equal"
    DIFFERS = "differs"
    WITHHELD = "withheld"
    NO_VALUE = "no_value"

    @property
    def words(self) -> Words:
        """The outcome in words."""
        return OUTCOMES[self]


OUTCOMES: dict[Outcome, Words] = {
    Outcome.EQUAL: Words("一致", "equal"),
    Outcome.DIFFERS: Words("不一致", "NOT equal"),
    Outcome.WITHHELD: Words("非公開(少数)", "withheld (few people)"),
    Outcome.NO_VALUE: Words("値なし", "no value"),
}
SAYS_OTHERWISE = Words(
    "文「{text}」にある数が、計算した値と違います。",
    "The sentence “{text}” does not say what was computed.",
)
WENT_OTHERWISE = Words(
    "「{figure}」の動きが、計算した向きと違います。",
    "The way “{figure}” went is not the one computed.",
)
SUM_DIFFERS = Words(
    "brief.json が SHA-256 の値と一致しません。書き換えられています。",
    "brief.json does not match its SHA-256: it was changed.",
)
NOT_CANONICAL = Words(
    "brief.json が発行時の書き方ではありません。書き換えられています。",
    "brief.json is not written as it was issued: it was changed.",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One figure: how it is printed in the brief, how it comes out now, and whether that agrees."""

    figure: str
    name: Words
    day: date
    said: Words
    now: Words
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Verdict:
    """Every figure of a package, what else is wrong, and the sum of its JSON."""

    community: str
    as_of: date
    lines: tuple[Line, ...]
    remarks: tuple[Words, ...]
    digest: str

    @property
    def is_sound(self) -> bool:
        """True if every figure came out as it stands and nothing else is wrong."""
        return not self.remarks and all(one.outcome is not Outcome.DIFFERS for one in self.lines)


@dataclass(frozen=True, slots=True)
class _Again:
    value: float | None
    interval: Interval | None
    n: int | None


def verify(raw: bytes) -> Verdict:
    """Compute every figure of a package again.

    Problems of the file itself are raised: ``DamagedExport``, ``EncryptedExport``,
    ``UnsafeExport`` or ``NotAnExport``.
    """
    package = opened(raw)
    kept = package.frozen
    again = {one.key: _again(one, kept) for one in kept.brief.figures}
    lines = tuple(_line(one, again[one.key], brief=kept.brief) for one in kept.brief.figures)
    wrong = {one.figure for one in lines if one.outcome is Outcome.DIFFERS}
    sound = {one.key: one for one in kept.brief.figures if one.key not in wrong}
    return Verdict(
        community=kept.brief.community,
        as_of=kept.brief.as_of,
        lines=lines,
        remarks=(
            *_of_file(package),
            *_of_comparisons(kept.brief, sound, wrong=wrong),
            *_of_claims(kept.brief, sound, wrong=wrong),
        ),
        digest=package.digest,
    )


def with_own_intervals(kept: Frozen) -> Frozen:
    """Return what is about to be issued with intervals as they are computed today.

    Answers kept by an older version of the product may hold them to another last digit.
    """
    figures = []
    for figure in kept.brief.figures:
        again = _again(figure, kept) if figure.inputs.sample else None
        if again is not None and _alike(figure.value, again.value) and figure.n == again.n:
            figures.append(_replaced(figure, again))
        else:
            figures.append(figure)
    return replace(kept, brief=replace(kept.brief, figures=tuple(figures)))


def _of_file(package: Opened) -> Iterator[Words]:
    if not package.is_sum_right:
        yield SUM_DIFFERS
    if not package.is_canonical:
        yield NOT_CANONICAL


def _line(figure: Figure, again: _Again | None, *, brief: Brief) -> Line:
    outcome = _outcome(figure, again)
    printed = DASH
    if outcome in (Outcome.EQUAL, Outcome.DIFFERS) and again is not None:
        printed = shown_of(_replaced(figure, again)).said
    return Line(
        figure=figure.key,
        name=_name(figure, brief),
        day=figure.as_of,
        said=shown_of(figure).said,
        now=printed,
        outcome=outcome,
    )


def _outcome(figure: Figure, again: _Again | None) -> Outcome:
    if figure.withheld is not None:
        return Outcome.WITHHELD if figure.value is None else Outcome.DIFFERS
    if figure.value is None:
        return Outcome.NO_VALUE if figure.low is None and figure.n is None else Outcome.DIFFERS
    if again is None or not _alike(figure.value, again.value):
        return Outcome.DIFFERS
    low = again.interval.low if again.interval else None
    high = again.interval.high if again.interval else None
    is_same = _alike(figure.low, low) and _alike(figure.high, high)
    is_same = is_same and (figure.n is None or figure.n == again.n)
    return Outcome.EQUAL if is_same else Outcome.DIFFERS


def _alike(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return isclose(one, other, rel_tol=ALIKE, abs_tol=ALIKE)


def _name(figure: Figure, brief: Brief) -> Words:
    definition = _definition(brief, figure.measure)
    return definition.name if definition is not None else Words(figure.measure, figure.measure)


def _definition(brief: Brief, measure: str) -> Definition | None:
    return next((one for one in brief.definitions if one.measure == measure), None)


def _replaced(figure: Figure, again: _Again | None) -> Figure:
    """Return a figure with the values that were computed now."""
    if again is None or figure.withheld is not None or figure.value is None:
        return figure
    return replace(
        figure,
        value=again.value,
        low=again.interval.low if again.interval else None,
        high=again.interval.high if again.interval else None,
        n=again.n,
    )


def _again(figure: Figure, kept: Frozen) -> _Again | None:
    """Return what a figure comes to now; None where the package does not hold its inputs."""
    definition = _definition(kept.brief, figure.measure)
    if definition is None or figure.withheld is not None or figure.value is None:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # absurd inputs end as a figure that differs
            if figure.inputs.sample:
                return _of_sample(figure, definition, kept=kept)
            return _of_counts(figure, definition)
    except (ArithmeticError, ValueError, IndexError, KeyError):
        return None


def _of_counts(figure: Figure, definition: Definition) -> _Again | None:
    inputs = figure.inputs
    if inputs.numerator is not None and inputs.denominator:
        k, n = int(inputs.numerator), int(inputs.denominator)
        is_share = definition.unit is Unit.FRACTION
        if k < 0 or n <= 0 or (is_share and k > n) or max(k, n) > MOST_COUNTED:
            return None
        scale = 100 if definition.unit is Unit.PER_HUNDRED else 1
        around = None
        if definition.interval is IntervalKind.WILSON:
            around = wilson(k, n)
        elif definition.interval is IntervalKind.POISSON:
            plain = poisson(k)
            around = Interval(plain.low * (scale / n), plain.high * (scale / n))
        return _Again(scale * (k / n), around, n)
    if inputs.count is None or abs(inputs.count) > MOST_COUNTED:
        return None
    count = inputs.count
    around = poisson(int(count)) if definition.interval is IntervalKind.POISSON else None
    return _Again(count, around, int(count))


def _of_sample(figure: Figure, definition: Definition, *, kept: Frozen) -> _Again | None:
    held = next((one for one in kept.samples if one.key == figure.inputs.sample), None)
    if held is None or sum(one.times * len(one.amounts) for one in held.groups) > MOST_SAMPLES:
        return None
    samples = samples_of(held)
    compute = _STATISTICS.get(definition.interval)
    if compute is None or not samples:
        return None
    value, around = compute(samples, figure)
    return _Again(value, around, len(samples))


def _mean(samples: list[Sample], _: Figure) -> tuple[float | None, Interval | None]:
    return mean_of(samples), bootstrap_mean(samples)


def _median(samples: list[Sample], _: Figure) -> tuple[float | None, Interval | None]:
    return median_of(samples), bootstrap_median(samples)


def _survival(samples: list[Sample], figure: Figure) -> tuple[float | None, Interval | None]:
    share = 0.75 if figure.part == "p75" else 0.5
    return survival_quantile(samples, share), bootstrap_survival(samples, share)


def _concentration(samples: list[Sample], figure: Figure) -> tuple[float | None, Interval | None]:
    statistic = CONCENTRATIONS[figure.measure]
    return concentration_of(samples, statistic), bootstrap_of(samples, statistic)


_Compute = Callable[[list[Sample], Figure], tuple[float | None, Interval | None]]
_STATISTICS: dict[IntervalKind, _Compute] = {
    IntervalKind.BOOTSTRAP_MEAN: _mean,
    IntervalKind.BOOTSTRAP_MEDIAN: _median,
    IntervalKind.KAPLAN_MEIER: _survival,
    IntervalKind.BOOTSTRAP_CONCENTRATION: _concentration,
}


def _of_comparisons(
    brief: Brief, figures: dict[str, Figure], *, wrong: set[str]
) -> Iterator[Words]:
    """Yield what is said to have gone another way than its values do."""
    for one in brief.comparisons:
        if not {one.now, one.before} & wrong and not _went_so(one, brief, figures=figures):
            yield WENT_OTHERWISE.filled(figure=one.now)


def _went_so(one: Comparison, brief: Brief, *, figures: dict[str, Figure]) -> bool:
    now, before = figures.get(one.now), figures.get(one.before)
    if now is None or before is None:
        return False
    definition = _definition(brief, now.measure)
    if now.withheld is not None or before.withheld is not None or definition is None:
        return definition is not None
    way, _ = compared(finding_of(now), finding_of(before), kind=definition.interval)
    return way is one.way


def _of_claims(brief: Brief, figures: dict[str, Figure], *, wrong: set[str]) -> Iterator[Words]:
    """Yield the sentences that do not quote their figures as computed."""
    for claim in brief.claims():
        if not all(_quotes(claim, figures.get(key)) for key in claim.figures if key not in wrong):
            yield Words(
                SAYS_OTHERWISE.ja.format(text=claim.text.ja),
                SAYS_OTHERWISE.en.format(text=claim.text.en),
            )


def _quotes(claim: Claim, figure: Figure | None) -> bool:
    return figure is not None and quotes(claim.text, figure)


def quotes(text: Words, figure: Figure) -> bool:
    """Say whether a text prints a figure, in both languages."""
    shown = shown_of(figure)
    if shown.why is not None:
        return True
    return any(one.ja in text.ja and one.en in text.en for one in (shown.said, shown.value))
