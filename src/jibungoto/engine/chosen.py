"""Which rows of deliveries a version of the log takes, and as what: SQL over their views."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from jibungoto.engine import relations, spells
from jibungoto.engine.manifest import Manifest, Month, Part, Tier

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_CHAIN = """
create or replace temp table chosen as
with alive as (
    select r.*, o.place,
        bool_or(not r.is_tombstone) over (
            partition by r.source, r.key order by o.place rows unbounded preceding
        ) as has_been
    from delivered_record as r join delivered_in as o on o.intake = r.intake
),
compared as (
    select *,
        lag(content) over chain is distinct from content
        or lag(is_tombstone) over chain is distinct from is_tombstone as is_change
    from alive where has_been
    window chain as (partition by source, key order by place)
),
counted as (
    select * exclude (version), cast(sum(cast(is_change as integer)) over (
        partition by source, key order by place rows unbounded preceding
    ) as integer) as version
    from compared
)
select * from counted where is_change
qualify row_number() over (partition by source, key order by place desc) = 1
"""

_IN_KEY = "coalesce(m.known || substr({text}, length(m.own) + 1), {text})"
_AS_MEANT = {
    "record": (
        f"select t.* replace ({_IN_KEY.format(text='t.key')} as key) from ({{told}}) as t"
        " left join meant as m on m.own = split_part(t.key, '/', 1)"
    ),
    "activity": (
        f"select t.* replace ({_IN_KEY.format(text='t.key')} as key,"
        f" case when t.record is null then null else {_IN_KEY.format(text='t.record')} end"
        " as record, coalesce(m.known, t.initiative) as initiative) from ({told}) as t"
        " left join meant as m on m.own = t.initiative and m.own = split_part(t.key, '/', 1)"
    ),
}
"""What a report told of its own event as told of the event that is meant; keys begin with it."""

RECORD_OF = {
    "record": "{row}.key",
    "activity": "coalesce({row}.record, {row}.key)",
    "tie": "{row}.record",
}
"""Which record a stored row belongs to."""


def stored(folder: Path, parts: Iterable[Part], *, relation: str) -> str:
    """Return SQL that reads parts of one relation as they are stored."""
    return relations.reading(
        folder, [part.path for part in parts], columns=relations.STORED[relation]
    )


def make_view(connection: DuckDBPyConnection, name: str, *, sql: str) -> None:
    """Let a name stand for a query until the connection is closed, or it is given again."""
    connection.execute(f"create or replace temp view {name} as {sql}")


def records_of(folder: Path, files: Tier) -> str:
    """Return SQL for the records of a tier, whether they stand alone or are activities."""
    return relations.records_in(
        f"({stored(folder, files.record, relation='record')})",
        f"({stored(folder, files.activity, relation='activity')})",
    )


def views_of(
    connection: DuckDBPyConnection,
    folder: Path,
    *,
    months: Iterable[Month],
    meant: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Make the views delivered_record, delivered_activity and delivered_tie of some months."""
    told = list(months)
    dated = joined(one.files for one in told if one.month != spells.FILED)
    undated = joined(one.files for one in told if one.month == spells.FILED)
    connection.execute("create or replace temp table meant (own varchar, known varchar)")
    if meant:
        connection.executemany("insert into meant values (?, ?)", sorted(meant.items()))
    for relation in relations.STORED:
        now, later = (_told(folder, files, relation=relation) for files in (dated, undated))
        if meant and relation in _AS_MEANT:
            later = _AS_MEANT[relation].format(told=later)
        make_view(connection, f"delivered_{relation}", sql=f"({now}) union all by name ({later})")


def _told(folder: Path, files: Tier, *, relation: str) -> str:
    if relation == "record":
        return records_of(folder, files)
    parts = files.activity if relation == "activity" else files.tie
    return stored(folder, parts, relation=relation)


def joined(tiers: Iterable[Tier]) -> Tier:
    """Return the files of all of them."""
    files = Tier()
    for tier in tiers:
        files = files.joined(tier)
    return files


def rows_of(relation: str) -> str:
    """Return SQL for the chosen rows of a relation, each with its month as ``filed``."""
    if relation == "record":
        named = ", ".join(f'"{name}"' for name in relations.RECORD)
        return f"select {named}, month as filed from chosen where is_own"
    version = " replace (c.version as version)" if relation == "activity" else ""
    record = RECORD_OF[relation].format(row="d")
    return (
        f"select d.*{version}, c.month as filed from delivered_{relation} as d"
        f" join chosen as c on c.key = {record} and c.source = d.source and c.intake = d.intake"
    )


def rows_united(relation: str) -> str:
    """Return SQL for the chosen rows of a relation; spells are united where there may be some."""
    rows = rows_of(relation)
    if relation != "activity":
        return rows
    undated = spells.united(f"select * from ({rows}) where filed = {spells.FILED}")
    return f"select * from ({rows}) where filed <> {spells.FILED} union all by name ({undated})"


def choose(
    connection: DuckDBPyConnection, folder: Path, *, manifest: Manifest, wanted: set[int]
) -> None:
    """Make the table ``chosen``: the latest of each record that the deliveries told of a month."""
    concerned = [m for d in manifest.deliveries for m in d.months if m.month in wanted]
    views_of(connection, folder, months=concerned, meant=dict(manifest.meant))
    connection.execute("create temp table delivered_in (intake integer, place integer)")
    if manifest.deliveries:
        connection.executemany(
            "insert into delivered_in values (?, ?)",
            [(d.intake, place) for place, d in enumerate(manifest.deliveries)],
        )
    connection.execute(_CHAIN)
