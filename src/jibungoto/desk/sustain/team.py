"""Writing down the team: who belongs to it, what for, and with how many hours a month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from jibungoto.desk.acting import Acting, must_write, note
from jibungoto.desk.days import today_in
from jibungoto.desk.reading import read_once
from jibungoto.desk.sustain.entered import a_name, member_numbered, not_later, whole
from jibungoto.records.models import CoverRow, TeamMemberRow
from jibungoto.sustain.team import MOST_HOURS, Cover, Function, Part, Team, TeamMember


@dataclass(frozen=True, slots=True)
class MemberWish:
    """A member as somebody wants them kept; ``number`` None is somebody new.

    ``since`` is only heard of somebody new, and None means today.
    """

    name: str
    function: Function
    hours: int | None = None
    number: int | None = None
    since: date | None = None


def members(acting: Acting) -> list[TeamMemberRow]:
    """Return who is in the team now, managers first."""
    order = [one.value for one in Function]
    rows = TeamMemberRow.objects.filter(community=acting.community, until=None)
    return sorted(rows, key=lambda row: (order.index(row.function), row.pk))


@read_once
def team_of(acting: Acting) -> Team:
    """Return everybody who is or was in the team, and everything they have agreed to."""
    rows = TeamMemberRow.objects.filter(community=acting.community).order_by("pk")
    covers = CoverRow.objects.filter(member__community=acting.community).order_by("pk")
    return Team(
        members=tuple(
            TeamMember(
                row.pk, row.name, Function(row.function), row.hours, row.since, until=row.until
            )
            for row in rows
        ),
        covers=tuple(
            Cover(
                ability=row.ability,
                member=row.member_id,
                part=Part(row.part),
                hours=row.hours,
                since=row.since,
                until=row.until,
                last_used=row.last_used,
            )
            for row in covers
        ),
    )


def keep_member(acting: Acting, wish: MemberWish) -> TeamMemberRow:
    """Write down a member, or what has changed of one; doing it twice changes nothing."""
    must_write(acting)
    hours = whole(wish.hours, most=MOST_HOURS)
    since = not_later(acting, wish.since or today_in(acting))
    with transaction.atomic():
        if wish.number is None:
            row = TeamMemberRow(community=acting.community, since=since)
        else:
            row = member_numbered(acting, wish.number)
        told = (a_name(wish.name), wish.function.value, hours)
        if wish.number is None or told != (row.name, row.function, row.hours):
            row.name, row.function, row.hours = told
            row.save()
            note(acting, "keep team member", about=row.name)
    return row


def keep_members(
    acting: Acting, wishes: Sequence[MemberWish], *, leaving: Sequence[int] = ()
) -> None:
    """Write down several at once, all or none; those who leave are taken off."""
    with transaction.atomic():
        for wish in wishes:
            keep_member(acting, wish)
        for number in leaving:
            drop_member(acting, number)


def drop_member(acting: Acting, number: int) -> None:
    """Take somebody off the team, and end what they had agreed to.

    Who was written down today leaves no trace; of others the past is kept.
    """
    must_write(acting)
    today = today_in(acting)
    with transaction.atomic():
        row = member_numbered(acting, number)
        row.covers.filter(until=None, since=today).delete()
        row.covers.filter(until=None).update(until=today)
        if row.since >= today:
            row.delete()
        else:
            row.until = today
            row.save()
        note(acting, "drop team member", about=row.name)
