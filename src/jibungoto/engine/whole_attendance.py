"""Attendance that was delivered whole, one record for each person, as an earlier release did."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jibungoto.engine.relations import STORED_ACTIVITY, connect, reading

_SQL = "select 1 from ({rows}) as told where kind in ('attendance', 'glimpse') limit 1"


def holds_attendance(folder: Path, paths: Sequence[str]) -> bool:
    """Say whether one of these files of a delivery holds attendance, not spells.

    A file that cannot be read says nothing: that it is damaged is another check's to say.
    """
    from duckdb import Error

    if not paths:
        return False
    con = connect("200MB", folder / "spill", threads=1)
    try:
        rows = reading(folder, paths, columns=STORED_ACTIVITY)
        return con.execute(_SQL.format(rows=rows)).fetchone() is not None
    except Error:
        return False
    finally:
        con.close()
