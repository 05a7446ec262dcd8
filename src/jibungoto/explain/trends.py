"""A value against its own past: which way it went, and whether one may say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jibungoto.explain.claims import Tone
from jibungoto.explain.facts import ReportFacts, SourceFacts
from jibungoto.ledger.finding import Finding, Interval, Quality
from jibungoto.ledger.words import Words
from jibungoto.understand.catalogue import Direction, IntervalKind, Measure
from jibungoto.understand.intervals import difference, newcombe

LEAST_APART = 28
"""Days between two values that are compared, where the window is shorter."""


class Way(StrEnum):
    """Which way a value went; ``steady`` where the difference lies within its interval."""

    UP = "up"
    DOWN = "down"
    STEADY = "steady"
    UNKNOWN = "unknown"

    @property
    def words(self) -> Words:
        """The way with its shape, so that it reads without colour."""
        return WAY_WORDS[self]


WAY_WORDS: dict[Way, Words] = {
    Way.UP: Words("▲ 上昇", "▲ up"),
    Way.DOWN: Words("▼ 低下", "▼ down"),
    Way.STEADY: Words("＝ 誤差の幅の内", "= within the margin"),
    Way.UNKNOWN: Words("比較できず", "not comparable"),
}


NO_PAST = Words("比べられる過去の値がない", "no earlier value")
TOO_NEAR = Words("期間の重ならない過去の値がまだない", "no earlier value without overlap yet")
TOO_FEW_TOLD = Words("少人数のため値を示さない", "too few people to show a value")
UNLIKE = Words(
    "当時とデータの範囲か定義が違う", "counted from other sources or by another definition then"
)
NO_VALUE_NOW = Words("いまの値がない", "no value now")


@dataclass(frozen=True, slots=True)
class Trend:
    """A value, the earlier one it is compared with, and what may be said of the two.

    ``strength`` is the difference in half widths of its own 95 % interval: above 1 it is clear.
    ``heads`` says whether the difference, clear or not, is for the better.
    """

    now: Finding
    before: Finding | None = None
    way: Way = Way.UNKNOWN
    heads: Tone = Tone.NEITHER
    strength: float = 0.0

    @property
    def why_unknown(self) -> Words | None:
        """Why nothing may be said of the two; None where something may."""
        if self.way is not Way.UNKNOWN:
            return None
        if self.now.value is None:
            return NO_VALUE_NOW
        return NO_PAST if self.before is None or self.before.value is None else UNLIKE

    @property
    def is_clear(self) -> bool:
        """True if the value went up or down by more than the margin of error."""
        return self.way in (Way.UP, Way.DOWN)

    @property
    def tone(self) -> Tone:
        """Better or worse where the change is clear."""
        return self.heads if self.is_clear else Tone.NEITHER


def trend_of(
    measure: Measure, now: Finding, *, facts: ReportFacts, apart: int = LEAST_APART
) -> Trend:
    """Compare a value with the last one of its history whose window does not overlap its own.

    Less than four weeks apart it is compared with itself a week ago. Both windows share most of
    their days, so the margin of error is a cautious one.
    """
    if apart < LEAST_APART:
        before = _earlier(now, facts.week_ago, apart=apart)
    else:
        before = _earlier(now, facts.history, apart=max(measure.window, apart))
    if before is None or before.value is None or now.value is None:
        return Trend(now, before)
    if not _are_alike(now, before, measure=measure, sources=facts.sources):
        return Trend(now, before)
    way, strength = compared(now, before, kind=measure.interval)
    if way is Way.UNKNOWN:
        return Trend(now, before)
    return Trend(now, before, way, heads(measure, now.value - before.value), strength)


def compared(now: Finding, before: Finding, *, kind: IntervalKind) -> tuple[Way, float]:
    """Return which way a value went, and by how many half widths of the margin of error."""
    if now.value is None or before.value is None:
        return Way.UNKNOWN, 0.0
    if kind is IntervalKind.NONE:
        return _way(now.value - before.value), 0.0
    if now.interval is None or before.interval is None:
        return Way.UNKNOWN, 0.0
    strength = _strength(now, before)
    return (_way(now.value - before.value) if strength > 1 else Way.STEADY), strength


def _earlier(now: Finding, history: Sequence[Finding], *, apart: int) -> Finding | None:
    latest = now.as_of - timedelta(days=apart)
    found = [
        each
        for each in history
        if each.measure == now.measure and each.part == now.part and each.as_of <= latest
    ]
    return max(found, key=lambda each: each.as_of, default=None)


def _way(difference: float) -> Way:
    if difference == 0:
        return Way.STEADY
    return Way.UP if difference > 0 else Way.DOWN


def heads(measure: Measure, difference: float) -> Tone:
    """Return whether a difference in a measure is for the better or for the worse."""
    if measure.direction is Direction.NONE or difference == 0:
        return Tone.NEITHER
    return Tone.BETTER if (difference > 0) == (measure.direction is Direction.UP) else Tone.WORSE


def _strength(now: Finding, before: Finding) -> float:
    """Return the difference over the half width of its interval, on the side of no difference."""
    low, high = sorted((now, before), key=lambda each: each.value or 0.0)
    between = _between(high, low)
    if high.value is None or low.value is None or between is None:
        return 0.0
    apart = high.value - low.value
    return apart / (apart - between.low) if apart > between.low else 0.0


def _between(high: Finding, low: Finding) -> Interval | None:
    """Return the interval of the difference: of two shares Newcombe's, of others the like."""
    shares = [
        (int(each.numerator), int(each.denominator))
        for each in (high, low)
        if each.numerator is not None and each.denominator
    ]
    if len(shares) == 2:
        return newcombe(shares[0], shares[1])
    if high.value is None or low.value is None or not (high.interval and low.interval):
        return None
    return difference((high.value, high.interval), (low.value, low.interval))


def _are_alike(
    now: Finding, before: Finding, *, measure: Measure, sources: Sequence[SourceFacts]
) -> bool:
    """Say whether both were defined alike and counted from the same sources, wholly covered."""
    if now.definition_version != before.definition_version:
        return False
    whole = (Quality.OK, Quality.SMALL_N)
    if now.quality in whole and before.quality in whole:
        return True
    seen = [_covered(each, now.as_of, window=measure.window) for each in sources]
    then = [_covered(each, before.as_of, window=measure.window) for each in sources]
    return seen == then and None not in seen


def _covered(source: SourceFacts, end: date, *, window: int) -> bool | None:
    """Say whether a source holds all days before ``end``, none of them (False), or some (None)."""
    first, last = end - timedelta(days=max(window, 1)), end - timedelta(days=1)
    if source.covered_from > last or source.covered_until < first:
        return False
    is_whole = source.covered_from <= first and source.covered_until >= last
    return True if is_whole else None
