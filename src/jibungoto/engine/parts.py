"""Parts: batches from a reader become Parquet files under fresh names, one set per month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import msgspec

from jibungoto.engine import relations, spells
from jibungoto.engine.columns import Columns, is_stamped
from jibungoto.engine.disk import put_to_disk
from jibungoto.engine.held import HELD, WAITING, Shapes, Waiting
from jibungoto.engine.manifest import Month, Part, Tier
from jibungoto.engine.parquet import write_parquet
from jibungoto.gather.batch import Batch, Sheet
from jibungoto.gather.cells import NOTHING
from jibungoto.ledger.kinds import Kind

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_ROWS_AT_ONCE = 100_000
_ROWS_HELD = 400_000
_STAMPED_FOR_ONE = 2
"""Rows whose texts wait as numbers take so much less memory."""
_RELATION_OF = {table: name for name, tables in WAITING.items() for table in tables}


class PartWriter:
    """Collects what a reader hands out and writes it as the files of one delivery.

    Rows wait in memory, as numbers where values recur, until enough have come together; then
    every month gets its file. Nothing is named by any version yet: until the database says so,
    the files do not exist for anybody. ``counted`` says how many of the export's own records each
    month has, ``buried`` in which months something is said to be gone.
    """

    def __init__(self, folder: Path, below: str, *, zone: ZoneInfo, source: str, intake: int):
        self._folder = folder
        self._below = folder / below
        self._source, self._intake = source, intake
        self._columns = Columns(zone)
        self._pending: dict[str, list[Sheet[Any]]] = {name: [] for name in HELD}
        self._waiting = {name: Waiting(columns) for name, columns in HELD.items()}
        self._months: dict[str, Counter[int]] = {name: Counter() for name in WAITING}
        self._tiers: dict[int, Tier] = {}
        self.counted: Counter[int] = Counter()
        self.buried: set[int] = set()
        self._held = 0
        self._rounds = 0
        self.first_day: int | None = None
        self.last_day: int | None = None
        self._below.mkdir(parents=True)

    def add(self, batch: Batch) -> None:
        """Take in a batch; write when enough has come together."""
        self._pending["record"] += batch.records.sheets
        for sheet in batch.activities.sheets:
            self._pending["stamped" if is_stamped(sheet) else "activity"].append(sheet)
        self._pending["tie"] += batch.ties.sheets
        for name, sheets in self._pending.items():
            if sum(map(len, sheets)) >= _ROWS_AT_ONCE:
                self._hold(name)
        if self._held >= _ROWS_HELD:
            self._write()

    def finish(self) -> tuple[Month, ...]:
        """Write what is left and return the months; every file is on disk."""
        for name in self._pending:
            self._hold(name)
        self._write()
        put_to_disk(self._below)
        return tuple(Month(month, self._tiers[month]) for month in sorted(self._tiers))

    def known(self) -> dict[int, int]:
        """Return how many records each month has, where nothing but counting them is needed.

        It takes more where something is said to be gone, and where spells are to be united.
        """
        kinds = {setting[0] for setting in self._columns.settings()}
        read = self.buried | ({spells.FILED} if Kind.SPELL in kinds else set())
        return {month: self.counted[month] for month in self._tiers if month not in read}

    def _hold(self, name: str) -> None:
        """Let the pending rows of a table wait with the others."""
        sheets = [sheet for sheet in self._pending[name] if sheet]
        self._pending[name] = []
        if not sheets:
            return
        columns = self._columns.of(sheets)
        self._months[_RELATION_OF[name]].update(_counted(columns["filed"]))
        if "day" in columns:
            self._note_days(columns["day"])
        rows = len(columns["filed"])
        self._note_records(name, columns)
        self._waiting[name].add(columns)
        self._held += -(-rows // _STAMPED_FOR_ONE) if name == "stamped" else rows

    def _note_days(self, days: Any) -> None:
        first, last = int(days.min()), int(days.max())
        self.first_day = first if self.first_day is None else min(first, self.first_day)
        self.last_day = last if self.last_day is None else max(last, self.last_day)

    def _note_records(self, name: str, columns: dict[str, Any]) -> None:
        if name == "tie":
            return
        filed = columns["filed"]
        is_own = columns["is_counted"] != 0 if name == "record" else columns["content"] != NOTHING
        self.counted.update(_counted(filed[is_own]))
        if name == "record":
            self.buried.update(_counted(filed[columns["is_tombstone"] != 0]))

    def _write(self) -> None:
        """Write the rows that wait: for each relation, one file a month."""
        if not self._held:
            return
        shapes = Shapes(self._columns.labels, source=self._source, intake=self._intake)
        for name, months in self._months.items():
            for month in sorted(months):
                self._write_month(name, month, shapes=shapes)
            if months:
                put_to_disk(self._below / name)
            months.clear()
        self._waiting = {name: Waiting(columns) for name, columns in HELD.items()}
        self._held = 0
        self._rounds += 1

    def _write_month(self, name: str, month: int, *, shapes: Shapes) -> None:
        target = self._below / name / f"{month}-{self._rounds:03d}.parquet"
        target.parent.mkdir(exist_ok=True)
        groups = (
            shapes.of(table, rows)
            for table in WAITING[name]
            for rows in self._waiting[table].of_month(month)
        )
        rows = write_parquet(target, groups, columns=relations.STORED[name])
        if rows != self._months[name][month]:  # a log must never be short of a row
            held = self._months[name][month]
            raise RuntimeError(f"{held} rows of {name} {month} are held, {rows} were written")
        one = msgspec.structs.replace(
            Tier(), **{name: (part_at(self._folder, str(target), rows=rows),)}
        )
        self._tiers[month] = self._tiers.get(month, Tier()).joined(one)


def _counted(months: Any) -> dict[int, int]:
    """Return how many rows there are of each month."""
    import numpy as np

    found, rows = np.unique(months, return_counts=True)
    return dict(zip(found.tolist(), rows.tolist(), strict=True))


def quoted(path: Path) -> str:
    """Return a path as an SQL literal."""
    return "'" + str(path).replace("'", "''") + "'"


def copied(
    connection: DuckDBPyConnection, chosen: str, *, target: Path, partition: str = ""
) -> list[tuple[str, int]]:
    """Write a query's rows as Parquet, to disk for good, and return (path, rows) of each file."""
    files = written(connection, chosen, target=target, partition=partition)
    for folder in {Path(path).parent for path, _ in files}:
        put_to_disk(folder)
    return files


def written(
    connection: DuckDBPyConnection, chosen: str, *, target: Path, partition: str = ""
) -> list[tuple[str, int]]:
    """Do what ``copied`` does, and leave it to the caller to put the folders to disk."""
    by = f", partition_by ({partition})" if partition else ""
    answer = connection.execute(
        f"copy ({chosen}) to {quoted(target)} (format parquet, compression zstd,"
        f" compression_level 1, return_stats{by})"
    )
    files = [(str(row[0]), int(row[1])) for row in answer.fetchall()]
    for path, _ in files:
        put_to_disk(Path(path))
    return [(path, rows) for path, rows in files if rows]


def by_month(folder: Path, files: Iterable[tuple[str, int]]) -> dict[int, tuple[Part, ...]]:
    """Return files written by month as parts, each under its month."""
    months: dict[int, tuple[Part, ...]] = {}
    for path, rows in files:
        month = int(Path(path).parent.name.removeprefix("filed="))
        months[month] = (*months.get(month, ()), part_at(folder, path, rows=rows))
    return months


def part_at(folder: Path, path: str, *, rows: int) -> Part:
    """Return a file as a part, its path taken relative to the community's folder."""
    return Part(path=Path(path).relative_to(folder).as_posix(), rows=rows)
