"""Measures of a segment, a series or a chapter, worked out here and now where they are not kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jibungoto.desk.acting import Acting
from jibungoto.desk.people.segment_findings import (
    can_be_taken,
    count_segments,
    measured_of,
    missing,
)
from jibungoto.desk.people.segments import segment_called
from jibungoto.desk.understand.measures import Measured, measured
from jibungoto.desk.understand.refresh import refresh
from jibungoto.desk.understand.scope_findings import count_scopes, every_measure_in
from jibungoto.desk.understand.scopes import Scoped, scopes
from jibungoto.ledger.problems import InvalidChoice, UnknownName
from jibungoto.ledger.words import Words
from jibungoto.understand.catalogue import CATALOGUE
from jibungoto.understand.scope_kind import ScopeKind


def measured_of_segment(acting: Acting, told: str, *, keys: Sequence[str] = ()) -> list[Measured]:
    """Return measures of the segment of a key or name; raises ``UnknownName`` without one."""
    row = segment_called(acting, told)
    _known(acting, keys)
    wanted = frozenset(
        one.key for one in CATALOGUE if (not keys or one.key in keys) and can_be_taken(one.key)
    )
    refused = [key for key in keys if key not in wanted]
    if refused:
        raise InvalidChoice(
            Words(
                f"セグメントに絞れない指標です: {', '.join(refused)}",
                f"These cannot be taken of a segment: {', '.join(refused)}",
            ),
            Words("全体の値を使ってください。", "Take them of the whole community."),
        )
    refresh(acting.community)
    while asked := missing(acting.community, {row.key: wanted}):
        count_segments(acting.community, asked)
    found = (measured_of(acting, row.key, measure=one.key) for one in CATALOGUE)
    return [one for one in found if one is not None and one.measure.key in wanted]


def measured_of_scope(
    acting: Acting, kind: ScopeKind, *, told: str, keys: Sequence[str] = ()
) -> list[Measured]:
    """Return measures of the series or chapter of a key or name; raises ``UnknownName``."""
    one = _scope(acting, kind, told=told)
    _known(acting, keys)
    refresh(acting.community)
    count_scopes(acting.community, [(kind, one.key)])
    found = every_measure_in(acting, kind, key=one.key)
    return [each for each in found if not keys or each.measure.key in keys]


def _scope(acting: Acting, kind: ScopeKind, *, told: str) -> Scoped:
    listed = [one for one in scopes(acting) if one.kind is kind]
    for one in listed:
        if told in (one.key, one.name):
            return one
    raise _unknown(told, [one.name for one in listed])


def _known(acting: Acting, keys: Sequence[str]) -> None:
    """Raise ``UnknownName`` for what is no measure."""
    if keys:
        measured(acting, keys=tuple(keys))


def _unknown(told: str, names: Iterable[str]) -> UnknownName:
    listed = ", ".join(names) or "-"
    return UnknownName(
        Words(f"「{told}」という名前のものはありません。", f"There is none called “{told}”."),
        Words(f"次のどれかです: {listed}", f"One of: {listed}"),
    )
