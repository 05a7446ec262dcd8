"""Parts: batches from a reader become Parquet files under fresh names, one set per month."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import msgspec

from jibungoto.engine import relations
from jibungoto.engine.calendar import filing_months, local_days
from jibungoto.engine.disk import put_to_disk
from jibungoto.engine.manifest import Month, Part, Tier
from jibungoto.gather.batch import Batch

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_ROWS_AT_ONCE = 50_000
_MEMORY = "160MB"
_INTEGERS = {"happened_at", "sequence", "content"}
_TRUTHS = {"is_counted", "is_tombstone"}
_TERMS = {
    "happened_at": "make_timestamp(happened_at * 1000000)",
    "day": "date '1970-01-01' + day",
    "version": "1",
    "source": "$source",
    "intake": "$intake",
    "month": "filed",
}


def columns_of(rows: Sequence[msgspec.Struct], names: Sequence[str]) -> dict[str, Any]:
    """Return rows of one struct type as NumPy columns that DuckDB reads without a copy."""
    import numpy as np

    columns: dict[str, Any] = {}
    by_field = zip(*map(msgspec.structs.astuple, rows), strict=True)
    for name, values in zip(names, by_field, strict=True):
        if name in _INTEGERS:
            columns[name] = np.fromiter(values, dtype=np.int64, count=len(values))
        elif name in _TRUTHS:
            columns[name] = np.fromiter(values, dtype=np.bool_, count=len(values))
        elif name == "filed_at":
            columns["filed"] = _filed(values, columns)
        else:
            column = np.empty(len(values), dtype=object)
            column[:] = values
            columns[name] = column
    return columns


def _filed(filed_at: Sequence[int | None], columns: dict[str, Any]) -> Any:
    """Return the filing months; where no filing time is given, a row is filed as it happened."""
    import numpy as np

    if None not in filed_at:
        return filing_months(np.array(filed_at, dtype=np.int64))
    happened = columns["happened_at"].tolist()
    times = [at if own is None else own for own, at in zip(filed_at, happened, strict=True)]
    return filing_months(np.array(times, dtype=np.int64))


class PartWriter:
    """Collects what a reader hands out and writes it as the files of one delivery.

    Batches first go to rough files as they come; ``finish`` sorts those into months. Nothing is
    named by any version yet: until the database says so, the files do not exist for anybody.
    """

    def __init__(self, folder: Path, below: str, *, zone: ZoneInfo, source: str, intake: int):
        self._folder = folder
        self._below = folder / below
        self._rough = self._below / "rough"
        self._zone = zone
        self._constants: dict[str, object] = {"source": source, "intake": intake}
        self._pending: dict[str, list[Any]] = {"record": [], "activity": [], "tie": []}
        self._written: dict[str, list[Path]] = {"record": [], "activity": [], "tie": []}
        self.first_day: int | None = None
        self.last_day: int | None = None
        self._rough.mkdir(parents=True)
        self._connection = relations.connect(_MEMORY, self._below / "spill")

    def add(self, batch: Batch) -> None:
        """Take in a batch; write when enough has come together."""
        self._pending["record"].extend(batch.records)
        self._pending["activity"].extend(batch.activities)
        self._pending["tie"].extend(batch.ties)
        for relation, rows in self._pending.items():
            if len(rows) >= _ROWS_AT_ONCE:
                self._write_rough(relation)

    def finish(self) -> tuple[Month, ...]:
        """Write what is left, sort it into months and return those; every file is on disk."""
        tiers: dict[int, Tier] = {}
        for relation in self._pending:
            self._write_rough(relation)
            for month, parts in self._sorted(relation).items():
                one = msgspec.structs.replace(Tier(), **{relation: parts})
                tiers[month] = tiers.get(month, Tier()).joined(one)
        self._connection.close()
        shutil.rmtree(self._rough)
        shutil.rmtree(self._below / "spill", ignore_errors=True)
        put_to_disk(self._below)
        return tuple(Month(month, tiers[month]) for month in sorted(tiers))

    def _write_rough(self, relation: str) -> None:
        rows, self._pending[relation] = self._pending[relation], []
        if not rows:
            return
        columns = columns_of(rows, type(rows[0]).__struct_fields__)
        if "happened_at" in columns:
            columns["day"] = self._days(columns["happened_at"])
        target = self._rough / f"{relation}-{len(self._written[relation]):05d}.parquet"
        self._connection.register("rows", columns)
        chosen = _selection(relations.STORED[relation])
        self._connection.execute(
            f"copy ({chosen}) to {quoted(target)} (format parquet, compression lz4)",
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
        if not self._written[relation]:
            return {}
        listed = ", ".join(quoted(path) for path in self._written[relation])
        files = copied(
            self._connection,
            f"select * from read_parquet([{listed}], hive_partitioning = false)",
            target=self._below / relation,
            partition="filed",
        )
        return by_month(self._folder, files)


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
        f"copy ({chosen}) to {quoted(target)} (format parquet, compression zstd, return_stats{by})"
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
