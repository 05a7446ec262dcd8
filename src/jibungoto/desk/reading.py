"""What is asked of the database once while a page is read, though several rooms show it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import TypeVar, cast

from jibungoto.desk.acting import Acting
from jibungoto.records.models import CommunityRow

Of = TypeVar("Of", Acting, CommunityRow)
Told = TypeVar("Told")

_SEEN: ContextVar[dict[object, object] | None] = ContextVar("seen", default=None)


@contextmanager
def reading() -> Iterator[None]:
    """Let what is asked once stay as it was told inside, where nothing may be written."""
    before = _SEEN.set({})
    try:
        yield
    finally:
        _SEEN.reset(before)


def read_once(ask: Callable[[Of], Told]) -> Callable[[Of], Told]:
    """Remember what is told of a community while a page is read; elsewhere it is asked anew."""

    @wraps(ask)
    def told(of: Of) -> Told:
        seen = _SEEN.get()
        if seen is None:
            return ask(of)
        asked = (ask, _community(of))
        if asked not in seen:
            seen[asked] = ask(of)
        return cast("Told", seen[asked])

    return told


def _community(of: Acting | CommunityRow) -> int:
    return of.community.pk if isinstance(of, Acting) else of.pk
