"""Measures of some initiatives: the steps of the whole log, the last of them seeing those alone.

Who came for the first time, who answered, who joined is worked out with everything; only the step
that counts sees nothing but the rows of the initiatives asked for. Counts of two halves add up.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from jibungoto.engine import steps
from jibungoto.engine.log import LogVersion
from jibungoto.engine.scoped import cover, run_asked, set_aside, uncover
from jibungoto.ledger.finding import Finding
from jibungoto.understand.catalogue import CATALOGUE
from jibungoto.understand.stepbook import Step, needed_for

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_BY_INITIATIVE = "select * from {all} where initiative in (select initiative from meant_in)"
_BY_KEY = "select * from {all} where key in (select initiative from meant_in)"
_BY_ROW = (
    "select t.* from {all} as t semi join meant_rows as m on m.source = t.source and m.key = t.key"
)
_BY_PERSON = (
    "select t.* from {all} as t semi join meant_who as m"
    " on m.person = t.person and m.first_day < t.as_of"
)
NARROWED: dict[str, str] = {
    **dict.fromkeys(
        ("ended", "entries", "event_outputs", "gatherings", "outcomes", "qualified", "seen")
        + ("event_posts", "guests", "new_pairs", "reported", "standing_entries"),
        _BY_INITIATIVE,
    ),
    **dict.fromkeys(
        ("drawn", "efforts", "intros", "outlasting", "questions", "received", "starting"), _BY_ROW
    ),
    "initiative": _BY_KEY,
    "days": "select * from meant_days",
    "ladder": _BY_PERSON,
    "registry": _BY_PERSON,
}
"""How each table that a counting step reads is narrowed; all others are read as they are.

Outputs are not: when the first of them was made says since when there could have been any.
"""

_SEQUELS = frozenset({"sequels", "seen", "ended"})
"""The steps that look at what followed an event in its series."""
_OF_SEQUELS = frozenset({"tally_first_time"})
_ONE_SERIES = (
    "select * replace (case when initiative in (select initiative from meant_in)"
    " then 'meant' else series end as series) from {all}"
)

_LAID = (
    "create or replace temp table meant_rows as select source, key from activity"
    " where initiative in (select initiative from meant_in)",
    "create or replace temp table meant_acts as"
    " select person, capacity, kind, class, source, day from acts"
    " where initiative in (select initiative from meant_in)",
    "create or replace temp table meant_who as"
    " select person, min(day) as first_day from meant_acts group by person",
)


def run_in(
    con: DuckDBPyConnection,
    params: steps.Params,
    *,
    keys: Collection[str],
    log: LogVersion | None = None,
) -> None:
    """Run the steps that some measures need, of everything, with the acts and days beside them.

    With the log given they go on from its seal, if one holds.
    """
    run_asked(con, params, names=_counting(keys) | {"acts", "days"}, log=log)


def findings_in(
    con: DuckDBPyConnection,
    initiatives: Collection[str],
    *,
    keys: Collection[str],
    is_series: bool = False,
) -> tuple[Finding, ...]:
    """Return the findings of some measures of these initiatives alone, after ``run_in``.

    ``is_series``: they are one series, whatever sources say, so that what follows an event there
    is the next of these. The tables stand afterwards as they did before, so that others can be
    asked of next.
    """
    _lay(con, initiatives)
    names = _counting(keys)
    follows = is_series and not names.isdisjoint(_OF_SEQUELS)
    with set_aside(con, names | _SEQUELS if follows else names):
        if follows:
            with _renamed(con, "gatherings", sql=_ONE_SERIES):
                _make(con, _SEQUELS)
        for step in needed_for(names):
            if step.name in names:
                with _narrowed(con, step):
                    steps.make(con, step)
        return steps.findings(con, keys=keys)


def _make(con: DuckDBPyConnection, names: Collection[str]) -> None:
    for step in needed_for(frozenset(names)):
        if step.name in names:
            steps.make(con, step)


def _counting(keys: Collection[str]) -> frozenset[str]:
    return frozenset(measure.step for measure in CATALOGUE if measure.key in keys)


def _lay(con: DuckDBPyConnection, initiatives: Collection[str]) -> None:
    """Make the tables of what is meant: initiatives, their rows, acts, people and days."""
    con.execute("create or replace temp table meant_in (initiative varchar)")
    if initiatives:
        con.executemany("insert into meant_in values (?)", [(key,) for key in sorted(initiatives)])
    for statement in _LAID:
        con.execute(statement)
    days = next(step for step in needed_for(frozenset({"days"})) if step.name == "days")
    with _renamed(con, "acts", sql="select * from meant_acts"):
        con.execute(f"create or replace temp table meant_days as\n{days.sql}")


@contextmanager
def _narrowed(con: DuckDBPyConnection, step: Step) -> Iterator[None]:
    """Let a step see only the rows of what is meant, in the tables of earlier steps."""
    tables = [name for name in step.reads if name in NARROWED]
    for name in tables:
        cover(con, name, sql=NARROWED[name])
    try:
        yield
    finally:
        for name in tables:
            uncover(con, name)


@contextmanager
def _renamed(con: DuckDBPyConnection, name: str, *, sql: str) -> Iterator[None]:
    cover(con, name, sql=sql)
    try:
        yield
    finally:
        uncover(con, name)
