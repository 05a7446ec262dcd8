"""Runs the steps on what a log has gained since everything before a day was sealed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from jibungoto.engine.since import AFTER, BEFORE, FOUND, LISTED, NEAR, NOBODY, PIECES, Piece, words
from jibungoto.engine.steps import Params, lay_params
from jibungoto.understand.stepbook import Step, needed_for, steps

if TYPE_CHECKING:
    from datetime import date

    from duckdb import DuckDBPyConnection


def run_onward(
    con: DuckDBPyConnection, params: Params, *, cut: date, names: Iterable[str] | None = None
) -> None:
    """Run every step, or those some need, beside what is sealed before ``cut``.

    The connection has the relations of the log, and ``sealed_`` tables of all that is sealed.
    """
    lay_params(con, params)
    say = words(cut, params=params)
    _lay_near(con, say)
    for step in steps() if names is None else needed_for(frozenset(names)):
        for sql in BEFORE.get(step.name, ()):
            con.execute(sql.format(**say))
        piece = PIECES.get(step.name)
        if piece is None:
            con.execute(f"create table memory.main.{step.name} as\n{step.sql}")
        else:
            _go_on(con, step, piece=piece, say=say)
        for sql in AFTER.get(step.name, ()):
            con.execute(sql.format(**say))
        for word, (after, sql) in LISTED.items():
            if after == step.name:
                say[word] = _listed(con, sql.format(**say))


def _listed(con: DuckDBPyConnection, sql: str) -> str:
    return ", ".join(str(person) for (person,) in con.execute(sql).fetchall()) or NOBODY


def _lay_near(con: DuckDBPyConnection, say: dict[str, str]) -> None:
    for sql in NEAR:
        con.execute(sql.format(**say))
    found = con.execute(
        "select distinct i.day from sealed_index as i semi join asked_for as f"
        f" on f.place = i.place where i.day < {say['near']}"
    ).fetchall()
    if found:
        days = ", ".join(f"date '{day}'" for (day,) in found)
        con.execute(FOUND.format(days=days))


def _go_on(con: DuckDBPyConnection, step: Step, *, piece: Piece, say: dict[str, str]) -> None:
    name = step.name
    for given, sql in piece.given.items():
        con.execute(f"create temp view {given} as {sql.format(**say)}")
    made = piece.made.format(**say)
    made_of = f"with made as (\n{step.sql}\n)\n{made}"
    laid = name if piece.is_whole else f"{name}_since"
    con.execute(f"create table memory.main.{laid} as\n{made_of}")
    for given in piece.given:
        con.execute(f"drop view temp.{given}")
    if name == "told":  # read in full by nobody, and of some days by few
        con.execute(f"create view memory.main.told as\n{step.sql}")
    if piece.kept is None:
        return
    kept, new = piece.kept.format(**say), f"select * from {name}_since"
    con.execute(f"create view memory.main.{name} as {piece.both.format(kept=kept, made=new)}")
