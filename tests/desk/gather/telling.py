"""Telling handles straight to the desk, as intakes do, without files to read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.db import transaction

from jibungoto.desk.acting import Acting
from jibungoto.desk.gather.current import _who
from jibungoto.desk.gather.tellings import take_back, tell_handles
from jibungoto.ledger.person import Handle
from jibungoto.records.models import HandleRow, IntakeRow, IntakeState, PersonRow


def handle(actor: str, name: str = "", **more: object) -> Handle:
    """Return a handle as a reader gives it; the outside id is the pseudonym."""
    return replace(Handle(actor=actor, outside_id=actor, name=name), **more)  # type: ignore[arg-type]  # the fields of Handle


def told(acting: Acting, source: str, handles: Iterable[Handle]) -> IntakeRow:
    """Bring handles of one source in, in an intake of their own."""
    last = acting.community.intakes.order_by("-number").first()
    intake = IntakeRow.objects.create(
        community=acting.community,
        number=last.number + 1 if last else 1,
        name=source,
        source=source,
        state=IntakeState.IN,
    )
    with transaction.atomic():
        tell_handles(intake, handles)
    return intake


def untold(intake: IntakeRow) -> None:
    """Take such an intake out again."""
    with transaction.atomic():
        take_back(intake)
        IntakeRow.objects.filter(pk=intake.pk).update(state=IntakeState.UNDONE)


def persons(acting: Acting) -> set[frozenset[str]]:
    """Return the pseudonyms of each person in effect."""
    rows = HandleRow.objects.filter(community=acting.community)
    found: dict[int, set[str]] = {}
    for actor, person in rows.values_list("actor", "person_id"):
        found.setdefault(person, set()).add(actor)
    return {frozenset(actors) for actors in found.values()}


def facts(acting: Acting) -> dict[str, object]:
    """Return everything a page or the ladder knows of people, with nothing that only counts."""
    people = PersonRow.objects.filter(community=acting.community).order_by("number")
    return {
        "people": list(
            people.values_list("number", "name", "reading", "search", "merged_into__number")
        ),
        "who": sorted(_who(acting.community), key=repr),
        "kinds": sorted(people.values_list("number", "kinds__kind", "kinds__from_day"), key=repr),
        "touches": sorted(people.values_list("number", "touches__kind"), key=repr),
        "out": [one.number for one in people if one.opted_out_at],
    }
