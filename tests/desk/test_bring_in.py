"""Bringing in, undoing and refusing, on small exports the test writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from jibungoto.desk.acting import Acting
from jibungoto.desk.gather.undo import undo
from jibungoto.ledger.problems import InvalidChoice, UnknownName
from jibungoto.records.models import IntakeState
from tests.desk.seeing import log_of, names_of

if TYPE_CHECKING:
    from tests.desk.conftest import BringIn

ROOT = "1700000000.000100"


def slack(folder: Path, posts: list[dict[str, Any]], *, name: str = "Aki") -> Path:
    """Write a Slack export of one channel and two people."""
    people = [
        {"id": "U1", "name": "aki", "profile": {"display_name": name}},
        {"id": "U2", "name": "mio", "profile": {"display_name": "Mio"}},
    ]
    channel = {"id": "C1", "name": "maps", "created": 1_600_000_000, "creator": "U1"}
    (folder / "maps").mkdir(parents=True)
    (folder / "users.json").write_text(json.dumps(people))
    (folder / "channels.json").write_text(json.dumps([channel]))
    (folder / "maps" / "2023-11-14.json").write_text(json.dumps(posts))
    return folder


def post(ts: str, text: str = "hello", **more: Any) -> dict[str, Any]:
    """Return one message by U1."""
    return {"type": "message", "user": "U1", "ts": ts, "text": text, **more}


def test_an_edit_in_a_later_export_is_a_later_version(
    bring_in: BringIn, acting: Acting, tmp_path: Path
) -> None:
    bring_in(slack(tmp_path / "a", [post(ROOT, "short")]))
    edited = {"user": "U1", "ts": "1700000900.000000"}
    row = bring_in(slack(tmp_path / "b", [post(ROOT, "a longer text", edited=edited)]))

    assert (row.new, row.updated, row.unchanged) == (0, 1, 0)
    message = next(row for row in log_of(acting)["activity"] if "message" in row)
    assert 13 in message and 2 in message


def test_a_reaction_taken_away_is_gone(bring_in: BringIn, acting: Acting, tmp_path: Path) -> None:
    liked = [{"name": "tada", "users": ["U2"], "count": 1}]
    bring_in(slack(tmp_path / "a", [post(ROOT, reactions=liked)]))
    assert any("reaction" in row for row in log_of(acting)["activity"])

    bring_in(slack(tmp_path / "b", [post(ROOT)]))
    assert not any("reaction" in row for row in log_of(acting)["activity"])


def test_absence_from_a_later_export_is_no_deletion_but_a_tombstone_is(
    bring_in: BringIn, acting: Acting, tmp_path: Path
) -> None:
    other = "1700000100.000100"
    bring_in(slack(tmp_path / "a", [post(ROOT), post(other)]))
    bring_in(slack(tmp_path / "b", [post(other)]))
    assert sum("message" in row for row in log_of(acting)["activity"]) == 2

    row = bring_in(slack(tmp_path / "c", [post(ROOT, subtype="tombstone")]))
    assert (row.updated, row.left_out) == (1, 0)
    assert sum("message" in row for row in log_of(acting)["activity"]) == 1


def test_undoing_takes_back_a_later_name_too(
    bring_in: BringIn, acting: Acting, tmp_path: Path
) -> None:
    bring_in(slack(tmp_path / "a", [post(ROOT)], name="Aki"))
    before = names_of(acting)
    later = bring_in(slack(tmp_path / "b", [post(ROOT)], name="Akiko"))
    assert names_of(acting) != before

    undo(acting, later.number)
    assert names_of(acting) == before


def test_undoing_everything_leaves_nobody_and_nothing(
    bring_in: BringIn, acting: Acting, tmp_path: Path
) -> None:
    row = bring_in(slack(tmp_path / "a", [post(ROOT)]))
    undo(acting, row.number)

    assert log_of(acting) == {"activity": [], "tie": []}
    assert names_of(acting) == {"handles": [], "initiatives": []}
    assert not acting.community.people.exists()


def test_undoing_twice_is_refused_with_a_clear_word(
    bring_in: BringIn, acting: Acting, tmp_path: Path
) -> None:
    row = bring_in(slack(tmp_path / "a", [post(ROOT)]))
    undo(acting, row.number)

    with pytest.raises(InvalidChoice, match="cannot be undone now"):
        undo(acting, row.number)
    with pytest.raises(UnknownName, match="There is no intake 99"):
        undo(acting, 99)


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
    row = bring_in(slack(tmp_path / "a", [post(ROOT), post("yesterday")]))

    assert (row.read, row.new, row.refused) == (2, 1, 1)
    (refusal,) = row.refusals.all()
    assert refusal.place == "maps/2023-11-14.json, record 2"


def test_an_upload_is_deleted_once_it_is_in(acting: Acting, tmp_path: Path) -> None:
    import shutil

    from jibungoto.desk.gather.carry_out import carry_out
    from jibungoto.desk.gather.claim import claimed
    from jibungoto.desk.gather.queue import receive

    folder = slack(tmp_path / "a", [post(ROOT)])
    archive = Path(shutil.make_archive(str(tmp_path / "export"), "zip", folder))
    intake = receive(acting, "../../export.zip", chunks=[archive.read_bytes()])
    kept = Path(intake.path)
    assert (kept.name, intake.name) == ("upload.zip", "export.zip") and kept.exists()

    claim = claimed(intake)
    assert claim is not None
    assert carry_out(claim).state == IntakeState.IN
    assert not kept.exists()
