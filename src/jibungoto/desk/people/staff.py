"""Who of these works for you: the one question asked after the first intake."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from jibungoto.desk.acting import Acting, must_write, note
from jibungoto.desk.gather.belonging import belongings
from jibungoto.desk.people.addresses import addresses_in
from jibungoto.ledger.person import PersonKind
from jibungoto.records.models import CommunityRow, HandleRow, PersonKindRow, PersonRow
from jibungoto.understand.staff import (
    Colleague,
    Spread,
    StaffProposal,
    company_domains,
    proposals,
)

_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class StaffQuestion:
    """What the question shows: company domains, who is proposed, and who is marked already."""

    is_answered: bool
    domains: tuple[str, ...]
    proposed: tuple[StaffProposal, ...]
    marked: tuple[PersonRow, ...]


def staff_question(acting: Acting, domains: Collection[str] | None = None) -> StaffQuestion:
    """Return the question, with the company's mail domains as given or as proposed.

    Only those who may be proposed are looked at: a community may have very many people.
    """
    community = acting.community
    administering = HandleRow.objects.filter(community=community, is_admin=True)
    admins = _colleagues(community, set(administering.values_list("person_id", flat=True)))
    if domains is None:
        chosen = company_domains(admins, _spread(community, admins))
    else:
        chosen = tuple(sorted(domains))
    told = addresses_in(community)
    there = _colleagues(community, {each for one in chosen for each in told.people_on(one)})
    colleagues = {one.person: one for one in (*admins, *there)}
    return StaffQuestion(
        is_answered=community.staff_answered_at is not None,
        domains=chosen,
        proposed=tuple(proposals([colleagues[key] for key in sorted(colleagues)], chosen)),
        marked=tuple(_marked(community)),
    )


def _marked(community: CommunityRow) -> QuerySet[PersonRow]:
    staff = _said_to_be(community, PersonKind.STAFF)
    staff |= _of_our_own(community) - _said_to_be(community, PersonKind.MEMBER)
    return PersonRow.objects.filter(pk__in=staff).order_by("number")


def _said_to_be(community: CommunityRow, kind: PersonKind) -> set[int]:
    said = PersonKindRow.objects.filter(person__community=community, kind=kind)
    return set(said.values_list(Coalesce("person__merged_into", "person"), flat=True))


def _of_our_own(community: CommunityRow) -> set[int]:
    """Return who is staff while they belong to our own organisation, unless somebody says no."""
    told = belongings(community)
    return {
        person
        for person in told.of
        if any(kind == PersonKind.STAFF for kind, *_days in told.capacities(person))
    }


def _spread(community: CommunityRow, admins: Sequence[Colleague]) -> Spread:
    """Count who has an address that could name an employer, and on each of the admins' domains."""
    asked = {domain for one in admins if not one.is_bot for domain in one.domains}
    if not asked:
        return Spread(0, {})
    told = addresses_in(community)
    return Spread(told.employed, {domain: len(told.people_on(domain)) for domain in asked})


def _colleagues(community: CommunityRow, keys: Iterable[int]) -> list[Colleague]:
    """Return these people, by number."""
    asked = sorted(keys)
    found: list[Colleague] = []
    for start in range(0, len(asked), _AT_ONCE):
        some = asked[start : start + _AT_ONCE]
        here = PersonRow.objects.filter(community=community, pk__in=some)
        found += map(_colleague, here.prefetch_related("handles"))
    return sorted(found, key=lambda one: one.person)


def _colleague(person: PersonRow) -> Colleague:
    handles = person.handles.all()
    return Colleague(
        person=person.number,
        name=person.name,
        is_admin=any(h.is_admin for h in handles),
        is_bot=any(h.is_bot for h in handles),
        emails=tuple(h.email for h in handles if h.email),
    )


def answer(acting: Acting, staff: Collection[int]) -> None:
    """Mark exactly these people (by number) as staff, from the beginning and until further word.

    An empty answer counts too: nobody here is staff. Doing it twice changes nothing. Who is staff
    because of their organisation stays so for the days they belong to it, if they are among these;
    if not, it is said of them that they are members.
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
        ours = _of_our_own(community)
        unmarked = PersonRow.objects.filter(community=community, number__in=staff).exclude(
            Q(kinds__kind=PersonKind.STAFF)
            | Q(merged__kinds__kind=PersonKind.STAFF)
            | Q(pk__in=ours)
        )
        PersonKindRow.objects.bulk_create(
            PersonKindRow(person=person, kind=PersonKind.STAFF) for person in unmarked
        )
        members = PersonRow.objects.filter(pk__in=ours).exclude(number__in=staff)
        PersonKindRow.objects.bulk_create(
            PersonKindRow(person=person, kind=PersonKind.MEMBER)
            for person in members.exclude(kinds__kind=PersonKind.MEMBER)
        )
        CommunityRow.objects.filter(pk=community.pk).update(
            staff_answered_at=timezone.now(), facts_stamp=F("facts_stamp") + 1
        )
        note(acting, "mark_staff", about=f"{len(staff)}")
    community.refresh_from_db()


def answer_as_proposed(acting: Acting) -> None:
    """Answer the question with what it proposes (the demo does; people look first)."""
    answer(acting, [one.person for one in staff_question(acting).proposed])
