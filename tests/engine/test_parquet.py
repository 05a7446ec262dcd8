"""What is written as Parquet is read by DuckDB as it was, whatever its columns hold."""

from __future__ import annotations

import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jibungoto.engine import relations
from jibungoto.engine.parquet import (
    Coded,
    Dictionary,
    Numbers,
    Packed,
    Rows,
    packed,
    write_parquet,
)
from jibungoto.engine.texts import Texts, joined

KINDS = {
    "number": "integer",
    "large": "bigint",
    "yes": "boolean",
    "at": "timestamp",
    "day": "date",
    "label": "varchar",
    "text": "varchar",
}
Row = tuple[int | None, int | None, bool | None, int | None, int | None, str | None, str | None]
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=9)
ROWS = st.lists(
    st.tuples(
        st.none() | st.integers(-(1 << 31), (1 << 31) - 1),
        st.none() | st.integers(-(1 << 63), (1 << 63) - 1),
        st.none() | st.booleans(),
        st.none() | st.integers(0, 4_102_444_800),
        st.none() | st.integers(-100_000, 100_000),
        st.none() | st.sampled_from(["", "a", "自分ゴト", "b\0c"]),
        st.none() | TEXTS,
    ),
    max_size=40,
)


def group_of(rows: list[Row]) -> tuple[int, Rows]:
    """Return rows as the columns that are written."""
    columns: dict[str, Any] = {}
    for at, (name, kind) in enumerate(KINDS.items()):
        values = [row[at] for row in rows]
        there = np.array([value is not None for value in values], dtype=np.bool_)
        if name == "label":
            known: list[Any] = [*{*values, "never met"}]
            codes = np.array([known.index(value) for value in values], dtype=np.int32)
            columns[name] = Coded(Dictionary(known), codes)
        elif name == "text":
            columns[name] = joined([Texts.of(values).between(0, len(values))])  # type: ignore[arg-type]  # texts
        else:
            width = "i8" if kind in ("bigint", "timestamp") else "i4"
            numbers = np.array([0 if one is None else one for one in values], dtype=width)
            columns[name] = Numbers(numbers, there)
    return len(rows), columns


def as_read(row: Row) -> tuple[Any, ...]:
    number, large, yes, at, day, label, text = row
    moment = None if at is None else datetime.fromtimestamp(at, UTC).replace(tzinfo=None)
    return number, large, yes, moment, _date(day), label, text


def _date(day: int | None) -> date | None:
    return None if day is None else date(1970, 1, 1) + timedelta(days=day)


def read(path: Path) -> list[tuple[Any, ...]]:
    connection = relations.connect("100MB")
    connection.execute("set preserve_insertion_order = true")
    rows = connection.execute(relations.reading(path.parent, [path.name], columns=KINDS)).fetchall()
    connection.close()
    return rows


@settings(deadline=None, max_examples=30)
@given(st.lists(ROWS, min_size=1, max_size=3))
def test_every_value_and_every_gap_comes_back(groups: list[list[Row]]) -> None:
    groups = [rows for rows in groups if rows] or [[(1, 2, True, 3, 4, "a", "b")]]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.parquet"
        written = write_parquet(path, map(group_of, groups), columns=KINDS)
        found = read(path)
    assert written == len(found)
    assert found == [as_read(row) for rows in groups for row in rows]


@pytest.mark.parametrize("different", [1, 2, 256, 257, 65_536, 65_537])
def test_labels_are_told_apart_however_many_there_are(tmp_path: Path, different: int) -> None:
    values = Dictionary([f"label {number}" for number in range(different)])
    codes = np.arange(different, dtype=np.int32)[::-1]
    path = tmp_path / "labels.parquet"
    write_parquet(
        path, [(different, {"label": Coded(values, codes)})], columns={"label": "varchar"}
    )
    assert read(path) == [(f"label {number}",) for number in reversed(range(different))]


def test_the_least_and_the_greatest_value_stand_in_the_footer(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    numbers = Numbers(np.array([7, -3, 0]), np.array([True, True, False]))
    labels = Coded(Dictionary(["b", None, "a", "z"]), np.array([0, 1, 2]))
    group: Rows = {"number": numbers, "label": labels}
    write_parquet(path, [(3, group)], columns={"number": "bigint", "label": "varchar"})
    connection = relations.connect("100MB")
    told = connection.execute(
        "select path_in_schema, stats_min_value, stats_max_value, stats_null_count, compression"
        f" from parquet_metadata('{path}') order by column_id"
    ).fetchall()
    connection.close()
    assert told == [("number", "-3", "7", 1, "ZSTD"), ("label", "a", "b", 1, "ZSTD")]


def test_a_file_that_is_there_already_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    path.write_bytes(b"kept")
    with pytest.raises(FileExistsError):
        write_parquet(path, [(1, {"text": Packed(packed(b"a"))})], columns={"text": "varchar"})
    assert path.read_bytes() == b"kept"
