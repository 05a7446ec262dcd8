"""The rows behind a measure as a page shows them: people by name, their activities beside them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import overload
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jibungoto.desk.acting import Acting
from jibungoto.desk.people.look_up import evidence_lines, place_names
from jibungoto.desk.people.segment_people import part_shown
from jibungoto.desk.understand.measures import behind
from jibungoto.engine.look_up import LogLine
from jibungoto.records.models import PersonRow
from jibungoto.records.models.people import InitiativeRow
from jibungoto.understand.answers import RowBehind
from jibungoto.understand.catalogue import Measure
from jibungoto.web.markup import escaped, filled_html, joined_html
from jibungoto.web.people_marks import moment_mark, person_mark
from jibungoto.web.printing import part_name
from jibungoto.web.segment_address import asking
from jibungoto.web.wording import kind_names, place_words, source_name

TAKEN = 5_000
"""No more rows than this are shown or exported; the page says when there are more."""
_BY_NAME = 2_000
"""More rows than this stand in the order of people's numbers."""
_AT_ONCE = 500
_NOBODY: tuple[str, str] = ("", "")
NONE = "-"
_CELL = '<td role="cell" data-label="{}">{}</td>'


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row: whom it is about, and the activity or event it rests on, if it rests on one."""

    part: str
    number: int | None
    name: str
    kind: str
    place: str
    at: datetime | None
    is_earliest: bool
    source: str


class ShownRows(Sequence[ShownRow]):
    """Rows in the order of names, or of people's numbers where they are very many.

    A slice looks up the names and activities of what it shows alone.
    """

    def __init__(self, acting: Acting, measure: Measure, *, behind: Sequence[RowBehind]) -> None:
        self._acting = acting
        self._measure = measure
        self.is_cut = len(behind) > TAKEN
        self.has_parts = len({row.part for row in behind}) > 1
        self._behind: Sequence[RowBehind] = behind[:TAKEN]
        if len(behind) <= _BY_NAME:
            named = self._named(self._behind)
            self._behind = sorted(self._behind, key=lambda row: _by_name(row, named))

    def _named(self, rows: Sequence[RowBehind]) -> dict[int, tuple[str, str]]:
        """Return what these people are sorted by, and their names, by their numbers."""
        people = PersonRow.objects.filter(
            community=self._acting.community, number__in={row.person for row in rows if row.person}
        )
        named = people.values_list("number", "reading", "name")
        return {number: (reading or name, name) for number, reading, name in named}

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
        words = _Words(
            names={number: name for number, (_, name) in self._named(rows).items()},
            kinds=kind_names(),
            places=place_names(self._acting) if lines else {},
            zone=ZoneInfo(self._acting.community.zone),
            events=self._events(rows),
        )
        return [
            self._row(row, line=lines.get((row.source or "", row.key or "")), words=words)
            for row in rows
        ]

    def _events(self, rows: Sequence[RowBehind]) -> dict[str, tuple[str, datetime | None]]:
        """Return the names and beginnings of the events that rows about nobody rest on."""
        keys = {row.key for row in rows if row.person is None and row.key}
        if not keys:
            return {}
        told = InitiativeRow.objects.filter(community=self._acting.community, key__in=keys)
        return {
            key: (name, starts_at)
            for key, name, starts_at in told.values_list("key", "name", "starts_at")
        }

    def _row(self, row: RowBehind, *, line: LogLine | None, words: _Words) -> ShownRow:
        held = words.events.get(row.key or "") if row.person is None else None
        if held is not None:
            return ShownRow(
                part=row_part_name(self._measure, row.part),
                number=None,
                name="",
                kind=_("Event"),
                place=held[0] or row.key or "",
                at=_local(held[1], words.zone) if held[1] else None,
                is_earliest=False,
                source=source_name(row.source) if row.source else "",
            )
        return ShownRow(
            part=row_part_name(self._measure, row.part),
            number=row.person,
            name=words.names.get(row.person or 0, ""),
            kind=words.kinds.get(line.kind, line.kind) if line else "",
            place=place_words(line, words.places) if line else "",
            at=_local(line.happened_at, words.zone) if line else None,
            is_earliest=line is not None and line.at_precision == "not_before",
            source=source_name(row.source) if row.source else "",
        )


@dataclass(frozen=True, slots=True)
class _Words:
    """What rows are told in: names of people, kinds and places, and the community's clock."""

    names: dict[int, str]
    kinds: dict[str, str]
    places: dict[str, str]
    zone: ZoneInfo
    events: dict[str, tuple[str, datetime | None]]


def _by_name(
    row: RowBehind, named: dict[int, tuple[str, str]]
) -> tuple[tuple[str, str], int, str, str]:
    return named.get(row.person or 0, _NOBODY), row.person or 0, row.part, row.key or ""


def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return a moment of the log, which is in UTC without saying so, on the community's clock."""
    known = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return known.astimezone(zone)


def row_part_name(measure: Measure, part: str) -> str:
    """Return what rows of one part have in common; some stand only in the denominator."""
    of, _dot, rest = part.rpartition(".")
    if of and rest == "no":
        return f"{part_name(measure, of)}: {_('counted, without it')}"
    others = {
        "no": _("counted, without it"),
        "untold": _("answered, but the answer is not in the data"),
        "waiting": _("still waiting"),
    }
    return others.get(part, part_name(measure, part))


@dataclass(frozen=True, slots=True)
class Chosen:
    """The rows to show, of the part that was chosen (None: of all), and the parts there are."""

    rows: ShownRows
    part: str | None
    parts: tuple[str, ...]


def chosen_rows(
    acting: Acting,
    measure: Measure,
    *,
    part: str | None = None,
    among: Collection[int] | None = None,
) -> Chosen:
    """Return the rows behind a measure's newest value: unless asked otherwise, of the whole.

    ``among`` are the numbers of the people to whom they are narrowed.
    """
    found = behind(acting, measure.key)
    parts = found.parts
    of = part_shown(parts, part)
    if among is None:
        kept = found.rows(of, TAKEN + 1)
    else:
        kept = tuple(row for row in found.rows(of) if row.person in among)[: TAKEN + 1]
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


def row_marks(
    rows: Iterable[ShownRow], *, slug: str, zone: str, has_parts: bool, of: str = ""
) -> SafeString:
    """Return the rows of the table as markup; it turns into cards where the screen is narrow.

    Links stay within the segment ``of``.
    """
    heads = [_("Activity"), _("Place"), _("When")]
    if has_parts:
        heads.insert(0, _("Part"))
    told = "".join(_CELL.format(escaped(head), "{}") for head in heads)
    return joined_html(
        f'<tr role="row"><td role="cell">{{}}</td>{told}</tr>',
        (
            (
                _person(row, slug, of=of),
                *([row.part or NONE] if has_parts else []),
                row.kind or NONE,
                row.place or NONE,
                _when(row, zone),
            )
            for row in rows
        ),
    )


def _person(row: ShownRow, slug: str, *, of: str) -> SafeString | str:
    if not row.number:
        return NONE
    address = reverse("people_person", args=[slug, row.number]) + asking(of)
    return person_mark(row.name, address=address)


def _when(row: ShownRow, zone: str) -> SafeString:
    if row.at is None:
        return filled_html("<span>{}</span>", NONE)
    later = filled_html(' <span class="quiet">{}</span>', _("or later")) if row.is_earliest else ""
    return filled_html("<span>{}{}</span>", moment_mark(row.at, zone), later)
