"""One sheet as PDF: print large enough to read, one page in front, all else in the annex."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from jibungoto.explain.briefs.as_document import document_of
from jibungoto.explain.briefs.audiences import AudienceKey
from jibungoto.explain.briefs.brief import BriefKind
from jibungoto.explain.document import Document
from jibungoto.explain.drafting.draft import draft
from jibungoto.explain.drafting.facts import BriefFacts
from jibungoto.explain.formats.pdf import render
from jibungoto.ledger.words import Words
from tests.explain.brief_made import planned
from tests.explain.examples import crowded, empty
from tests.explain.formats.test_pdf import inside, text
from tests.explain.sheets import LONG, crowded_sheet, sizes_of_print

BODY, NOTES, NUMBERS = 8.0, 7.0, 7.5
"""The smallest print of the body and of the notes, and that of page numbers."""


def full(reader: AudienceKey, kind: BriefKind = BriefKind.MONTHLY) -> Document:
    """Return a brief of everything there is to say, of a community with a long name."""
    facts = replace(planned(), report=crowded())
    plan = facts.plan
    assert plan is not None
    name = Words(f"{LONG}の参加", f"Taking part in {LONG}")
    conditions = [replace(plan.conditions[0], name=name), *plan.conditions]
    facts = replace(facts, plan=replace(plan, conditions=conditions))
    return document_of(draft(facts, kind, audience=reader))


@cache
def made(what: str, language: str) -> bytes:
    if what == "crowded":
        return render(crowded_sheet(), language)
    if what == "empty":
        brief = draft(BriefFacts(empty()), BriefKind.MONTHLY, audience=AudienceKey.BOSS)
        return render(document_of(brief), language)
    return render(full(AudienceKey(what)), language)


LONG_MONTHS = [
    (AudienceKey.CFO, "ja"),
    (AudienceKey.CFO, "en"),
    (AudienceKey.SUPPORT, "ja"),
    (AudienceKey.BOSS, "en"),
    pytest.param(AudienceKey.SUPPORT, "en", marks=pytest.mark.torture),
    pytest.param(AudienceKey.BOSS, "ja", marks=pytest.mark.torture),
]
SHEETS = [*((what, told) for what in ("crowded", "empty") for told in ("ja", "en")), *LONG_MONTHS]


@pytest.mark.parametrize(("what", "language"), SHEETS)
def test_no_print_is_smaller_than_one_can_read(what: str, language: str) -> None:
    sizes = sizes_of_print(made(what, language))
    assert min(sizes) == NOTES
    assert {size for size in sizes if size < BODY} <= {NOTES, NUMBERS}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_has_no_room_stands_in_the_annex_on_the_second_page(
    language: str, tmp_path: Path
) -> None:
    raw = made("crowded", language)
    shown = text(raw, tmp_path).replace("\n", "")
    pages = shown.split("\f")
    title = "付録: 1枚目に入らなかったもの" if language == "ja" else "Annex: what had no room"
    assert [title in page for page in pages if page.strip()][:2] == [False, True]
    assert [f"Row {n}" in shown for n in range(9)] == [True] * 9
    assert [f"Note {n} " in shown for n in range(12)] == [True] * 12
    assert "付録にあります" in pages[0] if language == "ja" else "in the annex" in pages[0]


@pytest.mark.parametrize(("reader", "language"), LONG_MONTHS)
def test_a_full_month_with_long_names_has_one_page_in_front(
    reader: AudienceKey, language: str
) -> None:
    raw = inside(made(reader, language))
    assert len(re.findall(rb"/Type /Page\b", raw)) <= 2


@pytest.mark.parametrize("language", ["ja", "en"])
def test_an_empty_month_is_one_page_that_says_so(language: str, tmp_path: Path) -> None:
    raw = made("empty", language)
    assert len(re.findall(rb"/Type /Page\b", inside(raw))) == 1
    told = "比べられる数字が、まだありません。" if language == "ja" else "no number to compare"
    assert told in text(raw, tmp_path)


def test_a_sheet_with_room_has_no_annex(tmp_path: Path) -> None:
    brief = draft(planned(), BriefKind.WEEKLY, audience=AudienceKey.CFO)
    shown = text(render(document_of(brief), "en"), tmp_path)
    assert "Annex" not in shown


def test_the_sizes_that_are_read_are_those_of_the_file() -> None:
    raw = b"stream\n" + _deflated(b"q 0.75 0 0 0.75 0 0 cm /F1 8 Tf Q /F1 9 Tf") + b"\nendstream"
    assert sizes_of_print(raw) == {6.0, 9.0}


def _deflated(content: bytes) -> bytes:
    import zlib

    return zlib.compress(content)
