"""The two differences of a study: every cohort against its controls, and matched sets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from jibungoto.explain.studies.matching import Matched
    from jibungoto.explain.studies.panel import Floats, Ints, Rows


def difference_in_differences(treated: tuple[float, float], control: tuple[float, float]) -> float:
    """Return (T1 - T0) - (C1 - C0) from the means before and after (domain.md 8.2)."""
    return (treated[1] - treated[0]) - (control[1] - control[0])


@dataclass(frozen=True, slots=True)
class CohortContrast:
    """Each joining cohort less its controls, averaged over those who joined; accounts clustered.

    ``joined`` and ``controls`` hold a sum of amounts for each account and cohort, ``has_joined``
    and ``is_control`` how many rows.
    """

    joined: Floats
    has_joined: Floats
    controls: Floats
    is_control: Floats

    @property
    def clusters(self) -> int:
        """Return how many accounts there are."""
        return len(self.joined)

    def at(self, weights: Floats) -> tuple[Floats, Floats]:
        """Return the estimate and its standard error for each line of account weights."""
        n_control, n_joined = weights @ self.is_control, weights @ self.has_joined
        with np.errstate(divide="ignore", invalid="ignore"):
            mean = (weights @ self.controls) / n_control
            total = n_joined.sum(axis=1)
            gaps = np.where(n_joined > 0, n_joined * mean, 0.0).sum(axis=1)
            value = ((weights @ self.joined.sum(axis=1)) - gaps) / total
            share = np.where(n_joined > 0, n_joined / n_control, 0.0)
            mean = np.where(n_control > 0, mean, 0.0)
            parts = self.joined.sum(axis=1) - mean @ self.has_joined.T
            parts -= value[:, None] * self.has_joined.sum(axis=1)
            parts -= share @ self.controls.T - (share * mean) @ self.is_control.T
            error: Floats = np.sqrt((weights * parts**2).sum(axis=1)) / total
        return value, error


def cohort_contrast(rows: Rows, amounts: Floats) -> CohortContrast:
    """Return the contrast of all rows in one amount."""
    accounts, account = np.unique(rows.account, return_inverse=True)
    cohorts, cohort = np.unique(rows.cohort, return_inverse=True)
    shape = (len(accounts), len(cohorts))
    cells = []
    for side in (rows.is_treated, ~rows.is_treated):
        for what in (amounts, np.ones(len(rows))):
            cell = np.zeros(shape)
            np.add.at(cell, (account[side], cohort[side]), what[side])
            cells.append(cell)
    return CohortContrast(*cells)


@dataclass(frozen=True, slots=True)
class SetContrast:
    """Matched sets: who joined less the mean of their controls; sets that share one are a cluster.

    Clustering by matched sets is what makes the standard error of matching without replacement
    right (Abadie and Spiess 2022).
    """

    gaps: Floats
    sets: Floats

    @property
    def clusters(self) -> int:
        """Return how many clusters of sets there are."""
        return len(self.gaps)

    def at(self, weights: Floats) -> tuple[Floats, Floats]:
        """Return the estimate and its standard error for each line of weights."""
        with np.errstate(divide="ignore", invalid="ignore"):
            total = weights @ self.sets
            value = (weights @ self.gaps) / total
            parts = self.gaps - value[:, None] * self.sets
            error: Floats = np.sqrt((weights * parts**2).sum(axis=1)) / total
        return value, error


def set_contrast(rows: Rows, amounts: Floats, *, matched: Matched) -> SetContrast:
    """Return the contrast of matched sets in one amount."""
    treated = np.unique(matched.treated)
    place = np.searchsorted(treated, matched.treated)
    count = np.bincount(place, minlength=len(treated))
    of_controls = np.bincount(place, weights=amounts[matched.control], minlength=len(treated))
    gaps = amounts[treated] - of_controls / count
    cluster = _clusters(rows, matched, place=place, sets=len(treated))
    return SetContrast(
        gaps=np.bincount(cluster, weights=gaps).astype(float),
        sets=np.bincount(cluster).astype(float),
    )


def _clusters(rows: Rows, matched: Matched, *, place: Ints, sets: int) -> Ints:
    """Return the cluster of each set: sets in which one account stands belong together."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    accounts = np.concatenate([rows.account[matched.treated], rows.account[matched.control]])
    known, node = np.unique(accounts, return_inverse=True)
    edges = (np.concatenate([place, place]), sets + node)
    size = sets + len(known)
    graph = coo_array((np.ones(len(node)), edges), shape=(size, size))
    _, label = connected_components(graph, directed=False)
    _, cluster = np.unique(label[:sets], return_inverse=True)
    answer: Ints = cluster.astype(np.int64)
    return answer
