"""Walks the central directory of a zip file, and refuses what would harm the machine.

The standard library builds an object of thirty fields for every entry, which costs more than
unpacking it where an export holds 164,000 small files; this walker keeps the six that are needed.
Layout: PKWARE's APPNOTE.TXT 6.3.10, sections 4.3.12 to 4.3.16 and 4.5.3 (zip64).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from jibungoto.gather.shelves.complaints import KeptShut, cut_off, encrypted, unsafe
from jibungoto.gather.shelves.entries import Entries
from jibungoto.gather.shelves.entry import Entry, Limits
from jibungoto.ledger.accounting import Refusal
from jibungoto.ledger.words import Words

_HEADER = struct.Struct("<4s4xHH4xLLLHHH8xL")
_END = struct.Struct("<4s4H2LH")
_END64_LOCATOR = struct.Struct("<4sLQL")
_END64 = struct.Struct("<4sQ2H2L4Q")
_END_MAGIC = b"PK\x05\x06"
_STARTS = (b"PK\x03\x04", _END_MAGIC, b"PK\x07\x08")
_LONGEST_COMMENT = 0xFFFF
_FULL16 = 0xFFFF
_FULL32 = 0xFFFFFFFF
_ENCRYPTED_FLAGS = 0x1 | 0x40 | 0x2000
_UTF8_FLAG = 0x800
_STORED, _DEFLATED = 0, 8
_SMALLEST_LOCAL_HEADER = 30
_PIECE = 1 << 20
_LONGEST_HEADER = _HEADER.size + 3 * _FULL16

_OUTSIDE = Words(
    "外の場所を指すファイル名のため、開きません。",
    "Its name points outside of the zip, so it stays closed.",
)
_LOCKED = Words(
    "パスワードがかかっているため開けません。パスワードを使って展開したフォルダーを渡してください。",
    "It asks for a password. Unpack the zip with the password and hand in the folder.",
)
_TOO_MANY = Words(
    "ファイルの数が多すぎます({count:,} 個、上限 {limit:,} 個)。",
    "It holds too many files ({count:,}; the limit is {limit:,}).",
)
_TOO_LARGE = Words(
    "展開すると大きすぎます({count:,} バイト、上限 {limit:,} バイト)。",
    "It is too large once unpacked ({count:,} bytes; the limit is {limit:,}).",
)
_BOMB = Words(
    "展開すると元の {count:,} 倍以上になる、危険なファイルです。",
    "It would grow more than {count:,} times when unpacked, as a zip bomb does.",
)
_OVERLAP = Words(
    "ZIP ファイルの中身が互いに重なっています。",
    "Files inside the zip overlap each other.",
)
_METHOD = Words(
    "圧縮方式({count})を読み取れません。展開したフォルダーを渡してください。",
    "It is packed in a way ({count}) that cannot be read. Unpack the zip and hand in the folder.",
)


class _Tail(NamedTuple):
    """Where the central directory stands and how many entries it announces."""

    start: int
    length: int
    entries: int
    shift: int


class Walked(NamedTuple):
    """A zip's files in the order of its directory, without folders, and which of them stay shut."""

    entries: Entries
    refused: tuple[Refusal, ...]


def walk(file: BinaryIO, limits: Limits, *, place: str) -> Walked:
    """Return what a zip holds; a single file that is not safe to open is refused alone.

    Raises DamagedExport, EncryptedExport or UnsafeExport where that leaves no file, or where the
    whole asks too much of a machine; nothing has been unpacked then.
    """
    file_size = file.seek(0, 2)
    tail = _find_tail(file, file_size, place=place)
    if tail.entries > limits.entries:
        raise unsafe(place, _TOO_MANY.filled(count=tail.entries, limit=limits.entries))
    if tail.length > limits.directory_bytes:
        raise unsafe(place, _TOO_LARGE.filled(count=tail.length, limit=limits.directory_bytes))
    if tail.start < 0 or tail.start + tail.length > file_size:
        raise cut_off(place)
    walked = _walked(file, tail, limits=limits, place=place)
    if walked.refused and not walked.entries:
        first = walked.refused[0]
        locked = first.reason is _LOCKED
        raise encrypted(place) if locked else unsafe(f"{place}: {first.place}", first.reason)
    _check_whole(walked.entries, limits, file_size=file_size, place=place)
    return walked


