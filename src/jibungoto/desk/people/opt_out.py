"""Opting out: somebody asks not to be counted, and from then on is not."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from jibungoto.desk.acting import Acting, must_write, note
from jibungoto.desk.people.touch import person_numbered
from jibungoto.records.models import CommunityRow, PersonRow


def opt_out(acting: Acting, number: int) -> PersonRow:
    """Stop counting a person: no stage, no suggestion, and later exports leave their acts out.

    What was brought in before stays in the log, uncounted. Doing it twice changes nothing.
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
    if not to_change.exists():
        return person
    with transaction.atomic():
        to_change.update(opted_out_at=timezone.now() if is_out else None)
        CommunityRow.objects.filter(pk=acting.community.pk).update(facts_stamp=F("facts_stamp") + 1)
        note(acting, "opt_out" if is_out else "opt_in", about=person.name)
    person.refresh_from_db()
    return person
