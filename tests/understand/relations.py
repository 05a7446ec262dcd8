"""Lays a log of plain values out as the relations that SQL sees."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum

import duckdb

from jibungoto.engine.relations import ACTIVITY, INITIATIVE, KINDS, SOURCE, TIE, WHO
from jibungoto.understand.log import Log

RELATIONS = {
    "activity": ACTIVITY,
    "tie": TIE,
    "who": WHO,
    "kinds": KINDS,
    "initiative": INITIATIVE,
    "source": SOURCE,
}


def connection(log: Log) -> duckdb.DuckDBPyConnection:
    """Return an in-memory engine that holds the log."""
    con = duckdb.connect(config={"threads": 1})
    for name, columns in RELATIONS.items():
        listed = ", ".join(f"{column} {kind}" for column, kind in columns.items())
        con.execute(f"create table {name} ({listed})")
    fill(con, log)
    return con


def utc(happened_at: int) -> datetime:
    """Return the moment as the log stores it."""
    return datetime.fromtimestamp(happened_at, UTC).replace(tzinfo=None)


def perhaps_utc(moment: int | None) -> datetime | None:
    """Return the moment as the log stores it, if there is one."""
    return None if moment is None else utc(moment)


def fill(con: duckdb.DuckDBPyConnection, log: Log) -> None:
    """Insert every relation of the log."""
    _fill_acts(con, log)
    _fill_people_and_places(con, log)


def _fill_acts(con: duckdb.DuckDBPyConnection, log: Log) -> None:
    _insert(
        con,
        "activity (source, key, record, actor, kind, happened_at, at_precision, day, place, thread,"
        " in_reply_to, initiative, sequence, is_question, text_hash, length, url)",
        [
            (a.source, a.key, a.record or a.key, a.actor, a.kind, utc(a.happened_at))
            + (a.at_precision, a.day, a.place, a.thread, a.in_reply_to, a.initiative, a.sequence)
            + (a.is_question, a.text_hash, a.length, a.url)
            for a in log.activities
        ],
    )
    _insert(
        con,
        "tie (source, key, from_actor, to_actor, kind, happened_at, day)",
        [
            (t.source, t.key, t.from_actor, t.to_actor, t.kind, utc(t.happened_at), t.day)
            for t in log.ties
        ],
    )


def _fill_people_and_places(con: duckdb.DuckDBPyConnection, log: Log) -> None:
    _insert(
        con,
        "who (actor, person, kind, from_day, to_day, opted_out, source, is_deleted, organisation)",
        [
            (w.actor, w.person, w.kind, w.from_day, w.to_day, w.opted_out, w.source, w.is_deleted)
            + (w.organisation,)
            for w in log.who
        ],
    )
    _insert(
        con,
        "kinds (kind, class, presence, output)",
        [(k.kind, k.act_class, k.presence, k.output) for k in log.kinds],
    )
    _insert(
        con,
        "initiative (key, source, is_default, tag, kind, mode, starts_at, ends_at, series,"
        " is_cancelled, registered, waiting, attended, viewers, capacity, hashtag)",
        [
            (i.key, i.source, i.is_default, i.tag, i.kind, i.mode)
            + (perhaps_utc(i.starts_at), perhaps_utc(i.ends_at), i.series, i.is_cancelled)
            + (i.registered, i.waiting, i.attended, i.viewers, i.capacity, i.hashtag)
            for i in log.initiatives
        ],
    )
    _insert(
        con,
        "source",
        [
            (s.source, c.replies, c.threads, c.reactions, c.mentions, c.joins, c.creators)
            + (c.bots, c.deletions, c.complete_since, s.covered_from, s.covered_until)
            for s in log.sources
            for c in [s.can_tell]
        ],
    )


def _insert(con: duckdb.DuckDBPyConnection, into: str, rows: list[tuple[object, ...]]) -> None:
    """Insert column by column: row by row takes seconds."""
    if rows:
        columns = [[_plain(value) for value in column] for column in zip(*rows, strict=True)]
        marks = ", ".join("unnest(?)" for _ in columns)
        con.execute(f"insert into {into} select {marks}", columns)


def _plain(value: object) -> object:
    return str(value) if isinstance(value, StrEnum) else value
