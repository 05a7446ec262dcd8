"""One sentence may stand under two headings of a brief: changed in one, it follows in the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from jibungoto.explain.briefs.brief import Brief
from jibungoto.explain.claims import Claim


def copies_of(brief: Brief, key: str) -> Iterator[Claim]:
    """Yield the claims under other headings that say what one claim says, word for word."""
    origin = brief.claim(key)
    for part in brief.parts if origin is not None else ():
        if any(one.key == key for one in part.claims):
            continue
        yield from (one for one in part.claims if _is_copy(one, origin))


def _is_copy(one: Claim, origin: Claim | None) -> bool:
    return origin is not None and (one.text, one.grade, one.figures, one.override) == (
        *(origin.text, origin.grade, origin.figures, origin.override),
    )


def with_copies(brief: Brief, changed: Claim) -> Brief:
    """Return the brief with one claim changed, and with it every copy of what it said before."""
    after = brief.with_claim(changed)
    for copy in copies_of(brief, changed.key):
        after = after.with_claim(replace(changed, key=copy.key, caveats=copy.caveats))
    return after


def changed_in(before: Brief, after: Brief) -> tuple[str, ...]:
    """Return the keys of the claims that stand in both and differ."""
    known = {one.key: one for one in before.claims()}
    return tuple(one.key for one in after.claims() if known.get(one.key, one) != one)
