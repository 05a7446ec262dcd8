"""Parts: batches from a reader become Parquet files under fresh names, one set per month."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import msgspec

from jibungoto.engine import relations
from jibungoto.engine.columns import Columns, is_stamped
from jibungoto.engine.disk import put_to_disk
from jibungoto.engine.held import HELD, SELECTED, WAITING, Waiting
from jibungoto.engine.manifest import Month, Part, Tier
from jibungoto.gather.batch import Batch, Sheet

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_ROWS_AT_ONCE = 100_000
_ROWS_HELD = 400_000
_STAMPED_FOR_ONE = 2
"""Rows whose texts wait as numbers take so much less memory."""
_ROWS_READY = 120_000
_MEMORY = "250MB"
_RELATION_OF = {table: name for name, tables in WAITING.items() for table in tables}


class PartWriter:
    """Collects what a reader hands out and writes it as the files of one delivery.

    Rows wait in tables in memory, as numbers where values recur, until enough have come together;
    then every month gets its file. Nothing is named by any version yet: until the database says
    so, the files do not exist for anybody.
    """

    def __init__(self, folder: Path, below: str, *, zone: ZoneInfo, source: str, intake: int):
        self._folder = folder
        self._below = folder / below
        self._constants = {"source": source, "intake": intake}
        self._columns = Columns(zone)
        self._pending: dict[str, list[Sheet[Any]]] = {name: [] for name in HELD}
        self._months: dict[str, Counter[int]] = {name: Counter() for name in WAITING}
        self._tiers: dict[int, Tier] = {}
        self._held = 0
        self._rounds = 0
        self.first_day: int | None = None
        self.last_day: int | None = None
        self._below.mkdir(parents=True)
        self._connection = relations.connect(_MEMORY, self._below / "spill")
        # A column of objects holds texts; looking through it first would cost as much as reading.
        self._connection.execute("set pandas_analyze_sample = 0")
        self._stamped = Waiting(HELD["stamped"])
        for name, columns in HELD.items():
            if name == "stamped":
                continue
            listed = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
            self._connection.execute(f"create table {name} ({listed})")

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
        self._connection.close()
        shutil.rmtree(self._below / "spill", ignore_errors=True)
        put_to_disk(self._below)
        return tuple(Month(month, self._tiers[month]) for month in sorted(self._tiers))

    def _hold(self, name: str) -> None:
        """Put the pending rows of a relation into its table."""
        sheets = [sheet for sheet in self._pending[name] if sheet]
        self._pending[name] = []
        if not sheets:
            return
        columns = self._columns.of(sheets)
        self._months[_RELATION_OF[name]].update(_counted(columns["filed"]))
        if "day" in columns:
            self._note_days(columns["day"])
        rows = len(columns["filed"])
        if name == "stamped":
            self._stamped.add(columns)
            self._held += -(-rows // _STAMPED_FOR_ONE)
            return
        terms = (column if column in columns else "null" for column in HELD[name])
        self._connection.register("rows", columns)
        self._connection.execute(f"insert into {name} select {', '.join(terms)} from rows")
        self._connection.unregister("rows")
        self._held += rows

    def _note_days(self, days: Any) -> None:
        first, last = int(days.min()), int(days.max())
        self.first_day = first if self.first_day is None else min(first, self.first_day)
        self.last_day = last if self.last_day is None else max(last, self.last_day)

    def _write(self) -> None:
        """Write the rows that wait: for each relation, one file a month."""
        if not self._held:
            return
        self._name_labels()
        self._stamped.sort()
        for name, months in self._months.items():
            for some in _groups_of(months):
                self._make_ready(name, first=some[0], last=some[-1])
                for month in some:
                    self._write_month(name, month)
            if months:
                put_to_disk(self._below / name)
            months.clear()
            for table in set(WAITING[name]) - {"stamped"}:
                self._connection.execute(f"truncate {table}")
        self._connection.execute("drop table if exists ready")
        self._stamped = Waiting(HELD["stamped"])
        self._held = 0
        self._rounds += 1

    def _name_labels(self) -> None:
        """Say what the numbers stand for by which recurring values wait."""
        for name, labels in self._columns.labels.items():
            self._connection.register("rows", labels.columns())
            self._connection.execute(f"create or replace table label_{name} as from rows")
            self._connection.unregister("rows")

    def _make_ready(self, name: str, *, first: int, last: int) -> None:
        """Bring the rows of some months together as they will stand in files."""
        told = self._constants | {"first": first, "last": last}
        tables = [table for table in WAITING[name] if table != "stamped" or self._stamped]
        if "stamped" in tables:
            self._connection.register("stamped", self._stamped.between(first, last))
        chosen = " union all ".join(SELECTED[table].format(**told) for table in tables)
        self._connection.execute(f"create or replace table ready as {chosen}")
        held = sum(count for month, count in self._months[name].items() if first <= month <= last)
        ((ready,),) = self._connection.execute("select count(*) from ready").fetchall()
        if ready != held:  # a number without its label; a log must never be short of a row
            raise RuntimeError(f"{held} rows of {name} are held, {ready} would be written")
        if "stamped" in tables:
            self._connection.unregister("stamped")

    def _write_month(self, name: str, month: int) -> None:
        target = self._below / name / f"{month}-{self._rounds:03d}.parquet"
        target.parent.mkdir(exist_ok=True)
        named = ", ".join(f'"{column}"' for column in relations.STORED[name])
        chosen = f"select {named} from ready where filed = {month}"
        files = written(self._connection, chosen, target=target)
        parts = tuple(part_at(self._folder, path, rows=rows) for path, rows in files)
        one = msgspec.structs.replace(Tier(), **{name: parts})
        self._tiers[month] = self._tiers.get(month, Tier()).joined(one)


def _counted(months: Any) -> dict[int, int]:
    """Return how many rows there are of each month."""
    import numpy as np

    found, rows = np.unique(months, return_counts=True)
    return dict(zip(found.tolist(), rows.tolist(), strict=True))


def _groups_of(months: Counter[int]) -> Iterator[list[int]]:
    """Return months in order, in groups of so many rows as are made ready at once."""
    group: list[int] = []
    rows = 0
    for month in sorted(months):
        if group and rows + months[month] > _ROWS_READY:
            yield group
            group, rows = [], 0
        group.append(month)
        rows += months[month]
    if group:
        yield group


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
