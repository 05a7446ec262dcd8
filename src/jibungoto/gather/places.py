"""What a place is for, proposed from its name (BR10), and which ids were seen there."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from itertools import islice
from operator import lt

from jibungoto.ledger.initiative import PlaceTag

_INTRO = re.compile(
    r"自己紹介|(?:^|[^a-z])(?:self)?(?:intros?|introductions?|introduce(?:[-_]?yourself)?)(?:[^a-z]|$)"
)
_ANNOUNCE = re.compile(r"お知らせ|おしらせ|アナウンス|(?:^|[^a-z])announce(?:ments?)?(?:[^a-z]|$)")


def tag_of(name: str) -> PlaceTag:
    """Propose from the name of a channel or a category what it is for."""
    name = name.lower()
    if _INTRO.search(name):
        return PlaceTag.INTRO
    return PlaceTag.ANNOUNCE if _ANNOUNCE.search(name) else PlaceTag.NONE


class Numbers:
    """Ids below 2^63, each with the order in which it was added; those that grow cost 12 bytes."""

    def __init__(self) -> None:
        self._growing = array("q")
        self._orders = array("i")
        self._others: dict[int, int] = {}
        self._last = -1
        self._count = 0

    def add(self, number: int) -> bool:
        """Add an id; False if it was there."""
        if number > self._last:
            self._growing.append(number)
            self._orders.append(self._count)
            self._last = number
        elif self.order_of(number) is not None:
            return False
        else:
            self._others[number] = self._count
        self._count += 1
        return True

    def add_growing(self, numbers: Sequence[int]) -> bool:
        """Add ids that are larger than any before, each larger than the last; else add none."""
        if not numbers or numbers[0] <= self._last:
            return False
        if not all(map(lt, numbers, islice(numbers, 1, None))):
            return False
        self._growing.extend(numbers)
        self._orders.extend(range(self._count, self._count + len(numbers)))
        self._last = numbers[-1]
        self._count += len(numbers)
        return True

    def order_of(self, number: int) -> int | None:
        """Return how many ids were added before this one, or None where it was never added."""
        at = bisect_left(self._growing, number)
        if at < len(self._growing) and self._growing[at] == number:
            return self._orders[at]
        return self._others.get(number)

    def __len__(self) -> int:
        """Return how many ids there are."""
        return self._count
