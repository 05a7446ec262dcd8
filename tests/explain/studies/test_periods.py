"""Months, quarters and numbers, as spreadsheets have them; and what is none of these."""

from __future__ import annotations

import pytest

from jibungoto.explain.studies.amounts import Amount, amount_of
from jibungoto.explain.studies.periods import Period, period_from, period_of

APRIL = [
    *("2026-04", "2026/4", "2026.04", "2026年4月", "2026年 4月度", "2026年4月分", "２０２６年４月"),
    *("202604", "20260401", "2026-04-01", "2026-04-30T00:00:00", "2026年4月1日", "令和8年4月"),
    *("Apr 2026", "April, 2026", "2026 Apr"),
]


@pytest.mark.parametrize("text", APRIL)
def test_a_month_is_read_however_it_is_written(text: str) -> None:
    period = period_of(text, 4)
    assert period is not None and period.key == "2026-04"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("FY2026 Q1", "2026-04+3"),
        ("FY26Q4", "2027-01+3"),
        ("Q2 FY2026", "2026-07+3"),
        ("2026年度第1四半期", "2026-04+3"),
        ("2026年度Q4", "2027-01+3"),
        ("2026 Q1", "2026-01+3"),
        ("2026年第1四半期", "2026-01+3"),
        ("Q3 2026", "2026-07+3"),
    ],
)
def test_a_quarter_of_a_fiscal_year_is_not_one_of_the_calendar(text: str, key: str) -> None:
    period = period_of(text, 4)
    assert period is not None and period.key == key
    assert period_from(key) == period


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "4月", "昨年", "Q5 2026", "1826-04", "FY"])
def test_what_states_no_period_is_none(text: str) -> None:
    assert period_of(text, 4) is None


@pytest.mark.parametrize(
    ("period", "ja", "en"),
    [
        (Period(2026 * 12 + 3), "2026年4月", "Apr 2026"),
        (Period(2026 * 12 + 3, 3), "2026年4〜6月", "Apr to Jun 2026"),
        (Period(2026 * 12 + 10, 3), "2026年11月〜2027年1月", "Nov 2026 to Jan 2027"),
    ],
)
def test_a_period_is_said_in_both_languages(period: Period, ja: str, en: str) -> None:
    assert (period.words.ja, period.words.en) == (ja, en)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("１，２３４", 1234.0),
        ("1,234.5", 1234.5),
        ("¥1,200", 1200.0),
        ("1,200円", 1200.0),
        ("62%", 0.62),
        ("△300", -300.0),
        ("▲1,200円", -1200.0),
        ("(1,200)", -1200.0),
        ("-5", -5.0),
        ("1.2e-05", 0.000012),
        ("0", 0.0),
    ],
)
def test_a_number_is_read_however_it_is_written(text: str, number: float) -> None:
    found = amount_of(text).number
    assert found == pytest.approx(number)


@pytest.mark.parametrize("text", ["", " ", "-", "―", "n/a", "なし"])
def test_an_empty_cell_is_nothing_and_never_zero(text: str) -> None:
    assert amount_of(text) == Amount(None, is_empty=True)


@pytest.mark.parametrize("text", ["1,23", "約3万", "3万", "1.2E+05", "12-3", "(5", "1.2.3", "abc"])
def test_what_is_no_number_for_certain_is_none(text: str) -> None:
    assert amount_of(text) == Amount(None)
