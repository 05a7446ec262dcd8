"""Measures of some of the people: the same steps of the whole log, the last of them narrowed.

Who joined, answered or gathered is worked out with everybody; only the step that counts sees
nothing but the rows of the people asked for. The counts of two halves add up to the whole.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from jibungoto.engine import steps
from jibungoto.ledger.finding import Finding
from jibungoto.understand.catalogue import CATALOGUE
from jibungoto.understand.stepbook import Step, needed_for

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def run_for(con: DuckDBPyConnection, params: steps.Params, *, keys: Collection[str]) -> None:
    """Run the steps that some measures need, of everybody."""
    steps.run(con, params, names=_counting(keys))


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
    for step in counting:
        with _narrowed(con, step):
            steps.make(con, step)
    found = steps.findings(con, keys=keys)
    con.unregister("meant")
    for step in counting:
        steps.make(con, step)
    return found


def _counting(keys: Collection[str]) -> frozenset[str]:
    return frozenset(measure.step for measure in CATALOGUE if measure.key in keys)


@contextmanager
def _narrowed(con: DuckDBPyConnection, step: Step) -> Iterator[None]:
    """Let a step see only the rows of the people who are meant, in the tables of earlier steps."""
    tables = [name for name in step.reads if _is_of_people(con, name)]
    for name in tables:
        con.execute(f"alter table {name} rename to of_all_{name}")
        con.execute(
            f"create temp view {name} as"
            f" select * from of_all_{name} where person in (select person from meant)"
        )
    try:
        yield
    finally:
        for name in tables:
            con.execute(f"drop view {name}")
            con.execute(f"alter table of_all_{name} rename to {name}")


def _is_of_people(con: DuckDBPyConnection, name: str) -> bool:
    """Say whether a step made this table, and each of its rows is of one person."""
    found = con.execute(
        "select 1 from duckdb_columns() as c join duckdb_tables() as t"
        " on t.table_oid = c.table_oid where t.table_name = ? and c.column_name = 'person'",
        [name],
    ).fetchone()
    return found is not None
