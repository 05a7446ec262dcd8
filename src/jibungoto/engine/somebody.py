"""That somebody answered: what is kept, without any name, of people who asked not to be recorded.

Otherwise whoever they answered would be called unanswered, though nobody left them alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

import msgspec

from jibungoto.gather.batch import Record
from jibungoto.gather.text import digest63
from jibungoto.ledger.activity import Activity, Tie, TieKind
from jibungoto.ledger.kinds import Kind

_ANSWERING = frozenset({Kind.MESSAGE, Kind.REPLY, Kind.COMMENT, Kind.REACTION, Kind.ADMIN})


def traces_of(
    activities: Iterable[Activity], refused: Collection[str], *, gone: Collection[str]
) -> list[Activity]:
    """Return what refused people wrote, as done by somebody: where, when, and what it answers.

    Neither words nor reactions are told, nor how long or about what; what only answers a record
    that is gone is nobody's any more.
    """
    return [
        _trace(one, refused)
        for one in activities
        if one.actor in refused and one.kind in _ANSWERING and one.in_reply_to not in gone
    ]


def records_of(traces: Iterable[Activity]) -> Iterator[Record]:
    """Return the record of each trace; none of them is a record of the export's own."""
    for one in traces:
        said = f"{one.kind} {one.happened_at} {one.thread} {one.in_reply_to} {one.mentioned}"
        filed_at = one.happened_at if one.filed_at is None else one.filed_at
        yield Record(one.key, digest63(said.encode()), filed_at, is_counted=False)


def without_sender(tie: Tie, refused: Collection[str]) -> Tie | None:
    """Return a tie that names nobody who is refused; only of a mention something is left."""
    if tie.from_actor not in refused and tie.to_actor not in refused:
        return tie
    if tie.to_actor in refused or tie.kind is not TieKind.MENTION:
        return None
    key = _unnamed(tie.key)
    return msgspec.structs.replace(tie, record=key, key=key, from_actor=None)


def _trace(one: Activity, refused: Collection[str]) -> Activity:
    key = _unnamed(one.key)
    mentioned = [actor for actor in (one.mentioned or "").split() if actor not in refused]
    return Activity(
        record=key,
        key=key,
        actor=None,
        kind=one.kind,
        happened_at=one.happened_at,
        at_precision=one.at_precision,
        place=one.place,
        thread=_naming_nobody(one.thread, refused),
        in_reply_to=_naming_nobody(one.in_reply_to, refused),
        initiative=one.initiative,
        sequence=one.sequence,
        visibility=one.visibility,
        filed_at=one.filed_at,
        mentioned=" ".join(mentioned) or None,
    )


def _unnamed(key: str) -> str:
    """Return a key of which nobody can tell whose it was, the same each time."""
    return f"somebody/{digest63(key.encode()):016x}"


def _naming_nobody(key: str | None, refused: Collection[str]) -> str | None:
    """Return a key, or None if one of its parts is the pseudonym of somebody refused."""
    return None if key and not set(refused).isdisjoint(key.split("/")) else key
