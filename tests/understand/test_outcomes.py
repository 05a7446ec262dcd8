"""What becomes of starts, told act by act; the rules and the steps read the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from jibungoto.engine.steps import rows_behind
from jibungoto.ledger.initiative import InitiativeKind
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.person import PersonKind
from jibungoto.understand import outcomes
from jibungoto.understand.answers import RowBehind
from jibungoto.understand.log import LoggedInitiative
from jibungoto.understand.newcomers import Rate
from tests.understand.communities import ZONE
from tests.understand.reading import Reading, midnight
from tests.understand.stories import Story


def counted(story: Story, as_of: str) -> dict[str, tuple[int, int | None]]:
    """Return what the step counted as of a day."""
    rows = story.told(as_of, names=("tally_starting",)).execute(
        "select measure, numerator, denominator from tally_starting"
    )
    return {measure: (k, n) for measure, k, n in rows.fetchall()}


def surviving(story: Story, as_of: str) -> Rate:
    """Return the survival by the rule, once the step has said the same."""
    night = date.fromisoformat(as_of)
    reading = Reading(story.log(night), night)
    rate = outcomes.surviving(reading.starts, reading.places, until=midnight(night, ZONE))
    assert counted(story, as_of)["start_survival90"] == (rate.k, rate.n)
    return rate


def pulls(story: Story, as_of: str) -> list[int]:
    """Return the pulls by the rule, once the step has said the same."""
    night = date.fromisoformat(as_of)
    reading = Reading(story.log(night), night)
    found = outcomes.pulls(reading.starts, reading.places, as_of=night, until=midnight(night, ZONE))
    rows = story.told(as_of, names=("sample_start_pull",)).execute(
        "select amount from sample_start_pull where part = '' order by amount"
    )
    assert [amount for (amount,) in rows.fetchall()] == found
    return found


def of_kind(story: Story, key: str, kind: InitiativeKind) -> None:
    """Say that what was started last is no channel."""
    assert story.initiatives[-1].key == key
    story.initiatives[-1] = replace(story.initiatives[-1], kind=kind)


@pytest.mark.parametrize(
    ("acted", "alive"), [("2023-03-02 08:59:59", 0), ("2023-03-02 09:00:00", 1)]
)
def test_a_start_lives_on_if_others_act_after_its_sixtieth_day(acted: str, alive: int) -> None:
    story = Story()
    story.start(1, "2023-01-01 09:00:00", "club")
    story.act(1, "2023-03-20 09:00", initiative="club")
    story.act(2, acted, initiative="club")
    assert surviving(story, "2023-04-01").n == 0
    assert surviving(story, "2023-04-02") == Rate(alive, 1)


def test_a_series_lives_on_when_its_second_event_was_held() -> None:
    story = Story()
    story.start(1, "2023-01-01 09:00", "nights")
    of_kind(story, "nights", InitiativeKind.SERIES)
    for number, day in enumerate((date(2023, 2, 1), date(2023, 5, 1)), start=1):
        held = midnight(day, ZONE)
        event = LoggedInitiative(f"night{number}", "slack", kind=InitiativeKind.EVENT)
        story.initiatives.append(replace(event, starts_at=held, series="nights"))
    assert surviving(story, "2023-05-01") == Rate(0, 1)
    assert surviving(story, "2023-05-02") == Rate(1, 1)
    story.initiatives[-1] = replace(story.initiatives[-1], is_cancelled=True)
    assert surviving(story, "2023-05-02") == Rate(0, 1)


def test_an_event_nobody_is_recorded_at_is_no_failure_and_pulls_nothing() -> None:
    story = Story()
    story.start(1, "2023-01-01 09:00", "quiet")
    story.start(1, "2023-01-01 10:00", "party")
    of_kind(story, "party", InitiativeKind.EVENT)
    night = date(2023, 2, 15)
    reading = Reading(story.log(night), night)
    failed = outcomes.failed(reading.starts, reading.places, as_of=night)
    assert [start.initiative for start in failed] == ["quiet"]
    assert counted(story, "2023-02-15")["failed_starts"] == (1, None)
    assert pulls(story, "2023-02-15") == [0]
    story.act(2, "2023-01-05 19:00", Kind.ATTENDANCE, initiative="party")
    assert pulls(story, "2023-02-15") == [0, 1]


def test_a_start_pulls_those_who_came_within_thirty_days_each_once() -> None:
    story = Story()
    story.start(1, "2023-01-01 09:00", "club")
    for person, when in (
        (2, "2023-01-02"),
        (2, "2023-01-03"),
        (3, "2023-01-30"),
        (4, "2023-02-01"),
    ):
        story.act(person, f"{when} 09:00", initiative="club")
    assert pulls(story, "2023-01-31") == []
    assert pulls(story, "2023-02-15") == [2]


def test_the_list_of_those_who_wait_for_others_names_the_start() -> None:
    story = Story()
    start = story.start(1, "2023-01-01 09:00", "club")
    con = story.told("2023-01-02")
    rows = rows_behind(con, "failed_starts", as_of=date(2023, 1, 2))
    assert rows == (RowBehind("", 1, "slack", start.key),)


def test_a_second_qualified_start_is_not_new_and_staff_stand_apart() -> None:
    story = Story()
    story.person(9, PersonKind.STAFF)
    for starter, when, key in (
        (1, "2023-01-01", "a"),
        (1, "2023-06-01", "b"),
        (9, "2023-06-01", "c"),
    ):
        story.start(starter, f"{when} 09:00", key)
        story.act(2, f"{when} 10:00", initiative=key)
        story.act(3, f"{when} 11:00", initiative=key)
    then, now = counted(story, "2023-01-10"), counted(story, "2023-06-10")
    assert (then["new_starter_share"], now["new_starter_share"]) == ((1, 1), (0, 1))
    assert now["staff_start_share"] == (1, 2)
