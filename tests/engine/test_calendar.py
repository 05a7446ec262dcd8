"""Local days and filing months, against the calendar itself."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jibungoto.engine.calendar import day_from, filing_months, local_day, local_days, zone_named
from jibungoto.ledger.problems import InvalidChoice

ZONES = ["Asia/Tokyo", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]


@settings(deadline=None)
@given(st.lists(st.integers(0, 4_000_000_000), min_size=1, max_size=20), st.sampled_from(ZONES))
def test_many_days_at_once_are_the_days_one_by_one(seconds: list[int], zone: str) -> None:
    at_once = local_days(np.array(seconds, dtype=np.int64), ZoneInfo(zone)).tolist()
    one_by_one = [datetime.fromtimestamp(s, UTC).astimezone(ZoneInfo(zone)).date() for s in seconds]
    assert [day_from(number) for number in at_once] == one_by_one
    assert at_once == [local_day(s, ZoneInfo(zone)) for s in seconds]


@settings(deadline=None)
@given(st.lists(st.integers(0, 4_000_000_000), min_size=1, max_size=20))
def test_the_filing_month_is_the_month_in_utc(seconds: list[int]) -> None:
    days = [datetime.fromtimestamp(s, UTC) for s in seconds]
    expected = [day.year * 100 + day.month for day in days]
    assert filing_months(np.array(seconds, dtype=np.int64)).tolist() == expected


@pytest.mark.parametrize("name", ["Tokyo", "", "../etc/passwd", "Asia/Atlantis"])
def test_an_unknown_zone_is_refused_with_a_next_step(name: str) -> None:
    with pytest.raises(InvalidChoice, match="no time zone"):
        zone_named(name)
