"""A line as small as a word: how something went, drawn beside its value, without axis or text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH = 96
HEIGHT = 28
_EDGE = 3


def sparkline(values: Sequence[float | None]) -> SafeString | None:
    """Draw values from nothing upwards, for the eye only; what is not known makes a gap.

    None where fewer than two are known. The same in words and numbers must stand elsewhere.
    """
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return None
    runs = list(_runs(values, low=min(0.0, *known), high=max(0.0, *known)))
    lines = format_html_join("", '<polyline points="{}"/>', ((" ".join(run),) for run in runs))
    x, y = runs[-1][-1].split(",")
    return format_html(
        '<svg class="sparkline" viewBox="0 0 {} {}" aria-hidden="true" focusable="false">'
        '{}<circle cx="{}" cy="{}" r="2.5"/></svg>',
        WIDTH,
        HEIGHT,
        lines,
        x,
        y,
    )


def _runs(values: Sequence[float | None], *, low: float, high: float) -> Iterator[list[str]]:
    """Yield the points of each stretch in which every value is known."""
    wide, tall = WIDTH - 2 * _EDGE, HEIGHT - 2 * _EDGE
    run: list[str] = []
    for at, value in enumerate(values):
        if value is None:
            if run:
                yield run
            run = []
            continue
        x = _EDGE + wide * at / (len(values) - 1)
        y = _EDGE + tall * (1 - (value - low) / ((high - low) or 1))
        run.append(f"{x:.1f},{y:.1f}")
    if run:
        yield run
