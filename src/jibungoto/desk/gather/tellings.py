"""What exports tell of handles and initiatives, kept per intake so that undoing takes it back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from django.db.models import Max
from django.db.models.functions import Coalesce

from jibungoto.desk.gather.joining import chunks, forget_proposals, join_again
from jibungoto.desk.gather.naming import name_people, shown_as
from jibungoto.ledger.initiative import Initiative
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
    "typed_email",
    "reading",
    "organisation",
    "is_admin",
    "is_bot",
    "is_guest",
    "is_deleted",
    "is_mentioned_only",
    "is_name_only",
)
_WITHOUT_WORD = {"typed_email": "", "reading": "", "organisation": "", "is_name_only": False}
"""What a telling of an earlier release does not say."""

_LONGEST = {
    field.name: field.max_length
    for field in HandleRow._meta.concrete_fields
    if field.name in _HANDLE_FIELDS and field.max_length
}
_INITIATIVE_FIELDS = (
    "kind",
    "name",
    "started_by",
    "started_at",
    "is_default",
    "is_archived",
    "tag",
    "mode",
    "starts_at",
    "ends_at",
    "edition",
    "series",
    "is_cancelled",
    "registered",
    "waiting",
    "attended",
    "viewers",
)
_MOMENTS = ("started_at", "starts_at", "ends_at")
_TEXTS = ("name", "started_by", "mode", "series")


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
    for some in chunks(sorted({row.person_id for row in changed})):
        name_people(some)
    join_again(community)


def _source_of(intake: IntakeRow) -> str:
    return IntakeRow.objects.values_list("source", flat=True).get(pk=intake.pk)


def _told_handle(handle: Handle) -> dict[str, Any]:
    told = {name: getattr(handle, name) for name in _HANDLE_FIELDS}
    for name, longest in _LONGEST.items():
        told[name] = (told[name] or "")[:longest]
    return told


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
    last = _last_number(community)
    people = PersonRow.objects.bulk_create(
        (
            PersonRow(community=community, number=number, **shown_as([facts]))
            for number, facts in enumerate(told.values(), start=last + 1)
        ),
        batch_size=_AT_ONCE,
    )
    made = HandleRow.objects.bulk_create(
        (
            HandleRow(
                community=community,
                born=person,
                person=person,
                source=source,
                actor=actor,
                **facts,
            )
            for person, (actor, facts) in zip(people, told.items(), strict=True)
        ),
        batch_size=_AT_ONCE,
    )
    rows.update({row.actor: row for row in made})
    CommunityRow.objects.filter(pk=community.pk).update(people_numbered=last + len(people))


def _last_number(community: CommunityRow) -> int:
    """Return the highest number a person of this community has or ever had."""
    kept = CommunityRow.objects.values_list("people_numbered", flat=True).get(pk=community.pk)
    return max(kept, community.people.aggregate(last=Max("number"))["last"] or 0)


def tell_initiatives(intake: IntakeRow, initiatives: Iterable[Initiative]) -> None:
    """Keep what an intake tells of initiatives; what it does not say, another may have said."""
    community, source = intake.community, _source_of(intake)
    told = {one.key: _told_initiative(one) for one in initiatives}
    rows = {row.key: row for row in InitiativeRow.objects.filter(community=community)}
    made = InitiativeRow.objects.bulk_create(
        (
            InitiativeRow(community=community, source=source, key=key, **as_columns([facts]))
            for key, facts in told.items()
            if key not in rows
        ),
        batch_size=_AT_ONCE,
    )
    known = [rows[key].pk for key in told if key in rows]
    rows.update({row.key: row for row in made})
    InitiativeToldRow.objects.bulk_create(
        (InitiativeToldRow(intake=intake, initiative=rows[k], told=t) for k, t in told.items()),
        batch_size=_AT_ONCE,
    )
    for some in chunks(known):
        _show_all_told(some)


def _told_initiative(initiative: Initiative) -> dict[str, Any]:
    told = asdict(initiative)
    told |= told.pop("counts")
    told |= {name: told[name] or "" for name in _TEXTS}
    return {name: told[name] for name in _INITIATIVE_FIELDS}


def as_columns(tellings: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Return what tellings say together as column values: the latest that says anything counts.

    An event that somebody named by its key alone keeps the name others gave it.
    """
    found: dict[str, Any] = dict.fromkeys(_INITIATIVE_FIELDS) | dict.fromkeys(_TEXTS, "")
    for told in tellings:
        found |= {name: value for name, value in told.items() if value not in (None, "")}
    found["is_cancelled"] = bool(found["is_cancelled"])
    for name in _MOMENTS:
        seconds = found[name]
        found[name] = None if seconds is None else datetime.fromtimestamp(seconds, UTC)
    return found


def take_back(intake: IntakeRow) -> None:
    """Forget what one intake told; what others told stays, and shows as the latest of them.

    Links of a handle that goes are undone; what people said of it is kept for its coming back.
    """
    handles = list(intake.handles_told.values_list("handle_id", flat=True))
    initiatives = list(intake.initiatives_told.values_list("initiative_id", flat=True))
    intake.handles_told.all().delete()
    intake.initiatives_told.all().delete()
    for some in chunks(initiatives):
        _show_all_told(some)
        InitiativeRow.objects.filter(pk__in=some, told=None).delete()
    born: set[int] = set()
    kept: set[int] = set()
    for some in chunks(handles):
        _show_latest_handles(some)
        gone = HandleRow.objects.filter(pk__in=some, told=None)
        forget_proposals(intake.community, set(gone.values_list("actor", flat=True)))
        born |= set(gone.values_list(Coalesce("born", "person"), flat=True))
        kept |= set(gone.values_list("person_id", flat=True))
        gone.delete()
        kept |= set(HandleRow.objects.filter(pk__in=some).values_list("person_id", flat=True))
    join_again(intake.community)
    for some in chunks(sorted(born)):
        PersonRow.objects.filter(pk__in=some, born_handles=None, handles=None).delete()
    for some in chunks(sorted(kept)):
        name_people(some)


def _show_latest_handles(handles: list[int]) -> None:
    changed = []
    for row in HandleRow.objects.filter(pk__in=handles).prefetch_related("told"):
        tellings = sorted(row.told.all(), key=lambda telling: telling.pk)
        full = [t.told for t in tellings if not t.told["is_mentioned_only"]]
        latest = full[-1] if full else tellings[-1].told if tellings else None
        if latest is not None and apply(row, _WITHOUT_WORD | latest, fields=_HANDLE_FIELDS):
            changed.append(row)
    HandleRow.objects.bulk_update(changed, _HANDLE_FIELDS, batch_size=400)


def _show_all_told(initiatives: list[int]) -> None:
    changed = []
    for row in InitiativeRow.objects.filter(pk__in=initiatives).prefetch_related("told"):
        tellings = [one.told for one in sorted(row.told.all(), key=lambda telling: telling.pk)]
        if tellings and apply(row, as_columns(tellings), fields=_INITIATIVE_FIELDS):
            changed.append(row)
    InitiativeRow.objects.bulk_update(changed, _INITIATIVE_FIELDS, batch_size=400)
