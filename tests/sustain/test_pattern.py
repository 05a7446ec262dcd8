"""What a whole cover reads like, where cover alone can tell it."""

from __future__ import annotations

import pytest

from jibungoto.sustain.pattern import READINGS, Pattern, pattern_of
from jibungoto.sustain.team import Team
from tests.sustain.teams import KEYS, MIO, RIKU, TODAY, WHOLE, holds, without

ALONE = Team((MIO,), tuple(holds(key, 1) for key in KEYS))


@pytest.mark.parametrize(
    ("team", "pattern"),
    [
        (Team(), None),
        (WHOLE, Pattern.HEALTHY),
        (without(WHOLE, "c1"), Pattern.UNHEARD),
        (without(WHOLE, "c1", "b1"), Pattern.PITFALL),
        (without(WHOLE, "b2"), Pattern.PITFALL),
        (ALONE, Pattern.SINGLE_STAR),
        (Team((MIO, RIKU), ALONE.covers), None),
        (Team(WHOLE.members, (*without(WHOLE, "c1").covers, holds("c1", 1))), None),
    ],
    ids=[
        "nobody",
        "whole",
        "c only",
        "b and c",
        "b",
        "one star",
        "a star with a deputy",
        "one without a stand-in",
    ],
)
def test_the_pattern_of_a_team(team: Team, pattern: Pattern | None) -> None:
    assert pattern_of(team, TODAY) is pattern


def test_every_pattern_has_a_first_action() -> None:
    assert set(READINGS) == set(Pattern)
