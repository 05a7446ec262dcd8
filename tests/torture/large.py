"""Exports too large to be held: written piece by piece, in little memory and little time."""

from __future__ import annotations

import json
import random
import struct
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

BORN = 1_600_000_000
FIRST_DAY = date(2012, 1, 1)
CHANNELS = 250
PEOPLE = 400


def person(number: int) -> str:
    return f"U{number:09d}"


def message(number: int, second: int, text: str) -> bytes:
    """Return one message; its time is its number's own."""
    record = {
        "type": "message",
        "user": person(number % PEOPLE),
        "ts": f"{second}.{number % 1_000_000:06d}",
        "text": text,
    }
    return json.dumps(record).encode()


def write_dump(path: Path, *, size: int) -> int:
    """Write one channel's history as one JSON list of at least so many bytes; return its length.

    The texts are long and unlike each other, as if people pasted whole documents.
    """
    chance = random.Random(7)
    count, written = 0, 1
    with path.open("wb") as out:
        out.write(b"[")
        while written < size:
            text = chance.randbytes(9_000).hex()
            one = message(count, BORN + count * 60, text)
            written += out.write(b",\n" + one if count else one)
            count += 1
        out.write(b"]")
    return count


def day_files(count: int) -> Iterator[tuple[str, bytes]]:
    """Yield an official export of so many day files with one message each, and its lists."""
    channels = [
        {"id": f"C{at:09d}", "name": f"channel-{at}", "created": BORN, "creator": person(0)}
        for at in range(CHANNELS)
    ]
    people = [{"id": person(at), "team_id": "T1", "name": f"p{at}"} for at in range(PEOPLE)]
    yield "users.json", json.dumps(people).encode()
    yield "channels.json", json.dumps(channels).encode()
    for number in range(count):
        at, channel = divmod(number, CHANNELS)
        day = FIRST_DAY + timedelta(days=at)
        second = (day - date(1970, 1, 1)).days * 86_400 + number % 86_400
        yield f"channel-{channel}/{day}.json", b"[" + message(number, second, "hello there") + b"]"


def empty_files(count: int) -> Iterator[tuple[str, bytes]]:
    """Yield the same files, with nothing in them but the lists."""
    for name, content in day_files(count):
        yield name, content if name.count("/") == 0 else b""


def write_zip(path: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write a zip of any number of small files, stored; only its directory is held in memory."""
    directory, count = bytearray(), 0
    with path.open("wb") as out:
        for name, content in files:
            shape = (20, 0x800, 0, 0, 0x5C21, zlib.crc32(content), len(content), len(content))
            named = name.encode()
            place = out.tell()
            out.write(struct.pack("<I5H3I2H", 0x04034B50, *shape, len(named), 0) + named + content)
            directory += struct.pack(
                "<I6H3I5H2I", 0x02014B50, 20, *shape, len(named), *[0] * 5, place
            )
            directory += named
            count += 1
        start = out.tell()
        out.write(directory)
        end = (44, 45, 45, 0, 0, count, count, len(directory), start)
        out.write(struct.pack("<IQ2H2I4Q", 0x06064B50, *end))
        out.write(struct.pack("<IIQI", 0x07064B50, 0, start + len(directory), 1))
        few = min(count, 0xFFFF)
        out.write(struct.pack("<I4H2IH", 0x06054B50, 0, 0, few, few, len(directory), start, 0))
