"""Noting that somebody was talked to: once a day, private, and for a while Today is quiet."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from jibungoto.desk.acting import Acting
from jibungoto.desk.people.touch import QUIET_FOR, person_numbered, take_back, touch
from jibungoto.ledger.problems import UnknownName
from jibungoto.records.models import AuditRow, PersonRow, TouchKind, TouchRow
from jibungoto.understand.today import MET_DAYS, NOT_NOW_DAYS

if TYPE_CHECKING:
    from jibungoto.records.models import CommunityRow

DAY = date(2026, 5, 1)


@pytest.fixture
def aki(acting: Acting) -> int:
    """Return the number of the only person there is."""
    return PersonRow.objects.create(community=acting.community, number=7, name="あき").number


@pytest.mark.parametrize(
    ("kind", "days"),
    [
        pytest.param(TouchKind.TALKED, MET_DAYS, id="talked"),
        pytest.param(TouchKind.NOT_NOW, NOT_NOW_DAYS, id="not now"),
    ],
)
def test_twice_on_one_day_changes_nothing(
    acting: Acting, aki: int, kind: TouchKind, days: int
) -> None:
    first = touch(acting, aki, kind=kind, day=DAY)
    again = touch(acting, aki, kind=kind, day=DAY)
    assert first == again
    assert first.until == DAY + timedelta(days=days) == DAY + timedelta(days=QUIET_FOR[kind])
    assert TouchRow.objects.count() == AuditRow.objects.filter(verb=kind.value).count() == 1


def test_the_next_day_and_the_other_kind_are_notes_of_their_own(acting: Acting, aki: int) -> None:
    touch(acting, aki, kind=TouchKind.TALKED, day=DAY)
    touch(acting, aki, kind=TouchKind.NOT_NOW, day=DAY)
    touch(acting, aki, kind=TouchKind.TALKED, day=DAY + timedelta(days=1))
    assert TouchRow.objects.count() == 3


def test_a_note_made_by_mistake_is_taken_back_alone(acting: Acting, aki: int) -> None:
    touch(acting, aki, kind=TouchKind.TALKED, day=DAY)
    touch(acting, aki, kind=TouchKind.NOT_NOW, day=DAY)
    take_back(acting, aki, kind=TouchKind.TALKED, day=DAY)
    take_back(acting, aki, kind=TouchKind.TALKED, day=DAY)
    assert [row.kind for row in TouchRow.objects.all()] == [TouchKind.NOT_NOW]


def test_nobody_of_another_community_is_found(acting: Acting, aki: int) -> None:
    from jibungoto.desk.acting import administrator
    from jibungoto.desk.house.begin import Beginning, begin

    other: CommunityRow = begin(Beginning("other"))
    with pytest.raises(UnknownName):
        person_numbered(administrator(other), aki)
