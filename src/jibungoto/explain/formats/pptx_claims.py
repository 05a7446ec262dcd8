"""Sentences on slides: which becomes the title, how large the others are, where a slide ends."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from jibungoto.explain.claims import Claim, Tone
from jibungoto.explain.formats.html import TONES
from jibungoto.explain.formats.pptx_template import BODY_BOX, BRAND, INK, QUIET, TITLE_BOX
from jibungoto.explain.formats.pptx_text import Run, height_of, lines_of, pages_of, split
from jibungoto.explain.wordings import is_ask

SIZES = (26.0, 24.0, 22.0, 20.0, 18.0, 16.0)
LEAST = 16.0
GAP = 0.16
"""Inches between two sentences."""
ROOM = BODY_BOX.height - 0.25
WIDTH = BODY_BOX.width - 0.45
"""What is left of the body beside its bullets."""
COLOURS = {Tone.BETTER: "14603A", Tone.WORSE: "9A3412"}
TITLE_SIZE = 24.0
SMALLER = 0.62
"""The size of a grade beside its sentence."""
PLAIN = 18.0
"""The largest size of a remark."""


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence with its grade; ``tone`` says in words whether it is for the better.

    ``is_plain`` is a remark that claims nothing, ``is_head`` a small heading; neither has a bullet.
    """

    text: str
    grade: str = ""
    tone: str = ""
    tone_colour: str = INK
    is_head: bool = False
    is_plain: bool = False

    def runs(self, size: float) -> list[Run]:
        """Return the sentence, its tone and its grade, each in its look."""
        small = max(round(size * SMALLER), 10)
        if self.is_plain:
            return [Run(self.text, min(size, PLAIN), QUIET)]
        if self.is_head:
            return [Run(self.text, min(size, PLAIN), BRAND, is_bold=True)]
        made = [Run(self.text, size, INK)]
        if self.tone:
            made.append(Run(f"  {self.tone}", small, self.tone_colour, is_bold=True))
        if self.grade:
            made.append(Run(f"  [{self.grade}]", small, BRAND, is_bold=True))
        return made

    @property
    def whole(self) -> str:
        """The text with as much behind it as its smaller tone and grade take of the room."""
        behind = f"  {self.tone}  {self.grade}" if self.grade else self.tone
        return self.text + behind[: math.ceil(len(behind) * SMALLER) + 2]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on one slide of sentences; ``number`` counts the slides before it."""

    title: str
    title_grade: str
    lines: tuple[Line, ...]
    size: float
    number: int


def claim_line(claim: Claim, language: str) -> Line:
    """Return the line of a claim."""
    tone = TONES.get(claim.tone)
    return Line(
        text=claim.text.said_in(language),
        grade="" if is_ask(claim) else f"{claim.grade.value} {claim.grade.words.said_in(language)}",
        tone=tone.said_in(language) if tone else "",
        tone_colour=COLOURS.get(claim.tone, INK),
    )


def text_line(text: str) -> Line:
    """Return the line of a sentence that claims nothing."""
    return Line(text, is_plain=True)


def sheets_of(
    lines: Sequence[Line],
    *,
    heading: str,
    sizes: Sequence[float] = SIZES,
    titled: bool = True,
) -> list[Sheet]:
    """Return slides on which everything fits, in the largest size that needs fewest slides."""
    if not lines:
        return []
    title, grade, rest = heading, "", list(lines)
    first = lines[0]
    if titled and len(lines) > 1 and _fits_title(first.text) and bool(first.grade):
        title, rest = first.text, list(lines[1:])
        grade = " ".join(part for part in (first.tone, f"[{first.grade}]") if part.strip("[]"))
    tried = [(len(_pages(rest, size)), -size) for size in sizes]
    size = -min(tried)[1]
    pages = _pages(rest, size)
    return [
        Sheet(
            title=title if number == 0 else heading or title,
            title_grade=grade if number == 0 else "",
            lines=tuple(page),
            size=size,
            number=number,
        )
        for number, page in enumerate(pages)
    ]


def _pages(lines: Sequence[Line], size: float) -> list[list[Line]]:
    parts = [part for line in lines for part in _parts(line, size)]
    heights = [height_of(part.whole, size=size, width=WIDTH) + GAP for part in parts]
    return [[parts[at] for at in page] for page in pages_of(heights, ROOM)]


def _parts(line: Line, size: float) -> list[Line]:
    """Return a line whole, or, where it alone is higher than a slide, in parts."""
    if height_of(line.whole, size=size, width=WIDTH) + GAP <= ROOM:
        return [line]
    texts = split(line.text, size=size, width=WIDTH, room=ROOM - 2 * GAP - size / 30)
    return [replace(line, text=text) for text in texts]


def _fits_title(text: str) -> bool:
    return bool(text) and lines_of(text, size=TITLE_SIZE, width=TITLE_BOX.width) <= 2
