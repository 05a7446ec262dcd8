"""Regression to the mean: what choosing look-alikes does to an estimate by itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from jibungoto.explain.studies.changes import change, level, trend
from jibungoto.explain.studies.intervals import Estimate
from jibungoto.ledger.finding import Interval

if TYPE_CHECKING:
    from jibungoto.explain.studies.panel import Floats, Rows


def with_return(found: Estimate, possible: float) -> Estimate:
    """Return an estimate whose interval holds also if all that may only have come back did."""
    spread = found.interval
    if spread is None:
        return found
    low, high = min(spread.low, spread.low - possible), max(spread.high, spread.high - possible)
    return replace(found, interval=Interval(low, high))


def come_back(rows: Rows) -> float:
    """Return how much of a matched difference may only be a return to the mean.

    Matching on the level before picks controls that stood unusually high (or low) by chance; they
    come back whatever those who joined do (Daw and Hatfield 2018). How far is read off the
    controls: the change that goes with level and trend before, times the gap between both sides.
    """
    control = ~rows.is_treated
    qualities = np.stack([level(rows), trend(rows)], axis=1)
    inside, moved = _within(rows, qualities), _within(rows, change(rows)[:, None])[:, 0]
    slope, *_ = np.linalg.lstsq(inside[control], moved[control], rcond=None)
    apart = _within(rows, qualities)[rows.is_treated].mean(axis=0)
    return -float(slope @ apart)


def _within(rows: Rows, amounts: Floats) -> Floats:
    """Return amounts less the mean of the controls of the same cohort and segment."""
    group = rows.cohort * 1_000_003 + rows.segment
    _, place = np.unique(group, return_inverse=True)
    control = ~rows.is_treated
    count = np.bincount(place[control], minlength=place.max() + 1)
    means = np.stack(
        [
            np.bincount(place[control], weights=column[control], minlength=len(count))
            / np.maximum(count, 1)
            for column in amounts.T
        ],
        axis=1,
    )
    answer: Floats = np.where(count[place][:, None] > 0, amounts - means[place], 0.0)
    return answer
