"""Tables on slides: native, split over slides by height, with their words whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jibungoto.explain.claims import Tone
from jibungoto.explain.document import Cell, Table
from jibungoto.explain.formats.picture import shortened
from jibungoto.explain.formats.pptx_chart import describe
from jibungoto.explain.formats.pptx_template import BRAND, INK, LINE, SOFT, Box
from jibungoto.explain.formats.pptx_text import (
    Run,
    dress,
    height_of,
    lines_of,
    pages_of,
    rgb,
    room_of,
    wrapped,
    write,
)
from jibungoto.explain.formats.textual import textual_columns
from jibungoto.ledger.words import Words

if TYPE_CHECKING:
    from pptx.slide import Slide

SIZES = (16.0, 14.0, 12.0)
MOST_COLUMNS = 8
PAD = 0.11
"""What a cell leaves empty above and below its text together, in inches."""
TONE_COLOURS = {Tone.BETTER: "14603A", Tone.WORSE: "9A3412"}
ROOMY = 3
"""Into so many lines a cell may be broken before smaller type is tried."""
MOST_LINES = 12
"""A longer cell ends in an ellipsis here; the notes hold it whole."""


@dataclass(frozen=True, slots=True)
class Part:
    """What of a table stands on one slide, in one language."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    numeric: frozenset[int]
    size: float
    table: Table


def parts_of(table: Table, *, language: str, room: Box) -> list[Part]:
    """Return a table in parts of which each fits its room, in the largest size for one slide."""
    for size in SIZES:
        made = [
            part
            for columns in _groups(textual_columns(table))
            for part in _Group(table, columns, language, size).parts(room)
        ]
        if len(made) <= 1 and all(_is_roomy(part, language) for part in made):
            break
    return made


def _is_roomy(part: Part, language: str) -> bool:
    """Say whether no cell of whole rows is broken into more lines than it may."""
    return all(
        lines_of(cell_text(cell, language), size=part.size, width=width) <= ROOMY
        for row in part.rows
        if len(row) == len(part.heads)
        for cell, width in zip(row, part.widths, strict=True)
    )


def _narrowed(wanted: Sequence[float], room: float) -> tuple[float, ...]:
    """Return widths that fill the room, taken from the widest columns first."""
    left, open_columns = room, sorted(wanted)
    for at, narrowest in enumerate(open_columns):
        share = left / (len(open_columns) - at)
        if narrowest > share:
            return tuple(min(each, share) for each in wanted)
        left -= narrowest
    return tuple(wanted)


@dataclass(frozen=True, slots=True)
class _Group:
    """The columns of a table that stand beside each other, in one size."""

    table: Table
    columns: tuple[int, ...]
    language: str
    size: float

    def parts(self, room: Box) -> Iterator[Part]:
        """Return the slides these columns need, cut between rows."""
        heads = tuple(
            shortened(self.table.columns[at].said_in(self.language), 40) for at in self.columns
        )
        rows = [self.row(row) for row in self.table.rows if row]
        widths = self.widths(heads, rows, room=room.width)
        heights = [self.height(row, widths) for row in rows]
        head = self.tallest(heads, widths)
        for page in pages_of(heights, room.height - head) or [[]]:
            yield Part(
                heads=heads,
                rows=tuple(rows[at] for at in page),
                widths=widths,
                heights=(head, *(heights[at] for at in page)),
                numeric=self.numeric(rows),
                size=self.size,
                table=self.table,
            )

    def row(self, row: tuple[Cell, ...]) -> tuple[Cell, ...]:
        """Return the cells of a row that stand here; a short row ends in what reaches on."""
        if len(row) == len(self.table.columns):
            return tuple(row[at] for at in self.columns)
        return row[: len(self.columns)]

    def numeric(self, rows: Sequence[Sequence[Cell]]) -> frozenset[int]:
        """Return the columns that hold numbers, apart from what is hidden or unknown."""
        whole = [row for row in rows if len(row) == len(self.columns)]
        return frozenset(
            at
            for at in range(1, len(self.columns))
            if any(row[at].number is not None for row in whole)
        )

    def widths(
        self, heads: Sequence[str], rows: Sequence[Sequence[Cell]], *, room: float
    ) -> tuple[float, ...]:
        """Return widths in inches by what the columns hold; words get what numbers leave."""
        wanted = []
        for at, head in enumerate(heads):
            texts = [cell_text(row[at], self.language) for row in rows if len(row) == len(heads)]
            widest = max(map(room_of, [head, *texts]))
            wanted.append((min(max(widest, 4.0), 30.0) + 1.5) * self.size * 1.1 / 72)
        if sum(wanted) >= room:
            return _narrowed(wanted, room)
        numeric = self.numeric(rows)
        loose = sum(each * (1 if at in numeric else 3) for at, each in enumerate(wanted))
        spare = room - sum(wanted)
        return tuple(
            each + spare * each * (1 if at in numeric else 3) / loose
            for at, each in enumerate(wanted)
        )

    def height(self, row: Sequence[Cell], widths: Sequence[float]) -> float:
        """Return how many inches high a row is."""
        texts = [cell_text(cell, self.language) for cell in row]
        rooms = [*widths[: len(row) - 1], sum(widths[len(row) - 1 :])]
        return self.tallest(
            [
                _bounded(text, size=self.size, width=room)
                for text, room in zip(texts, rooms, strict=True)
            ],
            rooms,
        )

    def tallest(self, texts: Sequence[str], widths: Sequence[float]) -> float:
        """Return the height of a row with these texts."""
        return PAD + max(
            (
                height_of(text, size=self.size, width=wide)
                for text, wide in zip(texts, widths, strict=False)
            ),
            default=height_of("x", size=self.size, width=1.0),
        )


