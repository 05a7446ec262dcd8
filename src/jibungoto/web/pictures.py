"""Inline SVG pictures: lines over days, stacked bars, and the story of one person.

Places along the width are per cent, heights are pixels: a picture fills its column while its
letters keep their size, on a phone as on a desk. Colours come from CSS classes alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jibungoto.web.figure import EMPTY, GAUGE, Caption, Drawing, Legend, Table, figure
from jibungoto.web.markup import joined_html
from jibungoto.web.scale import (
    Scale,
    Span,
    day_in_full,
    labelled,
    month,
    scale_for,
    written,
)

__all__ = ["Act", "Caption", "Series", "line_picture", "stacked_picture", "story_picture"]

PLOT = 176
TOP = 22
BOTTOM = 26
ROW = 46
WIDE = 1000  # the inner drawing's own width; it is stretched to the column


@dataclass(frozen=True, slots=True)
class Series:
    """One line or one band: its name, and a value (or None: not known) for every day."""

    name: str
    values: Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Act:
    """Something a person did: on which day, of which kind."""

    day: date
    kind: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A week in a story: its kind, its place along the way (0 to 100) and its radius."""

    kind: str
    place: float
    radius: int


def line_picture(
    caption: Caption,
    series: Sequence[Series],
    *,
    days: Sequence[date],
    stepped: bool = False,
    percent: bool = False,
) -> SafeString:
    """Draw one or two series over days; what is not known makes a gap, never a zero."""
    scale = scale_for(_all_values(series), height=PLOT, percent=percent)
    inside = format_html(
        '{grid}<svg x="0" y="{top}" width="100%" height="{plot}" viewBox="0 0 {wide} {plot}" '
        'preserveAspectRatio="none" overflow="visible">{lines}</svg>{ends}{labels}',
        grid=_rules(scale),
        top=TOP,
        plot=PLOT,
        wide=WIDE,
        lines=joined_html(
            '<path class="line tone-{}" d="{}"/>',
            (
                (tone, _path(one.values, days, scale=scale, stepped=stepped))
                for tone, one in _toned(series)
            ),
        ),
        ends=joined_html(
            "{}",
            ((_end_value(one, days, scale=scale, tone=tone),) for tone, one in _toned(series)),
        ),
        labels=_day_labels(days),
    )
    return figure(
        caption,
        Drawing(TOP + PLOT + BOTTOM, inside, _marks(scale)),
        legend=Legend([one.name for one in series], "line"),
        table=_series_table(series, days, percent=percent),
    )


def stacked_picture(
    caption: Caption, bands: Sequence[Series], *, days: Sequence[date], percent: bool = False
) -> SafeString:
    """Draw one bar per day, the first band at the bottom; an unknown band is left out."""
    totals = [sum(band.values[at] or 0 for band in bands) for at in range(len(days))]
    scale = scale_for(totals, height=PLOT, percent=percent)
    inside = format_html(
        "{}{}{}",
        _rules(scale),
        joined_html(
            '<rect class="band tone-{}" x="{}%" y="{}" width="{}%" height="{}"/>',
            _bars(bands, scale, count=len(days)),
        ),
        joined_html(
            '<text class="axis" x="{}%" y="{}" text-anchor="{}">{}</text>',
            (
                (
                    _below(at, len(days)),
                    TOP + PLOT + 18,
                    _anchor(at, len(days) - 1),
                    month(days[at]),
                )
                for at in labelled(days)
            ),
        ),
    )
    return figure(
        caption,
        Drawing(TOP + PLOT + BOTTOM, inside, _marks(scale)),
        legend=Legend([band.name for band in bands], "band"),
        table=_series_table(bands, days, percent=percent),
    )


def story_picture(
    caption: Caption,
    acts: Iterable[Act],
    *,
    kinds: Mapping[str, str],
    first: date,
    last: date,
) -> SafeString:
    """Draw what a person did: a row per kind, a dot per week, larger where there was more.

    ``kinds`` gives the order of the rows and their names; acts of other kinds or outside
    ``first`` to ``last`` are not drawn.
    """
    span = Span(first, last)
    weeks = Counter(
        (_monday(act.day), act.kind)
        for act in acts
        if act.kind in kinds and first <= act.day <= last
    )
    rows = (
        _story_row(TOP + ROW * row, kinds[kind], dots=_dots(weeks, kind, span=span))
        for row, kind in enumerate(kinds)
    )
    inside = format_html(
        "{}{}",
        joined_html("{}", ((row,) for row in rows)),
        _story_labels(span, TOP + ROW * len(kinds)),
    )
    return figure(
        caption,
        Drawing(TOP + ROW * len(kinds) + BOTTOM, inside),
        legend=Legend([], "dot"),
        table=_story_table(weeks, kinds),
    )


def _toned(series: Sequence[Series]) -> Iterable[tuple[int, Series]]:
    return enumerate(series, start=1)


def _all_values(series: Sequence[Series]) -> Iterable[float | None]:
    return (value for one in series for value in one.values)


def _rules(scale: Scale) -> SafeString:
    return joined_html(
        '<line class="rule" x1="0" x2="100%" y1="{0}" y2="{0}"/>',
        ((TOP + scale.y(value),) for value in scale.ticks()),
    )


