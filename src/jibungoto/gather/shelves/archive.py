"""A zip file as a shelf of entries: each is unpacked alone and checked against its checksum."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

import deflate

from jibungoto.gather.shelves.complaints import cut_off, damaged, unreadable
from jibungoto.gather.shelves.directory import walk
from jibungoto.gather.shelves.entry import Entry, Limits
from jibungoto.ledger.accounting import Refusal
from jibungoto.ledger.words import Words

if TYPE_CHECKING:
    from typing_extensions import Buffer

_LOCAL = struct.Struct("<4s22xHH")
_STORED = 0
# Local headers repeat the name and carry extras of their own; one read mostly gets both and data.
_GUESSED_EXTRAS = 64
_CHUNK = 1 << 18
_AHEAD = 1 << 18
_WORKBOOK = "xl/workbook.xml"

_BROKEN = Words("ファイルの中身が壊れています。", "The content of the file is damaged.")


class ZipShelf:
    """The files of one zip, open until ``close``."""

    entries: Sequence[Entry]
    refused: Sequence[Refusal]

    def __init__(self, path: Path, limits: Limits, *, name: str) -> None:
        self._place = name
        self._seen, self._seen_at = b"", 0
        try:
            self._file = path.open("rb", buffering=0)
        except OSError as error:
            raise unreadable(name, error) from error
        try:
            entries, self.refused = walk(cast(BinaryIO, self._file), limits, place=name)
        except OSError as error:
            self._file.close()
            raise unreadable(name, error) from error
        except struct.error as error:
            self._file.close()
            raise cut_off(name) from error
        except BaseException:
            self._file.close()
            raise
        self.entries = entries
        self.is_workbook = entries.holds(_WORKBOOK) and _WORKBOOK in entries.paths()

    def read(self, entry: Entry) -> bytes | bytearray:
        """Return an entry's bytes; raises DamagedExport if they do not match their checksum."""
        packed = self._packed(entry)
        if entry.method == _STORED:
            unpacked: bytes | bytearray = packed
        else:
            try:
                unpacked = deflate.deflate_decompress(packed, entry.size)
            except deflate.DeflateError as error:
                raise damaged(entry.path, _BROKEN) from error
        if len(unpacked) != entry.size or deflate.crc32(unpacked) != entry.crc:
            raise damaged(entry.path, _BROKEN)
        return unpacked

    def open(self, entry: Entry) -> BinaryIO:
        """Return an entry as a stream that checks its size and checksum at its end."""
        start = self._start_of(entry)
        return cast(BinaryIO, io.BufferedReader(_Inflating(self._file, entry, start), _CHUNK))

    def close(self) -> None:
        """Close the zip."""
        self._file.close()

    def _packed(self, entry: Entry) -> bytes:
        wanted = _LOCAL.size + len(entry.path) + _GUESSED_EXTRAS + entry.packed
        try:
            head = self._look_at(entry.offset, wanted)
            start = head + _after_local_header(self._seen, head, entry=entry)
            packed = self._seen[start : start + entry.packed]
            if len(packed) < entry.packed:
                self._file.seek(self._seen_at + start + len(packed))
                packed += self._read(entry.packed - len(packed))
        except OSError as error:
            raise unreadable(self._place, error) from error
        if len(packed) < entry.packed:
            raise damaged(entry.path, _BROKEN)
        return packed

    def _look_at(self, offset: int, wanted: int) -> int:
        """Have so many bytes of the zip at hand, and return where among them an offset is.

        Whoever reads one entry after the other is given those that follow with the same read.
        """
        at = offset - self._seen_at
        if at < 0 or at + wanted > len(self._seen):
            follows = 0 <= at <= len(self._seen)
            self._seen = b""
            self._file.seek(offset)
            self._seen = self._read(max(wanted, _AHEAD) if follows else wanted)
            self._seen_at, at = offset, 0
        return at

    def _start_of(self, entry: Entry) -> int:
        try:
            self._file.seek(entry.offset)
            return entry.offset + _after_local_header(self._read(_LOCAL.size), 0, entry=entry)
        except OSError as error:
            raise unreadable(self._place, error) from error

    def _read(self, wanted: int) -> bytes:
        """Read on until all is there or the file ends: one raw read may stop short."""
        first = self._file.read(wanted) or b""
        if len(first) == wanted:
            return first
        pieces = [first]
        left = wanted - len(first)
        while left and pieces[-1]:
            pieces.append(self._file.read(left) or b"")
            left -= len(pieces[-1])
        return b"".join(pieces)


def _after_local_header(head: bytes, at: int, *, entry: Entry) -> int:
    if len(head) < at + _LOCAL.size:
        raise damaged(entry.path, _BROKEN)
    magic, names, extras = _LOCAL.unpack_from(head, at)
    if magic != b"PK\x03\x04":
        raise damaged(entry.path, _BROKEN)
    return int(_LOCAL.size + names + extras)


class _Inflating(io.RawIOBase):
    """The bytes of one entry, unpacked a piece at a time."""

    def __init__(self, file: io.FileIO, entry: Entry, start: int) -> None:
        self._file = file
        self._entry = entry
        self._at = start
        self._end = start + entry.packed
        self._crc = 0
        self._given = 0
        self._inflate = None if entry.method == _STORED else zlib.decompressobj(-zlib.MAX_WBITS)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        view = memoryview(buffer).cast("B")
        try:
            piece = self._next_piece(len(view))
        except zlib.error as error:
            raise damaged(self._entry.path, _BROKEN) from error
        except OSError as error:
            raise unreadable(self._entry.path, error) from error
        view[: len(piece)] = piece
        self._given += len(piece)
        self._crc = deflate.crc32(piece, self._crc)
        is_over = not piece and len(view) > 0
        if self._given > self._entry.size or (is_over and not self._is_whole()):
            raise damaged(self._entry.path, _BROKEN)
        return len(piece)

    def _is_whole(self) -> bool:
        return self._given == self._entry.size and self._crc == self._entry.crc

    def _next_piece(self, most: int) -> bytes:
        if self._inflate is None:
            return self._packed_piece(most)
        piece = b""
        while not piece and not self._inflate.eof:
            packed = self._inflate.unconsumed_tail or self._packed_piece(_CHUNK)
            piece = self._inflate.decompress(packed, most)
            if not packed and not piece:
                break
        return piece

    def _packed_piece(self, most: int) -> bytes:
        self._file.seek(self._at)
        piece = self._file.read(min(most, self._end - self._at)) or b""
        self._at += len(piece)
        return piece
