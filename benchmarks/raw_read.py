"""The floor under every import: inflate each entry of a zip by its directory and discard it.

Called with the path of a zip and the library that inflates: ``zlib`` or ``libdeflate``. Of a
folder each file is read and discarded; a gzip is one stream, which only ``zlib`` reads in pieces.
"""

from __future__ import annotations

import mmap
import struct
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import deflate

END = struct.Struct("<4s4H2LH")
END64 = struct.Struct("<4sQ2H2L4Q")
CENTRAL = struct.Struct("<4s6H3L5H2L")
LOCAL_LENGTHS = struct.Struct("<26xHH")


def directory(zipped: mmap.mmap) -> tuple[int, int]:
    """Return where the central directory begins and how many entries it has."""
    at = zipped.rfind(b"PK\x05\x06")
    *_, entries, _, begins, _ = END.unpack_from(zipped, at)
    at64 = zipped.rfind(b"PK\x06\x06", max(0, at - 200), at)
    if at64 >= 0:
        *_, entries, _, begins = END64.unpack_from(zipped, at64)
    return int(begins), int(entries)


def entries(zipped: mmap.mmap) -> Iterator[tuple[int, int, int, int]]:
    """Yield method, packed size, unpacked size and offset; for zips below 4 GB."""
    at, count = directory(zipped)
    for _ in range(count):
        found = CENTRAL.unpack_from(zipped, at)
        method, packed, unpacked, offset = found[4], found[8], found[9], found[16]
        at += CENTRAL.size + found[10] + found[11] + found[12]
        yield method, packed, unpacked, offset


def by_zlib(packed: bytes, unpacked: int) -> bytes:
    """Inflate as Python's standard library does."""
    return zlib.decompress(packed, -zlib.MAX_WBITS, unpacked)


INFLATE: dict[str, Callable[[bytes, int], bytes | bytearray]] = {
    "zlib": by_zlib,
    "libdeflate": deflate.deflate_decompress,
}


def inflate_all(path: Path, library: str) -> int:
    """Inflate everything, keep nothing; returns the number of bytes it came to."""
    inflate, total = INFLATE[library], 0
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as zipped:
        for method, packed, unpacked, offset in entries(zipped):
            name, extra = LOCAL_LENGTHS.unpack_from(zipped, offset)
            begins = offset + 30 + name + extra
            content = zipped[begins : begins + packed]
            total += len(inflate(content, unpacked) if method else content)
    return total


def gunzip(path: Path) -> int:
    """Unpack a gzip from its beginning to its end; returns the number of bytes it came to."""
    total, state = 0, zlib.decompressobj(zlib.MAX_WBITS | 16)
    with path.open("rb") as file:
        while piece := file.read(1 << 18):
            total += len(state.decompress(piece))
    return total + len(state.flush())


def read_all(path: Path, library: str) -> int:
    """Read everything, keep nothing; returns the number of bytes it came to."""
    if path.is_dir():
        return sum(len(one.read_bytes()) for one in path.rglob("*") if one.is_file())
    if path.suffix == ".gz":
        return gunzip(path)
    return inflate_all(path, library)


if __name__ == "__main__":
    print(read_all(Path(sys.argv[1]), sys.argv[2]))
