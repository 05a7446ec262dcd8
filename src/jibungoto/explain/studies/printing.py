"""How amounts and differences of a study are printed in both languages."""

from __future__ import annotations

from jibungoto.explain.studies.registration import Unit
from jibungoto.ledger.finding import Interval
from jibungoto.ledger.words import Words

DASH = Words("-", "-")


def amount(value: float, unit: Unit) -> Words:
    """Return an amount with its unit; shares as per cent."""
    if unit is Unit.SHARE:
        return _both(f"{value * 100:.1f}%")
    return _with_unit(figures(value), unit)


def gap(value: float, unit: Unit) -> Words:
    """Return a difference with its sign; differences of shares in percentage points."""
    if unit is Unit.SHARE:
        points = _unsigned_zero(f"{value * 100:+.1f}")
        return Words(f"{points}ポイント", f"{points} points")
    return _with_unit(figures(value, signed=True), unit)


def between(spread: Interval | None, unit: Unit) -> Words:
    """Return both ends of an interval of a difference."""
    if spread is None:
        return DASH
    low, high = gap(spread.low, unit), gap(spread.high, unit)
    return Words(f"{low.ja}〜{high.ja}", f"{low.en} to {high.en}")


def figures(value: float, *, signed: bool = False) -> str:
    """Return a number with as many decimals as its size leaves meaning for."""
    decimals = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return _unsigned_zero(f"{value:+,.{decimals}f}" if signed else f"{value:,.{decimals}f}")


def _unsigned_zero(number: str) -> str:
    """Return a number without the sign of what rounds to nothing."""
    return number.lstrip("+-") if not number.strip("+-0.,") else number


def _with_unit(number: str, unit: Unit) -> Words:
    if unit is Unit.YEN:
        return Words(f"{number}円", f"{number} yen")
    return Words(f"{number}件", number) if unit is Unit.COUNT else _both(number)


def _both(text: str) -> Words:
    return Words(text, text)
