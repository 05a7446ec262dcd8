"""From counts to findings: value, interval, how far it can be relied on, and why not further."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from jibungoto.ledger.finding import Finding, Interval, Quality
from jibungoto.ledger.words import Words
from jibungoto.understand.concentration import CONCENTRATIONS, bootstrap_of, concentration_of
from jibungoto.understand.intervals import (
    Sample,
    bootstrap_mean,
    bootstrap_median,
    bootstrap_survivals,
    mean_of,
    median_of,
    newcombe,
    poisson,
    survival_quantile,
    wilson,
)
from jibungoto.understand.measure import IntervalKind, Measure, Unit
from jibungoto.understand.reasons import (
    DOUBTFUL,
    NOBODY,
    NOT_REACHED,
    SMALL,
    TOO_FEW,
    TOO_FEW_EITHER,
    UNSEEN,
    UNTOLD,
)
from jibungoto.understand.verdicts import Coverage, Verdict, verdict_on

FEW = 30
"""Below this denominator a share is printed with the word small n (domain.md 7)."""


@dataclass(frozen=True, slots=True)
class Tally:
    """A count as a step gives it; ``doubtful`` are those that could not be counted surely."""

    as_of: date
    part: str
    numerator: int
    denominator: int | None
    doubtful: int


def finding_of_tally(
    measure: Measure, tally: Tally, *, coverage: Coverage, is_unseen: bool = False
) -> Finding:
    """Return the finding of a count or a share.

    ``is_unseen``: nobody at all is recorded as having come to the events it is about.
    """
    verdict = verdict_on(
        measure, tally.as_of, coverage=coverage, part=tally.part, is_seen=tally.numerator > 0
    )
    blank = _blank(measure, tally.as_of, part=tally.part)
    if verdict.quality is Quality.UNKNOWN:
        return replace(blank, quality=verdict.quality, reason=verdict.reason)
    untold = _untold(measure, tally, is_unseen=is_unseen)
    if tally.denominator == 0:
        reason = untold or NOBODY
        return replace(
            blank, numerator=0, denominator=0, n=0, quality=Quality.UNKNOWN, reason=reason
        )
    if tally.denominator is None and untold is not None:
        return replace(blank, quality=Quality.UNKNOWN, reason=untold)
    verdict = _doubted(measure, tally, verdict=verdict)
    n = tally.numerator if tally.denominator is None else tally.denominator
    if tally.denominator is not None:
        verdict = _sized(n, verdict)
    is_share = measure.unit is Unit.FRACTION and tally.denominator is not None
    return replace(
        blank,
        value=_value_of(measure, tally),
        numerator=tally.numerator if is_share else None,
        denominator=tally.denominator if is_share else None,
        interval=_interval_of(measure, tally),
        n=n,
        quality=verdict.quality,
        reason=verdict.reason,
    )


def _untold(measure: Measure, tally: Tally, *, is_unseen: bool) -> Words | None:
    """Return what is said where nothing was counted and something could not be."""
    if tally.numerator or not tally.doubtful:
        return None
    if is_unseen and measure.key in UNSEEN:
        return UNSEEN[measure.key]
    return UNTOLD.get(f"{measure.key}.{tally.part}") or UNTOLD.get(measure.key)


def _value_of(measure: Measure, tally: Tally) -> float:
    """Return the count, the share, or how many there are for every hundred."""
    value = tally.numerator / (tally.denominator or 1)
    return 100 * value if measure.unit is Unit.PER_HUNDRED else value


def _interval_of(measure: Measure, tally: Tally) -> Interval | None:
    if measure.interval is IntervalKind.WILSON and tally.denominator:
        return wilson(tally.numerator, tally.denominator)
    if measure.interval is IntervalKind.POISSON:
        around = poisson(tally.numerator)
        each = 100 / (tally.denominator or 1) if measure.unit is Unit.PER_HUNDRED else 1
        return Interval(around.low * each, around.high * each)
    return None


def finding_of_difference(
    measure: Measure, first: Tally, *, other: Tally, coverage: Coverage
) -> Finding:
    """Return how far one share lies above another, with its interval, in points of a per cent."""
    verdict = verdict_on(measure, first.as_of, coverage=coverage)
    blank = replace(_blank(measure, first.as_of, part=""), quality=Quality.UNKNOWN)
    if verdict.quality is Quality.UNKNOWN:
        return replace(blank, reason=verdict.reason)
    sizes = (first.denominator or 0, other.denominator or 0)
    least = min(sizes)
    if not any(sizes):
        doubtful = first.doubtful + other.doubtful
        return replace(blank, reason=UNTOLD.get(measure.key, NOBODY) if doubtful else NOBODY)
    if least < measure.least:
        return replace(blank, reason=TOO_FEW_EITHER.filled(least=measure.least, n=least))
    verdict = _sized(least, verdict)
    around = newcombe((first.numerator, sizes[0]), (other.numerator, sizes[1]))
    return replace(
        blank,
        value=100 * (first.numerator / sizes[0] - other.numerator / sizes[1]),
        interval=Interval(100 * around.low, 100 * around.high),
        n=sum(sizes),
        quality=verdict.quality,
        reason=verdict.reason,
    )


def findings_of_sample(
    measure: Measure,
    as_of: date,
    *,
    samples: Sequence[Sample],
    coverage: Coverage,
    part: str = "",
) -> list[Finding]:
    """Return the finding of a mean, a median or a waiting time, a part each.

    Where parts have samples of their own, ``part`` says whose these are.
    """
    verdict = verdict_on(measure, as_of, coverage=coverage, part=part)
    parts = [part] if measure.has_own_samples else ["", *measure.parts]
    unknown = verdict.reason if verdict.quality is Quality.UNKNOWN else _too_few(measure, samples)
    if unknown is not None:
        blank = replace(_blank(measure, as_of, part=part), quality=Quality.UNKNOWN, reason=unknown)
        return [replace(blank, part=each) for each in parts]
    verdict = _sized(len(samples), _unobserved(measure, samples, verdict=verdict))
    found = []
    statistics = _statistics(
        measure.key, measure.interval, parts=tuple(parts), samples=tuple(samples)
    )
    for each, (value, interval) in zip(parts, statistics, strict=True):
        blank = replace(_blank(measure, as_of, part=each), n=len(samples))
        if value is None:
            found.append(replace(blank, quality=Quality.UNKNOWN, reason=NOT_REACHED))
        else:
            found.append(
                replace(
                    blank,
                    value=value,
                    interval=interval,
                    quality=verdict.quality,
                    reason=verdict.reason,
                )
            )
    return found


def _too_few(measure: Measure, samples: Sequence[Sample]) -> Words | None:
    """Say why so few samples give no value, or None if they do."""
    if not samples:
        return UNTOLD.get(measure.key, NOBODY)
    if len(samples) < measure.least:
        return TOO_FEW.filled(least=measure.least, n=len(samples))
    return None


@lru_cache(maxsize=32)  # a quarter that is over gives the same samples every night
def _statistics(
    key: str, kind: IntervalKind, *, parts: tuple[str, ...], samples: tuple[Sample, ...]
) -> list[tuple[float | None, Interval | None]]:
    if kind is IntervalKind.BOOTSTRAP_MEAN:
        return [(mean_of(samples), bootstrap_mean(samples))]
    if kind is IntervalKind.BOOTSTRAP_MEDIAN:
        return [(median_of(samples), bootstrap_median(samples))]
    if kind is IntervalKind.BOOTSTRAP_CONCENTRATION:
        statistic = CONCENTRATIONS[key]
        return [(concentration_of(samples, statistic), bootstrap_of(samples, statistic))]
    shares = [0.75 if part == "p75" else 0.5 for part in parts]
    values = [survival_quantile(samples, share) for share in shares]
    return list(zip(values, bootstrap_survivals(samples, shares), strict=True))


def _unobserved(measure: Measure, samples: Sequence[Sample], *, verdict: Verdict) -> Verdict:
    """Say how many samples are not surely what they stand for, where a measure has words for it."""
    unsure = sum(not sample.is_observed for sample in samples)
    if not unsure or measure.key not in DOUBTFUL:
        return verdict
    return _with_doubt(DOUBTFUL[measure.key].filled(n=unsure), verdict)


def _doubted(measure: Measure, tally: Tally, *, verdict: Verdict) -> Verdict:
    if not tally.doubtful or verdict.quality is Quality.UNKNOWN:
        return verdict
    key = f"{measure.key}.{tally.part}" if tally.part else measure.key
    words = DOUBTFUL.get(key) or DOUBTFUL.get(measure.key, DOUBTFUL[""])
    return _with_doubt(words.filled(n=tally.doubtful), verdict)


def _with_doubt(doubt: Words, verdict: Verdict) -> Verdict:
    if verdict.quality is Quality.PARTIAL_SOURCE and verdict.reason is not None:
        known = verdict.reason
        doubt = Words(f"{known.ja} {doubt.ja}", f"{known.en} {doubt.en}")
    return Verdict(Quality.PARTIAL_SOURCE, doubt)


def _sized(n: int, verdict: Verdict) -> Verdict:
    if n < FEW and verdict.quality is Quality.OK:
        return Verdict(Quality.SMALL_N, SMALL.filled(n=n))
    return verdict


def _blank(measure: Measure, as_of: date, *, part: str) -> Finding:
    return Finding(
        measure=measure.key,
        as_of=as_of,
        value=None,
        part=part,
        definition_version=measure.version,
    )
