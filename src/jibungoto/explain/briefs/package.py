"""Opens the package of a brief without trusting it: bounded, unpacked in memory, one JSON read."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass

import msgspec

from jibungoto.explain.briefs.freeze import (
    FIRST_FORMAT,
    FORMAT,
    JSON_NAME,
    SUM_NAME,
    Frozen,
    canonical,
    digest_of,
)
from jibungoto.ledger.problems import DamagedExport, EncryptedExport, NotAnExport, UnsafeExport
from jibungoto.ledger.words import Words

MOST_BYTES = 64 * 1024 * 1024
"""No package, and no JSON inside of one, is larger."""
MOST_ENTRIES = 32
MOST_SAMPLES = 500_000
"""So many amounts may lie behind all figures together."""
_SUM_BYTES = 200
_ENCRYPTED = 0x1

IS_NONE = Words("資料のパッケージではありません。", "This is no package of a brief.")
IS_ANOTHER = Words(
    "この版では読めない形式のパッケージです({found})。",
    "The package is of a format this version cannot read ({found}).",
)
IS_DAMAGED = Words("パッケージが壊れています。", "The package is damaged.")
IS_LOCKED = Words("パスワードがかかっています。", "The package asks for a password.")
IS_TOO_LARGE = Words(
    "パッケージが大きすぎるため、開きません。",
    "The package is too large to be opened.",
)
IS_DOUBLE = Words(
    "同じ名前のファイルが2つ入っているため、開きません。",
    "Two files in the package share a name, so it stays closed.",
)
ASK_AGAIN = Words(
    "発行した人に、もう一度受け取れるか確かめてください。",
    "Ask whoever issued it for another copy.",
)
UPDATE = Words("jibungoto を新しくしてください。", "Use a newer jibungoto.")


@dataclass(frozen=True, slots=True)
class Opened:
    """What a package holds, the sum of its JSON, and whether it stands as it was issued."""

    frozen: Frozen
    digest: str
    is_sum_right: bool
    is_canonical: bool


@dataclass(frozen=True, slots=True)
class _Format:
    format: int


def opened(raw: bytes) -> Opened:
    """Return what a package holds; raises a problem where it cannot or must not be opened."""
    if len(raw) > MOST_BYTES:
        raise UnsafeExport(IS_TOO_LARGE, ASK_AGAIN)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            entries = _entries(package)
            content = _read(package, entries, name=JSON_NAME, most=MOST_BYTES)
            told = _read(package, entries, name=SUM_NAME, most=_SUM_BYTES)
    except (zipfile.BadZipFile, EOFError, zlib.error, struct.error, OSError) as error:
        raise DamagedExport(IS_DAMAGED, ASK_AGAIN) from error
    except (NotImplementedError, RuntimeError, UnicodeError, ValueError) as error:
        raise DamagedExport(IS_DAMAGED, ASK_AGAIN) from error
    kept = _decoded(content)
    digest = digest_of(content)
    return Opened(
        frozen=kept,
        digest=digest,
        is_sum_right=told.split()[:1] == [digest.encode()],
        is_canonical=canonical(kept) == content,
    )


def _entries(package: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    listed = package.infolist()
    if len(listed) > MOST_ENTRIES:
        raise UnsafeExport(IS_TOO_LARGE, ASK_AGAIN)
    if any(one.flag_bits & _ENCRYPTED for one in listed):
        raise EncryptedExport(IS_LOCKED, ASK_AGAIN)
    entries = {one.filename: one for one in listed}
    if len(entries) < len(listed):
        raise UnsafeExport(IS_DOUBLE, ASK_AGAIN)
    if JSON_NAME not in entries or SUM_NAME not in entries:
        raise NotAnExport(IS_NONE, ASK_AGAIN)
    return entries


def _read(
    package: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo], *, name: str, most: int
) -> bytes:
    """Return one entry, and stop unpacking where it grows beyond what is allowed."""
    if entries[name].file_size > most:
        raise UnsafeExport(IS_TOO_LARGE, ASK_AGAIN)
    with package.open(entries[name]) as entry:
        content = entry.read(most + 1)
    if len(content) > most:
        raise UnsafeExport(IS_TOO_LARGE, ASK_AGAIN)
    return content


def _decoded(content: bytes) -> Frozen:
    try:
        found = msgspec.json.decode(content, type=_Format).format
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise DamagedExport(IS_DAMAGED, ASK_AGAIN) from error
    if not FIRST_FORMAT <= found <= FORMAT:
        raise NotAnExport(IS_ANOTHER.filled(found=found), UPDATE)
    try:
        kept = msgspec.json.decode(content, type=Frozen)
    except (msgspec.MsgspecError, UnicodeError, RecursionError, ValueError) as error:
        raise DamagedExport(IS_DAMAGED, ASK_AGAIN) from error
    amounts = 0
    for sample in kept.samples:
        for group in sample.groups:
            if group.times < 1 or len(group.amounts) != len(group.observed) or not group.amounts:
                raise DamagedExport(IS_DAMAGED, ASK_AGAIN)
            amounts += group.times * len(group.amounts)
    if amounts > MOST_SAMPLES:
        raise UnsafeExport(IS_TOO_LARGE, ASK_AGAIN)
    return kept
