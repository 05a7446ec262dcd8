"""How far a value can be relied on, and the sentence that says why not further."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from jibungoto.ledger.finding import Finding, Quality
from jibungoto.ledger.source import CanTell
from jibungoto.ledger.words import Words
from jibungoto.understand import reasons as rules
from jibungoto.understand.catalogue import Measure, measure_of
from jibungoto.understand.findings import (
    Tally,
    finding_of_tally,
    findings_of_sample,
)
from jibungoto.understand.intervals import Sample
from jibungoto.understand.log import LoggedSource
from jibungoto.understand.verdicts import Coverage, verdict_on

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
            (Quality.STALE, rules.OLD.filled(sources="Slack")),
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
UNTHREADED = replace(SLACK, can_tell=replace(ALL, threads=False, replies=False))
ANONYMOUS = replace(SLACK, can_tell=replace(ALL, creators=False))
NO_THREADS, NO_CREATORS = rules.CANNOT_TELL["threads"], rules.CANNOT_TELL["creators"]


def at_stage(part: str, count: int, *sources: LoggedSource) -> Finding:
    tally = Tally(AS_OF, part, count, None, 0)
    coverage = Coverage(sources, has_intro=True)
    return finding_of_tally(measure("stage_stock"), tally, coverage=coverage)


@pytest.mark.parametrize(
    ("source", "untold"),
    [
        (UNTHREADED, {"S3": NO_THREADS, "S3.dormant": NO_THREADS, "S5": NO_THREADS}),
        (ANONYMOUS, {"S4": NO_CREATORS, "S4.dormant": NO_CREATORS, "S5": NO_CREATORS}),
        (CHAT, {"S3": NO_THREADS, "S4": NO_CREATORS, "S5": NO_CREATORS}),
    ],
    ids=["no threads", "no creators", "neither"],
)
def test_a_stage_nobody_can_be_seen_at_is_unknown_and_not_nought(
    source: LoggedSource, untold: dict[str, Words]
) -> None:
    for part, reason in untold.items():
        found = at_stage(part, 0, source)
        assert (found.value, found.quality, found.reason) == (None, Quality.UNKNOWN, reason)
    told = {"S0", "S1", "S2", "S3", "S4", "S5"} - set(untold)
    assert {at_stage(part, 0, source).value for part in told} == {0.0}


def test_the_share_of_such_a_stage_is_unknown_too() -> None:
    coverage = Coverage((UNTHREADED,), has_intro=True)
    tally = Tally(AS_OF, "S3", 0, 40, 0)
    found = finding_of_tally(measure("stage_share"), tally, coverage=coverage)
    assert (found.value, found.interval, found.reason) == (None, None, NO_THREADS)


def test_where_one_source_tells_help_and_another_does_not_the_stage_is_partial() -> None:
    other = replace(UNTHREADED, source="chat")
    found = at_stage("S3", 0, SLACK, other)
    assert (found.value, found.quality) == (0, Quality.PARTIAL_SOURCE)
    assert found.reason == rules.SOME_CANNOT.filled(sources="chat")


def test_somebody_seen_at_such_a_stage_all_the_same_is_counted_as_the_least() -> None:
    found = at_stage("S3", 2, UNTHREADED)
    assert (found.value, found.quality) == (2, Quality.PARTIAL_SOURCE)
    assert found.reason == rules.AT_LEAST.filled(sources="Slack")


def test_what_newcomers_got_is_a_lower_bound_where_replies_cannot_be_told() -> None:
    assert judged("act30", SLACK) == (Quality.OK, None)
    assert judged("act30", UNTHREADED) == (
        Quality.PARTIAL_SOURCE,
        rules.AT_LEAST.filled(sources="Slack"),
    )
    reacting = replace(SLACK, can_tell=CanTell(joins=True, reactions=True))
    assert judged("act30", reacting)[0] is Quality.PARTIAL_SOURCE
    silent = replace(SLACK, can_tell=CanTell(joins=True))
    assert judged("act30", silent) == (Quality.UNKNOWN, rules.CANNOT_TELL["replies"])


def test_a_source_left_out_and_one_half_told_are_both_named() -> None:
    quality, reason = judged("act30", UNTHREADED, CHAT)
    left_out = rules.SOME_CANNOT.filled(sources="chat")
    half = rules.AT_LEAST.filled(sources="Slack")
    assert (quality, reason) == (
        Quality.PARTIAL_SOURCE,
        Words(f"{left_out.ja} {half.ja}", f"{left_out.en} {half.en}"),
    )


def test_only_earlier_nights_leave_people_without_records_out_and_say_so() -> None:
    tally = Tally(AS_OF, "S0", 9, None, 3)
    found = finding_of_tally(measure("stage_stock"), tally, coverage=COVERED)
    assert found.quality is Quality.PARTIAL_SOURCE
    assert found.reason == rules.DOUBTFUL["registered"].filled(n=3)


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


@pytest.mark.parametrize(("key", "known"), [("gini", False), ("top1", False), ("caf50", True)])
def test_among_fewer_than_ten_a_gini_and_a_largest_share_say_nothing(key: str, known: bool) -> None:
    nine = [Sample(2, True, person) for person in range(9)]
    (few,) = findings_of_sample(measure(key), AS_OF, samples=nine, coverage=COVERED)
    assert (few.value is not None) == known
    if not known:
        assert few.reason == rules.TOO_FEW.filled(least=10, n=9)
    ten = [*nine, Sample(2, True, 9)]
    (enough,) = findings_of_sample(measure(key), AS_OF, samples=ten, coverage=COVERED)
    assert enough.value is not None and enough.interval is not None


def test_each_part_with_samples_of_its_own_is_a_finding() -> None:
    (found,) = findings_of_sample(
        measure("start_pull"),
        AS_OF,
        samples=[Sample(2, True, 1), Sample(4, True, 2)],
        coverage=COVERED,
        part="qualified",
    )
    assert (found.part, found.value, found.n) == ("qualified", 3, 2)
    (none,) = findings_of_sample(measure("start_pull"), AS_OF, samples=[], coverage=COVERED)
    assert (none.part, none.value, none.reason) == ("", None, rules.NOBODY)
