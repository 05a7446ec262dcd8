"""Rows of a database kept aside, and laid into another with the statements that insert them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

OURS = "records_"
TABLES = f"select name from sqlite_schema where type = 'table' and name like '{OURS}%'"

Rows = dict[str, list[tuple[Any, ...]]]
"""By the statement that inserts them."""
Ask = Callable[[str], tuple[Iterable[Any], list[tuple[Any, ...]]]]
"""Answers a query with the description of its columns and its rows."""


def rows_of(file: Path) -> Rows:
    """Return our rows of a database file."""
    with closing(sqlite3.connect(file)) as base:

        def asked(query: str) -> tuple[Iterable[Any], list[tuple[Any, ...]]]:
            cursor = base.execute(query)
            return cursor.description, cursor.fetchall()

        return _rows(asked)


def rows_here() -> Rows:
    """Return our rows of the database Django is connected to."""
    from django.db import connection

    with connection.cursor() as cursor:

        def asked(query: str) -> tuple[Iterable[Any], list[tuple[Any, ...]]]:
            cursor.execute(query)
            return cursor.description, cursor.fetchall()

        return _rows(asked)


def _rows(asked: Ask) -> Rows:
    found: Rows = {}
    for (table,) in asked(TABLES)[1]:
        described, rows = asked(f'select * from "{table}"')
        columns = [f'"{column[0]}"' for column in described]
        values = ", ".join(["%s"] * len(columns))
        if rows:
            found[f'insert into "{table}" ({", ".join(columns)}) values ({values})'] = rows
    return found


def lay(rows: Rows) -> None:
    """Write rows into the database Django is connected to, in the place of ours that are there."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(TABLES)
        for (table,) in cursor.fetchall():
            cursor.execute(f'delete from "{table}"')
        for insert, told in rows.items():
            cursor.executemany(insert, told)
