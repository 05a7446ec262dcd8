"""Exported lists: what the page shows, and nothing a spreadsheet could run."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from jibungoto.explain.formats.formulas import could_start_formula, neutralised
from jibungoto.web.exporting import exported, safe_name

Person = tuple[str, object]
COLUMNS = [("Name", lambda row: row[0]), ("Value", lambda row: row[1])]
HOSTILE = ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "  =1", "＝1", "＋1", "－1", "＠x", "\u3000＝1"]
HOSTILE += ["\ufeff=1", "\u200b@x", "\n=1"]


def body(response: HttpResponseBase) -> bytes:
    pieces: Iterator[bytes] = response.streaming_content  # type: ignore[attr-defined]  # all stream
    whole = b"".join(pieces)
    if isinstance(response, FileResponse) and response.file_to_stream is not None:
        response.file_to_stream.close()
    return whole


def as_csv(rows: list[Person]) -> list[list[str]]:
    text = body(exported(COLUMNS, rows, name="people", ending="csv")).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def as_sheets(rows: list[Person]) -> dict[str, str]:
    whole = body(exported(COLUMNS, rows, name="people", ending="xlsx"))
    with zipfile.ZipFile(io.BytesIO(whole)) as book:
        return {name: book.read(name).decode() for name in book.namelist() if name.endswith(".xml")}


def test_a_csv_holds_heads_and_rows_and_begins_with_a_byte_order_mark() -> None:
    answer = exported(COLUMNS, [("髙橋, さくら", 3)], name="people", ending="csv")
    assert body(answer) == '\ufeffName,Value\r\n"髙橋, さくら",3\r\n'.encode()
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_of_a_csv_starts_a_formula(text: str) -> None:
    assert as_csv([(text, text)])[1] == [f"'{text}", f"'{text}"]


@pytest.mark.parametrize("text", ["a=1", "3-1", "1", "", "–", "#general", "　髙橋"])
def test_harmless_texts_stay_as_they_are(text: str) -> None:
    assert neutralised(text) == text


@given(st.text())
def test_no_neutralised_text_can_start_a_formula(text: str) -> None:
    assert not could_start_formula(neutralised(text))


def test_numbers_days_moments_and_nothing_keep_their_kinds_in_a_csv() -> None:
    moment = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
    rows: list[Person] = [("a", -1.5), ("b", date(2026, 11, 21)), ("c", moment), ("d", None)]
    assert [row[1] for row in as_csv(rows)[1:]] == [
        "-1.5",
        "2026-11-21",
        "2026-11-21 09:30+00:00",
        "",
    ]


def test_a_workbook_holds_texts_and_numbers_and_no_formula_or_link() -> None:
    rows: list[Person] = [("=1+1", -2), ("https://example.com/", "007"), ("</v>", None)]
    inside = as_sheets(rows)
    sheet = inside["xl/worksheets/sheet1.xml"]
    assert "<f>" not in sheet and "hyperlink" not in sheet
    assert "<t>=1+1</t>" in sheet and "<v>-2</v>" in sheet and "<t>007</t>" in sheet
    assert "&lt;/v&gt;" in sheet
    assert 'quotePrefix="1"' in inside["xl/styles.xml"]


def test_a_workbook_survives_control_characters_half_letters_and_endless_texts() -> None:
    sheet = as_sheets([("\x00\x1b", "\ud800"), ("x" * 40_000, 1)])["xl/worksheets/sheet1.xml"]
    assert "<t>?</t>" in sheet and "x" * 32_767 in sheet and "x" * 32_768 not in sheet


def test_an_empty_list_still_has_its_heads() -> None:
    assert as_csv([]) == [["Name", "Value"]]
    assert "<t>Name</t>" in as_sheets([])["xl/worksheets/sheet1.xml"]


def test_rows_are_read_while_the_file_is_sent() -> None:
    taken: list[int] = []

    def rows() -> Iterator[Person]:
        for number in range(2_000):
            taken.append(number)
            yield (str(number), number)

    pieces = iter(exported(COLUMNS, rows(), name="people", ending="csv").streaming_content)  # type: ignore[attr-defined]  # all stream
    next(pieces)
    assert taken == []
    next(pieces)
    assert len(taken) == 500


def test_cells_speak_the_language_the_page_had() -> None:
    columns = [("Name", lambda _row: str(gettext_lazy("Today")))]
    with translation.override("ja"):
        pieces = exported(columns, [None], name="x", ending="csv")
        streamed: Iterator[bytes] = pieces.streaming_content  # type: ignore[attr-defined]  # all stream
        first = next(iter(streamed))
    with translation.override("en"):
        assert "きょう" in (first + b"".join(streamed)).decode()


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("people", "people"),
        ("../../etc/passwd", "etc-passwd"),
        ("人 2026-11-21", "人-2026-11-21"),
        ('a"\r\nX: y', "a-X-y"),
        ("...", "jibungoto"),
        ("x" * 300, "x" * 80),
    ],
)
def test_file_names_are_safe(name: str, kept: str) -> None:
    assert safe_name(name) == kept


def test_the_file_is_offered_under_its_name() -> None:
    answer = exported(COLUMNS, [], name="人", ending="csv")
    assert answer.headers["Content-Disposition"] == "attachment; filename*=utf-8''%E4%BA%BA.csv"


def test_another_ending_is_no_page() -> None:
    with pytest.raises(Http404):
        exported(COLUMNS, [], name="people", ending="html")
