"""Which nights see the same in two versions of a log and the facts beside them."""

from __future__ import annotations

import filecmp
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from jibungoto.engine import relations
from jibungoto.engine.log import FACTS, LogVersion
from jibungoto.engine.manifest import Part
from jibungoto.engine.steps import coverage_of
from jibungoto.understand.verdicts import Coverage

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NEVER, ALWAYS = date.min, date.max
_MEMORY = "500MB"
_READ_AT_MOST = 1_000_000
NOT_READ = {"version", "intake", "content", "month"}
"""Columns of stored rows that no step reads."""

_PERSONS = """
create temp table concerned as
with people as (select distinct person from ({differing}))
select actor from who_before semi join people using (person)
union select actor from who_now semi join people using (person)
"""
_SEEN = """
select min(day) from (
    select min(day) as day from activity where actor in (from concerned)
    union all select min(day) from tie
    where from_actor in (from concerned) or to_actor in (from concerned)
)
"""
_PLACES = """
create temp table places as
(from initiative_before except all from initiative_now) union all
(from initiative_now except all from initiative_before)
"""
_BEGUN = """
select min(day) from (
    select min(least(start_day, cast(starts_at as date) - 1, cast(started_at as date) - 1)) as day
    from places
    union all
    select min(day) from activity where initiative in (select key from places)
)
"""
_BLANK = """
select n.as_of, cast(count(*) as integer) from (
    select n.as_of, w.person
    from (select unnest($nights) as as_of) as n
    join who as w on (w.from_day is null or w.from_day < n.as_of)
        and (w.to_day is null or w.to_day >= n.as_of)
    semi join (
        select g.person from registry as g join params as p on p.as_of = g.as_of
        where g.is_undated
    ) as blank on blank.person = w.person
    group by n.as_of, w.person
    having bool_and(w.kind not in ('bot', 'staff', 'partner', 'guest'))
        and not bool_and(w.is_deleted)
) as n group by n.as_of
"""


def unchanged_nights(
    before: LogVersion, now: LogVersion, *, nights: Iterable[date]
) -> tuple[date, ...]:
    """Return those of some nights that see the same in both versions.

    A night sees what happened before it, whoever did it and wherever, with all that is said of
    them, and what the sources tell of that time. Not compared is who has no record at all, whom
    only the newest night can count. Nobody answers what was not yet written, so no night sees a
    row before the row's own day.
    """
    asked = tuple(nights)
    if not asked or not _are_there(before):
        return ()
    con = relations.connect(_MEMORY)
    try:
        until = _first_row(con, before, now=now)
        if before.facts != now.facts and until > min(asked):
            covered = [_covered(con, log) for log in (before, now)]
            asked = tuple(n for n in asked if _known(covered[0], n) == _known(covered[1], n))
            until = min(until, _first_fact(con, before, now=now)) if asked else NEVER
    finally:
        con.close()
    return tuple(night for night in asked if night <= until)


def _covered(con: DuckDBPyConnection, log: LogVersion) -> Coverage:
    for name, columns in FACTS.items():
        read = relations.reading(log.folder, [f"{log.facts}/{name}.parquet"], columns=columns)
        con.execute(f"create or replace view {name} as {read}")
    return coverage_of(con)


def _known(coverage: Coverage, night: date) -> Coverage:
    """Return what is covered before a night, and whether a source goes on: then it is whole.

    How long it goes on says nothing of the night.
    """
    return replace(
        coverage,
        sources=tuple(
            replace(one, covered_until=min(one.covered_until, night)) for one in coverage.sources
        ),
    )


def _are_there(log: LogVersion) -> bool:
    live = log.manifest.live()
    paths = [part.path for part in (*live.activity, *live.tie)]
    paths += [f"{log.facts}/{name}.parquet" for name in FACTS]
    return all((log.folder / path).exists() for path in paths)


