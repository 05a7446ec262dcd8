"""What is sealed of a log before a day: files beside it, and whether they still tell the truth.

A seal holds what the steps gave of everything before its day. It is derived, and may be deleted
at any time. It holds as long as nothing differs before that day: neither rows, which are compared
by what months are made of, nor facts about anybody or anything seen there.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from jibungoto.engine import relations
from jibungoto.engine.log import FACTS, LogVersion
from jibungoto.engine.manifest import Part
from jibungoto.engine.unbroken import unbroken
from jibungoto.engine.unchanged import NOT_READ, differing_rows, same_file
from jibungoto.understand.thresholds import RULE_VERSION

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from jibungoto.engine.steps import Params

BELOW = "sealed"
SHAPE = 5
"""Raised whenever steps, pieces or files change, so that seals made before are not read."""
_MEMORY = "500MB"
_DIGEST = (
    "select count(*), coalesce(bit_xor(h), 0), coalesce(sum(cast(h % 1000000007 as bigint)), 0)"
    " from (select day, hash({named}) as h from ({read}) where day < date '{cut}')"
)
_COMPARED = {
    "who": "actor, person, kind, from_day, to_day, opted_out",
    "kinds": "kind, class, presence, output",
    "initiative": "key, tag, is_default, kind, mode, starts_at is null as is_undated, is_cancelled",
    "source": "source, replies, threads, reactions, mentions, joins, creators, bots, deletions,"
    " complete_since",
}
"""What sealed rows rest on of the facts; all else is read anew each time."""
_CONCERNED = """
select 1 from sealed_known as k join (
    select 'actor' as what, actor as name from who_either
    where person in (select person from who_differing)
    union all select 'initiative', key from initiative_differing
    union all select 'source', source from source_differing
) as d on d.what = k.what and d.name = k.name limit 1
"""


class MonthSeen(msgspec.Struct, frozen=True):
    """Of which files one month was made, and what their rows before the day come to.

    ``is_whole``: all its rows lie before the day.
    """

    paths: tuple[str, ...]
    digest: tuple[str, ...]
    is_whole: bool


class Seal(msgspec.Struct, frozen=True):
    """Everything before ``cut`` as the steps saw it: files by table, below the log's folder."""

    mark: str
    cut: date
    facts: str
    files: dict[str, tuple[str, ...]]
    months: dict[str, MonthSeen]


def mark_of(params: Params) -> str:
    """Return what a seal must have been made with to be of use."""
    with unbroken():
        import duckdb

    numbers = msgspec.to_builtins(params.thresholds)
    rules = ",".join(f"{name}={value}" for name, value in sorted(numbers.items()))
    return f"{SHAPE}/{RULE_VERSION}/{duckdb.__version__}/{params.zone}/{rules}"


def newest_seal(log: LogVersion, params: Params) -> Seal | None:
    """Return the newest seal that tells the truth of this version before the day asked for."""
    for path in sorted((log.folder / BELOW).glob("*.json"), reverse=True):
        try:
            seal = msgspec.json.decode(path.read_bytes(), type=Seal)
        except (OSError, msgspec.MsgspecError):
            continue
        if seal.mark == mark_of(params) and seal.cut <= params.as_of and _holds(seal, log):
            return seal
    return None


def lay(con: DuckDBPyConnection, seal: Seal, *, folder: Path) -> None:
    """Make a view ``sealed_`` of each table that is sealed."""
    for name, paths in seal.files.items():
        con.execute(f"create view sealed_{name} as {reading(folder, paths)}")


def reading(folder: Path, paths: tuple[str, ...]) -> str:
    """Return SQL that reads files that have the columns of one table."""
    listed = ", ".join("'" + str(folder / path).replace("'", "''") + "'" for path in paths)
    return f"select * from read_parquet([{listed}], hive_partitioning = false)"


def _holds(seal: Seal, log: LogVersion) -> bool:
    paths = [path for named in seal.files.values() for path in named]
    facts = [f"{seal.facts}/{name}.parquet" for name in FACTS]
    if not all((log.folder / path).exists() for path in (*paths, *facts)):
        return False
    con = relations.connect(_MEMORY, log.folder / "spill")
    try:
        return _same_rows(con, seal, log=log) and _same_facts(con, seal, log=log)
    finally:
        con.close()


def _same_rows(con: DuckDBPyConnection, seal: Seal, *, log: LogVersion) -> bool:
    made = {str(month.month): month.files for month in log.manifest.months}
    for name in sorted({*made, *seal.months}):
        held = seal.months.get(name)
        files = (made[name].activity, made[name].tie) if name in made else ((), ())
        now = sorted(part.path for parts in files for part in parts)
        if held is not None and held.paths == tuple(now):
            continue
        if seen(con, log, files=files, cut=seal.cut).digest != (held.digest if held else _NOTHING):
            return False
    return True


def seen(
    con: DuckDBPyConnection,
    log: LogVersion,
    *,
    files: tuple[tuple[Part, ...], tuple[Part, ...]],
    cut: date,
) -> MonthSeen:
    """Return what the rows of a month's files come to, as far as steps and pages read."""
    digest: list[str] = []
    is_whole = True
    for relation, parts in zip(("activity", "tie"), files, strict=True):
        stored = relations.STORED[relation].items()  # pages also show a line's version
        columns = {k: v for k, v in stored if k == "version" or k not in NOT_READ}
        read = relations.reading(log.folder, [part.path for part in parts], columns=columns)
        named = ", ".join(f'"{column}"' for column in columns)
        sql = _DIGEST.format(named=named, read=read, cut=cut)
        sums = con.execute(sql).fetchall()[0]
        digest += map(str, sums)
        is_whole = is_whole and sums[0] == sum(part.rows for part in parts)
    paths = sorted(part.path for parts in files for part in parts)
    return MonthSeen(tuple(paths), tuple(digest), is_whole)


_NOTHING = ("0",) * 6


def _same_facts(con: DuckDBPyConnection, seal: Seal, *, log: LogVersion) -> bool:
    is_same = True
    for name, chosen in _COMPARED.items():
        paths = [f"{below}/{name}.parquet" for below in (seal.facts, log.facts)]
        before, now = (
            f"select {chosen} from ({relations.reading(log.folder, [path], columns=FACTS[name])})"
            for path in paths
        )
        con.execute(f"create view {name}_either as {before} union all {now}")
        is_copy = same_file(log.folder / paths[0], log.folder / paths[1])
        differing = f"{before} limit 0" if is_copy else differing_rows(before, now)
        con.execute(f"create table {name}_differing as {differing}")
        found = con.execute(f"select 1 from {name}_differing limit 1").fetchone()
        if found and name == "kinds":
            return False
        is_same = is_same and not found
    if is_same:
        return True
    lay(con, seal, folder=log.folder)
    return con.execute(_CONCERNED).fetchone() is None
