"""Where a measure will be on a day to come, as a range, from a straight line through its past."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import TYPE_CHECKING

from jibungoto.ledger.words import Words, day_words
from jibungoto.plan.facts import Point

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

    Floats = NDArray[float64]

LEAST_POINTS = 6
MOST_POINTS = 24
COVERED = 0.80
WINDOWS = 3
"""How many windows that share no day the history has to hold."""
METHOD = Words(
    "直近{n}個の値({since}〜{until})に直線を引いて期日まで伸ばし、80%の予測区間を取りました"
    "(一般化最小二乗法。期間の重なる値どうしは、重なる分だけ似ていると見なします)。"
    "これまでと同じように揺れながら進むと仮定しています。",
    "A straight line through the last {n} values ({since} to {until}), drawn on to the due date, "
    "with its 80 % prediction interval (generalised least squares: values whose windows overlap "
    "are taken to be as alike as they overlap). It assumes that the value goes on, and varies, "
    "as it did.",
)
TOO_SHORT = Words(
    "これまでの記録が短く、予測できません(値が{n}個。{least}個以上で、重ならない期間{windows}つ分"
    "が必要です)。",
    "No forecast: the history is too short. It holds {n} values; it takes {least}, over {windows} "
    "windows that do not overlap.",
)
TOO_FAR = Words(
    "期日が、これまでの記録の長さより先にあるため、予測しません。",
    "No forecast: the due date is farther ahead than the history goes back.",
)
IS_PAST = Words("期日を過ぎています。", "The due date has passed.")


@dataclass(frozen=True, slots=True)
class Forecast:
    """The middle and the ends of a range that should hold the value four times out of five."""

    day: date
    value: float
    low: float
    high: float
    n: int
    method: Words


def forecast_of(
    history: Sequence[Point], *, due: date, window: int, is_share: bool = False
) -> Forecast | Words:
    """Return the forecast for a day, or why there is none.

    ``history`` is by month, oldest first; the windows of its values, in days, may overlap.
    """
    used = sorted(history, key=lambda one: one.day)[-MOST_POINTS:]
    if not _is_enough(used, window):
        return TOO_SHORT.filled(n=len(used), least=LEAST_POINTS, windows=WINDOWS)
    since, until = used[0].day, used[-1].day
    if due <= until:
        return IS_PAST
    if due - until > until - since:
        return TOO_FAR
    value, half = _line(used, due, window=window)
    floor = 0.0 if is_share or min(one.value for one in used) >= 0 else float("-inf")
    ceiling = 1.0 if is_share else float("inf")
    middle, low, high = (
        min(max(end, floor), ceiling) for end in (value, value - half, value + half)
    )
    method = METHOD.filled(n=len(used), since=day_words(since), until=day_words(until))
    return Forecast(due, middle, low, high, len(used), method)


def _is_enough(points: Sequence[Point], window: int) -> bool:
    if len(points) < LEAST_POINTS:
        return False
    return (points[-1].day - points[0].day).days >= (WINDOWS - 1) * window


def _line(points: Sequence[Point], due: date, *, window: int) -> tuple[float, float]:
    """Return the line's value on a day and half the width of its prediction interval.

    Generalised least squares with the best linear unbiased prediction (Goldberger 1962): two
    values are correlated by the share of days their windows have in common; n - 2 degrees of
    freedom.
    """
    import numpy as np
    from scipy.special import stdtrit

    days = np.array([(point.day - points[0].day).days for point in points], dtype=float)
    values = np.array([point.value for point in points])
    then = float((due - points[0].day).days)

    def alike(apart: Floats) -> Floats:
        """Return the share of days that windows so far apart have in common."""
        return np.maximum(0.0, 1 - np.abs(apart) / max(window, 1))

    lines = np.column_stack([np.ones_like(days), days])
    inverse = np.linalg.inv(alike(days[:, None] - days[None, :]))
    spread = np.linalg.inv(lines.T @ inverse @ lines)
    slope = spread @ lines.T @ inverse @ values
    left = values - lines @ slope
    variance = float(left @ inverse @ left) / (len(points) - 2)
    shared = alike(then - days)
    at = np.array([1.0, then])
    value = float(at @ slope + shared @ inverse @ left)
    beyond = at - lines.T @ inverse @ shared
    doubt = 1 - shared @ inverse @ shared + beyond @ spread @ beyond
    quantile = float(stdtrit(len(points) - 2, (1 + COVERED) / 2))
    return value, quantile * sqrt(max(variance * float(doubt), 0.0))
