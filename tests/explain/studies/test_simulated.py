"""On made-up accounts with a known truth: how often an estimate is wrong, and how often right."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from msgspec import structs
from scipy.stats import binomtest

from jibungoto.explain.claims import Grade
from jibungoto.explain.studies.accounts import Laid
from jibungoto.explain.studies.changes import change
from jibungoto.explain.studies.come_back import come_back, with_return
from jibungoto.explain.studies.intervals import Estimate
from jibungoto.explain.studies.matching import match
from jibungoto.explain.studies.panel import Panel, rows_of
from jibungoto.explain.studies.registration import Method, Registration
from jibungoto.explain.studies.study import Asked, between, studied
from tests.explain.studies.made import Making, made

PRE, POST = 6, 4
QUESTION = Registration(
    objective="renewals", outcome="sales", first="2025-01", last="2026-06", pre=PRE, post=POST
)
FEW, MANY = 80, 1_000
NOTHING = {
    "plain": Making(accounts=300),
    "one-cohort": Making(accounts=300, cohorts=(9,)),
    "skewed": Making(accounts=300, shape="skewed"),
    "eager-join": Making(accounts=300, selection=1.0),
    "eager-and-noisy": Making(accounts=300, selection=1.0, noise=1.0),
    "lasting-noise": Making(accounts=300, selection=1.0, memory=0.7),
}
"""Ways in which nothing comes of joining; eager accounts join more often in some."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How often of how many runs."""

    times: int
    runs: int

    @property
    def least(self) -> float:
        """Return the exact (Clopper-Pearson) lower bound of the share."""
        return float(binomtest(self.times, self.runs).proportion_ci(0.95, "exact").low)

    @property
    def most(self) -> float:
        """Return the exact upper bound of the share."""
        return float(binomtest(self.times, self.runs).proportion_ci(0.95, "exact").high)


def estimated(panel: Panel, method: Method) -> Estimate:
    """Return what a study would, without the checks that only a significant one needs."""
    rows, _ = rows_of(panel, pre=PRE, post=POST)
    if method is Method.DIFFERENCE:
        return between(rows, change(rows))
    found = between(rows, change(rows), matched=match(rows))
    return with_return(found, come_back(rows))


def reaches_e3(panel: Panel, method: Method) -> bool:
    """Say whether a study would call a difference estimated."""
    if not estimated(panel, method).excludes_zero:
        return False
    laid = Laid(panel, segments=("A", "B"))
    study = studied(laid, Asked(structs.replace(QUESTION, method=method)))
    assert study.estimate is not None and study.estimate.excludes_zero
    return study.grade is Grade.E3


def false_alarms(how: Making, method: Method, *, runs: int) -> Tally:
    return Tally(sum(reaches_e3(made(seed, how), method) for seed in range(runs)), runs)


def covered(how: Making, method: Method, *, runs: int) -> Tally:
    """Count the runs whose interval holds the change that was put in."""
    found = [estimated(made(10_000 + seed, how), method).interval for seed in range(runs)]
    assert None not in found
    inside = sum(one.low <= how.change <= one.high for one in found if one is not None)
    return Tally(inside, runs)


@pytest.mark.parametrize("method", Method)
@pytest.mark.parametrize("name", ["plain", "eager-and-noisy"])
def test_where_nothing_happens_few_studies_reach_e3(name: str, method: Method) -> None:
    assert false_alarms(NOTHING[name], method, runs=FEW).least <= 0.05


@pytest.mark.parametrize("method", Method)
def test_a_known_change_lies_in_most_intervals(method: Method) -> None:
    tally = covered(Making(accounts=200, change=0.4), method, runs=FEW)
    assert tally.most >= 0.95


@pytest.mark.torture
@pytest.mark.parametrize("method", Method)
@pytest.mark.parametrize("name", NOTHING)
def test_of_a_thousand_studies_of_nothing_at_most_one_in_twenty_reaches_e3(
    name: str, method: Method
) -> None:
    assert false_alarms(NOTHING[name], method, runs=MANY).least <= 0.05


@pytest.mark.torture
@pytest.mark.parametrize("method", Method)
@pytest.mark.parametrize("name", NOTHING)
def test_of_a_thousand_intervals_ninety_five_in_a_hundred_hold_the_change(
    name: str, method: Method
) -> None:
    """Wider in matched studies where the mean may have come back."""
    tally = covered(replace(NOTHING[name], change=0.4), method, runs=MANY)
    assert tally.most >= 0.95
    if method is Method.DIFFERENCE or name in {"plain", "one-cohort"}:
        assert tally.least <= 0.96


def test_without_the_room_for_coming_back_eager_accounts_would_fool_a_match() -> None:
    """A negative control: the simulation can tell a wrong interval from a right one."""
    fooled = 0
    for seed in range(100):
        rows, _ = rows_of(made(seed, NOTHING["eager-and-noisy"]), pre=PRE, post=POST)
        fooled += between(rows, change(rows), matched=match(rows)).excludes_zero
    assert Tally(fooled, 100).least > 0.05
