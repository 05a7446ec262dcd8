"""A document as one standalone HTML page: no script, nothing fetched, made to be printed too."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from html import escape
from importlib.resources import files

from jibungoto.explain.claims import Claim, Grade, Tone
from jibungoto.explain.document import Document, Section
from jibungoto.explain.formats.cleaning import cleaned
from jibungoto.explain.formats.html_chart import figure
from jibungoto.explain.formats.html_table import table_html
from jibungoto.explain.printing import day
from jibungoto.explain.wordings import is_ask
from jibungoto.ledger.words import Words

AS_OF = Words("{day}までの記録から", "From records up to {day}")
MADE_BY = Words("jibungotoで作成", "Made with jibungoto")
NOTES = Words("注記", "Notes")
ANNEX = Words("付録: 1枚目に入らなかったもの", "Annex: what had no room on the first page")
EMPTY = Words("書かれていることはまだありません。", "Nothing is written here yet.")
TONES = {
    Tone.BETTER: Words("よい方向", "for the better"),
    Tone.WORSE: Words("気になる方向", "for the worse"),
}
PIES = {
    Grade.E0: "",
    Grade.E1: "M5,5V1A4,4 0 0 1 9,5Z",
    Grade.E2: "M5,1A4,4 0 0 1 5,9Z",
    Grade.E3: "M5,5V1A4,4 0 1 1 1,5Z",
    Grade.E4: "M5,1A4,4 0 1 1 4.99,1Z",
}
"""How far the disc of a grade is filled: the surer, the fuller."""


def language_of(language: str) -> str:
    """Return the language a page is written in for a language code."""
    return "ja" if language.lower().startswith("ja") else "en"


def render(document: Document, language: str) -> str:
    """Return the page in one language; everything that came from outside is escaped."""
    return _Page(cleaned(document), language_of(language)).whole()


@cache
def style() -> str:
    """Return the page's own style sheet."""
    return files(__package__).joinpath("report.css").read_text(encoding="utf-8")


