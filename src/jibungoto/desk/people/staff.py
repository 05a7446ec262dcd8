"""Who of these works for you: the one question asked after the first intake."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from jibungoto.desk.acting import Acting, must_write, note
from jibungoto.ledger.person import PersonKind
from jibungoto.records.models import CommunityRow, PersonKindRow, PersonRow
from jibungoto.understand.staff import Colleague, StaffProposal, company_domains, proposals


@dataclass(frozen=True, slots=True)
class StaffQuestion:
    """What the question shows: company domains, who is proposed, and who is marked already."""

    is_answered: bool
    domains: tuple[str, ...]
    proposed: tuple[StaffProposal, ...]
    marked: tuple[PersonRow, ...]


def staff_question(acting: Acting, domains: Collection[str] | None = None) -> StaffQuestion:
    """Return the question, with the company's mail domains as given or as proposed."""
    colleagues = _colleagues(acting.community)
    chosen = tuple(sorted(domains)) if domains is not None else company_domains(colleagues)
    said = Q(kinds__kind=PersonKind.STAFF) | Q(merged__kinds__kind=PersonKind.STAFF)
    marked = PersonRow.objects.filter(said, community=acting.community, merged_into=None).distinct()
    return StaffQuestion(
        is_answered=acting.community.staff_answered_at is not None,
        domains=chosen,
        proposed=tuple(proposals(colleagues, chosen)),
        marked=tuple(marked.order_by("number")),
    )


def _colleagues(community: CommunityRow) -> list[Colleague]:
    people = PersonRow.objects.filter(community=community, merged_into=None)
    return [
        Colleague(
            person=person.number,
            name=person.name,
            is_admin=any(h.is_admin for h in person.handles.all()),
            is_bot=any(h.is_bot for h in person.handles.all()),
            emails=tuple(h.email for h in person.handles.all() if h.email),
        )
        for person in people.order_by("number").prefetch_related("handles")
    ]


def answer(acting: Acting, staff: Collection[int]) -> None:
    """Mark exactly these people (by number) as staff, from the beginning and until further word.

    An empty answer counts too: nobody here is staff. Doing it twice changes nothing.
    """
    must_write(acting)
    community = acting.community
    with transaction.atomic():
        whole = PersonKindRow.objects.filter(
            person__community=community, from_day=None, to_day=None
        )
        theirs = Q(person__number__in=staff) | Q(person__merged_into__number__in=staff)
        whole.filter(kind=PersonKind.STAFF).exclude(theirs).delete()
        # Staff take the place of what was said of the same people as bots or members.
        whole.filter(theirs).exclude(kind=PersonKind.STAFF).delete()
        unmarked = PersonRow.objects.filter(community=community, number__in=staff).exclude(
            Q(kinds__kind=PersonKind.STAFF) | Q(merged__kinds__kind=PersonKind.STAFF)
        )
        PersonKindRow.objects.bulk_create(
            PersonKindRow(person=person, kind=PersonKind.STAFF) for person in unmarked
        )
        CommunityRow.objects.filter(pk=community.pk).update(
            staff_answered_at=timezone.now(), facts_stamp=F("facts_stamp") + 1
        )
        note(acting, "mark_staff", about=f"{len(staff)}")
    community.refresh_from_db()


def answer_as_proposed(acting: Acting) -> None:
    """Answer the question with what it proposes (the demo does; people look first)."""
    answer(acting, [one.person for one in staff_question(acting).proposed])
