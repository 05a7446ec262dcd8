"""What sources and marks a measure needs, and which days it looks at, decide what is said of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from jibungoto.ledger.finding import Quality
from jibungoto.ledger.source import CanTell
from jibungoto.ledger.words import Words
from jibungoto.understand import reasons
from jibungoto.understand.catalogue import measure_of
from jibungoto.understand.log import LoggedSource
from jibungoto.understand.verdicts import Coverage, verdict_on

AS_OF = date(2024, 1, 1)
ALL = CanTell(True, True, True, True, True, True)
SLACK = LoggedSource("slack", ALL, date(2020, 1, 1), AS_OF - timedelta(days=1))
MUTE = replace(SLACK, can_tell=CanTell())
ANONYMOUS = replace(SLACK, can_tell=replace(ALL, creators=False))
FINE = (Quality.OK, None)


def judged(
    key: str, *sources: LoggedSource, as_of: date = AS_OF, part: str = "", has_staff: bool = True
) -> tuple[Quality, Words | None]:
    measure = measure_of(key)
    assert measure is not None
    coverage = Coverage(sources, has_intro=True, has_staff=has_staff)
    verdict = verdict_on(measure, as_of, coverage=coverage, part=part)
    return verdict.quality, verdict.reason


@pytest.mark.parametrize("key", ["staff_start_share", "staff_share"])
def test_the_share_of_staff_is_unknown_until_somebody_is_marked(key: str) -> None:
    part = "helps" if key == "staff_share" else ""
    assert judged(key, SLACK, part=part) == FINE
    unmarked = judged(key, SLACK, part=part, has_staff=False)
    assert unmarked == (Quality.UNKNOWN, reasons.NO_STAFF)


def test_where_nobody_chats_nothing_sticks() -> None:
    forum = replace(SLACK, source="discourse")
    assert judged("stickiness", forum) == (Quality.UNKNOWN, reasons.NO_CHAT)
    assert judged("stickiness", forum, SLACK) == FINE


def test_a_quarter_the_log_does_not_hold_wholly_is_partial_or_unknown() -> None:
    late = replace(SLACK, covered_from=date(2023, 11, 1))
    since = "2023-11-01"
    partly = (Quality.PARTIAL_SOURCE, reasons.SHORT.filled(since=since))
    assert judged("caf50", late) == partly
    not_yet = (Quality.UNKNOWN, reasons.NO_QUARTER.filled(since=since))
    assert judged("caf50", late, as_of=date(2023, 12, 31)) == not_yet


def test_a_quarter_that_was_wholly_told_is_not_old_before_the_next_is_over() -> None:
    over = replace(SLACK, covered_until=date(2023, 12, 31))
    assert judged("caf50", over, as_of=date(2024, 3, 31)) == FINE
    ended = (Quality.UNKNOWN, reasons.ENDED.filled(until="2023-12-31"))
    assert judged("caf50", over, as_of=date(2024, 7, 1)) == ended


def test_what_comes_back_needs_the_time_before_its_window_too() -> None:
    short = replace(SLACK, covered_from=AS_OF - timedelta(days=100))
    assert judged("active", short) == FINE
    for key, part in (("dormant_back", ""), ("ret_k", "k1")):
        assert judged(key, short, part=part)[0] is Quality.PARTIAL_SOURCE


def test_help_is_told_by_threads_or_works_and_what_is_missing_is_named() -> None:
    blog = replace(MUTE, source="feed")
    assert judged("caf50", blog) == judged("caf50", SLACK, blog) == FINE
    guests = replace(MUTE, source="peatix")
    untold = (Quality.UNKNOWN, reasons.CANNOT_TELL["threads"])
    assert judged("caf50", guests) == judged("caf50", MUTE) == untold
    some = (Quality.PARTIAL_SOURCE, reasons.SOME_MISSING.filled(sources="Slack"))
    assert judged("caf50", ANONYMOUS) == some


def test_a_list_of_guests_or_a_blog_is_no_partial_source_of_help() -> None:
    guests = replace(SLACK, source="peatix", can_tell=CanTell(creators=True))
    blog = replace(MUTE, source="feed")
    assert judged("caf50", SLACK, guests, blog) == FINE
    assert judged("starters", SLACK, blog) == FINE
