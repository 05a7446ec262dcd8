"""How much hangs on few people equals the recorded golden numbers, plainly and in many draws."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import numpy as np
import pytest

from jibungoto.understand.concentration import (
    CONCENTRATIONS,
    bootstrap_of,
    caf,
    concentration_of,
    gini,
    largest_share,
)
from jibungoto.understand.intervals import Sample

GOLDEN = json.loads(
    (Path(__file__).parents[1] / "golden" / "domain_golden.json").read_text("utf-8")
)
DONE = GOLDEN["concentration"]


def samples(amounts: list[float]) -> list[Sample]:
    return [Sample(amount, True, person) for person, amount in enumerate(amounts)]


@pytest.mark.parametrize("key", ["caf50", "caf80", "top1", "gini"])
def test_a_concentration_is_golden(key: str) -> None:
    found = concentration_of(samples(DONE["x"]), CONCENTRATIONS[key])
    assert found == pytest.approx(DONE[key], abs=1e-6)


def test_the_ends_of_gini_are_golden() -> None:
    assert gini([5, 5, 5, 5]) == pytest.approx(GOLDEN["gini_edge"]["equal"])
    assert gini([0, 0, 0, 1]) == pytest.approx(GOLDEN["gini_edge"]["one_of_four"])


def test_half_is_reached_by_exactly_half() -> None:
    assert caf([1, 1, 1, 1], share=0.5) == 2
    assert caf([4, 1, 1, 1, 1], share=0.5) == 1
    assert caf([1] * 15, share=0.8) == 12
    assert largest_share([3, 1]) == 0.75


@pytest.mark.parametrize("key", ["caf50", "caf80", "top1", "gini"])
@pytest.mark.parametrize("seed", range(10))
def test_many_draws_at_once_equal_each_draw_alone(key: str, seed: int) -> None:
    random = Random(seed)
    amounts = np.array(sorted(random.randint(1, 30) for _ in range(random.randint(1, 15))), float)
    draw = np.random.default_rng(seed).multinomial
    weights = draw(len(amounts), np.full(len(amounts), 1 / len(amounts)), size=20).astype(float)
    alone = [
        CONCENTRATIONS[key].plain(np.repeat(amounts, row.astype(int)).tolist()) for row in weights
    ]
    assert CONCENTRATIONS[key].drawn(weights, amounts).tolist() == pytest.approx(alone)


def test_an_interval_lies_around_its_value_and_one_person_has_none() -> None:
    amounts = [float(amount) for amount in DONE["x"]]
    for concentration in CONCENTRATIONS.values():
        interval = bootstrap_of(samples(amounts), concentration)
        assert interval is not None
        assert interval.low <= concentration_of(samples(amounts), concentration) <= interval.high
        assert bootstrap_of(samples([3]), concentration) is None
