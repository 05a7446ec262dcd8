"""Where the parts of a picture lie: ticks of an axis, runs without gaps, labels that fit."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby

from jibungoto.explain.document import Chart, ChartKind

Place = tuple[float, float]

COLOURS = ("#00756b", "#b45309", "#4453a6", "#9d3a6b", "#5b6b1f", "#57606a")
"""One colour per series, told apart by colour-blind eyes too, and dark enough for lines."""


def colour(at: int) -> str:
    """Return the colour of a series."""
    return COLOURS[at % len(COLOURS)]


def ticks(top: float, *, bottom: float = 0.0, steps: int = 4, whole: bool = False) -> list[float]:
    """Return round numbers from at most ``bottom`` to at least ``top``, some ``steps`` of them."""
    reach = (top - bottom) or abs(top) or 1.0
    rough = reach / steps
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * k for k in (1, 2, 2.5, 5, 10) if size * k >= rough * 0.999)
    if whole:
        step = float(max(1, math.ceil(step)))
    first = math.floor(round(bottom / step, 9))
    last = math.ceil(round(top / step, 9))
    return [round(step * at, 10) for at in range(first, max(last, first + 1) + 1)]


def reach_of(chart: Chart) -> tuple[float, float]:
    """Return the lowest and the highest value the axis must hold; zero is always on it."""
    if chart.kind is ChartKind.STACKED:
        columns = zip(*(each.values for each in chart.series), strict=False)
        sums = [sum(value or 0.0 for value in column) for column in columns]
        return 0.0, max(sums, default=0.0)
    known = [value for each in chart.series for value in each.values if value is not None]
    return min([*known, 0.0]), max([*known, 0.0])


def grid_of(chart: Chart) -> list[float]:
    """Return the values of the lines across a chart; whole numbers where all values are."""
    low, high = reach_of(chart)
    known = [value for each in chart.series for value in each.values if value is not None]
    return ticks(high, bottom=low, whole=all(value == int(value) for value in known))


def runs(places: Sequence[Place | None]) -> list[list[Place]]:
    """Return the stretches between gaps."""
    return [
        [place for place in run if place is not None]
        for is_there, run in groupby(places, key=lambda place: place is not None)
        if is_there
    ]


def every(count: int, room: int) -> int:
    """Return the step at which labels are shown so that at most ``room`` of them are."""
    return max(1, math.ceil(count / max(room, 1)))


def width_of(text: str) -> float:
    """Return roughly how many ems a text is wide: wide characters count one, others less."""
    return sum(_em(character) for character in text)


def is_wide(character: str) -> bool:
    """Say whether a character is as wide as it is high."""
    return ord(character) >= 0x1100 and not 0x2000 <= ord(character) < 0x2E80


def _em(character: str) -> float:
    if is_wide(character):
        return 1.0
    if character in "iljftr.,:;'|!()[] ":
        return 0.36
    return 0.74 if character.isupper() or character in "mwMW%@" else 0.62


def shortened(text: str, room: float) -> str:
    """Return a text that is at most ``room`` ems wide, its end left out where it must be."""
    if width_of(text) <= room:
        return text
    kept = ""
    for character in text:
        if width_of(kept + character) > room - 1:
            break
        kept += character
    return kept.rstrip() + "…"