def _first_row(con: DuckDBPyConnection, before: LogVersion, *, now: LogVersion) -> date:
    """Return the first day on which a row is in one version alone."""
    days = []
    for name in ("activity", "tie"):
        old: tuple[Part, ...] = getattr(before.manifest.live(), name)
        new: tuple[Part, ...] = getattr(now.manifest.live(), name)
        gone, come = sorted(set(old) - set(new), key=_path), sorted(set(new) - set(old), key=_path)
        if sum(part.rows for part in (*gone, *come)) > _READ_AT_MOST:
            return NEVER
        columns = {k: v for k, v in relations.STORED[name].items() if k not in NOT_READ}
        one, other = (_rows(now, parts, columns=columns) for parts in (gone, come))
        days.append(
            f"select min(day) as day from (({one} except all {other})"
            f" union all ({other} except all {one}))"
        )
    return _day(con, f"select min(day) from ({' union all '.join(days)})")


def _path(part: Part) -> str:
    return part.path


def _rows(log: LogVersion, parts: Sequence[Part], *, columns: dict[str, str]) -> str:
    named = ", ".join(f'"{name}"' for name in columns)
    read = relations.reading(log.folder, [part.path for part in parts], columns=columns)
    return f"select {named} from ({read})"


def _first_fact(con: DuckDBPyConnection, before: LogVersion, *, now: LogVersion) -> date:
    """Return the first day on which somebody, or a place, of which other facts hold was seen."""
    for name, columns in FACTS.items():
        for log, when in ((before, "before"), (now, "now")):
            read = relations.reading(log.folder, [f"{log.facts}/{name}.parquet"], columns=columns)
            con.execute(f"create view {name}_{when} as {read}")
    changed = {n for n in FACTS if not _is_copy(n, before, now=now)}
    if "kinds" in changed and _differ(con, "kinds"):
        return NEVER
    if changed.isdisjoint({"who", "initiative"}):
        return ALWAYS
    for relation, columns in (("activity", relations.STORED_ACTIVITY), ("tie", relations.TIE)):
        parts = getattr(now.manifest.live(), relation)
        read = relations.reading(now.folder, [p.path for p in parts], columns=columns)
        con.execute(f"create view stored_{relation} as {read}")
    con.execute("create view activity as from stored_activity")
    con.execute(f"create view tie as {relations.ties_in('stored_tie', 'stored_activity')}")
    con.execute(_PERSONS.format(differing=differing_rows("from who_before", "from who_now")))
    con.execute(_PLACES)
    first = _day(con, _SEEN) if _any(con, "from concerned") else ALWAYS
    return min(first, _day(con, _BEGUN)) if _any(con, "from places") else first


def _is_copy(name: str, before: LogVersion, *, now: LogVersion) -> bool:
    one, other = (log.folder / log.facts / f"{name}.parquet" for log in (before, now))
    return same_file(one, other)


def same_file(one: Path, other: Path) -> bool:
    """Say whether two files hold the same bytes; those that do not may still say the same."""
    return filecmp.cmp(one, other, shallow=False)


def differing_rows(one: str, other: str) -> str:
    """Return SQL for the rows that two queries do not give as often."""
    return (
        f"select * exclude (times) from (select *, 1 as times from ({one}) union all"
        f" select *, -1 as times from ({other})) group by all having sum(times) <> 0"
    )


def _differ(con: DuckDBPyConnection, name: str) -> bool:
    one, other = f"from {name}_before", f"from {name}_now"
    return _any(con, f"({one} except all {other}) union all ({other} except all {one})")


def _any(con: DuckDBPyConnection, query: str) -> bool:
    return con.execute(f"select 1 from ({query}) limit 1").fetchone() is not None


def _day(con: DuckDBPyConnection, query: str) -> date:
    ((day,),) = con.execute(query).fetchall()
    return ALWAYS if day is None else day


def without_record(con: DuckDBPyConnection, nights: Iterable[date]) -> dict[date, int]:
    """Return how many members stand on each night of whom there is no record, after the steps."""
    asked = list(nights)
    if not asked:
        return {}
    return dict.fromkeys(asked, 0) | dict(con.execute(_BLANK, {"nights": asked}).fetchall())
