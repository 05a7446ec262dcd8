"""A document as slides: native charts and tables, a sentence as title, evidence in the notes."""

from __future__ import annotations

import copy
import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from jibungoto.explain.document import Chart, Document, Section, Table
from jibungoto.explain.formats.cleaning import cleaned
from jibungoto.explain.formats.html import AS_OF, EMPTY, MADE_BY, NOTES, language_of
from jibungoto.explain.formats.picture import shortened
from jibungoto.explain.formats.pptx_chart import add_chart
from jibungoto.explain.formats.pptx_claims import Line, Sheet, claim_line, sheets_of, text_line
from jibungoto.explain.formats.pptx_notes import chart_notes, claim_notes, note_lines, table_notes
from jibungoto.explain.formats.pptx_table import add_table, parts_of
from jibungoto.explain.formats.pptx_template import (
    BODY_BOX,
    BRAND,
    CONTENT,
    COVER,
    COVER_BODY_BOX,
    FOOTER_BOX,
    KICKER,
    ONE_LINE,
    QUIET,
    TITLE_BOX,
    TITLE_ONLY,
    Box,
    blank,
)
from jibungoto.explain.formats.pptx_text import Run, dress, lines_of, within, without_bullet, write
from jibungoto.explain.printing import day
from jibungoto.ledger.words import Words

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import Slide

TITLE = 24.0
MONTH_BY_MONTH = Words(
    "{heading}: 月ごとの動きです。",
    "{heading}, month by month.",
)
CONTINUED = Words("(続き)", "(continued)")
GRID = (4, 2)
"""Small charts across and down."""


def render(document: Document, language: str) -> bytes:
    """Return the presentation as a file."""
    deck = _Deck(cleaned(document), language_of(language))
    return deck.made()


