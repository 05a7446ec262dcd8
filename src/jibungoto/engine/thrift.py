"""Values in Thrift's compact protocol, in which Parquet describes what stands in a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

_LONGEST_SHORT_LIST = 14
_LARGEST_STEP = 15
_TRUE, _FALSE, _I32, _I64, _BINARY, _LIST, _STRUCT = 1, 2, 5, 6, 8, 9, 12
_IN_ONE_BYTE = [bytes([number]) for number in range(0x80)]


class Told(NamedTuple):
    """A value with the number of its type."""

    kind: int
    written: bytes


def varint(number: int) -> bytes:
    """Return a whole number of zero or more, seven bits a byte, the lowest first."""
    if number < len(_IN_ONE_BYTE):
        return _IN_ONE_BYTE[number]
    written = bytearray()
    while number > 0x7F:
        written.append(number & 0x7F | 0x80)
        number >>= 7
    written.append(number)
    return bytes(written)


def flag(is_so: bool) -> Told:
    """Return yes or no, which a field says by its type alone."""
    return Told(_TRUE if is_so else _FALSE, b"")


def small(number: int) -> Told:
    """Return a whole number of 32 bits."""
    return Told(_I32, _zigzag(number))


def large(number: int) -> Told:
    """Return a whole number of 64 bits."""
    return Told(_I64, _zigzag(number))


def text(written: bytes) -> Told:
    """Return a text, or any bytes."""
    return Told(_BINARY, varint(len(written)) + written)


def several(values: Iterable[Told]) -> Told:
    """Return a list of values of one type, of which there has to be one."""
    listed = list(values)
    kind = listed[0].kind
    if len(listed) <= _LONGEST_SHORT_LIST:
        head = bytes([len(listed) << 4 | kind])
    else:
        head = bytes([0xF0 | kind]) + varint(len(listed))
    return Told(_LIST, head + b"".join(one.written for one in listed))


def struct(fields: Mapping[int, Told | None]) -> Told:
    """Return a structure of fields by their numbers, in rising order; None is left out."""
    written, before = bytearray(), 0
    for number, value in fields.items():
        if value is None:
            continue
        step, before = number - before, number
        if step <= _LARGEST_STEP:
            written.append(step << 4 | value.kind)
        else:
            written.append(value.kind)
            written += _zigzag(number)
        written += value.written
    return Told(_STRUCT, bytes(written) + b"\0")


def _zigzag(number: int) -> bytes:
    return varint(number << 1 if number >= 0 else (-number << 1) - 1)
