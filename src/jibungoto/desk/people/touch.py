"""“I talked to them” and “not now”: private to the team, and both keep Today quiet for a while."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from jibungoto.desk.acting import Acting, must_write, note
from jibungoto.ledger.problems import UnknownName
from jibungoto.ledger.words import Words
from jibungoto.records.models import PersonRow, TouchKind, TouchRow
from jibungoto.understand.today import MET_DAYS, NOT_NOW_DAYS

QUIET_FOR = {TouchKind.TALKED: MET_DAYS, TouchKind.NOT_NOW: NOT_NOW_DAYS}
"""Days after which Today may speak of the person again."""


def touch(acting: Acting, number: int, *, kind: TouchKind, day: date) -> TouchRow:
    """Note that somebody was talked to, or shall wait; twice on one day changes nothing."""
    must_write(acting)
    person = person_numbered(acting, number)
    with transaction.atomic():
        row, is_new = TouchRow.objects.get_or_create(
            person=person,
            kind=kind,
            day=day,
            defaults={
                "until": day + timedelta(days=QUIET_FOR[kind]),
                "by_id": acting.user_id,
            },
        )
        if is_new:
            note(acting, kind.value, about=person.name)
    return row


def take_back(acting: Acting, number: int, *, kind: TouchKind, day: date) -> None:
    """Take such a note back, made by mistake."""
    must_write(acting)
    person = person_numbered(acting, number)
    with transaction.atomic():
        theirs = TouchRow.objects.filter(Q(person=person) | Q(person__merged_into=person))
        theirs.filter(kind=kind, day=day).delete()
        note(acting, f"take back {kind.value}", about=person.name)


def person_numbered(acting: Acting, number: int) -> PersonRow:
    """Return a person of this community by number; raises ``UnknownName``.

    The number of somebody merged into another leads to the one in effect.
    """
    rows = PersonRow.objects.filter(community=acting.community, number=number)
    person = rows.select_related("merged_into").first()
    if person is None:
        raise UnknownName(
            Words("その人は見つかりません。", "There is no such person here."),
            Words("人の一覧から選んでください。", "Choose somebody from the list of people."),
        )
    return person.merged_into or person
