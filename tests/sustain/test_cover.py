"""Cover is what people have agreed to, with the hours it takes; what is unknown is not covered."""

from __future__ import annotations

from datetime import timedelta

import pytest

from jibungoto.sustain.cover import AbilityCover, CoverState, covers_of, deputies
from jibungoto.sustain.team import Cover, Part, Team
from tests.sustain.teams import MIO, RIKU, TODAY, WHOLE, ago, backs_up, holds, member, without


def of(team: Team, key: str) -> AbilityCover:
    (found,) = [one for one in covers_of(team, TODAY) if one.ability.key == key]
    return found


@pytest.mark.parametrize(
    ("covers", "state", "hours"),
    [
        ((), CoverState.OPEN, None),
        ((holds("c1", 1, 8),), CoverState.COVERED, 8),
        ((holds("c1", 1, 7),), CoverState.SHORT, 7),
        ((holds("c1", 1, 4), backs_up("c1", 2, 4)), CoverState.COVERED, 8),
        ((holds("c1", 1, None),), CoverState.UNKNOWN, None),
        ((holds("c1", 1, 5), backs_up("c1", 2, None)), CoverState.UNKNOWN, 5),
        ((holds("c1", 1, 8), backs_up("c1", 2, None)), CoverState.COVERED, 8),
        ((backs_up("c1", 2, 8),), CoverState.COVERED, 8),
    ],
    ids=[
        "nobody",
        "enough",
        "an hour short",
        "shared",
        "not said",
        "one not said",
        "enough without the unsaid",
        "a backup alone",
    ],
)
def test_an_ability_is_covered_when_the_hours_agreed_reach_its_need(
    covers: tuple[Cover, ...], state: CoverState, hours: int | None
) -> None:
    found = of(Team((MIO, RIKU), covers), "c1")
    assert (found.state, found.hours) == (state, hours)


def test_warmth_asks_for_a_person_and_for_no_hours() -> None:
    assert of(Team((MIO,), (holds("a1", 1, None),)), "a1").state is CoverState.COVERED


def test_who_left_covers_nothing_any_more() -> None:
    gone = member(1, "Mio", until=TODAY)
    assert of(Team((gone,), (holds("c1", 1),)), "c1").state is CoverState.OPEN


def test_names_say_who_holds_and_who_backs_up() -> None:
    found = of(WHOLE, "c1")
    assert (found.holders, found.backups, found.alone) == (("Mio",), ("Riku",), "")
    assert found.last_used == ago(10)
    assert of(Team((MIO,), (holds("c1", 1),)), "c1").alone == "Mio"


def test_an_ability_never_covered_is_open_since_the_team_began() -> None:
    team = Team((member(1, "Mio", since=ago(40)),))
    assert of(team, "c1").open_since == ago(40)


def test_it_is_open_since_the_last_agreement_ended() -> None:
    ended = Cover("c1", 1, Part.HOLDS, 8, ago(100), until=ago(12))
    assert of(Team((MIO,), (ended,)), "c1").open_since == ago(12)


def test_too_few_hours_count_from_the_day_they_became_too_few() -> None:
    before = Cover("c1", 1, Part.HOLDS, 8, ago(100), until=ago(33))
    now = Cover("c1", 1, Part.HOLDS, 3, ago(33))
    changed_since = Cover("c1", 1, Part.HOLDS, 2, ago(5))
    team = Team(
        (MIO,), (before, Cover("c1", 1, Part.HOLDS, 3, ago(33), until=ago(5)), changed_since)
    )
    assert of(Team((MIO,), (before, now)), "c1").open_since == ago(33)
    assert of(team, "c1").open_since == ago(33)


def test_what_is_covered_is_open_since_never() -> None:
    assert {one.open_since for one in covers_of(WHOLE, TODAY)} == {None}


def test_another_day_has_another_cover() -> None:
    team = without(WHOLE, "c1")
    later = Team(team.members, (*team.covers, holds("c1", 1, since=TODAY + timedelta(days=1))))
    states = [covers_of(later, TODAY + timedelta(days=days))[3].state for days in (0, 1)]
    assert states == [CoverState.OPEN, CoverState.COVERED]


def test_deputies_are_those_there_on_the_day() -> None:
    assert [one.name for one in deputies(WHOLE, TODAY)] == ["Riku"]
    assert deputies(Team((MIO,)), TODAY) == ()
