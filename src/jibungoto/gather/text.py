"""What is kept of a text instead of the text itself (domain.md 0, BR2)."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec
from xxhash import xxh3_64_intdigest

from jibungoto.gather.signs import ASKING, BROAD, MARKED, ODD, STABLE, WIDE, Signs, signs_in

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SHORTEST_HASHED = 50
_LONGEST_HOST = 253
_MOST_HOSTS = 20
_MASK63 = (1 << 63) - 1
_LOWER = bytes(range(256)).lower()
_ASCII_SPACES = bytes(code for code in range(128) if chr(code).isspace())

_ANGLES = re.compile(r"<([^<>]*)>")
_LINK = re.compile(r"<(?:https?|mailto|tel):[^<>]*>|https?://[^\s<>|]+")
_HOST = re.compile(r"[hH][tT][tT][pP][sS]?://(?:[^\s/<>|?#@]*@)?([^\s/<>|?#:@\\]+)")
_AUTHORITY = re.compile(_HOST.pattern.partition("://")[2])
_SCHEMES = ("http", "https")
_WEB = ("http://", "https://")
_FENCE = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
_INLINE_CODE = re.compile(r"`[^`\n]+`")
_QUOTES = (">", "&gt;")
_QUOTE = re.compile(r"^(?:&gt;|>).*$", re.MULTILINE)
_EMOJI = re.compile(r":(?!\d\d?:)[a-z0-9_+'\-]+:(?::skin-tone-[2-6]:)?|::skin-tone-[2-6]:")
_PLAIN_HOST = re.compile(r"[^\W_](?:[\w\-]*\.)+[\w\-]{2,}")

# A sentence ends in: ?, ？, か。, ですか, ますか, でしょうか. An ASCII question mark inside a word
# or a leftover address ends none.
_QUESTION_MARK = re.compile(r"\?(?![A-Za-z0-9=&_/%])")
_ASKING_END = re.compile(r"(?:です|ます|でしょう)か(?=\s*(?:$|[。！!…」』）)]))", re.MULTILINE)


def _ranges(*ranges: tuple[int, int]) -> str:
    return "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in ranges)


# Most Japanese text needs no more of NFKC than full-width signs made narrow, and NFKC itself costs
# more than everything else kept here. Outside of STABLE and WIDE the real thing is used; a test
# holds both alike, character by character.
_BEYOND = re.compile(f"[^{_ranges(*STABLE, *WIDE)}]")
_WIDE_SIGN = re.compile(f"[{_ranges(*WIDE)}]")
_NARROW: dict[str, str] = {}
_MOST_FROM_ONE = 3
"""No character makes more of them in NFKC than this, of those that nothing else is said of."""


class TextFacts(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What is kept of one text.

    ``length`` counts the characters that are left when mark-up is taken off: addresses go and
    their labels stay, mentions and :emoji: names go, code and quotes stay. ``text_hash`` is a
    63-bit digest of the normalised text (NFKC, lower case, links and whitespace removed) where
    that has 50 characters or more. ``hosts`` are the hosts of its links, sorted, joined by spaces.
    """

    length: int
    is_question: bool
    text_hash: int | None = None
    hosts: str | None = None


NO_TEXT = TextFacts(0, False)


def facts_of(text: str) -> TextFacts:
    """Return what is kept of a text in Slack's mark-up or in none."""
    return TextFacts(*kept_of(text)) if text else NO_TEXT


Facts = tuple[int | None, bool | None, int | None, str | None]
"""The values of ``TextFacts``; all are None where nothing of a text is kept."""


def kept_of(text: str) -> tuple[int, bool, int | None, str | None]:
    """Return the values of ``facts_of`` alone, for lines that run a million times."""
    unlinked, shown, hosts = text, text, None
    if "<" in text or ":" in text or "&" in text:
        unlinked, shown, hosts = _taken_apart(text)
    asks = _asks(unlinked)
    text_hash = _hash_of(unlinked) if _may_be_hashed(unlinked) else None
    return len(shown.strip()), asks, text_hash, hosts