class _Deck:
    """The slides of one document in one language, made from first to last."""

    def __init__(self, document: Document, language: str) -> None:
        self.document = document
        self.language = language
        self.deck: Presentation = blank()

    def say(self, words: Words) -> str:
        """Return the words of this language."""
        return words.said_in(self.language)

    def made(self) -> bytes:
        """Return the file."""
        self.cover()
        remarks = [each for each in self.document.body() if _is_remark(each)]
        for section in self.document.body():
            if not _is_remark(section):
                self.section(section)
            elif section is remarks[0]:
                self.remarks(remarks)
        if not self.document.body():
            self.lines(self.document.title, [text_line(self.say(EMPTY))], notes=[])
        self.small_print()
        self.properties()
        out = io.BytesIO()
        self.deck.save(out)
        return out.getvalue()

    def properties(self) -> None:
        """Say in the file what it is."""
        told = self.deck.core_properties
        told.title = f"{self.document.community} - {self.say(self.document.title)}"[:255]
        told.author = told.last_modified_by = "jibungoto"
        told.language = self.language
        told.created = told.modified = datetime.combine(self.document.as_of, datetime.min.time())

    def cover(self) -> None:
        """Make the first slide: whose document it is, what it is, for which days."""
        slide = self.deck.slides.add_slide(self.deck.slide_layouts[COVER])
        community, title = self.document.community, self.say(self.document.title)
        kicker, body = slide.placeholders[KICKER], slide.placeholders[1]
        self.put(kicker, [Run(within(community, size=16, width=11.1), 16, BRAND, is_bold=True)])
        size = next((s for s in (40, 34, 28) if lines_of(title, size=s, width=11.1) <= 2), 22)
        shown = within(title, size=size, width=11.1, lines=2)
        self.put(slide.shapes.title, [Run(shown, size, is_bold=True)])
        until = AS_OF.said_in(self.language).format(day=self.say(day(self.document.as_of)))
        subtitle = within(self.say(self.document.subtitle), size=18, width=11.1, lines=2)
        lower = 0.75 * (lines_of(title, size=size, width=11.1) - 1)
        place = replace(COVER_BODY_BOX, top=COVER_BODY_BOX.top + lower)
        body.left, body.top, body.width, body.height = place.emu()
        self.put(body, [Run(subtitle or until, 18, QUIET)])
        if subtitle:
            write(body.text_frame.add_paragraph(), [Run(until, 18, QUIET)])
        self.close(slide, [title, community, until, self.say(MADE_BY)])

    def put(self, shape: Any, runs: Sequence[Run]) -> None:
        """Write into the first paragraph of a shape."""
        write(shape.text_frame.paragraphs[0], runs)

    def remarks(self, sections: Sequence[Section]) -> None:
        """Put all sections that only remark something together, where the first of them stands."""
        heads = [self.say(each.heading) for each in sections]
        lines: list[Line] = []
        for section, head in zip(sections, heads, strict=True):
            if len(sections) > 1:
                lines.append(Line(head, is_head=True))
            lines += [text_line(self.say(each)) for each in section.text]
        together = " / ".join(heads)
        self.lines(Words(together, together), lines, notes=[])

    def section(self, section: Section) -> None:
        """Make the slides of a section: sentences, then charts, then tables."""
        if _is_one_claim(section):
            self.one_claim(section)
            return
        claims = [claim_line(each, self.language) for each in section.claims]
        texts = [text_line(self.say(each)) for each in section.text]
        if claims or texts:
            told = [
                note
                for each in section.claims
                for note in claim_notes(each, self.document.backing, language=self.language)
            ]
            self.lines(section.heading, [*claims, *texts], notes=told)
        for chart in section.charts:
            self.chart(section, chart)
        for table in section.tables:
            self.table(section, table)
        self.small_charts(section)

    def one_claim(self, section: Section) -> None:
        """Let the only claim of a section be the title of its first table."""
        claim, table = section.claims[0], section.tables[0]
        line = claim_line(claim, self.language)
        told = claim_notes(claim, self.document.backing, language=self.language)
        grade = f"{line.tone} [{line.grade}]" if line.grade else line.tone
        self.table(section, table, title=line.text, grade=grade, told=told)
        for other in section.tables[1:]:
            self.table(section, other)
        self.small_charts(section)

    def page(self, heading: Words, title: str, *, layout: int, suffix: str = "") -> Slide:
        """Add a slide with its kicker and its title, which never takes more than two lines."""
        slide: Slide = self.deck.slides.add_slide(self.deck.slide_layouts[layout])
        above = self.say(heading) or self.say(self.document.title)
        if above == title:
            above = self.say(self.document.title)
        above = within(f"{shortened(above, 40)}  {suffix}".rstrip(), size=12, width=TITLE_BOX.width)
        self.put(slide.placeholders[KICKER], [Run(above, 12, BRAND, is_bold=True)])
        size = TITLE if lines_of(title, size=TITLE, width=TITLE_BOX.width) <= 2 else 20.0
        shown = within(title, size=size, width=TITLE_BOX.width, lines=2)
        self.put(slide.shapes.title, [Run(shown, size, is_bold=True)])
        return slide

    def room(self, slide: Slide) -> Box:
        """Return the room below a title, which is larger below a short one."""
        title: Any = slide.shapes.title
        runs = title.text_frame.paragraphs[0].runs
        size = runs[0].font.size.pt if runs else TITLE
        spare = (
            ONE_LINE
            if lines_of(title.text_frame.text, size=size, width=TITLE_BOX.width) <= 1
            else 0
        )
        return replace(BODY_BOX, top=BODY_BOX.top - spare, height=BODY_BOX.height + spare)

    def lines(self, heading: Words, lines: Sequence[Line], *, notes: Sequence[str]) -> None:
        """Make slides of sentences; the first one is the title where it is short enough."""
        for sheet in sheets_of(lines, heading=self.say(heading)):
            more = self.say(CONTINUED) if sheet.number else sheet.title_grade
            slide = self.page(heading, sheet.title, layout=CONTENT, suffix=more)
            self.bullets(slide, sheet)
            self.close(slide, notes or [line.text for line in sheet.lines])

    def bullets(self, slide: Slide, sheet: Sheet) -> None:
        """Write the sentences of a sheet below its title."""
        body: Any = slide.placeholders[1]
        body.left, body.top, body.width, body.height = self.room(slide).emu()
        frame = body.text_frame
        for at, line in enumerate(sheet.lines):
            paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
            write(paragraph, line.runs(sheet.size))
            if line.is_head or line.is_plain:
                without_bullet(paragraph)

    def chart(self, section: Section, chart: Chart) -> None:
        """Make the slide of one chart: its sentence above it, its numbers in the notes."""
        says = self.say(chart.says) or self.say(chart.title)
        if chart.is_empty:
            self.lines(section.heading, [text_line(says)], notes=[says])
            return
        title = shortened(self.say(chart.title), 40)
        slide = self.page(section.heading, says, layout=TITLE_ONLY, suffix=title)
        add_chart(slide, chart, box=self.room(slide), language=self.language, is_small=False)
        self.close(slide, chart_notes(chart, self.language))

    def table(
        self,
        section: Section,
        table: Table,
        *,
        title: str = "",
        grade: str = "",
        told: Sequence[str] = (),
    ) -> None:
        """Make the slides of one table, under a claim with its grade and evidence if given."""
        parts = parts_of(table, language=self.language, room=BODY_BOX)
        title = title or self.say(table.says or table.title) or self.say(section.heading)
        for number, part in enumerate(parts):
            suffix = self.say(CONTINUED) if number else grade
            slide = self.page(section.heading, title, layout=TITLE_ONLY, suffix=suffix)
            add_table(slide, part, box=self.room(slide), language=self.language)
            self.close(slide, [*told, *table_notes(part, self.language)])

    def small_charts(self, section: Section) -> None:
        """Make slides of the small lines in a section's tables, each a chart of its own."""
        drawn = [chart for chart in section.drawn() if _moves(chart)]
        across, down = GRID
        for start in range(0, len(drawn), across * down):
            together = drawn[start : start + across * down]
            title = MONTH_BY_MONTH.said_in(self.language).format(heading=self.say(section.heading))
            slide = self.page(section.heading, title, layout=TITLE_ONLY)
            for chart, box in zip(together, _grid(len(together)), strict=True):
                add_chart(slide, chart, box=box, language=self.language, is_small=True)
            told = [line for chart in together for line in chart_notes(chart, self.language)]
            self.close(slide, told)

    def small_print(self) -> None:
        """Make the last slides: the notes of the document."""
        lines = note_lines(self.document, self.language)
        for sheet in sheets_of(lines, heading=self.say(NOTES), sizes=(12.0, 10.5), titled=False):
            more = self.say(CONTINUED) if sheet.number else ""
            slide = self.page(self.document.title, sheet.title, layout=CONTENT, suffix=more)
            self.bullets(slide, sheet)
            self.close(slide, [line.text for line in sheet.lines])

    def close(self, slide: Slide, notes: Sequence[str]) -> None:
        """Give a slide its footer, its number and its notes, and every run its face."""
        title = self.say(self.document.title)
        footer = within(f"{self.document.community}  {title}", size=9, width=FOOTER_BOX.width)
        layout: Any = slide.slide_layout
        for holder in layout.placeholders:
            kind = holder.element.xpath(".//p:nvPr/p:ph")[0].get("type")
            if kind in ("ftr", "sldNum") and layout.name != "Title Slide":
                made = copy.deepcopy(holder.element)
                slide.shapes.element.append(made)
                if kind == "ftr":
                    self.put(slide.placeholders[11], [Run(footer, 9, QUIET)])
        frame = slide.notes_slide.notes_text_frame
        if frame is not None:
            frame.text = "\n".join(notes)
            dress(slide.notes_slide.element, self.language)
        dress(slide.element, self.language)


def _is_remark(section: Section) -> bool:
    """Say whether a section has nothing but a few words of text."""
    return bool(section.text) and not (section.claims or section.charts or section.tables)


def _is_one_claim(section: Section) -> bool:
    """Say whether a section is one claim over tables, so that the claim can be their title."""
    is_bare = not (section.text or section.charts)
    return is_bare and len(section.claims) == 1 and bool(section.tables)


def _moves(chart: Chart) -> bool:
    """Say whether a small line has anything to show: two values, and not only zeros."""
    known = [value for each in chart.series for value in each.values if value is not None]
    return len(known) > 1 and any(known)


def _grid(count: int) -> Iterator[Box]:
    """Return places for some small charts, filling the room from the top left."""
    across = min(count, GRID[0]) if count != 3 else 3
    down = 1 if count <= GRID[0] else GRID[1]
    wide, tall = BODY_BOX.width / across, BODY_BOX.height / down
    for at in range(count):
        left = BODY_BOX.left + wide * (at % across)
        top = BODY_BOX.top + tall * (at // across)
        yield Box(left, top, wide - 0.1, tall - 0.1)
