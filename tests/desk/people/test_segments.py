"""How many a segment means is counted once, and anew as soon as anything it asks for changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jibungoto.desk.acting import Acting
from jibungoto.desk.people.affiliations import belong, leave_out
from jibungoto.desk.people.opt_out import opt_out
from jibungoto.desk.people.organisations import Called, found_organisation
from jibungoto.desk.people.segment_people import members
from jibungoto.desk.people.segments import size
from jibungoto.desk.understand.refresh import refresh
from jibungoto.records.models import PersonRow
from jibungoto.understand.segments import Segment
from tests.desk.conftest import BringIn
from tests.desk.making import maps_export, post
from tests.desk.memory import Memory

EVERYBODY = Segment()
OF_THE_HALL = Segment(organisation="town hall")


@pytest.fixture
def settled(
    acting: Acting, bring_in: BringIn, tmp_path: Path, memory: Memory, home: Path
) -> Acting:
    """Return somebody who acts in a community of two people, answered."""

    def make() -> None:
        bring_in(maps_export(tmp_path / "a", [post("1700000000.000100")]))
        refresh(acting.community)

    memory.made(acting, home, make)
    return acting


def counted(acting: Acting, rule: Segment) -> int:
    """Return the size, which must be that of the members."""
    told = size(acting, rule)
    assert told == members(acting, rule).count()
    return told


def test_a_second_page_does_not_count_again(settled: Acting) -> None:
    with CaptureQueriesContext(connection) as first:
        assert size(settled, EVERYBODY) == 2
    with CaptureQueriesContext(connection) as second:
        assert size(settled, EVERYBODY) == 2
    assert any("COUNT" in one["sql"] for one in first)
    assert not any("COUNT" in one["sql"] for one in second)


def test_new_answers_are_counted_anew(settled: Acting) -> None:
    assert counted(settled, EVERYBODY) == 2
    opt_out(settled, PersonRow.objects.get(name="Aki").number)
    refresh(settled.community)
    assert counted(settled, EVERYBODY) == 1


def test_what_is_said_of_people_counts_before_there_are_new_answers(settled: Acting) -> None:
    assert counted(settled, OF_THE_HALL) == 0
    hall = found_organisation(settled, Called(name_en="Town hall"))
    aki = PersonRow.objects.get(name="Aki").number
    belong(settled, hall.number, people=[aki])
    assert counted(settled, OF_THE_HALL) == 1
    leave_out(settled, hall.number, people=[aki])
    assert counted(settled, OF_THE_HALL) == 0


def test_two_rules_are_kept_apart(settled: Acting) -> None:
    assert counted(settled, Segment(stages=("speaking",))) == 0
    assert counted(settled, Segment(stages=("registered",))) == 1
    assert counted(settled, EVERYBODY) == 2
