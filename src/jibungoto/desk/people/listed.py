"""People as lists show them: read as plain values, for a list may be of everybody there is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from jibungoto.records.models import HandleRow, StandingRow

_AT_ONCE = 500
_COLUMNS = (
    *("person_id", "person__number", "person__name", "kind", "stage", "since"),
    *("is_dormant", "is_at_least", "is_opted_out", "unknown"),
    *("joined_day", "joined_exact", "last_day"),
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name that somebody has in a source; ``is_guest`` if they are no full member there."""

    source: str
    name: str
    display_name: str
    is_guest: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of a list of people: where somebody stands, and their names in the sources."""

    person: int
    number: int
    name: str
    kind: str
    stage: int
    since: date | None
    is_dormant: bool
    is_at_least: bool
    is_opted_out: bool
    unknown: Sequence[str]
    joined_day: date | None
    joined_exact: bool
    last_day: date | None
    names: Sequence[Name]

    @property
    def is_guest(self) -> bool:
        """Say whether they are a guest wherever they have a name."""
        return bool(self.names) and all(one.is_guest for one in self.names)


def listed(rows: QuerySet[StandingRow]) -> Iterator[Listed]:
    """Yield the people of these standings in their order."""
    told: list[tuple[Any, ...]] = list(rows.values_list(*_COLUMNS))
    for start in range(0, len(told), _AT_ONCE):
        some = told[start : start + _AT_ONCE]
        names = _names(one[0] for one in some)
        for one in some:
            line = (*one, names.get(one[0], ()))
            yield Listed(*line)


def _names(people: Iterable[int]) -> dict[int, list[Name]]:
    found: dict[int, list[Name]] = defaultdict(list)
    handles = HandleRow.objects.filter(person__in=list(people)).order_by("pk")
    columns = ("person_id", "source", "name", "display_name", "is_guest")
    for person, *told in handles.values_list(*columns):
        found[person].append(Name(*told))
    return found
