"""Unpacks gzip as a stream that can go back, within limits that a bomb reaches at once."""

from __future__ import annotations

import os
import zlib
from dataclasses import dataclass
from typing import BinaryIO

from jibungoto.gather.shelves.complaints import damaged, unreadable, unsafe
from jibungoto.gather.shelves.entry import Limits
from jibungoto.ledger.problems import ExportProblem
from jibungoto.ledger.words import Words

_GZIP = b"\x1f\x8b"
_WITH_HEADER = 31
_CHUNK = 1 << 18
_APART = 16 << 20
_MOST_SPOTS = 1_000

_BROKEN = Words(
    "gzip で圧縮された中身が途中で切れているか、壊れています。",
    "What gzip packed ends too early or is damaged.",
)
_TOO_LARGE = Words(
    "展開すると大きすぎます(上限 {limit:,} バイト)。",
    "It is too large once unpacked (limit {limit:,} bytes).",
)
_BOMB = Words(
    "展開すると元の {count:,} 倍以上になる、危険なファイルです。",
    "It would grow more than {count:,} times when unpacked, as a bomb does.",
)


def is_gzip(head: bytes) -> bool:
    """Say whether a file begins as gzip's do."""
    return head.startswith(_GZIP)


@dataclass(frozen=True, slots=True)
class _Spot:
    """A place one can go back to: bytes given, bytes taken, and the state between them."""

    given: int
    taken: int
    state: zlib._Decompress


class Inflated:
    """The bytes that gzip packed; ``seek`` works where the packed file can seek.

    Going back costs unpacking again from the last of the spots kept some 16 MB apart. Raises
    DamagedExport where the file is broken, UnsafeExport where it grows beyond all reason.
    """

    def __init__(self, file: BinaryIO, limits: Limits, *, place: str, packed: int) -> None:
        self._file = file
        self._place = place
        self._limits = limits
        self._most = max(limits.small, packed * limits.whole_ratio)
        self._goes_back = file.seekable()
        self._apart = _APART
        self._spots: list[_Spot] = []
        self._problem: ExportProblem | None = None
        self._start()
        if self._goes_back:
            file.seek(0)

    def read(self, size: int = -1) -> bytes:
        """Return as many bytes, or those that are left; all that can be before it raises."""
        if self._problem is not None:
            raise self._problem
        pieces: list[bytes] = []
        left = size if size >= 0 else self._limits.entry_bytes
        while left:
            try:
                piece = self._next(min(left, _CHUNK * 4))
            except ExportProblem as problem:
                if not pieces:
                    raise
                self._problem = problem
                break
            if not piece:
                break
            pieces.append(piece)
            left -= len(piece)
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a byte counted from the beginning."""
        if whence != os.SEEK_SET:
            raise OSError(whence)
        nearest = max((s for s in self._spots if s.given <= offset), key=_given, default=None)
        if offset < self._given or (nearest is not None and nearest.given > self._given):
            self._go_to(nearest)
        while self._given < offset:
            if not self._next(min(offset - self._given, _CHUNK * 4)):
                break
        return self._given

    def tell(self) -> int:
        """Return how many bytes stand before the next one."""
        return self._given

    def _start(self) -> None:
        self._state = zlib.decompressobj(_WITH_HEADER)
        self._given = self._taken = 0
        self._pending = b""
        self._problem = None

    def _go_to(self, spot: _Spot | None) -> None:
        if spot is None:
            self._start()
        else:
            self._state = spot.state.copy()
            self._given, self._taken, self._pending = spot.given, spot.taken, b""
            self._problem = None

    def _next(self, most: int) -> bytes:
        while True:
            if self._state.eof:  # Several may stand one after the other, zeros behind the last.
                self._pending = self._pending.lstrip(b"\0")
                if self._pending:
                    self._state = zlib.decompressobj(_WITH_HEADER)
            if not self._pending:
                if not self._take():
                    return b""
                continue
            try:
                piece = self._state.decompress(self._pending, most)
            except zlib.error as error:
                raise damaged(self._place, _BROKEN) from error
            self._pending = self._state.unconsumed_tail or self._state.unused_data
            if piece:
                self._given += len(piece)
                self._check()
                return piece

    def _take(self) -> bool:
        """Take packed bytes in; False at the end of the file, which must be the end of all."""
        try:
            if self._goes_back:
                self._file.seek(self._taken)
            self._pending = self._file.read(_CHUNK)
        except OSError as error:
            raise unreadable(self._place, error) from error
        self._taken += len(self._pending)
        if not self._pending and not self._state.eof:
            raise damaged(self._place, _BROKEN)
        return bool(self._pending)

    def _check(self) -> None:
        if self._given > self._most:
            raise unsafe(self._place, _BOMB.filled(count=self._limits.whole_ratio))
        if self._given > self._limits.total_bytes:
            raise unsafe(self._place, _TOO_LARGE.filled(limit=self._limits.total_bytes))
        if self._goes_back and not self._state.eof:
            last = self._spots[-1].given if self._spots else 0
            if self._given >= last + self._apart:
                self._keep_spot()

    def _keep_spot(self) -> None:
        taken = self._taken - len(self._pending)
        self._spots.append(_Spot(self._given, taken, self._state.copy()))
        if len(self._spots) > _MOST_SPOTS:
            del self._spots[::2]
            self._apart *= 2


def _given(spot: _Spot) -> int:
    return spot.given
