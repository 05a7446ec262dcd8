"""How a number of a plan is written in a sentence."""

from __future__ import annotations

FRACTION = "fraction"


def shown(value: float, unit: str) -> str:
    """Return a value as people read it: shares in per cent, counts whole."""
    if unit == FRACTION:
        return f"{value:.1%}".replace(".0%", "%")
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.4g}"
