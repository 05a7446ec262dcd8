"""Shows a number as a spreadsheet's pattern says, for the formats that have no spreadsheet."""

from __future__ import annotations

import re

from jibungoto.explain.document import Cell, Chart, Series
from jibungoto.explain.printing import DASH
from jibungoto.ledger.words import Words

_SHAPE = re.compile(r"(?P<number>[#0][#,0]*(?:\.0+)?)(?P<percent>%?)")
_QUOTED = re.compile(r'"([^"]*)"')


def patterned(number: float, pattern: str) -> str:
    """Return a number in the shape of a pattern: ``0``, ``#,##0``, ``0.0%``, ``0.0" h"``."""
    positive = pattern.partition(";")[0]
    found = _SHAPE.search(_QUOTED.sub(lambda quoted: "\0" * len(quoted.group()), positive))
    if found is None:
        return f"{number:,.10g}"
    shape, percent = found["number"], found["percent"]
    places = len(shape.partition(".")[2])
    comma = "," if "," in shape else ""
    shown = f"{number * (100 if percent else 1):{comma}.{places}f}"
    before, after = positive[: found.start()], positive[found.end() :]
    return f"{_plain(before)}{shown}{percent}{_plain(after)}"


def point_words(series: Series, at: int, *, pattern: str) -> Words:
    """Return one value of a series as it is printed; a dash where there is none."""
    if at < len(series.shown):
        return series.shown[at]
    value = series.values[at] if at < len(series.values) else None
    if value is None:
        return DASH
    shown = patterned(value, pattern)
    return Words(shown, shown)


def shown_points(series: Series, chart: Chart) -> list[Words]:
    """Return what a series says at each label of its chart."""
    places = range(len(chart.labels))
    return [point_words(series, at, pattern=chart.pattern) for at in places]


def numbers_of(chart: Chart) -> tuple[tuple[Words, tuple[Cell, ...]], ...]:
    """Return a chart as lines of a table: each label with one cell per series."""
    return tuple(
        (
            label,
            tuple(
                Cell(
                    point_words(series, at, pattern=chart.pattern),
                    series.values[at] if at < len(series.values) else None,
                    chart.pattern,
                )
                for series in chart.series
            ),
        )
        for at, label in enumerate(chart.labels)
    )


def _plain(text: str) -> str:
    return text.replace('"', "").replace("\\", "")
