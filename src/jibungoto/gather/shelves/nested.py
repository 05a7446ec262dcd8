"""A zip or a folder that holds one zip and nothing else: what was meant is the one inside."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from jibungoto.gather.shelves.complaints import unreadable
from jibungoto.gather.shelves.entry import Entry, Limits, Shelf
from jibungoto.ledger.accounting import Refusal
from jibungoto.ledger.problems import DiskProblem
from jibungoto.ledger.words import Words

_PACKED = (".zip", ".tar", ".tar.gz", ".tgz")
_CHUNK = 1 << 20
_COPY = "inside"

Opened = Callable[[Path, Limits], Shelf]
"""Opens a file as what it is, without looking for another inside it."""


def is_packed(path: str) -> bool:
    """Say whether a file is called as those are that hold others."""
    return path.lower().endswith(_PACKED)


def alone_in(entries: Iterable[Entry]) -> Entry | None:
    """Return the packed file that stands there alone, or None."""
    first: Entry | None = None
    for entry in entries:
        if first is not None or not is_packed(entry.path):
            return None
        first = entry
    return first


class NestedShelf:
    """The files of a packed file that stands alone in another; one inside it stays a file.

    It is copied out where the disk has room for it, and all that comes out of it is bounded by the
    size of what was handed in: two ratios do not multiply.
    """

    entries: Sequence[Entry]
    refused: Sequence[Refusal]

    def __init__(self, outer: Shelf, entry: Entry, *, limits: Limits, size: int, opened: Opened):
        most = max(limits.small, size * limits.whole_ratio)
        bounded = replace(limits, total_bytes=min(limits.total_bytes, most))
        try:
            self._folder = tempfile.TemporaryDirectory(prefix="jibungoto-zip-")
        except OSError as error:
            raise unreadable(entry.name, error) from error
        try:
            self._shelf = opened(self._copied(outer, entry, free=limits.free_bytes), bounded)
        except BaseException:
            self._folder.cleanup()
            raise
        self.entries, self.refused = self._shelf.entries, self._shelf.refused
        self._shelf.entries = ()

    def read(self, entry: Entry) -> bytes | bytearray:
        """Return an entry's bytes."""
        return self._shelf.read(entry)

    def open(self, entry: Entry) -> BinaryIO:
        """Return an entry as a stream."""
        return self._shelf.open(entry)

    def close(self) -> None:
        """Let go of the copy."""
        self._shelf.close()
        self._folder.cleanup()

    def _copied(self, outer: Shelf, entry: Entry, *, free: int) -> Path:
        target = Path(self._folder.name) / _COPY
        try:
            if shutil.disk_usage(target.parent).free < free + entry.size:
                raise _no_room(entry.name)
            with outer.open(entry) as source, target.open("wb") as copy:
                shutil.copyfileobj(source, copy, _CHUNK)
        except OSError as error:
            raise unreadable(entry.name, error) from error
        return target


def _no_room(name: str) -> DiskProblem:
    return DiskProblem(
        Words(
            "ZIP の中の ZIP を取り出すだけの空きが、ディスクにありません。",
            "There is no room on the disk to take the zip out of the zip it is in.",
        ),
        Words(
            "中の ZIP を取り出して、それを渡してください。",
            "Take the zip inside out yourself and hand that in.",
        ),
        place=name,
    )
