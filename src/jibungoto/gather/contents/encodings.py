"""Which encoding a text is in: Japanese tools write many, and none of them says which."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ENCODINGS = ("utf-8", "cp932", "shift_jis_2004", "euc_jis_2004")
_ESCAPING = b"\x1b$"
_FEW_BROKEN = 50
"""Where less than one character in so many is broken, the encoding is right and they are not."""
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), *((mark, "utf-16") for mark in _UTF16))
_UNMARKED = ("utf-16-be", "utf-16-le")
"""UTF-16 without its mark, by which byte of a plain sign is zero."""
_FEWEST_ZEROS, _PLAIN_OF_UTF16, _TIMES_AS_MANY = 6, 8, 8
"""In UTF-16 at least one sign in so many is plain; its zeros stand on one side of the pairs."""
_LOOKED_AT = 1 << 20
_FEWEST, _FIRST_OF_EUC, _LAST_HALF_WIDTH = 4, 0xA1, 0xDF
_HIGH = re.compile(rb"[\x80-\xff]+")
_ACCENTED = re.compile(r"[À-ÖØ-öø-ÿ]")
_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]+")
_SPELT = re.compile(r"[A-ZÀ-ÖØ-Þ]?[a-zß-öø-ÿ]+|[A-ZÀ-ÖØ-Þ]+")
_PRIVATE = re.compile(r"[\ue000-\uf8ff]")


def decoded(content: bytes | bytearray) -> str:
    """Return the text of a file in whichever encoding Japanese tools write."""
    return next(decodings(bytes(content)))


def decodings(content: bytes) -> Iterator[str]:
    """Yield what a file's text may be, the likeliest first: headings tell which of them it is."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            yield content.decode(encoding, "replace")
            return
    if unmarked := _unmarked_utf16(content):
        yield content.decode(unmarked, "replace")
        return
    is_clean = False
    for encoding in _candidates(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        is_clean = True
        yield text
        if encoding == "utf-8":
            return
    yield from _mended(content, is_clean=is_clean)


def encoding_of(start: bytes) -> str:
    """Return the encoding of a text that begins so, for one that is read as a stream."""
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return encoding
    if unmarked := _unmarked_utf16(start):
        return unmarked
    whole = start[: start.rfind(b"\n") + 1] or start  # Half a character may stand at the end.
    for encoding in _candidates(whole):
        try:
            whole.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    return "utf-8"


def in_utf8(content: bytes) -> bytes:
    """Return what stands in UTF-16 as UTF-8, and anything else as it is, without a mark."""
    if content.startswith(_UTF16):
        return content.decode("utf-16", "replace").encode()
    if b"\0" in content[:2] and (unmarked := _unmarked_utf16(content)):
        return content.decode(unmarked, "replace").encode()
    return content.removeprefix(_MARKS[0][0])


def is_western(content: bytes) -> bool:
    """Say of a text that is no UTF-8 whether its accented letters make words of cp1252.

    In Japanese encodings the same bytes come in pairs: hardly ever do they stand alone among more
    plain letters than there are of them, small ones after a capital.
    """
    accents = words = others = 0
    content = content[:_LOOKED_AT]
    text = content.decode("cp1252", "replace")
    for found in _WORD.findall(text):
        count = len(_ACCENTED.findall(found))
        accents += count
        if count and len(found) > 2 * count and _SPELT.fullmatch(found):
            words += count
        elif len(found) == 1:
            accents -= count  # A letter alone is neither a word nor half a sign.
            others -= count
    others += len(b"".join(_HIGH.findall(content))) - accents
    return words > 0 and words >= (accents - words) + max(others, 0)


def _unmarked_utf16(content: bytes) -> str:
    """Return which UTF-16 a text without a mark is in, or nothing: other texts have no zeros."""
    start = content[:_LOOKED_AT]
    if b"\0" not in start:
        return ""
    zeros = [start[side::2].count(0) for side in (0, 1)]
    most, least = max(zeros), min(zeros)
    enough = max(_FEWEST_ZEROS, len(start) // (2 * _PLAIN_OF_UTF16), least * _TIMES_AS_MANY)
    if most < enough:
        return ""
    encoding = _UNMARKED[zeros.index(most)]
    try:
        start[: len(start) & ~1].decode(encoding)
    except UnicodeDecodeError:
        return ""
    return encoding


def _is_euc(content: bytes) -> bool:
    """Say whether a text has no byte that most Japanese of Windows has, and is whole in EUC."""
    high = b"".join(_HIGH.findall(content[:_LOOKED_AT]))
    if len(high) < _FEWEST or min(high) < _FIRST_OF_EUC or max(high) <= _LAST_HALF_WIDTH:
        return False
    try:
        content.decode("euc_jp")
    except UnicodeDecodeError:
        return False
    return True


def _candidates(content: bytes) -> Iterator[str]:
    """Yield the encodings a text may be in, the likeliest first."""
    if _ESCAPING in content:
        yield "iso2022_jp_3"
    yield "utf-8"
    if is_western(content):
        yield "cp1252"
    elif _is_euc(content):
        yield "euc_jis_2004"
    elif _PRIVATE.search(content.decode("cp932", "ignore")):
        yield "shift_jis_2004"  # No tool writes private signs; they are what it has in their place.
    yield from _ENCODINGS[1:]


def _mended(content: bytes, *, is_clean: bool) -> Iterator[str]:
    """Yield what a text of broken bytes may be, that with the fewest of them first."""
    texts = sorted(
        (content.decode(encoding, "replace") for encoding in ("utf-8", "cp932")),
        key=lambda text: text.count("\ufffd"),
    )
    if not is_clean and texts[0].count("\ufffd") * _FEW_BROKEN > len(texts[0]):
        yield _guessed(content)
    yield from texts


def _guessed(content: bytes) -> str:
    """Return the text of a file that is in none of the usual encodings."""
    from charset_normalizer import from_bytes

    best = from_bytes(content[:65_536]).best()
    if best is None or best.encoding in {"utf_7", "cp037"}:
        return content.decode("utf-8", "replace")
    return content.decode(best.encoding, "replace")
