"""Texts whose encoding cannot be told for sure: which of them, and as what each was read."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from jibungoto.gather.contents.encodings import encoding_of
from jibungoto.gather.shelves.export import Export
from jibungoto.ledger.problems import ExportProblem

_TEXTS = (".csv", ".tsv", ".txt", ".log")
_MOST_LOOKED_AT = 100
_HEAD = 1 << 16
_SURE = frozenset({"utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "iso2022_jp_3"})
"""Encodings that say so themselves, or that other texts hardly ever look like."""

_OTHERS = ("cp932", "shift_jis_2004", "euc_jis_2004", "cp1252")
_CALLED = {
    "cp932": "Shift_JIS (Windows-31J)",
    "shift_jis_2004": "Shift_JIS-2004",
    "euc_jis_2004": "EUC-JP",
    "cp1252": "Windows-1252",
    "utf-8": "UTF-8",
}


def doubts_in(export: Export) -> dict[str, str]:
    """Return the texts of an export that could be read otherwise as well, and as what each was."""
    texts = (one for one in export.entries if one.name.lower().endswith(_TEXTS))
    found: dict[str, str] = {}
    for entry in islice(texts, _MOST_LOOKED_AT):
        try:
            head = export.peek(entry, _HEAD)
        except ExportProblem:
            continue
        doubt = doubt_in(head)
        if doubt:
            found[entry.path] = doubt
    return found


def doubt_in(head: bytes) -> str:
    """Return as what a text that begins so is read, where it may be something else; else nothing.

    It may be where another Japanese encoding, or the western one, reads it without a fault and
    otherwise; or where none reads it without a fault.
    """
    whole = head[: head.rfind(b"\n") + 1] or head  # Half a character may stand at the end.
    if whole.isascii():
        return ""
    chosen = encoding_of(whole)
    readings = _readings(whole)
    if chosen in _SURE and (chosen != "utf-8" or _is_whole(whole, chosen)):
        return ""
    others = {text for name, text in readings.items() if name != chosen}
    if chosen in readings and not others - {readings[chosen]}:
        return ""
    return _CALLED.get(chosen, chosen)


def _readings(content: bytes) -> Mapping[str, str]:
    """Return how each encoding reads a text; the western one reads all, so it is left to others."""
    found = {}
    for name in _OTHERS[:-1]:
        try:
            found[name] = content.decode(name)
        except UnicodeDecodeError:
            continue
    if encoding_of(content) == _OTHERS[-1]:
        found[_OTHERS[-1]] = content.decode(_OTHERS[-1], "replace")
    return found


def _is_whole(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
