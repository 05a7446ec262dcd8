"""Times are read in the forms tools write, and in no other."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jibungoto.gather.moments import Moment, is_shortened, moment_of

TOKYO = ZoneInfo("Asia/Tokyo")
EVENING = int(datetime(2026, 4, 19, 17, 22, tzinfo=TOKYO).timestamp())
MIDNIGHT = int(datetime(2026, 4, 19, tzinfo=TOKYO).timestamp())


@pytest.mark.parametrize(
    "written",
    [
        "2026年4月19日 17時22分",
        "２０２６年４月１９日　１７時２２分",
        "2026年4月19日(日) 17:22",
        "2026年4月19日(日・祝)午後5時22分",
        "令和8年4月19日 17時22分",
        "2026/4/19 17:22",
        "2026/04/19 17:22:00",
        "2026-04-19T17:22:00+09:00",
        "2026-04-19T08:22:00.123Z",
        "2026-04-19 08:22:00 UTC",
        "2026-04-19 17:22 JST",
        "Apr 19, 2026 05:22 PM",
        "Sunday, April 19th, 2026 5:22 pm",
        "19 Apr 2026 17:22",
        "46131.7236111111",
    ],
)
def test_one_moment_in_many_forms(written: str) -> None:
    assert moment_of(written, TOKYO) == Moment(EVENING, True)


@pytest.mark.parametrize(
    "written",
    ["2026年4月19日", "2026-04-19", "2026/4/19", "April 19, 2026", "46131", "令和8年4月19日"],
)
def test_a_day_alone_has_no_time(written: str) -> None:
    assert moment_of(written, TOKYO) == Moment(MIDNIGHT, False)


@pytest.mark.parametrize(
    "written",
    [
        *("", " ", "-", "########", "soon", "4/19", "17:22", "2026", "2026-13-01", "2026-02-30"),
        *("2026-04-19 25:00", "2026-04-19 17:60", "2026-04-19 17:", "2026-04-19T17:22:00+99:99"),
        *("0026-04-19", "9999-01-01", "1776619320", "2026年4月19日 17時22分ごろ", "4.6131E+04"),
        *("04/19/2026", "19/04/2026", "=1+1", "2026-04-19 17:22:00 and more", "12"),
    ],
)
def test_what_fits_no_form_is_no_time(written: str) -> None:
    assert moment_of(written, TOKYO) is None


def test_the_month_comes_first_only_where_the_source_is_known_to_write_so() -> None:
    assert moment_of("04/05/2026", TOKYO) is None
    american = moment_of("04/05/2026", TOKYO, is_month_first=True)
    assert american == moment_of("2026-04-05", TOKYO)


@pytest.mark.parametrize(
    ("written", "hour"),
    [("午前0時30分", 0), ("午前12:30", 0), ("午後0時30分", 12), ("12:30 am", 0), ("12:30 pm", 12)],
)
def test_noon_and_midnight_are_told_apart(written: str, hour: int) -> None:
    expected = datetime(2026, 4, 19, hour, 30, tzinfo=TOKYO).timestamp()
    assert moment_of(f"2026/4/19 {written}", TOKYO) == Moment(int(expected), True)


def test_an_offset_counts_before_the_zone() -> None:
    there = moment_of("2026-04-19T17:22:00-05:00", TOKYO)
    assert there == Moment(int(datetime(2026, 4, 19, 22, 22, tzinfo=UTC).timestamp()), True)


@pytest.mark.parametrize(
    ("cell", "answer"), [("1.23457E+11", True), ("1E+10", True), ("123457", False), ("E+1", False)]
)
def test_a_number_excel_shortened_is_seen(cell: str, answer: bool) -> None:
    assert is_shortened(cell) is answer


@given(st.text(max_size=40) | st.from_regex(r"[0-9年月日時分:/. T+-]{1,30}", fullmatch=True))
def test_no_text_breaks_it_and_every_answer_lies_between_1990_and_2100(text: str) -> None:
    found = moment_of(text, TOKYO)
    if found is not None:
        assert 631_000_000 < found.seconds < 4_102_500_000
