"""The rows behind a measure as a page shows them: people by name, their activities beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import overload
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from jibungoto.desk.acting import Acting
from jibungoto.desk.people.look_up import evidence_lines, place_names
from jibungoto.desk.understand.measures import rows_behind
from jibungoto.engine.look_up import LogLine
from jibungoto.records.models import PersonRow
from jibungoto.understand.answers import RowBehind
from jibungoto.understand.catalogue import Measure
from jibungoto.web.printing import part_name
from jibungoto.web.wording import kind_names, source_name

TAKEN = 5_000
"""No more rows than this are shown or exported; the page says when there are more."""
_AT_ONCE = 500
_NOBODY: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row: whom it is about, and the activity it rests on, if it rests on one."""

    part: str
    number: int | None
    name: str
    kind: str
    place: str
    at: datetime | None
    is_earliest: bool
    source: str


class ShownRows(Sequence[ShownRow]):
    """Rows in the order of names; a slice looks up only the activities it shows."""

    def __init__(self, acting: Acting, measure: Measure, *, behind: Sequence[RowBehind]) -> None:
        self._acting = acting
        self._measure = measure
        self.is_cut = len(behind) > TAKEN
        self.has_parts = len({row.part for row in behind}) > 1
        people = PersonRow.objects.filter(
            community=acting.community, number__in={row.person for row in behind if row.person}
        )
        named = people.values_list("number", "reading", "name")
        self._names = {number: (reading or name, name) for number, reading, name in named}
        self._behind = sorted(behind[:TAKEN], key=self._order)

    def _order(self, row: RowBehind) -> tuple[tuple[str, str], int, str, str]:
        name = self._names.get(row.person or 0, _NOBODY)
        return name, row.person or 0, row.part, row.key or ""

    def __len__(self) -> int:
        """Return how many rows there are to show."""
        return len(self._behind)

    @overload
    def __getitem__(self, at: int) -> ShownRow: ...

    @overload
    def __getitem__(self, at: slice) -> list[ShownRow]: ...

    def __getitem__(self, at: int | slice) -> ShownRow | list[ShownRow]:
        """Return rows with their activities, read from the log now."""
        if isinstance(at, int):
            return self._shown([self._behind[at]])[0]
        return self._shown(self._behind[at])

    def every(self) -> Iterator[ShownRow]:
        """Yield all rows, reading the log some hundred at a time."""
        for start in range(0, len(self), _AT_ONCE):
            yield from self[start : start + _AT_ONCE]

    def _shown(self, rows: Sequence[RowBehind]) -> list[ShownRow]:
        keys = [(row.source, row.key) for row in rows if row.source and row.key]
        lines = {(one.source, one.key): one for one in evidence_lines(self._acting, keys)}
        places = place_names(self._acting) if lines else {}
        kinds = kind_names()
        zone = ZoneInfo(self._acting.community.zone)
        return [
            self._row(
                row,
                line=lines.get((row.source or "", row.key or "")),
                words=(kinds, places),
                zone=zone,
            )
            for row in rows
        ]

    def _row(
        self,
        row: RowBehind,
        *,
        line: LogLine | None,
        words: tuple[dict[str, str], dict[str, str]],
        zone: ZoneInfo,
    ) -> ShownRow:
        kinds, places = words
        return ShownRow(
            part=row_part_name(self._measure, row.part),
            number=row.person,
            name=self._names.get(row.person or 0, _NOBODY)[1],
            kind=kinds.get(line.kind, line.kind) if line else "",
            place=_place_of(line, places) if line else "",
            at=_local(line.happened_at, zone) if line else None,
            is_earliest=line is not None and line.at_precision == "not_before",
            source=source_name(row.source) if row.source else "",
        )


def _place_of(line: LogLine, places: dict[str, str]) -> str:
    """Return where it happened; of a start, what was started."""
    return places.get(line.place or "") or places.get(line.initiative or "", "")


def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return a moment of the log, which is in UTC without saying so, on the community's clock."""
    known = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return known.astimezone(zone)


def row_part_name(measure: Measure, part: str) -> str:
    """Return what rows of one part have in common; some stand only in the denominator."""
    return {"no": _("counted, without it"), "waiting": _("still waiting")}.get(
        part, part_name(measure, part)
    )


@dataclass(frozen=True, slots=True)
class Chosen:
    """The rows to show, of the part that was chosen (None: of all), and the parts there are."""

    rows: ShownRows
    part: str | None
    parts: tuple[str, ...]


def chosen_rows(acting: Acting, measure: Measure, *, part: str | None = None) -> Chosen:
    """Return the rows behind a measure's newest value: unless asked otherwise, of the whole."""
    behind = rows_behind(acting, measure.key)
    parts = tuple(sorted({row.part for row in behind}))
    wanted = "" if part is None else part
    of = wanted if wanted in parts else None
    kept = behind if of is None else tuple(row for row in behind if row.part == of)
    return Chosen(ShownRows(acting, measure, behind=kept), part=of, parts=parts)


def row_columns() -> list[tuple[str, Callable[[ShownRow], object]]]:
    """Return the columns of the rows as a file."""
    return [
        (_("Person"), lambda row: row.name),
        (_("Part"), lambda row: row.part),
        (_("Activity"), lambda row: row.kind),
        (_("Place"), lambda row: row.place),
        (_("When"), lambda row: row.at),
        (_("Source"), lambda row: row.source),
    ]
