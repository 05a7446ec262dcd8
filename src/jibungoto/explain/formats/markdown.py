"""A document as Markdown: headings, sentences with their grades, tables; no name can be markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jibungoto.explain.claims import Claim
from jibungoto.explain.document import Cell, Chart, Document, Section, Table
from jibungoto.explain.formats.cleaning import cleaned
from jibungoto.explain.formats.html import AS_OF, EMPTY, MADE_BY, NOTES, TONES, language_of
from jibungoto.explain.formats.patterns import numbers_of
from jibungoto.explain.formats.textual import textual_columns
from jibungoto.explain.printing import day
from jibungoto.explain.wordings import is_ask
from jibungoto.ledger.words import Words

PLACE = Words("時点・項目", "Place")
_MARKUP = re.compile(r"([\\`*_\[\]~|$#!{}])")
_AT_START = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))")
_ADDRESS = re.compile(r"(?<=:)/(?=/)|(?<=www)\.", re.IGNORECASE)


def escaped(text: str, *, is_cell: bool = False) -> str:
    """Return a text that Markdown, with HTML and bare addresses on, shows as it is.

    What would begin a list or a heading is left alone in a cell, which begins no line.
    """
    found = " ".join(text.split())
    found = _MARKUP.sub(r"\\\1", found)
    found = found if is_cell else _AT_START.sub(_behind_sign, found)
    found = _ADDRESS.sub(r"\\\g<0>", found)
    return found.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _behind_sign(found: re.Match[str]) -> str:
    sign = found[2]
    return f"{sign}\\" if sign[0].isdigit() else f"\\{sign}"


def render(document: Document, language: str) -> bytes:
    """Return the text as UTF-8."""
    text = _Text(cleaned(document), language_of(language))
    return ("\n\n".join(text.blocks()) + "\n").encode("utf-8")


class _Text:
    """The blocks of one document in one language."""

    def __init__(self, document: Document, language: str) -> None:
        self.document = document
        self.language = language

    def say(self, words: Words) -> str:
        """Return the words of this language, escaped."""
        return escaped(words.said_in(self.language))

    def blocks(self) -> Iterator[str]:
        """Return every block from top to bottom."""
        document = self.document
        yield f"# {escaped(document.community)}: {self.say(document.title)}"
        until = AS_OF.said_in(self.language).format(day=day(document.as_of).said_in(self.language))
        yield "  \n".join(filter(None, (self.say(document.subtitle), escaped(until))))
        for section in document.body():
            yield from self.section(section)
        if not document.body():
            yield self.say(EMPTY)
        if document.notes or document.small_print():
            yield f"## {self.say(NOTES)}"
            if document.notes:
                yield self.listed(document.notes)
            for section in document.small_print():
                yield from self.section(section, level=3)
        yield f"*{self.say(MADE_BY)}*"

    def section(self, section: Section, *, level: int = 2) -> Iterator[str]:
        """Return a section under its heading."""
        yield f"{'#' * level} {self.say(section.heading)}"
        if section.claims:
            yield "\n".join(f"- {self.claim(claim)}" for claim in section.claims)
        if section.is_note and section.text:
            yield self.listed(section.text)
        else:
            yield from (self.say(text) for text in section.text)
        for chart in section.charts:
            yield from self.chart(chart)
        for table in section.tables:
            yield from self.table(table, section.heading)
        for chart in section.drawn():
            yield from self.chart(chart)

    def listed(self, texts: Sequence[Words]) -> str:
        """Return texts as a list."""
        return "\n".join(f"- {self.say(text)}" for text in texts)

    def claim(self, claim: Claim) -> str:
        """Return a sentence with its tone and its grade, which an ask has none of."""
        tone = TONES.get(claim.tone)
        told = f" **{self.say(tone)}**" if tone else ""
        if is_ask(claim):
            return f"{self.say(claim.text)}{told}"
        return f"{self.say(claim.text)}{told} ({claim.grade.value}: {self.say(claim.grade.words)})"

    def chart(self, chart: Chart) -> Iterator[str]:
        """Return a chart as its sentence and its numbers."""
        yield f"**{self.say(chart.title)}**: {self.say(chart.says)}"
        heads = [self.say(PLACE), *(self.say(each.name) for each in chart.series)]
        lines = [[self.say(label), *map(self.cell, cells)] for label, cells in numbers_of(chart)]
        yield _rows(heads, lines, numeric=set(range(1, len(heads))))

    def table(self, table: Table, heading: Words) -> Iterator[str]:
        """Return a table under its title; a short row is filled up."""
        if table.title != heading:
            yield f"**{self.say(table.title)}**"
        shown = textual_columns(table)
        lines = [[self.cell(row[at]) for at in shown if at < len(row)] for row in table.rows]
        numeric = {
            place
            for place, at in enumerate(shown)
            if any(at < len(row) and row[at].number is not None for row in table.rows)
        }
        yield _rows([self.say(table.columns[at]) for at in shown], lines, numeric=numeric)

    def cell(self, cell: Cell) -> str:
        """Return what a cell says, its small print behind it."""
        told = [cell.text.said_in(self.language)]
        if cell.small:
            told.append(f"({cell.small.said_in(self.language)})")
        return escaped(" ".join(told), is_cell=True)


def _rows(heads: Sequence[str], lines: Sequence[Sequence[str]], *, numeric: set[int]) -> str:
    rule = ["---:" if at in numeric else "---" for at in range(len(heads))]
    filled = [[*line, *[""] * (len(heads) - len(line))] for line in lines]
    return "\n".join("| " + " | ".join(line) + " |" for line in (heads, rule, *filled))