def is_zip(file: BinaryIO) -> bool:
    """Tell whether a file starts or ends as a zip does: other bytes may stand before it.

    A zip that was cut off keeps its start and loses its end.
    """
    return file.read(4) in _STARTS or _end_of(file, file.seek(0, 2)) is not None


def _find_tail(file: BinaryIO, file_size: int, *, place: str) -> _Tail:
    found = _end_of(file, file_size)
    if found is None:
        raise cut_off(place)
    end_at, fields = found
    count, length, start = fields[4], fields[5], fields[6]
    if count == _FULL16 or _FULL32 in (length, start):
        wide = _find_wide_tail(file, end_at, place=place)
        if wide is not None:
            return wide
    # Bytes before the zip (a self-extracting stub, a mail header) shift every offset in it.
    shift = end_at - length - start
    return _Tail(start + shift, length, count, shift)


def _end_of(file: BinaryIO, file_size: int) -> tuple[int, tuple[int, ...]] | None:
    """Return where the end record stands and its fields; its comment may look like another."""
    reach = min(file_size, _END.size + _LONGEST_COMMENT)
    file.seek(file_size - reach)
    tail = file.read(reach)
    at = tail.rfind(_END_MAGIC)
    while at >= 0 and not _is_end(tail, at):
        at = tail.rfind(_END_MAGIC, 0, at)
    return (file_size - reach + at, _END.unpack_from(tail, at)) if at >= 0 else None


def _is_end(tail: bytes, at: int) -> bool:
    if at + _END.size > len(tail):
        return False
    comment: int = _END.unpack_from(tail, at)[7]
    return at + _END.size + comment == len(tail)


def _find_wide_tail(file: BinaryIO, end_at: int, *, place: str) -> _Tail | None:
    locator_at = end_at - _END64_LOCATOR.size
    if locator_at < 0:
        return None
    file.seek(locator_at)
    magic, _, stated_at, _ = _END64_LOCATOR.unpack(file.read(_END64_LOCATOR.size))
    if magic != b"PK\x06\x07":
        return None
    wide_at = locator_at - _END64.size
    if wide_at < 0:
        raise cut_off(place)
    file.seek(wide_at)
    fields = _END64.unpack(file.read(_END64.size))
    if fields[0] != b"PK\x06\x06":
        raise cut_off(place)
    count, length, start = fields[7], fields[8], fields[9]
    shift = wide_at - stated_at
    return _Tail(start + shift, length, count, shift)


_Header = tuple[int, int, int, int, int, int, bytes]
"""What the directory says: flags, method, checksum, packed size, size, offset, name."""


def _walked(file: BinaryIO, tail: _Tail, *, limits: Limits, place: str) -> Walked:
    shut = KeptShut()
    headers = _headers(file, tail, place=place)
    entries = Entries(_opened(headers, tail, limits=limits, shut=shut))
    return Walked(entries, shut.refusals())


def _opened(
    headers: Iterator[_Header], tail: _Tail, *, limits: Limits, shut: KeptShut
) -> Iterator[Entry]:
    """Yield the files that may be opened, and name the others."""
    shift, ends = tail.shift, tail.start
    for flags, method, crc, packed, size, offset, name in headers:
        path = _decoded(name, flags)
        if path.endswith("/"):
            continue
        # What stands outside of the zip is found broken when it is read, and it alone.
        at = offset + shift if 0 <= offset + shift < ends else ends
        entry = Entry(path, size, packed, at, crc, method)
        if (reason := _why_shut(entry, flags, limits=limits)) is None:
            yield entry
        else:
            shut.add(path, reason)


