"""Estimates and standard errors equal those of statsmodels, to the last digits that matter."""

from __future__ import annotations

import importlib
import json
import warnings
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from jibungoto.explain.studies.changes import change
from jibungoto.explain.studies.contrasts import (
    cohort_contrast,
    difference_in_differences,
    set_contrast,
)
from jibungoto.explain.studies.intervals import Contrast, estimate
from jibungoto.explain.studies.matching import match
from jibungoto.explain.studies.panel import Rows, rows_of
from tests.explain.studies.made import Making, made

GOLDEN = json.loads(
    (Path(__file__).parents[2] / "golden" / "domain_golden.json").read_text("utf-8")
)


@pytest.fixture(scope="module")
def sm() -> ModuleType:
    """Return statsmodels, which takes seconds to load."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return importlib.import_module("statsmodels.api")


def test_difference_in_differences_is_golden() -> None:
    case = GOLDEN["did"]
    found = difference_in_differences((case["t0"], case["t1"]), (case["c0"], case["c1"]))
    assert found == pytest.approx(case["att"])


def once(contrast: Contrast) -> tuple[float, float]:
    values, errors = contrast.at(np.ones((1, contrast.clusters)))
    return float(values[0]), float(errors[0])


def long_ols(sm: ModuleType, rows: Rows) -> tuple[float, float]:
    """Return the interaction of joining and after, errors clustered by account."""
    width = rows.values.shape[1]
    joined = np.repeat(rows.is_treated, width).astype(float)
    after = np.tile(np.arange(width) >= rows.pre, len(rows)).astype(float)
    design = sm.add_constant(np.stack([joined, after, joined * after], axis=1))
    groups = np.repeat(rows.account, width)
    fitted = sm.OLS(rows.values.ravel(), design).fit(
        cov_type="cluster", cov_kwds={"groups": groups, "use_correction": False}
    )
    return float(fitted.params[3]), float(fitted.bse[3])


@pytest.mark.parametrize("seed", range(5))
def test_one_cohort_equals_ols_with_errors_clustered_by_account(sm: ModuleType, seed: int) -> None:
    panel = made(seed, Making(cohorts=(9,), change=0.5, selection=1.0))
    rows, _ = rows_of(panel, pre=6, post=4)
    found = once(cohort_contrast(rows, change(rows)))
    assert found == pytest.approx(long_ols(sm, rows), rel=1e-9)


@pytest.mark.parametrize("seed", range(5))
def test_staggered_cohorts_equal_weighted_least_squares_with_a_level_for_each(
    sm: ModuleType, seed: int
) -> None:
    panel = made(seed, Making(change=0.5, selection=1.0))
    rows, _ = rows_of(panel, pre=6, post=4)
    cohorts, place = np.unique(rows.cohort, return_inverse=True)
    joined = np.bincount(place, weights=rows.is_treated)
    weights = np.where(rows.is_treated, 1.0, (joined / np.bincount(place[~rows.is_treated]))[place])
    design = np.concatenate([np.eye(len(cohorts))[place], rows.is_treated[:, None]], axis=1)
    fitted = sm.WLS(change(rows), design, weights=weights).fit()
    value, _ = once(cohort_contrast(rows, change(rows)))
    assert value == pytest.approx(float(fitted.params[-1]), rel=1e-9)


@pytest.mark.parametrize("seed", range(5))
def test_matched_pairs_equal_ols_with_errors_clustered_by_pair(sm: ModuleType, seed: int) -> None:
    panel = made(seed, Making(cohorts=(9,), accounts=300, change=0.5, selection=1.0))
    rows, _ = rows_of(panel, pre=6, post=4)
    matched = match(rows)
    both = np.concatenate([matched.treated, matched.control])
    pair = np.tile(np.arange(len(matched.treated)), 2)
    design = sm.add_constant(rows.is_treated[both].astype(float))
    fitted = sm.OLS(change(rows)[both], design).fit(
        cov_type="cluster", cov_kwds={"groups": pair, "use_correction": False}
    )
    found = once(set_contrast(rows, change(rows), matched=matched))
    assert found == pytest.approx((fitted.params[1], fitted.bse[1]), rel=1e-9)


def test_the_interval_lies_near_the_one_of_a_large_sample() -> None:
    rows, _ = rows_of(made(1, Making(accounts=300, change=0.5)), pre=6, post=4)
    found = estimate(cohort_contrast(rows, change(rows)))
    assert found.interval is not None
    plain = (found.value - 1.96 * found.error, found.value + 1.96 * found.error)
    assert (found.interval.low, found.interval.high) == pytest.approx(plain, abs=found.error / 4)


def test_the_same_accounts_give_the_same_interval() -> None:
    rows, _ = rows_of(made(1), pre=6, post=4)
    assert estimate(cohort_contrast(rows, change(rows))) == estimate(
        cohort_contrast(rows, change(rows))
    )
