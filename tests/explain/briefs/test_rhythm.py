"""The day a brief is due follows the week, the month, the quarter and the fiscal year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jibungoto.explain.briefs.brief import BriefKind
from jibungoto.explain.briefs.rhythm import days_of, due_day


@pytest.mark.parametrize(
    ("kind", "day", "today", "fiscal_month", "due"),
    [
        (BriefKind.WEEKLY, 1, date(2026, 11, 23), 4, date(2026, 11, 23)),
        (BriefKind.WEEKLY, 1, date(2026, 11, 22), 4, date(2026, 11, 16)),
        (BriefKind.WEEKLY, 7, date(2026, 11, 23), 4, date(2026, 11, 22)),
        (BriefKind.MONTHLY, 5, date(2026, 11, 5), 4, date(2026, 11, 5)),
        (BriefKind.MONTHLY, 5, date(2026, 11, 4), 4, date(2026, 10, 5)),
        (BriefKind.MONTHLY, 28, date(2026, 1, 1), 4, date(2025, 12, 28)),
        (BriefKind.QUARTERLY, 10, date(2026, 11, 22), 4, date(2026, 10, 10)),
        (BriefKind.QUARTERLY, 10, date(2026, 11, 22), 3, date(2026, 9, 10)),
        (BriefKind.QUARTERLY, 10, date(2026, 10, 9), 4, date(2026, 7, 10)),
        (BriefKind.YEARLY, 1, date(2026, 11, 22), 4, date(2026, 1, 16)),
        (BriefKind.YEARLY, 1, date(2027, 1, 16), 4, date(2027, 1, 16)),
        (BriefKind.YEARLY, 1, date(2026, 11, 22), 1, date(2026, 10, 18)),
    ],
)
def test_a_brief_is_due(
    kind: BriefKind, day: int, today: date, fiscal_month: int, due: date
) -> None:
    assert due_day(kind, day=day, today=today, fiscal_month=fiscal_month) == due


@given(
    st.sampled_from(list(BriefKind)),
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.integers(1, 12),
    st.data(),
)
def test_the_due_day_never_lies_ahead_and_stays_until_the_next(
    kind: BriefKind, today: date, fiscal_month: int, data: st.DataObject
) -> None:
    day = data.draw(st.sampled_from(days_of(kind)))
    due = due_day(kind, day=day, today=today, fiscal_month=fiscal_month)
    assert today - timedelta(days=366) <= due <= today
    assert due_day(kind, day=day, today=due, fiscal_month=fiscal_month) == due


def test_the_yearly_paper_leaves_sixty_days_before_the_year_ends() -> None:
    due = due_day(BriefKind.YEARLY, day=1, today=date(2027, 3, 1), fiscal_month=4)
    assert (date(2027, 4, 1) - due).days >= 60
