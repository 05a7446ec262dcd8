"""A small line of the last months as inline SVG, with its numbers in words beside it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from jibungoto.explain.health import HealthRow, Point
from jibungoto.explain.printing import DASH, month
from jibungoto.ledger.words import Words

WIDTH = 120
HEIGHT = 28
EDGE = 4  # so that the last dot is not cut
TITLE = Words("{name}の推移", "{name} over time")


def spark(row: HealthRow, language: str) -> str:
    """Draw a measure's months; what is hidden or unknown leaves a gap, never a zero."""
    title = TITLE.said_in(language).format(name=row.measure.name.said_in(language))
    told = ", ".join(
        f"{month(point.last_day).said_in(language)}: {point.shown.value.said_in(language)}"
        for point in row.points
    )
    if all(point.height is None for point in row.points):
        return f'<span class="none">{DASH.said_in(language)}</span>'
    name = f"spark-{row.measure.key}"
    return (
        f'<svg class="spark" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
        f' role="img" aria-labelledby="{name}-title {name}-desc">'
        f'<title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-desc">{escape(told)}</desc>{_drawn(row.points)}</svg>'
    )


def _drawn(points: Sequence[Point]) -> str:
    places = _places(points)
    runs: list[list[tuple[float, float]]] = [[]]
    for place in places:
        if place is None:
            runs.append([])
        else:
            runs[-1].append(place)
    lines = "".join(
        f'<polyline points="{" ".join(f"{x:g},{y:g}" for x, y in run)}"/>'
        for run in runs
        if len(run) > 1
    )
    alone = "".join(
        f'<circle cx="{r[0][0]:g}" cy="{r[0][1]:g}" r="1.5"/>' for r in runs if len(r) == 1
    )
    last = places[-1]
    dot = f'<circle cx="{last[0]:g}" cy="{last[1]:g}" r="2.75"/>' if last else ""
    floor = f'<line x1="0" x2="{WIDTH}" y1="{HEIGHT - 1}" y2="{HEIGHT - 1}"/>'
    return f"{floor}{lines}{alone}{dot}"


def _places(points: Sequence[Point]) -> list[tuple[float, float] | None]:
    """Return where each point lies; the line at the foot is zero."""
    top = max((point.height for point in points if point.height is not None), default=0) or 1
    step = (WIDTH - 2 * EDGE) / max(len(points) - 1, 1)
    usable = HEIGHT - 1 - EDGE
    return [
        None
        if point.height is None
        else (round(EDGE + step * at, 1), round(EDGE + usable * (1 - point.height / top), 1))
        for at, point in enumerate(points)
    ]
