"""What a telling changes of names: worked out beforehand, then written in one short stroke.

While a transaction writes, nobody else can. So all thinking is done before it begins, new rows are
written beforehand where nobody sees them, and what goes is first hidden and deleted afterwards.
What is left for the one transaction are a few statements over many rows.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, cast

from django.db import connection, models, transaction
from django.db.models import Exists, OuterRef

from jibungoto.records.models import (
    CommunityRow,
    HandleRow,
    HandleToldRow,
    InitiativeRow,
    InitiativeToldRow,
    IntakeRow,
    IntakeState,
    LookAlikeRow,
    PersonRow,
)

_AT_ONCE = 2_000

HANDLE_FIELDS: Final = (
    "outside_id",
    "name",
    "display_name",
    "email",
    "typed_email",
    "reading",
    "organisation",
    "user_name",
    "links",
    "is_admin",
    "is_bot",
    "is_guest",
    "is_deleted",
    "is_mentioned_only",
    "is_name_only",
)
"""What is told of a handle."""

INITIATIVE_FIELDS: Final = (
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
    "capacity",
    "hashtag",
)
"""What is told of an initiative."""

SHOWN: Final = ("name", "reading", "search")
"""How a person is shown."""

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class NewName:
    """A handle that comes with a person of its own: what is told of it, and how they are shown."""

    actor: str
    facts: Facts
    number: int
    shown: Facts


class _Keys(dict[int, int]):
    """Keys of rows by what stood for them before they were written; a key stands for itself."""

    def __missing__(self, key: int) -> int:
        return key


@dataclass(slots=True)
class Change:
    """Everything one telling, or taking it back, writes of names.

    Keys are those of rows, or minus the place of a new one, from 1; ``person_keys`` and
    ``handle_keys`` know the rows of the new ones once they are staged.
    """

    community: CommunityRow
    stamp: int
    source: str = ""
    new: list[NewName] = field(default_factory=list)
    handles: dict[int, Facts] = field(default_factory=dict)
    moved: dict[int, int] = field(default_factory=dict)
    pointed: dict[int, int | None] = field(default_factory=dict)
    named: dict[int, Facts] = field(default_factory=dict)
    told: list[tuple[int, str]] = field(default_factory=list)
    person_keys: _Keys = field(default_factory=_Keys)
    handle_keys: _Keys = field(default_factory=_Keys)
    answered: dict[int, bool] = field(default_factory=dict)
    forgotten: list[int] = field(default_factory=list)
    gone_handles: list[int] = field(default_factory=list)
    gone_people: list[int] = field(default_factory=list)


@dataclass(slots=True)
class PlaceChange:
    """Everything one telling, or taking it back, writes of initiatives."""

    community: CommunityRow
    source: str = ""
    new: list[tuple[str, Facts]] = field(default_factory=list)
    changed: dict[int, Facts] = field(default_factory=dict)
    told: list[tuple[str, str]] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)


def as_json(told: Facts) -> str:
    """Return a telling as its column keeps it."""
    return json.dumps(told)


class Outdated(Exception):
    """Names have changed since the change was worked out, or what was staged is there no more."""


def stage(change: Change, intake: IntakeRow) -> None:
    """Write what is new of a change, some at a time, where nobody sees it yet.

    What an earlier try of the same intake left behind goes first.
    """
    forget_hidden(intake.pk)
    forget_told(intake)
    placed = list(enumerate(change.new, start=1))
    for start in range(0, len(placed), _AT_ONCE):
        with transaction.atomic():
            _stage_some(change, intake, some=placed[start : start + _AT_ONCE])
    keys = change.handle_keys
    told = [(intake.pk, keys[key], text) for key, text in change.told]
    for start in range(0, len(told), _AT_ONCE):
        with transaction.atomic():
            rows = told[start : start + _AT_ONCE]
            _insert(HandleToldRow, ["intake", "handle", "told"], rows=rows)


def _stage_some(change: Change, intake: IntakeRow, *, some: Sequence[tuple[int, NewName]]) -> None:
    """Write some new handles with the persons they come with, hidden; note their keys."""
    people, handles = change.person_keys, change.handle_keys
    own = (None, intake.pk)
    _insert(
        PersonRow,
        ["community", "hidden_for", "number", *SHOWN],
        rows=((*own, one.number, *(one.shown[name] for name in SHOWN)) for _, one in some),
    )
    hidden = PersonRow.objects.filter(community=None, hidden_for=intake.pk)
    found = dict(hidden.filter(number__gte=some[0][1].number).values_list("number", "pk"))
    people.update((-at, found[one.number]) for at, one in some)
    _insert(
        HandleRow,
        ["community", "hidden_for", "born", "person", "source", "actor", *HANDLE_FIELDS],
        rows=(
            (*own, people[-at], people[-at], change.source, one.actor)
            + tuple(one.facts[name] for name in HANDLE_FIELDS)
            for at, one in some
        ),
    )
    here = HandleRow.objects.filter(born__in=[people[-at] for at, _ in some])
    found = dict(here.values_list("born_id", "pk"))
    handles.update((-at, found[people[-at]]) for at, _ in some)


def write_names(change: Change, intake: IntakeRow | None) -> None:
    """Write a change of names, and show what was staged, inside the caller's transaction.

    Raises ``Outdated`` where the change was worked out from names that are no longer so.
    """
    community, people, handles = change.community, change.person_keys, change.handle_keys
    if change.stamp != stamp_of(community):
        raise Outdated
    _show(change, intake)
    _update(HandleRow, HANDLE_FIELDS, rows=_keyed(change.handles))
    moved = ((people[person], handles[pk]) for pk, person in change.moved.items())
    _update(HandleRow, ["person"], rows=moved)
    pointed = (
        (None if to is None else people[to], people[pk]) for pk, to in change.pointed.items()
    )
    _update(PersonRow, ["merged_into"], rows=pointed)
    _update(PersonRow, SHOWN, rows=_keyed(change.named))
    for some in _parts(change.gone_handles):
        HandleRow.objects.filter(pk__in=some).update(community=None, hidden_for=None)
    for some in _parts(change.gone_people):
        PersonRow.objects.filter(pk__in=some).update(community=None, hidden_for=None)
    delete(LookAlikeRow, change.forgotten)
    rows = ((flag, pk) for pk, flag in change.answered.items())
    _update(LookAlikeRow, ["is_answered"], rows=rows)


def _show(change: Change, intake: IntakeRow | None) -> None:
    """Let the staged handles and persons be here."""
    if intake is None or not change.new:
        return
    for model in (PersonRow, HandleRow):
        staged = model._base_manager.filter(community=None, hidden_for=intake.pk)
        if staged.update(community=change.community) != len(change.new):
            raise Outdated
    last = change.new[-1].number
    CommunityRow.objects.filter(pk=change.community.pk).update(people_numbered=last)


def stamp_of(community: CommunityRow) -> int:
    """Return the stamp of who is one person; it rises with every answer."""
    return CommunityRow.objects.values_list("names_stamp", flat=True).get(pk=community.pk)


def forget_hidden(intake: int | None = None) -> None:
    """Delete, some at a time, the names that are hidden: staged for an intake, or gone."""
    for model in (HandleRow, PersonRow):
        hidden = model._base_manager.filter(community=None, hidden_for=intake)
        while keys := list(hidden.values_list("pk", flat=True)[:_AT_ONCE]):
            with transaction.atomic():
                delete(model, keys)


def forget_told(intake: IntakeRow) -> None:
    """Delete, some at a time, what an intake told that is not in the log."""
    for model in (HandleToldRow, InitiativeToldRow):
        told = model._base_manager.filter(intake=intake)
        while keys := list(told.values_list("pk", flat=True)[:_AT_ONCE]):
            with transaction.atomic():
                delete(model, keys)


def forget_abandoned() -> None:
    """Delete the names and tellings that intakes left behind which never came in, or came out."""
    reading = IntakeRow.objects.filter(state=IntakeState.READING).values_list("pk", flat=True)
    hidden = PersonRow.objects.filter(community=None).values_list("hidden_for", flat=True)
    for intake in set(hidden) - set(reading):
        forget_hidden(intake)
    over = IntakeRow.objects.filter(state__in=[IntakeState.REFUSED, IntakeState.UNDONE])
    for row in over.filter(Exists(HandleToldRow.objects.filter(intake=OuterRef("pk")))):
        forget_told(row)


def write_places(change: PlaceChange, intake: IntakeRow | None) -> None:
    """Write a change of initiatives, inside the caller's transaction."""
    fields = ["community", "source", "key", *INITIATIVE_FIELDS]
    own = (change.community.pk, change.source)
    _insert(
        InitiativeRow,
        fields,
        rows=((*own, key, *_columns(InitiativeRow, facts)) for key, facts in change.new),
    )
    changed = ((*_columns(InitiativeRow, facts), pk) for pk, facts in change.changed.items())
    _update(InitiativeRow, INITIATIVE_FIELDS, rows=changed)
    if intake is not None:
        keys = {key for key, _ in change.told}
        rows = InitiativeRow.objects.filter(community=change.community)
        known = {key: pk for key, pk in rows.values_list("key", "pk") if key in keys}
        told = ((intake.pk, known[key], text) for key, text in change.told)
        _insert(InitiativeToldRow, ["intake", "initiative", "told"], rows=told)
    delete(InitiativeRow, change.gone)


