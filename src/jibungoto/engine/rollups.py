"""Rollups for pages: what a page shows of a large log, kept in order of who or what asks for it.

They are derived: made by the worker from one run of the steps, and found again by version, facts,
rules and day. Where they are missing a page reads the log itself, which is slower and the same.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jibungoto.engine import relations
from jibungoto.engine.behind import lay_behind
from jibungoto.engine.log import LogVersion
from jibungoto.engine.look_up import LINE, LogLine
from jibungoto.engine.spells import FILED
from jibungoto.understand.answers import RowBehind
from jibungoto.understand.thresholds import RULE_VERSION

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from jibungoto.engine.sealed import Seal

NEWEST = 50
"""How many of an account's newest activities are kept for its person's first page."""

_BELOW = "rollups"
_SHAPE = 2
"""Raised whenever the files below change, so that those written before are not read."""
_DAY = 86_400
_GROUP = {"days": 16_384, "newest": 8_192, "rows": 16_384, "lines": 2_048}
"""How many rows stand together: few where a page asks for some of many wide rows."""
_MEMORY = "200MB"
_SEALED = "sealed.json"

_COUNTED = """
create table counted as
select actor, day, kind, cast(count(*) as integer) as times from {log} as activity
where actor is not null and day < $night and day >= $since group by actor, day, kind
"""
_LATE = f"""
create table late as
select actor, min(day) as day from (
    select actor, day, sum(times) over (
        partition by actor order by day desc rows between unbounded preceding and 1 preceding
    ) as later
    from (select actor, day, sum(times) as times from counted group by actor, day)
) where coalesce(later, 0) < {NEWEST} group by actor
"""
_NEWEST = f"""
select {LINE}, sequence from {{log}} as activity join late using (actor)
where activity.day >= late.day and activity.day < {{night}} and activity.day >= {{since}}
qualify row_number() over (
    partition by actor order by happened_at desc, sequence desc, key
) <= {NEWEST}
order by actor, happened_at desc, sequence desc, key
"""
_WANTED = """
create table wanted as
select source, key from behind where key is not null union select source, key from {evidence}
union select source, key from candidate_rows
"""
_AHEAD = "insert into wanted select source, key from rested"
"""What may be asked for before the next seal: where somebody stops, comes back, or moves on."""
_LACKING = (
    "create table lacking as"
    " select source, key from wanted anti join sealed_page_lines using (source, key)",
    "create table missing as"
    " select source, key, hash(source, key) as place from lacking"
    " anti join near using (source, key)",
)
_NAMED = f"select {LINE} from activity semi join wanted using (source, key) order by key"
_NAMED_SINCE = f"""
select {LINE} from (
    select near.* from near semi join lacking using (source, key) union all
    select a.* from activity as a semi join missing using (source, key) where a.day in ({{days}})
) as activity order by key
"""
PAGES = ("days", "newest", "lines")
"""What is kept in files of their own for everything that is sealed, and for what came since."""


@dataclass(frozen=True, slots=True)
class Rollups:
    """The folder of what was kept of one version, as of one night."""

    folder: Path

    @property
    def are_kept(self) -> bool:
        """Say whether everything is there; it is put in place in one step."""
        sealed = (path for paths in _sealed_files(self.folder).values() for path in paths)
        return self.folder.exists() and all(path.exists() for path in sealed)

    def file(self, name: str) -> str:
        """Return one relation as SQL that reads its files."""
        paths = [self.folder / f"{name}.parquet", *_sealed_files(self.folder).get(name, ())]
        listed = ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths)
        return f"read_parquet([{listed}]) as activity"


def _sealed_files(folder: Path) -> dict[str, list[Path]]:
    return _told_of(folder / _SEALED) if folder.exists() else {}


@lru_cache(maxsize=1_000)  # what was kept never changes
def _told_of(path: Path) -> dict[str, list[Path]]:
    try:
        told = json.loads(path.read_bytes())
    except FileNotFoundError:
        return {}
    below = path.parent.parent.parent
    return {name: [below / each for each in paths] for name, paths in told.items()}


def rollups_of(log: LogVersion, night: date, *, rules: int = RULE_VERSION) -> Rollups:
    """Return where the rollups of a version as of a night are, or would be."""
    facts = Path(log.facts).name
    name = f"{log.manifest.version:08d}-{facts}-{night.isoformat()}-{rules}-{_SHAPE}"
    return Rollups(log.folder / _BELOW / name)


def keep(
    con: DuckDBPyConnection, log: LogVersion, *, night: date, seal: Seal | None = None
) -> None:
    """Write the rollups of a connection on which the steps have run as of ``night``.

    With a seal they hold what came since, and name the files of what is sealed.
    """
    kept = rollups_of(log, night)
    if kept.are_kept:
        return
    spare = kept.folder.with_name(f".{secrets.token_hex(8)}")
    spare.mkdir(parents=True)
    for name, chosen in pages_of(con, night=night, since=seal.cut if seal else None).items():
        write(con, name, chosen=chosen, folder=spare)
    write(con, "rows", chosen="select * from behind order by measure, part", folder=spare)
    for table in ("behind", "counted", "late", "wanted", "lacking", "missing"):
        con.execute(f"drop table if exists {table}")
    if seal is not None:
        told = {name: seal.files[f"page_{name}"] for name in PAGES}
        (spare / _SEALED).write_text(json.dumps(told))
    try:
        os.replace(spare, kept.folder)
    except OSError:  # another process kept the same a moment earlier
        shutil.rmtree(spare, ignore_errors=True)
    _sweep(kept)


def pages_of(
    con: DuckDBPyConnection, *, night: date, since: date | None, is_ahead: bool = False
) -> dict[str, str]:
    """Return SQL for what pages read of the time since a day, or of all, after the steps.

    ``is_ahead``: with the lines that nights to come may ask for, after ``rested`` was laid.
    """
    first = since or date.min
    lay_behind(con, night, is_sealed=since is not None)
    rows = "near" if since else "activity"  # what lies near the day is at hand already
    con.execute(_COUNTED.format(log=rows), {"night": night, "since": first})
    con.execute(_LATE)
    con.execute(_WANTED.format(evidence="evidence_since" if since else "evidence"))
    if is_ahead:
        con.execute(_AHEAD)
    return {
        "days": "select * from counted order by actor, day, kind",
        "newest": _NEWEST.format(log=rows, night=f"date '{night}'", since=f"date '{first}'"),
        "lines": _lines_since(con) if since else _NAMED,
    }


def _lines_since(con: DuckDBPyConnection) -> str:
    """Return SQL for the lines that are not sealed: near ones, and the few from further back."""
    for sql in _LACKING:
        con.execute(sql)
    days = con.execute(
        "select distinct day from sealed_index semi join missing using (place)"
    ).fetchall()
    listed = ", ".join(f"date '{day}'" for (day,) in days) or "null"
    return _NAMED_SINCE.format(days=listed)


def write(con: DuckDBPyConnection, name: str, *, chosen: str, folder: Path) -> str:
    """Write one relation in the order in which pages read it; return its file's name."""
    target = str(folder / f"{name}.parquet").replace("'", "''")
    con.execute(
        f"copy ({chosen}) to '{target}'"
        f" (format parquet, compression lz4, row_group_size {_GROUP[name]})"
    )
    return f"{name}.parquet"


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
        f"select day, kind, times from {kept.file('days')} where actor in ({_marks(actors)})",
        actors,
    )
    found: dict[tuple[date, str], int] = {}
    for day, kind, times in rows:  # few: asking for sums in order costs more than making them
        found[day, kind] = found.get((day, kind), 0) + times
    return [(day, kind, found[day, kind]) for day, kind in sorted(found)]


