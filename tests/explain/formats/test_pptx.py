"""The slides: 16:9, native charts with the right numbers, spoken, sourced, and inside the frame."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from pptx import Presentation

from jibungoto.explain.document import Document
from jibungoto.explain.formats.pptx import render
from jibungoto.explain.formats.pptx_text import lines_of
from tests.explain.documents import ALL, bare, hostile, line, quarterly

INCH = 914_400
LANGUAGES = ["ja", "en"]
CASES = [(name, language) for name in ALL for language in LANGUAGES]
FACE = "BIZ UDPGothic"


@cache
def raw(name: str, language: str) -> bytes:
    return render(ALL[name], language)


def opened(name: str, language: str) -> Any:
    return Presentation(io.BytesIO(raw(name, language)))


def shapes(name: str, language: str) -> Iterator[Any]:
    for slide in opened(name, language).slides:
        yield from slide.shapes


def charts(name: str, language: str) -> list[Any]:
    return [shape.chart for shape in shapes(name, language) if shape.has_chart]


def notes(name: str, language: str) -> list[str]:
    slides = opened(name, language).slides
    return [slide.notes_slide.notes_text_frame.text for slide in slides]


def parts(made: bytes, pattern: str) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        for each in file.namelist():
            if re.fullmatch(pattern, each):
                yield file.read(each).decode()


@pytest.mark.parametrize(("name", "language"), CASES)
def test_slides_are_wide_and_everything_lies_on_them(name: str, language: str) -> None:
    deck = opened(name, language)
    assert (deck.slide_width, deck.slide_height) == (12_191_695, 6_858_000)
    pages = [*deck.slides, *deck.slide_layouts, deck.slide_master]
    for shape in (one for page in pages for one in page.shapes):
        assert shape.left >= 0
        assert shape.top >= 0
        assert shape.left + shape.width <= deck.slide_width
        assert shape.top + shape.height <= deck.slide_height


def test_the_layouts_fill_the_wide_slide() -> None:
    layouts = {layout.name: layout for layout in opened("quarterly", "ja").slide_layouts}
    assert list(layouts) == ["Title Slide", "Title and Content", "Title Only"]
    titles = [
        p for each in layouts.values() for p in each.placeholders if p.placeholder_format.idx == 0
    ]
    assert [round(each.width / INCH, 1) for each in titles] == [11.1, 12.1, 12.1]


def test_charts_are_native_and_hold_the_numbers() -> None:
    found = charts("quarterly", "en")
    first = found[0].plots[0]
    assert list(first.series[0].values) == list(line().series[0].values)
    assert list(first.categories)[0] == "9/2025"
    assert [str(each.chart_type).split(" ")[0] for each in found] == [
        "LINE_MARKERS",
        "COLUMN_STACKED",
        "COLUMN_CLUSTERED",
        "LINE_MARKERS",
    ]
    assert [[list(s.values) for s in each.plots[0].series] for each in found[1:3]] == [
        [[20, 48, None], [140, 60, 9]],
        [[0.85, 0.58]],
    ]


def test_the_workbook_inside_of_a_chart_opens_with_the_same_numbers() -> None:
    from python_calamine import CalamineWorkbook

    workbook = charts("quarterly", "ja")[2].part.chart_workbook.xlsx_part.blob
    rows = CalamineWorkbook.from_filelike(io.BytesIO(workbook)).get_sheet_by_index(0).to_python()
    assert rows == [["", "返信率"], ["春", 0.85], ["夏", 0.58]]


def test_a_gap_stays_a_gap() -> None:
    made = next(iter(parts(raw("quarterly", "ja"), r"ppt/charts/chart\d+\.xml")))
    assert '<c:dispBlanksAs val="gap"/>' in made


@pytest.mark.parametrize(("name", "language"), CASES)
def test_every_chart_and_table_has_an_alternative_text(name: str, language: str) -> None:
    for shape in shapes(name, language):
        if shape.has_chart or shape.has_table:
            assert shape.element.xpath(".//p:cNvPr/@descr") != []
            assert shape.element.xpath(".//p:cNvPr/@descr")[0].strip()


@pytest.mark.parametrize(("name", "language"), CASES)
def test_every_run_names_the_face_for_both_scripts_and_its_language(
    name: str, language: str
) -> None:
    tag = "ja-JP" if language == "ja" else "en-GB"
    for slide in opened(name, language).slides:
        runs = slide.element.xpath(".//a:r/a:rPr")
        assert {run.get("lang") for run in runs} == {tag}
        for script in ("latin", "ea"):
            assert {run.xpath(f"./a:{script}/@typeface")[0] for run in runs} == {FACE}


def test_charts_and_theme_name_the_face_too() -> None:
    for made in parts(raw("quarterly", "ja"), r"ppt/charts/chart\d+\.xml"):
        assert f'<a:ea typeface="{FACE}"/>' in made
    theme = next(iter(parts(raw("quarterly", "ja"), r"ppt/theme/theme1\.xml")))
    assert theme.count(f'<a:latin typeface="{FACE}"/><a:ea typeface="{FACE}"/>') == 2


def test_a_claim_is_one_bullet_with_its_grade() -> None:
    slides = list(opened("quarterly", "en").slides)
    body = slides[1].placeholders[1].text_frame.paragraphs
    assert slides[1].shapes.title.text_frame.text == "This is claim 1."
    assert (
        slides[1].placeholders[13].text_frame.text
        == "Summary  for the better [E1 a count or a trend]"
    )
    assert [each.text for each in body] == [
        "This is claim 2.  for the worse  [E2 a comparison of groups]",
        "This is claim 3.  for the better  [E3 a matched estimate]",
    ]


def test_the_notes_tell_the_evidence() -> None:
    assert notes("quarterly", "en")[1].splitlines()[:3] == [
        "[E1 a count or a trend] This is claim 1.",
        "  Active members: Value: 121; Count / n: 374; 95% interval: 100 to 145",
        "  Definition: Acted once in 28 days. (version 1)",
    ]
    assert notes("quarterly", "ja")[1].splitlines()[1] == (
        "  活動メンバー: 値: 121人、件数・対象: 374、95%区間: 100〜145"
    )


@pytest.mark.parametrize(("name", "language"), CASES)
def test_every_slide_has_a_title_and_notes(name: str, language: str) -> None:
    for slide in opened(name, language).slides:
        assert slide.shapes.title.text_frame.text.strip()
        assert slide.notes_slide.notes_text_frame.text.strip()


@pytest.mark.parametrize(("name", "language"), CASES)
def test_no_text_runs_out_of_its_box(name: str, language: str) -> None:
    for slide in opened(name, language).slides:
        for holder in slide.placeholders:
            frame = holder.text_frame
            tall = sum(
                lines_of(each.text, size=_size(each), width=holder.width / INCH)
                * _size(each)
                * 1.32
                / 72
                for each in frame.paragraphs
            )
            assert tall <= holder.height / INCH + 0.05, (name, holder.name, frame.text[:60])


@pytest.mark.parametrize(("name", "language"), CASES)
def test_tables_end_above_the_footer(name: str, language: str) -> None:
    for shape in shapes(name, language):
        if shape.has_table:
            tall = sum(row.height for row in shape.table.rows)
            assert shape.top + tall <= 6.93 * INCH


def _size(paragraph: Any) -> float:
    sizes = [run.font.size.pt for run in paragraph.runs]
    return max(sizes, default=12.0)


def test_a_long_table_goes_on_with_its_head_and_no_row_is_lost() -> None:
    tables = [shape.table for shape in shapes("quarterly", "en") if shape.has_table]
    long = [table for table in tables if table.cell(0, 0).text == "勝利条件"]
    rows = [table.cell(at, 0).text for table in long for at in range(1, len(table.rows))]
    assert len(long) > 1
    assert rows == [*(f"Condition {n}" for n in range(1, 31)), "Cost"]
    assert [len(table.columns) for table in tables[len(long) :]] == [8, 7]


def test_a_short_row_reaches_to_the_end() -> None:
    tables = [shape.table for shape in shapes("quarterly", "en") if shape.has_table]
    last = next(table for table in reversed(tables) if table.cell(0, 0).text == "勝利条件")
    reaching = last.cell(len(last.rows) - 1, 2)
    assert (reaching.text, reaching.is_merge_origin, reaching.span_width) == ("None.", True, 2)


def test_hostile_texts_stay_texts() -> None:
    from python_calamine import CalamineWorkbook

    for chart in charts("hostile", "en"):
        book = CalamineWorkbook.from_filelike(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
        cells = [cell for row in book.get_sheet_by_index(0).to_python() for cell in row]
        assert "'=1+1" in cells
    with zipfile.ZipFile(io.BytesIO(raw("hostile", "en"))) as file:
        inside = [name for name in file.namelist() if name.endswith(".xlsx")]
        for name in inside:
            with zipfile.ZipFile(io.BytesIO(file.read(name))) as book_file:
                sheet = book_file.read("xl/worksheets/sheet1.xml").decode()
                assert "<f>" not in sheet
                assert "hyperlink" not in sheet


def test_a_document_without_sections_says_so() -> None:
    texts = [slide.shapes.title.text_frame.text for slide in opened("bare", "en").slides]
    assert texts[0] == "Report"
    assert len(texts) == 2


def test_the_same_document_gives_the_same_slides() -> None:
    def inside(made: bytes) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(made)) as file:
            return {name: file.read(name) for name in file.namelist() if name.endswith(".xml")}

    for document in (quarterly(), hostile(), bare()):
        assert inside(render(document, "ja")) == inside(render(document, "ja"))


def test_the_file_says_what_it_is(document: Document = quarterly()) -> None:  # noqa: B008
    told = Presentation(io.BytesIO(render(document, "ja"))).core_properties
    assert told.title == f"{document.community} - 四半期レビュー"
    assert (told.author, told.language) == ("jibungoto", "ja")
