"""How much hangs on few people: contributor absence factor, largest share, Gini (domain.md 7.7)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from jibungoto.ledger.finding import Interval
from jibungoto.understand.intervals import Sample, bootstrap

if TYPE_CHECKING:
    from jibungoto.understand.intervals import Floats, Statistic

NEARLY = 1e-9
"""Sums of fractions may fall this short of a whole number."""


@dataclass(frozen=True, slots=True)
class Concentration:
    """One number of a distribution: from its amounts, and for intervals from many draws at once."""

    plain: Callable[[Sequence[float]], float]
    drawn: Statistic


def caf(amounts: Sequence[float], *, share: float) -> int:
    """Return the smallest number of people who together did at least a share of everything."""
    needed, done = share * sum(amounts), 0.0
    for number, amount in enumerate(sorted(amounts, reverse=True), start=1):
        done += amount
        if done >= needed - NEARLY:
            return number
    return len(amounts)


def largest_share(amounts: Sequence[float]) -> float:
    """Return what part of everything the one person did who did most."""
    return max(amounts) / sum(amounts)


def gini(amounts: Sequence[float]) -> float:
    """Return 0 where all did the same, towards 1 the more one did it all."""
    n = len(amounts)
    ranked = sum(rank * amount for rank, amount in enumerate(sorted(amounts), start=1))
    return 2 * ranked / (n * sum(amounts)) - (n + 1) / n


def _drawn_caf(share: float) -> Statistic:
    def drawn(weights: Floats, amounts: Floats) -> Floats:
        import numpy as np

        falling, times = amounts[::-1], weights[:, ::-1]
        people, done = times.cumsum(axis=1), (times * falling).cumsum(axis=1)
        needed = share * done[:, -1] - NEARLY
        place = (done >= needed[:, None]).argmax(axis=1)
        rows = np.arange(len(times))
        before = done[rows, place] - times[rows, place] * falling[place]
        answer: Floats = people[rows, place] - times[rows, place]
        answer += np.ceil((needed - before) / falling[place])
        return answer

    return drawn


def _caf_of(share: float) -> Concentration:
    return Concentration(partial(caf, share=share), _drawn_caf(share))


def _drawn_share(weights: Floats, amounts: Floats) -> Floats:
    answer: Floats = ((weights > 0) * amounts).max(axis=1) / (weights @ amounts)
    return answer


def _drawn_gini(weights: Floats, amounts: Floats) -> Floats:
    people = weights.sum(axis=1)
    before = weights.cumsum(axis=1) - weights
    ranks = weights * before + weights * (weights + 1) / 2
    answer: Floats = 2 * (ranks @ amounts) / (people * (weights @ amounts)) - (people + 1) / people
    return answer


CONCENTRATIONS: dict[str, Concentration] = {
    "caf50": _caf_of(0.5),
    "ef50": _caf_of(0.5),
    "caf80": _caf_of(0.8),
    "top1": Concentration(largest_share, _drawn_share),
    "gini": Concentration(gini, _drawn_gini),
}
"""By measure; each person, or organisation, is one sample, with how much they did."""


def concentration_of(samples: Sequence[Sample], statistic: Concentration) -> float:
    """Return one number of at least one person's amounts."""
    return statistic.plain([sample.amount for sample in samples])


def bootstrap_of(samples: Sequence[Sample], statistic: Concentration) -> Interval | None:
    """Return its percentile interval, persons drawn again."""
    return bootstrap(samples, statistic.drawn)
