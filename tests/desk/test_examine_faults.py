"""What the machine refuses becomes a problem with a next step; a bug stays a bug."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from django.db.utils import DatabaseError, OperationalError

from jibungoto.desk.house.faults import problem_behind
from jibungoto.desk.house.open import open_home
from jibungoto.ledger.problems import DiskProblem, HomeBusy, InvalidChoice, Problem
from jibungoto.ledger.words import Words


def wrapped(kind: str) -> DatabaseError:
    """Return what Django raises for a refusal of SQLite's."""
    cause = sqlite3.OperationalError("told by SQLite")
    cause.sqlite_errorname = kind
    error = OperationalError("told by Django")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("kind", "problem"),
    [
        ("SQLITE_BUSY", HomeBusy),
        ("SQLITE_LOCKED_SHAREDCACHE", HomeBusy),
        ("SQLITE_FULL", DiskProblem),
        ("SQLITE_IOERR_WRITE", DiskProblem),
        ("SQLITE_READONLY_DIRECTORY", DiskProblem),
        ("SQLITE_CANTOPEN", DiskProblem),
        ("SQLITE_CORRUPT", DiskProblem),
        ("SQLITE_NOTADB", DiskProblem),
    ],
)
def test_what_the_database_refuses_is_a_problem(kind: str, problem: type[Problem]) -> None:
    assert type(problem_behind(wrapped(kind))) is problem


@pytest.mark.parametrize("error", [wrapped("SQLITE_ERROR"), KeyError("x"), DatabaseError("x")])
def test_a_bug_is_no_problem_of_the_reader(error: Exception) -> None:
    assert problem_behind(error) is None


def test_a_problem_is_itself() -> None:
    problem = InvalidChoice(Words("あ", "a"), Words("い", "b"))
    assert problem_behind(problem) is problem


def test_what_the_engine_cannot_write_is_a_problem(tmp_path: Path) -> None:
    import duckdb

    with pytest.raises(duckdb.IOException) as met:
        duckdb.sql(f"copy (select 1) to '{tmp_path / 'nowhere' / 'x.parquet'}'")
    assert type(problem_behind(met.value)) is DiskProblem


def test_a_home_that_is_a_file_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InvalidChoice, match="a file, not a folder"):
        open_home(tmp_path / "file")


def test_a_home_that_cannot_be_made_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DiskProblem, match="cannot be written to"):
        open_home(tmp_path / "file" / "below")