def kept_actors(kept: Rollups, kinds: Sequence[str]) -> list[str]:
    """Return the actors who ever did something of these kinds."""
    rows = _asked(
        f"select distinct actor from {kept.file('days')} where kind in ({_marks(kinds)})"
        " order by actor",
        kinds,
    )
    return [str(actor) for (actor,) in rows]


def actors_who(con: DuckDBPyConnection, kinds: Sequence[str], *, night: date) -> list[str]:
    """Return the same from the log itself, of everything before ``night``."""
    rows = con.execute(
        f"select distinct actor from activity where kind in ({_marks(kinds)})"
        " and actor is not null and day < ? order by actor",
        [*kinds, night],
    ).fetchall()
    return [str(actor) for (actor,) in rows]


def kept_newest(kept: Rollups, actors: Sequence[str], *, limit: int) -> list[LogLine]:
    """Return what some actors did last, newest first; at most ``NEWEST`` of it is kept."""
    rows = _asked(
        f"select {LINE}, sequence from {kept.file('newest')} where actor in ({_marks(actors)})",
        actors,
    )
    return _newest_first(rows)[:limit]


def lines_on(log: LogVersion, actors: Sequence[str], *, days: Sequence[date]) -> list[LogLine]:
    """Return what some actors did on some days, newest first, reading those months alone.

    What is filed under no day of its own, such as who was at an event, is read as well.
    """
    near = {day + timedelta(days=by) for day in days for by in (-1, 0, 1)}  # months are of UTC
    filed = {FILED, *(day.year * 100 + day.month for day in near)}
    paths = [
        part.path
        for month in log.manifest.months
        if month.month in filed
        for part in month.files.activity
    ]
    stored = relations.reading(log.folder, paths, columns=relations.STORED_ACTIVITY)
    rows = _asked(
        f"select {LINE}, sequence from ({relations.activities_in(f'({stored})')}) as activity"
        f" where actor in ({_marks(actors)}) and activity.day in ({_marks(days)})",
        [*actors, *days],
    )
    return _newest_first(rows)


def _newest_first(rows: Sequence[tuple[Any, ...]]) -> list[LogLine]:
    """Return rows of ``LINE`` and ``sequence`` as lines; sorted here, for they are few."""
    found = sorted(((LogLine(*row[:-1]), row[-1]) for row in rows), key=lambda one: one[0].key)
    found.sort(key=lambda one: (one[0].happened_at, one[1]), reverse=True)
    return [line for line, _sequence in found]
