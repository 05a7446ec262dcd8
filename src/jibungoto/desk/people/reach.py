"""What the log can and cannot tell of a person: what hides a higher stage, what they started."""

from __future__ import annotations

from jibungoto.desk.acting import Acting
from jibungoto.desk.gather.current import source_rows
from jibungoto.desk.gather.overview import TELLS
from jibungoto.desk.people.listed import Listed
from jibungoto.records.models import InitiativeRow, PersonRow, StandingRow
from jibungoto.understand.answers import Stage, Unknown

_HELP = ("replies", "threads")
_HIDES_HIGHER = frozenset({Unknown.HELP.value, Unknown.START.value})
"""Parts of the rules that, untold, may hide a higher stage."""

Standing = StandingRow | Listed
"""Where somebody stands, as a row of its own or as one of a list."""


def sources_without_help(acting: Acting) -> frozenset[str]:
    """Return the sources that do not tell who answered whom, so that help stays unseen."""
    at = [1 + list(TELLS).index(name) for name in _HELP]
    rows = source_rows(acting.community)
    return frozenset(str(row[0]) for row in rows if not all(row[column] for column in at))


def may_stand_higher(standing: Standing, without_help: frozenset[str] = frozenset()) -> bool:
    """Say whether a stage is only the least somebody stands on, as far as the sources tell.

    ``without_help`` are the sources that do not tell who answered whom.
    """
    if standing.is_at_least:
        return True
    if standing.stage >= Stage.ATTENDING and not _HIDES_HIGHER.isdisjoint(standing.unknown):
        return True
    return owning_is_hidden(standing, without_help)


def owning_is_hidden(standing: Standing, without_help: frozenset[str]) -> bool:
    """Say whether somebody starts or contributes, and whom they helped is told by no source.

    They may have made the community their own: that takes three others helped, which stays unseen.
    """
    if not without_help or not Stage.CONTRIBUTING <= standing.stage <= Stage.STARTING:
        return False
    names = standing.names if isinstance(standing, Listed) else standing.person.handles.all()
    return all(one.source in without_help for one in names)


def started_by(person: PersonRow) -> frozenset[str]:
    """Return the keys of the initiatives a person started."""
    actors = [handle.actor for handle in person.handles.all()]
    rows = InitiativeRow.objects.filter(community=person.community_id, started_by__in=actors)
    return frozenset(rows.values_list("key", flat=True))
