"""Controls as alike as can be: exact on segment and tenure, near on level and trend before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from jibungoto.explain.studies.changes import level, trend

if TYPE_CHECKING:
    from jibungoto.explain.studies.panel import Floats, Ints, Rows

CALIPER = 0.2
"""How many standard deviations a control may lie away, in each of the two (domain.md 8.2)."""
MOST_CONTROLS = 3
_FAR = 1e6


@dataclass(frozen=True, slots=True)
class Matched:
    """Pairs of row numbers; who joined stands in one to three of them, a control in one alone."""

    treated: Ints
    control: Ints


@dataclass(frozen=True, slots=True)
class Likeness:
    """One quality, how far both sides differ in it in standard deviations, before and after."""

    key: str
    before: float
    after: float


def match(rows: Rows, *, ratio: int = 1) -> Matched:
    """Return the pairs that lie nearest together in all, each control account used once.

    Rounds of optimal assignment give everybody one control before anybody gets a second.
    """
    pairs: list[tuple[Ints, Ints]] = []
    free = ~rows.is_treated
    near = _scaled(rows)
    waiting = rows.is_treated
    for _ in range(min(ratio, MOST_CONTROLS)):
        treated, control = _round(rows, near, waiting=np.flatnonzero(waiting), free=free)
        if not len(treated):
            break
        pairs.append((treated, control))
        free &= ~np.isin(rows.account, rows.account[control])
        waiting = np.isin(np.arange(len(rows)), treated)
    none = np.zeros(0, dtype=np.int64)
    return Matched(
        treated=np.concatenate([none, *(one for one, _ in pairs)]),
        control=np.concatenate([none, *(other for _, other in pairs)]),
    )


def _scaled(rows: Rows) -> Floats:
    both = np.stack([level(rows), trend(rows)], axis=1)
    spread = np.array([pooled_sd(rows, both[:, at]) for at in range(2)])
    answer: Floats = both / np.where(spread > 0, spread, 1.0)
    return answer


def _round(
    rows: Rows, near: Floats, *, waiting: Ints, free: np.ndarray[tuple[int], np.dtype[np.bool_]]
) -> tuple[Ints, Ints]:
    """Assign each waiting row one free control; account by account, whichever its cohort."""
    found: list[tuple[Ints, Ints]] = []
    for group in _apart(rows, waiting):
        candidates = np.flatnonzero(free & np.isin(rows.segment, rows.segment[group]))
        if len(candidates):
            found.append(_assigned(rows, near, group=group, candidates=candidates))
    none = np.zeros(0, dtype=np.int64)
    treated = np.concatenate([none, *(one for one, _ in found)])
    return treated, np.concatenate([none, *(other for _, other in found)])


def _apart(rows: Rows, waiting: Ints) -> list[Ints]:
    """Return waiting rows by segment: no control serves two segments, so each goes alone."""
    return [waiting[rows.segment[waiting] == one] for one in np.unique(rows.segment[waiting])]


def _assigned(rows: Rows, near: Floats, *, group: Ints, candidates: Ints) -> tuple[Ints, Ints]:
    from scipy.optimize import linear_sum_assignment

    accounts, account = np.unique(rows.account[candidates], return_inverse=True)
    cost = np.full((len(group), len(accounts)), _FAR)
    row_of = np.zeros((len(group), len(accounts)), dtype=np.int64)
    for stratum in np.unique(rows.stratum[group]):
        here = np.flatnonzero(rows.stratum[group] == stratum)
        theirs = np.flatnonzero(rows.stratum[candidates] == stratum)
        apart = np.abs(near[group[here]][:, None] - near[candidates[theirs]][None])
        away = np.where((apart <= CALIPER).all(axis=2), np.hypot(*np.moveaxis(apart, 2, 0)), _FAR)
        place = np.ix_(here, account[theirs])
        cost[place], row_of[place] = away, candidates[theirs][None]
    chosen, other = linear_sum_assignment(cost)
    is_near = cost[chosen, other] < _FAR
    return group[chosen[is_near]], row_of[chosen[is_near], other[is_near]]


def pooled_sd(rows: Rows, amounts: Floats) -> float:
    """Return the root of the mean of both sides' variances."""
    sides = [amounts[side] for side in (rows.is_treated, ~rows.is_treated)]
    variances = [float(side.var(ddof=1)) if len(side) > 1 else 0.0 for side in sides]
    return float(np.sqrt(sum(variances) / 2))


def likeness(rows: Rows, matched: Matched | None) -> list[Likeness]:
    """Return how far those who joined differ from the others: level, trend, tenure, segments."""
    qualities: list[tuple[str, Floats]] = [("level", level(rows)), ("trend", trend(rows))]
    if len(np.unique(rows.band)) > 1:
        qualities.append(("tenure", rows.band.astype(float)))
    kinds = np.unique(rows.segment)
    if len(kinds) > 1:
        qualities += [(f"segment {one}", (rows.segment == one).astype(float)) for one in kinds]
    return [
        Likeness(key, before=_smd(rows, amounts), after=_smd_of(rows, amounts, matched=matched))
        for key, amounts in qualities
    ]


def _smd(rows: Rows, amounts: Floats) -> float:
    gap = amounts[rows.is_treated].mean() - amounts[~rows.is_treated].mean()
    return _standardised(float(gap), pooled_sd(rows, amounts))


def _smd_of(rows: Rows, amounts: Floats, *, matched: Matched | None) -> float:
    if matched is None:
        return _smd(rows, amounts)
    if not len(matched.treated):
        return float("nan")
    treated, place, count = np.unique(matched.treated, return_inverse=True, return_counts=True)
    of_controls = float((amounts[matched.control] / count[place]).sum() / len(treated))
    return _standardised(float(amounts[treated].mean()) - of_controls, pooled_sd(rows, amounts))


def _standardised(gap: float, spread: float) -> float:
    if spread > 0:
        return gap / spread
    return 0.0 if abs(gap) < 1e-12 else float("inf")
