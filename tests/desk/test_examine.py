"""The doctor finds a missing file, a file cut short and a wrong sum, and makes copies again."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import msgspec
import pytest

from jibungoto.desk.acting import Acting
from jibungoto.desk.gather.current import newest_of
from jibungoto.desk.house.examine import examine
from jibungoto.desk.house.older import without_spells
from jibungoto.engine.manifest import encode
from jibungoto.records.home import log_folder
from jibungoto.records.models import IntakeRow, LogVersionRow
from tests.desk.making import official
from tests.gather.slack_made import AN, said

if TYPE_CHECKING:
    from tests.desk.conftest import BringIn


@pytest.fixture
def folder(bring_in: BringIn, acting: Acting, tmp_path: Path) -> Path:
    """Return the folder of a log with one intake."""
    bring_in(official(tmp_path / "a", [said(AN, 60)]))
    return log_folder(acting.community.slug)


def found(acting: Acting) -> list[bool]:
    return [check.is_sound for check in examine(acting.community)]


def some_part(acting: Acting, folder: Path) -> Path:
    _, manifest = newest_of(acting.community)
    return folder / min(manifest.paths())


def test_a_fresh_log_is_sound(acting: Acting, folder: Path) -> None:
    assert found(acting) == [True] * 8


def test_an_empty_community_is_sound(acting: Acting) -> None:
    assert found(acting) == [True] * 8


def test_a_missing_file_is_found(acting: Acting, folder: Path) -> None:
    some_part(acting, folder).unlink()
    assert found(acting) == [False, *[True] * 7]


def test_a_file_cut_short_is_found(acting: Acting, folder: Path) -> None:
    part = some_part(acting, folder)
    part.write_bytes(part.read_bytes()[:-7])
    assert found(acting)[0] is False
    part.write_bytes(b"")
    assert found(acting)[0] is False


def test_the_copy_of_the_manifest_is_made_again(acting: Acting, folder: Path) -> None:
    copy = folder / "manifest.json"
    whole = copy.read_bytes()
    for wrong in (b"{}", None):
        copy.unlink() if wrong is None else copy.write_bytes(wrong)
        assert examine(acting.community)[2].remark.en == "It was made again."
        assert copy.read_bytes() == whole
    assert examine(acting.community)[2].remark.en == "It is current."


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
def test_a_home_that_others_can_read_is_found(acting: Acting, home: Path) -> None:
    home.chmod(0o755)
    assert found(acting)[-1] is False


def test_a_sum_that_is_wrong_is_found(acting: Acting, folder: Path) -> None:
    IntakeRow.objects.update(read=99)
    wrong = examine(acting.community)[1]
    assert not wrong.is_sound
    assert wrong.remark.en.startswith("Intake 1 does not add up.")


def test_attendance_that_an_earlier_release_kept_whole_is_named(
    acting: Acting, folder: Path
) -> None:
    """A delivery of Zoom with attendance in it, as there are none any more."""
    version, manifest = newest_of(acting.community)
    (delivery,) = manifest.deliveries
    assert version is not None
    older = msgspec.structs.replace(delivery, source="zoom")
    text = encode(msgspec.structs.replace(manifest, deliveries=(older,))).decode()
    LogVersionRow.objects.filter(pk=version).update(manifest=text)
    assert without_spells(acting.community) == []
    for part in older.months[0].files.activity:
        path = str(folder / part.path)
        with duckdb.connect() as con:
            con.execute(f"create table held as select * from '{path}'")
            con.execute("update held set kind = 'attendance'")
            con.execute(f"copy held to '{path}' (format parquet)")
    assert without_spells(acting.community) == [1]
    remarks = [check.remark.en for check in examine(acting.community) if check.is_sound]
    assert any(one.startswith("Minutes in 1 are not united") for one in remarks)
