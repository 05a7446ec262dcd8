"""Which measures of which segments, series and chapters plans ask for, and counting them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from msgspec import ValidationError

from jibungoto.desk.acting import administrator
from jibungoto.desk.people.segment_days import is_unnoted, note_sizes
from jibungoto.desk.people.segment_findings import (
    Asked,
    can_be_taken,
    count_segments,
    missing,
    shown_of,
)
from jibungoto.desk.understand.refresh import is_current
from jibungoto.desk.understand.scope_findings import (
    Scope,
    count_scopes,
    missing_scopes,
    watched,
)
from jibungoto.plan.states import State
from jibungoto.plan.stored import from_stored
from jibungoto.plan.victory import VictoryCondition
from jibungoto.records.models import CommunityRow, PlanVersionRow
from jibungoto.understand.belonging import why_not_in
from jibungoto.understand.scope_kind import ScopeKind

_LIVE = [state.value for state in State if state is not State.CLOSED]


def asked_of(community: CommunityRow) -> Asked:
    """Return what the plans that are written or in force ask of segments."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in _victories(community):
        if one.scope.segment and can_be_taken(one.measure):
            found[one.scope.segment].add(one.measure)
    return {key: frozenset(measures) for key, measures in sorted(found.items())}


def asked_segments(community: CommunityRow) -> Asked:
    """Return what is worked out of segments: what plans ask, and what the measures' page shows."""
    asked = asked_of(community)
    return asked | {
        key: asked.get(key, frozenset()) | measures for key, measures in shown_of(community).items()
    }


def asked_scopes(community: CommunityRow) -> list[Scope]:
    """Return the series and chapters that plans ask of, then those the manager has made."""
    found: dict[Scope, None] = {}
    for one in _victories(community):
        for kind, key in (
            (ScopeKind.SERIES, one.scope.series),
            (ScopeKind.CHAPTER, one.scope.chapter),
        ):
            if key and why_not_in(one.measure, kind) is None:
                found[kind, key] = None
    return [*found, *(one for one in watched(community) if one not in found)]


def _victories(community: CommunityRow) -> Iterator[VictoryCondition]:
    rows = PlanVersionRow.objects.filter(
        plan__community=community, plan__dropped_at=None, dropped_at=None, state__in=_LIVE
    )
    for value in rows.values_list("value", flat=True):
        try:
            yield from from_stored(value).objective.victory
        except ValidationError:  # a row of another release: it asks for nothing
            continue


def waiting_for_segments() -> Iterator[CommunityRow]:
    """Hand out communities whose answers are current, and something narrower is not counted."""
    for community in CommunityRow.objects.exclude(version=None).order_by("pk"):
        asked, of_scopes = asked_segments(community), asked_scopes(community)
        if not (asked or of_scopes or is_unnoted(community)) or not is_current(community):
            continue
        if _is_waiting(community, asked, of_scopes=of_scopes):
            yield community


def _is_waiting(community: CommunityRow, asked: Asked, *, of_scopes: list[Scope]) -> bool:
    counted = missing(community, asked) or missing_scopes(community, of_scopes)
    return bool(counted) or is_unnoted(community)


def count_asked(community: CommunityRow) -> int:
    """Count what is asked of segments, series and chapters; return how many values were new."""
    note_sizes(administrator(community))
    return count_segments(community, asked_segments(community)) + count_scopes(
        community, asked_scopes(community)
    )
