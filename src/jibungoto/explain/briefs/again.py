"""Computes one figure again from what its package holds."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from math import isclose

from jibungoto.explain.briefs.brief import Brief
from jibungoto.explain.briefs.figures import Definition, Figure, Inputs, shares_behind
from jibungoto.explain.briefs.freeze import Frozen, samples_of
from jibungoto.explain.briefs.package import MOST_SAMPLES
from jibungoto.ledger.finding import Interval
from jibungoto.understand.concentration import CONCENTRATIONS, bootstrap_of, concentration_of
from jibungoto.understand.intervals import (
    Sample,
    bootstrap_mean,
    bootstrap_median,
    bootstrap_survival,
    mean_of,
    median_of,
    newcombe,
    poisson,
    survival_quantile,
    wilson,
)
from jibungoto.understand.measure import IntervalKind, Unit

MOST_COUNTED = 10**12
"""No count is larger; a package that says so is not read on."""
ALIKE = 1e-9
"""Relative difference that machines may make in the last digits."""


@dataclass(frozen=True, slots=True)
class Again:
    """What a figure comes to now."""

    value: float | None
    interval: Interval | None
    n: int | None


def again(figure: Figure, kept: Frozen) -> Again | None:
    """Return what a figure comes to now; None where the package does not hold its inputs."""
    definition = definition_in(kept.brief, figure.measure)
    if definition is None or figure.withheld is not None or figure.value is None:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # absurd inputs end as a figure that differs
            if figure.inputs.sample:
                return _of_sample(figure, definition, kept=kept)
            if definition.interval is IntervalKind.NEWCOMBE:
                return _of_shares(figure, kept.brief)
            return _of_counts(figure, definition)
    except (ArithmeticError, ValueError, IndexError, KeyError):
        return None


def _of_counts(figure: Figure, definition: Definition) -> Again | None:
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
        return Again(scale * (k / n), around, n)
    if inputs.count is None or abs(inputs.count) > MOST_COUNTED:
        return None
    count = inputs.count
    around = poisson(int(count)) if definition.interval is IntervalKind.POISSON else None
    return Again(count, around, int(count))


def _of_shares(figure: Figure, brief: Brief) -> Again | None:
    """Return a difference from the two shares it is of, which are figures of the brief too."""
    kept = {(one.measure, one.part, one.as_of): one.inputs for one in brief.figures}
    behind = [kept.get((*one, figure.as_of), Inputs()) for one in shares_behind(figure.measure)]
    counts = [(int(one.numerator or 0), int(one.denominator or 0)) for one in behind]
    if len(counts) != 2 or not all(0 <= k <= n and 0 < n <= MOST_COUNTED for k, n in counts):
        return None
    first, other = counts
    around = newcombe(first, other)
    return Again(
        100 * (first[0] / first[1] - other[0] / other[1]),
        Interval(100 * around.low, 100 * around.high),
        first[1] + other[1],
    )


def _of_sample(figure: Figure, definition: Definition, *, kept: Frozen) -> Again | None:
    held = next((one for one in kept.samples if one.key == figure.inputs.sample), None)
    if held is None or sum(one.times * len(one.amounts) for one in held.groups) > MOST_SAMPLES:
        return None
    samples = samples_of(held)
    compute = _STATISTICS.get(definition.interval)
    if compute is None or not samples:
        return None
    value, around = compute(samples, figure)
    return Again(value, around, len(samples))


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


def alike(one: float | None, other: float | None) -> bool:
    """Say whether two numbers differ in their last digits at most."""
    if one is None or other is None:
        return one is other
    return isclose(one, other, rel_tol=ALIKE, abs_tol=ALIKE)


def definition_in(brief: Brief, measure: str) -> Definition | None:
    """Return the definition of a measure that a brief holds."""
    return next((one for one in brief.definitions if one.measure == measure), None)


def replaced(figure: Figure, again: Again | None) -> Figure:
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
