"""What exports tell of handles and initiatives, kept per intake so that undoing takes it back.

Telling and taking back are worked out first and written afterwards, so that the database is locked
for the writing alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from jibungoto.desk.gather.change import (
    HANDLE_FIELDS,
    INITIATIVE_FIELDS,
    Change,
    Facts,
    PlaceChange,
    as_json,
    forget_hidden,
    forget_told,
    stage,
    write_names,
    write_places,
)
from jibungoto.desk.gather.joining import chunks
from jibungoto.desk.gather.outlook import Outlook, begun, facts_of
from jibungoto.ledger.initiative import Initiative
from jibungoto.ledger.person import Handle
from jibungoto.records.models import (
    CommunityRow,
    HandleRow,
    HandleToldRow,
    InitiativeRow,
    InitiativeToldRow,
    IntakeRow,
    IntakeState,
)

_WITHOUT_WORD = {"typed_email": "", "reading": "", "organisation": "", "links": ""} | {
    "is_name_only": False,
    "user_name": "",
}
"""What a telling of an earlier release does not say."""

_LONGEST = {
    field.name: field.max_length
    for field in HandleRow._meta.concrete_fields
    if field.name in HANDLE_FIELDS and field.max_length
}
_COUNTS = {"intake__state__in": (IntakeState.IN, IntakeState.UNDOING)}
"""Which tellings count: those of intakes in the log."""

_MOMENTS = ("started_at", "starts_at", "ends_at")
_TEXTS = ("name", "started_by", "mode", "series", "hashtag")


def to_tell(community: CommunityRow, source: str, *, handles: Iterable[Handle]) -> Change:
    """Return what telling these handles changes; new ones get a person of their own."""
    change = begun(community, source)
    told = {handle.actor: _told_handle(handle) for handle in handles}
    outlook = Outlook.of(change)
    known = {actor: outlook.handles[actor].pk for actor in told if actor in outlook.handles}
    before = facts_of(known.values())
    for actor, pk in known.items():
        facts, had = told[actor], before[pk]
        if facts != had and not (facts["is_mentioned_only"] and not had["is_mentioned_only"]):
            outlook.show(actor, facts)
    outlook.add({actor: facts for actor, facts in told.items() if actor not in known})
    change.told = [(outlook.handles[actor].pk, as_json(facts)) for actor, facts in told.items()]
    outlook.settle()
    return change


def _told_handle(handle: Handle) -> Facts:
    told = {name: getattr(handle, name) for name in HANDLE_FIELDS}
    told["links"] = " ".join(handle.links)
    for name, longest in _LONGEST.items():
        told[name] = (told[name] or "")[:longest]
    return told


def to_tell_of(
    community: CommunityRow, source: str, *, initiatives: Iterable[Initiative]
) -> PlaceChange:
    """Return what telling these initiatives changes; what one does not say, another may have."""
    change = PlaceChange(community, source)
    told = {one.key: _told_initiative(one) for one in initiatives}
    rows = InitiativeRow.objects.filter(community=community)
    known = {pk: key for pk, key in rows.values_list("pk", "key") if key in told}
    new = sorted(set(told) - set(known.values()), key=list(told).index)
    change.new = [(key, as_columns([told[key]])) for key in new]
    change.told = [(key, as_json(facts)) for key, facts in told.items()]
    tellings = _tellings_of(known)
    for pk, key in known.items():
        tellings[pk].append(told[key])
    change.changed = _shown_otherwise(tellings)
    return change


def tell_handles(intake: IntakeRow, handles: Iterable[Handle]) -> None:
    """Keep what an intake tells of handles, worked out and written at once."""
    change = to_tell(intake.community, _source_of(intake), handles=handles)
    stage(change, intake)
    with transaction.atomic():
        write_names(change, intake)


def _source_of(intake: IntakeRow) -> str:
    return IntakeRow.objects.values_list("source", flat=True).get(pk=intake.pk)


def _told_initiative(initiative: Initiative) -> Facts:
    told = asdict(initiative)
    told |= told.pop("counts")
    told |= {name: told[name] or "" for name in _TEXTS}
    return {name: told[name] for name in INITIATIVE_FIELDS}


def as_columns(tellings: Iterable[Facts]) -> Facts:
    """Return what tellings say together as column values: the latest that says anything counts.

    An event that somebody named by its key alone keeps the name others gave it.
    """
    found: Facts = dict.fromkeys(INITIATIVE_FIELDS) | dict.fromkeys(_TEXTS, "")
    for told in tellings:
        found |= {name: value for name, value in told.items() if value not in (None, "")}
    found["is_cancelled"] = bool(found["is_cancelled"])
    for name in _MOMENTS:
        seconds = found[name]
        found[name] = None if seconds is None else datetime.fromtimestamp(seconds, UTC)
    return {name: found[name] for name in INITIATIVE_FIELDS}


def _tellings_of(initiatives: Collection[int]) -> dict[int, list[Facts]]:
    """Return all that was told of these initiatives, the oldest first."""
    found: dict[int, list[Facts]] = defaultdict(list)
    for some in chunks(sorted(initiatives)):
        rows = InitiativeToldRow.objects.filter(initiative__in=some, **_COUNTS).order_by("pk")
        for initiative, told in rows.values_list("initiative_id", "told"):
            found[initiative].append(told)
    return found


def _shown_otherwise(tellings: dict[int, list[Facts]]) -> dict[int, Facts]:
    """Return the initiatives whose row says something else than their tellings do."""
    changed = {}
    for some in chunks(sorted(tellings)):
        rows = InitiativeRow.objects.filter(pk__in=some)
        for pk, *values in rows.values_list("pk", *INITIATIVE_FIELDS):
            now = as_columns(tellings[pk])
            if list(now.values()) != values:
                changed[pk] = now
    return changed


def to_take_back(intake: IntakeRow) -> tuple[Change, PlaceChange]:
    """Return what forgetting an intake's tellings changes; what others told stays and shows.

    Links of a handle that goes are undone; what people said of it is kept for its coming back.
    """
    change = begun(intake.community)
    outlook = Outlook.of(change)
    actors = {one.pk: actor for actor, one in outlook.handles.items()}
    rest = _latest(intake)
    before = facts_of(rest)
    for pk, facts in rest.items():
        if facts is not None and facts != before[pk]:
            outlook.show(actors[pk], facts)
        outlook.touched.add(outlook.handles[actors[pk]].person)
    outlook.drop([actors[pk] for pk, facts in rest.items() if facts is None])
    outlook.settle()
    return change, _places_taken_back(intake)


def _latest(intake: IntakeRow) -> dict[int, Facts | None]:
    """Return the facts each handle an intake told of shows without it; None: nobody told them."""
    keys = list(intake.handles_told.values_list("handle_id", flat=True))
    full: dict[int, Facts] = {}
    latest: dict[int, Facts] = {}
    for handle, told in _told_by_others(intake, keys):
        latest[handle] = told
        if not told["is_mentioned_only"]:
            full[handle] = told
    found = {pk: full.get(pk) or latest.get(pk) for pk in keys}
    return {pk: facts and _as_handle(facts) for pk, facts in found.items()}


def _as_handle(told: Facts) -> Facts:
    """Return a telling as facts; an earlier release wrote a user name among the links."""
    facts: Facts = _WITHOUT_WORD | told
    links = facts["links"].split()
    for called in (one for one in links if one.startswith("@")):
        facts["user_name"] = called[1:]
    facts["links"] = " ".join(one for one in links if not one.startswith("@"))
    return {name: facts[name] for name in HANDLE_FIELDS}


def _told_by_others(intake: IntakeRow, handles: list[int]) -> Iterator[tuple[int, Any]]:
    for some in chunks(sorted(handles)):
        rows = HandleToldRow.objects.filter(handle__in=some, **_COUNTS).exclude(intake=intake)
        yield from rows.order_by("pk").values_list("handle_id", "told")


def _places_taken_back(intake: IntakeRow) -> PlaceChange:
    change = PlaceChange(intake.community)
    keys = list(intake.initiatives_told.values_list("initiative_id", flat=True))
    rest: dict[int, list[Facts]] = defaultdict(list)
    for some in chunks(sorted(keys)):
        rows = InitiativeToldRow.objects.filter(initiative__in=some, **_COUNTS)
        rows = rows.exclude(intake=intake)
        for initiative, told in rows.order_by("pk").values_list("initiative_id", "told"):
            rest[initiative].append(told)
    change.changed = _shown_otherwise(rest)
    change.gone = [pk for pk in keys if pk not in rest]
    return change


def write_taken_back(changes: tuple[Change, PlaceChange]) -> None:
    """Write what forgetting an intake's tellings changes, inside the caller's transaction."""
    names, places = changes
    write_names(names, None)
    write_places(places, None)


def forget_taken_back(intake: IntakeRow) -> None:
    """Delete what is hidden since an intake was taken back, some at a time."""
    forget_hidden()
    forget_told(intake)


def take_back(intake: IntakeRow) -> None:
    """Forget what an intake told, worked out and written at once."""
    changes = to_take_back(intake)
    with transaction.atomic():
        write_taken_back(changes)
    forget_taken_back(intake)
