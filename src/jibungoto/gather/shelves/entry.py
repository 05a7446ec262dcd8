"""One file of an export, and how much of a machine an export may ask for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO, Protocol

import msgspec

from jibungoto.ledger.accounting import Refusal

GIB = 1 << 30


class Entry(msgspec.Struct, frozen=True, gc=False):
    """One file of an export: its POSIX path and its size in bytes once unpacked.

    The rest says where a shelf finds it: ``packed`` bytes at ``offset``, in zip ``method``, with
    the checksum ``crc``.
    """

    path: str
    size: int
    packed: int = 0
    offset: int = 0
    crc: int = 0
    method: int = 0

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]

    @property
    def folder(self) -> str:
        """The path without its last part; empty at the top."""
        return self.path.rpartition("/")[0]


@dataclass(frozen=True, slots=True)
class Limits:
    """What is refused before a single byte is unpacked.

    ``entry_bytes`` and ``entry_ratio`` keep one entry shut, all others the whole export. An entry
    of more than ``small`` bytes may be ``entry_ratio`` times as large as it is packed, the whole
    ``whole_ratio`` times: JSON reaches some 30, a bomb 1,000. An upload ends at ``upload_bytes``,
    and where it would leave less than ``free_bytes`` of the disk.
    """

    entries: int = 2_000_000
    total_bytes: int = 64 * GIB
    entry_bytes: int = 4 * GIB
    entry_ratio: int = 400
    whole_ratio: int = 150
    small: int = 1 << 20
    directory_bytes: int = GIB // 2
    upload_bytes: int = 20 * GIB
    free_bytes: int = GIB


class Shelf(Protocol):
    """Where the bytes of an export's entries stand: a folder, a zip or a single file.

    ``refused`` names what stays shut on its own while everything in ``entries`` can be read.
    """

    entries: Sequence[Entry]
    refused: Sequence[Refusal]

    def read(self, entry: Entry) -> bytes | bytearray:
        """Return an entry's bytes whole."""

    def open(self, entry: Entry) -> BinaryIO:
        """Return an entry as a stream, for what is too large to be held."""

    def close(self) -> None:
        """Let go of open files."""
