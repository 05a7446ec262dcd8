"""Rows, however they were put in, come out as they were."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jibungoto.gather.batch import Batch, Record, Rows
from jibungoto.ledger.activity import Activity, Tie

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
def test_joined_rows_are_those_of_both(first: list[Record], second: list[Record]) -> None:
    rows = Rows(Record, first)
    rows.join(Rows(Record, second))
    assert list(rows) == first + second


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
