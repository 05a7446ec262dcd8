"""A folder, or one file alone, as a shelf of entries."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from jibungoto.gather.shelves.complaints import KeptShut, unreadable, unsafe
from jibungoto.gather.shelves.entry import Entry, Limits
from jibungoto.ledger.accounting import Refusal
from jibungoto.ledger.words import Words

_TOO_MANY = Words(
    "ファイルの数が多すぎます(上限 {limit:,} 個)。", "It holds too many files (limit {limit:,})."
)
_TOO_LARGE = Words(
    "ファイルが大きすぎます(上限 {limit:,} バイト)。", "It is too large (limit {limit:,} bytes)."
)
_NO_FILE = Words(
    "フォルダーの外を指すリンクか、ファイルではないものです。開きません。"
    "必要なら、中身をフォルダーにコピーしてください。",
    "It is a link that leads outside of the folder, or no file, so it stays closed. "
    "If it is needed, copy what it stands for into the folder.",
)


class FolderShelf:
    """The files below a folder; links that lead outside of it are not followed."""

    entries: Sequence[Entry]
    refused: Sequence[Refusal]

    def __init__(self, path: Path, limits: Limits) -> None:
        self._root = path
        shut = KeptShut()
        try:
            self.entries = _kept(path, limits, shut=shut)
        except OSError as error:
            raise unreadable(path.name, error) from error
        self.refused = shut.refusals()

    def read(self, entry: Entry) -> bytes:
        """Return a file's bytes."""
        try:
            return self._at(entry).read_bytes()
        except OSError as error:
            raise unreadable(entry.path, error) from error

    def open(self, entry: Entry) -> BinaryIO:
        """Return a file as a stream."""
        try:
            return self._at(entry).open("rb")
        except OSError as error:
            raise unreadable(entry.path, error) from error

    def close(self) -> None:
        """Nothing stays open between two reads."""

    def _at(self, entry: Entry) -> Path:
        return self._root / entry.path


class FileShelf(FolderShelf):
    """A single file that is no zip."""

    def __init__(self, path: Path, limits: Limits, *, name: str) -> None:
        self._file = path
        self.refused = ()
        try:
            self.entries = [Entry(name, path.stat().st_size)]
        except OSError as error:
            raise unreadable(name, error) from error
        if self.entries[0].size > limits.entry_bytes:
            raise unsafe(name, _TOO_LARGE.filled(limit=limits.entry_bytes))

    def _at(self, entry: Entry) -> Path:
        return self._file


def _kept(root: Path, limits: Limits, *, shut: KeptShut) -> list[Entry]:
    entries: list[Entry] = []
    total = 0
    for entry in _files_below(root, shut):
        if entry.size > limits.entry_bytes:
            shut.add(entry.path, _TOO_LARGE.filled(limit=limits.entry_bytes))
            continue
        entries.append(entry)
        total += entry.size
        if len(entries) > limits.entries:
            raise unsafe(root.name, _TOO_MANY.filled(limit=limits.entries))
        if total > limits.total_bytes:
            raise unsafe(root.name, _TOO_LARGE.filled(limit=limits.total_bytes))
    return entries


def _files_below(root: Path, shut: KeptShut) -> Iterator[Entry]:
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
                else:
                    shut.add(path, _NO_FILE)


def _leads_inside(link: str, root: str) -> bool:
    return os.path.realpath(link).startswith(root + os.sep)
