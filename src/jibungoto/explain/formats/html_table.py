"""A table as HTML: numbers to the right, small pictures in their cells, cards on a phone."""

from __future__ import annotations

from html import escape

from jibungoto.explain.claims import Tone
from jibungoto.explain.document import Cell, Chart, Table
from jibungoto.explain.formats.patterns import point_words
from jibungoto.explain.formats.picture import width_of
from jibungoto.explain.formats.spark import spark
from jibungoto.explain.printing import DASH
from jibungoto.ledger.words import Words

CARDS_FROM = 5
"""A table of this many columns turns into cards on a narrow screen."""
WIDE = 8
"""A table of more columns is printed in smaller type."""
SHORT = 15
"""Up to so many ems a cell stays on one line."""

MEASURE = Words("項目", "Row")
MONTHS = Words("図の数値", "The numbers of the small lines")


def table_html(table: Table, language: str, *, name: str, is_titled: bool = True) -> str:
    """Return the table, and the numbers behind the small lines in it."""
    look = "table cards" if len(table.columns) >= CARDS_FROM else "table"
    look += " wide" if len(table.columns) > WIDE else ""
    numeric = {at for at in range(1, len(table.columns)) if _is_numeric(table, at)}
    title = escape(table.title.said_in(language))
    head = f"<caption>{title}</caption>" if is_titled else ""
    label = "" if is_titled else f' aria-label="{title}"'
    columns = "".join(
        f'<th scope="col" role="columnheader"{_look(at in numeric)}>'
        f"{escape(words.said_in(language))}</th>"
        for at, words in enumerate(table.columns)
    )
    writer = _Writer(table, language, name, numeric)
    rows = "".join(writer.row(at, row) for at, row in enumerate(table.rows))
    whole = (
        f'<table class="{look}" role="table"{label}>{head}'
        f'<thead role="rowgroup"><tr role="row">{columns}</tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody></table>'
    )
    if len(table.columns) < CARDS_FROM:  # where it is too wide it scrolls, not the page
        region = f'class="scroll held" tabindex="0" role="group" aria-label="{title}"'
        whole = f"<div {region}>{whole}</div>"
    return f"{whole}{_months(table, language)}"


class _Writer:
    """Writes the rows of one table in one language."""

    def __init__(self, table: Table, language: str, name: str, numeric: set[int]) -> None:
        self.table = table
        self.language = language
        self.name = name
        self.numeric = numeric

    def row(self, line: int, cells: tuple[Cell, ...]) -> str:
        """Return one row; its first cell names it, its last one reaches to the end."""
        if not cells:
            return ""
        first, *rest = cells
        hint = f' title="{self.say(first.hint)}"' if first.hint else ""
        made = f'<th scope="row" role="rowheader"{hint}>{self.inside(first, "")}</th>'
        for at, cell in enumerate(rest, start=1):
            left = len(self.table.columns) - at
            span = left if at == len(cells) - 1 and left > 1 else 1
            made += self.cell(cell, at, name=f"{self.name}-{line}-{at}", span=span)
        return f'<tr role="row">{made}</tr>'

    def cell(self, cell: Cell, at: int, *, name: str, span: int) -> str:
        """Return one cell, which carries its head along for narrow screens."""
        head = self.say(self.table.columns[at]) if at < len(self.table.columns) else ""
        looks = [
            *(["number"] if at in self.numeric and span == 1 else []),
            *(["none"] if cell.text in (DASH, Words("", "")) and _is_bare(cell) else []),
            *(["why", "quiet"] if span > 1 else []),
            *(["short"] if self.is_short(cell) else []),
            *(["bar-cell"] if cell.share is not None else []),
        ]
        look = f' class="{" ".join(looks)}"' if looks else ""
        wide = f' colspan="{span}"' if span > 1 else ""
        inside = self.inside(cell, name)
        return f'<td role="cell"{look}{wide} data-head="{head}">{inside}</td>'

    def is_short(self, cell: Cell) -> bool:
        """Say whether a cell stays on one line."""
        return 1 < width_of(cell.text.said_in(self.language)) <= SHORT

    def inside(self, cell: Cell, name: str) -> str:
        """Return what stands in a cell."""
        made = self.say(cell.text)
        if cell.tone is not Tone.NEITHER:
            made = f'<span class="tone {cell.tone.value}">{made}</span>'
        if cell.small is not None:
            made += f' <span class="then">{self.say(cell.small)}</span>'
        if cell.share is not None:
            made += _bar(cell.share)
        if cell.chart is not None:
            made += spark(cell.chart, self.language, name=name)
        return made

    def say(self, words: Words) -> str:
        """Return words in this language, escaped."""
        return escape(words.said_in(self.language))


def _look(is_numeric: bool) -> str:
    return ' class="number"' if is_numeric else ""


def _is_bare(cell: Cell) -> bool:
    return cell.share is None and cell.chart is None


def _is_numeric(table: Table, at: int) -> bool:
    """Say whether a column holds numbers only, apart from what is hidden or unknown."""
    cells = [row[at] for row in table.rows if at < len(row) and len(row) == len(table.columns)]
    return any(cell.number is not None for cell in cells) and all(_is_bare(cell) for cell in cells)


def _months(table: Table, language: str) -> str:
    """Return the numbers behind the small lines, closed until asked for."""
    drawn = [
        (row[0].text, cell.chart) for row in table.rows for cell in row if cell.chart is not None
    ]
    if not drawn:
        return ""
    places = _places([chart for _, chart in drawn])
    heads = "".join(f'<th scope="col">{escape(each.said_in(language))}</th>' for each in places)
    lines = ""
    for name, chart in drawn:
        at = {label: n for n, label in enumerate(chart.labels)}
        cells = "".join(
            f"<td>{escape(_point(chart, at.get(place)).said_in(language))}</td>" for place in places
        )
        lines += f'<tr><th scope="row">{escape(name.said_in(language))}</th>{cells}</tr>'
    label = escape(MONTHS.said_in(language))
    whose = escape(table.title.said_in(language))
    head = escape(table.columns[0].said_in(language) if table.columns else "")
    return (
        f'<details class="numbers"><summary>{label}</summary>'
        f'<div class="scroll" tabindex="0" role="region" aria-label="{label}: {whose}"><table>'
        f'<thead><tr><th scope="col">{head}</th>{heads}</tr></thead>'
        f"<tbody>{lines}</tbody></table></div></details>"
    )


def _places(charts: list[Chart]) -> list[Words]:
    """Return all labels in the order of the chart that has most, others after them."""
    longest = max(charts, key=lambda chart: len(chart.labels))
    return list(dict.fromkeys([*longest.labels, *(w for one in charts for w in one.labels)]))


def _point(chart: Chart, at: int | None) -> Words:
    return (
        DASH
        if at is None or not chart.series
        else point_words(chart.series[0], at, pattern="General")
    )


def _bar(share: float) -> str:
    """Draw a length; the number stands in its own cell, so the picture is silent."""
    wide = 100 * min(max(share, 0.0), 1.0)
    return (
        '<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
        f"<title>{wide:.0f}%</title>"
        '<rect class="rail" fill="#e3f4f1" width="100" height="6"/>'
        f'<rect fill="#00756b" width="{wide:.1f}" height="6"/></svg>'
    )
