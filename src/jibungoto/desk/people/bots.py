"""Which accounts are bots: a source proposes, a person confirms, and the open share is told."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Q, QuerySet, Sum

from jibungoto.desk.acting import Acting, must_write, note
from jibungoto.desk.understand.today import newest_answer
from jibungoto.ledger.person import PersonKind
from jibungoto.records.models import CommunityRow, PersonKindRow, PersonRow, StandingRow

_WHOLE_TIME = {"from_day": None, "to_day": None}
_ANSWERS = (PersonKind.BOT, PersonKind.MEMBER)
_SAID = ("kinds", "merged__kinds")


@dataclass(frozen=True, slots=True)
class Suspect:
    """An account a source takes for a bot; ``is_bot`` is what a person said, None if nothing.

    ``acts`` is how often it acted, None before anything is worked out.
    """

    number: int
    name: str
    is_bot: bool | None
    acts: int | None


@dataclass(frozen=True, slots=True)
class SuspectShare:
    """How much of all acts is by suspected bots that nobody has confirmed (domain.md 0, BR7)."""

    suspects: int
    acts: int
    of: int

    @property
    def fraction(self) -> float | None:
        """The share, None where nobody acted."""
        return self.acts / self.of if self.of else None


def suspects(acting: Acting) -> tuple[Suspect, ...]:
    """Return everybody a source takes for a bot and who is not staff, by name."""
    people = _suspected(acting.community).prefetch_related(*_SAID).order_by("name", "number")
    answer = newest_answer(acting)
    standings = StandingRow.objects.filter(answer=answer, person__in=people)
    acts = dict(standings.values_list("person_id", "acts")) if answer else {}
    return tuple(
        Suspect(person.number, person.name, _said_of(person), acts.get(person.pk))
        for person in people
    )


def unconfirmed_share(acting: Acting) -> SuspectShare:
    """Return how much of all acts is by suspects about whom nobody has said anything."""
    answer = newest_answer(acting)
    open_ones = _unconfirmed(acting.community)
    if answer is None:
        return SuspectShare(open_ones.count(), 0, 0)
    summed = StandingRow.objects.filter(answer=answer).aggregate(
        of=Sum("acts"), theirs=Sum("acts", filter=Q(person__in=open_ones))
    )
    return SuspectShare(open_ones.count(), summed["theirs"] or 0, summed["of"] or 0)


def answer_bots(acting: Acting, asked: Collection[int], *, bots: Collection[int]) -> None:
    """Mark those asked about as bots, or as members where not among ``bots``; for all time.

    Only accounts a source suspects are marked. Doing it twice changes nothing.
    """
    must_write(acting)
    community = acting.community
    with transaction.atomic():
        people = list(_suspected(community).filter(number__in=asked).prefetch_related(*_SAID))
        changed = [person for person in people if _said_of(person) is not (person.number in bots)]
        theirs = Q(person__in=changed) | Q(person__merged_into__in=changed)
        said = PersonKindRow.objects.filter(theirs, kind__in=_ANSWERS, **_WHOLE_TIME)
        said.delete()
        PersonKindRow.objects.bulk_create(
            PersonKindRow(
                person=person,
                kind=PersonKind.BOT if person.number in bots else PersonKind.MEMBER,
            )
            for person in changed
        )
        if changed:
            CommunityRow.objects.filter(pk=community.pk).update(facts_stamp=F("facts_stamp") + 1)
            note(acting, "mark_bots", about=f"{len(changed)}")
    community.refresh_from_db()


def _suspected(community: CommunityRow) -> QuerySet[PersonRow]:
    """Return who has a handle that a source takes for a bot's; staff are known already."""
    people = PersonRow.objects.filter(community=community, handles__is_bot=True)
    is_staff = Q(kinds__kind=PersonKind.STAFF) | Q(merged__kinds__kind=PersonKind.STAFF)
    return people.exclude(is_staff).distinct()


def _unconfirmed(community: CommunityRow) -> QuerySet[PersonRow]:
    answered = Q(kinds__kind__in=_ANSWERS) | Q(merged__kinds__kind__in=_ANSWERS)
    return _suspected(community).exclude(answered)


def _said_of(person: PersonRow) -> bool | None:
    kinds = {row.kind for one in (person, *person.merged.all()) for row in one.kinds.all()}
    if PersonKind.BOT in kinds:
        return True
    return False if PersonKind.MEMBER in kinds else None
