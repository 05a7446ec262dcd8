"""How far a value can be relied on, and the sentence that says why not further."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from jibungoto.ledger.finding import Quality
from jibungoto.ledger.source import CanTell
from jibungoto.ledger.words import Words
from jibungoto.understand import findings as rules
from jibungoto.understand.catalogue import Measure, measure_of
from jibungoto.understand.findings import (
    Coverage,
    Tally,
    finding_of_tally,
    findings_of_sample,
    verdict_on,
)
from jibungoto.understand.intervals import Sample
from jibungoto.understand.log import LoggedSource

AS_OF = date(2024, 1, 1)
ALL = CanTell(True, True, True, True, True, True)
SLACK = LoggedSource("slack", ALL, date(2020, 1, 1), AS_OF - timedelta(days=1))
CHAT = replace(SLACK, source="chat", can_tell=CanTell())


def measure(key: str) -> Measure:
    found = measure_of(key)
    assert found is not None
    return found


def judged(key: str, *sources: LoggedSource) -> tuple[Quality, Words | None]:
    verdict = verdict_on(measure(key), AS_OF, coverage=Coverage(sources, has_intro=True))
    return verdict.quality, verdict.reason


@pytest.mark.parametrize(
    ("key", "sources", "expected"),
    [
        ("active", (), (Quality.UNKNOWN, rules.NO_LOG)),
        ("active", (SLACK,), (Quality.OK, None)),
        ("ttfr", (CHAT,), (Quality.UNKNOWN, rules.CANNOT_TELL["threads"])),
        (
            "ttfr",
            (SLACK, CHAT),
            (Quality.PARTIAL_SOURCE, rules.SOME_CANNOT.filled(sources="chat")),
        ),
        ("active", (replace(SLACK, covered_from=AS_OF),), (Quality.UNKNOWN, rules.NOT_YET)),
        (
            "active",
            (replace(SLACK, covered_from=date(2023, 12, 20)),),
            (Quality.PARTIAL_SOURCE, rules.SHORT.filled(since="2023-12-20")),
        ),
        (
            "active",
            (replace(SLACK, covered_until=date(2023, 12, 20)),),
            (Quality.STALE, rules.OLD.filled(sources="slack")),
        ),
        (
            "active",
            (replace(SLACK, covered_until=date(2023, 11, 20)),),
            (Quality.UNKNOWN, rules.ENDED.filled(until="2023-11-20")),
        ),
    ],
    ids=["empty", "ok", "untold", "one of two", "later", "short", "stale", "ended"],
)
def test_what_the_sources_can_tell_decides(
    key: str, sources: tuple[LoggedSource, ...], expected: tuple[Quality, Words | None]
) -> None:
    assert judged(key, *sources) == expected


def test_a_young_community_that_is_wholly_there_is_not_partial() -> None:
    young = replace(SLACK, covered_from=date(2023, 12, 20))
    whole = replace(young, can_tell=replace(ALL, complete_since=date(2023, 12, 20)))
    assert judged("active", whole) == (Quality.OK, None)


COVERED = Coverage((SLACK,), has_intro=True)


@pytest.mark.parametrize(
    ("k", "n", "quality"),
    [(0, 0, Quality.UNKNOWN), (3, 29, Quality.SMALL_N), (3, 30, Quality.OK)],
)
def test_a_share_of_few_says_so_and_of_nobody_is_no_number(
    k: int, n: int, quality: Quality
) -> None:
    finding = finding_of_tally(measure("act7"), Tally(AS_OF, "", k, n, 0), coverage=COVERED)
    assert (finding.quality, finding.value) == (quality, k / n if n else None)
    assert (finding.interval is None) == (n == 0)


def test_a_count_of_nobody_is_zero_with_an_interval() -> None:
    finding = finding_of_tally(measure("active"), Tally(AS_OF, "", 0, None, 0), coverage=COVERED)
    assert finding.value == 0
    assert finding.interval is not None
    assert round(finding.interval.high, 6) == 3.688879


def test_who_could_not_be_counted_surely_makes_a_value_partial() -> None:
    finding = finding_of_tally(measure("new"), Tally(AS_OF, "", 4, None, 2), coverage=COVERED)
    assert finding.quality is Quality.PARTIAL_SOURCE
    assert finding.reason == rules.DOUBTFUL["new"].filled(n=2)


def test_a_waiting_time_that_was_never_reached_is_no_number() -> None:
    waiting = [Sample(1, True, 1), *[Sample(50, False, n) for n in range(2, 40)]]
    median, quarter = findings_of_sample(measure("ttfr"), AS_OF, samples=waiting, coverage=COVERED)
    assert (median.value, quarter.value) == (None, None)
    assert median.reason == rules.NOT_REACHED
    assert median.n == 39


def test_a_mean_of_nobody_is_no_number() -> None:
    (finding,) = findings_of_sample(measure("early_diversity"), AS_OF, samples=[], coverage=COVERED)
    assert (finding.value, finding.reason) == (None, rules.NOBODY)
