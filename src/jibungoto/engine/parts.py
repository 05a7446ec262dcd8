"""Parts: batches from a reader become Parquet files under fresh names, one set per month."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import msgspec

from jibungoto.engine import relations
from jibungoto.engine.calendar import filing_months, local_days
from jibungoto.engine.disk import put_to_disk
from jibungoto.engine.manifest import Month, Part, Tier
from jibungoto.gather.batch import Batch, Record, Rows
from jibungoto.ledger.activity import Activity, Tie

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_ROWS_AT_ONCE = 100_000
_ROWS_IN_A_GROUP = 4_096
_FEW = 4
_MEMORY = "250MB"
_KINDS = {
    "happened_at": "int64",
    "sequence": "int64",
    "content": "int64",
    "is_counted": "bool",
    "is_tombstone": "bool",
}
_TERMS = {
    "happened_at": "make_timestamp(happened_at * 1000000)",
    "day": "date '1970-01-01' + day",
    "version": "1",
    "source": "$source",
    "intake": "$intake",
    "month": "filed",
}


def columns_of(rows: Rows[Any]) -> dict[str, Any]:
    """Return rows as NumPy columns that DuckDB reads; ``filed`` is the month of each row.

    Where a row does not say when it is to be filed, it is filed as it happened.
    """
    import numpy as np

    count = len(rows)
    columns: dict[str, Any] = {}
    for name in rows.fields:
        kind = _KINDS.get(name, "object")
        if name != "filed_at":
            columns[name] = np.fromiter(rows.column(name), dtype=kind, count=count)
    filed_at = rows.column("filed_at")
    if filed_at.count(None) == count:
        columns["filed"] = filing_months(columns["happened_at"])
        return columns
    if None in filed_at:
        happened = rows.column("happened_at")
        filed_at = [at if own is None else own for own, at in zip(filed_at, happened, strict=True)]
    columns["filed"] = filing_months(np.array(filed_at, dtype=np.int64))
    return columns


class PartWriter:
    """Collects what a reader hands out and writes it as the files of one delivery.

    Rows first go to rough files as they come, each sorted by month in small groups, so that
    ``finish`` finds the rows of a month without reading the others. Nothing is named by any
    version yet: until the database says so, the files do not exist for anybody.
    """

    def __init__(self, folder: Path, below: str, *, zone: ZoneInfo, source: str, intake: int):
        self._folder = folder
        self._below = folder / below
        self._rough = self._below / "rough"
        self._zone = zone
        self._constants: dict[str, object] = {"source": source, "intake": intake}
        self._pending: dict[str, Rows[Any]] = _nothing()
        self._written: dict[str, list[Path]] = {relation: [] for relation in self._pending}
        self._months: dict[str, set[int]] = {relation: set() for relation in self._pending}
        self.first_day: int | None = None
        self.last_day: int | None = None
        self._rough.mkdir(parents=True)
        self._connection = relations.connect(_MEMORY, self._below / "spill")
        self._connection.execute("set parquet_metadata_cache = true")

    def add(self, batch: Batch) -> None:
        """Take in a batch; write when enough has come together."""
        self._pending["record"].join(batch.records)
        self._pending["activity"].join(batch.activities)
        self._pending["tie"].join(batch.ties)
        for relation, rows in self._pending.items():
            if len(rows) >= _ROWS_AT_ONCE:
                self._write_rough(relation)

    def finish(self) -> tuple[Month, ...]:
        """Write what is left, sort it into months and return those; every file is on disk."""
        tiers: dict[int, Tier] = {}
        for relation in self._pending:
            self._write_rough(relation)
            by_months = self._sorted(relation)
            if by_months:
                put_to_disk(self._below / relation)
            for month, parts in by_months.items():
                one = msgspec.structs.replace(Tier(), **{relation: parts})
                tiers[month] = tiers.get(month, Tier()).joined(one)
        self._connection.close()
        shutil.rmtree(self._rough)
        shutil.rmtree(self._below / "spill", ignore_errors=True)
        put_to_disk(self._below)
        return tuple(Month(month, tiers[month]) for month in sorted(tiers))

    def _write_rough(self, relation: str) -> None:
        rows = self._pending[relation]
        if not rows:
            return
        self._pending[relation] = Rows(rows.kind)
        columns = _by_month(columns_of(rows))
        self._months[relation].update(set(columns["filed"].tolist()))
        if "happened_at" in columns:
            columns["day"] = self._days(columns["happened_at"])
        target = self._rough / f"{relation}-{len(self._written[relation]):05d}.parquet"
        self._connection.register("rows", columns)
        chosen = _selection(relations.STORED[relation])
        self._connection.execute(
            f"copy ({chosen}) to {quoted(target)} "
            f" (format parquet, compression lz4, row_group_size {_ROWS_IN_A_GROUP})",
            {name: v for name, v in self._constants.items() if f"${name}" in chosen},
        )
        self._connection.unregister("rows")
        self._written[relation].append(target)

    def _days(self, happened: Any) -> Any:
        days = local_days(happened, self._zone)
        first, last = int(days.min()), int(days.max())
        self.first_day = first if self.first_day is None else min(first, self.first_day)
        self.last_day = last if self.last_day is None else max(last, self.last_day)
        return days

    def _sorted(self, relation: str) -> dict[int, tuple[Part, ...]]:
        """Write the rows of a relation by month: from few rough files in one statement.

        From many that would cost more than a statement for every month, of which each reads no
        more than its own rows.
        """
        written = self._written[relation]
        if not written:
            return {}
        listed = ", ".join(quoted(path) for path in written)
        rough = f"from read_parquet([{listed}], hive_partitioning = false)"
        target = self._below / relation
        if len(written) <= _FEW:
            files = copied(self._connection, f"select * {rough}", target=target, partition="filed")
            return by_month(self._folder, files)
        named = ", ".join(f'"{name}"' for name in relations.STORED[relation])
        files = []
        for month in sorted(self._months[relation]):
            (folder := target / f"filed={month}").mkdir(parents=True)
            chosen = f"select {named} {rough} where filed = {month}"
            files += copied(self._connection, chosen, target=folder / "rows.parquet")
        return by_month(self._folder, files)


def _by_month(columns: dict[str, Any]) -> dict[str, Any]:
    """Return columns with their rows in the order of the months, otherwise as they were."""
    order = columns["filed"].argsort(kind="stable")
    return {name: column[order] for name, column in columns.items()}


def _nothing() -> dict[str, Rows[Any]]:
    return {"record": Rows(Record), "activity": Rows(Activity), "tie": Rows(Tie)}


def _selection(columns: dict[str, str]) -> str:
    """Return SQL that puts the registered rows into the columns of a relation, and ``filed``."""
    terms = [
        f'cast({_TERMS.get(name, name)} as {kind}) as "{name}"' for name, kind in columns.items()
    ]
    return f"select {', '.join(terms)}, filed from rows"


def quoted(path: Path) -> str:
    """Return a path as an SQL literal."""
    return "'" + str(path).replace("'", "''") + "'"


def copied(
    connection: DuckDBPyConnection, chosen: str, *, target: Path, partition: str = ""
) -> list[tuple[str, int]]:
    """Write a query's rows as Parquet, to disk for good, and return (path, rows) of each file."""
    by = f", partition_by ({partition})" if partition else ""
    answer = connection.execute(
        f"copy ({chosen}) to {quoted(target)} (format parquet, compression zstd,"
        f" compression_level 1, return_stats{by})"
    )
    files = [(str(row[0]), int(row[1])) for row in answer.fetchall()]
    for path, _ in files:
        put_to_disk(Path(path))
    for folder in {Path(path).parent for path, _ in files}:
        put_to_disk(folder)
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
