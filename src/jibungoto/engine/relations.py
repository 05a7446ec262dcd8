"""The columns of the relations SQL sees, and the DuckDB connections that see them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from jibungoto.engine.unbroken import unbroken

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

RECORD: dict[str, str] = {
    "source": "varchar",
    "key": "varchar",
    "content": "bigint",
    "month": "integer",
    "is_tombstone": "boolean",
    "is_counted": "boolean",
    "version": "integer",
    "intake": "integer",
}
ACTIVITY: dict[str, str] = {
    "source": "varchar",
    "key": "varchar",
    "record": "varchar",
    "version": "integer",
    "intake": "integer",
    "actor": "varchar",
    "kind": "varchar",
    "happened_at": "timestamp",
    "at_precision": "varchar",
    "day": "date",
    "place": "varchar",
    "thread": "varchar",
    "in_reply_to": "varchar",
    "initiative": "varchar",
    "sequence": "bigint",
    "length": "integer",
    "is_question": "boolean",
    "text_hash": "bigint",
    "hosts": "varchar",
    "emoji": "varchar",
    "url": "varchar",
    "visibility": "varchar",
}
TIE: dict[str, str] = {
    "source": "varchar",
    "key": "varchar",
    "record": "varchar",
    "intake": "integer",
    "from_actor": "varchar",
    "to_actor": "varchar",
    "kind": "varchar",
    "happened_at": "timestamp",
    "day": "date",
}
STORED_ACTIVITY: dict[str, str] = ACTIVITY | {
    "towards": "varchar",
    "mentioned": "varchar",
    "content": "bigint",
    "month": "integer",
}
"""An activity as files hold it. ``record`` is NULL where it is the key. One that is a record of its
own has that record's ``content``; one that turns to somebody says ``towards`` whom, and names the
actors ``mentioned``. Most records and ties are read from these and stand in no file of their own.
"""

STORED = {"record": RECORD, "activity": STORED_ACTIVITY, "tie": TIE}
"""The relations that deliveries and months are made of."""

_RECORDS = """
select {told}, true as is_own from {record}
union all by name
select source, key, content, month, false as is_tombstone, true as is_counted, version, intake,
    false as is_own
from {activity} where content is not null
"""
_TIES = """
select {told} from {tie}
union all by name
select source, key, coalesce(record, key) as record, intake, actor as from_actor,
    towards as to_actor, case when kind = 'reaction' then 'reaction' else 'reply' end as kind,
    happened_at, day
from {activity} where towards is not null and actor is not null
union all by name
select source, key, coalesce(record, key) as record, intake, actor as from_actor,
    unnest(string_split(mentioned, ' ')) as to_actor, 'mention' as kind, happened_at, day
from {activity} where mentioned is not null
"""


def activities_in(stored: str) -> str:
    """Return SQL for the activities SQL sees, from stored ones (a name, or SQL in brackets)."""
    named = [f'"{name}"' for name in ACTIVITY]
    named[named.index('"record"')] = "coalesce(record, key) as record"
    return f"select {', '.join(named)} from {stored}"


def ties_in(tie: str, activity: str) -> str:
    """Return SQL for all ties: stored ones, and those that stored activities say of themselves."""
    return _TIES.format(told=_named(TIE), tie=tie, activity=activity)


def records_in(record: str, activity: str) -> str:
    """Return SQL for all records, stored (``is_own``) or read from stored activities."""
    return _RECORDS.format(told=_named(RECORD), record=record, activity=activity)


def _named(columns: dict[str, str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


WHO: dict[str, str] = {
    "actor": "varchar",
    "person": "integer",
    "kind": "varchar",
    "from_day": "date",
    "to_day": "date",
    "opted_out": "boolean",
    "source": "varchar",
    "is_deleted": "boolean",
    "organisation": "integer",
}
KINDS: dict[str, str] = {
    "kind": "varchar",
    "class": "varchar",
    "presence": "boolean",
    "output": "boolean",
}
INITIATIVE: dict[str, str] = {
    "key": "varchar",
    "source": "varchar",
    "kind": "varchar",
    "started_by": "varchar",
    "started_at": "timestamp",
    "start_day": "date",
    "mode": "varchar",
    "starts_at": "timestamp",
    "ends_at": "timestamp",
    "edition": "integer",
    "series": "varchar",
    "is_cancelled": "boolean",
    "is_default": "boolean",
    "tag": "varchar",
    "registered": "integer",
    "waiting": "integer",
    "attended": "integer",
    "viewers": "integer",
    "capacity": "integer",
    "hashtag": "varchar",
}
SOURCE: dict[str, str] = {
    "source": "varchar",
    "replies": "boolean",
    "threads": "boolean",
    "reactions": "boolean",
    "mentions": "boolean",
    "joins": "boolean",
    "creators": "boolean",
    "bots": "boolean",
    "deletions": "boolean",
    "complete_since": "date",
    "covered_from": "date",
    "covered_until": "date",
}


def connect(memory: str, spill: Path | None = None, *, threads: int = 1) -> DuckDBPyConnection:
    """Open an in-memory DuckDB, bounded in memory (such as ``"250MB"``) and threads.

    What does not fit spills into the folder ``spill``; nothing is ever downloaded.
    """
    with unbroken():
        import duckdb

    options: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory,
        "threads": threads,
        "preserve_insertion_order": "false",
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    if spill is not None:
        options["temp_directory"] = str(spill)
    connection = duckdb.connect(":memory:", config=options)
    connection.execute("set TimeZone = 'UTC'")
    return connection


def empty(columns: dict[str, str]) -> str:
    """Return SQL for a relation of these columns without a row."""
    named = ", ".join(f'cast(null as {kind}) as "{name}"' for name, kind in columns.items())
    return f"select {named} where false"


def reading(folder: Path, paths: Sequence[str], *, columns: dict[str, str]) -> str:
    """Return SQL that reads these files of a community's folder as one relation."""
    if not paths:
        return empty(columns)
    listed = ", ".join("'" + str(folder / path).replace("'", "''") + "'" for path in paths)
    return f"select * from read_parquet([{listed}], hive_partitioning = false)"
