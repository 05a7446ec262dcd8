"""When, how often and where an actor was seen, from a few rows of a log."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import duckdb
import pytest

from jibungoto.engine.seen import Seen, seen

ROWS = [
    ("a", date(2026, 1, 3), "slack:maps", "C1"),
    ("a", date(2026, 1, 1), "slack:maps", "C1"),
    ("a", date(2026, 1, 9), "slack:talk", "C2"),
    ("a", date(2026, 1, 9), None, "C3"),
    ("a", date(2026, 1, 9), None, None),
    ("b", date(2026, 2, 1), None, None),
    ("c", date(2026, 3, 1), "slack:maps", "C1"),
]


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        con.execute("create table activity (actor text, day date, initiative text, place text)")
        con.executemany("insert into activity values (?, ?, ?, ?)", ROWS)
        yield con


def test_days_acts_and_the_commonest_places_are_told(con: duckdb.DuckDBPyConnection) -> None:
    found = sorted(seen(con, ["a", "b", "nobody"]), key=lambda one: one.actor)
    assert found == [
        Seen("a", date(2026, 1, 1), date(2026, 1, 9), 5, ["slack:maps", "C3", "slack:talk"]),
        Seen("b", date(2026, 2, 1), date(2026, 2, 1), 1, []),
    ]


def test_nobody_asked_about_costs_nothing(con: duckdb.DuckDBPyConnection) -> None:
    assert seen(con, []) == []
