"""What the log can and cannot tell of a person: sources without threads, things they started."""

from __future__ import annotations

from jibungoto.desk.acting import Acting
from jibungoto.desk.gather.current import source_rows
from jibungoto.desk.gather.overview import TELLS
from jibungoto.records.models import InitiativeRow, PersonRow

_HELP = ("replies", "threads")


def sources_without_help(acting: Acting) -> frozenset[str]:
    """Return the sources that do not tell who answered whom, so that help stays unseen."""
    at = [1 + list(TELLS).index(name) for name in _HELP]
    rows = source_rows(acting.community)
    return frozenset(str(row[0]) for row in rows if not all(row[column] for column in at))


def started_by(person: PersonRow) -> frozenset[str]:
    """Return the keys of the initiatives a person started."""
    actors = [handle.actor for handle in person.handles.all()]
    rows = InitiativeRow.objects.filter(community=person.community_id, started_by__in=actors)
    return frozenset(rows.values_list("key", flat=True))
