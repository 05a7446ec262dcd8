"""Sweeping: what is named stays, what is young stays, what is old and unnamed goes."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils import timezone

from jibungoto.desk.acting import Acting
from jibungoto.desk.gather.current import current_log, newest_of
from jibungoto.desk.gather.queue import receive
from jibungoto.desk.gather.undo import undo
from jibungoto.desk.house.examine import examine
from jibungoto.desk.house.sweep import sweep, sweep_all
from jibungoto.records.home import log_folder, upload_folder
from jibungoto.records.models import LogVersionRow
from tests.desk.making import official
from tests.gather.slack_made import AN, BO, said

if TYPE_CHECKING:
    from tests.desk.conftest import BringIn

TWO_DAYS_AGO = time.time() - 2 * 86_400


def aged(folder: Path) -> None:
    """Make everything below a folder two days old."""
    for file in [*folder.rglob("*"), folder]:
        os.utime(file, (TWO_DAYS_AGO, TWO_DAYS_AGO))


def parts(folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*.parquet")}


def test_only_old_files_that_no_version_names_go(
    bring_in: BringIn, acting: Acting, tmp_path: Path
) -> None:
    bring_in(official(tmp_path / "a", [said(AN, 60)]))
    folder = log_folder(acting.community.slug)
    current_log(acting.community)
    stray = folder / "months" / "stray.parquet"
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"")
    before = parts(folder)
    assert sweep(acting.community) == 0  # it is young: an intake may be writing it
    assert parts(folder) == before

    aged(folder)
    assert sweep(acting.community) == 1
    assert parts(folder) == before - {"months/stray.parquet"}
    assert sweep(acting.community) == 0
    assert [check.is_sound for check in examine(acting.community)] == [True] * 8


def test_what_was_undone_goes_a_day_later_and_the_rest_stays(
    bring_in: BringIn, acting: Acting, tmp_path: Path
) -> None:
    gone = bring_in(official(tmp_path / "a", [said(AN, 60)]))
    bring_in(official(tmp_path / "b", [said(BO, 90)]))
    undo(acting, gone.number)
    folder = log_folder(acting.community.slug)
    aged(folder)
    sweep(acting.community)
    _, manifest = newest_of(acting.community)
    assert manifest.paths() < parts(folder)  # yesterday's readers may still read older versions

    LogVersionRow.objects.update(made_at=timezone.now() - timedelta(days=2))
    sweep(acting.community)
    _, manifest = newest_of(acting.community)
    assert {name for name in parts(folder) if not name.startswith("facts/")} == manifest.paths()
    assert acting.community.versions.count() == 1
    assert [check.is_sound for check in examine(acting.community)] == [True] * 8


def test_an_upload_that_waits_stays_and_a_forgotten_one_goes(acting: Acting) -> None:
    waiting = receive(acting, "export.zip", chunks=[b"PK"])
    forgotten = upload_folder() / "forgotten"
    forgotten.mkdir()
    (forgotten / "export.zip").write_bytes(b"PK")
    (upload_folder() / "tmp12345.upload.zip").write_bytes(b"what a server was receiving")
    assert sweep_all() == 0
    aged(upload_folder())
    assert sweep_all() == 2
    assert [folder.name for folder in upload_folder().iterdir()] == [Path(waiting.path).parent.name]
