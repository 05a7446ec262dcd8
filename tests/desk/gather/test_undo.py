"""Undoing: the log and the names are as if the delivery had never come in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from jibungoto.desk.acting import Acting
from jibungoto.desk.gather.undo import ask_to_undo, undo, undo_next
from jibungoto.desk.understand.refresh import refresh
from jibungoto.ledger.problems import InvalidChoice, NotAllowed, UnknownName
from jibungoto.records.models import AuditRow, IntakeState
from tests.desk.making import ROOT, maps_export, post
from tests.desk.seeing import log_of, names_of

if TYPE_CHECKING:
    from tests.desk.conftest import BringIn


def test_undoing_takes_back_a_later_name_too(
    bring_in: BringIn, acting: Acting, tmp_path: Path
) -> None:
    bring_in(maps_export(tmp_path / "a", [post(ROOT)], name="Aki"))
    before = names_of(acting)
    later = bring_in(maps_export(tmp_path / "b", [post(ROOT)], name="Akiko"))
    assert names_of(acting) != before

    undo(acting, later.number)
    assert names_of(acting) == before


def test_undoing_everything_leaves_nobody_and_nothing(
    bring_in: BringIn, acting: Acting, tmp_path: Path
) -> None:
    row = bring_in(maps_export(tmp_path / "a", [post(ROOT)]))
    undo(acting, row.number)

    assert log_of(acting) == {"activity": [], "tie": []}
    assert names_of(acting) == {"handles": [], "initiatives": []}
    assert not acting.community.people.exists()


def test_undoing_twice_is_refused_with_a_clear_word(
    bring_in: BringIn, acting: Acting, tmp_path: Path
) -> None:
    row = bring_in(maps_export(tmp_path / "a", [post(ROOT)]))
    undo(acting, row.number)

    with pytest.raises(InvalidChoice, match="cannot be undone now"):
        undo(acting, row.number)
    with pytest.raises(UnknownName, match="There is no intake 99"):
        undo(acting, 99)


def test_undoing_takes_the_repeated_deliveries_along(
    bring_in: BringIn, acting: Acting, tmp_path: Path
) -> None:
    first = bring_in(maps_export(tmp_path / "a", [post(ROOT)]))
    again = bring_in(maps_export(tmp_path / "b", [post(ROOT)]))
    assert again.same_as == first
    undo(acting, first.number)
    states = acting.community.intakes.values_list("state", flat=True)
    assert list(states) == [IntakeState.UNDONE] * 2


def test_undoing_a_repeated_delivery_leaves_the_first(
    bring_in: BringIn, acting: Acting, tmp_path: Path
) -> None:
    bring_in(maps_export(tmp_path / "a", [post(ROOT)]))
    before = log_of(acting)
    undo(acting, bring_in(maps_export(tmp_path / "b", [post(ROOT)])).number)
    states = acting.community.intakes.order_by("number").values_list("state", flat=True)
    assert list(states) == [IntakeState.IN, IntakeState.UNDONE]
    assert log_of(acting) == before
    assert refresh(acting.community) is not None


def test_what_was_asked_for_is_carried_out_once_and_leaves_its_line(
    bring_in: BringIn, acting: Acting, tmp_path: Path
) -> None:
    row = bring_in(maps_export(tmp_path / "a", [post(ROOT)]))
    assert ask_to_undo(acting, row.number).state == IntakeState.UNDOING
    assert log_of(acting)["activity"]
    assert [undo_next(), undo_next()] == [True, False]
    assert log_of(acting) == {"activity": [], "tie": []}
    assert AuditRow.objects.filter(verb="undo", about="a").count() == 1


def test_what_was_undone_can_come_in_again(
    bring_in: BringIn, acting: Acting, tmp_path: Path
) -> None:
    path = maps_export(tmp_path / "a", [post(ROOT)])
    row = bring_in(path)
    before = log_of(acting), names_of(acting)
    undo(acting, row.number)
    again = bring_in(path)
    assert (again.state, again.new, again.same_as) == (IntakeState.IN, 1, None)
    assert (log_of(acting), names_of(acting)) == before


def test_whoever_may_not_write_undoes_nothing(
    bring_in: BringIn, acting: Acting, tmp_path: Path
) -> None:
    row = bring_in(maps_export(tmp_path / "a", [post(ROOT)]))
    reader = Acting(acting.community, "reader")  # type: ignore[arg-type]  # no such role yet
    with pytest.raises(NotAllowed):
        undo(reader, row.number)
    row.refresh_from_db()
    assert row.state == IntakeState.IN
