"""Texts one after the other, as they stand in files: of many rows, and made of times."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from jibungoto.engine.parquet import Packed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LENGTH = 4
_DIGITS, _SECONDS = 16, 10
_TIME = _DIGITS + 1
"""How long a time is: ten digits, a point and six digits."""
_FOUR = 10_000
_BITS = 32
_SHORTEST_RUN = 64
"""Where runs of equally long keys are shorter, all keys are laid together."""


class Texts:
    """The texts of many rows, each behind its length; None where ``there`` says so."""

    __slots__ = ("_ends", "_texts", "_there")

    def __init__(self, texts: bytes, ends: NDArray[np.int64], there: NDArray[np.bool_]) -> None:
        self._texts = texts
        self._ends = ends
        self._there = there

    @classmethod
    def of(cls, values: Sequence[str | None]) -> Texts:
        """Return the texts of these values."""
        import numpy as np

        texts = [one for one in values if one is not None]
        there = np.ones(len(values), dtype=np.bool_)
        if len(texts) < len(values):
            there = np.array([one is not None for one in values], dtype=np.bool_)
        whole = "".join(texts).encode("utf-8", "replace")
        sizes = [*map(len, texts)]
        if len(whole) > sum(sizes):
            sizes = [len(one.encode("utf-8", "replace")) for one in texts]
        lengths = np.array(sizes, dtype=np.int64)
        return cls._packed(whole, lengths, there=there)

    @classmethod
    def _packed(
        cls, whole: bytes, lengths: NDArray[np.int64], *, there: NDArray[np.bool_]
    ) -> Texts:
        """Put each text of those that are there behind its length."""
        import numpy as np

        sizes = np.zeros(len(there), dtype=np.int64)
        sizes[there] = lengths + _LENGTH
        ends = np.concatenate([[0], sizes.cumsum()])
        texts = np.empty(int(ends[-1]), dtype=np.uint8)
        is_text = np.ones(len(texts), dtype=np.bool_)
        heads = ends[:-1][there][:, None] + np.arange(_LENGTH)
        is_text[heads] = False
        texts[heads] = lengths.astype("<u4").view(np.uint8).reshape(-1, _LENGTH)
        texts[is_text] = np.frombuffer(whole, dtype=np.uint8)
        return cls(texts.tobytes(), ends, there)

    def between(self, low: int, high: int) -> tuple[bytes, NDArray[np.bool_]]:
        """Return the texts of some rows, and which of them have one."""
        return self._texts[self._ends[low] : self._ends[high]], self._there[low:high]


def joined(pieces: Iterable[tuple[bytes, NDArray[np.bool_]]]) -> Packed:
    """Return the texts of several pieces as one column."""
    import numpy as np

    texts, there = zip(*pieces, strict=True)
    return Packed(b"".join(texts), np.concatenate(there))


class Padded:
    """Recurring texts as a table of bytes, each as wide as the widest; None is no text."""

    __slots__ = ("lengths", "table", "width")

    def __init__(self, values: Sequence[object]) -> None:
        import numpy as np

        written = [b"" if one is None else str(one).encode("utf-8", "replace") for one in values]
        self.lengths = np.array([len(one) for one in written], dtype=np.int64)
        self.width = int(self.lengths.max(initial=0))
        whole = b"".join(one.ljust(self.width, b"\0") for one in written)
        self.table = np.frombuffer(whole, dtype=np.uint8).reshape(len(written), self.width)


Coded = tuple[Padded, "NDArray[np.int32]"]
"""Recurring texts, and for each row which of them it has."""


def made_of_times(times: NDArray[np.uint8], *, before: Coded, ending: Coded | None = None) -> bytes:
    """Return keys one after the other, each behind its length: a beginning, a time, an ending.

    ``times`` are what ``written`` gives. Rows that follow each other mostly make keys of one
    length, and are laid side by side at once.
    """
    import numpy as np

    lengths = before[0].lengths[before[1]]
    if ending is not None:
        lengths = (lengths << _BITS) + ending[0].lengths[ending[1]]
    cuts = [0, *(np.flatnonzero(np.diff(lengths)) + 1).tolist(), len(times)]
    if len(cuts) * _SHORTEST_RUN > len(times):
        return _laid(times, before=before, ending=ending)
    runs = (slice(low, high) for low, high in pairwise(cuts))
    return b"".join(
        _laid(times[run], before=_cut(before, run), ending=_cut(ending, run)) for run in runs
    )


def _cut(coded: Coded | None, run: slice) -> Any:
    return None if coded is None else (coded[0], coded[1][run])


def _laid(times: NDArray[np.uint8], *, before: Coded, ending: Coded | None) -> bytes:
    """Return keys that were laid side by side, as wide as the widest beginning and ending.

    Where they are not equally long, the rest of each is left out, which takes far longer.
    """
    import numpy as np

    begins = before[0].lengths[before[1]]
    ends = np.zeros_like(begins) if ending is None else ending[0].lengths[ending[1]]
    start = _LENGTH + int(begins.max(initial=0))
    after = start + _TIME
    widest = after + int(ends.max(initial=0))
    laid = np.empty((len(times), widest), dtype=np.uint8)
    whole = (begins + ends + _TIME).astype("<u4")
    laid[:, :_LENGTH] = whole.view(np.uint8).reshape(-1, _LENGTH)
    laid[:, _LENGTH:start] = before[0].table[:, : start - _LENGTH].take(before[1], axis=0)
    laid[:, start:after] = times
    if ending is not None:
        laid[:, after:] = ending[0].table[:, : widest - after].take(ending[1], axis=0)
    if int(whole.min(initial=widest)) + _LENGTH >= widest:
        return laid.tobytes()
    places = np.arange(widest)
    is_kept = (places < _LENGTH + begins[:, None]) | (places >= start)
    is_kept &= places < after + ends[:, None]
    return laid[is_kept].tobytes()


def written(micros: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Return times as ten digits of seconds, a point and six of microseconds, a row for each."""
    import numpy as np

    fours = np.empty((len(micros), _DIGITS // 4), dtype="<u4")
    first = micros // _FOUR**2
    for at, half in ((0, first), (2, micros - first * _FOUR**2)):
        high = (narrow := half.astype(np.uint32)) // np.uint32(_FOUR)
        fours[:, at] = _four_digits()[high]
        fours[:, at + 1] = _four_digits()[narrow - high * np.uint32(_FOUR)]
    digits = fours.view(np.uint8)
    times = np.empty((len(micros), _TIME), dtype=np.uint8)
    times[:, :_SECONDS] = digits[:, :_SECONDS]
    times[:, _SECONDS] = ord(".")
    times[:, _SECONDS + 1 :] = digits[:, _SECONDS:]
    return times


@cache
def _four_digits() -> NDArray[np.uint32]:
    """Return all numbers of four digits as they are written, four bytes in one."""
    import numpy as np

    digits = np.arange(_FOUR)[:, None] // np.array([1000, 100, 10, 1]) % 10 + ord("0")
    written: NDArray[np.uint32] = digits.astype(np.uint8).view("<u4")[:, 0]
    return written
