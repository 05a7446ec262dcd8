"""Rows, however they were put in, come out as they were."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jibungoto.gather.batch import Batch, Like, Record, Rows
from jibungoto.ledger.activity import Activity, Tie, TieKind
from jibungoto.ledger.kinds import Kind

records = st.lists(
    st.builds(Record, st.text(), st.integers(), st.integers(), st.booleans(), st.booleans())
)


@given(records)
def test_rows_come_back_whole_and_in_order(told: list[Record]) -> None:
    rows = Rows(Record, told)
    assert list(rows) == told
    assert len(rows) == len(told)
    assert bool(rows) is bool(told)


@given(records)
def test_a_column_has_the_value_of_every_row(told: list[Record]) -> None:
    rows = Rows(Record, told)
    for name in rows.fields:
        assert rows.column(name) == [getattr(record, name) for record in told]


@given(records, records)
def test_the_rows_of_a_sheet_are_rows_like_all_others(
    first: list[Record], second: list[Record]
) -> None:
    rows = Rows(Record, first)
    sheet = rows.sheet("key", "content", "filed_at", is_counted=False)
    for record in second:
        sheet.put((record.key, record.content, record.filed_at))
    told = [Record(one.key, one.content, one.filed_at, is_counted=False) for one in second]
    assert list(sheet) == told
    assert list(rows) == first + told
    assert len(rows) == len(first) + len(second)
    assert rows.column("is_counted") == [one.is_counted for one in first + told]


def test_a_value_may_be_like_that_of_another_field() -> None:
    sheet = Rows(Activity).sheet("key", "actor", record=Like("key"), kind=Kind.JOIN, happened_at=5)
    sheet.put(("C1/1.2", "a"))
    assert list(sheet) == [Activity("C1/1.2", "C1/1.2", "a", Kind.JOIN, 5)]


def test_an_activity_can_say_its_record_and_its_ties_itself() -> None:
    batch = Batch()
    batch.records.append(Record("r", 1, 2, is_tombstone=True))
    batch.activities.append(
        Activity("k", "k", "a", Kind.REPLY, 9, towards="b", mentioned="c d", content=7)
    )
    batch.activities.append(Activity("k", "k/a", "b", Kind.REACTION, 10, towards="a", filed_at=9))
    batch.activities.append(Activity("n", "n", None, Kind.ADMIN, 9, mentioned="c", content=8))
    assert list(batch.told_records()) == [
        Record("r", 1, 2, is_tombstone=True),
        Record("k", 7, 9),
        Record("n", 8, 9),
    ]
    assert list(batch.told_ties()) == [
        Tie("k", "k", "a", "c", TieKind.MENTION, 9),
        Tie("k", "k", "a", "d", TieKind.MENTION, 9),
        Tie("k", "k", "a", "b", TieKind.REPLY, 9),
        Tie("k", "k/a", "b", "a", TieKind.REACTION, 10, 9),
        Tie("n", "n", None, "c", TieKind.MENTION, 9),
    ]


def test_a_row_put_in_value_by_value_is_the_row_appended() -> None:
    row = Record("C1/1.2", 5, 1_700_000_000, is_tombstone=True)
    put, appended = Rows(Record), Rows(Record)
    put.put(("C1/1.2", 5, 1_700_000_000, True, True))
    appended.append(row)
    assert list(put) == list(appended) == [row]


def test_every_batch_has_rows_of_its_own() -> None:
    first, second = Batch(), Batch()
    first.records.append(Record("k", 1, 2))
    assert (len(first.records), len(second.records)) == (1, 0)
    assert (second.activities.kind, second.ties.kind) == (Activity, Tie)
