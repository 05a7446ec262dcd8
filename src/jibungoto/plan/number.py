"""How a number of a plan is written in a sentence."""

from __future__ import annotations

from math import ceil, floor

FRACTION = "fraction"


def shown(value: float, unit: str) -> str:
    """Return a value as people read it: shares in per cent, counts whole."""
    if unit == FRACTION:
        return f"{value:.1%}".replace(".0%", "%")
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.4g}"


def apart(value: float, target: float | None, *, unit: str) -> str:
    """Return a value as people read it, with a digit more where it would read as the target.

    A range that ends at 44.7 % must not be printed as reaching 45 %.
    """
    digits = 2 if unit == FRACTION else 1
    near = float(round(value, digits))
    if target is None or value == target or near != float(round(target, digits)):
        return shown(near, unit)
    finer = 10 ** (digits + 1)
    away = floor(value * finer) if value < target else ceil(value * finer)
    return shown(away / finer, unit)
