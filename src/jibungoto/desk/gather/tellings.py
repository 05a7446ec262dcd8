"""What exports tell of handles and initiatives, kept per intake so that undoing takes it back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from django.db.models import Max

from jibungoto.ledger.initiative import Initiative
from jibungoto.ledger.names import search_text
from jibungoto.ledger.person import Handle
from jibungoto.records.models import (
    CommunityRow,
    HandleRow,
    HandleToldRow,
    InitiativeRow,
    InitiativeToldRow,
    IntakeRow,
    PersonRow,
)

_AT_ONCE = 2_000
_HANDLE_FIELDS = (
    "outside_id",
    "name",
    "display_name",
    "email",
    "is_admin",
    "is_bot",
    "is_guest",
    "is_deleted",
    "is_mentioned_only",
)
_INITIATIVE_FIELDS = (
    "kind",
    "name",
    "started_by",
    "started_at",
    "is_default",
    "is_archived",
    "tag",
)


def tell_handles(intake: IntakeRow, handles: Iterable[Handle]) -> None:
    """Keep what an intake tells of handles; new ones get a person of their own."""
    community, source = intake.community, _source_of(intake)
    told = {handle.actor: _told_handle(handle) for handle in handles}
    rows = {row.actor: row for row in HandleRow.objects.filter(community=community)}
    _make_people(
        community, source, told={a: t for a, t in told.items() if a not in rows}, rows=rows
    )
    changed = []
    for actor, facts in told.items():
        row = rows[actor]
        if facts["is_mentioned_only"] and not row.is_mentioned_only:
            continue
        if apply(row, facts, fields=_HANDLE_FIELDS):
            changed.append(row)
    HandleRow.objects.bulk_update(changed, _HANDLE_FIELDS, batch_size=400)
    HandleToldRow.objects.bulk_create(
        (HandleToldRow(intake=intake, handle=rows[a], told=t) for a, t in told.items()),
        batch_size=_AT_ONCE,
    )
    for some in _chunks(sorted({row.person_id for row in changed})):
        name_people(some)


def _source_of(intake: IntakeRow) -> str:
    return IntakeRow.objects.values_list("source", flat=True).get(pk=intake.pk)


def _told_handle(handle: Handle) -> dict[str, Any]:
    told = asdict(handle)
    told["email"] = told["email"] or ""
    return {name: told[name] for name in _HANDLE_FIELDS}


def apply(row: Any, facts: dict[str, Any], *, fields: Iterable[str]) -> bool:
    """Set a row's fields to the facts; say whether anything changed."""
    is_changed = False
    for name in fields:
        if getattr(row, name) != facts[name]:
            setattr(row, name, facts[name])
            is_changed = True
    return is_changed


def _make_people(
    community: CommunityRow,
    source: str,
    *,
    told: dict[str, dict[str, Any]],
    rows: dict[str, HandleRow],
) -> None:
    last = community.people.aggregate(last=Max("number"))["last"] or 0
    people = PersonRow.objects.bulk_create(
        (
            PersonRow(community=community, number=number, **shown_as([facts]))
            for number, facts in enumerate(told.values(), start=last + 1)
        ),
        batch_size=_AT_ONCE,
    )
    made = HandleRow.objects.bulk_create(
        (
            HandleRow(community=community, person=person, source=source, actor=actor, **facts)
            for person, (actor, facts) in zip(people, told.items(), strict=True)
        ),
        batch_size=_AT_ONCE,
    )
    rows.update({row.actor: row for row in made})


def shown_as(handles: list[dict[str, Any]]) -> dict[str, str]:
    """Return a person's shown name and search text from the handles that lead to them."""
    names = [name for h in handles for name in (h["display_name"], h["name"]) if name]
    shown = names[0] if names else handles[0]["outside_id"] if handles else ""
    return {"name": shown, "search": search_text(names or [shown])}


def name_people(people: Iterable[int]) -> None:
    """Write again how these people are shown, after their handles changed."""
    for person in PersonRow.objects.filter(pk__in=list(people)).prefetch_related("handles"):
        shown = shown_as(
            [
                {"display_name": h.display_name, "name": h.name, "outside_id": h.outside_id}
                for h in person.handles.all()
            ]
        )
        if person.name != shown["name"] or person.search != shown["search"]:
            PersonRow.objects.filter(pk=person.pk).update(**shown)


