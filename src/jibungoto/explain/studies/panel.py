"""Accounts by periods, and the rows a comparison is made of (domain.md 8.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

NEVER = 1 << 30
"""The period in which an account joins that has not joined."""
UNKNOWN_SINCE = -(1 << 30)
_BANDS = (12, 36)
"""Months after which a customer's tenure counts as another band (D)."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One line an account, one column a period; NaN where no value was told.

    ``joined`` is the column in which an account joined, ``NEVER`` where it has not; ``segments``
    are numbers; ``since`` is the month it became a customer, counted from the first column.
    """

    names: tuple[str, ...]
    values: Floats
    joined: Ints
    segments: Ints
    since: Ints
    months: int = 1


@dataclass(frozen=True, slots=True)
class Rows:
    """One row for each account in each cohort in which it counts: as joined, or as a control.

    ``values`` are the periods before and from joining on, ``pre`` of them before. ``stratum`` is
    the same for rows of one cohort, segment and tenure band.
    """

    account: Ints
    cohort: Ints
    is_treated: NDArray[np.bool_]
    stratum: Ints
    segment: Ints
    band: Ints
    values: Floats
    pre: int

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.account)


@dataclass(frozen=True, slots=True)
class Cut:
    """How many accounts could not be compared, by reason; ``idle`` ones have not joined."""

    too_early: int
    too_late: int
    gaps: int
    without_control: int
    idle: int = 0


def rows_of(panel: Panel, *, pre: int, post: int) -> tuple[Rows, Cut]:
    """Set each joining cohort against accounts that have not joined by the end of its window.

    An account counts where every period of the window has a value; nothing is filled in.
    """
    width = panel.values.shape[1]
    cohorts = [int(when) for when in np.unique(panel.joined) if when != NEVER]
    fits = [when for when in cohorts if when >= pre and when + post <= width]
    made = [_cohort(panel, when, pre=pre, post=post) for when in fits]
    whole = _joined_up([part for part in made if part is not None], pre=pre, width=pre + post)
    treated = panel.joined != NEVER
    in_time = treated & np.isin(panel.joined, np.array(fits, dtype=np.int64))
    cut = Cut(
        too_early=int((treated & (panel.joined < pre)).sum()),
        too_late=int((treated & (panel.joined >= pre) & ~in_time).sum()),
        gaps=sum(_with_gaps(panel, when, pre=pre, post=post) for when in fits),
        without_control=int(in_time.sum())
        - sum(_with_gaps(panel, when, pre=pre, post=post) for when in fits)
        - int(whole.is_treated.sum()),
        idle=int((~treated & ~np.isin(np.arange(len(treated)), whole.account)).sum()),
    )
    return whole, cut


def _with_gaps(panel: Panel, when: int, *, pre: int, post: int) -> int:
    inside = panel.values[panel.joined == when, when - pre : when + post]
    return int(np.isnan(inside).any(axis=1).sum())


def _cohort(panel: Panel, when: int, *, pre: int, post: int) -> Rows | None:
    values = panel.values[:, when - pre : when + post]
    is_whole = ~np.isnan(values).any(axis=1)
    is_treated = panel.joined == when
    chosen = is_whole & (is_treated | (panel.joined >= when + post))
    if not (chosen & is_treated).any() or not (chosen & ~is_treated).any():
        return None
    band = bands(panel.since, when * panel.months)[chosen]
    segment = panel.segments[chosen]
    return Rows(
        account=np.flatnonzero(chosen).astype(np.int64),
        cohort=np.full(int(chosen.sum()), when, dtype=np.int64),
        is_treated=is_treated[chosen],
        stratum=(when * 1_000_003 + segment) * 8 + band,
        segment=segment,
        band=band,
        values=values[chosen],
        pre=pre,
    )


def bands(since: Ints, month: int) -> Ints:
    """Return each account's tenure band in a month: 0 where it is not known, 1 the youngest."""
    tenure = month - since
    band: Ints = 1 + np.searchsorted(np.array(_BANDS), tenure, side="right").astype(np.int64)
    band[since == UNKNOWN_SINCE] = 0
    return band


def _joined_up(parts: Sequence[Rows], *, pre: int, width: int) -> Rows:
    if not parts:
        none = np.zeros(0, dtype=np.int64)
        values = np.zeros((0, width))
        return Rows(none, none, none.astype(bool), none, none, none, values, pre)
    return Rows(
        account=np.concatenate([part.account for part in parts]),
        cohort=np.concatenate([part.cohort for part in parts]),
        is_treated=np.concatenate([part.is_treated for part in parts]),
        stratum=np.concatenate([part.stratum for part in parts]),
        segment=np.concatenate([part.segment for part in parts]),
        band=np.concatenate([part.band for part in parts]),
        values=np.concatenate([part.values for part in parts]),
        pre=pre,
    )
