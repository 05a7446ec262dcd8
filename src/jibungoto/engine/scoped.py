"""Measures of some of the people: the same steps of the whole log, the last of them narrowed.

Who joined, answered or gathered is worked out with everybody; only the step that counts sees
nothing but the rows of the people asked for. The counts of two halves add up to the whole.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from jibungoto.engine import steps
from jibungoto.engine.log import LogVersion
from jibungoto.engine.sealing import run_some
from jibungoto.ledger.finding import Finding
from jibungoto.understand.catalogue import CATALOGUE
from jibungoto.understand.stepbook import Step, needed_for
from jibungoto.understand.stepbook import steps as every_step

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def run_for(
    con: DuckDBPyConnection,
    params: steps.Params,
    *,
    keys: Collection[str],
    log: LogVersion | None = None,
) -> None:
    """Run the steps that some measures need, of everybody; on from a seal of the log given."""
    run_asked(con, params, names=_counting(keys), log=log)


def run_asked(
    con: DuckDBPyConnection,
    params: steps.Params,
    *,
    names: Collection[str],
    log: LogVersion | None,
) -> None:
    """Run the steps that some need, on from a seal of the log given, if one holds."""
    if log is None:
        steps.run(con, params, names=names)
    else:
        run_some(con, log, params=params, names=names)


def findings_of(
    con: DuckDBPyConnection, people: Collection[int], *, keys: Collection[str]
) -> tuple[Finding, ...]:
    """Return the findings of some measures of these people alone, after ``run_for``.

    The tables stand afterwards as they did before, so that other people can be asked of next.
    """
    import numpy as np

    con.register("meant", {"person": np.fromiter(people, dtype=np.int64, count=len(people))})
    names = _counting(keys)
    counting = [step for step in needed_for(names) if step.name in names]
    with set_aside(con, names):
        for step in counting:
            with _narrowed(con, step):
                steps.make(con, step)
        found = steps.findings(con, keys=keys)
    con.unregister("meant")
    return found


def _counting(keys: Collection[str]) -> frozenset[str]:
    return frozenset(measure.step for measure in CATALOGUE if measure.key in keys)


@contextmanager
def _narrowed(con: DuckDBPyConnection, step: Step) -> Iterator[None]:
    """Let a step see only the rows of the people who are meant, in the tables of earlier steps."""
    tables = [name for name in step.reads if _is_of_people(con, name)]
    for name in tables:
        cover(con, name, sql="select * from {all} where person in (select person from meant)")
    try:
        yield
    finally:
        for name in tables:
            uncover(con, name)


@contextmanager
def set_aside(con: DuckDBPyConnection, names: Collection[str]) -> Iterator[None]:
    """Keep tables under another name, while others are made of theirs."""
    for name in names:
        con.execute(f"alter table {name} rename to aside_{name}")
    try:
        yield
    finally:
        for name in names:
            con.execute(f"drop table if exists temp.{name}")
            con.execute(f"alter table aside_{name} rename to {name}")


def cover(con: DuckDBPyConnection, name: str, *, sql: str) -> None:
    """Lay a view over a relation; the SQL calls what lies below ``{all}``."""
    con.execute(f"alter {_what(con, name)} {name} rename to of_all_{name}")
    con.execute(f"create temp view {name} as {sql.format(all=f'of_all_{name}')}")


def uncover(con: DuckDBPyConnection, name: str) -> None:
    """Take the view away again."""
    con.execute(f"drop view temp.{name}")
    con.execute(f"alter {_what(con, f'of_all_{name}')} of_all_{name} rename to {name}")


def _what(con: DuckDBPyConnection, name: str) -> str:
    """Return what a relation is: a view where it is of a log or partly sealed, else a table."""
    asked = "select 1 from duckdb_views() where view_name = ? limit 1"
    return "view" if con.execute(asked, [name]).fetchone() else "table"


def _is_of_people(con: DuckDBPyConnection, name: str) -> bool:
    """Say whether a step made this table, and each of its rows is of one person."""
    if name not in {step.name for step in every_step()}:
        return False
    asked = "select 1 from duckdb_columns() where table_name = ? and column_name = 'person' limit 1"
    return con.execute(asked, [name]).fetchone() is not None
