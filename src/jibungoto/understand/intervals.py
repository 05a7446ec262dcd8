"""Intervals of 95 %: Wilson, Newcombe, exact Poisson, Kaplan-Meier and a seeded bootstrap."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import hypot, inf, isinf, sqrt
from operator import attrgetter
from typing import TYPE_CHECKING

from jibungoto.ledger.finding import Interval

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Statistic = Callable[[Floats, Floats], Floats]

Z = 1.959963984540054
DRAWS = 2_000
MANY = 2_000
DRAWS_OF_MANY = 400
"""Above ``MANY`` samples the interval is narrow, and fewer draws place its ends as well."""
SEED = 20_160_606
CHUNK = 100
_amount = attrgetter("amount")


@dataclass(frozen=True, slots=True)
class Sample:
    """One person's amounts count together when persons are drawn again."""

    amount: float
    is_observed: bool
    person: int


def wilson(k: int, n: int) -> Interval:
    """Return the score interval of a proportion k / n, n > 0 (Wilson 1927)."""
    share = k / n
    scale = 1 + Z * Z / n
    centre = (share + Z * Z / (2 * n)) / scale
    half = Z * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n)) / scale
    low = 0.0 if k == 0 else centre - half
    high = 1.0 if k == n else centre + half
    return Interval(low, high)


def newcombe(first: tuple[int, int], second: tuple[int, int]) -> Interval:
    """Return the interval of k1 / n1 - k2 / n2 from two Wilson intervals (Newcombe 1998)."""
    (k1, n1), (k2, n2) = first, second
    return difference((k1 / n1, wilson(k1, n1)), (k2 / n2, wilson(k2, n2)))


def difference(first: tuple[float, Interval], second: tuple[float, Interval]) -> Interval:
    """Return the interval of one value less another from their own (Zou and Donner 2008)."""
    (one, around_one), (two, around_two) = first, second
    below = hypot(one - around_one.low, around_two.high - two)
    above = hypot(around_one.high - one, two - around_two.low)
    return Interval(one - two - below, one - two + above)


def poisson(count: int) -> Interval:
    """Return the exact interval of a Poisson count (Garwood 1936)."""
    from scipy.special import gammaincinv

    low = 0.0 if count == 0 else float(gammaincinv(count, 0.025))
    return Interval(low, float(gammaincinv(count + 1, 0.975)))


def mean_of(samples: Sequence[Sample]) -> float:
    """Return the mean amount of at least one sample."""
    return sum(sample.amount for sample in samples) / len(samples)


def median_of(samples: Sequence[Sample]) -> float:
    """Return the median amount; between two middle ones their mean."""
    amounts = sorted(sample.amount for sample in samples)
    middle = len(amounts) // 2
    if len(amounts) % 2:
        return amounts[middle]
    return (amounts[middle - 1] + amounts[middle]) / 2


def survival_quantile(samples: Sequence[Sample], share: float) -> float | None:
    """Return when a share of all is answered (Kaplan and Meier 1958), None if never reached."""
    at_risk, surviving = len(samples), 1.0
    for time, together in groupby(sorted(samples, key=_amount), key=_amount):
        now = [sample.is_observed for sample in together]
        surviving *= 1 - sum(now) / at_risk
        at_risk -= len(now)
        if surviving <= 1 - share + 1e-12:
            return float(time)
    return None


def bootstrap_mean(samples: Sequence[Sample]) -> Interval | None:
    """Return the percentile interval of the mean, persons drawn again (``DRAWS``)."""

    def mean(weights: Floats, amounts: Floats) -> Floats:
        answer: Floats = weights @ amounts / weights.sum(axis=1)
        return answer

    return bootstrap(samples, mean)


def bootstrap_median(samples: Sequence[Sample]) -> Interval | None:
    """Return the percentile interval of the median, persons drawn again (``DRAWS``)."""
    import numpy as np

    def median(weights: Floats, amounts: Floats) -> Floats:
        reached = weights.cumsum(axis=1)
        half = reached[:, -1:] / 2
        low = amounts[(reached >= half).argmax(axis=1)]
        high = amounts[(reached > half).argmax(axis=1)]
        answer: Floats = np.asarray((low + high) / 2)
        return answer

    return bootstrap(samples, median)


def bootstrap_survival(samples: Sequence[Sample], share: float) -> Interval | None:
    """Return the percentile interval of a survival quantile; None where an end is not reached."""
    return bootstrap_survivals(samples, (share,))[0]


