"""Opting out: somebody asks not to be counted, and from then on is not."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from jibungoto.desk.acting import Acting, must_write, note
from jibungoto.desk.people.touch import person_numbered
from jibungoto.records.models import CommunityRow, HandleRow, PersonRow, RefusedRow


def opt_out(acting: Acting, number: int) -> PersonRow:
    """Stop counting a person: no stage, no suggestion, and later exports leave their acts out.

    What was brought in before stays in the log, uncounted. Doing it twice changes nothing. An
    export that is taken out and comes in again finds their wish still kept.
    Whoever is one person asks as one: should they be parted later, each of them stays out.
    """
    return _set(acting, number, is_out=True)


def opt_in(acting: Acting, number: int) -> PersonRow:
    """Count a person again, at their own wish."""
    return _set(acting, number, is_out=False)


def _set(acting: Acting, number: int, *, is_out: bool) -> PersonRow:
    must_write(acting)
    person = person_numbered(acting, number)
    all_of_them = PersonRow.objects.filter(Q(pk=person.pk) | Q(merged_into=person))
    to_change = all_of_them.filter(opted_out_at__isnull=is_out)
    with transaction.atomic():
        _keep_refused(acting.community, all_of_them, is_out=is_out)
        if to_change.update(opted_out_at=timezone.now() if is_out else None):
            here = CommunityRow.objects.filter(pk=acting.community.pk)
            here.update(facts_stamp=F("facts_stamp") + 1)
            note(acting, "opt_out" if is_out else "opt_in", about=person.name)
    person.refresh_from_db()
    return person


def _keep_refused(community: CommunityRow, people: QuerySet[PersonRow], *, is_out: bool) -> None:
    """List their pseudonyms as refused, or no longer; the list outlives handles and persons."""
    handles = HandleRow.objects.filter(
        Q(person__in=people) | Q(born__in=people), community=community
    )
    refused = RefusedRow.objects.filter(community=community)
    if not is_out:
        refused.filter(actor__in=handles.values("actor")).delete()
        return
    RefusedRow.objects.bulk_create(
        (
            RefusedRow(community=community, actor=actor, at=timezone.now())
            for actor in handles.values_list("actor", flat=True)
        ),
        ignore_conflicts=True,
    )
