"""A sheet with more on it than one page holds, and the sizes of print in a PDF."""

from __future__ import annotations

import re
import zlib
from datetime import date

from jibungoto.explain.claims import Claim, Grade
from jibungoto.explain.document import Cell, Document, Section, Table
from jibungoto.ledger.words import Words

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_STEP = re.compile(
    rb"(?P<save>\bq\b)|(?P<back>\bQ\b)"
    rb"|(?P<scale>-?[\d.]+) -?[\d.]+ -?[\d.]+ -?[\d.]+ -?[\d.]+ -?[\d.]+ cm\b"
    rb"|(?P<size>[\d.]+) Tf\b"
)
LONG = "国際協働によるオープンソース地域防災マップ作りの集い・西日本連絡会議準備室"


def words(text: str) -> Words:
    return Words(f"{text}({LONG})", f"{text} ({LONG})")


def crowded_sheet() -> Document:
    """Return a sheet with long names, many rows and many notes."""
    strip = Table(
        Words("健全性", "Strip"),
        (Words("指標", "Measure"), Words("値", "Value"), Words("区間", "Interval")),
        tuple((Cell(words(f"Row {n}")), Cell(words("1")), Cell(words("2"))) for n in range(9)),
    )
    claims = tuple(Claim(words(f"Claim {n} came."), Grade.E1) for n in range(3))
    return Document(
        title=Words("月次", "Monthly"),
        subtitle=words("For"),
        community=LONG,
        as_of=date(2026, 10, 31),
        sections=(
            Section(Words("結論", "Answer"), claims=claims),
            Section(Words("変化", "Changes"), claims=claims, text=tuple(map(words, "abc"))),
            Section(Words("健全性", "Strip"), tables=(strip,)),
            Section(
                Words("注記", "Notes"),
                text=tuple(words(f"Note {n} of {LONG * 4}") for n in range(12)),
                is_note=True,
            ),
        ),
        is_one_sheet=True,
    )


def sizes_of_print(raw: bytes) -> set[float]:
    """Return in how many points text is set in a PDF, as it comes out on paper."""
    found: set[float] = set()
    for match in _STREAM.finditer(raw):
        try:
            content = zlib.decompress(match[1])
        except zlib.error:
            continue
        if b" Tf" in content:
            found |= _sizes(content)
    return found


def _sizes(content: bytes) -> set[float]:
    found: set[float] = set()
    scale, outer = 1.0, []
    for step in _STEP.finditer(content):
        if step["save"]:
            outer.append(scale)
        elif step["back"]:
            scale = outer.pop()
        elif step["scale"]:
            scale *= abs(float(step["scale"]))
        else:
            found.add(round(scale * float(step["size"]), 2))
    return found
