"""What is compared between rows: change, trend, and change at a date before joining."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from jibungoto.explain.studies.panel import Floats, Rows

PLACEBO = 2
"""How many periods before joining the date lies at which nothing should show (domain.md 8.2)."""


def change(rows: Rows) -> Floats:
    """Return the mean from joining on, less the mean before."""
    return _mean(rows.values[:, rows.pre :]) - level(rows)


def level(rows: Rows) -> Floats:
    """Return the mean before joining."""
    return _mean(rows.values[:, : rows.pre])


def trend(rows: Rows) -> Floats:
    """Return how much the outcome rose a period before joining: the slope of a straight line."""
    at = np.arange(rows.pre) - (rows.pre - 1) / 2
    slope: Floats = rows.values[:, : rows.pre] @ at / (at @ at)
    return slope


def placebo(rows: Rows) -> Floats:
    """Return the change at a date two periods before joining, from periods before joining only."""
    split = rows.pre - PLACEBO
    return _mean(rows.values[:, split : rows.pre]) - _mean(rows.values[:, :split])


def rise_before(rows: Rows) -> Floats:
    """Return the last period before joining, less the mean of those before it."""
    last = rows.pre - 1
    rise: Floats = rows.values[:, last] - _mean(rows.values[:, :last])
    return rise


def _mean(values: Floats) -> Floats:
    answer: Floats = values.mean(axis=1)
    return answer
