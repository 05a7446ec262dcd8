"""Bringing in and refusing, on small exports the test writes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from jibungoto.desk.acting import Acting
from jibungoto.records.models import IntakeState
from tests.desk.making import ROOT, maps_export, post
from tests.desk.seeing import log_of

if TYPE_CHECKING:
    from tests.desk.conftest import BringIn


def test_an_edit_in_a_later_export_is_a_later_version(
    bring_in: BringIn, acting: Acting, tmp_path: Path
) -> None:
    bring_in(maps_export(tmp_path / "a", [post(ROOT, "short")]))
    edited = {"user": "U1", "ts": "1700000900.000000"}
    row = bring_in(maps_export(tmp_path / "b", [post(ROOT, "a longer text", edited=edited)]))

    assert (row.new, row.updated, row.unchanged) == (0, 1, 0)
    message = next(row for row in log_of(acting)["activity"] if "message" in row)
    assert 13 in message and 2 in message


def test_a_reaction_taken_away_is_gone(bring_in: BringIn, acting: Acting, tmp_path: Path) -> None:
    liked = [{"name": "tada", "users": ["U2"], "count": 1}]
    bring_in(maps_export(tmp_path / "a", [post(ROOT, reactions=liked)]))
    assert any("reaction" in row for row in log_of(acting)["activity"])

    bring_in(maps_export(tmp_path / "b", [post(ROOT)]))
    assert not any("reaction" in row for row in log_of(acting)["activity"])


def test_absence_from_a_later_export_is_no_deletion_but_a_tombstone_is(
    bring_in: BringIn, acting: Acting, tmp_path: Path
) -> None:
    other = "1700000100.000100"
    bring_in(maps_export(tmp_path / "a", [post(ROOT), post(other)]))
    bring_in(maps_export(tmp_path / "b", [post(other)]))
    assert sum("message" in row for row in log_of(acting)["activity"]) == 2

    row = bring_in(maps_export(tmp_path / "c", [post(ROOT, subtype="tombstone")]))
    assert (row.updated, row.left_out) == (1, 0)
    assert sum("message" in row for row in log_of(acting)["activity"]) == 1


def test_a_file_that_is_no_export_is_refused_and_changes_nothing(
    bring_in: BringIn, acting: Acting, tmp_path: Path
) -> None:
    (tmp_path / "notes.txt").write_text("not an export")
    row = bring_in(tmp_path / "notes.txt")

    assert row.state == IntakeState.REFUSED
    assert row.problem_en and row.problem_ja
    assert log_of(acting) == {"activity": [], "tie": []}


def test_a_broken_record_is_listed_with_its_place_and_the_rest_is_in(
    bring_in: BringIn, acting: Acting, tmp_path: Path
) -> None:
    row = bring_in(maps_export(tmp_path / "a", [post(ROOT), post("yesterday")]))

    assert (row.read, row.new, row.refused) == (2, 1, 1)
    (refusal,) = row.refusals.all()
    assert refusal.place == "maps/2023-11-14.json, record 2"


def test_an_upload_is_deleted_once_it_is_in(acting: Acting, tmp_path: Path) -> None:
    import shutil

    from jibungoto.desk.gather.carry_out import carry_out
    from jibungoto.desk.gather.claim import claimed
    from jibungoto.desk.gather.queue import receive

    folder = maps_export(tmp_path / "a", [post(ROOT)])
    archive = Path(shutil.make_archive(str(tmp_path / "export"), "zip", folder))
    intake = receive(acting, "../../export.zip", chunks=[archive.read_bytes()])
    kept = Path(intake.path)
    assert (kept.name, intake.name) == ("upload.zip", "export.zip") and kept.exists()

    claim = claimed(intake)
    assert claim is not None
    assert carry_out(claim).state == IntakeState.IN
    assert not kept.exists()
