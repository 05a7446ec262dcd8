"""Feeds that are no XML any more: the entries in which they break are taken out, one by one."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from xml.parsers import expat

_DECLARED = re.compile(
    rb"""\A(\s*<\?xml\b[^>]*?\bencoding\s*=\s*["'])(shift[_-]?jis|sjis|x-sjis|ms_kanji)(["'])""",
    re.IGNORECASE,
)
_CALLED_UTF8 = re.compile(
    rb"""\A\s*(?:<\?xml\b(?![^>]*\bencoding)|<(?!\?)|<\?xml\b[^>]*\bencoding\s*=\s*["']utf-?8["'])""",
    re.IGNORECASE,
)
_KANA = re.compile("[ぁ-んァ-ヶ]")
_MARK = re.compile(
    rb"<!\[CDATA\[.*?\]\]>|<!--.*?-->|<(?P<closes>/?)(?:\w+:)?(?P<name>item|entry)(?=[\s>])[^>]*>",
    re.DOTALL,
)
_LOOSE = re.compile(rb"&(?:[A-Za-z]\w*;)?|[\x00-\x08\x0b\x0c\x0e-\x1f]")
_BROKEN = frozenset(
    expat.errors.codes[one]
    for one in (
        expat.errors.XML_ERROR_TAG_MISMATCH,
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    )
)
"""An unknown sign or a stray ``&`` spoils nothing; a tag that does not match swallows the rest."""


@dataclass(frozen=True, slots=True)
class Mended:
    """A feed that holds only whole entries, and the numbers of those that were taken out."""

    content: bytes
    broken: frozenset[int] = frozenset()


def in_utf8(content: bytes) -> bytes:
    """Return a feed in Shift_JIS in UTF-8: what is called so is Windows' own (cp932)."""
    found = _DECLARED.match(content)
    if found is not None:
        text = content[found.end() :].decode("cp932", "replace")
        return found[1] + b"UTF-8" + found[3] + text.encode()
    return _in_utf8_after_all(content) if _CALLED_UTF8.match(content) else content


def _in_utf8_after_all(content: bytes) -> bytes:
    """Return what is called UTF-8 as it is, or, where it is Japanese of Windows, in UTF-8."""
    try:
        content.decode()
    except UnicodeDecodeError:
        with suppress(UnicodeDecodeError):
            text = content.decode("cp932")
            return text.encode() if _KANA.search(text) else content
    return content


def mended(content: bytes) -> Mended:
    """Take the entries out of a feed whose tags do not match; a whole feed stays as it is."""
    if b"\0" in content or not _is_broken(content):
        return Mended(content)
    kept, broken, last = [], set(), 0
    for number, (begin, end) in enumerate(_spans(content), 1):
        if _is_broken(content[begin:end]):
            kept.append(content[last:begin])
            broken.add(number)
            last = end
    return Mended(b"".join((*kept, content[last:])), frozenset(broken))


def _spans(content: bytes) -> list[tuple[int, int]]:
    """Return where entries begin and end; one that never ends does so where the next begins."""
    spans: list[tuple[int, int]] = []
    begun: int | None = None
    for mark in _MARK.finditer(content):
        if mark["name"] is None:
            continue
        if not mark["closes"]:
            if begun is not None:
                spans.append((begun, mark.start()))
            begun = mark.start()
        elif begun is not None:
            spans.append((begun, mark.end()))
            begun = None
    return spans  # What is cut off at the end is told as such, and read as far as it goes.


def _is_broken(content: bytes) -> bool:
    parser = expat.ParserCreate("UTF-8")
    try:
        parser.Parse(_LOOSE.sub(b"", _without_bad_bytes(content)), True)
    except expat.ExpatError as error:
        return error.code in _BROKEN
    return False


def _without_bad_bytes(content: bytes) -> bytes:
    return content.decode("utf-8", "replace").encode()
