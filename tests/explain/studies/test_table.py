"""Business records as companies hand them in: every row ends somewhere, with its reason."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jibungoto.explain.studies import refusing as why
from jibungoto.explain.studies.table import Told, Wanted, read_records
from jibungoto.ledger.problems import InvalidChoice

SALES = Wanted("売上", fiscal_month=4)


def told(rows: str, wanted: Wanted = SALES, encoding: str = "utf-8") -> Told:
    found = read_records(f"アカウント,期間,値,参加\n{rows}".encode(encoding), wanted)
    assert found.read == len(found.records) + found.repeated + len(found.refused)
    return found


def reasons(found: Told) -> list[tuple[int, str]]:
    return [(one.row, one.next_step.en) for one in found.refused]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932", "utf-16"])
def test_a_table_is_read_in_whichever_encoding(encoding: str) -> None:
    found = told("髙橋商事,2026年4月,１，２００円,2026-05\n", encoding=encoding)
    (record,) = found.records
    assert (record.name, record.period, record.value, record.joined) == (
        "髙橋商事",
        "2026-04",
        1200.0,
        "2026-05",
    )


def test_a_preamble_and_a_column_called_as_the_outcome_are_understood() -> None:
    content = "社外秘\n作成: 経理\n会社名\t月\t売上\t業種\n山田\t2026/4\t3\t製造\n".encode("cp932")
    (record,) = read_records(content, SALES).records
    assert (record.account, record.value, record.segment) == ("山田", 3.0, "製造")


def test_a_workbook_is_read_with_its_dates() -> None:
    import datetime

    import xlsxwriter

    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("FY26")
        for row, cells in enumerate((["account", "month", "value"], ["A", None, 12.5])):
            sheet.write_row(row, 0, cells)
        when = datetime.datetime(2026, 4, 1)
        sheet.write_datetime(1, 1, when, book.add_format({"num_format": "yyyy-mm"}))
    (record,) = read_records(file.getvalue(), SALES).records
    assert (record.period, record.value) == ("2026-04", 12.5)


def test_two_values_of_one_period_are_both_put_aside_and_the_same_twice_counts_once() -> None:
    found = told("A,2026-04,1,\nA,2026-04,2,\nB,2026-04,3,\nＢ,2026年4月,3,\n")
    assert [(one.account, one.value) for one in found.records] == [("b", 3.0)]
    assert found.repeated == 1
    assert [one.what.en for one in found.refused] == [
        "The same account and period has different values (rows 2, 3)."
    ] * 2


def test_months_among_quarters_are_put_aside_with_the_next_step() -> None:
    found = told("A,FY2026 Q1,1,\nA,FY2026 Q2,1,\nA,2026-04,1,\n")
    assert [one.period for one in found.records] == ["2026-04+3", "2026-07+3"]
    assert reasons(found) == [(4, why.OTHER_GRAIN.next_step.en)]


def test_text_empty_and_negative_values_are_put_aside_and_never_zero() -> None:
    found = told("A,2026-04,約3万,\nA,2026-05,,\nA,2026-06,△3,\nA,2026-07,0,\n")
    assert [(one.period, one.value) for one in found.records] == [("2026-07", 0.0)]
    assert reasons(found) == [
        (2, why.NO_NUMBER.next_step.en),
        (3, why.NO_VALUE.next_step.en),
        (4, why.NEGATIVE.next_step.en),
    ]
    with_refunds = Wanted("売上", fiscal_month=4, allows_negative=True)
    assert told("A,2026-06,△3,\n", with_refunds).records[0].value == -3.0


@pytest.mark.parametrize("value", ["99999999999999999999", "1000000000000000", "9,999円"])
def test_a_value_beyond_all_measure_is_put_aside_with_the_next_step(value: str) -> None:
    found = told(f'A,2026-04,"{value}",\n', Wanted("売上", allows_negative=True))
    if value == "9,999円":
        assert [one.value for one in found.records] == [9_999.0]
    else:
        assert found.records == ()
        assert reasons(found)[0][1] == why.TOO_LARGE.next_step.en


def test_an_account_may_be_called_anything() -> None:
    assert [one.account for one in told("=1+1,2026-04,1,\n").records] == ["=1+1"]


def test_a_share_above_the_whole_is_asked_about() -> None:
    found = told("A,2026-04,62,\nA,2026-05,62%,\n", Wanted("更新率", is_share=True))
    assert [one.value for one in found.records] == [0.62]
    assert reasons(found) == [(2, why.NO_SHARE.next_step.en)]


@pytest.mark.parametrize(
    "rows",
    [
        "A,2026-04,1,来月\nA,2026-05,1,\n",
        "A,2026-04,1,2026-05\nA,2026-05,1,2026-06\n",
        "A,2026-04,1,FY2026 Q1\nA,2026-05,1,\n",
    ],
    ids=["no month", "two months", "a quarter among months"],
)
def test_an_account_whose_joining_is_unclear_is_put_aside_whole(rows: str) -> None:
    found = told(rows + "B,2026-04,1,\n")
    assert [one.account for one in found.records] == ["b"]
    assert len(found.refused) == 2


def test_missing_periods_are_named_and_nothing_is_filled_in() -> None:
    found = told("A,2026-04,1,\nA,2026-07,1,\n")
    assert len(found.records) == 2
    assert found.gaps == (("A", ("2026-05", "2026-06")),)


def test_rows_of_other_outcomes_are_counted_apart() -> None:
    content = "顧客,年月,指標,値\nA,2026-04,売上,1\nA,2026-04,解約,2\n".encode()
    found = read_records(content, SALES)
    assert (found.read, len(found.records), found.other) == (1, 1, 1)


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"PK\x03\x04broken", b"\xff\xfe\x00"])
def test_what_is_no_table_of_records_is_said(content: bytes) -> None:
    from jibungoto.ledger.problems import Problem

    with pytest.raises(Problem):
        read_records(content, SALES)


def test_a_table_of_something_else_says_which_columns_are_needed() -> None:
    with pytest.raises(InvalidChoice) as caught:
        read_records(b"name,points\na,1\n", SALES, place="points.csv")
    assert caught.value.next_step == why.NEEDED_COLUMNS
    assert caught.value.place == "points.csv"


CELL = st.one_of(
    st.sampled_from(
        ["A", "B", "2026-04", "FY2026 Q1", "12", "-3", "約", "", "62%", '"', "2026-05"]
    ),
    st.text(max_size=6),
)


@given(st.lists(st.lists(CELL, min_size=0, max_size=6), max_size=12))
@settings(max_examples=150, deadline=None)
def test_whatever_stands_in_a_table_every_row_is_accounted_for(rows: list[list[str]]) -> None:
    told("\n".join(",".join(row) for row in rows).encode("utf-8", "replace").decode())
