"""Somebody asks not to be counted: no stage, no suggestion, and later exports leave them out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from jibungoto.desk.acting import Acting
from jibungoto.desk.gather.undo import undo
from jibungoto.desk.people.look_up import PeopleFilter, people
from jibungoto.desk.people.opt_out import opt_in, opt_out
from jibungoto.desk.understand.refresh import refresh
from jibungoto.records.models import PersonRow
from tests.desk.making import maps_export, post
from tests.desk.seeing import log_of

if TYPE_CHECKING:
    from tests.desk.conftest import BringIn

FIRST, LATER = "1700000000.000100", "1700000900.000100"


def stages(acting: Acting) -> dict[str, tuple[int, bool]]:
    """Return everybody's stage and whether they opted out, by name."""
    refresh(acting.community)
    rows = people(acting, PeopleFilter(kind=""))
    return {row.person.name: (row.stage, row.is_opted_out) for row in rows}


def test_who_opted_out_has_no_stage_and_gets_it_back_on_their_wish(
    bring_in: BringIn, acting: Acting, tmp_path: Path
) -> None:
    bring_in(maps_export(tmp_path / "a", [post(FIRST)]))
    aki = PersonRow.objects.get(name="Aki")
    assert stages(acting)["Aki"] == (1, False)

    opt_out(acting, aki.number)
    assert stages(acting)["Aki"] == (0, True)

    opt_in(acting, aki.number)
    assert stages(acting)["Aki"] == (1, False)


def test_what_they_do_in_a_later_export_is_left_out_and_said_so(
    bring_in: BringIn, acting: Acting, tmp_path: Path
) -> None:
    bring_in(maps_export(tmp_path / "a", [post(FIRST)]))
    opt_out(acting, PersonRow.objects.get(name="Aki").number)

    row = bring_in(maps_export(tmp_path / "b", [post(FIRST), post(LATER), post(LATER, user="U2")]))

    assert (row.read, row.new, row.left_out, row.repeated) == (3, 0, 2, 1)
    assert [left.reason_en for left in row.leavings.all()] == [
        "by somebody who asked not to be recorded"
    ] * 2
    told = [activity for activity in log_of(acting)["activity"] if "message" in activity]
    assert [any(str(one).startswith("somebody/") for one in row) for row in told].count(False) == 1


def test_the_wish_outlives_the_export_that_brought_them(
    bring_in: BringIn, acting: Acting, tmp_path: Path
) -> None:
    first = bring_in(maps_export(tmp_path / "a", [post(FIRST)]))
    opt_out(acting, PersonRow.objects.get(name="Aki").number)
    undo(acting, first.number)
    assert not acting.community.people.exists()

    again = bring_in(maps_export(tmp_path / "b", [post(FIRST), post(LATER, user="U2")]))
    assert (again.read, again.new, again.left_out) == (2, 1, 1)
    assert [person.name for person in acting.community.people.all()] == ["Mio"]


def test_who_is_counted_again_is_taken_in_again(
    bring_in: BringIn, acting: Acting, tmp_path: Path
) -> None:
    bring_in(maps_export(tmp_path / "a", [post(FIRST)]))
    number = PersonRow.objects.get(name="Aki").number
    opt_out(acting, number)
    opt_in(acting, number)
    assert bring_in(maps_export(tmp_path / "b", [post(LATER)])).new == 1
    assert not acting.community.refused.exists()


def test_asking_twice_changes_nothing(bring_in: BringIn, acting: Acting, tmp_path: Path) -> None:
    bring_in(maps_export(tmp_path / "a", [post(FIRST)]))
    number = PersonRow.objects.get(name="Aki").number
    first = opt_out(acting, number).opted_out_at
    assert opt_out(acting, number).opted_out_at == first
