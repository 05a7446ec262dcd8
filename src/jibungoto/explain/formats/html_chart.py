"""A chart as inline SVG with its legend, its sentence and the numbers it is drawn from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from jibungoto.explain.document import Chart, ChartKind, Series
from jibungoto.explain.formats.patterns import numbers_of, patterned, point_words
from jibungoto.explain.formats.picture import (
    Place,
    colour,
    every,
    grid_of,
    runs,
    shortened,
    width_of,
)
from jibungoto.ledger.words import Words

WIDTH, HEIGHT = 440, 220
LEFT, RIGHT, TOP, BOTTOM = 44, 14, 18, 28
LETTER = 11
MANY = 24
"""More points than this are drawn without a mark each, more bars without their value."""

NUMBERS = Words("グラフの数値", "The numbers of this chart")
PLACE = Words("時点・項目", "Place")
NOTHING = Words("グラフにできる値がありません。", "There is no value to draw.")

LETTERS = f'font-size="{LETTER}" font-family="BIZ UDPGothic, sans-serif" fill="#5a514a"'


def figure(chart: Chart, language: str, *, name: str) -> str:
    """Return the chart under its title, its sentence below, and its numbers on request."""
    title, says = (escape(words.said_in(language)) for words in (chart.title, chart.says))
    head = f'<p class="chart-title">{title}</p>'
    if chart.is_empty:
        nothing = escape(NOTHING.said_in(language))
        return f'<figure class="chart">{head}<p class="quiet">{nothing}</p></figure>'
    drawn = _Drawing(chart, language, name).svg()
    return (
        f'<figure class="chart">{head}{_legend(chart, language)}{drawn}'
        f"<figcaption>{says}</figcaption></figure>{_numbers(chart, language)}"
    )


def _legend(chart: Chart, language: str) -> str:
    if len(chart.series) < 2:
        return ""
    entries = "".join(
        f'<li><svg width="12" height="12" viewBox="-6 -6 12 12" aria-hidden="true">'
        f"<title>{at + 1}</title>{_mark(at, (0, 0), size=4.5)}</svg>"
        f" {escape(each.name.said_in(language))}</li>"
        for at, each in enumerate(chart.series)
    )
    return f'<ul class="legend">{entries}</ul>'


def _numbers(chart: Chart, language: str) -> str:
    label = escape(NUMBERS.said_in(language))
    whose = escape(chart.title.said_in(language))
    heads = "".join(
        f'<th scope="col">{escape(words.said_in(language))}</th>'
        for words in (PLACE, *(each.name for each in chart.series))
    )
    lines = "".join(
        f'<tr><th scope="row">{escape(place.said_in(language))}</th>'
        + "".join(f"<td>{escape(cell.text.said_in(language))}</td>" for cell in cells)
        + "</tr>"
        for place, cells in numbers_of(chart)
    )
    return (
        f'<details class="numbers"><summary>{label}</summary>'
        f'<div class="scroll" tabindex="0" role="region" aria-label="{label}: {whose}"><table>'
        f"<thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table></div></details>"
    )


@dataclass(frozen=True, slots=True)
class _Drawing:
    """One chart's picture in one language."""

    chart: Chart
    language: str
    name: str

    def svg(self) -> str:
        """Return the picture; its title is its sentence, its description its numbers."""
        says = escape(self.chart.says.said_in(self.language))
        return (
            f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" width="100%" role="img"'
            f' aria-labelledby="{self.name}-title {self.name}-desc">'
            f'<title id="{self.name}-title">{says}</title>'
            f'<desc id="{self.name}-desc">{escape(self.told())}</desc>'
            f"{self.axis()}{self.labels()}{''.join(self.marks())}</svg>"
        )

    def told(self) -> str:
        """Return every number in words."""
        parts = []
        for each in self.chart.series:
            said = ", ".join(
                f"{label.said_in(self.language)} "
                f"{point_words(each, at, pattern=self.chart.pattern).said_in(self.language)}"
                for at, label in enumerate(self.chart.labels)
            )
            parts.append(f"{each.name.said_in(self.language)}: {said}")
        return "; ".join(parts)

    def grid(self) -> list[float]:
        """Return the values of the lines across."""
        return grid_of(self.chart)

    def y(self, value: float) -> float:
        """Return the height at which a value lies."""
        low, high = self.grid()[0], self.grid()[-1]
        usable = HEIGHT - TOP - BOTTOM
        return round(TOP + usable * (1 - (value - low) / (high - low)), 1)

    def x(self, at: int, share: float = 0.5) -> float:
        """Return the middle, or another share, of the room of one label."""
        room = (WIDTH - LEFT - RIGHT) / max(len(self.chart.labels), 1)
        return round(LEFT + room * (at + share), 1)

    def axis(self) -> str:
        """Return the lines across with their values."""
        drawn = ""
        for value in self.grid():
            y = self.y(value)
            line = "#8f857c" if value == 0 else "#e6dfd8"
            drawn += (
                f'<line class="across" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:g}" y2="{y:g}"'
                f' stroke="{line}" stroke-width="1"/>'
                f'<text {LETTERS} x="{LEFT - 8}" y="{y + 4:g}" text-anchor="end">'
                f"{escape(patterned(value, self.chart.pattern))}</text>"
            )
        return drawn

    def labels(self) -> str:
        """Return the labels that fit below, the last one always among them."""
        texts = [
            shortened(each.said_in(self.language), self.longest()) for each in self.chart.labels
        ]
        widest = max((width_of(text) for text in texts), default=1.0) * LETTER + 14
        step = every(len(texts), int((WIDTH - LEFT - RIGHT) / widest))
        last = len(texts) - 1
        return "".join(
            f'<text {LETTERS} x="{self.under(at, text):g}" y="{HEIGHT - 10}"'
            f' text-anchor="middle">{escape(text)}</text>'
            for at, text in enumerate(texts)
            if (last - at) % step == 0
        )

    def under(self, at: int, text: str) -> float:
        """Return the middle of a label, moved inwards where it would leave the picture."""
        half = width_of(text) * LETTER / 2
        return min(max(self.x(at), half + 1), WIDTH - half - 1)

    def longest(self) -> float:
        """Return how many ems a label may be wide: as much as a bar has room, more for lines."""
        room = (WIDTH - LEFT - RIGHT) / LETTER / max(len(self.chart.labels), 1) - 0.8
        return max(9.0, room) if self.chart.kind is ChartKind.LINE else max(3.0, room)

    def marks(self) -> Iterator[str]:
        """Return what shows the values."""
        if self.chart.kind is ChartKind.LINE:
            for at, each in enumerate(self.chart.series):
                yield self.line(each, at)
        elif self.chart.kind is ChartKind.BARS:
            yield from self.bars()
        else:
            yield from self.stacks()

    def line(self, series: Series, at: int) -> str:
        """Return one line with its marks, broken where there is no value, and its last value."""
        values = series.values[: len(self.chart.labels)]
        places: list[Place | None] = [
            None if value is None else (self.x(n), self.y(value)) for n, value in enumerate(values)
        ]
        drawn = "".join(
            f'<polyline class="line" fill="none" stroke="{colour(at)}" stroke-width="2"'
            f' stroke-linejoin="round" points="{" ".join(f"{x:g},{y:g}" for x, y in run)}"/>'
            for run in runs(places)
            if len(run) > 1
        )
        shown = [place for place in places if place is not None]
        alone = [run[0] for run in runs(places) if len(run) == 1]
        marked = shown if len(shown) <= MANY else [*alone, *shown[-1:]]
        drawn += "".join(_mark(at, place, size=3.5) for place in marked)
        if shown and len(self.chart.series) == 1:
            last = next(value for value in reversed(values) if value is not None)
            drawn += self.value(last, (shown[-1][0], shown[-1][1] - 9))
        return drawn

    def bars(self) -> Iterator[str]:
        """Return bars side by side, each with its value where there is room."""
        count = len(self.chart.series)
        wide = 0.72 / max(count, 1)
        is_roomy = count * len(self.chart.labels) <= MANY // 2
        for at, each in enumerate(self.chart.series):
            for n, value in enumerate(each.values[: len(self.chart.labels)]):
                if value is None:
                    continue
                left = 0.14 + wide * at
                yield self.bar((n, left, wide), (0.0, value), at=at)
                if is_roomy:
                    spot = (self.x(n, left + wide / 2), self.y(max(value, 0.0)) - 5)
                    yield self.value(value, spot)

    def stacks(self) -> Iterator[str]:
        """Return bars on top of each other; what is unknown adds nothing."""
        for n in range(len(self.chart.labels)):
            foot = 0.0
            for at, each in enumerate(self.chart.series):
                value = each.values[n] if n < len(each.values) else None
                if value:
                    yield self.bar((n, 0.18, 0.64), (foot, foot + value), at=at)
                    foot += value

    def bar(self, where: tuple[int, float, float], ends: Sequence[float], *, at: int) -> str:
        """Return one bar: its label with left edge and width in shares, its two values."""
        n, left, wide = where
        x, y = self.x(n, left), min(self.y(end) for end in ends)
        tall = abs(self.y(ends[0]) - self.y(ends[1]))
        width = self.x(n, left + wide) - x
        return (
            f'<rect class="block" x="{x:g}" y="{y:g}" width="{width:.1f}" height="{tall:.1f}"'
            f' fill="{colour(at)}" stroke="#ffffff" stroke-width="1"/>'
        )

    def value(self, value: float, spot: Place) -> str:
        """Return a number beside its mark."""
        shown = escape(patterned(value, self.chart.pattern))
        return (
            f'<text {LETTERS} font-weight="700" x="{spot[0]:g}" y="{spot[1]:g}"'
            f' text-anchor="middle">{shown}</text>'
        )


def _mark(at: int, place: Place, *, size: float) -> str:
    """Return a series' mark; its shape tells it apart without colour."""
    x, y = place
    fill = f'class="mark" fill="{colour(at)}"'
    if at % 4 == 0:
        return f'<circle {fill} cx="{x:g}" cy="{y:g}" r="{size:g}"/>'
    if at % 4 == 1:
        corner = size * 0.9
        side = f'width="{2 * corner:g}" height="{2 * corner:g}"'
        return f'<rect {fill} x="{x - corner:g}" y="{y - corner:g}" {side}/>'
    if at % 4 == 2:
        corners = ((x, y - size * 1.2), (x + size * 1.1, y + size), (x - size * 1.1, y + size))
    else:
        reach = size * 1.3
        corners = ((x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y))  # type: ignore[assignment]  # four corners instead of three
    return f'<polygon {fill} points="{" ".join(f"{a:g},{b:g}" for a, b in corners)}"/>'
