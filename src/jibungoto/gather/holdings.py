"""What the records of a source say of events and works, told from those that are there."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from jibungoto.gather.families import Family, family_of
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.words import Words


class Holding(StrEnum):
    """One thing that a source's records can say."""

    REGISTRATIONS = "registrations"
    WAITING = "waiting"
    CANCELLATIONS = "cancellations"
    ATTENDANCE = "attendance"
    MINUTES = "minutes"
    HEADS = "heads"
    TALKS = "talks"
    WORKS = "works"

    @property
    def words(self) -> Words:
        """Return it as pages say it."""
        return _WORDS[self]


_WORDS = {
    Holding.REGISTRATIONS: Words("誰が申し込んだか", "who registered"),
    Holding.WAITING: Words("誰がキャンセル待ちだったか", "who waited for a seat"),
    Holding.CANCELLATIONS: Words("誰がキャンセルしたか", "who cancelled"),
    Holding.ATTENDANCE: Words("誰が参加したか", "who came"),
    Holding.MINUTES: Words("オンラインに何分いたか", "how long they were online"),
    Holding.HEADS: Words("何人だったか(名前なし)", "how many there were, without names"),
    Holding.TALKS: Words("誰が登壇したか", "who gave a talk"),
    Holding.WORKS: Words("誰が何をいつつくったか", "who made what, and when"),
}
_KINDS = {
    Kind.REGISTRATION: Holding.REGISTRATIONS,
    Kind.WAITING: Holding.WAITING,
    Kind.CANCELLATION: Holding.CANCELLATIONS,
    Kind.ATTENDANCE: Holding.ATTENDANCE,
    Kind.GLIMPSE: Holding.ATTENDANCE,
    Kind.TALK: Holding.TALKS,
    **dict.fromkeys(
        (Kind.ARTICLE, Kind.SLIDES, Kind.VIDEO, Kind.COMMIT, Kind.MERGE, Kind.PULL_REQUEST),
        Holding.WORKS,
    ),
}
_OF_EVENTS = (Holding.REGISTRATIONS, Holding.ATTENDANCE, Holding.MINUTES)
"""What a source of events may hold: where it does not, that is worth saying."""

Found = tuple[str, bool]
"""A kind of activity, and whether any of that kind says how long it lasted."""


def holdings(found: Collection[Found], *, has_heads: bool) -> tuple[Holding, ...]:
    """Return what records of these kinds say, in the order of pages."""
    known = {kind.value: holding for kind, holding in _KINDS.items()}
    held = {known[kind] for kind, _ in found if kind in known}
    if any(is_timed and known.get(kind) is Holding.ATTENDANCE for kind, is_timed in found):
        held.add(Holding.MINUTES)
    if has_heads:
        held.add(Holding.HEADS)
    return tuple(one for one in Holding if one in held)


def missing(source: str, held: Collection[Holding]) -> tuple[Holding, ...]:
    """Return what the records of a source of events might say and do not."""
    if family_of(source) is not Family.GATHERING:
        return ()
    return tuple(one for one in _OF_EVENTS if one not in held)
