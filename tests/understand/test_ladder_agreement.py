"""The ladder's rule, walked night by night, and its SQL steps give the same history."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from functools import cache

import pytest

from jibungoto.engine.steps import Params, run
from jibungoto.understand.thresholds import Thresholds
from tests.understand.communities import AS_OF, ZONE, community
from tests.understand.reading import Reading
from tests.understand.relations import connection

History = dict[tuple[int, date], tuple[int, int, bool]]
ONE_DAY = timedelta(days=1)


@cache
def by_rule(seed: int, as_of: date = AS_OF) -> History:
    """Return satisfied stage, held stage and dormancy of everybody on every night."""
    return {
        (person, night.night): (int(night.satisfied), int(night.stage), night.is_dormant)
        for person, nights in Reading(community(seed), as_of).nights.items()
        for night in nights
    }


def by_steps(seed: int, as_of: date = AS_OF, thresholds: Thresholds | None = None) -> History:
    """Return the same from the table of changes, each held until the next."""
    con = connection(community(seed))
    run(con, Params(as_of, ZONE, thresholds=thresholds or Thresholds()), names=["stages"])
    history: History = {}
    for person, night, next_night, *stood in con.execute(
        "select person, night, next_night, satisfied, stage, dormant from stages"
    ).fetchall():
        until = min(next_night or as_of + ONE_DAY, as_of + ONE_DAY)
        for nth in range((until - night).days):
            history[person, night + nth * ONE_DAY] = (stood[0], stood[1], stood[2])
    return history


@pytest.mark.parametrize("seed", range(20))
def test_rule_and_steps_agree_on_every_night(seed: int) -> None:
    assert by_steps(seed) == by_rule(seed)


@pytest.mark.torture
@pytest.mark.parametrize("seed", range(20, 80))
def test_rule_and_steps_agree_on_every_night_of_many_more(seed: int) -> None:
    assert by_steps(seed) == by_rule(seed)


@pytest.mark.parametrize("seed", range(20, 26))
def test_what_was_true_on_a_day_does_not_depend_on_what_came_later(seed: int) -> None:
    earlier = date(2024, 1, 17)
    whole = by_steps(seed)
    known_then = {at: stood for at, stood in whole.items() if at[1] <= earlier}
    assert by_steps(seed, earlier) == known_then


def test_the_communities_reach_every_stage_fall_and_come_back() -> None:
    stages: Counter[int] = Counter()
    falls = held_above_the_rule = dormant = 0
    for seed in range(20):
        history = by_rule(seed)
        for (person, night), (satisfied, stage, is_dormant) in history.items():
            before = history.get((person, night - ONE_DAY), (0, 0, False))[1]
            stages[stage] += 1
            falls += stage < before
            held_above_the_rule += satisfied < stage
            dormant += is_dormant
    assert all(stages[stage] > 500 for stage in range(1, 6))
    assert falls > 20
    assert held_above_the_rule > 500
    assert dormant > 500


@pytest.mark.parametrize(
    "mutated",
    [
        Thresholds(speak_days=3),
        Thresholds(help_window=150),
        Thresholds(qualify_seconds=20 * 86_400),
        Thresholds(start_window=300),
        Thresholds(activated_others=4),
        Thresholds(sustain_window=330),
        Thresholds(sustain_span=120),
        Thresholds(sustain_others=3),
        Thresholds(dormant_days=89),
        Thresholds(dormant_owner_days=181),
    ],
    ids=lambda each: ", ".join(
        name
        for name in each.__dataclass_fields__
        if getattr(each, name) != getattr(Thresholds(), name)
    ),
)
def test_a_rule_that_reads_otherwise_is_noticed(mutated: Thresholds) -> None:
    assert any(by_steps(seed, thresholds=mutated) != by_rule(seed) for seed in range(20))
