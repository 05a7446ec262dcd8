"""Which accounts are bots: a source proposes, a person confirms, and the open share is told."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce

from jibungoto.desk.acting import Acting, must_write, note
from jibungoto.desk.understand.today import newest_answer
from jibungoto.ledger.person import PersonKind
from jibungoto.records.models import CommunityRow, HandleRow, PersonKindRow, PersonRow

_WHOLE_TIME = {"from_day": None, "to_day": None}
_ANSWERS = (PersonKind.BOT, PersonKind.MEMBER)


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
    told = _told(acting.community)
    people = PersonRow.objects.filter(pk__in=told).order_by("name", "number")
    answer = newest_answer(acting)
    standings = answer.standings.filter(person__in=told) if answer else None
    acts = dict(standings.values_list("person_id", "acts")) if standings is not None else {}
    return tuple(
        Suspect(person.number, person.name, _is_bot(told[person.pk]), acts.get(person.pk))
        for person in people
    )


def unconfirmed_share(acting: Acting) -> SuspectShare:
    """Return how much of all acts is by suspects about whom nobody has said anything."""
    answer = newest_answer(acting)
    open_ones = [
        person for person, kinds in _told(acting.community).items() if not kinds & {*_ANSWERS}
    ]
    if answer is None:
        return SuspectShare(len(open_ones), 0, 0)
    standings = answer.standings
    theirs = standings.filter(person__in=open_ones).aggregate(acts=Sum("acts"))["acts"]
    acts = standings.aggregate(acts=Sum("acts"))["acts"]
    return SuspectShare(len(open_ones), theirs or 0, acts or 0)


def answer_bots(acting: Acting, asked: Collection[int], *, bots: Collection[int]) -> None:
    """Mark those asked about as bots, or as members where not among ``bots``; for all time.

    Only accounts a source suspects are marked. Doing it twice changes nothing.
    """
    must_write(acting)
    community = acting.community
    with transaction.atomic():
        told = _told(community)
        people = PersonRow.objects.filter(pk__in=told, number__in=asked)
        changed = [one for one in people if _is_bot(told[one.pk]) is not (one.number in bots)]
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


def _told(community: CommunityRow) -> dict[int, frozenset[str]]:
    """Return who has a handle that a source takes for a bot's, with what people said of them.

    Staff are known already, under whatever name.
    """
    handles = HandleRow.objects.filter(community=community, is_bot=True)
    said: dict[int, set[str]] = {key: set() for key in handles.values_list("person_id", flat=True)}
    marked = PersonKindRow.objects.annotate(
        behind=Coalesce("person__merged_into", "person")
    ).filter(Q(person__in=said) | Q(person__merged_into__in=said))
    for person, kind in marked.values_list("behind", "kind"):
        said[person].add(kind)
    return {
        person: frozenset(kinds) for person, kinds in said.items() if PersonKind.STAFF not in kinds
    }


def _is_bot(said: frozenset[str]) -> bool | None:
    """Return what people said; None where they said neither."""
    if PersonKind.BOT in said:
        return True
    return False if PersonKind.MEMBER in said else None
