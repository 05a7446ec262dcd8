"""Attendance that an earlier release delivered whole is told from spells."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from jibungoto.engine.whole_attendance import holds_attendance


def part(folder: Path, kind: str) -> str:
    with duckdb.connect() as con:
        con.execute(f"copy (select '{kind}' as kind) to '{folder / kind}.parquet' (format parquet)")
    return f"{kind}.parquet"


@pytest.mark.parametrize(
    ("kind", "is_older"),
    [("attendance", True), ("glimpse", True), ("spell", False), ("registration", False)],
)
def test_only_attendance_as_such_is_of_an_earlier_release(
    tmp_path: Path, kind: str, is_older: bool
) -> None:
    assert holds_attendance(tmp_path, [part(tmp_path, kind)]) is is_older


def test_what_cannot_be_read_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "cut.parquet").write_bytes(b"PAR1")
    assert not holds_attendance(tmp_path, ["cut.parquet", part(tmp_path, "attendance")])
    assert not holds_attendance(tmp_path, ["gone.parquet"])
    assert not holds_attendance(tmp_path, [])
