"""Who stays and who comes back, told act by act; the rules and the steps read the same."""

from __future__ import annotations

from datetime import date

import pytest

from jibungoto.ledger.activity import AtPrecision
from jibungoto.understand import returning
from jibungoto.understand.newcomers import Rate
from tests.understand.communities import ZONE
from tests.understand.reading import Reading, midnight
from tests.understand.stories import Story


def retained(story: Story, as_of: str, k: int) -> Rate:
    """Return the retention by the rule, once the step has said the same."""
    night = date.fromisoformat(as_of)
    reading = Reading(story.log(night), night)
    rate = returning.retained(
        reading.newcomers, reading.acts, k=k, as_of=night, until=midnight(night, ZONE)
    )
    (row,) = (
        story.told(as_of, names=("tally_returning",))
        .execute(
            "select numerator, denominator from tally_returning"
            " where measure = 'ret_k' and part = ?",
            [f"k{k}"],
        )
        .fetchall()
    )
    assert row == (rate.k, rate.n)
    return rate


@pytest.mark.parametrize(
    ("acted", "back"),
    [
        ("2023-01-31 08:59:59", 0),
        ("2023-01-31 09:00:00", 1),
        ("2023-03-02 08:59:59", 1),
        ("2023-03-02 09:00:00", 0),
    ],
    ids=["a second early", "as it begins", "the last second", "a second late"],
)
def test_the_k_th_thirty_days_are_counted_in_seconds_from_joining(acted: str, back: int) -> None:
    story = Story()
    story.act(1, "2023-01-01 09:00:00")
    story.act(1, acted)
    assert retained(story, "2023-04-01", 1) == Rate(back, 1)


def test_a_cohort_is_counted_once_its_days_have_passed_and_for_ninety_days() -> None:
    story = Story()
    story.act(1, "2023-01-01 00:30")
    found = {night: retained(story, night, 1).n for night in ("2023-03-02", "2023-03-03")}
    assert found == {"2023-03-02": 0, "2023-03-03": 1}
    later = {night: retained(story, night, 1).n for night in ("2023-05-31", "2023-06-01")}
    assert later == {"2023-05-31": 1, "2023-06-01": 0}


def test_a_reaction_without_a_time_is_no_return() -> None:
    story = Story()
    story.act(1, "2023-01-01 09:00")
    post = story.act(2, "2023-02-10 09:00")
    story.react(1, "2023-02-10 10:00", post, AtPrecision.NOT_BEFORE)
    assert retained(story, "2023-04-01", 1).k == 0
    story.react(1, "2023-02-11 10:00", story.act(2, "2023-02-11 09:00"))
    assert retained(story, "2023-04-01", 1).k == 1


def test_stickiness_is_the_last_week_among_the_last_four() -> None:
    story = Story()
    for person, day in enumerate(("03", "04", "24", "25", "31"), start=1):
        story.act(person, f"2023-01-{day} 12:00")
    night = date(2023, 2, 1)
    assert returning.stickiness(Reading(story.log(night), night).acts, night) == Rate(2, 4)


@pytest.mark.parametrize(("returned", "back"), [("2023-04-01", set()), ("2023-04-02", {1})])
def test_who_was_away_for_ninety_whole_days_is_back(returned: str, back: set[int]) -> None:
    story = Story()
    story.act(1, "2023-01-01 09:00")
    story.act(1, f"{returned} 09:00")
    night = date(2023, 4, 10)
    assert returning.dormant_back(Reading(story.log(night), night).acts, night) == back
