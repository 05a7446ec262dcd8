"""Text on slides: how many lines it takes, what fits, and the fonts every run names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from jibungoto.explain.formats.picture import is_wide, width_of
from jibungoto.explain.formats.pptx_template import FACE

if TYPE_CHECKING:
    from lxml import etree
    from pptx.text.text import _Paragraph

LEADING = 1.32
"""Height of a line in its font size: the widest of the faces that may stand in."""
SAFETY = 1.06
"""How much wider than reckoned a line may turn out on another machine."""
_PIECES = re.compile(r"[!-~\u00a1-\u10ff]+[ ]*|.", re.DOTALL)
PADDING = 0.2
"""What a text box leaves empty at both sides together, in inches."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one look; ``colour`` is RGB in hexadecimal."""

    text: str
    size: float
    colour: str | None = None
    is_bold: bool = False


@lru_cache(maxsize=4096)
def lines_of(text: str, *, size: float, width: float) -> int:
    """Return how many lines a text takes at a size in points in a box of some inches."""
    return len(wrapped(text, size=size, width=width))


def wrapped(text: str, *, size: float, width: float) -> list[str]:
    """Return a text in the lines it is broken into; words break only where they must."""
    room = max((width - PADDING) * 72 / (size * SAFETY), 2.0)
    lines = [""]
    used = 0.0
    for piece in _pieces(text, room):
        wide = _wide(piece)
        if used and used + width_of(piece.rstrip()) > room:
            lines.append("")
            used = 0.0
        lines[-1] += piece
        used += wide
    return lines


def room_of(text: str) -> float:
    """Return how many ems a text takes on one line."""
    return sum(_wide(found.group()) for found in _PIECES.finditer(text))


def _wide(piece: str) -> float:
    # Between the scripts every office program leaves a little room of its own.
    return width_of(piece) + (0.0 if is_wide(piece[0]) else 0.4)


def _pieces(text: str, room: float) -> Iterator[str]:
    for found in _PIECES.finditer(text):
        piece = found.group()
        while width_of(piece) > room and len(piece) > 1:
            at = max(1, int(len(piece) * room / width_of(piece)))
            yield piece[:at]
            piece = piece[at:]
        yield piece


def height_of(text: str, *, size: float, width: float) -> float:
    """Return how many inches high a text is."""
    return lines_of(text, size=size, width=width) * size * LEADING / 72


def within(text: str, *, size: float, width: float, lines: int = 1) -> str:
    """Return a text that takes at most some lines, its end left out where it must be."""
    found = wrapped(text, size=size, width=width)
    if len(found) <= lines:
        return text
    kept = "".join(found[:lines])
    while kept and lines_of(f"{kept}…", size=size, width=width) > lines:
        kept = kept[:-1].rstrip()
    return f"{kept}…"


def pages_of(heights: Sequence[float], room: float) -> list[list[int]]:
    """Return which entries stand on which page, in order, none higher than the room."""
    pages: list[list[int]] = []
    left = 0.0
    for at, height in enumerate(heights):
        if not pages or height > left:
            pages.append([])
            left = room
        pages[-1].append(at)
        left -= height
    return pages


def split(text: str, *, size: float, width: float, room: float) -> list[str]:
    """Return a text in parts of which each fits the room."""
    most = max(1, int(room * 72 / (size * LEADING)))
    lines = wrapped(text, size=size, width=width)
    return ["".join(lines[at : at + most]).strip() for at in range(0, len(lines), most)]


def write(paragraph: _Paragraph, runs: Sequence[Run]) -> None:
    """Add runs to a paragraph."""
    from pptx.util import Pt

    for run in runs:
        if not run.text:
            continue
        made = paragraph.add_run()
        made.text = run.text
        made.font.size = Pt(run.size)
        if run.is_bold:
            made.font.bold = True
        if run.colour:
            made.font.color.rgb = rgb(run.colour)


def rgb(colour: str) -> Any:
    """Return a colour, given in hexadecimal, as the library wants it."""
    from pptx.dml.color import RGBColor

    untyped: Any = RGBColor
    return untyped.from_string(colour)


def without_bullet(paragraph: _Paragraph) -> None:
    """Let a paragraph stand at the edge, as a small heading does."""
    from lxml import etree
    from pptx.oxml.ns import qn

    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", "0")
    properties.set("indent", "0")
    etree.SubElement(properties, qn("a:buNone"))


def dress(element: etree._Element, language: str) -> None:
    """Give every run below an element its language, and name our face for both scripts."""
    from pptx.oxml.ns import qn

    ours, other = ("ja-JP", "en-GB") if language == "ja" else ("en-GB", "ja-JP")
    for tag in ("rPr", "endParaRPr", "defRPr"):
        for properties in element.iter(qn(f"a:{tag}")):
            if tag != "defRPr":
                properties.set("lang", ours)
                properties.set("altLang", other)
            _name_faces(properties)


def _name_faces(properties: etree._Element) -> None:
    from lxml import etree
    from pptx.oxml.ns import qn

    for tag in ("latin", "ea", "cs"):
        for old in properties.findall(qn(f"a:{tag}")):
            properties.remove(old)
    for tag in ("latin", "ea", "cs"):
        etree.SubElement(properties, qn(f"a:{tag}")).set("typeface", FACE)
