"""Writes Parquet files from columns that are numbers already, or texts by their number.

DuckDB writes them too, but has to find again for every row what recurs, which is known here.
Layout: the Apache Parquet format 2.11, with data pages of version 1, pressed by Zstandard.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jibungoto.engine.disk import put_to_disk
from jibungoto.engine.thrift import Told, flag, large, several, small, struct, text, varint

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MAGIC = b"PAR1"
_LEVEL = 1
_ZSTD = 6
_PLAIN, _RLE, _DICTIONARY = 0, 3, 8
_VALUES_PAGE, _DICTIONARY_PAGE = 0, 2
_OPTIONAL = 1
_BOOLEAN, _INT32, _INT64, _BYTES = 0, 1, 2, 6
_UTF8, _DATE, _TIMESTAMP = 0, 6, 10
_MICROS_OF_NO_ZONE = struct({8: struct({1: flag(False), 2: struct({2: struct({})})})})
_AS_TYPED = struct({1: struct({})})
_SECOND = 1_000_000
_LENGTH = 4
"""How many bytes the length of a text takes."""
_FEW = 256


_KINDS: dict[str, tuple[int, int | None, Told | None]] = {
    "varchar": (_BYTES, _UTF8, None),
    "integer": (_INT32, None, None),
    "bigint": (_INT64, None, None),
    "date": (_INT32, _DATE, None),
    "timestamp": (_INT64, _TIMESTAMP, _MICROS_OF_NO_ZONE),
    "boolean": (_BOOLEAN, None, None),
}
"""How a type is stored: its physical type, its converted type, its logical type."""
_DTYPES = {_INT32: "<i4", _INT64: "<i8"}


@dataclass(frozen=True, slots=True)
class Numbers:
    """A number for each row, or for each that ``there`` says to have one.

    Times are seconds since 1970, dates days; yes and no are 1 and 0.
    """

    values: NDArray[Any]
    there: NDArray[np.bool_] | None = None


class Dictionary:
    """All values there are of texts that recur, each behind its length; None is no text.

    One is made for many columns: what they need to know of all values is found out once.
    """

    __slots__ = ("nothing", "texts")

    def __init__(self, values: Sequence[str | None]) -> None:
        import numpy as np

        self.texts = np.empty(len(values), dtype=object)
        self.texts[:] = [
            None if one is None else packed(one.encode("utf-8", "replace")) for one in values
        ]
        self.nothing = values.index(None) if None in values else -1


@dataclass(frozen=True, slots=True)
class Coded:
    """Texts that recur: ``codes`` say for each row which of the dictionary's it has."""

    dictionary: Dictionary
    codes: NDArray[Any]


@dataclass(frozen=True, slots=True)
class Packed:
    """Texts one after the other, each behind its length, of the rows that ``there`` says."""

    texts: bytes
    there: NDArray[np.bool_] | None = None


Column = Numbers | Coded | Packed
Rows = Mapping[str, Column]


def packed(written: bytes) -> bytes:
    """Return a text in UTF-8 behind its length."""
    return len(written).to_bytes(_LENGTH, "little") + written


def write_parquet(
    path: Path, groups: Iterable[tuple[int, Rows]], *, columns: Mapping[str, str]
) -> int:
    """Write rows, group by group, each with its number of rows; return how many there were.

    ``columns`` says of which type each is (as DuckDB calls it). The file is on disk for good.
    """
    pieces, at, written = [_MAGIC], len(_MAGIC), list[_Group]()
    press = zstd.ZstdCompressor(level=_LEVEL)
    for rows, group in groups:
        chunks = []
        for name, kind in columns.items():
            chunk = _chunk(press, group[name], name=name, kind=kind, rows=rows, at=at)
            at += len(chunk.pages)
            pieces.append(chunk.pages)
            chunks.append(chunk)
        written.append(_Group(rows, chunks))
    footer = _footer(written, columns)
    pieces += [footer, len(footer).to_bytes(4, "little"), _MAGIC]
    with path.open("xb") as file:
        file.writelines(pieces)
    put_to_disk(path)
    return sum(group.rows for group in written)


@dataclass(frozen=True, slots=True)
class _Chunk:
    """One column of one group: its pages, and what the footer says of them."""

    pages: bytes
    described: Told
    unpacked: int


@dataclass(frozen=True, slots=True)
class _Group:
    rows: int
    chunks: list[_Chunk]


@dataclass(frozen=True, slots=True)
class _Values:
    """The values of a column as a page holds them: their encoding, the least, the greatest.

    ``dictionary`` holds what the values are numbers of, and how many there are.
    """

    written: bytes
    encoding: int = _PLAIN
    dictionary: tuple[bytes, int] | None = None
    least: bytes | None = None
    greatest: bytes | None = None
    there: NDArray[np.bool_] | None = None


def _chunk(
    press: zstd.ZstdCompressor, column: Column, *, name: str, kind: str, rows: int, at: int
) -> _Chunk:
    physical, _, _ = _KINDS[kind]
    values = _values_of(column, kind, physical=physical)
    there = values.there
    pages, unpacked, values_at = b"", 0, at
    if values.dictionary is not None:
        content, count = values.dictionary
        told = {7: struct({1: small(count), 2: small(_PLAIN)})}
        pages, unpacked = _page(press, _DICTIONARY_PAGE, content=content, about=told)
        values_at += len(pages)
    content = _levels(there, rows) + values.written
    about = struct({1: small(rows), 2: small(values.encoding), 3: small(_RLE), 4: small(_RLE)})
    page, size = _page(press, _VALUES_PAGE, content=content, about={5: about})
    pages, unpacked = pages + page, unpacked + size
    gaps = 0 if there is None else rows - int(there.sum())
    described = {
        1: small(physical),
        2: several(map(small, sorted({_PLAIN, _RLE, values.encoding}))),
        3: several([text(name.encode())]),
        4: small(_ZSTD),
        5: large(rows),
        6: large(unpacked),
        7: large(len(pages)),
        9: large(values_at),
        11: large(at) if values.dictionary is not None else None,
        12: _statistics(values, gaps),
    }
    return _Chunk(pages, struct(described), unpacked)


