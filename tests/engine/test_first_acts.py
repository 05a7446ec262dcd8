"""The first day somebody took part, from a few rows of a log."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import duckdb
import pytest

from jibungoto.engine.first_acts import first_acts

ROWS = [
    ("a", date(2026, 1, 1), "join"),
    ("a", date(2026, 1, 9), "message"),
    ("a", date(2026, 1, 3), "reaction"),
    ("b", date(2026, 2, 1), "join"),
    ("c", date(2026, 3, 1), "message"),
]


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        con.execute("create table activity (actor text, day date, kind text)")
        con.executemany("insert into activity values (?, ?, ?)", ROWS)
        con.execute("create table kinds (kind text, class text)")
        con.executemany(
            "insert into kinds values (?, ?)",
            [("join", "ADMIN"), ("message", "SPEAK"), ("reaction", "RECEIVE")],
        )
        yield con


def test_joining_a_channel_is_no_act(con: duckdb.DuckDBPyConnection) -> None:
    assert first_acts(con, ["a", "b", "nobody"]) == {"a": date(2026, 1, 3)}


def test_nobody_asked_about_is_nobody_found(con: duckdb.DuckDBPyConnection) -> None:
    assert first_acts(con, []) == {}
