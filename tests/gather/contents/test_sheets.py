"""Tables among other files, and tables that stand one below the other."""

from __future__ import annotations

import io
from pathlib import Path

import xlsxwriter

from jibungoto.gather.batch import Batch
from jibungoto.gather.contents.sheets import NO_SUCH_TABLE, holds_known, known_tables, lines_of
from jibungoto.gather.contents.table import sections_in
from jibungoto.gather.people.roll import Tally
from jibungoto.gather.shelves.export import open_export
from tests.gather.made import Files, folder_of

TWO = "About\nWhen,today\nHosts,\nname,mail\nAn,a@x\n\nGuests,\nname,room,mail\nBo,5,b@x\n,,\n"


def knows(headings: frozenset[str]) -> bool:
    return {"name", "mail"} <= headings


def as_workbook(text: str) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("people")
        for at, line in enumerate(text.splitlines()):
            sheet.write_row(at, 0, line.split(","))
    return stream.getvalue()


def test_each_section_has_its_own_headings_title_and_lines() -> None:
    for content in (TWO.encode(), TWO.encode("utf-16"), as_workbook(TWO)):
        hosts, guests = sections_in(content, knows)
        assert [[c for c in row if c] for row in hosts.preamble] == [
            ["About"],
            ["When", "today"],
            ["Hosts"],
        ]
        assert [line.cells["mail"] for line in hosts.lines] == ["a@x"]
        assert guests.preamble[-1][0] == "Guests"
        tally = Tally("x", Batch())
        assert [line.cells["room"] for line in lines_of(guests, tally)] == ["5"]


def read(files: Files, tmp_path: Path) -> tuple[list[str], Batch]:
    batch = Batch()
    with open_export(folder_of(files, tmp_path)) as export:
        assert holds_known(export, knows)
        return [entry.path for entry, _ in known_tables(export, knows, batch=batch)], batch


def test_other_files_are_left_out_and_damaged_ones_refused(tmp_path: Path) -> None:
    files = {
        "a.csv": TWO.encode(),
        "b.txt": b"hello",
        "c.xlsx": as_workbook(TWO),
        "d.xlsx": b"PK\x03\x04 nothing",
    }
    found, batch = read(files, tmp_path)
    assert sorted(found) == ["a.csv", "c.xlsx"]
    assert [(one.place, one.reason) for one in batch.left_out] == [("b.txt", NO_SUCH_TABLE)]
    assert [one.place for one in batch.refusals] == ["d.xlsx"]
    assert batch.read == 2


def test_many_other_files_are_named_at_first_and_then_counted(tmp_path: Path) -> None:
    files = {"a.csv": TWO.encode()} | {f"{n:03}.txt": b"x" for n in range(60)}
    batch = Batch()
    with open_export(folder_of(files, tmp_path)) as export:
        list(known_tables(export, knows, batch=batch))
    assert (batch.read, len(batch.left_out), batch.left_out[-1].records) == (60, 51, 10)


def test_half_a_character_at_the_end_of_what_is_peeked_at_does_not_matter(tmp_path: Path) -> None:
    text = "名前,name,mail\n" + "あ,い,う\n" * 10_000
    found, _ = read({"a.csv": text.encode("cp932")}, tmp_path)
    assert found == ["a.csv"]
