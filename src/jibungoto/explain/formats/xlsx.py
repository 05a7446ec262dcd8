"""A document as a workbook: its claims, each table and chart on a sheet of its own, its notes."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from jibungoto.explain.claims import Claim
from jibungoto.explain.document import Backing, Cell, Chart, ChartKind, Document, Table
from jibungoto.explain.formats.cleaning import cleaned
from jibungoto.explain.formats.formulas import neutralised
from jibungoto.explain.formats.html import AS_OF, NOTES, TONES, language_of
from jibungoto.explain.formats.patterns import numbers_of
from jibungoto.explain.formats.picture import COLOURS, width_of
from jibungoto.explain.formats.pptx_template import FACE
from jibungoto.explain.formats.textual import textual_columns
from jibungoto.explain.printing import DASH, day
from jibungoto.explain.wordings import is_ask
from jibungoto.ledger.words import Words

CLAIMS = Words("主張", "Claims")
EVIDENCE = Words("根拠", "Evidence")
PLACE = Words("時点・項目", "Place")
REMARK = Words("備考", "Remark")
CLAIM_HEADS = (
    Words("見出し", "Section"),
    Words("文", "Sentence"),
    Words("方向", "Direction"),
    Words("根拠の段階", "Grade"),
    Words("段階の意味", "Meaning"),
    Words("指標", "Measures"),
)
EVIDENCE_HEADS = (
    Words("指標", "Measure"),
    Words("値", "Value"),
    Words("95%区間", "95% interval"),
    Words("件数・対象", "Count / n"),
    Words("定義", "Definition"),
)
LONGEST_CELL = 32_000
LONGEST_NAME = 31
WIDEST = 70
_NUMBER = re.compile(r"[-+]?[\d.,]*%?(?:〜[-+]?[\d.,]+%?| to [-+]?[\d.,]+%?)?|-")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def render(document: Document, language: str) -> bytes:
    """Return the workbook as a file."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    with Workbook(out, OPTIONS) as book:
        _Book(cleaned(document), language_of(language), book).fill()
    return out.getvalue()


