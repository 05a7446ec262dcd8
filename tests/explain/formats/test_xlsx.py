"""The workbook: a sheet per table and chart, numbers as numbers, no text that is a formula."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from python_calamine import CalamineWorkbook

from jibungoto.explain.claims import Claim, Grade
from jibungoto.explain.document import Cell, Document, Section, Table
from jibungoto.explain.formats.xlsx import render
from jibungoto.ledger.words import Words
from tests.explain.documents import ALL, bare, hostile, quarterly


def opened(document: Document, language: str) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(io.BytesIO(render(document, language)))


def test_there_is_a_sheet_for_each_table_and_chart_and_for_claims_and_notes() -> None:
    assert opened(quarterly(), "en").sheet_names == [
        "Claims",
        "Active members",
        "Attendance",
        "Answer rate",
        "Verdicts",
        "By month",
        "Active members (2)",
        "Evidence",
        "Notes",
    ]


def test_numbers_are_numbers_with_their_pattern_and_small_print_stands_beside() -> None:
    rows = opened(quarterly(), "en").get_sheet_by_name("Verdicts").to_python()
    assert rows[0] == ["勝利条件", "いま", "人数", "判定", "Remark"]
    assert rows[1] == ["Condition 1", 0.553, 1234, "▲ on track", "small n"]
    with zipfile.ZipFile(io.BytesIO(render(quarterly(), "en"))) as file:
        styles = file.read("xl/styles.xml").decode()
    assert 'formatCode="0%"' in styles
    assert 'formatCode="#,##0"' in styles


def test_a_chart_keeps_its_gaps() -> None:
    rows = opened(quarterly(), "ja").get_sheet_by_name("番組ごとの参加").to_python()
    assert [row[1:3] for row in rows[1:]] == [[20, 140], [48, 60], ["-", 9]]


def test_claims_carry_section_grade_and_measures() -> None:
    rows = opened(quarterly(), "ja").get_sheet_by_name("主張").to_python(skip_empty_area=False)
    assert rows[4] == [
        "結論",
        "1つめの主張です。",
        "よい方向",
        "E1",
        "件数・推移",
        "活動メンバー",
    ]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_text_becomes_a_formula_or_an_address(language: str) -> None:
    with zipfile.ZipFile(io.BytesIO(render(hostile(), language))) as file:
        sheets = [name for name in file.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(sheets) > 3
        for name in sheets:
            sheet = file.read(name).decode()
            assert "<f>" not in sheet
            assert "hyperlink" not in sheet
        assert 'quotePrefix="1"' in file.read("xl/styles.xml").decode()


@pytest.mark.parametrize("document", ALL.values(), ids=ALL)
def test_names_of_sheets_are_short_and_differ(document: Document) -> None:
    names = opened(document, "en").sheet_names
    assert len({name.casefold() for name in names}) == len(names)
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


def test_a_document_without_sections_has_claims_and_notes() -> None:
    assert opened(bare(), "ja").sheet_names == ["主張", "注記"]


@pytest.mark.parametrize("text", ['=HYPERLINK("x","y")', "+cmd|calc", "@SUM(1)", "＝1+1"])
def test_a_sentence_that_could_be_a_formula_begins_with_an_apostrophe(text: str) -> None:
    claim = Claim(Words(text, text), Grade.E1)
    table = Table(Words(text, text), (Words(text, text),), ((Cell(Words(text, text)),),))
    section = Section(Words("見出し", "Head"), claims=(claim,), tables=(table,))
    document = replace(bare(), sections=(section,))
    cells = [
        cell
        for sheet in opened(document, "en").sheet_names
        for row in opened(document, "en").get_sheet_by_name(sheet).to_python()
        for cell in row
        if isinstance(cell, str) and text[1:] in cell
    ]
    assert len(cells) >= 3 and set(cells) == {f"'{text}"}
