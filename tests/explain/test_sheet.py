"""A sheet that is too full is shortened by rule, and nothing that was taken off is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from jibungoto.explain.document import Document, Section
from jibungoto.explain.sheet import ALL_IN_ANNEX, IN_ANNEX, ROOMS, Room, shortened
from jibungoto.ledger.words import Words
from tests.explain.documents import ALL
from tests.explain.sheets import crowded_sheet

SHEET = crowded_sheet()


def said(sections: tuple[Section, ...]) -> Iterator[str]:
    """Yield everything sections say, but for headings and what tells of the annex."""
    for section in sections:
        yield from (one.text.en for one in section.claims)
        yield from (line.en for line in section.text if "annex" not in line.en)
        for table in section.tables:
            rows = (row for row in table.rows if row[-1].text != IN_ANNEX)
            yield from (" ".join(cell.text.en for cell in row) for row in rows)


@pytest.mark.parametrize("room", ROOMS, ids=str)
def test_what_is_taken_off_stands_in_the_annex(room: Room) -> None:
    short = shortened(SHEET, room)
    whole = Counter(said(SHEET.sections))
    assert Counter(said((*short.sections, *short.annex))) == whole
    assert [one.heading for one in short.sections] == [one.heading for one in SHEET.sections]


def test_each_room_is_smaller_than_the_one_before() -> None:
    sizes = [len(list(said(shortened(SHEET, room).sections))) for room in ROOMS]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] < sizes[0] < len(list(said(SHEET.sections)))


def test_notes_give_way_first_and_say_where_they_are() -> None:
    short = shortened(SHEET, Room(notes=2))
    (notes,) = short.small_print()
    assert (len(notes.text), notes.text[-1].ja) == (3, "ほかに10項目が付録にあります。")
    assert short.body() == SHEET.body()
    (gone,) = shortened(SHEET, Room(notes=0)).small_print()
    assert gone.text == (ALL_IN_ANNEX,)


def test_a_shortened_table_says_how_many_rows_are_elsewhere() -> None:
    (strip,) = [one for one in shortened(SHEET, Room(rows=4)).sections if one.tables]
    (table,) = strip.tables
    assert [cell.text.en for cell in table.rows[-1]] == ["5 more", "in the annex"]
    (rest,) = shortened(SHEET, Room(rows=4)).annex
    assert rest.heading.en == "Strip (continued)"
    assert rest.tables[0].columns == table.columns
    assert len(rest.tables[0].rows) == 5


def test_one_row_too_many_stays_as_the_line_about_it_would_take_its_place() -> None:
    assert shortened(SHEET, Room(rows=8)) == SHEET


def test_the_answer_keeps_all_of_its_claims() -> None:
    short = shortened(SHEET, ROOMS[-1])
    assert short.sections[0].claims == SHEET.sections[0].claims
    assert len(short.sections[1].claims) == 1


@pytest.mark.parametrize("name", sorted(ALL))
def test_a_document_with_little_stays_as_it_is(name: str) -> None:
    document: Document = ALL[name]
    assert shortened(document, Room()) == document
    assert Words("", "") not in [one.heading for one in document.annex]
