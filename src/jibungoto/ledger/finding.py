"""Finding: the value of a measure with everything one needs to believe it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jibungoto.ledger.words import Words


class Quality(StrEnum):
    """How far a value can be relied on (domain.md 4.5)."""

    OK = "ok"
    SMALL_N = "small_n"
    PARTIAL_SOURCE = "partial_source"
    STALE = "stale"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % interval, in the unit of the value."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Finding:
    """One measure on one day: value, denominator, interval, coverage and reason.

    ``value`` is None where nothing can be said, and then ``reason`` says why in both languages.
    ``numerator`` and ``denominator`` are None for measures that are no proportion. Rates are
    fractions. ``part`` names one line of a measure that has several (a stage, a component).
    """

    measure: str
    as_of: date
    value: float | None
    part: str = ""
    numerator: float | None = None
    denominator: float | None = None
    interval: Interval | None = None
    n: int | None = None
    quality: Quality = Quality.OK
    reason: Words | None = None
    definition_version: int = 1
