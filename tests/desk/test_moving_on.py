"""Answers of one version after another move one roll on, and end where a fresh one would."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db.models import F

from jibungoto.desk.acting import Acting
from jibungoto.desk.people.staff import answer as answer_staff
from jibungoto.desk.understand import keep
from jibungoto.desk.understand.refresh import refresh
from jibungoto.engine import standings
from jibungoto.records.models import AnswerRow, FindingRow, RollRow, StandingRow
from tests.desk.making import official
from tests.desk.memory import Memory
from tests.gather.slack_made import AN, BO, said

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from tests.desk.conftest import BringIn

POSTS = [said(AN, 60), said(BO, 3 * 86_400)]
MORE = [*POSTS, said(AN, 40 * 86_400), said(AN, 41 * 86_400)]


def standing_rows(roll: RollRow) -> list[dict[str, object]]:
    rows = StandingRow.objects.filter(roll=roll).order_by("person__number").values()
    return [{k: v for k, v in row.items() if k not in {"id", "roll_id"}} for row in rows]


def finding_rows(answer: AnswerRow) -> list[dict[str, object]]:
    rows = FindingRow.objects.filter(answer=answer).order_by("measure", "part", "as_of").values()
    return [{k: v for k, v in row.items() if k not in {"id", "answer_id"}} for row in rows]


@pytest.fixture
def answered(
    bring_in: BringIn, acting: Acting, tmp_path: Path, memory: Memory, home: Path
) -> Acting:
    """Return the administrator of a community that was answered for, and then grew."""

    def make() -> None:
        bring_in(official(tmp_path / "a", POSTS))
        refresh(acting.community)
        bring_in(official(tmp_path / "b", MORE))

    memory.made(acting, home, make)
    return acting


def test_a_new_version_moves_the_roll_on_to_what_a_fresh_one_holds(answered: Acting) -> None:
    moved = refresh(answered.community)
    roll = RollRow.objects.get()
    assert moved is not None and moved.roll == roll and roll.moves == 1
    assert AnswerRow.objects.filter(roll=roll).count() == 2
    stood, found = standing_rows(roll), finding_rows(moved)
    AnswerRow.objects.all().delete()
    fresh = refresh(answered.community)
    assert fresh is not None and fresh.roll != roll
    assert standing_rows(fresh.roll) == stood
    assert finding_rows(fresh) == found


def test_only_rows_that_differ_are_written(
    answered: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    StandingRow.objects.update(acts=F("acts") + 1_000)  # as no row is whose digest is the same
    refresh(answered.community)
    untouched = StandingRow.objects.filter(acts__gt=1_000).values_list("person__name", flat=True)
    assert "an" not in untouched and StandingRow.objects.filter(person__name="an").exists()


def test_marking_staff_moves_the_roll_on_too(answered: Acting) -> None:
    refresh(answered.community)
    (number,) = StandingRow.objects.filter(person__name="an").values_list(
        "person__number", flat=True
    )
    answer_staff(answered, [number])
    moved = refresh(answered.community)
    assert moved is not None and RollRow.objects.get().moves == 2
    assert moved.standings.get(person__name="an").kind == "staff"


def test_who_comes_second_leaves_the_roll_alone_and_writes_one_of_their_own(
    answered: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overtaken(con: DuckDBPyConnection, kept: dict[int, int]) -> standings.Changed:
        RollRow.objects.update(moves=F("moves") + 1)
        return standings.changed(con, kept)

    monkeypatch.setattr("jibungoto.desk.understand.refresh.changed", overtaken)
    second = refresh(answered.community)
    assert second is not None and RollRow.objects.count() == 2
    assert second.roll == RollRow.objects.latest("pk")


def test_findings_that_hold_are_copied_from_the_answer_before_while_it_is_there(
    answered: Acting,
) -> None:
    before = AnswerRow.objects.get()
    held = list(FindingRow.objects.filter(answer=before).order_by("as_of", "pk"))
    day, said_anew = held[0].as_of, held[0].pk
    given = keep.Answered([], [], [], [], keep.Carried(before.pk, (day,), frozenset({said_anew})))

    told = AnswerRow.objects.values().get()
    another = AnswerRow(**{name: value for name, value in told.items() if name != "id"})
    rows = [row for row in finding_rows(before) if row["as_of"] == day]
    copied = finding_rows(keep.keep(another, given, before=before, differing=unmoved))
    assert len(copied) == len(rows) - 1 and all(row in rows for row in copied)
    AnswerRow.objects.filter(pk=before.pk).delete()
    with pytest.raises(keep.AnswerGone):
        keep.keep(another, given, before=None, differing=unmoved)


def unmoved(_kept: dict[int, int]) -> standings.Changed:
    """Say that everybody stands where they stood."""
    return standings.Changed([], [])


def test_where_most_stand_elsewhere_a_roll_of_its_own_is_written(
    answered: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keep, "MOVED_AT_MOST", 0)
    first = RollRow.objects.get()
    fresh = refresh(answered.community)
    assert fresh is not None and fresh.roll != first


def test_an_answer_for_another_day_has_a_roll_of_its_own(answered: Acting) -> None:
    newest = refresh(answered.community)
    assert newest is not None
    earlier = refresh(answered.community, AnswerRow.objects.earliest("pk").as_of)
    assert earlier is not None and earlier.roll != newest.roll
    assert RollRow.objects.get(pk=newest.roll_id).moves == 1
