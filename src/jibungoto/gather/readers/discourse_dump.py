"""The database dump inside a Discourse backup: its tables, row by row, in two passes."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from jibungoto.gather.readers import discourse_words as words
from jibungoto.gather.shelves.complaints import damaged
from jibungoto.gather.shelves.gunzip import Inflated

_CHUNK = 1 << 20
_LONGEST_LINE = 64 << 20
_COPY = re.compile(rb'COPY (?:public\.)?"?(\w+)"? \(([^)]*)\) FROM stdin;')
_ESCAPE = re.compile(r"\\(x[0-9A-Fa-f]{1,2}|[0-7]{1,3}|.)", re.DOTALL)
_ESCAPED = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


class Row(msgspec.Struct, frozen=True, gc=False):
    """One row of a table by the names of its columns; no cells where it has too many or too few."""

    table: str
    line: int
    cells: dict[str, str | None]

    def number(self, column: str) -> int | None:
        """Return a whole number, or None where there is none."""
        told = self.cells.get(column)
        if told is None or not re.fullmatch(r"-?\d{1,18}", told):
            return None
        return int(told)

    def text(self, column: str) -> str:
        """Return a text, empty where there is none."""
        return self.cells.get(column) or ""

    def is_true(self, column: str) -> bool:
        """Say whether a column says yes."""
        return self.cells.get(column) == "t"


def rows_in(
    stream: BinaryIO | Inflated, wanted: dict[str, frozenset[str]], *, place: str
) -> Iterator[Row]:
    """Yield the rows of these tables with these of their columns; raises DamagedExport."""
    table, columns = "", 0
    kept: list[tuple[int, str]] = []
    for number, line in enumerate(_lines_in(stream, place), 1):
        if line == b"\\.":
            table = ""
        elif table:
            if not kept:
                continue
            cells = line.split(b"\t")
            told = {name: _text(cells[at]) for at, name in kept} if len(cells) == columns else {}
            yield Row(table, number, told)
        elif (found := _COPY.fullmatch(line)) is not None:
            table = found[1].decode()
            names = [name.strip(' "') for name in found[2].decode("utf-8", "replace").split(",")]
            columns = len(names)
            asked = wanted.get(table, frozenset())
            kept = [(at, name) for at, name in enumerate(names) if name in asked]
    if table:
        raise damaged(place, words.CUT_OFF)


def _lines_in(stream: BinaryIO | Inflated, place: str) -> Iterator[bytes]:
    held = b""
    while chunk := stream.read(_CHUNK):
        lines = (held + chunk).split(b"\n")
        held = lines.pop()
        if len(held) > _LONGEST_LINE:
            raise damaged(place, words.LONG_LINE)
        for line in lines:
            yield line.removesuffix(b"\r")
    if held:
        yield held


def _text(cell: bytes) -> str | None:
    if cell == b"\\N":
        return None
    text = cell.decode("utf-8", "replace")
    return _ESCAPE.sub(_unescaped, text) if "\\" in text else text


def _unescaped(found: re.Match[str]) -> str:
    told = found[1]
    if told[0] == "x" and len(told) > 1:
        return chr(int(told[1:], 16))
    if told[0] in "01234567":
        return chr(int(told, 8))
    return _ESCAPED.get(told, told)


class Likes:
    """Who liked which post and when, compactly, to be asked for once all are in."""

    def __init__(self) -> None:
        self._posts = array("q")
        self._members = array("i")
        self._seconds = array("q")
        self._order: array[int] = array("q")
        self._sorted: array[int] = array("q")

    def add(self, post: int, member: int, *, second: int) -> None:
        """Add one like by the index of the member."""
        self._posts.append(post)
        self._members.append(member)
        self._seconds.append(second)

    def settle(self) -> None:
        """Make all of them findable."""
        self._order = array("q", sorted(range(len(self._posts)), key=self._posts.__getitem__))
        self._sorted = array("q", (self._posts[at] for at in self._order))

    def of(self, post: int) -> list[tuple[int, int]]:
        """Return members and seconds of the likes of one post."""
        begin, end = bisect_left(self._sorted, post), bisect_right(self._sorted, post)
        return [(self._members[at], self._seconds[at]) for at in self._order[begin:end]]
