"""Made-up accounts whose truth is known: what joining does to them is ``change``."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jibungoto.explain.studies.panel import NEVER, UNKNOWN_SINCE, Panel

PERIODS = 18


@dataclass(frozen=True, slots=True)
class Making:
    """How many accounts, who joins, and how the outcome moves."""

    accounts: int = 160
    share: float = 0.45
    cohorts: tuple[int, ...] = (7, 9, 11)
    change: float = 0.0
    spread: float = 1.0
    noise: float = 0.5
    memory: float = 0.3
    selection: float = 0.0
    segments: int = 2
    shape: str = "normal"


def made(seed: int, how: Making = Making()) -> Panel:
    """Return a panel; ``selection`` is how strongly accounts of a high level tend to join."""
    random = np.random.default_rng(seed)
    n = how.accounts
    level = random.normal(0, how.spread, n)
    odds = how.selection * level + random.logistic(size=n)
    is_in = odds > np.quantile(odds, 1 - how.share)
    joined = np.where(is_in, random.choice(how.cohorts, n), NEVER).astype(np.int64)
    values = level[:, None] + _noise(random, n, how) + np.sin(np.arange(PERIODS) / 3)
    values += how.change * (np.arange(PERIODS) >= joined[:, None])
    return Panel(
        names=tuple(f"account {number}" for number in range(n)),
        values=values,
        joined=joined,
        segments=random.integers(0, how.segments, n),
        since=np.full(n, UNKNOWN_SINCE, dtype=np.int64),
    )


def _noise(random: np.random.Generator, n: int, how: Making) -> np.ndarray[tuple[int, int]]:
    if how.shape == "skewed":
        fresh = random.lognormal(0, 1, (n, PERIODS)) - np.exp(0.5)
    else:
        fresh = random.normal(0, 1, (n, PERIODS))
    noise = np.zeros((n, PERIODS))
    noise[:, 0] = fresh[:, 0]
    for at in range(1, PERIODS):
        kept = how.memory * noise[:, at - 1]
        noise[:, at] = kept + np.sqrt(1 - how.memory**2) * fresh[:, at]
    return how.noise * noise


def as_csv(panel: Panel, *, first: int = 2025 * 12, above: float = 0.0) -> str:
    """Return the panel as a company would hand it in, its first month January 2025."""
    lines = ["アカウント,期間,値,セグメント,参加"]
    for name, values, joined, segment in zip(
        panel.names, panel.values, panel.joined, panel.segments, strict=True
    ):
        when = "" if joined == NEVER else _month(first + int(joined))
        lines += [
            f"{name},{_month(first + at)},{above + value:.4f},区分{segment},{when}"
            for at, value in enumerate(values)
        ]
    return "\n".join(lines) + "\n"


def _month(number: int) -> str:
    return f"{number // 12}-{number % 12 + 1:02d}"
