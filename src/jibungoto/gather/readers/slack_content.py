"""The digest of what the log keeps of a Slack record: alone, or of many messages together."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from jibungoto.gather.cells import NOTHING, Listed
from jibungoto.gather.text import digest63

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MASK = (1 << 64) - 1
_FACTOR = 0x9E3779B97F4A7C15
_NONE = 0
"""The mark of what is not there."""


@lru_cache(maxsize=20_000)
def mark_of(text: str | None) -> int:
    """Return a number that stands for a text that recurs."""
    return _NONE if text is None else digest63(text.encode("utf-8", "replace"))


def mixed(values: Iterable[Any]) -> Any:
    """Return one number of 63 bits that depends on all of these, in this order.

    Values are whole numbers, or NumPy arrays of them: then it is an array of such numbers.
    """
    mix: Any = 1
    for value in values:
        mix = ((mix ^ (value & _MASK)) * _FACTOR) & _MASK
        mix = mix ^ (mix >> 29)
    return mix >> 1


class Recurring:
    """Texts that recur: each is kept once, with its mark, and known by its number."""

    def __init__(self, mark: Callable[[str], int] = mark_of) -> None:
        self._mark = mark
        self._texts: list[str] = []
        self._marks = array("Q", [_NONE])
        self._numbers: dict[str, int] = {}

    def listed_as(self, texts: Mapping[int, str], rows: int) -> Listed:
        """Return the texts that some of these rows have, by the places of these."""
        import numpy as np

        numbers = np.full(rows, NOTHING, dtype=np.int32)
        numbers[[*texts]] = [*map(self._number_of, texts.values())]
        return Listed(self._texts, numbers)

    def marks(self, listed: Listed) -> NDArray[np.uint64]:
        """Return the mark of each of many texts."""
        import numpy as np

        marks: NDArray[np.uint64] = np.frombuffer(self._marks, dtype=np.uint64)
        return marks[listed.numbers + 1]

    def _number_of(self, text: str) -> int:
        number = self._numbers.get(text)
        if number is None:
            number = self._numbers[text] = len(self._texts)
            self._texts.append(text)
            self._marks.append(self._mark(text))
        return number


def mention_mark(mentioned: str | None) -> int:
    """Return the mark of whom a message mentions, in whatever order."""
    if mentioned is None or " " not in mentioned:
        return mark_of(mentioned)
    return mark_of(" ".join(sorted(mentioned.split())))


def content_of(
    told: tuple[int, int, int],
    kept: tuple[int | None, bool | None, int | None, str | None],
    *,
    mentioned: str | None,
    edited: str | None,
    reactions: int,
) -> int:
    """Digest what the log keeps of a record, and when it was last edited.

    ``told`` are the marks of its kind, its author and its thread; ``reactions`` is the sum of its
    reactions' marks, whose order says nothing.
    """
    length, asks, text_hash, hosts = kept
    numbers = (-1 if one is None else one for one in (length, asks, text_hash))
    beside = (mark_of(hosts), mention_mark(mentioned), mark_of(edited), reactions)
    return int(mixed((*told, *numbers, *beside)))
