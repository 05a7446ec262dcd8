"""A small line of the last months as inline SVG, with its numbers in words beside it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from jibungoto.explain.document import Chart
from jibungoto.explain.formats.patterns import shown_points
from jibungoto.explain.formats.picture import COLOURS, Place, runs
from jibungoto.explain.printing import DASH

WIDTH = 120
HEIGHT = 28
EDGE = 4  # so that the last dot is not cut


def spark(chart: Chart, language: str, *, name: str) -> str:
    """Draw the first series; what is hidden or unknown leaves a gap, never a zero."""
    if chart.is_empty or not chart.series:
        return f'<span class="none">{DASH.said_in(language)}</span>'
    series = chart.series[0]
    told = ", ".join(
        f"{label.said_in(language)}: {shown.said_in(language)}"
        for label, shown in zip(chart.labels, shown_points(series, chart), strict=True)
    )
    return (
        f'<svg class="spark" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
        f' role="img" aria-labelledby="{name}-title {name}-desc">'
        f'<title id="{name}-title">{escape(chart.says.said_in(language))}</title>'
        f'<desc id="{name}-desc">{escape(told)}</desc>{_drawn(_places(series.values))}</svg>'
    )


def _drawn(places: Sequence[Place | None]) -> str:
    # Colours stand here as well as in the style sheet: PDF reads none for what is drawn.
    stretches = runs(places)
    lines = "".join(
        f'<polyline fill="none" stroke="{COLOURS[0]}" stroke-width="1.75"'
        f' points="{" ".join(f"{x:g},{y:g}" for x, y in run)}"/>'
        for run in stretches
        if len(run) > 1
    )
    dots = [(run[0], 1.5) for run in stretches if len(run) == 1]
    last = places[-1] if places else None
    if last is not None:
        dots.append((last, 2.75))
    drawn = "".join(
        f'<circle fill="{COLOURS[0]}" cx="{x:g}" cy="{y:g}" r="{size:g}"/>' for (x, y), size in dots
    )
    floor = f'<line stroke="#e6dfd8" x1="0" x2="{WIDTH}" y1="{HEIGHT - 1}" y2="{HEIGHT - 1}"/>'
    return f"{floor}{lines}{drawn}"


def _places(values: Sequence[float | None]) -> list[Place | None]:
    """Return where each value lies; the line at the foot is zero."""
    top = max((value for value in values if value is not None), default=0) or 1
    step = (WIDTH - 2 * EDGE) / max(len(values) - 1, 1)
    usable = HEIGHT - 1 - EDGE
    return [
        None
        if value is None
        else (round(EDGE + step * at, 1), round(EDGE + usable * (1 - max(value, 0) / top), 1))
        for at, value in enumerate(values)
    ]