@cache
def style_source() -> str:
    """Return what a Content-Security-Policy has to allow for that style sheet, and nothing else."""
    digest = hashlib.sha256(style().encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


class _Page:
    """The parts of one page in one language, written from top to bottom."""

    def __init__(self, document: Document, language: str) -> None:
        self.document = document
        self.language = language

    def say(self, words: Words) -> str:
        """Return the words of this page's language, escaped."""
        return escape(words.said_in(self.language))

    def whole(self) -> str:
        """Return the document."""
        policy = f"default-src 'none'; style-src {style_source()}"
        title = f"{self.document.community} - {self.document.title.said_in(self.language)}"
        look = "sheet" if self.document.is_one_sheet else "pages"
        return (
            f'<!doctype html>\n<html lang="{self.language}">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f'<meta name="generator" content="jibungoto">\n<title>{escape(title)}</title>\n'
            f'<style>{style()}</style>\n</head>\n<body class="{look}">\n'
            f"{self.top()}\n<main>\n{self.body()}\n</main>\n"
            f'<footer class="quiet">{self.say(MADE_BY)}</footer>\n</body>\n</html>\n'
        )

    def top(self) -> str:
        """Return whose document it is, what it is, and up to when."""
        document = self.document
        when = day(document.as_of).said_in(self.language)
        until = escape(AS_OF.said_in(self.language).format(day=when))
        subtitle = self.say(document.subtitle)
        told = f'<p class="told">{subtitle}</p>' if subtitle else ""
        return (
            f'<header><p class="kind">{escape(document.community)}</p><div class="top">'
            f'<h1>{self.say(document.title)}</h1><p class="when">'
            f'<time datetime="{document.as_of.isoformat()}">{until}</time></p></div>{told}</header>'
        )

    def body(self) -> str:
        """Return the sections, the first with claims as the answer, and the notes."""
        sections = self.document.body()
        first = next((at for at, each in enumerate(sections) if each.claims), None)
        made = [self.section(each, at, is_answer=at == first) for at, each in enumerate(sections)]
        parts: list[str] = []
        waiting: list[str] = []
        for at, (section, html) in enumerate(zip(sections, made, strict=True)):
            waiting.append(html)
            if not (section.is_beside_next and at + 1 < len(sections)) or len(waiting) == 2:
                whole = "".join(waiting)
                parts.append(f'<div class="pair">{whole}</div>' if len(waiting) > 1 else whole)
                waiting = []
        if not parts:
            parts.append(f'<p class="card">{self.say(EMPTY)}</p>')
        return "\n".join([*parts, *filter(None, (self.notes(), self.annex()))])

    def annex(self) -> str:
        """Return what had no room on the sheet, on pages of its own."""
        if not self.document.annex:
            return ""
        last = len(self.document.sections)
        made = "".join(
            self.section(each, last + at, is_answer=False)
            for at, each in enumerate(self.document.annex)
        )
        return f'<div class="annex"><h2 class="annex-title">{self.say(ANNEX)}</h2>{made}</div>'

    def section(self, section: Section, at: int, *, is_answer: bool) -> str:
        """Return one section under its heading."""
        name = f"section-{at + 1}"
        inside = self.claims(section.claims, "ol" if is_answer else "ul") if section.claims else ""
        inside += "".join(f"<p>{self.say(each)}</p>" for each in section.text)
        charts = [
            f'<div class="chart-cell">{figure(each, self.language, name=f"{name}-chart-{n}")}</div>'
            for n, each in enumerate(section.charts, start=1)
        ]
        if charts:
            look = "charts two" if len(charts) > 1 else "charts"
            inside += f'<div class="{look}">{"".join(charts)}</div>'
        for n, table in enumerate(section.tables, start=1):
            shows = table.title != section.heading
            inside += table_html(table, self.language, name=f"{name}-table-{n}", is_titled=shows)
        look = "card answer" if is_answer else "card"
        return (
            f'<section class="{look}" aria-labelledby="{name}">'
            f'<h2 id="{name}">{self.say(section.heading)}</h2>{inside}</section>'
        )

    def claims(self, claims: Sequence[Claim], kind: str) -> str:
        """Return sentences, each with its grade."""
        lines = "".join(
            f"<li>{self.say(each.text)}{self.tone(each.tone)}{self.graded(each)}</li>"
            for each in claims
        )
        return f"<{kind}>{lines}</{kind}>"

    def graded(self, claim: Claim) -> str:
        """Return the badge of a claim's grade; an ask has none."""
        return "" if is_ask(claim) else self.grade(claim.grade)

    def grade(self, grade: Grade) -> str:
        """Return the badge of a grade: its disc, its name and its word."""
        word = self.say(grade.words)
        pie = (
            '<svg class="pie" width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">'
            f'<title>{grade.value}</title><circle cx="5" cy="5" r="4" fill="#ffffff"'
            f' stroke="#00756b" stroke-width="1"/><path fill="#00756b" d="{PIES[grade]}"/></svg>'
        )
        return f' <span class="grade">{pie}{grade.value} <span>{word}</span></span>'

    def tone(self, tone: Tone) -> str:
        """Return whether a change is for the better, in words."""
        words = TONES.get(tone)
        return f' <span class="tone {tone.value}">{self.say(words)}</span>' if words else ""

    def notes(self) -> str:
        """Return the small print, which is as long as honesty needs."""
        parts = ""
        if self.document.notes:
            lines = "".join(f"<li>{self.say(line)}</li>" for line in self.document.notes)
            parts += f"<ul>{lines}</ul>"
        for n, note in enumerate(self.document.small_print(), start=1):
            lines = "".join(f"<li>{self.say(line)}</li>" for line in note.text)
            if note.heading != NOTES:  # "Notes" below "Notes" says nothing
                parts += f"<h3>{self.say(note.heading)}</h3>"
            parts += self.claims(note.claims, "ul") if note.claims else ""
            parts += f"<ul>{lines}</ul>" if lines else ""
            for at, table in enumerate(note.tables, start=1):
                parts += table_html(table, self.language, name=f"note-{n}-table-{at}")
        if not parts:
            return ""
        return (
            '<section class="card small-print" aria-labelledby="notes">'
            f'<h2 id="notes">{self.say(NOTES)}</h2><div class="notes">{parts}</div></section>'
        )
