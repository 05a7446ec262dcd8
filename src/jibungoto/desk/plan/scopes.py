"""Which measures of which segments the plans ask for, and keeping them counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from msgspec import ValidationError

from jibungoto.desk.people.segment_findings import Asked, can_be_taken, count_segments, missing
from jibungoto.desk.understand.refresh import is_current
from jibungoto.plan.states import State
from jibungoto.plan.stored import from_stored
from jibungoto.records.models import CommunityRow, PlanVersionRow

_LIVE = [state.value for state in State if state is not State.CLOSED]


def asked_of(community: CommunityRow) -> Asked:
    """Return what the plans that are written or in force ask of segments."""
    rows = PlanVersionRow.objects.filter(
        plan__community=community, plan__dropped_at=None, dropped_at=None, state__in=_LIVE
    )
    found: dict[str, set[str]] = defaultdict(set)
    for value in rows.values_list("value", flat=True):
        try:
            victories = from_stored(value).objective.victory
        except ValidationError:  # a row of another release: it asks for nothing
            continue
        for one in victories:
            if one.scope.segment and can_be_taken(one.measure):
                found[one.scope.segment].add(one.measure)
    return {key: frozenset(measures) for key, measures in sorted(found.items())}


def waiting_for_segments() -> Iterator[CommunityRow]:
    """Hand out the communities whose answers are current, and whose segments are not counted."""
    with_plans = CommunityRow.objects.exclude(version=None).exclude(plans=None)
    for community in with_plans.distinct().order_by("pk"):
        asked = asked_of(community)
        if asked and is_current(community) and missing(community, asked):
            yield community


def count_asked(community: CommunityRow) -> int:
    """Count what the plans of a community ask for; return how many values of segments were new."""
    return count_segments(community, asked_of(community))
