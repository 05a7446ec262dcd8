"""Opting out: somebody asks not to be counted, and from then on is not."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from jibungoto.desk.acting import Acting, must_write, note
from jibungoto.desk.people.touch import person_numbered
from jibungoto.records.models import CommunityRow, PersonRow


def opt_out(acting: Acting, number: int) -> PersonRow:
    """Stop counting a person: no stage, no suggestion, and later exports leave their acts out.

    What was brought in before stays in the log, uncounted. Doing it twice changes nothing.
    """
    return _set(acting, number, is_out=True)


def opt_in(acting: Acting, number: int) -> PersonRow:
    """Count a person again, at their own wish."""
    return _set(acting, number, is_out=False)


def _set(acting: Acting, number: int, *, is_out: bool) -> PersonRow:
    must_write(acting)
    person = person_numbered(acting, number)
    if (person.opted_out_at is not None) == is_out:
        return person
    with transaction.atomic():
        person.opted_out_at = timezone.now() if is_out else None
        person.save(update_fields=["opted_out_at"])
        CommunityRow.objects.filter(pk=acting.community.pk).update(facts_stamp=F("facts_stamp") + 1)
        note(acting, "opt_out" if is_out else "opt_in", about=person.name)
    return person
