"""Lays out the rows behind every measure as of one night, from all acts or from few of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from jibungoto.engine.since import FURTHEST
from jibungoto.understand.stepbook import Step, row_queries

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

WHOLE_LIVES = {
    "stage_share": "latest",
    "stage_stock": "latest",
    "multi_share": "opening",
    "transition": "opening",
}
"""Measures whose rows may be as old as the log, and the extract of acts they are among.

Within ``FURTHEST`` days lie the rows behind all others.
"""


def lay_behind(con: DuckDBPyConnection, night: date, *, is_sealed: bool) -> None:
    """Make the table of the rows behind every measure; few of them look at a whole life."""
    if not is_sealed:
        con.execute("create table behind as\n" + _behind(row_queries()), {"night": night})
        return
    con.execute("create temp view days as select * from days_lately")
    into = "create table behind as"
    for name in ("latest", "opening"):
        found = "select * from sealed_{name} union all select * from acts_since"
        con.execute(f"create temp view acts as {found.format(name=name)}")
        asked = [query for query in row_queries() if WHOLE_LIVES.get(query.name) == name]
        con.execute(f"{into}\n{_behind(asked)}", {"night": night})
        con.execute("drop view temp.acts")
        into = "insert into behind"
    con.execute("drop view temp.days")
    first = night - timedelta(days=FURTHEST)
    con.execute(f"create temp view acts as select * from acts_lately where day >= date '{first}'")
    con.execute("create temp view islands as select * from islands_lately")
    others = [query for query in row_queries() if query.name not in WHOLE_LIVES]
    con.execute(f"{into}\n{_behind(others)}", {"night": night})
    con.execute("drop view temp.acts")
    con.execute("drop view temp.islands")


def _behind(queries: Sequence[Step]) -> str:
    return "\nunion all\n".join(
        f"select '{query.name}' as measure, part, person, source, key from (\n{query.sql}\n) as q"
        " where as_of = $night"
        for query in queries
    )
