"""Tables are found by their headings, in any dress, and a broken line costs itself alone."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from jibungoto.gather.contents.encodings import decoded
from jibungoto.gather.contents.table import (
    CUT_RECORD,
    SWALLOWED,
    TOO_LARGE,
    Table,
    holds_table,
    plain,
    sections_in,
    table_in,
    tables_in,
)
from jibungoto.gather.shelves.export import open_export
from jibungoto.ledger.problems import DamagedExport
from tests.gather.lists_made import ENCODINGS, table_of, workbook_of, written

HEADINGS = ("名前", "メール", "参加状況")
ROWS = (HEADINGS, ("髙橋 花子", "h@example.jp", "参加"), ("山田 太郎", "", "補欠"))

BOOK = workbook_of({"x": ROWS})


def knows(headings: frozenset[str]) -> bool:
    return headings >= {"名前", "メール"}


def found_in(content: str | bytes) -> Table:
    table = table_in(content if isinstance(content, bytes) else content.encode(), knows)
    assert table is not None
    return table


def names(table: Table) -> list[str]:
    return [line.get("名前") for line in table.lines]


@pytest.mark.parametrize("encoding", [*ENCODINGS, "utf-16-le", "iso2022_jp_3"])
def test_every_encoding_gives_the_same_table(encoding: str) -> None:
    mark = b"\xff\xfe" if encoding == "utf-16-le" else b""
    name = {"iso2022_jp_3": "高橋 花子"}.get(encoding, "山﨑 花子")
    text = table_of(HEADINGS, (name, "h@example.jp", "参加"))
    table = found_in(mark + text.encode(encoding))
    assert table.headings == HEADINGS
    assert names(table) == [name]


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_delimiter_and_line_ends_do_not_matter(delimiter: str, ends: str) -> None:
    table = found_in(table_of(*ROWS, delimiter=delimiter, ends=ends))
    assert names(table) == ["髙橋 花子", "山田 太郎"]


def test_mixed_line_ends_in_one_file() -> None:
    assert names(found_in("名前,メール\r\nA,a\nB,b\rC,c")) == ["A", "B", "C"]


def test_what_stands_above_the_headings_is_the_preamble() -> None:
    table = found_in("トピック,春の会\n\n" + table_of(*ROWS))
    assert table.preamble == (("トピック", "春の会"), ("",))
    assert [line.number for line in table.lines] == [4, 5]


def test_headings_in_another_order_and_with_others_between() -> None:
    table = found_in('メール,"質問, 長い\n二行",名前\na@example.jp,"はい\nいいえ",A\n')
    assert names(table) == ["A"]
    assert table.lines[0].cells == {
        "メール": "a@example.jp",
        plain("質問, 長い\n二行"): "はい\nいいえ",
        "名前": "A",
    }


def test_headings_of_one_name_are_told_apart() -> None:
    table = found_in("名前,メール,名前,名前\nA,a,B,C\n")
    assert table.headings == ("名前", "メール", "名前 (2)", "名前 (3)")
    line = table.lines[0]
    assert (line.get("名前"), line.get("名前(2)"), line.get("名前(3)")) == ("A", "B", "C")


def test_headings_are_compared_without_width_case_and_space() -> None:
    assert plain("  Ｎａｍｅ （Original Name）＊ ") == "name(originalname)"


@pytest.mark.parametrize("broken", ['B,"b', 'B,"b" x,', '"B,b'])
def test_a_broken_quote_costs_one_line(broken: str) -> None:
    table = found_in(f"名前,メール\nA,a\n{broken}\nC,c\nD,d\n")
    assert names(table) == ["A", "", "C", "D"]
    assert [line.problem for line in table.lines] == [None, CUT_RECORD, None, None]
    assert table.lines[1].number == 3


def test_lines_that_a_broken_quote_makes_one_cell_are_refused_one_by_one() -> None:
    rows = [f"N{number},n{number},参加" for number in range(2, 12)]
    rows[3], rows[7] = 'N5,"n5,参加', 'N9,n9",参加'
    table = found_in("\n".join(["名前,メール,参加状況", *rows]) + "\n")
    refused = [(line.number, line.problem) for line in table.lines if line.problem]
    assert refused == [(number, SWALLOWED) for number in range(5, 10)]
    assert [name for name in names(table) if name] == ["N2", "N3", "N4", "N10", "N11"]


@pytest.mark.parametrize(
    "text", ["一行目\n二行目", "red, green, blue\nand one, two, more", "a\n\nb"]
)
def test_a_text_of_several_lines_is_one_cell(text: str) -> None:
    table = found_in(f'名前,メール,参加状況\nA,a,"{text}"\nB,"{text}",参加\n')
    assert [line.problem for line in table.lines] == [None, None]
    assert table.lines[0].get("参加状況") == table.lines[1].get("メール") == text


def test_a_quotation_mark_inside_a_cell_is_no_quote() -> None:
    assert found_in('名前,メール\n5" の板,a\nB,b\n').lines[0].get("名前") == '5" の板'


def test_lines_shorter_and_longer_than_the_headings() -> None:
    short, long = found_in("名前,メール\nA\nB,b,c,,d\n").lines
    assert (short.cells, short.surplus) == ({"名前": "A"}, ())
    assert (long.cells, long.surplus) == ({"名前": "B", "メール": "b"}, ("c", "d"))


def test_empty_lines_are_no_lines() -> None:
    assert names(found_in("名前,メール\n\n , \nA,a\n,\n\n")) == ["A"]


def test_a_workbook_gives_the_sheet_whose_headings_are_known() -> None:
    content = workbook_of(
        {"説明": [["これは一覧です"]], "参加者": [["春の会"], *ROWS, ["鈴木", 46131, 12.5]]}
    )
    (table,) = tables_in(content, knows)
    assert (table.name, table.preamble) == ("参加者", (("春の会", "", ""),))
    assert names(table) == ["髙橋 花子", "山田 太郎", "鈴木"]
    assert (table.lines[2].get("メール"), table.lines[2].get("参加状況")) == ("46131", "12.5")
    assert [line.number for line in table.lines] == [3, 4, 5]


def test_sections_below_each_other_are_tables_of_their_own() -> None:
    text = table_of(("主催者",), HEADINGS, ("A", "a", ""), ("参加者",), HEADINGS, ("B", "b", ""))
    host, guests = sections_in(text.encode(), knows)
    assert (host.preamble, names(host)) == ((("主催者",),), ["A"])
    assert (guests.preamble, names(guests)) == ((("参加者",),), ["B"])


def test_another_table_is_none() -> None:
    assert table_in(b"name,mail\nA,a\n", knows) is None
    assert table_in(b"", knows) is None


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04", b"PK\x03\x04" + b"\0" * 100, b"\xd0\xcf\x11\xe0" + b"x" * 600],
    ids=["start", "zeros", "old"],
)
def test_a_broken_workbook_is_a_problem(content: bytes) -> None:
    with pytest.raises(DamagedExport):
        table_in(content, knows, place="list.xlsx")


def test_a_workbook_that_unpacks_to_gigabytes_stays_shut() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/workbook.xml", b"<x/>")
        book.writestr("xl/worksheets/sheet1.xml", b"0" * (1 << 20))
    content = bytearray(made.getvalue())
    size = (1 << 20).to_bytes(4, "little")
    content = content.replace(size, (1 << 30).to_bytes(4, "little"))
    with pytest.raises(DamagedExport) as problem:
        table_in(bytes(content), knows)
    assert problem.value.what == TOO_LARGE


def test_two_cells_in_opposite_corners_do_not_fill_the_memory() -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADINGS)
        sheet.write(1_048_575, 16_383, "far away")
    with pytest.raises(DamagedExport) as problem:
        table_in(made.getvalue(), knows)
    assert problem.value.what == TOO_LARGE


def test_a_zip_that_is_no_workbook_is_a_problem() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as other:
        other.writestr("content.xml", "<x/>")
    with pytest.raises(DamagedExport):
        table_in(made.getvalue(), knows)


def test_bytes_of_no_encoding_cost_a_character_and_no_line() -> None:
    table = found_in("名前,メール\n".encode() + b"A\xff\xfe\x80,a\nB,b\n")
    assert len(table.lines) == 2
    assert names(table)[1] == "B"


def test_a_peek_tells_a_table_by_its_beginning(tmp_path: Path) -> None:
    long = table_of(HEADINGS, *(("髙橋 花子", "h@example.jp", "参加") for _ in range(3_000)))
    files = {
        "a.csv": (long, "utf-8"),
        "b.csv": (long, "cp932"),
        "c.csv": (long, "utf-16"),
        "d.txt": ("no table at all\n" * 9_000, "utf-8"),
        "e.json": ('[{"名前": 1, "メール": 2}]', "utf-8"),
        "f": ("", "utf-8"),
    }
    for name, (content, encoding) in files.items():
        written(tmp_path / name, content, encoding=encoding)
    written(tmp_path / "g.xlsx", workbook_of({"x": ROWS}))
    with open_export(tmp_path) as export:
        found = {one.path for one in export.entries if holds_table(export, one, knows=knows)}
    assert found == {"a.csv", "b.csv", "c.csv", "g.xlsx"}


def test_unmatched_quotes_on_every_line_take_no_time() -> None:
    began = time.process_time()
    table = found_in("名前,メール\n" + 'a,"b""\n' * 20_000)
    assert len(table.lines) == 20_000
    assert time.process_time() - began < 20


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet='ab",\n\r\t;髙\0 ', max_size=60))
def test_every_line_that_holds_something_comes_out_once(text: str) -> None:
    table = found_in(f"名前,メール\n{text}")
    numbers = [line.number for line in table.lines]
    assert numbers == sorted(set(numbers))
    assert all(2 <= number <= text.count("\n") + text.count("\r") + 2 for number in numbers)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_break_it(content: bytes) -> None:
    assert isinstance(decoded(content), str)
    for start in ("名前,メール\nA,a\n".encode(), "名前,メール\nA,a\n".encode("cp932")):
        table = table_in(start + content, knows)
        assert table is None or names(table)[0] == "A"


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_mutilated_workbook_breaks_it(data: st.DataObject) -> None:
    content = bytearray(BOOK)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        list(tables_in(bytes(content), knows))
    except DamagedExport as problem:
        assert problem.what.ja
