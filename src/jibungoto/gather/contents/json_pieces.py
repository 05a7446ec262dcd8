"""Broken JSON lists, member by member: what one of them holds wrongly costs that one alone."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace

import msgspec

_MARK = re.compile(rb'"(?:[^"\\]|\\.)*+(?:"|\Z)|[\[\]{},]', re.DOTALL)
_SOMETHING = re.compile(rb"\S")
_HEAD = re.compile(rb'\{\s*"[^"\\]{1,120}"\s*:')
_LONGEST_KEY = 120
_SUSPECT = 256 << 10
"""A member longer than this may be several of them that a stray quote makes one."""

_MOST_HEADS = 50
_NAMED = msgspec.json.Decoder(dict[str, msgspec.Raw])
_ANY = msgspec.json.Decoder(msgspec.Raw)


def members_in(content: bytes, begins: int = 0) -> Iterator[bytes | None]:
    """Yield the members of the list that begins here, as they stand; None if it does not end.

    Line ends and wrong bytes inside a string do not hide where it ends, nor does a missing comma.
    After a quote that stands alone the next member is found by what its likes begin with and hold.
    Where another list follows, as pages in a row do, its members are yielded as well.
    """
    return _Members(content).from_place(begins)


def list_at(content: bytes, within: tuple[str, ...]) -> int | None:
    """Return where the list begins to which these keys lead, one inside the other."""
    if not within:
        found = _SOMETHING.search(content)
        return found.start() if found and found[0] == b"[" else None
    key = re.compile(rb'"' + re.escape(within[-1].encode()) + rb'"\s*:\s*\Z')
    depth = 0
    for mark in _MARK.finditer(content):
        if mark[0] == b"[" and depth == len(within):
            before = content[max(0, mark.start() - _LONGEST_KEY) : mark.start()]
            if key.search(before):
                return mark.start()
        depth += {b"[": 1, b"{": 1, b"]": -1, b"}": -1}.get(mark[0], 0)
    return None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where to go on in a text: how deep inside the list, and how long a member may be."""

    at: int
    depth: int = 0
    most: int = _SUSPECT


class _Members:
    """The members of a broken list: what the whole ones look like tells where the next begins."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._heads: dict[bytes, None] = {}
        self._shared: frozenset[str] = frozenset()

    def from_place(self, begins: int) -> Iterator[bytes | None]:
        place: _Place | None = _Place(begins)
        while place is not None:
            place = yield from self._until_broken(place)

    def _until_broken(self, place: _Place) -> Generator[bytes | None, None, _Place | None]:
        """Yield members; where one hides the next, return where that begins."""
        for start, end in _spans(self._content, place):
            piece = self._content[start:end].strip()
            if end is not None and (not piece or self._is_whole(piece)):
                yield from filter(None, (piece,))
                continue
            again = self._next_after(start, end if end is not None else start + place.most)
            if again is not None:
                yield self._content[start:again].strip()
                return _Place(again, depth=1)
            if end is None and start + place.most < len(self._content):
                return replace(place, at=start, depth=1, most=len(self._content))
            yield piece if end is not None else None
        return None

    def _is_whole(self, piece: bytes) -> bool:
        """Say whether a member is JSON, and learn of it how members begin and what all hold."""
        try:
            _ANY.decode(piece)
            names = frozenset(_NAMED.decode(piece)) if piece.startswith(b"{") else None
        except RecursionError:
            return True
        except ValueError:
            return False
        if names is not None:
            self._shared = self._shared & names if self._heads else names
            self._learn(piece)
        return True

    def _learn(self, piece: bytes) -> None:
        head = _HEAD.match(piece)
        if head is not None and len(self._heads) < _MOST_HEADS:
            self._heads.setdefault(head[0])

    def _next_after(self, start: int, stop: int) -> int | None:
        """Return where, inside what seems to be a text, the next member begins."""
        own = _HEAD.search(self._content, start, start + 2 * _LONGEST_KEY)
        heads = [*self._heads, *([own[0]] if own else [])]
        if not heads:
            return None
        either = b"|".join(re.escape(head) for head in dict.fromkeys(heads))
        likely = re.compile(rb"\}\s*,?\s*(" + either + rb")")
        for mark in _MARK.finditer(self._content, start, stop):
            if b"{" not in mark[0][1:]:
                continue
            for found in likely.finditer(self._content, mark.start(), mark.end() + _LONGEST_KEY):
                if found.start(1) < mark.end() and self._is_like_others(found.start(1)):
                    return found.start(1)
        return None

    def _is_like_others(self, at: int) -> bool:
        """Say whether a member begins here that holds what all whole ones hold."""
        _, end = next(_spans(self._content, _Place(at, depth=1)), (at, None))
        try:
            names = frozenset(_NAMED.decode(self._content[at:end])) if end is not None else None
        except (ValueError, RecursionError):
            return False
        return names is not None and names >= self._shared


def _spans(content: bytes, place: _Place) -> Iterator[tuple[int, int | None]]:
    """Yield where members begin and end; the last without an end where the list has none."""
    depth, start = place.depth, place.at
    for mark in _MARK.finditer(content, place.at):
        sign = mark[0]
        if depth == 1 and sign in {b",", b"]"}:
            yield start, mark.start()
            start = mark.end()
        if sign in {b"[", b"{"}:
            depth += 1
            start = mark.end() if depth == 1 else start
        elif sign in {b"]", b"}"}:
            depth -= 1
        if depth == 1 and sign == b"}":
            yield start, mark.end()
            start = mark.end()
        if not depth and not _goes_on(content, mark.end()):
            return
        if mark.end() - start > place.most:
            break
    yield start, None


def _goes_on(content: bytes, at: int) -> bool:
    found = _SOMETHING.search(content, at)
    return found is not None and found[0] == b"["
