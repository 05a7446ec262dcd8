"""Who belongs to which organisation on which day, and what follows from it for their capacity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from jibungoto.ledger.organisation import OrganisationKind
from jibungoto.records.models import AffiliationRow, CommunityRow, HandleRow

KindSpan = tuple[str, date | None, date | None]


@dataclass(frozen=True, slots=True)
class Belonging:
    """Somebody belongs to an organisation (its number) from a day until before another."""

    organisation: int
    kind: OrganisationKind
    from_day: date | None = None
    to_day: date | None = None

    def holds_on(self, day: date) -> bool:
        """Say whether they belong to it on that day."""
        return (self.from_day or date.min) <= day < (self.to_day or date.max)


@dataclass(frozen=True, slots=True)
class Belongings:
    """What is said of the people of a community, by their keys, the strongest of a day first."""

    of: dict[int, list[Belonging]] = field(default_factory=dict)

    def capacities(self, person: int) -> list[KindSpan]:
        """Return as what somebody takes part because of whom they belong to."""
        return [
            (capacity.value, one.from_day, one.to_day)
            for one in self.of.get(person, ())
            if (capacity := one.kind.capacity) is not None
        ]

    def cut(
        self, person: int, spans: Iterable[KindSpan]
    ) -> list[tuple[str, date | None, date | None, int | None]]:
        """Cut spans of kinds where somebody's organisation changes, each with its number."""
        told = self.of.get(person)
        if not told:
            return [(*span, None) for span in spans]
        edges = {day for one in told for day in (one.from_day, one.to_day) if day}
        return [
            (kind, since, until, _organisation_on(told, since or date.min))
            for kind, start, end in spans
            for since, until in _pieces(start, end, edges=edges)
        ]


def belongings(community: CommunityRow) -> Belongings:
    """Return who belongs to what, by a person's word, under whatever name it was said.

    Who belongs to two organisations on one day is counted to the one that began later.
    """
    said = AffiliationRow.objects.filter(organisation__community=community, is_refused=False)
    rows = list(
        said.values_list(
            "actor", "organisation__number", "organisation__kind", "from_day", "to_day"
        )
    )
    if not rows:
        return Belongings()
    handles = HandleRow.objects.filter(community=community, actor__in=said.values("actor"))
    people = dict(handles.values_list("actor", "person_id"))
    found: dict[int, set[Belonging]] = defaultdict(set)
    for actor, number, kind, since, until in rows:
        if actor in people:
            found[people[actor]].add(Belonging(number, OrganisationKind(kind), since, until))
    return Belongings({person: sorted(told, key=_strength) for person, told in found.items()})


def _strength(one: Belonging) -> tuple[int, int]:
    return -(one.from_day or date.min).toordinal(), one.organisation


def _organisation_on(told: Sequence[Belonging], day: date) -> int | None:
    return next((one.organisation for one in told if one.holds_on(day)), None)


def _pieces(
    start: date | None, end: date | None, *, edges: set[date]
) -> list[tuple[date | None, date | None]]:
    inside = sorted(day for day in edges if (start or date.min) < day < (end or date.max))
    return list(pairwise([start, *inside, end]))