def _statistics(values: _Values, gaps: int) -> Told:
    return struct(
        {
            3: large(gaps),
            5: None if values.greatest is None else text(values.greatest),
            6: None if values.least is None else text(values.least),
        }
    )


def _page(
    press: zstd.ZstdCompressor, kind: int, *, content: bytes, about: dict[int, Told]
) -> tuple[bytes, int]:
    """Return a page behind its header, and how large it is unpacked."""
    pressed = press.compress(content, press.FLUSH_FRAME)
    head = struct({1: small(kind), 2: small(len(content)), 3: small(len(pressed)), **about}).written
    return head + pressed, len(head) + len(content)


def _levels(there: NDArray[np.bool_] | None, rows: int) -> bytes:
    """Return which rows have a value: all of them, or a bit for each."""
    import numpy as np

    if there is None:
        written = varint(rows << 1) + b"\1"
    else:
        bits = np.packbits(there, bitorder="little").tobytes()
        written = varint(len(bits) << 1 | 1) + bits
    return len(written).to_bytes(4, "little") + written


def _values_of(column: Column, kind: str, *, physical: int) -> _Values:
    if isinstance(column, Coded):
        return _coded(column)
    if isinstance(column, Packed):
        return _Values(column.texts, there=_needed(column.there))
    return _numbers(column, kind, physical=physical)


def _needed(there: NDArray[np.bool_] | None) -> NDArray[np.bool_] | None:
    return None if there is None or there.all() else there


def _numbers(column: Numbers, kind: str, *, physical: int) -> _Values:
    import numpy as np

    there, values = _needed(column.there), column.values
    if there is not None:
        values = values[there]
    if physical == _BOOLEAN:
        return _Values(np.packbits(values != 0, bitorder="little").tobytes(), there=there)
    values = values.astype(_DTYPES[physical])
    if kind == "timestamp":
        values = values * _SECOND
    if not len(values):
        return _Values(b"", there=there)
    least, greatest = values.min().tobytes(), values.max().tobytes()
    return _Values(values.tobytes(), there=there, least=least, greatest=greatest)


def _coded(column: Coded) -> _Values:
    """Return a dictionary of the values that the rows have, and for each row which it is.

    The least and the greatest are told of few different values; many leave nothing out anyway.
    """
    import numpy as np

    whole, codes = column.dictionary, column.codes
    is_used = np.zeros(len(whole.texts), dtype=np.bool_)
    is_used[codes] = True
    there = None
    if whole.nothing >= 0 and is_used[whole.nothing]:
        there, is_used[whole.nothing] = codes != whole.nothing, False
    used = np.flatnonzero(is_used)
    if not len(used):
        return _Values(b"", there=there)
    places = np.zeros(len(is_used), dtype=np.int64)
    places[used] = np.arange(len(used))
    texts = whole.texts[used].tolist()
    told = sorted(one[_LENGTH:] for one in texts) if len(texts) <= _FEW else [None]
    return _Values(
        _indexes(places[codes if there is None else codes[there]], len(used)),
        _DICTIONARY,
        dictionary=(b"".join(texts), len(texts)),
        least=told[0],
        greatest=told[-1],
        there=there,
    )


def _indexes(indexes: NDArray[np.int64], different: int) -> bytes:
    """Return numbers below ``different``: how wide they are, then one after the other."""
    import numpy as np

    if different <= 1:
        return b"\x01" + varint(len(indexes) << 1) + b"\0"
    width = 8 if different <= 1 << 8 else 16 if different <= 1 << 16 else 32
    padded = np.zeros(-(-len(indexes) // 8) * 8, dtype=f"<u{width // 8}")
    padded[: len(indexes)] = indexes
    return bytes([width]) + varint(len(padded) // 8 << 1 | 1) + padded.tobytes()


def _footer(groups: list[_Group], columns: Mapping[str, str]) -> bytes:
    root = struct({4: text(b"rows"), 5: small(len(columns))})
    described = [_described(name, kind) for name, kind in columns.items()]
    footer = struct(
        {
            1: small(1),
            2: several([root, *described]),
            3: large(sum(group.rows for group in groups)),
            4: several(map(_described_group, groups)),
            6: text(b"jibungoto"),
            7: several([_AS_TYPED] * len(columns)),
        }
    )
    return footer.written


def _described(name: str, kind: str) -> Told:
    physical, converted, logical = _KINDS[kind]
    return struct(
        {
            1: small(physical),
            3: small(_OPTIONAL),
            4: text(name.encode()),
            6: None if converted is None else small(converted),
            10: logical,
        }
    )


def _described_group(group: _Group) -> Told:
    chunks = [struct({2: large(0), 3: chunk.described}) for chunk in group.chunks]
    return struct(
        {
            1: several(chunks),
            2: large(sum(chunk.unpacked for chunk in group.chunks)),
            3: large(group.rows),
        }
    )
