"""Rows of the log as pages and commands show them: what somebody did, or one row by its key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class LogLine:
    """One activity as a page shows it; ``place`` is the source's key of the place."""

    source: str
    key: str
    actor: str
    kind: str
    happened_at: datetime
    at_precision: str
    day: date
    place: str | None
    initiative: str | None
    thread: str | None
    length: int | None
    is_question: bool | None
    emoji: str | None
    version: int


LINE = (
    "source, key, actor, kind, happened_at, at_precision, activity.day, place, initiative, thread,"
    " length, is_question, emoji, version"
)
"""The columns of a ``LogLine``, of a relation named activity."""

_LINE = f"select {LINE} from activity"


def lines_of(
    con: DuckDBPyConnection,
    actors: Sequence[str],
    *,
    before: date,
    limit: int = 200,
    offset: int = 0,
) -> list[LogLine]:
    """Return what some actors did before a day, newest first."""
    rows = con.execute(
        f"{_LINE} where list_contains($actors, actor) and day < $before"
        " order by happened_at desc, sequence desc, key limit $limit offset $offset",
        {"actors": list(actors), "before": before, "limit": limit, "offset": offset},
    ).fetchall()
    return [LogLine(*row) for row in rows]


def lines_keyed(con: DuckDBPyConnection, keys: Sequence[tuple[str, str]]) -> list[LogLine]:
    """Return the activities of these (source, key) pairs, in the order given."""
    wanted = [f"{source}\n{key}" for source, key in keys]
    rows = con.execute(
        f"{_LINE} where list_contains($keys, key)"
        " and list_contains($pairs, source || chr(10) || key)",
        {"keys": [key for _, key in keys], "pairs": wanted},
    ).fetchall()
    found = {f"{row[0]}\n{row[1]}": LogLine(*row) for row in rows}
    return [found[pair] for pair in wanted if pair in found]


def days_of(
    con: DuckDBPyConnection, actors: Sequence[str], *, before: date
) -> list[tuple[date, str, int]]:
    """Return how much of each kind some actors did on each day, oldest first."""
    rows = con.execute(
        "select day, kind, cast(count(*) as integer) from activity"
        " where list_contains($actors, actor) and day < $before"
        " group by day, kind order by day, kind",
        {"actors": list(actors), "before": before},
    ).fetchall()
    return [(day, kind, count) for day, kind, count in rows]


def lines(con: DuckDBPyConnection, *, before: date, limit: int, offset: int = 0) -> list[LogLine]:
    """Return activities of the whole log before a day, newest first."""
    rows = con.execute(
        f"{_LINE} where day < $before"
        " order by happened_at desc, sequence desc, source, key limit $limit offset $offset",
        {"before": before, "limit": limit, "offset": offset},
    ).fetchall()
    return [LogLine(*row) for row in rows]
