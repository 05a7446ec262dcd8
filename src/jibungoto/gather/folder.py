"""A folder, or one file alone, as a shelf of entries."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from jibungoto.gather.complaints import unreadable, unsafe
from jibungoto.gather.entry import Entry, Limits
from jibungoto.ledger.words import Words

_TOO_MANY = Words(
    "ファイルの数が多すぎます(上限 {limit:,} 個)。", "It holds too many files (limit {limit:,})."
)
_TOO_LARGE = Words(
    "ファイルが大きすぎます(上限 {limit:,} バイト)。", "It is too large (limit {limit:,} bytes)."
)


class FolderShelf:
    """The files below a folder; links that lead outside of it are not followed."""

    entries: Sequence[Entry]

    def __init__(self, path: Path, limits: Limits) -> None:
        self._root = path
        entries: list[Entry] = []
        total = 0
        try:
            for entry in _files_below(path):
                entries.append(entry)
                total += entry.size
                _check(entry, limits, count=len(entries), total=total)
        except OSError as error:
            raise unreadable(path.name, error) from error
        self.entries = entries

    def read(self, entry: Entry) -> bytes:
        """Return a file's bytes."""
        try:
            return (self._root / entry.path).read_bytes()
        except OSError as error:
            raise unreadable(entry.path, error) from error

    def open(self, entry: Entry) -> BinaryIO:
        """Return a file as a stream."""
        try:
            return (self._root / entry.path).open("rb")
        except OSError as error:
            raise unreadable(entry.path, error) from error

    def close(self) -> None:
        """Nothing stays open between two reads."""


class FileShelf(FolderShelf):
    """A single file that is no zip."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self._root = path.parent
        try:
            self.entries = [Entry(path.name, path.stat().st_size)]
        except OSError as error:
            raise unreadable(path.name, error) from error
        _check(self.entries[0], limits, count=1, total=self.entries[0].size)


def _files_below(root: Path) -> Iterator[Entry]:
    inside = os.path.realpath(root)
    folders = [""]
    while folders:
        folder = folders.pop()
        with os.scandir(root / folder) as found:
            for one in found:
                path = f"{folder}{one.name}"
                if one.is_dir(follow_symlinks=False):
                    folders.append(f"{path}/")
                elif one.is_file() and (not one.is_symlink() or _leads_inside(one.path, inside)):
                    yield Entry(path, one.stat().st_size)


def _leads_inside(link: str, root: str) -> bool:
    return os.path.realpath(link).startswith(root + os.sep)


def _check(entry: Entry, limits: Limits, *, count: int, total: int) -> None:
    if count > limits.entries:
        raise unsafe(entry.path, _TOO_MANY.filled(limit=limits.entries))
    if entry.size > limits.entry_bytes:
        raise unsafe(entry.path, _TOO_LARGE.filled(limit=limits.entry_bytes))
    if total > limits.total_bytes:
        raise unsafe(entry.path, _TOO_LARGE.filled(limit=limits.total_bytes))
