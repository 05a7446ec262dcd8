"""Rollups for pages: what a page shows of a large log, kept in order of who or what asks for it.

They are derived: made by the worker from one run of the steps, and found again by version, facts,
rules and day. Where they are missing a page reads the log itself, which is slower and the same.
"""

from __future__ import annotations

import os
import secrets
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jibungoto.engine import relations
from jibungoto.engine.log import LogVersion
from jibungoto.engine.look_up import LINE, LogLine
from jibungoto.understand.answers import RowBehind
from jibungoto.understand.stepbook import row_queries
from jibungoto.understand.thresholds import RULE_VERSION

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NEWEST = 50
"""How many of an account's newest activities are kept for its person's first page."""

_BELOW = "rollups"
_SHAPE = 1
"""Raised whenever the files below change, so that those written before are not read."""
_DAY = 86_400
_GROUP = {"days": 16_384, "newest": 8_192, "rows": 16_384, "lines": 2_048}
"""How many rows stand together: few where a page asks for some of many wide rows."""
_MEMORY = "200MB"

_COUNTED = """
create temp table counted as
select actor, day, kind, cast(count(*) as integer) as times from activity
where actor is not null and day < $night group by actor, day, kind
"""
_LATE = f"""
create temp table late as
select actor, min(day) as day from (
    select actor, day, sum(times) over (
        partition by actor order by day desc rows between unbounded preceding and 1 preceding
    ) as later
    from (select actor, day, sum(times) as times from counted group by actor, day)
) where coalesce(later, 0) < {NEWEST} group by actor
"""
_NEWEST = f"""
select {LINE}, sequence from activity join late using (actor)
where activity.day >= late.day and activity.day < $night
qualify row_number() over (
    partition by actor order by happened_at desc, sequence desc, key
) <= {NEWEST}
order by actor, happened_at desc, sequence desc, key
"""
_NAMED = f"""
select {LINE} from activity semi join (
    select source, key from behind union select source, key from evidence
    union select source, key from candidate_rows
) using (source, key)
order by key
"""


@dataclass(frozen=True, slots=True)
class Rollups:
    """The folder of what was kept of one version, as of one night."""

    folder: Path

    @property
    def are_kept(self) -> bool:
        """Say whether everything is there; it is put in place in one step."""
        return self.folder.exists()

    def file(self, name: str) -> str:
        """Return one file as SQL that reads it."""
        path = str(self.folder / f"{name}.parquet").replace("'", "''")
        return f"read_parquet('{path}') as activity"


def rollups_of(log: LogVersion, night: date) -> Rollups:
    """Return where the rollups of a version as of a night are, or would be."""
    facts = Path(log.facts).name
    name = f"{log.manifest.version:08d}-{facts}-{night.isoformat()}-{RULE_VERSION}-{_SHAPE}"
    return Rollups(log.folder / _BELOW / name)


def keep(con: DuckDBPyConnection, log: LogVersion, *, night: date) -> None:
    """Write the rollups of a connection on which the steps have run as of ``night``."""
    kept = rollups_of(log, night)
    if kept.are_kept:
        return
    spare = kept.folder.with_name(f".{secrets.token_hex(8)}")
    spare.mkdir(parents=True)
    named = {"night": night}
    con.execute(_behind(), named)
    con.execute(_COUNTED, named)
    con.execute(_LATE)
    for name, chosen in (
        ("days", "select * from counted order by actor, day, kind"),
        ("newest", _NEWEST),
        ("rows", "select * from behind order by measure, part, person, source, key"),
        ("lines", _NAMED),
    ):
        target = str(spare / f"{name}.parquet").replace("'", "''")
        con.execute(
            f"copy ({chosen}) to '{target}'"
            f" (format parquet, compression lz4, row_group_size {_GROUP[name]})",
            named if "$night" in chosen else {},
        )
    for table in ("behind", "counted", "late"):
        con.execute(f"drop table {table}")
    try:
        os.replace(spare, kept.folder)
    except OSError:  # another process kept the same a moment earlier
        shutil.rmtree(spare, ignore_errors=True)
    _sweep(kept)


def _behind() -> str:
    queries = (
        f"select '{query.name}' as measure, part, person, source, key from (\n{query.sql}\n) as q"
        " where as_of = $night"
        for query in row_queries()
    )
    return "create temp table behind as\n" + "\nunion all\n".join(queries)


def _sweep(kept: Rollups) -> None:
    """Delete what was kept of other versions a day ago: nobody has pinned it any more."""
    oldest = time.time() - _DAY
    for folder in sorted(kept.folder.parent.iterdir()):
        if folder != kept.folder and folder.stat().st_mtime < oldest:
            shutil.rmtree(folder, ignore_errors=True)


def _asked(sql: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
    cursor = _engine().cursor()
    try:
        return cursor.execute(sql, list(values)).fetchall()
    finally:
        cursor.close()


@cache
def _engine() -> DuckDBPyConnection:
    """Return the one engine of this process that only reads files; opening it costs a page."""
    connection = relations.connect(_MEMORY)
    connection.execute("set parquet_metadata_cache = true")  # a file once kept never changes
    return connection


def _marks(values: Sequence[object]) -> str:
    """Return a mark for each value, NULL for none: given as a list they would skip no rows."""
    return ", ".join("?" for _ in values) or "null"


def kept_rows(
    kept: Rollups, key: str, *, part: str | None = None, at_most: int | None = None
) -> tuple[RowBehind, ...]:
    """Return the rows a measure's value rests on, as they were kept, or the first of them."""
    rows = _asked(
        f"select part, person, source, key from {kept.file('rows')}"
        " where measure = ?"
        + (" and part = ?" if part is not None else "")
        + " order by all"
        + (" limit ?" if at_most is not None else ""),
        [key, *(one for one in (part, at_most) if one is not None)],
    )
    return tuple(RowBehind(*row) for row in rows)


@lru_cache(maxsize=1_000)  # what was kept never changes
def kept_parts(kept: Rollups, key: str) -> tuple[str, ...]:
    """Return the parts that the rows of a measure stand in."""
    rows = _asked(
        f"select distinct part from {kept.file('rows')} where measure = ? order by part", [key]
    )
    return tuple(str(part) for (part,) in rows)


def kept_lines(kept: Rollups, keys: Sequence[tuple[str, str]]) -> list[LogLine]:
    """Return the activities of these (source, key) pairs that were kept, in the order given."""
    if not keys:
        return []
    rows = _asked(
        f"select {LINE} from {kept.file('lines')} where key in ({_marks(keys)})",
        [key for _, key in keys],
    )
    found = {(row[0], row[1]): LogLine(*row) for row in rows}
    return [found[pair] for pair in keys if pair in found]


def kept_days(kept: Rollups, actors: Sequence[str]) -> list[tuple[date, str, int]]:
    """Return how much of each kind some actors did on each day, oldest first."""
    rows = _asked(
        f"select day, kind, cast(sum(times) as integer) from {kept.file('days')}"
        f" where actor in ({_marks(actors)}) group by day, kind order by day, kind",
        actors,
    )
    return [(day, kind, times) for day, kind, times in rows]


def kept_newest(kept: Rollups, actors: Sequence[str], *, limit: int) -> list[LogLine]:
    """Return what some actors did last, newest first; at most ``NEWEST`` of it is kept."""
    rows = _asked(
        f"select {LINE} from {kept.file('newest')} where actor in ({_marks(actors)})"
        " order by happened_at desc, sequence desc, key limit ?",
        [*actors, limit],
    )
    return [LogLine(*row) for row in rows]
