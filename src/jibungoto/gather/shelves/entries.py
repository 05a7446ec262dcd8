"""Many files of an export held as columns: a million of them take some 70 MB, not 250."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Self, overload

from jibungoto.gather.shelves.entry import Entry

_AT_ONCE = 4_096
_APART = "\0"
"""Stands after each path; no file's path can hold it."""


class Entries(Sequence[Entry]):
    """Files in the order in which they were added; each is made an ``Entry`` when it is asked for.

    So two entries of one file are equal and not the same object: whoever has to remember many
    files remembers their numbers (``Picked``).
    """

    __slots__ = ("_crcs", "_ends", "_folder", "_methods", "_offsets", "_packed", "_paths", "_sizes")

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._folder = ""
        self._paths = bytearray()
        self._ends = array("Q")
        self._sizes = array("Q")
        self._packed = array("Q")
        self._offsets = array("Q")
        self._crcs = array("Q")
        self._methods = bytearray()
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        """Add a file."""
        self._paths += (entry.path + _APART).encode("utf-8", "surrogatepass")
        self._ends.append(len(self._paths))
        self._sizes.append(entry.size)
        self._packed.append(entry.packed)
        self._offsets.append(entry.offset)
        self._crcs.append(entry.crc)
        self._methods.append(entry.method)

    def total(self) -> int:
        """Return how many bytes all files have."""
        return sum(self._sizes)

    def total_packed(self) -> int:
        """Return how many bytes all files have as they are packed."""
        return sum(self._packed)

    def path(self, number: int) -> str:
        """Return the path of one file."""
        start = self._ends[number - 1] if number else 0
        raw = self._paths[start : self._ends[number] - 1]
        return raw.decode("utf-8", "surrogatepass")[len(self._folder) :]

    def paths(self) -> Iterator[str]:
        """Return all paths, in order."""
        for low in range(0, len(self), _AT_ONCE):
            yield from self._some_paths(low, low + _AT_ONCE)

    def holds(self, *texts: str) -> bool:
        """Say whether one of these texts stands in any path."""
        return any(text.encode() in self._paths for text in texts)

    def all_below(self, folder: str) -> bool:
        """Say whether every file lies in a folder."""
        return all(path.startswith(f"{folder}/") for path in self.paths())

    def taken_out_of(self, folder: str) -> Self:
        """Take off the folder in which every file lies, and return these entries."""
        self._folder += f"{folder}/"
        return self

    def _some_paths(self, low: int, high: int) -> list[str]:
        high = min(high, len(self))
        start = self._ends[low - 1] if low else 0
        raw = self._paths[start : self._ends[high - 1] - 1]
        paths = raw.decode("utf-8", "surrogatepass").split(_APART)
        cut = len(self._folder)
        return [path[cut:] for path in paths] if cut else paths

    def __len__(self) -> int:
        """Return how many files there are."""
        return len(self._ends)

    @overload
    def __getitem__(self, at: int) -> Entry: ...

    @overload
    def __getitem__(self, at: slice) -> list[Entry]: ...

    def __getitem__(self, at: int | slice) -> Entry | list[Entry]:
        """Return a file by its number, or some of them."""
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        number = range(len(self))[at]
        return Entry(
            self.path(number),
            self._sizes[number],
            self._packed[number],
            self._offsets[number],
            self._crcs[number],
            self._methods[number],
        )

    def __iter__(self) -> Iterator[Entry]:
        """Return all files, in order."""
        for low in range(0, len(self), _AT_ONCE):
            some = slice(low, low + _AT_ONCE)
            yield from map(
                Entry,
                self._some_paths(low, low + _AT_ONCE),
                self._sizes[some],
                self._packed[some],
                self._offsets[some],
                self._crcs[some],
                self._methods[some],
            )


class Picked(Sequence[Entry]):
    """Some of an export's files, remembered by their numbers."""

    __slots__ = ("_among", "numbers", "pick")

    def __init__(self, among: Sequence[Entry], numbers: Iterable[int] = ()) -> None:
        self._among = among
        self.numbers = array("Q", numbers)
        self.pick = self.numbers.append

    def paths(self) -> Iterator[str]:
        """Return the paths of these files, in order."""
        among = self._among
        named = among.path if isinstance(among, Entries) else lambda number: among[number].path
        return map(named, self.numbers)

    def sorted_by(self, key: Callable[[str], tuple[str, ...]]) -> Picked:
        """Return these files in the order of what is made of their paths."""
        keys = dict(zip(self.numbers, map(key, self.paths()), strict=True))
        return Picked(self._among, sorted(self.numbers, key=keys.__getitem__))

    def take(self, others: Picked) -> None:
        """Add others, of the same export."""
        self._among = others._among
        self.numbers.extend(others.numbers)

    def __len__(self) -> int:
        """Return how many files there are."""
        return len(self.numbers)

    @overload
    def __getitem__(self, at: int) -> Entry: ...

    @overload
    def __getitem__(self, at: slice) -> list[Entry]: ...

    def __getitem__(self, at: int | slice) -> Entry | list[Entry]:
        """Return a file by its place among these, or some of them."""
        if isinstance(at, slice):
            return [self._among[number] for number in self.numbers[at]]
        return self._among[self.numbers[at]]

    def __iter__(self) -> Iterator[Entry]:
        """Return these files, in order."""
        return map(self._among.__getitem__, self.numbers)
