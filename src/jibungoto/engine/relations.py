"""The columns of the relations SQL sees, and the DuckDB connections that see them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

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
STORED = {"record": RECORD, "activity": ACTIVITY, "tie": TIE}
"""The relations that deliveries and months are made of."""

WHO: dict[str, str] = {
    "actor": "varchar",
    "person": "integer",
    "kind": "varchar",
    "from_day": "date",
    "to_day": "date",
    "opted_out": "boolean",
    "source": "varchar",
    "is_deleted": "boolean",
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
    "is_default": "boolean",
    "tag": "varchar",
    "registered": "integer",
    "waiting": "integer",
    "attended": "integer",
    "viewers": "integer",
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
