"""The plan on one page: Objective, Who, What, How side by side, as A4 landscape and as a slide."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jibungoto.explain.formats.cleaning import clean
from jibungoto.explain.formats.html import MADE_BY, language_of
from jibungoto.explain.formats.picture import shortened
from jibungoto.explain.formats.pptx_template import (
    BRAND,
    EDGE,
    FULL,
    INCH,
    INK,
    KICKER,
    LINE,
    ONE_LINE,
    QUIET,
    TITLE_ONLY,
    Box,
    blank,
)
from jibungoto.explain.formats.pptx_text import (
    LEADING,
    PADDING,
    Run,
    dress,
    height_of,
    rgb,
    within,
    write,
)
from jibungoto.explain.plans.columns import Block, Column, PlanShown, columns_of
from jibungoto.explain.plans.fitting import MORE, fitted
from jibungoto.explain.printing import day
from jibungoto.ledger.words import Words

if TYPE_CHECKING:
    from pptx.slide import Slide

VERSION = Words("第{n}版 {state}", "Version {n}, {state}")
PERIOD = Words("{first}〜{last}", "{first} to {last}")
PLAN = Words("計画", "Plan")
ASSUMED = Words("前提", "Assumptions")
TEST = Words("{text}(確かめ方: {test}、{due}まで)", "{text} (test: {test}, by {due})")
REVIEW = Words("次の見直し: {day}", "Next review: {day}")
EXAMPLE = Words(
    "公開情報から再構成した例です。", "An example, reconstructed from what is published."
)
PDF_SIZES = (12.5, 11.5, 10.5, 9.5)
"""Sizes of type in points; what is set smaller beside it is never below eight."""
SLIDE_SIZES = (16.0, 15.0, 14.0, 13.0, 12.0, 11.0, 10.0, 9.5)
MEASURES = (1.0, 0.9, 0.6)
"""How much of the sheet is filled by measure; the next where the first, laid out, takes more than
one sheet. So many layouts are tried at most: each takes a good part of a second."""
FOOT_LINES = 4
TOP, FOOT = 1.68, 6.2
GAP = 0.18
SHEET_WIDE, SHEET_TALL, SHEET_GAP, SHEET_PADDING, SHEET_LEADING = 10.9, 6.0, 0.14, 0.24, 1.42
"""The printed sheet's columns in inches: as wide as the paper less its margins, as high as is left
below the title and the heads of the columns."""
FOOT_EMS, FOOT_LINE, TITLE_EMS = 80, 0.19, 32
HEAD_TALL = 0.5


def plan_html(
    shown: PlanShown, language: str, *, size: float | None = None, fill: float = 1.0
) -> str:
    """Return the plan as a page that prints on one A4 sheet in landscape."""
    return _Sheet(shown, language_of(language)).html(size, fill)


def plan_pdf(shown: PlanShown, language: str) -> bytes:
    """Return the plan as PDF on one sheet, in the largest type in which all of it fits.

    What does not fit in the least type is shortened, then left out, and the page says how much.
    """
    from jibungoto.explain.formats.pdf import printed_on_one, printed_page

    sheet = _Sheet(shown, language_of(language))
    for fill in MEASURES:
        made = printed_on_one(sheet.html(None, fill))
        if made is not None:
            return made
    return printed_page(sheet.html(None, MEASURES[-1]))


def plan_pptx(shown: PlanShown, language: str) -> bytes:
    """Return the plan as one slide; what does not fit stands in its notes."""
    return _Sheet(shown, language_of(language)).slide()


@cache
def _style() -> str:
    return files(__package__).joinpath("page.css").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Type:
    """How a text is set: the size of its letters in points, and the width of its lines."""

    size: float
    width: float


@dataclass(frozen=True, slots=True)
class _Measured:
    """How one column is measured: how high blocks are in it, how wide it is, how high at most."""

    tall: Callable[[Sequence[Block], Type], float]
    width: float
    room: float

    def holds(self, blocks: Sequence[Block], size: float) -> bool:
        """Say whether blocks fit."""
        return self.tall(blocks, Type(size, self.width)) <= self.room


class _Sheet:
    """One plan in one language."""

    def __init__(self, shown: PlanShown, language: str) -> None:
        self.shown = shown
        self.language = language
        self.columns = columns_of(shown, language)

    def on_sheet(self, size: float | None, fill: float) -> tuple[float, list[Column]]:
        """Return the size of type for a printed sheet, and the columns as they fit it."""
        whole = SHEET_WIDE - SHEET_GAP * (len(self.columns) - 1)
        shares = sum(each.share for each in self.columns)
        widths = [whole * each.share / shares - SHEET_PADDING for each in self.columns]
        room = (SHEET_TALL - FOOT_LINE * len(self.foot_kept())) * fill
        sizes = PDF_SIZES if size is None else (size,)
        return self.fitted(sizes, [_Measured(_printed_tall, width, room) for width in widths])

    def fitted(
        self, sizes: Sequence[float], measured: Sequence[_Measured]
    ) -> tuple[float, list[Column]]:
        """Return the largest size in which all is told, or the least with what fits of it."""
        told = list(zip(self.columns, measured, strict=True))
        whole = (one for one in sizes if all(to.holds(each.blocks, one) for each, to in told))
        size = next(whole, sizes[-1])
        holds = [(each, partial(to.holds, size=size)) for each, to in told]
        return size, [fitted(each, to, language=self.language) for each, to in holds]

    def say(self, words: Words, **values: object) -> str:
        """Return words in this language, filled and without control characters."""
        said = words.said_in(self.language)
        return clean(said.format(**values) if values else said)

    @property
    def title(self) -> str:
        """The plan's own title."""
        return clean(self.shown.plan.title.said_in(self.language)) or self.say(PLAN)

    def told(self) -> str:
        """Return version, state and period in one line."""
        shown, period = self.shown, self.shown.plan.period
        parts = [self.say(VERSION, n=shown.number, state=self.say(shown.state.words))]
        if period.first and period.last:
            first, last = self.say(day(period.first)), self.say(day(period.last))
            parts.append(self.say(PERIOD, first=first, last=last))
        return " / ".join(parts)

    def foot(self) -> list[str]:
        """Return assumptions, the next review, and what is only an example."""
        plan = self.shown.plan
        lines = []
        for each in plan.assumptions:
            text, test = each.text.said_in(self.language), each.test.said_in(self.language)
            due = self.say(day(each.due)) if each.due else "-"
            said = self.say(TEST, text=text, test=test, due=due) if test else clean(text)
            lines.append(f"{self.say(ASSUMED)}: {said}")
        if plan.review.next:
            lines.append(self.say(REVIEW, day=self.say(day(plan.review.next))))
        if plan.reconstructed:
            lines.append(self.say(EXAMPLE))
        return lines

    def foot_kept(self) -> list[str]:
        """Return as much of the foot as a page has room for, and how much is left out."""
        lines = self.foot()
        if len(lines) <= FOOT_LINES:
            return lines
        kept = lines[: FOOT_LINES - 1]
        return [*kept, self.say(MORE, n=len(lines) - len(kept), of="")]

    def html(self, wanted: float | None, fill: float) -> str:
        """Return the page; the size of its type stands in a class, not in a style of its own."""
        size, told = self.on_sheet(wanted, fill)
        columns = "".join(self.column_html(each, n) for n, each in enumerate(told))
        lines = [shortened(line, FOOT_EMS) for line in self.foot_kept()]
        foot = "".join(f"<li>{escape(line)}</li>" for line in lines)
        step = PDF_SIZES.index(size)
        community = escape(shortened(clean(self.shown.community), FOOT_EMS))
        title = escape(shortened(self.title, TITLE_EMS))
        return (
            f'<!doctype html>\n<html lang="{self.language}">\n<head>\n<meta charset="utf-8">\n'
            f"<title>{community} - {escape(self.title)}</title>\n<style>{_style()}</style>\n"
            f'</head>\n<body class="step-{step}">\n<header><p class="kind">{community}</p>'
            f'<div class="top"><h1>{title}</h1><p>{escape(self.told())}</p></div>'
            f'</header>\n<main class="columns">{columns}</main>\n<footer><ul>{foot}</ul>'
            f"<p>{escape(self.say(MADE_BY))}</p></footer>\n</body>\n</html>\n"
        )

    def column_html(self, column: Column, at: int) -> str:
        """Return one column under its letter."""
        blocks = "".join(_block_html(block) for block in column.blocks)
        name, asks = escape(self.say(column.name)), escape(self.say(column.asks))
        return (
            f'<section class="column c{at}"><h2><span class="letter">{column.letter}</span>'
            f'{name} <span class="asks">{asks}</span></h2>{blocks}</section>'
        )

    def slide(self) -> bytes:
        """Return a presentation of this one slide."""
        deck = blank()
        slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
        holder: Any = slide.placeholders[KICKER]
        kicker = within(f"{clean(self.shown.community)}  {self.told()}", size=12, width=FULL)
        write(holder.text_frame.paragraphs[0], [Run(kicker, 12, BRAND, is_bold=True)])
        title: Any = slide.shapes.title
        write(
            title.text_frame.paragraphs[0],
            [Run(within(self.title, size=24, width=FULL), 24, is_bold=True)],
        )
        self.slide_columns(slide)
        self.slide_foot(slide)
        frame = slide.notes_slide.notes_text_frame
        if frame is not None:
            frame.text = "\n".join(self.notes())
            dress(slide.notes_slide.element, self.language)
        dress(slide.element, self.language)
        about = deck.core_properties
        about.title, about.author = (
            f"{clean(self.shown.community)} - {self.title}"[:255],
            "jibungoto",
        )
        about.language = self.language
        about.created = about.modified = datetime.combine(self.shown.as_of, datetime.min.time())
        out = io.BytesIO()
        deck.save(out)
        return out.getvalue()

    def slide_columns(self, slide: Slide) -> None:
        """Put the four columns on the slide, in the largest type in which all of them fit."""
        places = list(self.places())
        room = FOOT - TOP + ONE_LINE - HEAD_TALL - 0.1
        measured = [_Measured(_tall, box.width, room) for box in places]
        size, told = self.fitted(SLIDE_SIZES, measured)
        for column, box in zip(told, places, strict=True):
            head = Box(box.left, box.top, box.width, HEAD_TALL)
            runs = [
                Run(f"{column.letter}  ", 16, "FFFFFF", is_bold=True),
                Run(self.say(column.name), 14, "FFFFFF", is_bold=True),
            ]
            frame = _text_box(slide, head, name=self.say(column.name), ground=BRAND)
            write(frame.paragraphs[0], runs)
            below = Box(box.left, box.top + HEAD_TALL, box.width, box.height - HEAD_TALL)
            frame = _text_box(slide, below, name=self.say(column.asks), edge=LINE)
            _write_blocks(frame, column.blocks, size=size)

    def places(self) -> list[Box]:
        """Return where the columns stand."""
        wide = FULL - GAP * (len(self.columns) - 1)
        shares = sum(each.share for each in self.columns)
        places, left = [], EDGE
        top = TOP - ONE_LINE
        for each in self.columns:
            width = wide * each.share / shares
            places.append(Box(left, top, width, FOOT - top))
            left += width + GAP
        return places

    def slide_foot(self, slide: Slide) -> None:
        """Put assumptions and review below the columns."""
        lines = [*self.foot(), self.say(MADE_BY)]
        box = Box(EDGE, FOOT + 0.08, FULL, 7.5 - FOOT - 0.2)
        frame = _text_box(slide, box, name=self.say(ASSUMED))
        left = box.height
        for at, line in enumerate(lines):
            left -= height_of(line, size=9, width=box.width)
            if left < 0:
                break
            paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
            write(paragraph, [Run(line, 9, QUIET)])

    def notes(self) -> list[str]:
        """Return everything in words, for the speaker."""
        lines = [f"{self.title} ({self.told()})"]
        for column in self.columns:
            lines.append(f"[{column.letter}] {self.say(column.name)}")
            for block in column.blocks:
                label = f"{clean(block.label)}: " if block.label else ""
                lines.append(f"- {label}{clean(block.head)}")
                lines += [f"    {clean(line)}" for line in block.lines]
        return [*lines, *self.foot()]