def bootstrap_survivals(
    samples: Sequence[Sample], shares: Sequence[float]
) -> list[Interval | None]:
    """Return the intervals of several survival quantiles from the same draws."""
    import numpy as np

    observed = np.array([is_observed for _, is_observed in _classes(samples)], dtype=float)

    def quantiles(weights: Floats, amounts: Floats) -> Floats:
        starts = np.flatnonzero(np.r_[True, amounts[1:] != amounts[:-1]])
        here, answered = _summed(weights, starts), _summed(weights * observed, starts)
        at_risk = weights.sum(axis=1, keepdims=True) - here.cumsum(axis=1) + here
        staying = 1 - answered / np.maximum(at_risk, 1)
        surviving = staying.cumprod(axis=1)
        found = []
        for share in shares:
            is_reached = surviving <= 1 - share + 1e-12
            place = is_reached.argmax(axis=1)
            is_any = is_reached[np.arange(len(place)), place]
            found.append(np.where(is_any, amounts[starts][place], inf))
        return np.stack(found, axis=-1)

    return _bootstrapped(samples, quantiles) or [None for _ in shares]


def _summed(weights: Floats, starts: NDArray[np.int64]) -> Floats:
    """Sum columns from each start up to the next."""
    import numpy as np

    if len(starts) == weights.shape[1]:
        return weights
    answer: Floats = np.add.reduceat(weights, starts, axis=1)
    return answer


def _classes(samples: Sequence[Sample]) -> list[tuple[float, bool]]:
    """Return what different samples say, in an order of its own; whoever says the same is alike."""
    said = {(each.amount, each.is_observed) for each in samples}
    return sorted(said, key=lambda one: (one[0], not one[1]))


def bootstrap(samples: Sequence[Sample], statistic: Statistic) -> Interval | None:
    """Return the percentile interval of one statistic, persons drawn again (``DRAWS``).

    ``statistic`` takes a row of weights for each draw, and the amounts in rising order.
    """
    found = _bootstrapped(samples, lambda weights, amounts: statistic(weights, amounts)[:, None])
    return found[0] if found else None


def _bootstrapped(samples: Sequence[Sample], statistic: Statistic) -> list[Interval | None]:
    """Draw persons again with a fixed seed; ``statistic`` takes weights and sorted amounts.

    It returns a row for each draw and a column for each number; nothing comes of one person.
    Alike samples are weighed together, so that many people cost no more than their amounts vary.
    """
    import numpy as np

    if len({sample.person for sample in samples}) < 2:
        return []
    classes = _classes(samples)
    amounts = np.array([amount for amount, _ in classes], dtype=float)
    draw = _drawing(samples, {one: position for position, one in enumerate(classes)})
    cost = len(samples) if draw.is_clustered else len(classes)
    rounds = (DRAWS if cost <= MANY else DRAWS_OF_MANY) // CHUNK
    drawn = [statistic(draw.weights(), amounts) for _ in range(rounds)]
    ends = np.quantile(np.concatenate(drawn), [0.025, 0.975], axis=0, method="inverted_cdf")
    return [
        None if isinf(low) or isinf(high) else Interval(float(low), float(high))
        for low, high in ends.T
    ]


@dataclass(frozen=True, slots=True)
class _Drawing:
    """Draws persons again, ``CHUNK`` times at once, and says how often each class comes up."""

    weights: Callable[[], Floats]
    is_clustered: bool


def _drawing(samples: Sequence[Sample], place: dict[tuple[float, bool], int]) -> _Drawing:
    import numpy as np

    random = np.random.default_rng(SEED)
    ordered = sorted((each.person, place[each.amount, each.is_observed]) for each in samples)
    owners, of_class = (np.array(column) for column in zip(*ordered, strict=True))
    people, owner = np.unique(owners, return_inverse=True)
    if len(people) == len(samples):  # whoever is drawn brings one sample: classes are drawn
        shares = np.bincount(of_class, minlength=len(place)) / len(samples)

        def apart() -> Floats:
            return random.multinomial(len(samples), shares, size=CHUNK).astype(float)

        return _Drawing(apart, False)
    of_class, owner = _by_what_they_bring(owner, of_class)
    by_class = np.argsort(of_class, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(of_class[by_class]) > 0])
    rows = np.arange(CHUNK)[:, None] * len(people)

    def clustered() -> Floats:
        drawn = random.integers(len(people), size=(CHUNK, len(people))) + rows
        times = np.bincount(drawn.ravel(), minlength=CHUNK * len(people))
        mine = times.reshape(CHUNK, len(people))[:, owner[by_class]]
        return _summed(mine.astype(float), starts)

    return _Drawing(clustered, True)


def _by_what_they_bring(
    owner: NDArray[np.int64], of_class: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Number people by what they bring, so that an interval does not hang on who is who."""
    import numpy as np

    cuts = np.flatnonzero(np.diff(owner)) + 1
    brought = sorted(part.tolist() for part in np.split(of_class, cuts))
    sizes = [len(part) for part in brought]
    flat = np.fromiter((one for part in brought for one in part), dtype=np.int64)
    return flat, np.repeat(np.arange(len(brought)), sizes)
