"""Two real communities come in, twice, together, and one goes again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from jibungoto.desk.acting import Acting
from jibungoto.records.models import IntakeRow
from tests.desk.seeing import log_of, names_of

if TYPE_CHECKING:
    from tests.desk.conftest import BringIn

pytestmark = pytest.mark.real_inputs

HOUSTON = "slack-export-houston"
DD2030 = "dd2030-week"


def sums(row: IntakeRow) -> dict[str, int]:
    """Return the account of one intake."""
    names = ("read", "new", "updated", "unchanged", "repeated", "left_out", "refused")
    return {name: getattr(row, name) for name in names}


def test_houston_comes_in_whole(bring_in: BringIn, acting: Acting, real_inputs: Path) -> None:
    row = bring_in(real_inputs / HOUSTON)

    assert sums(row) == {
        "read": 1382,
        "new": 1382,
        "updated": 0,
        "unchanged": 0,
        "repeated": 0,
        "left_out": 0,
        "refused": 0,
    }
    kinds = [activity[5] for activity in log_of(acting)["activity"]]
    assert {kind: kinds.count(kind) for kind in ("join", "leave", "reaction")} == {
        "join": 320,
        "leave": 3,
        "reaction": 167,
    }
    assert len(names_of(acting)["handles"]) == 71
    assert len(names_of(acting)["initiatives"]) == 16


def test_a_week_of_dd2030_comes_in_with_its_copies_counted_once(
    bring_in: BringIn, acting: Acting, real_inputs: Path
) -> None:
    row = bring_in(real_inputs / DD2030)

    assert (row.read, row.new, row.repeated, row.left_out, row.refused) == (970, 944, 26, 0, 0)
    kinds = [activity[5] for activity in log_of(acting)["activity"]]
    assert (kinds.count("join"), kinds.count("reaction")) == (65, 1294)
    assert len(names_of(acting)["handles"]) == 88
    assert len(names_of(acting)["initiatives"]) == 18


@pytest.mark.parametrize("name", [HOUSTON, DD2030])
def test_the_same_export_again_brings_nothing_new(
    bring_in: BringIn, acting: Acting, real_inputs: Path, name: str
) -> None:
    first = bring_in(real_inputs / name)
    before = log_of(acting)
    again = bring_in(real_inputs / name)

    assert (again.new, again.updated, again.activities) == (0, 0, 0)
    assert (again.read, again.unchanged) == (first.read, first.new)
    assert log_of(acting) == before


@pytest.mark.parametrize(
    ("kept", "undone"), [(HOUSTON, DD2030), (DD2030, HOUSTON)], ids=["houston", "dd2030"]
)
def test_one_undone_leaves_exactly_the_other(
    bring_in: BringIn, acting: Acting, real_inputs: Path, kept: str, undone: str
) -> None:
    from jibungoto.desk.gather.undo import undo

    bring_in(real_inputs / kept)
    alone = (log_of(acting), names_of(acting))
    number = bring_in(real_inputs / undone).number

    undo(acting, number)

    assert (log_of(acting), names_of(acting)) == alone


def test_the_order_in_which_two_came_in_does_not_matter_after_undoing_the_first(
    bring_in: BringIn, acting: Acting, real_inputs: Path
) -> None:
    from jibungoto.desk.gather.undo import undo

    first = bring_in(real_inputs / HOUSTON)
    bring_in(real_inputs / DD2030)
    undo(acting, first.number)
    rest = (log_of(acting), names_of(acting))

    second = bring_in(real_inputs / HOUSTON)
    undo(acting, second.number)

    assert (log_of(acting), names_of(acting)) == rest