def _block_html(block: Block) -> str:
    label = f'<p class="label">{escape(clean(block.label))}</p>' if block.label else ""
    lines = "".join(f"<li>{escape(clean(line))}</li>" for line in block.lines)
    listed = f"<ul>{lines}</ul>" if lines else ""
    return (
        f'<div class="block">{label}<p class="head">{escape(clean(block.head))}</p>{listed}</div>'
    )


def _runs(block: Block, size: float) -> list[tuple[Run, ...]]:
    """Return the paragraphs of a block."""
    small = size - 1.5
    label = (Run(f"{clean(block.label)}  ", small, BRAND, is_bold=True),) if block.label else ()
    head = Run(clean(block.head), size, INK, is_bold=True)
    return [(*label, head), *((Run(clean(line), small, QUIET),) for line in block.lines)]


def _block_tall(block: Block, of: Type) -> float:
    texts = [("".join(run.text for run in runs), runs[-1].size) for runs in _runs(block, of.size)]
    return (
        sum(height_of(text, size=each, width=of.width) for text, each in texts) + of.size * 0.6 / 72
    )


def _tall(blocks: Sequence[Block], of: Type) -> float:
    return sum(_block_tall(block, of) for block in blocks) + 0.15


def _printed_tall(blocks: Sequence[Block], of: Type) -> float:
    """Return how many inches high blocks are on the printed sheet, by its style."""
    tall = 0.0
    for block in blocks:
        told = [(block.label, 0.85)] * bool(block.label) + [(block.head, 1.0)]
        told += [(line, 0.9) for line in block.lines]
        tall += 0.7 * of.size / 72
        for text, share in told:
            high = height_of(clean(text), size=of.size * share, width=of.width + PADDING)
            tall += high * SHEET_LEADING / LEADING
    return tall


def _write_blocks(frame: Any, blocks: Sequence[Block], *, size: float) -> None:
    from pptx.util import Pt

    first = True
    for block in blocks:
        for at, runs in enumerate(_runs(block, size)):
            paragraph = frame.paragraphs[0] if first else frame.add_paragraph()
            if at == 0 and not first:
                paragraph.space_before = Pt(size * 0.6)
            first = False
            write(paragraph, runs)


def _text_box(slide: Slide, box: Box, *, name: str, ground: str = "", edge: str = "") -> Any:
    """Add a box of text and return its frame."""
    from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE

    shapes: Any = slide.shapes
    shape = shapes.add_textbox(*box.emu())
    shape.name = name
    frame = shape.text_frame
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame.margin_left = frame.margin_right = round(PADDING / 2 * INCH)
    if ground:
        shape.fill.solid()
        shape.fill.fore_color.rgb = rgb(ground)
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    if edge:
        shape.line.color.rgb = rgb(edge)
    return frame