def _headers(file: BinaryIO, tail: _Tail, *, place: str) -> Iterator[_Header]:
    """Yield the headers of a directory, of which a piece at a time is held."""
    file.seek(tail.start)
    piece, at, left, seen = b"", 0, tail.length, 0
    while left or at + _HEADER.size <= len(piece):
        if left and at + _LONGEST_HEADER > len(piece):
            more = file.read(min(left, _PIECE))
            if not more:
                raise cut_off(place)
            piece, at, left = piece[at:] + more, 0, left - len(more)
            continue
        magic, flags, method, crc, packed, size, names, extras, comment, offset = (
            _HEADER.unpack_from(piece, at)
        )
        if magic != b"PK\x01\x02":
            raise cut_off(place)
        at += _HEADER.size
        if _FULL32 in (size, packed, offset):
            extra = piece[at + names : at + names + extras]
            size, packed, offset = _wide_fields(extra, (size, packed, offset))
        yield flags, method, crc, packed, size, offset, piece[at : at + names]
        at += names + extras + comment
        seen += 1
    # The 16-bit count of an old zip may have wrapped around; its low bits still have to agree.
    if at != len(piece) or (seen - tail.entries) & _FULL16:
        raise cut_off(place)


def _wide_fields(extra: bytes, told: tuple[int, int, int]) -> tuple[int, int, int]:
    """Return the 64-bit sizes and offset for those that read 0xFFFFFFFF (APPNOTE 4.5.3)."""
    full, packed, offset = told
    at = 0
    while at + 4 <= len(extra):
        tag, length = struct.unpack_from("<HH", extra, at)
        if tag == 1:
            wide = extra[at + 4 : at + 4 + length]
            values = iter(struct.unpack(f"<{len(wide) // 8}Q", wide[: len(wide) // 8 * 8]))
            full = next(values, full) if full == _FULL32 else full
            packed = next(values, packed) if packed == _FULL32 else packed
            offset = next(values, offset) if offset == _FULL32 else offset
            break
        at += 4 + length
    return full, packed, offset


def _why_shut(entry: Entry, flags: int, *, limits: Limits) -> Words | None:
    """Return why this one file is never opened, or None where it may be."""
    if _leads_outside(entry.path):
        return _OUTSIDE
    if flags & _ENCRYPTED_FLAGS:
        return _LOCKED
    if entry.method not in (_STORED, _DEFLATED):
        return _METHOD.filled(count=entry.method)
    if entry.size > limits.entry_bytes:
        return _TOO_LARGE.filled(count=entry.size, limit=limits.entry_bytes)
    if entry.size > limits.small and entry.size > entry.packed * limits.entry_ratio:
        return _BOMB.filled(count=limits.entry_ratio)
    return None


def _leads_outside(path: str) -> bool:
    return (
        not path
        or path[0] == "/"
        or "\\" in path
        or "\x00" in path
        or path[1:2] == ":"
        or (".." in path and ".." in path.split("/"))
    )


def _decoded(raw: bytes, flags: int) -> str:
    """Return a name by its flag, else as UTF-8, as Japanese Windows writes it, or as DOS did."""
    codecs = ("utf-8",) if flags & _UTF8_FLAG else ("utf-8", "cp932")
    for codec in codecs:
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            continue
    return raw.decode("cp437")


def _check_whole(entries: Entries, limits: Limits, *, file_size: int, place: str) -> None:
    total = entries.total()
    packed = entries.total_packed()
    if total > limits.total_bytes:
        raise unsafe(place, _TOO_LARGE.filled(count=total, limit=limits.total_bytes))
    # Files that share bytes (as overlapping bombs do) add up to more than the zip they stand in.
    if packed + _SMALLEST_LOCAL_HEADER * len(entries) > file_size:
        raise unsafe(place, _OVERLAP)
    if total > limits.small and total > file_size * limits.whole_ratio:
        raise unsafe(place, _BOMB.filled(count=limits.whole_ratio))
