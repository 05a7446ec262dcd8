"""A tar file, packed with gzip or not, as a shelf whose entries are unpacked where they stand."""

from __future__ import annotations

import io
import os
import tarfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, BinaryIO, cast

from jibungoto.gather.shelves.complaints import KeptShut, damaged, unreadable, unsafe
from jibungoto.gather.shelves.entry import Entry, Limits
from jibungoto.gather.shelves.gunzip import Inflated, is_gzip
from jibungoto.ledger.accounting import Refusal
from jibungoto.ledger.words import Words

_BLOCK = 512
_MAGIC_AT = 257
_LONGEST_HEADER = 4 << 20
_BROKEN = Words(
    "tar ファイルが途中で切れているか、壊れています。", "The tar file ends too early or is damaged."
)
_OUTSIDE = Words(
    "外の場所を指すファイル名のため、開きません。",
    "Its name points outside of the tar file, so it stays closed.",
)
_NO_FILE = Words(
    "リンクか、ファイルではないものです。開きません。",
    "It is a link or no file, so it stays closed.",
)
_TOO_MANY = Words(
    "ファイルの数が多すぎます(上限 {limit:,} 個)。", "It holds too many files (limit {limit:,})."
)
_TOO_LARGE = Words(
    "展開すると大きすぎます({count:,} バイト、上限 {limit:,} バイト)。",
    "It is too large once unpacked ({count:,} bytes; the limit is {limit:,}).",
)


def is_tar(file: BinaryIO) -> bool:
    """Say whether a file is a tar file, packed with gzip or not."""
    file.seek(0)
    head = file.read(_BLOCK)
    if is_gzip(head):
        file.seek(0)
        head = _first_block(file)
    return head[_MAGIC_AT : _MAGIC_AT + 5] == b"ustar"


def _first_block(file: BinaryIO) -> bytes:
    from jibungoto.ledger.problems import ExportProblem

    try:
        return Inflated(file, Limits(), place="", packed=file.seek(0, os.SEEK_END)).read(_BLOCK)
    except ExportProblem:
        return b""


class TarShelf:
    """The files of a tar file; links and devices are refused, the last of equal names counts."""

    entries: Sequence[Entry]
    refused: Sequence[Refusal]

    def __init__(self, path: Path, limits: Limits, *, name: str) -> None:
        self._name = name
        try:
            self._file: BinaryIO = path.open("rb")
            packed = path.stat().st_size
            is_packed = is_gzip(self._file.read(2))
        except OSError as error:
            raise unreadable(name, error) from error
        self._stream: BinaryIO | Inflated = self._file
        if is_packed:
            self._stream = Inflated(self._file, limits, place=name, packed=packed)
        shut = KeptShut()
        try:
            self.entries = self._kept(limits, shut)
        except BaseException:
            self._file.close()
            raise
        self.refused = shut.refusals()

    def read(self, entry: Entry) -> bytes:
        """Return a file's bytes."""
        return _exactly(self._at(entry.offset, entry.path), entry.size, place=entry.path)

    def open(self, entry: Entry) -> BinaryIO:
        """Return a file as a stream."""
        return io.BufferedReader(_Piece(self, entry))

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def piece(self, entry: Entry, at: int, *, most: int) -> bytes:
        """Return bytes from inside an entry."""
        most = min(most, entry.size - at)
        return self._at(entry.offset + at, entry.path).read(most) if most > 0 else b""

    def _at(self, offset: int, place: str) -> BinaryIO | Inflated:
        try:
            self._stream.seek(offset)
        except OSError as error:
            raise unreadable(place, error) from error
        return self._stream

    def _kept(self, limits: Limits, shut: KeptShut) -> list[Entry]:
        kept: dict[str, Entry] = {}
        total = 0
        for member in self._members():
            path = member.name.removeprefix("./")
            if member.isdir():
                continue
            if (reason := _why_shut(member, path, limits=limits)) is not None:
                shut.add(path, reason)
                continue
            kept[path] = Entry(path, member.size, offset=member.offset_data)
            total += member.size
            if len(kept) > limits.entries:
                raise unsafe(self._name, _TOO_MANY.filled(limit=limits.entries))
            if total > limits.total_bytes:
                large = _TOO_LARGE.filled(count=total, limit=limits.total_bytes)
                raise unsafe(self._name, large)
        return list(kept.values())

    def _members(self) -> Iterator[tarfile.TarInfo]:
        """Yield the headers one by one; none is kept, there may be a million."""
        self._stream.seek(0)
        try:
            headers = cast("IO[bytes]", _Headers(self._stream))
            with tarfile.open(fileobj=headers, mode="r:") as tar:
                while (member := tar.next()) is not None:
                    tar.members.clear()  # type: ignore[attr-defined]  # there, and not declared
                    yield member
                self._stream.seek(tar.offset)  # A broken header ends the walk without a word.
                if self._stream.read(_BLOCK).strip(b"\0"):
                    raise damaged(self._name, _BROKEN)
        except (tarfile.TarError, ValueError, EOFError, OverflowError) as error:
            raise damaged(self._name, _BROKEN) from error
        except OSError as error:
            raise unreadable(self._name, error) from error


class _Headers:
    """The stream as the walk through the headers sees it: no header is as long as a file."""

    def __init__(self, stream: BinaryIO | Inflated) -> None:
        self._stream = stream
        self.seek = stream.seek
        self.tell = stream.tell

    def read(self, size: int) -> bytes:
        if size > _LONGEST_HEADER:
            raise tarfile.ReadError(str(size))
        return self._stream.read(size) or b""


class _Piece(io.RawIOBase):
    """One entry as a stream."""

    def __init__(self, shelf: TarShelf, entry: Entry) -> None:
        self._shelf = shelf
        self._entry = entry
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, view: bytearray | memoryview) -> int:  # type: ignore[override]  # what is given
        piece = self._shelf.piece(self._entry, self._given, most=len(view))
        if not piece and len(view) and self._given < self._entry.size:
            raise damaged(self._entry.path, _BROKEN)
        view[: len(piece)] = piece
        self._given += len(piece)
        return len(piece)


def _exactly(stream: BinaryIO | Inflated, size: int, *, place: str) -> bytes:
    """Return so many bytes; memory is taken as they come, not as a header claims."""
    pieces, left = [], size
    while left:
        piece = stream.read(min(left, 1 << 20))
        if not piece:
            raise damaged(place, _BROKEN)
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def _why_shut(member: tarfile.TarInfo, path: str, *, limits: Limits) -> Words | None:
    """Return why this one file is never opened, or None where it may be."""
    if _leads_outside(path):
        return _OUTSIDE
    if not member.isreg() or member.issparse():
        return _NO_FILE
    if member.size < 0 or member.size > limits.entry_bytes:
        return _TOO_LARGE.filled(count=member.size, limit=limits.entry_bytes)
    return None


def _leads_outside(path: str) -> bool:
    if not path or "\0" in path or "\\" in path:
        return True
    return path[0] == "/" or path[1:2] == ":" or ".." in path.split("/")