class Kept(msgspec.Struct, frozen=True, gc=False):
    """What is kept of many texts: the values of ``kept_of``, each as one list."""

    lengths: list[int]
    asks: list[bool]
    hashes: list[int | None]
    hosts: list[str | None]


def kept_of_all(texts: Sequence[str]) -> Kept:
    """Return what is kept of many texts."""
    found = found_in(texts)
    asks, rows = [False] * len(texts), range(len(texts))
    for at in found.asking:
        asks[at] = True
    hashes, hosts = [*map(found.hashes.get, rows)], [*map(found.hosts.get, rows)]
    return Kept(found.lengths.tolist(), asks, hashes, hosts)


class Found(msgspec.Struct, frozen=True, gc=False):
    """What is kept of many texts: each one's length, and by their places what few of them have.

    ``marked`` are the places of texts that may hold mark-up, ``asking`` those of questions.
    """

    lengths: NDArray[np.int64]
    marked: list[int]
    asking: list[int]
    hashes: dict[int, int]
    hosts: dict[int, str]


def found_in(texts: Sequence[str]) -> Found:
    """Look through many texts; each is only looked at more closely where it has to be."""
    signs, unlinked = signs_in(texts), list(texts)
    marked, lengths = signs.places(MARKED), signs.lengths.copy()
    hashes, hosts = dict[int, int](), dict[int, str]()
    for at in signs.is_edged.nonzero()[0].tolist():
        lengths[at] = len(texts[at].strip())
    shorter = []
    for at in marked:
        unlinked[at], shown, host = _taken_apart(texts[at])
        shorter.append(len(shown.strip()))
        if host is not None:
            hosts[at] = host
    lengths[marked] = shorter
    asking = [at for at in signs.places(ASKING) if _asks(unlinked[at])]
    for at in _long_in_nfkc(signs):
        if _may_be_hashed(unlinked[at]) and (text_hash := _hash_of(unlinked[at])) is not None:
            hashes[at] = text_hash
    return Found(lengths, marked, asking, hashes, hosts)


def _long_in_nfkc(signs: Signs) -> list[int]:
    """Return which texts may be long enough; of those with odd characters all may be."""
    may_be = signs.lengths >= _SHORTEST_HASHED
    may_be |= (signs.held & ODD) != 0
    is_broad = (signs.held & BROAD) != 0
    may_be |= is_broad & (signs.lengths * _MOST_FROM_ONE >= _SHORTEST_HASHED)
    found: list[int] = may_be.nonzero()[0].tolist()
    return found


def normalised(text: str) -> str:
    """Return a text in NFKC."""
    if text.isascii() or unicodedata.is_normalized("NFKC", text):
        return text
    if _BEYOND.search(text):
        return unicodedata.normalize("NFKC", text)
    for sign in set(_WIDE_SIGN.findall(text)):
        narrow = _NARROW.get(sign)
        if narrow is None:
            narrow = _NARROW[sign] = unicodedata.normalize("NFKC", sign)
        text = text.replace(sign, narrow)
    return text


def digest63(content: bytes) -> int:
    """Return a 63-bit digest that is the same on every machine and in every run."""
    return int(xxh3_64_intdigest(content)) & _MASK63


def _taken_apart(text: str) -> tuple[str, str, str | None]:
    """Return a text without its links, what a reader sees of it, and the hosts of its links.

    Most have a single <...> and no other sign. They are cut there, which takes a third of the
    time of the patterns.
    """
    before, _, rest = text.partition("<")
    inside, closes, after = rest.partition(">")
    shown = f"{before}{_label(inside) if '|' in inside else ''}{after}"
    if closes and "<" not in rest and not _has_signs(shown):
        if ":" not in inside:
            return text, shown, None
        if inside.startswith(_WEB) and inside.count("://") == 1:
            return f"{before} {after}", shown, _host_at(inside.split("/", 3)[2])
    if "://" in text or ("<" in text and ("mailto:" in text or "tel:" in text)):
        return _LINK.sub(" ", text), _shown(text), _hosts_in(text)
    return text, _shown(text), None


