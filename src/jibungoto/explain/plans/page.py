"""The plan on one page: Objective, Who, What, How side by side, as A4 landscape and as a slide."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from functools import cache
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
from jibungoto.explain.formats.pptx_text import PADDING, Run, dress, height_of, rgb, within, write
from jibungoto.explain.plans.columns import Block, Column, PlanShown, columns_of
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
PDF_SIZES = (12.5, 11.5, 10.5, 9.5, 8.5, 7.5, 6.5)
SLIDE_SIZES = (16.0, 15.0, 14.0, 13.0, 12.0, 11.0, 10.0, 9.0, 8.0)
TOP, FOOT = 1.68, 6.2
GAP = 0.18
HEAD_TALL = 0.5


def plan_html(shown: PlanShown, language: str, *, size: float = PDF_SIZES[0]) -> str:
    """Return the plan as a page that prints on one A4 sheet in landscape."""
    return _Sheet(shown, language_of(language)).html(size)


def plan_pdf(shown: PlanShown, language: str) -> bytes:
    """Return the plan as PDF, in the largest type in which it fits one sheet."""
    from jibungoto.explain.formats.pdf import page_count, printed_page

    sheet = _Sheet(shown, language_of(language))
    size = next((one for one in PDF_SIZES if page_count(sheet.html(one)) == 1), PDF_SIZES[-1])
    return printed_page(sheet.html(size))


def plan_pptx(shown: PlanShown, language: str) -> bytes:
    """Return the plan as one slide; what does not fit stands in its notes."""
    return _Sheet(shown, language_of(language)).slide()


@cache
def _style() -> str:
    return files(__package__).joinpath("page.css").read_text(encoding="utf-8")


class _Sheet:
    """One plan in one language."""

    def __init__(self, shown: PlanShown, language: str) -> None:
        self.shown = shown
        self.language = language
        self.columns = columns_of(shown, language)

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

    def html(self, size: float) -> str:
        """Return the page; the size of its type stands in a class, not in a style of its own."""
        columns = "".join(self.column_html(each, n) for n, each in enumerate(self.columns))
        foot = "".join(f"<li>{escape(line)}</li>" for line in self.foot())
        step = PDF_SIZES.index(size)
        community = escape(clean(self.shown.community))
        return (
            f'<!doctype html>\n<html lang="{self.language}">\n<head>\n<meta charset="utf-8">\n'
            f"<title>{community} - {escape(self.title)}</title>\n<style>{_style()}</style>\n"
            f'</head>\n<body class="step-{step}">\n<header><p class="kind">{community}</p>'
            f'<div class="top"><h1>{escape(self.title)}</h1><p>{escape(self.told())}</p></div>'
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
        size = next(
            (
                one
                for one in SLIDE_SIZES
                if all(
                    _tall(each.blocks, size=one, width=box.width) <= room
                    for each, box in zip(self.columns, places, strict=True)
                )
            ),
            SLIDE_SIZES[-1],
        )
        for column, box in zip(self.columns, places, strict=True):
            head = Box(box.left, box.top, box.width, HEAD_TALL)
            runs = [
                Run(f"{column.letter}  ", 16, "FFFFFF", is_bold=True),
                Run(self.say(column.name), 14, "FFFFFF", is_bold=True),
            ]
            frame = _text_box(slide, head, name=self.say(column.name), ground=BRAND)
            write(frame.paragraphs[0], runs)
            below = Box(box.left, box.top + HEAD_TALL, box.width, box.height - HEAD_TALL)
            frame = _text_box(slide, below, name=self.say(column.asks), edge=LINE)
            _write_blocks(frame, _fitting(column.blocks, size, box=below), size=size)

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


def _block_tall(block: Block, *, size: float, width: float) -> float:
    texts = [("".join(run.text for run in runs), runs[-1].size) for runs in _runs(block, size)]
    return sum(height_of(text, size=each, width=width) for text, each in texts) + size * 0.6 / 72


def _tall(blocks: Sequence[Block], *, size: float, width: float) -> float:
    return sum(_block_tall(block, size=size, width=width) for block in blocks) + 0.15


def _fitting(blocks: Sequence[Block], size: float, *, box: Box) -> list[Block]:
    """Return the blocks that fit, and how many were left to the notes."""
    kept: list[Block] = []
    for at, block in enumerate(blocks):
        rest = Block(f"… +{len(blocks) - at}")
        if _tall([*kept, block], size=size, width=box.width) > box.height - 0.1:
            most = (box.width - PADDING) * 72 / size
            return [*kept, rest] if kept else [Block(shortened(block.head, most * 6)), rest]
        kept.append(block)
    return kept


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