def add_table(slide: Slide, part: Part, *, box: Box, language: str) -> None:
    """Put a part of a table on a slide."""
    x, y, wide, _ = box.emu()
    tall = Box(0, 0, 0, sum(part.heights)).emu()[3]
    shapes: Any = slide.shapes
    shape = shapes.add_table(len(part.rows) + 1, len(part.heads), x, y, wide, tall)
    says = Words(_spoken(part, "ja"), _spoken(part, "en"))
    describe(shape, title=part.table.title, says=says, language=language)
    native: Any = shape.table
    native.horz_banding = False
    for at, width in enumerate(part.widths):
        native.columns[at].width = Box(0, 0, width, 0).emu()[2]
    for at, height in enumerate(part.heights):
        native.rows[at].height = Box(0, 0, 0, height).emu()[3]
    for at, head in enumerate(part.heads):
        runs = [Run(head, part.size - 1, BRAND, is_bold=True)]
        _fill(native.cell(0, at), runs, ground=SOFT, is_number=at in part.numeric)
    for line, row in enumerate(part.rows, start=1):
        _write_row(native, line, row=row, part=part, language=language)
    dress(shape.element, language)


def cell_text(cell: Cell, language: str) -> str:
    """Return what a cell says in one line, its small print in brackets."""
    text = cell.text.said_in(language)
    small = cell.small.said_in(language) if cell.small else ""
    if small and small.endswith(")"):
        return f"{text} {small}"
    return f"{text} ({small})" if small else text


def _write_row(native: Any, line: int, *, row: Sequence[Cell], part: Part, language: str) -> None:
    columns = len(part.heads)
    for at in range(columns):
        target = native.cell(line, at)
        if at >= len(row):
            _fill(target, [], ground="FFFFFF")
            continue
        cell = row[at]
        span = columns - at if at == len(row) - 1 else 1
        if span > 1:
            target.merge(native.cell(line, columns - 1))
        text = _bounded(
            cell_text(cell, language), size=part.size, width=sum(part.widths[at : at + span])
        )
        run = Run(text, part.size, TONE_COLOURS.get(cell.tone, INK), is_bold=at == 0)
        _fill(target, [run], ground="FFFFFF", is_number=at in part.numeric and span == 1)


def _fill(target: Any, runs: Sequence[Run], *, ground: str, is_number: bool = False) -> None:
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Inches

    target.fill.solid()
    target.fill.fore_color.rgb = rgb(ground)
    target.margin_left = target.margin_right = Inches(0.09)
    target.margin_top = target.margin_bottom = Inches(PAD / 2)
    target.vertical_anchor = MSO_ANCHOR.MIDDLE
    paragraph = target.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if is_number else PP_ALIGN.LEFT
    write(paragraph, runs)
    _underline(target)


def _underline(target: Any) -> None:
    """Draw the line below a cell, and none at its other sides."""
    from lxml import etree
    from pptx.oxml.ns import qn

    properties = target._tc.get_or_add_tcPr()
    for at, side in enumerate(("lnL", "lnR", "lnT", "lnB")):
        line = etree.Element(qn(f"a:{side}"), w="9525")
        if side == "lnB":
            solid = etree.SubElement(line, qn("a:solidFill"))
            etree.SubElement(solid, qn("a:srgbClr"), val=LINE)
        else:
            etree.SubElement(line, qn("a:noFill"))
        properties.insert(at, line)


def _groups(columns: Sequence[int]) -> list[tuple[int, ...]]:
    """Return the columns in groups a slide can hold, the first one in each."""
    if len(columns) <= MOST_COLUMNS:
        return [tuple(columns)] if columns else []
    first, rest = columns[0], columns[1:]
    each = MOST_COLUMNS - 1
    return [(first, *rest[at : at + each]) for at in range(0, len(rest), each)]


def _bounded(text: str, *, size: float, width: float) -> str:
    if lines_of(text, size=size, width=width) <= MOST_LINES:
        return text
    return "".join(wrapped(text, size=size, width=width)[:MOST_LINES])[:-2].rstrip() + "…"


def _spoken(part: Part, language: str) -> str:
    """Return the alternative text: what the table is, and how many rows of it stand here."""
    title = part.table.title.said_in(language)
    count = len(part.rows)
    return f"{title}(表、{count}行)" if language == "ja" else f"{title} (table, {count} rows)"
