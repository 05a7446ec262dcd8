"""What a reader hands out, found again in the files of its months, row by row."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from jibungoto.engine import parts, relations
from jibungoto.engine.manifest import Month
from jibungoto.engine.parts import PartWriter
from jibungoto.gather.batch import Batch, Like, Record, Rows
from jibungoto.gather.cells import Counts, Listed, Stamped
from jibungoto.ledger.activity import Activity, Tie, TieKind
from jibungoto.ledger.kinds import Kind

DAY = 86_400
START = 1_700_000_000  # 2023-11-14 22:13:20 UTC, the 15th in Tokyo
ACTORS = ("a" * 32, "b" * 32)


def batches_of(posts: int) -> list[Batch]:
    """Return posts in batches of four: each some days after the one before, every third answered.

    A reaction's time may lie months after the record it belongs to and is filed with.
    """
    batches = [Batch()]
    for post in range(posts):
        if len(batches[-1].records) == 4:
            batches.append(Batch())
        batch, key, at = batches[-1], f"post/{post}", START + post * 5 * DAY
        batch.records.append(Record(key, content=post, filed_at=at))
        asks = None if post % 4 == 0 else post % 2 == 0
        batch.activities.append(
            Activity(key, key, ACTORS[0], Kind.MESSAGE, at, length=post or None, is_question=asks)
        )
        if post % 3 == 0:
            late, reaction = at + 70 * DAY, f"{key}/reaction"
            batch.activities.append(
                Activity(key, reaction, ACTORS[1], Kind.REACTION, late, emoji="+1", filed_at=at)
            )
            batch.ties.append(Tie(key, reaction, *ACTORS[::-1], TieKind.REACTION, late, at))
    return batches


def written(folder: Path, posts: int) -> tuple[PartWriter, tuple[Month, ...]]:
    writer = PartWriter(folder, "d/1", zone=ZoneInfo("Asia/Tokyo"), source="toy", intake=1)
    for batch in batches_of(posts):
        writer.add(batch)
    return writer, writer.finish()


def rows_of(folder: Path, months: tuple[Month, ...], relation: str) -> list[tuple[object, ...]]:
    """Return a relation's rows, each behind the month in whose files it was found."""
    connection = relations.connect("200MB")
    found: list[tuple[object, ...]] = []
    for month in months:
        paths = [part.path for part in getattr(month.files, relation)]
        sql = relations.reading(folder, paths, columns=relations.STORED[relation])
        rows = connection.execute(sql).fetchall()
        assert len(rows) == sum(part.rows for part in getattr(month.files, relation))
        found += [(month.month, *row) for row in rows]
    connection.close()
    return sorted(found, key=repr)


def test_every_row_stands_once_in_the_month_of_its_record(tmp_path: Path) -> None:
    _, months = written(tmp_path, 40)
    records = {str(row[2]): row[0] for row in rows_of(tmp_path, months, "record")}
    assert len(records) == 40
    assert records["post/0"] == 202311
    activities = rows_of(tmp_path, months, "activity")
    assert len(activities) == 40 + 14
    assert all(records[str(row[3] or row[2])] == row[0] for row in activities)
    ties = rows_of(tmp_path, months, "tie")
    assert len(ties) == 14
    assert all(records[str(row[3])] == row[0] for row in ties)


def test_values_and_gaps_come_back_as_they_were(tmp_path: Path) -> None:
    _, months = written(tmp_path, 40)
    names = list(relations.ACTIVITY)
    wanted = [names.index(name) + 1 for name in ("key", "length", "is_question", "emoji")]
    kept = {tuple(row[at] for at in wanted) for row in rows_of(tmp_path, months, "activity")}
    told = (activity for batch in batches_of(40) for activity in batch.activities)
    assert kept == {(one.key, one.length, one.is_question, one.emoji) for one in told}


@pytest.mark.parametrize("rows_at_once", [1, 7, 30])
def test_however_often_files_are_written_the_months_hold_the_same_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows_at_once: int
) -> None:
    _, at_once = written(tmp_path / "at_once", 40)
    monkeypatch.setattr(parts, "_ROWS_AT_ONCE", rows_at_once)
    monkeypatch.setattr(parts, "_ROWS_HELD", 3 * rows_at_once)
    _, often = written(tmp_path / "often", 40)
    for relation in relations.STORED:
        expected = rows_of(tmp_path / "at_once", at_once, relation)
        assert rows_of(tmp_path / "often", often, relation) == expected


def test_the_first_and_last_day_are_local(tmp_path: Path) -> None:
    writer, _ = written(tmp_path, 2)
    assert (writer.first_day, writer.last_day) == (START // DAY + 1, START // DAY + 71)


def test_nothing_but_the_files_of_the_months_is_left(tmp_path: Path) -> None:
    _, months = written(tmp_path, 40)
    named = {path for month in months for path in month.files.paths()}
    left = {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()}
    assert left == named


def test_a_delivery_of_nothing_has_no_months(tmp_path: Path) -> None:
    assert written(tmp_path, 0)[1] == ()


def _as_cells() -> Batch:
    """Return three posts and two reactions as times and numbers."""
    batch, actors = Batch(), list(ACTORS)
    micros = (START + np.arange(3) * 20 * DAY) * 1_000_000 + 42
    threads = np.array([-1, micros[0], micros[0]])
    batch.activities.add_columns(
        {
            "key": Stamped("C/", micros),
            "actor": Listed(actors, np.array([0, 1, -1], dtype=np.int32)),
            "kind": Listed([Kind.MESSAGE, Kind.REPLY], np.array([0, 1, 1], dtype=np.int32)),
            "happened_at": micros // 1_000_000,
            "thread": Stamped("C/", threads),
            "in_reply_to": Stamped("C/", threads),
            "length": Counts(np.array([4, -1, 0])),
            "is_question": np.array([True, False, False]),
            "content": np.array([7, 8, 9]),
        },
        record=Like("key"),
        place="C",
    )
    actors.append("c" * 32)
    late = Listed([f"/{one}" for one in actors], np.array([2, 1], dtype=np.int32))
    batch.activities.add_columns(
        {
            "record": Stamped("C/", micros[:2]),
            "key": Stamped("C/", micros[:2], late),
            "actor": Listed(actors, late.numbers),
            "happened_at": micros[:2] // 1_000_000 + 70 * DAY,
            "filed_at": micros[:2] // 1_000_000,
        },
        kind=Kind.REACTION,
        in_reply_to=Like("record"),
    )
    return batch


def test_times_and_numbers_are_stored_like_the_rows_they_stand_for(tmp_path: Path) -> None:
    batch = _as_cells()
    told = Batch(activities=Rows(Activity, batch.activities))
    found = []
    for name, one in (("cells", batch), ("rows", told)):
        writer = PartWriter(tmp_path / name, "d", zone=ZoneInfo("UTC"), source="toy", intake=1)
        writer.add(one)
        found.append(rows_of(tmp_path / name, writer.finish(), "activity"))
    assert len(found[0]) == 5
    assert found[0] == found[1]
