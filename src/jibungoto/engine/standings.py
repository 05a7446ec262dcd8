"""Where everybody stands, as rows a database keeps: only those that differ from what it has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from jibungoto.understand.answers import Move, Stage, unknown_parts

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_COLUMNS = (
    "r.person, r.capacity, r.opted_out, r.joined_day, r.joined_exact, r.first_day, r.last_day,"
    " r.acts, coalesce(l.stage, 0) as stage, coalesce(l.satisfied, 0) as satisfied, l.since_day,"
    " coalesce(l.dormant, false) as dormant, coalesce(l.is_at_least, false) as is_at_least,"
    " coalesce(l.is_help_unknown, false) as is_help_unknown,"
    " coalesce(l.is_start_unknown, false) as is_start_unknown,"
    " l.person is not null as is_on_ladder"
)
_LINES = f"""
create or replace temp table line as
with told as (
    select person, bit_xor(hash(night, stage, dormant)) as told, count(*) as changes
    from stages group by person
), proof as (
    select person, bit_xor(hash(position, source, key, leg)) as proof, count(*) as rows_behind
    from evidence group by person
), plain as (
    select {_COLUMNS} from roster as r
    left join (select l.* from ladder as l join params as p on p.as_of = l.as_of) as l
        on l.person = r.person
)
select j.*,
    cast(hash(j, h.told, h.changes, e.proof, e.rows_behind) >> 1 as bigint) as digest
from plain as j
left join proof as e on e.person = j.person
left join told as h on h.person = j.person
"""
_DIFFERING = """
create or replace temp table differing as
select line.* from line anti join kept using (person, digest)
"""
_WRITTEN = """
with turned as (
    select person, night, stage, dormant from stages semi join differing using (person)
    window nights_of as (partition by person order by night)
    qualify row_number() over nights_of = 1
        or stage <> lag(stage) over nights_of or dormant <> lag(dormant) over nights_of
), told as (
    select person, '[' || string_agg(
        '["' || cast(night - 1 as varchar) || '",' || stage || ',' || dormant || ']', ','
        order by night
    ) || ']' as changes from turned group by person
), proof as (
    select person, '[' || string_agg(
        cast(to_json([source, key, leg]) as varchar), ',' order by position
    ) || ']' as rows_behind from evidence semi join differing using (person) group by person
)
select d.*, coalesce(e.rows_behind, '[]'), coalesce(h.changes, '[]')
from differing as d
left join proof as e on e.person = d.person
left join told as h on h.person = d.person
order by d.person
"""
_MOVES = """
select l.person, coalesce(b.stage, 0) as before, l.stage, l.since_day
from ladder as l join params as p on p.as_of = l.as_of
left join stages as b on b.person = l.person and b.night <= p.as_of - p.period
    and (b.next_night is null or b.next_night > p.as_of - p.period)
where l.stage <> coalesce(b.stage, 0) order by l.person
"""


@dataclass(frozen=True, slots=True)
class StandingLine:
    """One person behind at least one handle, and where they stand if they are a member.

    ``evidence`` are the rows behind their stage: source, key and the condition each proves.
    ``history`` are days, stages and whether they were dormant then, wherever one of both changed.
    """

    person: int
    capacity: str
    is_opted_out: bool
    joined_day: date | None
    joined_exact: bool
    first_day: date | None
    last_day: date | None
    acts: int
    stage: int
    satisfied: int
    since: date | None
    is_dormant: bool
    is_at_least: bool
    unknown: tuple[str, ...]
    evidence: list[list[str]]
    history: list[tuple[str, int, bool]]
    digest: int


@dataclass(frozen=True, slots=True)
class Changed:
    """What differs from what is kept: lines that are new or other, and who is no longer there."""

    lines: list[StandingLine]
    gone: list[int]


def lay_lines(con: DuckDBPyConnection) -> None:
    """Make the table of everybody's lines, after the steps have run."""
    con.execute(_LINES)


def changed(con: DuckDBPyConnection, kept: Mapping[int, int]) -> Changed:
    """Return what differs from the kept digests, by person, of the lines that were laid."""
    import msgspec
    import numpy as np

    people = np.fromiter(kept.keys(), dtype=np.int64, count=len(kept))
    digests = np.fromiter(kept.values(), dtype=np.int64, count=len(kept))
    con.register("kept", {"person": people, "digest": digests})
    con.execute(_DIFFERING)
    rows = con.execute(_WRITTEN).fetchall()
    gone = con.execute("select person from kept anti join line using (person)").fetchall()
    con.unregister("kept")
    histories = msgspec.json.Decoder(list[tuple[str, int, bool]])
    evidence = msgspec.json.Decoder(list[list[str]])
    lines = []
    for row in rows:
        *plain, dormant, at_least, help_, start, on_ladder, digest, behind, changes = row
        unknown = unknown_parts(Stage(plain[8]), help_, start_unknown=start) if on_ladder else ()
        parts = tuple(part.value for part in unknown)
        told = (parts, evidence.decode(behind), histories.decode(changes), digest)
        lines.append(StandingLine(*(*plain, dormant, at_least, *told)))
    return Changed(lines, [person for (person,) in gone])


def moves(con: DuckDBPyConnection) -> list[Move]:
    """Return who stands elsewhere than one period ago, on the day of the last run."""
    rows = con.execute(_MOVES).fetchall()
    return [
        Move(person, Stage(before), Stage(stage), since) for person, before, stage, since in rows
    ]
