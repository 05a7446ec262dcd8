"""Randomised comparisons: drawn again they are the same, and each failed check costs the grade."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from msgspec import structs
from scipy.stats import binomtest

from jibungoto.explain.claims import Grade
from jibungoto.explain.studies.trial import (
    Draw,
    Outcome,
    Question,
    Side,
    Trial,
    answered,
    asked,
    digest_of,
    drawn,
    is_as_drawn,
)
from jibungoto.explain.studies.trial_saying import claims_of_trial
from jibungoto.explain.wording import blocked_words
from jibungoto.ledger.problems import InvalidChoice

QUESTION = Question(
    objective="いつ声をかけるか",
    deed="個別の招待",
    pool="newcomers",
    pool_name="新しい人",
    outcome=Outcome.SPOKE,
    days=30,
)
RUNS, MANY = 60, 1_000


def before(n: int, seed: int = 1) -> dict[int, float]:
    """Return how many days each of so many people was active before; half of them were not."""
    random = np.random.default_rng(seed)
    days = random.poisson(2, n) * (random.random(n) < 0.5)
    return {person: float(one) for person, one in enumerate(days, start=1)}


def draw_of(n: int, seed: int = 7) -> Draw:
    return drawn(before(n, seed), seed=seed)


def outcomes_of(draw: Draw, question: Question, *, seed: int, change: float) -> dict[int, float]:
    """Return what people did afterwards, ``change`` more on the side that got it."""
    random = np.random.default_rng(seed)
    found = {}
    for one in draw.people:
        more = change if one.side is Side.TREATED else 0.0
        if question.outcome.is_share:
            found[one.person] = float(random.random() < 0.35 + more)
        else:
            found[one.person] = float(random.lognormal(0.5, 0.8)) + more
    return found


def trial_of(
    draw: Draw, outcomes: Mapping[int, float] | None, question: Question = QUESTION
) -> Trial:
    return answered(question, draw, digest=digest_of(question, draw), outcomes=outcomes)


def test_the_same_seed_draws_the_same_sides_and_another_does_not() -> None:
    assert draw_of(80) == draw_of(80)
    assert drawn(before(80), seed=8) != drawn(before(80), seed=9)


def test_half_of_those_who_acted_and_half_of_the_others_get_it() -> None:
    draw = draw_of(101)
    for has_acted in (True, False):
        sides = [one.side for one in draw.people if (one.before > 0) is has_acted]
        assert abs(sides.count(Side.TREATED) - sides.count(Side.HELD)) <= 1
    every = [one.side for one in draw.people]
    assert abs(every.count(Side.TREATED) - every.count(Side.HELD)) <= 1


def test_each_person_is_drawn_about_as_often_over_many_seeds() -> None:
    times = [
        sum(
            one.side is Side.TREATED
            for seed in range(300)
            for one in drawn(before(40), seed=seed).people
            if one.person == person
        )
        for person in (1, 17, 40)
    ]
    assert all(abs(one - 150) < 45 for one in times)


def test_a_draw_that_was_changed_is_noticed() -> None:
    draw = draw_of(60)
    digest = digest_of(QUESTION, draw)
    assert is_as_drawn(QUESTION, draw, digest=digest)
    first = draw.people[0]
    other = Side.HELD if first.side is Side.TREATED else Side.TREATED
    swapped = structs.replace(draw, people=(structs.replace(first, side=other), *draw.people[1:]))
    assert not is_as_drawn(QUESTION, swapped, digest=digest)
    assert not is_as_drawn(QUESTION, swapped, digest=digest_of(QUESTION, swapped))
    assert not is_as_drawn(structs.replace(QUESTION, days=60), draw, digest=digest)


def test_too_few_people_cannot_be_drawn_from() -> None:
    with pytest.raises(InvalidChoice) as told:
        draw_of(19)
    assert told.value.what.en == "There are only 19 people to draw from."


@pytest.mark.parametrize(
    "change", [{"objective": " "}, {"deed": ""}, {"deed": "x" * 201}, {"days": 6}, {"days": 366}]
)
def test_what_cannot_be_asked_is_refused_with_a_next_step(change: dict[str, object]) -> None:
    with pytest.raises(InvalidChoice):
        asked(structs.replace(QUESTION, **change))


def test_a_large_difference_on_two_good_sides_is_e4_and_says_randomised() -> None:
    draw = draw_of(200)
    trial = trial_of(draw, outcomes_of(draw, QUESTION, seed=3, change=0.35))
    assert (trial.grade, [one.passed for one in trial.checks]) == (Grade.E4, [True] * 5)
    assert trial.estimate is not None and trial.estimate.excludes_zero
    (claim,) = claims_of_trial(trial)
    assert claim.text.ja.startswith("無作為に分けた比較で")
    assert claim.text.en.startswith("In a randomised comparison")
    assert blocked_words(claim.text, Grade.E4) == ()


def test_the_interval_of_shares_is_newcombes() -> None:
    draw = draw_of(82, seed=5)
    sides = {side: [one.person for one in draw.people if one.side is side] for side in Side}
    first, other = sides[Side.TREATED][:40], sides[Side.HELD][:42]
    told = {person: float(at < 27) for at, person in enumerate(first)}
    told |= {person: float(at < 18) for at, person in enumerate(other)}
    trial = trial_of(draw, told)
    assert (trial.treated, trial.held) == (40, len(other))
    assert trial.estimate is not None and trial.estimate.interval is not None
    if len(other) == 42:
        ends = (trial.estimate.interval.low, trial.estimate.interval.high)
        assert ends == pytest.approx((0.0313, 0.431609), abs=1e-4)


def test_before_the_days_are_over_nothing_is_said() -> None:
    trial = trial_of(draw_of(80), None)
    assert (trial.estimate, trial.grade, claims_of_trial(trial)) == (None, None, ())


def failed(trial: Trial) -> list[str]:
    return [one.key for one in trial.checks if not one.passed]


def test_fewer_than_thirty_a_side_cost_the_grade() -> None:
    draw = draw_of(58)
    trial = trial_of(draw, outcomes_of(draw, QUESTION, seed=3, change=0.5))
    assert ("size" in failed(trial), trial.grade) == (True, Grade.E2)
    (claim,) = claims_of_trial(trial)
    assert "無作為" not in claim.text.ja and "randomi" not in claim.text.en
    assert blocked_words(claim.text, Grade.E2) == ()


def test_people_lost_on_one_side_cost_the_grade() -> None:
    draw = draw_of(200)
    told = outcomes_of(draw, QUESTION, seed=3, change=0.35)
    gone = [one.person for one in draw.people if one.side is Side.TREATED][:25]
    trial = trial_of(draw, {person: one for person, one in told.items() if person not in gone})
    assert (failed(trial), trial.grade, trial.lost) == (["attrition"], Grade.E2, 25)


def test_sides_that_differed_before_cost_the_grade() -> None:
    told = before(200)
    draw = drawn(told, seed=7)
    people = tuple(
        structs.replace(one, before=one.before + 3 * (one.side is Side.TREATED))
        for one in draw.people
    )
    uneven = structs.replace(draw, people=people)
    trial = trial_of(uneven, outcomes_of(uneven, QUESTION, seed=3, change=0.35))
    assert "balance" in failed(trial)
    assert trial.grade is Grade.E2


def test_a_draw_that_does_not_follow_from_its_seed_costs_the_grade() -> None:
    draw = draw_of(200)
    trial = answered(
        QUESTION,
        draw,
        digest="0" * 64,
        outcomes=outcomes_of(draw, QUESTION, seed=3, change=0.35),
    )
    assert (failed(trial), trial.grade) == (["unchanged"], Grade.E2)


def interval_of(seed: int, question: Question, *, change: float) -> Trial:
    draw = draw_of(120, seed=seed)
    return trial_of(draw, outcomes_of(draw, question, seed=seed, change=change), question)


def false_alarms(question: Question, runs: int) -> float:
    """Return the exact lower bound of the share that is E4 and excludes nothing at all."""
    times = 0
    for seed in range(runs):
        found = interval_of(seed, question, change=0.0)
        assert found.estimate is not None
        times += found.estimate.excludes_zero and found.grade is Grade.E4
    return float(binomtest(times, runs).proportion_ci(0.95, "exact").low)


def covered(question: Question, runs: int, *, change: float) -> tuple[float, float]:
    """Return the exact bounds of the share of intervals that hold the change put in."""
    inside = 0
    for seed in range(runs):
        found = interval_of(seed, question, change=change).estimate
        assert found is not None and found.interval is not None
        inside += found.interval.low <= change <= found.interval.high
    spread = binomtest(inside, runs).proportion_ci(0.95, "exact")
    return float(spread.low), float(spread.high)


@pytest.mark.parametrize("outcome", [Outcome.SPOKE, Outcome.DAYS])
def test_where_nothing_happens_few_draws_say_something(outcome: Outcome) -> None:
    assert false_alarms(structs.replace(QUESTION, outcome=outcome), RUNS) <= 0.05


@pytest.mark.parametrize(("outcome", "change"), [(Outcome.SPOKE, 0.2), (Outcome.DAYS, 0.6)])
def test_a_known_change_lies_in_most_intervals(outcome: Outcome, change: float) -> None:
    _, most = covered(structs.replace(QUESTION, outcome=outcome), RUNS, change=change)
    assert most >= 0.95


@pytest.mark.torture
@pytest.mark.parametrize("outcome", [Outcome.SPOKE, Outcome.DAYS])
def test_of_a_thousand_draws_of_nothing_at_most_one_in_twenty_says_something(
    outcome: Outcome,
) -> None:
    assert false_alarms(structs.replace(QUESTION, outcome=outcome), MANY) <= 0.05


@pytest.mark.torture
@pytest.mark.parametrize(("outcome", "change"), [(Outcome.SPOKE, 0.2), (Outcome.DAYS, 0.6)])
def test_of_a_thousand_intervals_ninety_five_in_a_hundred_hold_the_change(
    outcome: Outcome, change: float
) -> None:
    least, most = covered(structs.replace(QUESTION, outcome=outcome), MANY, change=change)
    assert most >= 0.95
    assert least <= 0.97
