"""A new home has the tables that its migrations describe, however they came about."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from jibungoto.site.home import database_file

QUICK = "from pathlib import Path; from jibungoto.desk.house.open import open_home; "
QUICK += "import sys; open_home(Path(sys.argv[1]))"
BY_MIGRATIONS = "from pathlib import Path; from jibungoto.desk.house.open import _set_up; "
BY_MIGRATIONS += "import sys; _set_up(Path(sys.argv[1])); "
BY_MIGRATIONS += "from django.core.management import call_command; "
BY_MIGRATIONS += "call_command('migrate', verbosity=0, interactive=False)"

Rows = list[tuple[object, ...]]


def made(home: Path, program: str) -> sqlite3.Connection:
    """Run a program that makes a home in a process of its own and open its database."""
    inherited = {key: one for key, one in os.environ.items() if "JIBUNGOTO" not in key}
    subprocess.run([sys.executable, "-c", program, str(home)], check=True, env=inherited)
    return sqlite3.connect(database_file(home))


def asked(database: sqlite3.Connection, question: str) -> Rows:
    return sorted(database.execute(question).fetchall(), key=repr)


def schema_of(database: sqlite3.Connection) -> dict[str, Rows]:
    """Return the columns, indexes and keys of each table, in whatever order they were made."""
    tables = asked(database, "select name from sqlite_master where type = 'table'")
    schema: dict[str, Rows] = {}
    for (table,) in tables:
        columns = f"select name, type, [notnull], dflt_value, pk from pragma_table_info('{table}')"
        keys = f"select [from], [table], [to], on_delete from pragma_foreign_key_list('{table}')"
        indexes = f"""
            select l.[unique], l.partial, (
                select group_concat(i.name) from pragma_index_info(l.name) as i
            ) from pragma_index_list('{table}') as l"""
        schema[str(table)] = [
            *asked(database, columns),
            *asked(database, keys),
            *asked(database, indexes),
        ]
    return schema


def checks_in(database: sqlite3.Connection) -> list[str]:
    """Return the names of all constraints and indexes that were given one."""
    named = [
        word.strip('"')
        for (sql,) in database.execute("select sql from sqlite_master where type = 'table'")
        for before, word in zip(sql.split(), sql.split()[1:], strict=False)
        if before == "CONSTRAINT"
    ]
    given = "select name from sqlite_master where type = 'index' and sql is not null"
    return sorted(named) + [str(name) for (name,) in asked(database, given)]


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home whose tables one migration after another has made."""
    folder = tmp_path_factory.mktemp("migrated")
    made(folder, BY_MIGRATIONS).close()
    return folder


def test_a_new_home_has_the_tables_and_rows_that_all_migrations_give(
    tmp_path: Path, migrated: Path
) -> None:
    quick, slow = made(tmp_path / "quick", QUICK), sqlite3.connect(database_file(migrated))
    assert schema_of(quick) == schema_of(slow)
    assert checks_in(quick) == checks_in(slow)
    done = "select app, name from django_migrations"
    assert asked(quick, done) == asked(slow, done)
    for unused in ("django_content_type", "auth_permission"):
        assert (
            asked(quick, f"select * from {unused}") == asked(slow, f"select * from {unused}") == []
        )
    quick.close()
    slow.close()


def test_a_home_that_has_tables_is_only_brought_up_to_date(tmp_path: Path, migrated: Path) -> None:
    shutil.copytree(migrated, tmp_path / "home")
    first = sqlite3.connect(database_file(tmp_path / "home"))
    before = schema_of(first)
    first.close()
    again = made(tmp_path / "home", QUICK)
    assert schema_of(again) == before
    again.close()
