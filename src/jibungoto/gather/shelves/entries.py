"""Many files of an export held as columns: a million of them take some 70 MB, not 250."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import accumulate, islice
from typing import Self, overload

from jibungoto.gather.shelves.entry import Entry

_BITS = 12
_AT_ONCE = 1 << _BITS
_APART = "\0"
"""Stands after each path; no file's path can hold it."""


class Entries(Sequence[Entry]):
    """Files in the order in which they are given; each is made an ``Entry`` when it is asked for.

    So two entries of one file are equal and not the same object: whoever has to remember many
    files remembers their numbers (``Picked``).
    """

    __slots__ = ("_blocks", "_crcs", "_cut", "_ends", "_methods", "_offsets", "_packed", "_sizes")

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._cut = 0
        self._blocks: list[str] = []
        self._ends = array("Q")
        self._sizes = array("Q")
        self._packed = array("Q")
        self._offsets = array("Q")
        self._crcs = array("I")
        self._methods = bytearray()
        rest = iter(entries)
        while some := list(islice(rest, _AT_ONCE)):
            self._add(some)

    def _add(self, some: list[Entry]) -> None:
        paths = [entry.path for entry in some]
        self._blocks.append(_APART.join(paths) + _APART)
        self._ends.extend(accumulate([len(path) + 1 for path in paths]))
        self._sizes.extend([entry.size for entry in some])
        self._packed.extend([entry.packed for entry in some])
        self._offsets.extend([entry.offset for entry in some])
        self._crcs.extend([entry.crc for entry in some])
        self._methods.extend([entry.method for entry in some])

    def total(self) -> int:
        """Return how many bytes all files have."""
        return sum(self._sizes)

    def total_packed(self) -> int:
        """Return how many bytes all files have as they are packed."""
        return sum(self._packed)

    def path(self, number: int) -> str:
        """Return the path of one file."""
        start = self._ends[number - 1] if number & (_AT_ONCE - 1) else 0
        return self._blocks[number >> _BITS][start + self._cut : self._ends[number] - 1]

    def paths(self) -> Iterator[str]:
        """Return all paths, in order."""
        for block in self._blocks:
            yield from self._paths_in(block)

    def holds(self, *texts: str) -> bool:
        """Say whether one of these texts stands in any path."""
        return any(text in block for block in self._blocks for text in texts)

    def named(self, names: Collection[str]) -> Iterator[tuple[int, str]]:
        """Return the files called one of these names, in whatever folder, by number and path."""
        for at, block in enumerate(self._blocks):
            if any(name in block for name in names):
                for number, path in enumerate(self._paths_in(block), at << _BITS):
                    if path.rpartition("/")[2] in names:
                        yield number, path

    def all_below(self, folder: str) -> bool:
        """Say whether every file lies in a folder."""
        return all(path.startswith(f"{folder}/") for path in self.paths())

    def taken_out_of(self, folder: str) -> Self:
        """Take off the folder in which every file lies, and return these entries."""
        self._cut += len(folder) + 1
        return self

    def _paths_in(self, block: str) -> list[str]:
        paths, cut = block[:-1].split(_APART), self._cut
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
            return [self.entry(number) for number in range(*at.indices(len(self)))]
        return self.entry(range(len(self))[at])

    def entry(self, number: int) -> Entry:
        """Return a file by its number, which counts from the first."""
        return Entry(
            self.path(number),
            self._sizes[number],
            self._packed[number],
            self._offsets[number],
            self._crcs[number],
            self._methods[number],
        )

    def picked(self, numbers: Iterable[int]) -> Iterator[Entry]:
        """Return files by their numbers; for the many, so that nothing is looked up twice."""
        blocks, ends, cut = self._blocks, self._ends, self._cut
        sizes, packed, offsets = self._sizes, self._packed, self._offsets
        crcs, methods = self._crcs, self._methods
        for number in numbers:
            start = (ends[number - 1] if number & (_AT_ONCE - 1) else 0) + cut
            yield Entry(
                blocks[number >> _BITS][start : ends[number] - 1],
                sizes[number],
                packed[number],
                offsets[number],
                crcs[number],
                methods[number],
            )

    def __iter__(self) -> Iterator[Entry]:
        """Return all files, in order."""
        for number, block in enumerate(self._blocks):
            some = slice(number << _BITS, (number + 1) << _BITS)
            yield from map(
                Entry,
                self._paths_in(block),
                self._sizes[some],
                self._packed[some],
                self._offsets[some],
                self._crcs[some],
                self._methods[some],
            )


class Picked(Sequence[Entry]):
    """Some of an export's files, remembered by their numbers."""

    __slots__ = ("_among", "numbers", "pick")

    def __init__(self, among: Entries, numbers: Iterable[int] = ()) -> None:
        self._among = among
        self.numbers = array("Q", numbers)
        self.pick = self.numbers.append

    def paths(self) -> Iterator[str]:
        """Return the paths of these files, in order."""
        return map(self._among.path, self.numbers)

    def sorted_by(self, key: Callable[[str], tuple[str, ...]]) -> Picked:
        """Return these files in the order of what is made of their paths."""
        keys = [*map(key, self.paths())]
        order = sorted(range(len(keys)), key=keys.__getitem__)
        return Picked(self._among, [self.numbers[at] for at in order])

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
            return [self._among.entry(number) for number in self.numbers[at]]
        return self._among.entry(self.numbers[at])

    def __iter__(self) -> Iterator[Entry]:
        """Return these files, in order."""
        return self._among.picked(self.numbers)
