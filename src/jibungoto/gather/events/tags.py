"""Tags of works and events: one form for each, and the facts the log keeps of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from jibungoto.gather.batch import Batch
from jibungoto.ledger.activity import Activity, Visibility
from jibungoto.ledger.kinds import Kind

MOST = 20
"""So many tags of one record are kept."""
LONGEST = 60

_SIGNS = re.compile(r"[\s#＃,、]+")


def tag_of(written: object) -> str | None:
    """Return a tag in one form: NFKC, lower case, without # and spaces; None where it is none.

    An address is no tag: it may be a person's.
    """
    if not isinstance(written, str):
        return None
    plain = _SIGNS.sub("", unicodedata.normalize("NFKC", written)).casefold()
    is_tag = 0 < len(plain) <= LONGEST and "@" not in plain and "//" not in plain
    return plain if is_tag and plain.isprintable() else None


def tags_in(written: Iterable[object]) -> tuple[str, ...]:
    """Return the tags that are written, each once and in order, as many as are kept."""
    found = (tag_of(one) for one in written)
    return tuple(sorted({one for one in found if one is not None})[:MOST])


def tell_tags(
    batch: Batch,
    tags: Iterable[str],
    *,
    record: str,
    tagged: str,
    at: int,
    filed_at: int | None = None,
) -> None:
    """Write down that an activity (its key in ``tagged``) bears these tags; nobody did that.

    They are facts of the record that told them, and go when a later version tells them no more.
    """
    for one in _facts(tags, record, tagged=tagged, at=at, filed_at=filed_at):
        batch.activities.append(one)


def _facts(
    tags: Iterable[str], record: str, *, tagged: str, at: int, filed_at: int | None
) -> Iterator[Activity]:
    for tag in tags:
        yield Activity(
            record=record,
            key=f"{tagged}/tag/{tag}",
            actor=None,
            kind=Kind.TAG,
            happened_at=at,
            place=tag,
            thread=tagged,
            visibility=Visibility.PUBLIC,
            filed_at=filed_at,
        )
