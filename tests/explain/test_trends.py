"""A value is compared with its own past, and only where the two can be compared."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from jibungoto.explain.claims import Tone
from jibungoto.explain.facts import ReportFacts, SourceFacts
from jibungoto.explain.trends import Trend, Way, trend_of
from jibungoto.ledger.finding import Finding, Quality
from jibungoto.understand.catalogue import Measure, measure_of
from jibungoto.understand.intervals import newcombe
from tests.explain.examples import END, LAST_DAY, count, share


def measure(key: str) -> Measure:
    found = measure_of(key)
    assert found is not None
    return found


def trend(now: Finding, *past: Finding, sources: tuple[SourceFacts, ...] = ()) -> Trend:
    facts = ReportFacts("x", LAST_DAY, history=past, sources=sources)
    return trend_of(measure(now.measure), now, facts=facts)


def test_windows_that_are_compared_do_not_overlap() -> None:
    ends = [date(2026, 7, 1), date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 1)]
    past = [share("act30", 20, 40, end=end) for end in ends]
    found = trend(share("act30", 20, 40), *past).before
    assert found is not None and found.as_of == date(2026, 8, 1)


@pytest.mark.parametrize(
    ("first", "second"),
    [((29, 34), (19, 33)), ((9, 79), (24, 81)), ((20, 40), (24, 40)), ((14, 31), (16, 29))],
)
def test_a_share_changed_where_newcombes_interval_excludes_nought(
    first: tuple[int, int], second: tuple[int, int]
) -> None:
    between = newcombe(second, first)
    found = trend(share("welcome48", *second), share("welcome48", *first, end=date(2026, 8, 1)))
    assert found.is_clear == (not between.low <= 0 <= between.high)


@pytest.mark.parametrize(
    ("key", "tone"), [("welcome48", Tone.BETTER), ("unanswered72", Tone.WORSE)]
)
def test_up_is_better_or_worse_as_the_catalogue_says(key: str, tone: Tone) -> None:
    found = trend(share(key, 60, 80), share(key, 20, 80, end=date(2026, 8, 1)))
    assert (found.way, found.tone) == (Way.UP, tone)


def test_a_small_difference_is_neither_up_nor_better() -> None:
    found = trend(count("active", 100), count("active", 95, end=date(2026, 10, 1)))
    assert (found.way, found.tone, found.heads) == (Way.STEADY, Tone.NEITHER, Tone.BETTER)


def test_without_a_past_nothing_is_compared() -> None:
    assert trend(count("active", 100)).way is Way.UNKNOWN


def test_another_definition_is_not_compared() -> None:
    old = replace(count("active", 10, end=date(2026, 10, 1)), definition_version=0)
    assert trend(count("active", 100), old).way is Way.UNKNOWN


def test_a_source_that_ended_early_is_no_decline() -> None:
    now = replace(count("active", 10), quality=Quality.STALE)
    then = count("active", 100, end=date(2026, 10, 1))
    ended = SourceFacts("slack", date(2025, 1, 1), date(2026, 10, 12))
    assert trend(now, then, sources=(ended,)).way is Way.UNKNOWN


def test_a_source_that_ended_long_ago_spoils_no_comparison() -> None:
    now = replace(count("active", 10), quality=Quality.STALE)
    then = replace(count("active", 100, end=date(2026, 10, 1)), quality=Quality.STALE)
    sources = (
        SourceFacts("slack", date(2023, 1, 1), date(2024, 1, 1)),
        SourceFacts("discord", date(2024, 1, 1), LAST_DAY),
    )
    assert trend(now, then, sources=sources).way is Way.DOWN


def test_a_past_before_the_first_record_is_not_compared() -> None:
    now = count("active", 100)
    then = replace(count("active", 5, end=date(2026, 10, 1)), quality=Quality.PARTIAL_SOURCE)
    begun = SourceFacts("slack", date(2026, 9, 20), END)
    assert trend(now, then, sources=(begun,)).way is Way.UNKNOWN