def _marks(scale: Scale) -> SafeString:
    return joined_html(
        '<text class="axis" x="{}" y="{}" text-anchor="end">{}</text>',
        ((GAUGE - 8, TOP + scale.y(value) + 4, scale.written(value)) for value in scale.ticks()),
    )


def _path(
    values: Sequence[float | None], days: Sequence[date], *, scale: Scale, stepped: bool
) -> str:
    """Return the path of a line that is lifted wherever a value is not known."""
    drawn: list[str] = []
    lifted = True
    for day, value in zip(days, values, strict=True):
        if value is None:
            lifted = True
            continue
        x = round(Span(days[0], days[-1]).place(day) * WIDE / 100, 2)
        y = scale.y(value)
        if lifted:
            drawn.append(f"M{x} {y}h0")
        elif stepped:
            drawn.append(f"H{x}V{y}")
        else:
            drawn.append(f"L{x} {y}")
        lifted = False
    return "".join(drawn)


def _end_value(series: Series, days: Sequence[date], *, scale: Scale, tone: int) -> SafeString:
    """Write the last known value above the end of its line, or below one that falls to it."""
    known = [
        (day, value) for day, value in zip(days, series.values, strict=True) if value is not None
    ]
    if not known:
        return EMPTY
    day, value = known[-1]
    height = scale.y(value)
    falls = len(known) > 1 and known[-2][1] > value and height + 24 < PLOT
    return format_html(
        '<text class="end tone-{}" x="{}%" y="{}" text-anchor="end">{}</text>',
        tone,
        Span(days[0], days[-1]).place(day),
        TOP + height + (18 if falls else -8),
        scale.written(value),
    )


def _day_labels(days: Sequence[date]) -> SafeString:
    places = labelled(days)
    return joined_html(
        '<text class="axis" x="{}%" y="{}" text-anchor="{}">{}</text>',
        (
            (
                Span(days[0], days[-1]).place(days[at]),
                TOP + PLOT + 18,
                _anchor(at, len(days) - 1),
                month(days[at]),
            )
            for at in places
        ),
    )


def _below(at: int, count: int) -> float:
    """Return where a bar's month stands: under its middle, those at the edges inside of them."""
    edges = {0: 0.0, count - 1: 100.0} if count > 1 else {}
    return edges.get(at, round(100 * (at + 0.5) / count, 3))


def _anchor(position: int, last: int) -> str:
    if last == 0:
        return "middle"
    return {0: "start", last: "end"}.get(position, "middle")


def _bars(
    bands: Sequence[Series], scale: Scale, *, count: int
) -> Iterable[tuple[int, float, float, float, float]]:
    """Yield tone, x, y, width and height of every band of every bar."""
    width = 100 / max(1, count)
    for at in range(count):
        below = 0.0
        for tone, band in _toned(bands):
            value = band.values[at]
            if not value:
                continue
            upper, lower = scale.y(below + value), scale.y(below)
            x = round(width * at + width * 0.14, 3)
            yield tone, x, TOP + upper, round(width * 0.72, 3), round(lower - upper, 2)
            below += value


def _series_table(series: Sequence[Series], days: Sequence[date], *, percent: bool) -> Table:
    unknown = _("not known")
    return Table(
        heads=[_("Date"), *(one.name for one in series)],
        rows=[
            [
                day_in_full(day),
                *(
                    unknown
                    if (value := one.values[at]) is None
                    else written(value, percent=percent)
                    for one in series
                ),
            ]
            for at, day in enumerate(days)
        ],
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _dots(weeks: Counter[tuple[date, str]], kind: str, *, span: Span) -> list[Dot]:
    """Return a dot for each week with acts of a kind; the ends keep clear of the edges."""
    return [
        Dot(kind, round(2 + 0.96 * span.place(max(week, span.first)), 3), _radius(count))
        for (week, of_kind), count in sorted(weeks.items())
        if of_kind == kind
    ]


def _radius(count: int) -> int:
    if count == 1:
        return 4
    return 6 if count < 4 else 8


def _story_row(y: int, name: str, *, dots: Sequence[Dot]) -> SafeString:
    return format_html(
        '<text class="axis" x="0" y="{}">{}</text>'
        '<line class="rule" x1="0" x2="100%" y1="{}" y2="{}"/>{}',
        y,
        name,
        y + 20,
        y + 20,
        joined_html(
            '<circle class="dot kind-{}" cx="{}%" cy="{}" r="{}"/>',
            ((dot.kind, dot.place, y + 20, dot.radius) for dot in dots),
        ),
    )


def _story_labels(span: Span, y: int) -> SafeString:
    return format_html(
        '<text class="axis" x="0" y="{}">{}</text>'
        '<text class="axis" x="100%" y="{}" text-anchor="end">{}</text>',
        y + 10,
        month(span.first),
        y + 10,
        month(span.last),
    )


def _story_table(weeks: Counter[tuple[date, str]], kinds: Mapping[str, str]) -> Table:
    return Table(
        heads=[_("Week from"), *kinds.values()],
        rows=[
            [day_in_full(week), *(str(weeks[week, kind]) for kind in kinds)]
            for week in sorted({week for week, _kind in weeks})
        ],
    )