def _columns(model: type[models.Model], facts: Facts) -> list[Any]:
    """Return values as the database takes them, in the order of the facts."""
    return [
        _field(model, name).get_db_prep_save(value, connection) for name, value in facts.items()
    ]


def _keyed(facts: dict[int, Facts]) -> Iterable[tuple[Any, ...]]:
    return ((*one.values(), pk) for pk, one in facts.items())


def _field(model: type[models.Model], name: str) -> models.Field[Any, Any]:
    return cast("models.Field[Any, Any]", model._meta.get_field(name))


def _insert(
    model: type[models.Model], fields: Sequence[str], *, rows: Iterable[tuple[Any, ...]]
) -> None:
    """Insert rows by these fields; what is not named gets the value a new object would have."""
    quote = connection.ops.quote_name
    named = [_field(model, name) for name in fields]
    every = [_field(model, one.name) for one in model._meta.concrete_fields]
    rest = [one for one in every if not one.primary_key and one not in named]
    constant = tuple(one.get_db_prep_save(one.get_default(), connection) for one in rest)
    columns = ", ".join(quote(str(one.column)) for one in [*named, *rest])
    marks = ", ".join(["%s"] * (len(named) + len(rest)))
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})"
    with connection.cursor() as cursor:
        cursor.executemany(sql, [(*row, *constant) for row in rows])


