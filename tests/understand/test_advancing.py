"""How newcomers take up the ladder: cumulative shares, steps, and where most people stay."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from jibungoto.understand.advancing import Climb, Turnover, advance_of
from jibungoto.understand.answers import Stage
from jibungoto.understand.intervals import wilson

AS_OF = date(2026, 10, 31)


def joined(days_ago: int, *moves: tuple[int, Stage]) -> Climb:
    """Return somebody who joined so many days ago and moved so many days later."""
    since = AS_OF - timedelta(days=days_ago)
    return Climb(since, tuple((since + timedelta(days=after), stage) for after, stage in moves))


def test_without_anybody_still_open_the_share_is_the_plain_one() -> None:
    speaks = [joined(700, (0, Stage.ATTENDING), (20, Stage.SPEAKING)) for _ in range(6)]
    later = [joined(700, (0, Stage.ATTENDING), (100, Stage.SPEAKING)) for _ in range(3)]
    never = [joined(700, (0, Stage.ATTENDING)) for _ in range(11)]
    (cohort,) = advance_of([*speaks, *later, *never], [], as_of=AS_OF).cohorts
    (curve, *_) = cohort.curves
    assert [one and round(one.share, 6) for one in curve.at] == [0.3, 0.3, 0.45, 0.45]
    assert [one and one.people for one in curve.at] == [6, 6, 9, 9]
    assert curve.median is None


def test_people_followed_for_less_long_count_as_far_as_they_go() -> None:
    """Ten were followed 100 days and ten 20: by day 30, 4 of the 10 still open had spoken."""
    early = [joined(100, (10, Stage.SPEAKING)) for _ in range(5)]
    mid = [joined(100, (25, Stage.SPEAKING)) for _ in range(3)]
    rest = [joined(100) for _ in range(4)]
    fresh = [joined(20) for _ in range(8)]
    (cohort,) = advance_of([*early, *mid, *rest, *fresh], [], as_of=AS_OF).cohorts
    first = cohort.curves[0].at[0]
    assert first is not None
    expected = 1 - (1 - 5 / 20) * (1 - 3 / 7)
    assert first.share == pytest.approx(expected)
    assert first.interval.low < expected < first.interval.high
    assert cohort.curves[0].at[2] is None  # nobody was followed for 180 days


def test_fewer_than_ten_people_make_no_share() -> None:
    (cohort,) = advance_of([joined(200) for _ in range(9)], [], as_of=AS_OF).cohorts
    assert [curve.at for curve in cohort.curves] == [(None,) * 4] * 3


def test_most_people_stay_at_the_step_with_the_largest_number_left() -> None:
    on = [joined(400, (0, Stage.ATTENDING), (5, Stage.SPEAKING)) for _ in range(30)]
    up = [
        joined(400, (0, Stage.ATTENDING), (5, Stage.SPEAKING), (50, Stage.CONTRIBUTING))
        for _ in range(12)
    ]
    stay = [joined(400, (0, Stage.ATTENDING)) for _ in range(10)]
    advance = advance_of([*on, *up, *stay], [], as_of=AS_OF)
    first, second, third = advance.steps
    assert (first.entered, first.went_on, first.interval) == (52, 42, wilson(42, 52))
    assert (second.entered, second.went_on, second.stayed) == (42, 12, 30)
    assert advance.most_stay is second
    assert (first.median, second.median) == (5, None)
    assert advance.slowest is third  # nobody went on from contributing


def test_passing_a_stage_counts_as_entering_it() -> None:
    people = [joined(400, (3, Stage.STARTING)) for _ in range(12)]
    steps = advance_of(people, [], as_of=AS_OF).steps
    assert [(one.stage, one.entered, one.went_on) for one in steps] == [
        (Stage.ATTENDING, 12, 12),
        (Stage.SPEAKING, 12, 12),
        (Stage.CONTRIBUTING, 12, 12),
        (Stage.STARTING, 12, 0),
    ]


def test_each_full_month_tells_who_moved_up_and_down() -> None:
    begun = date(2026, 1, 1)
    everybody = [
        Climb(begun, ((begun, Stage.SPEAKING), (date(2026, 9, 10), Stage.CONTRIBUTING))),
        Climb(begun, ((begun, Stage.SPEAKING), (date(2026, 9, 30), Stage.ATTENDING))),
        Climb(begun, ((begun, Stage.SPEAKING),)),
    ]
    told = advance_of([], everybody, as_of=AS_OF, months=2).turnover
    at = {(one.stage, one.month): one for one in told}
    september, october = date(2026, 9, 1), date(2026, 10, 1)
    speaking = Stage.SPEAKING
    assert at[speaking, september] == Turnover(speaking, september, up=1, held=1, down=1)
    assert at[speaking, october] == Turnover(speaking, october, up=0, held=1, down=0)
