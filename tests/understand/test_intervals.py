"""Intervals equal the recorded golden numbers and behave at their ends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from jibungoto.ledger.finding import Interval
from jibungoto.understand.intervals import (
    Sample,
    bootstrap_mean,
    bootstrap_median,
    bootstrap_survival,
    mean_of,
    median_of,
    newcombe,
    poisson,
    survival_quantile,
    wilson,
)

GOLDEN: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "golden" / "domain_golden.json").read_text("utf-8")
)


def rounded(interval: Interval | None) -> tuple[float, float]:
    assert interval is not None
    return round(interval.low, 6), round(interval.high, 6)


def samples(*amounts: float, observed: bool = True) -> list[Sample]:
    return [Sample(amount, observed, person) for person, amount in enumerate(amounts)]


@pytest.mark.parametrize("case", GOLDEN["wilson95"], ids=lambda c: f"{c['k']} of {c['n']}")
def test_wilson_is_golden(case: dict[str, float]) -> None:
    assert rounded(wilson(int(case["k"]), int(case["n"]))) == (case["lo"], case["hi"])


def test_newcombe_is_golden() -> None:
    case = GOLDEN["newcombe95"]
    (k1, n1), (k2, n2) = case["a"], case["b"]
    _, low, high = case["diff_lo_hi"]
    assert rounded(newcombe((k1, n1), (k2, n2))) == (low, high)


@pytest.mark.parametrize("count", GOLDEN["poisson95"])
def test_poisson_is_golden(count: str) -> None:
    assert rounded(poisson(int(count))) == tuple(GOLDEN["poisson95"][count])


def test_the_median_of_an_even_number_is_the_mean_of_the_middle_two() -> None:
    assert median_of(samples(1, 4, 2, 8)) == 3
    assert median_of(samples(1, 4, 2)) == 2
    assert mean_of(samples(1, 4, 2, 8)) == 3.75


def test_survival_without_waiting_questions_is_the_plain_quantile() -> None:
    assert survival_quantile(samples(1, 2, 3, 4), 0.5) == 2
    assert survival_quantile(samples(1, 2, 3, 4), 0.75) == 3


def test_survival_counts_those_still_waiting() -> None:
    # By hand: S(2) = 4/5, S(3) = 4/5 * 3/4, S(6) = 4/5 * 3/4 * 1/2 = 0.3.
    waiting = [*samples(2, 3, 6), *samples(4, 7, observed=False)]
    assert survival_quantile(waiting, 0.5) == 6
    assert survival_quantile(waiting, 0.75) is None


def test_survival_counts_an_answer_before_a_wait_of_the_same_length() -> None:
    both = [Sample(5, False, 1), Sample(5, True, 2)]
    assert survival_quantile(both, 0.5) == 5


def test_the_same_samples_give_the_same_interval_in_any_order() -> None:
    some = samples(1, 5, 2, 8, 3, 9, 4)
    assert bootstrap_mean(some) == bootstrap_mean(some[::-1])
    assert bootstrap_median(some) == bootstrap_median(some[::-1])
    assert bootstrap_survival(some, 0.5) == bootstrap_survival(some[::-1], 0.5)


def test_the_bootstrap_of_a_mean_is_near_the_normal_interval() -> None:
    some = samples(*range(100))
    interval = bootstrap_mean(some)
    assert interval is not None
    assert interval.low == pytest.approx(49.5 - 1.96 * 2.89, abs=0.5)
    assert interval.high == pytest.approx(49.5 + 1.96 * 2.89, abs=0.5)


def test_weights_and_repeats_mean_the_same_for_median_and_survival() -> None:
    some = samples(1, 2, 2, 3, 50)
    median, survival = bootstrap_median(some), bootstrap_survival(some, 0.5)
    assert median == survival == Interval(1.0, 50.0)


def test_one_person_alone_gives_no_interval() -> None:
    assert bootstrap_mean([Sample(1, True, 7), Sample(9, True, 7)]) is None


def test_an_end_that_is_not_reached_gives_no_interval() -> None:
    waiting = [*samples(1, 2), *[Sample(9, False, 10 + n) for n in range(3)]]
    assert bootstrap_survival(waiting, 0.5) is None