class _Book:
    """The sheets of one document in one language."""

    def __init__(self, document: Document, language: str, book: Any) -> None:
        self.document = document
        self.language = language
        self.book = book
        self.names: set[str] = set()
        book.formats[0].set_font_name(FACE)
        plain = {"font_name": FACE, "valign": "top"}
        self.plain = plain
        self.head = book.add_format({**plain, "bold": True, "bg_color": "#E3F4F1", "bottom": 1})
        self.title = book.add_format({**plain, "bold": True, "font_size": 14})
        # Marked as text, so that a cell stays text even after somebody edited it.
        self.text = book.add_format({**plain, "text_wrap": True, "quote_prefix": True})
        self.numbers: dict[str, Any] = {}

    def say(self, words: Words) -> str:
        """Return the words of this language."""
        return words.said_in(self.language)

    def fill(self) -> None:
        """Write every sheet."""
        title = self.say(self.document.title)
        made = datetime.combine(self.document.as_of, datetime.min.time())
        told = {"title": f"{self.document.community} - {title}", "author": "jibungoto"}
        self.book.set_properties({**told, "created": made})
        self.claims()
        for section in self.document.sections:
            for table in section.tables:
                self.table(table)
            for chart in (*section.charts, *section.drawn()):
                self.chart(chart)
        if self.document.backing:
            self.evidence(self.document.backing)
        self.notes()

    def graded(self, claim: Claim) -> tuple[str, str]:
        """Return a claim's grade and its word; an ask has none."""
        return ("", "") if is_ask(claim) else (claim.grade.value, self.say(claim.grade.words))

    def typed(self, text: str) -> str:
        """Return a text as a cell holds it, which no spreadsheet can take for a formula.

        A bare number keeps its sign: in a cell that is a text it is read as nothing else.
        """
        shown = text[:LONGEST_CELL]
        return shown if _NUMBER.fullmatch(shown) else neutralised(shown)

    def sheet(self, name: Words) -> Any:
        """Add a sheet whose name is unlike all others and which a spreadsheet accepts."""
        wanted = " ".join(_NOT_IN_NAMES.sub(" ", self.say(name)).split()).strip("'") or "-"
        if wanted.casefold() in ("history", "履歴"):
            wanted = f"{wanted}."
        unique, number = wanted[:LONGEST_NAME], 2
        while unique.casefold() in self.names:
            ending = f" ({number})"
            unique = wanted[: LONGEST_NAME - len(ending)] + ending
            number += 1
        self.names.add(unique.casefold())
        return self.book.add_worksheet(unique)

    def heads(self, sheet: Any, heads: Sequence[Words], *, row: int = 0) -> None:
        """Write the head of a sheet, which stays in sight."""
        for column, head in enumerate(heads):
            sheet.write_string(row, column, self.typed(self.say(head)), self.head)
        sheet.freeze_panes(row + 1, 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)

    def write(self, sheet: Any, text: str, *, place: tuple[int, int]) -> None:
        """Write a text, which is never read as anything else."""
        if text:
            sheet.write_string(*place, self.typed(text), self.text)

    def cell(self, sheet: Any, cell: Cell, *, place: tuple[int, int]) -> None:
        """Write a cell: its number where it has one that can be reckoned with."""
        if cell.number is None or not math.isfinite(cell.number):
            self.write(sheet, self.say(cell.text), place=place)
            return
        pattern = cell.pattern
        if pattern not in self.numbers:
            self.numbers[pattern] = self.book.add_format({**self.plain, "num_format": pattern})
        sheet.write_number(*place, cell.number, self.numbers[pattern])

    def widths(self, sheet: Any, columns: Sequence[Sequence[str]]) -> None:
        """Let every column be as wide as what it holds, within reason."""
        for at, texts in enumerate(columns):
            widest = max((width_of(text) for text in texts), default=4.0)
            sheet.set_column(at, at, min(max(widest * 1.9 + 2, 9), WIDEST))

    def claims(self) -> None:
        """Write what is claimed, sentence by sentence."""
        sheet = self.sheet(CLAIMS)
        document = self.document
        until = AS_OF.said_in(self.language).format(day=self.say(day(document.as_of)))
        title = f"{document.community} - {self.say(document.title)}"
        sheet.write_string(0, 0, self.typed(title), self.title)
        told = " ".join(filter(None, (self.say(document.subtitle), until)))
        sheet.write_string(1, 0, self.typed(told), self.book.add_format(self.plain))
        self.heads(sheet, CLAIM_HEADS, row=3)
        names = {each.measure: self.say(each.name) for each in document.backing}
        rows = [
            (
                self.say(section.heading),
                self.say(claim.text),
                self.say(TONES[claim.tone]) if claim.tone in TONES else "",
                *self.graded(claim),
                ", ".join(names.get(key, key) for key in claim.measures),
            )
            for section in document.sections
            for claim in section.claims
        ]
        rows += [
            (self.say(section.heading), self.say(text), "", "", "", "")
            for section in document.body()
            for text in section.text
        ]
        for line, row in enumerate(rows, start=4):
            for column, text in enumerate(row):
                self.write(sheet, text, place=(line, column))
        for column, width in enumerate((24, 90, 16, 12, 24, 36)):
            sheet.set_column(column, column, width)

    def table(self, table: Table) -> None:
        """Write a table; small print beside a value goes to a column of its own."""
        sheet = self.sheet(table.title)
        shown = textual_columns(table)
        has_small = any(cell.small for row in table.rows for cell in row)
        heads = [table.columns[at] for at in shown] + ([REMARK] if has_small else [])
        self.heads(sheet, heads)
        for line, row in enumerate(table.rows, start=1):
            cells = [row[at] for at in shown if at < len(row)]
            for column, cell in enumerate(cells):
                self.cell(sheet, cell, place=(line, column))
            small = "; ".join(self.say(cell.small) for cell in row if cell.small)
            self.write(sheet, small, place=(line, len(shown)))
        whole = [row for row in table.rows if len(row) == len(table.columns)]
        self.widths(
            sheet,
            [
                [self.say(table.columns[at]), *(self.say(row[at].text) for row in whole)]
                for at in shown
            ]
            + ([["x" * 20]] if has_small else []),
        )

    def chart(self, chart: Chart) -> None:
        """Write the numbers of a chart, and the chart beside them."""
        sheet = self.sheet(chart.title)
        self.heads(sheet, [PLACE, *(each.name for each in chart.series)])
        lines = numbers_of(chart)
        for line, (label, cells) in enumerate(lines, start=1):
            self.write(sheet, self.say(label), place=(line, 0))
            for column, cell in enumerate(cells, start=1):
                self.cell(sheet, cell, place=(line, column))
        self.widths(sheet, list(self._columns(chart)))
        if not chart.is_empty:
            self.drawn(sheet, chart, rows=len(lines))

    def _columns(self, chart: Chart) -> Iterator[list[str]]:
        yield [self.say(PLACE), *(self.say(label) for label in chart.labels)]
        for series in chart.series:
            yield [self.say(series.name)]

    def drawn(self, sheet: Any, chart: Chart, *, rows: int) -> None:
        """Draw a chart from the cells of its sheet."""
        kinds: dict[ChartKind, dict[str, str]] = {
            ChartKind.LINE: {"type": "line"},
            ChartKind.BARS: {"type": "column"},
            ChartKind.STACKED: {"type": "column", "subtype": "stacked"},
        }
        native = self.book.add_chart(kinds[chart.kind])
        name = sheet.get_name()
        for at in range(1, len(chart.series) + 1):
            colour = COLOURS[(at - 1) % len(COLOURS)]
            series: dict[str, Any] = {
                "name": [name, 0, at],
                "categories": [name, 1, 0, rows, 0],
                "values": [name, 1, at, rows, at],
            }
            if chart.kind is ChartKind.LINE:
                series["line"] = {"color": colour, "width": 2}
                series["marker"] = {"type": "automatic", "size": 5}
            else:
                series["fill"] = {"color": colour}
            native.add_series(series)
        native.set_title({"none": True})
        native.set_legend({"none": True} if len(chart.series) < 2 else {"position": "top"})
        native.set_y_axis({"num_format": chart.pattern, "major_gridlines": {"visible": True}})
        native.show_blanks_as("gap")
        about = {"description": self.say(chart.says)[:250], "object_position": 3}
        sheet.insert_chart(1, len(chart.series) + 2, native, about)

    def evidence(self, backing: Sequence[Backing]) -> None:
        """Write what stands behind each measure."""
        sheet = self.sheet(EVIDENCE)
        self.heads(sheet, EVIDENCE_HEADS)
        for line, each in enumerate(backing, start=1):
            told = (each.name, each.value, each.interval, each.n, each.definition)
            for column, words in enumerate(told):
                self.write(sheet, "" if words == DASH else self.say(words), place=(line, column))
        for column, width in enumerate((28, 36, 16, 16, 90)):
            sheet.set_column(column, column, width)

    def notes(self) -> None:
        """Write the small print."""
        sheet = self.sheet(NOTES)
        self.heads(sheet, (CLAIM_HEADS[0], NOTES))
        rows = [("", self.say(each)) for each in self.document.notes]
        for section in self.document.small_print():
            rows += [(self.say(section.heading), self.say(each)) for each in section.text]
        for line, row in enumerate(rows, start=1):
            for column, text in enumerate(row):
                self.write(sheet, text, place=(line, column))
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 1, 110)