def tell_initiatives(intake: IntakeRow, initiatives: Iterable[Initiative]) -> None:
    """Keep what an intake tells of initiatives."""
    community, source = intake.community, _source_of(intake)
    told = {one.key: _told_initiative(one) for one in initiatives}
    rows = {row.key: row for row in InitiativeRow.objects.filter(community=community)}
    made = InitiativeRow.objects.bulk_create(
        (
            InitiativeRow(community=community, source=source, key=key, **as_columns(facts))
            for key, facts in told.items()
            if key not in rows
        ),
        batch_size=_AT_ONCE,
    )
    changed = [
        rows[key]
        for key, facts in told.items()
        if key in rows and apply(rows[key], as_columns(facts), fields=_INITIATIVE_FIELDS)
    ]
    rows.update({row.key: row for row in made})
    InitiativeRow.objects.bulk_update(changed, _INITIATIVE_FIELDS, batch_size=400)
    InitiativeToldRow.objects.bulk_create(
        (InitiativeToldRow(intake=intake, initiative=rows[k], told=t) for k, t in told.items()),
        batch_size=_AT_ONCE,
    )


def _told_initiative(initiative: Initiative) -> dict[str, Any]:
    told = asdict(initiative)
    told["started_by"] = told["started_by"] or ""
    return {name: told[name] for name in _INITIATIVE_FIELDS}


def as_columns(facts: dict[str, Any]) -> dict[str, Any]:
    """Return told facts as column values: the start in UTC seconds becomes a moment."""
    started = facts["started_at"]
    at = None if started is None else datetime.fromtimestamp(started, UTC)
    return {**facts, "started_at": at}


def take_back(intake: IntakeRow) -> None:
    """Forget what one intake told; what others told stays, and shows as the latest of them."""
    handles = list(intake.handles_told.values_list("handle_id", flat=True))
    initiatives = list(intake.initiatives_told.values_list("initiative_id", flat=True))
    intake.handles_told.all().delete()
    intake.initiatives_told.all().delete()
    for some in _chunks(initiatives):
        _show_latest_initiatives(some)
        InitiativeRow.objects.filter(pk__in=some, told=None).delete()
    for some in _chunks(handles):
        people = set(HandleRow.objects.filter(pk__in=some).values_list("person_id", flat=True))
        _show_latest_handles(some)
        HandleRow.objects.filter(pk__in=some, told=None).delete()
        PersonRow.objects.filter(pk__in=people, handles=None).delete()
        name_people(people)


def _chunks(keys: list[int]) -> Iterator[list[int]]:
    """Hand out keys in lists that every database takes as parameters of one query."""
    for start in range(0, len(keys), _AT_ONCE):
        yield keys[start : start + _AT_ONCE]


def _show_latest_handles(handles: list[int]) -> None:
    changed = []
    for row in HandleRow.objects.filter(pk__in=handles).prefetch_related("told"):
        tellings = sorted(row.told.all(), key=lambda telling: telling.pk)
        full = [t.told for t in tellings if not t.told["is_mentioned_only"]]
        latest = full[-1] if full else tellings[-1].told if tellings else None
        if latest is not None and apply(row, latest, fields=_HANDLE_FIELDS):
            changed.append(row)
    HandleRow.objects.bulk_update(changed, _HANDLE_FIELDS, batch_size=400)


def _show_latest_initiatives(initiatives: list[int]) -> None:
    changed = []
    for row in InitiativeRow.objects.filter(pk__in=initiatives).prefetch_related("told"):
        tellings = sorted(row.told.all(), key=lambda telling: telling.pk)
        latest = as_columns(tellings[-1].told) if tellings else None
        if latest is not None and apply(row, latest, fields=_INITIATIVE_FIELDS):
            changed.append(row)
    InitiativeRow.objects.bulk_update(changed, _INITIATIVE_FIELDS, batch_size=400)