def _has_signs(text: str) -> bool:
    """Say whether a text may hold an :emoji:, an &entity; or a bare address."""
    return "&" in text or (":" in text and ("://" in text or text.count(":") > 1))


def _shown(text: str) -> str:
    if "<" in text:
        pieces = _ANGLES.split(text)
        pieces[1::2] = map(_label, pieces[1::2])
        text = "".join(pieces)
    if ":" in text:
        text = _EMOJI.sub("", text)
    return html.unescape(text) if "&" in text else text


def _label(inside: str) -> str:
    """Return what a reader sees of Slack's <address|label>, <#channel|name>, <@person>, <!here>."""
    if inside.startswith(("@", "!")):
        return ""
    return inside.partition("|")[2]


def _asks(unlinked: str) -> bool:
    return _may_ask(unlinked) and _is_question(unlinked)


def _may_ask(unlinked: str) -> bool:
    return (
        "?" in unlinked
        or "？" in unlinked
        or ("か" in unlinked and ("すか" in unlinked or "うか" in unlinked or "か。" in unlinked))
    )


def _is_question(unlinked: str) -> bool:
    if "`" in unlinked:
        unlinked = _INLINE_CODE.sub(" ", _FENCE.sub("\n", unlinked))
    if unlinked.startswith(_QUOTES) or "\n>" in unlinked or "\n&gt;" in unlinked:
        unlinked = _QUOTE.sub("", unlinked)
    if "<" in unlinked:
        unlinked = _ANGLES.sub("", unlinked)
    if ":" in unlinked:
        unlinked = _EMOJI.sub("", unlinked)
    return (
        "？" in unlinked
        or "か。" in unlinked
        or ("?" in unlinked and _QUESTION_MARK.search(unlinked) is not None)
        or (("すか" in unlinked or "うか" in unlinked) and _ASKING_END.search(unlinked) is not None)
    )


def _may_be_hashed(unlinked: str) -> bool:
    """Say of most texts that they are too short; NFKC makes some of them longer."""
    return len(unlinked) >= _SHORTEST_HASHED or not (
        unlinked.isascii() or unicodedata.is_normalized("NFKC", unlinked)
    )


def _hash_of(unlinked: str) -> int | None:
    if unlinked.isascii():
        shown = unlinked.encode().translate(_LOWER, _ASCII_SPACES)
        return None if len(shown) < _SHORTEST_HASHED else digest63(shown)
    normal = "".join(normalised(unlinked).lower().split())
    if len(normal) < _SHORTEST_HASHED:
        return None
    return digest63(normal.encode("utf-8", "replace"))


def _hosts_in(text: str) -> str | None:
    before, _, after = text.partition("://")
    if "://" in after:
        hosts = _HOST.findall(text)
    else:  # as nearly always; the pattern alone would look at every letter
        found = _AUTHORITY.match(after) if before[-5:].lower().endswith(_SCHEMES) else None
        hosts = [found[1]] if found else []
    if len(hosts) == 1:
        return _kept_host(hosts[0])
    kept = {host for host in map(_kept_host, hosts) if host is not None}
    return " ".join(sorted(kept)[:_MOST_HOSTS]) or None


@lru_cache(maxsize=10_000)
def _host_at(authority: str) -> str | None:
    """Return the host in what stands between the first slashes of an address."""
    return _hosts_in(f"{_WEB[0]}{authority}")


@lru_cache(maxsize=10_000)
def _kept_host(told: str) -> str | None:
    host = told.lower().rstrip(".")
    return host if len(host) <= _LONGEST_HOST and _PLAIN_HOST.fullmatch(host) else None
