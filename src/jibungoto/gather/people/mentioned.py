"""Where a text names somebody, in whatever writing, and the same text without the name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from jibungoto.ledger.names import folded

_KANJI = re.compile(r"[\u3400-\u9fff\uf900-\ufaff々〆]{3,5}")
_JOINS_ON = re.compile(r"[\u3099\u309a\uff9e\uff9f]")
_SHORTEST_ASCII, _SHORTEST = 3, 2
_SHORTEST_NUMBER = 6
"""Shorter ids of figures alone stand in texts as numbers of something else."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What names somebody for sure, and what may name somebody else as well.

    All are folded, without spaces. What is too short to look for inside a text counts only where
    it is the whole of it (``whole``).
    """

    sure: frozenset[str]
    maybe: frozenset[str]
    whole: frozenset[str]

    def all_of(self, *, surely: bool) -> frozenset[str]:
        """Return the terms to look for inside a text."""
        return self.sure if surely else self.sure | self.maybe


def terms_of(
    names: Iterable[str], *, addresses: Iterable[str] = (), ids: Iterable[str] = ()
) -> Terms:
    """Return what to look for: full names, addresses and ids for sure, parts of them perhaps."""
    sure: set[str] = set()
    maybe: set[str] = set()
    for name in names:
        parts = name.split()
        sure |= {close(name), close("".join(reversed(parts)))}
        maybe |= {close(part) for part in parts} if len(parts) > 1 else set()
        if _KANJI.fullmatch(name):
            maybe.add(close(name[:2]))
    for address in addresses:
        sure.add(close(address))
        maybe.add(close(address.partition("@")[0]))
    sure |= {close(one) for one in ids if len(one) >= _SHORTEST_NUMBER or not one.isdigit()}
    short = {term for term in sure if not _is_long(term)}
    long_ones = frozenset(term for term in sure - short if term)
    return Terms(
        sure=long_ones,
        maybe=frozenset(term for term in maybe - long_ones if _is_long(term)),
        whole=frozenset(short - {""}),
    )


def close(text: str) -> str:
    """Return a text as it is compared: folded as names are, without any space."""
    return "".join(_aligned(text)[0])


def is_named(text: str, terms: Terms, *, surely: bool = True) -> bool:
    """Say whether a text names somebody; unless ``surely``, also whether it may."""
    quick = folded(text).replace(" ", "")
    if quick not in terms.whole and not any(one in quick for one in terms.all_of(surely=surely)):
        return False
    return next(_places(text, terms, surely=surely), None) is not None


def without_name(text: str, terms: Terms, *, mark: str, surely: bool = True) -> str:
    """Return a text in which ``mark`` stands wherever somebody is named."""
    kept: list[str] = []
    reached = 0
    for start, end in sorted(_places(text, terms, surely=surely)):
        if start >= reached:
            kept += [text[reached:start], mark]
        reached = max(reached, end)
    return "".join(kept) + text[reached:]


def _places(text: str, terms: Terms, *, surely: bool) -> Iterator[tuple[int, int]]:
    """Yield from where to where a text names somebody; longer names first."""
    if not text:
        return
    letters, at = _aligned(text)
    run = "".join(letters)
    if run in terms.whole:
        yield 0, len(text)
        return
    for term in sorted(terms.all_of(surely=surely), key=len, reverse=True):
        start = run.find(term)
        while start >= 0:
            place = at[start][0], at[start + len(term) - 1][1]
            if _stands_alone(text, place, term=term):
                yield place
            start = run.find(term, start + 1)


def _stands_alone(text: str, place: tuple[int, int], *, term: str) -> bool:
    """Say whether a name in Latin letters or figures is not a part of a longer word."""
    start, end = place
    before, after = text[start - 1 : start], text[end : end + 1]
    begins, ends = term[0], term[-1]
    return not ((_is_latin(begins) and _is_latin(before)) or (_is_latin(ends) and _is_latin(after)))


def _is_latin(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()


def _is_long(term: str) -> bool:
    return len(term) >= (_SHORTEST_ASCII if term.isascii() else _SHORTEST)


def _aligned(text: str) -> tuple[list[str], list[tuple[int, int]]]:
    """Return the folded letters of a text, and for each from where to where it came."""
    letters: list[str] = []
    at: list[tuple[int, int]] = []
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and _belongs(text[end]):
            end += 1
        for letter in _folded(text[start:end]):
            letters.append(letter)
            at.append((start, end))
        start = end
    return letters, at


def _belongs(letter: str) -> bool:
    """Say whether a sign changes the letter before it."""
    return unicodedata.combining(letter) != 0 or _JOINS_ON.match(letter) is not None


@lru_cache(maxsize=20_000)
def _folded(cluster: str) -> str:
    return folded(cluster).replace(" ", "")
