"""All rows of the log that are somebody's, whole: what they may ask to see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from jibungoto.engine.relations import ACTIVITY, TIE

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_AT_ONCE = 5_000


def whole_rows_of(con: DuckDBPyConnection, actors: Sequence[str]) -> Iterator[dict[str, object]]:
    """Yield every activity of these actors with all its columns, the oldest first."""
    named = ", ".join(f'"{name}"' for name in ACTIVITY)
    yield from _told(
        con,
        f"select {named} from activity where actor in (select unnest($actors))"
        " order by happened_at, source, key",
        columns=tuple(ACTIVITY),
        actors=actors,
    )


def ties_of(con: DuckDBPyConnection, actors: Sequence[str]) -> Iterator[dict[str, object]]:
    """Yield every turning to somebody by these actors or to them, the oldest first."""
    named = ", ".join(f'"{name}"' for name in TIE)
    yield from _told(
        con,
        f"select {named} from tie where from_actor in (select unnest($actors))"
        " or to_actor in (select unnest($actors)) order by happened_at, source, key, kind",
        columns=tuple(TIE),
        actors=actors,
    )


def _told(
    con: DuckDBPyConnection, sql: str, *, columns: tuple[str, ...], actors: Sequence[str]
) -> Iterator[dict[str, object]]:
    asked = con.execute(sql, {"actors": list(actors)})
    while rows := asked.fetchmany(_AT_ONCE):
        yield from (dict(zip(columns, row, strict=True)) for row in rows)
