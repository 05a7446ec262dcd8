"""Who belongs to an organisation: said, refused and taken back, of several people at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from jibungoto.desk.acting import Acting, must_write, note
from jibungoto.desk.people.organisations import (
    organisation_numbered,
    raise_facts,
    said_of_people,
    seeming,
    spread_here,
)
from jibungoto.ledger.problems import InvalidChoice, UnknownName
from jibungoto.ledger.words import Words
from jibungoto.records.models import AffiliationRow, HandleRow, OrganisationRow, PersonRow
from jibungoto.records.models.people import sounds_like
from jibungoto.understand.organisations import domain_of, employer_in

HAS_ADDRESS = Words("{domain} のアドレスがあります", "has an address at {domain}")
WRITES_IT = Words("プロフィールに「{name}」とあります", "names “{name}” in their profile")
ALWAYS: tuple[date | None, date | None] = (None, None)

Days = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class Belongs:
    """Somebody who belongs, or belonged, to an organisation; the last day is one of it."""

    person: PersonRow
    organisation: OrganisationRow
    from_day: date | None
    to_day: date | None

    def holds_on(self, day: date) -> bool:
        """Say whether they belong to it on that day."""
        return (self.from_day or date.min) <= day < (self.to_day or date.max)


@dataclass(frozen=True, slots=True)
class Seems:
    """Somebody who seems to belong to an organisation, and why."""

    person: PersonRow
    reasons: tuple[Words, ...]


def people_of(acting: Acting, row: OrganisationRow) -> list[Belongs]:
    """Return who belongs or belonged to an organisation, by name."""
    told = [one for one in said_of_people(acting) if one[0] == row.pk and not one[4]]
    people = PersonRow.objects.in_bulk({one[1] for one in told})
    found = [Belongs(people[person], row, since, until) for _, person, since, until, _ in told]
    return sorted(found, key=lambda one: (one.person.reading or one.person.name, str(one.from_day)))


def organisations_of(acting: Acting, person: PersonRow) -> list[Belongs]:
    """Return to what somebody belongs or belonged, the newest first."""
    actors = _actors([person])
    said = AffiliationRow.objects.filter(
        actor__in=actors, organisation__community=acting.community, is_refused=False
    )
    found = {
        Belongs(person, one.organisation, one.from_day, one.to_day)
        for one in said.select_related("organisation")
    }
    return sorted(found, key=lambda one: one.from_day or date.min, reverse=True)


def names_on(
    acting: Acting, day: date, *, called: Callable[[OrganisationRow], str] = str
) -> dict[int, str]:
    """Return the names of the organisations each person belongs to on a day, by their keys."""
    rows = OrganisationRow.objects.filter(community=acting.community).order_by("number")
    names = {row.pk: called(row) for row in rows}
    found: dict[int, dict[str, None]] = {}
    for key, person, since, until, is_refused in said_of_people(acting):
        if not is_refused and (since or date.min) <= day < (until or date.max):
            found.setdefault(person, {})[names[key]] = None
    return {person: ", ".join(told) for person, told in found.items()}


def seem_to_belong(acting: Acting, row: OrganisationRow) -> list[Seems]:
    """Return whose address or profile names an organisation, of whom nothing is said yet."""
    said = {one[1] for one in said_of_people(acting) if one[0] == row.pk}
    wanted = seeming(row, spread_here(acting)) - said
    here = PersonRow.objects.filter(community=acting.community, pk__in=wanted)
    people = here.order_by(sounds_like(), "name", "number").prefetch_related("handles")
    return [Seems(person, _reasons(person, row)) for person in people]


def _reasons(person: PersonRow, row: OrganisationRow) -> tuple[Words, ...]:
    found: dict[str, Words] = {}
    keys = {employer_in(name) for name in (row.name_ja, row.name_en, *row.spellings)}
    for handle in person.handles.all():
        domain, written = domain_of(handle.email), handle.organisation
        if domain in row.domains:
            found[f"@{domain}"] = HAS_ADDRESS.filled(domain=domain)
        if employer_in(written) in keys - {""}:
            found[written] = WRITES_IT.filled(name=written)
    return tuple(found.values())


def belong(acting: Acting, number: int, *, people: Collection[int], days: Days = ALWAYS) -> int:
    """Say that these people (by number) belong to an organisation; return how many.

    ``days`` are half open. What was said of the same days before gives way; other days stay.
    Doing it twice changes nothing.
    """
    must_write(acting)
    row = organisation_numbered(acting, number)
    _must_be_days(days)
    with transaction.atomic():
        theirs = _actors(_numbered(acting, people))
        said = AffiliationRow.objects.filter(organisation=row, actor__in=theirs)
        if _is_said(said, theirs, days=days):
            return len(set(people))
        said.filter(Q(is_refused=True) | _meeting(days)).delete()
        _say(acting, row, actors=theirs, days=days)
        raise_facts(acting)
        note(acting, "belong", about=f"{row}: {len(set(people))}")
    return len(set(people))


def refuse(acting: Acting, number: int, *, people: Collection[int]) -> None:
    """Say that these people do not belong to an organisation, so that it is not proposed again."""
    must_write(acting)
    row = organisation_numbered(acting, number)
    with transaction.atomic():
        theirs = _actors(_numbered(acting, people))
        AffiliationRow.objects.filter(organisation=row, actor__in=theirs).delete()
        _say(acting, row, actors=theirs, days=None)
        raise_facts(acting)
        note(acting, "belong not", about=f"{row}: {len(set(people))}")


def leave_out(acting: Acting, number: int, *, people: Collection[int]) -> None:
    """Take back whatever was said of these people and an organisation."""
    must_write(acting)
    row = organisation_numbered(acting, number)
    with transaction.atomic():
        theirs = _actors(_numbered(acting, people))
        AffiliationRow.objects.filter(organisation=row, actor__in=theirs).delete()
        raise_facts(acting)
        note(acting, "take back belong", about=f"{row}: {len(set(people))}")


def _is_said(said: QuerySet[AffiliationRow], actors: Collection[str], *, days: Days) -> bool:
    same = said.filter(from_day=days[0], to_day=days[1], is_refused=False)
    only = not said.filter(is_refused=True).exists()
    return only and {*same.values_list("actor", flat=True)} >= {*actors}


def _meeting(days: Days) -> Q:
    """Return which affiliations hold on one of these days."""
    begins = Q() if days[1] is None else Q(from_day=None) | Q(from_day__lt=days[1])
    ends = Q() if days[0] is None else Q(to_day=None) | Q(to_day__gt=days[0])
    return begins & ends & Q(pk__isnull=False)


def _say(acting: Acting, row: OrganisationRow, *, actors: Iterable[str], days: Days | None) -> None:
    since, until = days or ALWAYS
    AffiliationRow.objects.bulk_create(
        AffiliationRow(
            organisation=row,
            actor=actor,
            from_day=since,
            to_day=until,
            is_refused=days is None,
            by_id=acting.user_id,
        )
        for actor in sorted(actors)
    )


def _must_be_days(days: Days) -> None:
    since, until = days
    if since is not None and until is not None and since >= until:
        raise InvalidChoice(
            Words("終わりの日が、始まりの日より前です。", "The last day lies before the first."),
            Words("日付を確かめてください。", "Check the two days."),
        )


def _numbered(acting: Acting, people: Collection[int]) -> list[PersonRow]:
    """Return these people in effect; raises ``UnknownName`` where one is not here."""
    rows = PersonRow.objects.filter(community=acting.community, number__in=set(people))
    behind = rows.annotate(behind=Coalesce("merged_into", "pk")).values_list("behind", flat=True)
    found = list(PersonRow.objects.filter(pk__in=set(behind)))
    if not people or len(set(rows.values_list("number", flat=True))) != len(set(people)):
        raise UnknownName(
            Words("選んだ人が見つかりません。", "The people you chose are not here."),
            Words("一覧から選び直してください。", "Choose them from the list again."),
        )
    return found


def _actors(people: Iterable[PersonRow]) -> set[str]:
    """Return the pseudonyms of all names of these people."""
    keys = [person.pk for person in people]
    handles = HandleRow.objects.filter(person__in=keys)
    return set(handles.values_list("actor", flat=True))
