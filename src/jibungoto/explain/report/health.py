"""The health strip: each measure with interval, n, its way against its own past, and its year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from jibungoto.explain.facts import ReportFacts
from jibungoto.explain.printing import TOO_FEW, Printed, printed
from jibungoto.explain.trends import LEAST_APART, Trend, trend_of
from jibungoto.ledger.finding import Finding, Quality
from jibungoto.understand.catalogue import Measure, Unit, measure_of

STRIP = (
    "registered",
    "active",
    "new",
    "act30",
    "welcome48",
    "unanswered72",
    "ttfr",
    "starters",
)
"""The measures of the strip, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Point:
    """A value of the past: ``last_day`` is the last day it counts; ``height`` None if not shown."""

    last_day: date
    shown: Printed
    height: float | None


@dataclass(frozen=True, slots=True)
class HealthRow:
    """One measure of the strip; ``points`` end with the current value."""

    measure: Measure
    shown: Printed
    trend: Trend
    points: tuple[Point, ...]
    quality: Quality


def health_of(
    facts: ReportFacts, strip: Sequence[str] = STRIP, *, apart: int = LEAST_APART
) -> tuple[HealthRow, ...]:
    """Return the strip; empty if there are no findings at all.

    A value is compared with one at least ``apart`` days earlier.
    """
    found = {each.measure: each for each in facts.findings if not each.part}
    if not found:
        return ()
    rows = []
    for key in strip:
        measure = measure_of(key)
        if measure is not None:
            end = facts.as_of + timedelta(days=1)
            now = found.get(key) or Finding(key, end, None, quality=Quality.UNKNOWN)
            rows.append(_row(measure, now, facts=facts, apart=apart))
    return tuple(rows)


def _row(measure: Measure, now: Finding, *, facts: ReportFacts, apart: int) -> HealthRow:
    past = sorted(
        (
            each
            for each in facts.history
            if each.measure == measure.key and not each.part and each.as_of < now.as_of
        ),
        key=lambda each: each.as_of,
    )
    return HealthRow(
        measure=measure,
        shown=printed(now),
        trend=trend_of(measure, now, facts=facts, apart=apart),
        points=tuple(_point(measure, each) for each in [*past[-12:], now]),
        quality=now.quality,
    )


def _point(measure: Measure, finding: Finding) -> Point:
    shown = printed(finding)
    is_drawn = finding.value is not None and shown.why is None and not shown.is_hidden
    if measure.unit is Unit.FRACTION and (finding.denominator or 0) < TOO_FEW:
        is_drawn = False
    return Point(
        last_day=finding.as_of - timedelta(days=1),
        shown=shown,
        height=finding.value if is_drawn else None,
    )
