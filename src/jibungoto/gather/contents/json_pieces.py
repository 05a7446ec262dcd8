"""Broken JSON lists, member by member: what one of them holds wrongly costs that one alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

_MARK = re.compile(rb'"(?:[^"\\]|\\.)*+(?:"|\Z)|[\[\]{},]', re.DOTALL)
_SOMETHING = re.compile(rb"\S")
_LONGEST_KEY = 120


def members_in(content: bytes, begins: int = 0) -> Iterator[bytes | None]:
    """Yield the members of the list that begins here, as they stand; None if it does not end.

    Line ends and wrong bytes inside a string do not hide where it ends, nor does a missing comma.
    Where another list follows, as pages in a row do, its members are yielded as well.
    """
    depth, start = 0, begins
    for mark in _MARK.finditer(content, begins):
        sign = mark[0]
        if depth == 1 and sign in {b",", b"]"}:
            yield from _member(content[start : mark.start()])
            start = mark.end()
        if sign in {b"[", b"{"}:
            depth += 1
            start = mark.end() if depth == 1 else start
        elif sign in {b"]", b"}"}:
            depth -= 1
        if depth == 1 and sign == b"}":
            yield from _member(content[start : mark.end()])
            start = mark.end()
        if not depth and not _goes_on(content, mark.end()):
            return
    yield None


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


def _member(written: bytes) -> Iterator[bytes]:
    if written := written.strip():
        yield written


def _goes_on(content: bytes, at: int) -> bool:
    found = _SOMETHING.search(content, at)
    return found is not None and found[0] == b"["
