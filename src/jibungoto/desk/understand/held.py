"""Events that sources tell of, and which of them are in which series."""

from __future__ import annotations

from django.db.models import QuerySet

from jibungoto.desk.acting import Acting
from jibungoto.desk.understand.scopes import scopes
from jibungoto.ledger.initiative import InitiativeKind
from jibungoto.records.models import InitiativeRow
from jibungoto.understand.scope_kind import ScopeKind


def events_of(acting: Acting) -> QuerySet[InitiativeRow]:
    """Return the events of a community that were not called off and have a day."""
    return InitiativeRow.objects.filter(
        community=acting.community,
        kind=InitiativeKind.EVENT.value,
        is_cancelled=False,
        starts_at__isnull=False,
    )


def inside_series(acting: Acting) -> dict[str, frozenset[str]]:
    """Return what is in each series, by the key of the series."""
    return {one.key: one.initiatives for one in scopes(acting) if one.kind is ScopeKind.SERIES}
