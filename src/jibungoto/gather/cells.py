"""Columns of a million values without an object for each: what recurs, and texts of a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MICROS = 1_000_000
NOTHING = -1
"""Stands for None where no value is below zero."""


class Cells:
    """One value for each row, made when it is asked for."""

    __slots__ = ()

    def __len__(self) -> int:
        """Return how many rows there are."""
        raise NotImplementedError

    def __iter__(self) -> Iterator[Any]:
        """Give value after value."""
        raise NotImplementedError


class Counts(Cells):
    """Whole numbers; -1 stands for None."""

    __slots__ = ("numbers",)

    def __init__(self, numbers: NDArray[np.int64]) -> None:
        self.numbers = numbers

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.numbers)

    def __iter__(self) -> Iterator[int | None]:
        """Give value after value."""
        return (None if one == NOTHING else one for one in self.numbers.tolist())


class Listed(Cells):
    """Values that recur: each stands in ``values`` once, a row has its number; -1 is None.

    ``values`` may grow as long as no value changes its number.
    """

    __slots__ = ("numbers", "values")

    def __init__(self, values: Sequence[Any], numbers: NDArray[np.int32]) -> None:
        self.values = values
        self.numbers = numbers

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.numbers)

    def __iter__(self) -> Iterator[Any]:
        """Give value after value."""
        values = self.values
        return (None if one == NOTHING else values[one] for one in self.numbers.tolist())


class Stamped(Cells):
    """Keys made of the same beginning, a time, and where they go on, of an ending.

    ``micros`` are microseconds since 1970, written as ten digits, a point and six; -1 is None.
    """

    __slots__ = ("before", "ending", "micros")

    def __init__(
        self, before: str, micros: NDArray[np.int64], ending: Listed | None = None
    ) -> None:
        self.before = before
        self.micros = micros
        self.ending = ending

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.micros)

    def __iter__(self) -> Iterator[str | None]:
        """Give value after value."""
        endings = self.ending if self.ending is not None else [""] * len(self)
        for micros, ending in zip(self.micros.tolist(), endings, strict=True):
            yield None if micros == NOTHING else f"{self.before}{stamp_from(micros)}{ending}"


def stamp_from(micros: int) -> str:
    """Return a time as ten digits of seconds, a point and six decimals."""
    return f"{micros // _MICROS:010d}.{micros % _MICROS:06d}"
