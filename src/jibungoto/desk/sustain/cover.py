"""Who covers what: writing it down, and the facts other rooms ask of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from jibungoto.desk.acting import Acting, must_write, note
from jibungoto.desk.days import today_in
from jibungoto.desk.sustain.entered import member_numbered, not_later, whole
from jibungoto.desk.sustain.facts import facts_of
from jibungoto.desk.sustain.isolation import is_released
from jibungoto.desk.sustain.team import team_of
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import Words
from jibungoto.records.models import CoverRow, StakeholderRow, TeamMemberRow
from jibungoto.sustain.abilities import ABILITY_KEYS
from jibungoto.sustain.askers import ASKERS, AskerKind, Interest
from jibungoto.sustain.cover import AbilityCover, covers_of
from jibungoto.sustain.gaps import gaps_of
from jibungoto.sustain.rules.isolation import Isolation, isolation_of
from jibungoto.sustain.team import MOST_HOURS, Function, Part, Team


@dataclass(frozen=True, slots=True)
class CoverWish:
    """What a member shall do for an ability; ``since`` None means from today on."""

    ability: str
    member: int
    part: Part
    hours: int | None = None
    last_used: date | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class CoverFacts:
    """What plans and briefs ask of the team.

    ``is_written`` is false before anybody filled in the team: then nothing else says anything.
    ``hours`` a month are everybody's together, backups and external people included; where
    somebody's are not known (``without_hours``) they are a lower bound. ``isolation`` is None
    unless the manager has released it.
    """

    is_written: bool
    names: tuple[str, ...]
    managers: tuple[str, ...]
    deputies: tuple[str, ...]
    hours: int | None
    without_hours: tuple[str, ...]
    manager_hours: int | None
    abilities: tuple[AbilityCover, ...]
    gaps: tuple[Words, ...]
    isolation: Isolation | None


@dataclass(frozen=True, slots=True)
class StakeholderFact:
    """A stakeholder as plans and briefs name them; ``number`` is what they keep."""

    number: int
    name: str
    department: str
    kind: AskerKind
    interest: Interest
    influence: int
    stance: int
    question: Words


def keep_cover(acting: Acting, wishes: Sequence[CoverWish]) -> None:
    """Write down the whole cover: what is not wished for any more ends today.

    Hours or parts that change end the old agreement and begin a new one, so that since when an
    ability is uncovered can be told later. Doing it twice changes nothing.
    """
    must_write(acting)
    with transaction.atomic():
        for wish in wishes:
            _must_fit(acting, wish)
        wanted = {(wish.member, wish.ability): wish for wish in wishes}
        _must_name_once(wishes, len(wanted))
        agreed = CoverRow.objects.filter(member__community=acting.community, until=None)
        changed = False
        for row in agreed.select_related("member"):
            asked = wanted.pop((row.member_id, row.ability), None)
            changed |= _changed(acting, row, wish=asked)
        for wish in wanted.values():
            _begin(acting, wish)
        if changed or wanted:
            note(acting, "keep cover", about=f"{len(wishes)}")


def _must_fit(acting: Acting, wish: CoverWish) -> None:
    """Raise ``InvalidChoice`` or ``UnknownName`` unless the wish speaks of what there is."""
    if wish.ability not in ABILITY_KEYS:
        raise InvalidChoice(
            Words("その能力はありません。", "There is no such ability."),
            Words("一覧から選んでください。", "Choose one of the list."),
            place=wish.ability,
        )
    member_numbered(acting, wish.member)
    whole(wish.hours, most=MOST_HOURS)
    for day in (wish.last_used, wish.since):
        if day is not None:
            not_later(acting, day)


def _must_name_once(wishes: Sequence[CoverWish], count: int) -> None:
    """Raise ``InvalidChoice`` where somebody stands twice at one ability."""
    if count < len(wishes):
        raise InvalidChoice(
            Words("同じ能力に同じ人が二度あります。", "Somebody stands twice at the same ability."),
            Words("ひとり一行にしてください。", "Give everybody one line."),
        )


def _changed(acting: Acting, row: CoverRow, *, wish: CoverWish | None) -> bool:
    """Bring one agreement to what is wished; say whether anything changed."""
    today = today_in(acting)
    if wish is None:
        _end(row, today)
        return True
    if (row.part, row.hours) == (wish.part.value, wish.hours):
        if row.last_used == wish.last_used:
            return False
        row.last_used = wish.last_used
        row.save()
        return True
    since = row.since if row.since >= today else today
    _end(row, today)
    _write(wish, since=since)
    return True


def _end(row: CoverRow, today: date) -> None:
    """End an agreement; one made today never was."""
    if row.since >= today:
        row.delete()
    else:
        row.until = today
        row.save()


def _begin(acting: Acting, wish: CoverWish) -> None:
    _write(wish, since=wish.since or today_in(acting))


def _write(wish: CoverWish, *, since: date) -> None:
    CoverRow.objects.create(
        member_id=wish.member,
        ability=wish.ability,
        part=wish.part.value,
        hours=wish.hours,
        last_used=wish.last_used,
        since=since,
    )


def cover_facts(acting: Acting) -> CoverFacts:
    """Return the team's hours, names and cover as they stand today."""
    today = today_in(acting)
    team = team_of(acting)
    there = team.there(today)
    known = [one.hours for one in there if one.hours is not None]
    managing = [one.hours for one in there if one.function is Function.MANAGER]
    managers_known = [hours for hours in managing if hours is not None]
    return CoverFacts(
        is_written=bool(there),
        names=tuple(one.name for one in there),
        managers=_named(team, Function.MANAGER, today=today),
        deputies=_named(team, Function.DEPUTY, today=today),
        hours=sum(known) if known else None,
        without_hours=tuple(one.name for one in there if one.hours is None),
        manager_hours=sum(managers_known) if managers_known else None,
        abilities=covers_of(team, today),
        gaps=tuple(gap.sentence for gap in gaps_of(team, today)),
        isolation=isolation_of(facts_of(acting), today) if is_released(acting) else None,
    )


def _named(team: Team, function: Function, *, today: date) -> tuple[str, ...]:
    return tuple(one.name for one in team.there(today) if one.function is function)


def stakeholder_facts(acting: Acting) -> tuple[StakeholderFact, ...]:
    """Return every stakeholder, those whose word weighs most first."""
    rows = StakeholderRow.objects.filter(community=acting.community)
    return tuple(
        StakeholderFact(
            number=row.pk,
            name=row.name,
            department=row.department,
            kind=AskerKind(row.kind),
            interest=Interest(row.interest),
            influence=row.influence,
            stance=row.stance,
            question=question_of(row),
        )
        for row in rows.order_by("-influence", "pk")
    )


def question_of(row: StakeholderRow) -> Words:
    """Return the question behind the question: their own where it is known, else their kind's.

    A question noted in one language is shown in both.
    """
    if row.question_ja or row.question_en:
        return Words(row.question_ja or row.question_en, row.question_en or row.question_ja)
    return ASKERS[AskerKind(row.kind)].question


def cover_rows(acting: Acting) -> list[CoverRow]:
    """Return what is agreed now, in the order in which it was written down."""
    members = TeamMemberRow.objects.filter(community=acting.community, until=None)
    rows = CoverRow.objects.filter(member__in=members, until=None)
    return list(rows.select_related("member").order_by("ability", "pk"))