def _update(
    model: type[models.Model], fields: Sequence[str], *, rows: Iterable[tuple[Any, ...]]
) -> None:
    """Set these fields of rows; each comes with its values and, last, its key."""
    listed = list(rows)
    if not listed:
        return
    quote = connection.ops.quote_name
    named = (quote(str(_field(model, name).column)) for name in fields)
    settings = ", ".join(f"{column} = %s" for column in named)
    key = quote(str(model._meta.pk.column))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {quote(model._meta.db_table)} SET {settings} WHERE {key} = %s", listed
        )


def _parts(keys: Collection[int]) -> Iterator[list[int]]:
    """Hand out keys in lists that every database takes as parameters of one query."""
    listed = sorted(keys)
    for start in range(0, len(listed), _AT_ONCE):
        yield listed[start : start + _AT_ONCE]


def delete(model: type[models.Model], keys: Collection[int]) -> None:
    """Delete rows by their keys with all that hangs on them, without reading any of it."""
    for some in _parts(keys):
        for relation in model._meta.related_objects:
            held = relation.related_model._base_manager.filter(
                **{f"{relation.field.name}__in": some}
            )
            if relation.on_delete is models.CASCADE:
                held._raw_delete(held.db)
            elif relation.on_delete is models.SET_NULL:
                held.update(**{relation.field.name: None})
        rows = model._base_manager.filter(pk__in=some)
        rows._raw_delete(rows.db)
