"""The process dies at any moment of an import or undo: all or nothing, the next try ends it."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from tests.preloaded import Preloaded

HERE = Path(__file__).parent
Import = Callable[[int, Path, Path | str], subprocess.CompletedProcess[str]]


def small_export(folder: Path) -> Path:
    """Write a tiny Slack export: three people, a thread, a reaction, two months."""
    people = [{"id": f"U{n}", "name": f"p{n}", "profile": {}} for n in range(3)]
    channel = {"id": "C1", "name": "general", "created": 1_600_000_000, "creator": "U0"}
    other = {"id": "C2", "name": "maps", "created": 1_600_500_000, "creator": "U1"}
    root = "1600600000.000100"
    posts = [
        {"type": "message", "user": "U0", "text": "hello?", "ts": root, "thread_ts": root},
        {"type": "message", "user": "U1", "text": "hi", "ts": "1600600100.000100"}
        | {"thread_ts": root, "parent_user_id": "U0"},
        {"type": "message", "user": "U2", "text": "later", "ts": "1604600100.000100"}
        | {"reactions": [{"name": "tada", "users": ["U0"], "count": 1}]},
    ]
    (folder / "general").mkdir(parents=True)
    (folder / "users.json").write_text(json.dumps(people))
    (folder / "channels.json").write_text(json.dumps([channel | {"is_general": True}, other]))
    (folder / "general" / "2020-09-20.json").write_text(json.dumps(posts))
    return folder


@pytest.fixture(scope="session")
def dying(commands: Preloaded) -> Import:
    """Return the function that imports in a process of its own that dies at a moment (0: lives)."""

    def imported(moment: int, home: Path, export: Path | str) -> subprocess.CompletedProcess[str]:
        words = [str(moment), str(home), str(export)]
        return commands.run(words, os.environ, program=str(HERE / "killed_import.py"))

    return imported


def log_of(home: Path) -> list[tuple[object, ...]] | None:
    """Return the rows of the current log, or None where there is no version yet."""
    base = sqlite3.connect(home / "jibungoto.sqlite3")
    found = base.execute(
        "select v.manifest, c.slug from records_communityrow c"
        " join records_logversionrow v on v.id = c.version_id"
    ).fetchone()
    base.close()
    if found is None:
        return None
    folder = home / "communities" / found[1]
    files = [
        str(folder / part["path"])
        for month in json.loads(found[0])["months"]
        for part in month["files"]["activity"]
    ]
    if not files:
        return []
    rows = duckdb.read_parquet(files, hive_partitioning=False)
    return sorted(rows.project("key, kind, happened_at, day, version").fetchall())


def names_of(home: Path) -> list[tuple[object, ...]]:
    """Return everybody whom a page may see, with the name of each of their handles."""
    base = sqlite3.connect(home / "jibungoto.sqlite3")
    found = base.execute(
        "select p.number, p.name, h.outside_id from records_handlerow h"
        " join records_personrow p on p.id = h.person_id"
        " where h.community_id is not null and p.community_id is not null"
    ).fetchall()
    base.close()
    return sorted(found)


def rows_left(home: Path) -> list[int]:
    """Return how many handles, persons and tellings the database holds, seen or hidden."""
    base = sqlite3.connect(home / "jibungoto.sqlite3")
    tables = ("handle", "person", "handletold", "initiative", "initiativetold")
    counts = [base.execute(f"select count(*) from records_{t}row").fetchone()[0] for t in tables]
    base.close()
    return counts


def survives(
    dying: Import, home: Path, *, export: Path, moment: int, whole: list[tuple[object, ...]]
) -> None:
    """Kill an import at a moment, look, and bring the export in again."""
    killed = dying(moment, home, export)
    assert killed.returncode == 9, killed.stderr
    after = log_of(home)
    assert after is None or after == whole
    assert [outside for *_, outside in names_of(home)] == (["U0", "U1", "U2"] if after else [])
    again = dying(0, home, export)
    assert again.returncode == 0, again.stderr
    assert log_of(home) == whole
    assert [outside for *_, outside in names_of(home)] == ["U0", "U1", "U2"]


def survives_undo(dying: Import, home: Path, *, moment: int) -> None:
    """Kill an undo at a moment, look, and undo again."""
    whole = log_of(home)
    killed = dying(moment, home, "undo")
    assert killed.returncode == 9, killed.stderr
    after = log_of(home)
    assert after in (whole, [])
    assert len(names_of(home)) == (3 if after else 0)
    again = dying(0, home, "undo")
    assert again.returncode == 0, again.stderr
    assert log_of(home) == []
    assert rows_left(home) == [0, 0, 0, 0, 0]


@pytest.fixture(scope="module")
def reference(
    dying: Import, tmp_path_factory: pytest.TempPathFactory
) -> tuple[int, list[tuple[object, ...]]]:
    """How many moments an import that lives has, and the log it leaves."""
    folder = tmp_path_factory.mktemp("reference")
    lived = dying(0, folder / "home", small_export(folder / "export"))
    assert lived.returncode == 0, lived.stderr
    moments, state = lived.stdout.split()
    whole = log_of(folder / "home")
    assert state == "in" and whole is not None and len(whole) == 5
    return int(moments), whole


@pytest.fixture(scope="module")
def brought(dying: Import, tmp_path_factory: pytest.TempPathFactory) -> tuple[int, Path]:
    """A home with an import, and how many moments its undoing has."""
    folder = tmp_path_factory.mktemp("brought")
    dying(0, folder / "home", small_export(folder / "export"))
    shutil.copytree(folder / "home", folder / "copy")
    lived = dying(0, folder / "copy", "undo")
    assert lived.returncode == 0, lived.stderr
    moments, state = lived.stdout.split()
    assert state == "undone"
    return int(moments), folder / "home"


@pytest.mark.parametrize("part", [0.1, 0.35, 0.6, 0.8, 0.9, 1.0])
def test_a_killed_import_leaves_all_or_nothing(
    dying: Import, tmp_path: Path, reference: tuple[int, list[tuple[object, ...]]], part: float
) -> None:
    moments, whole = reference
    export = small_export(tmp_path / "export")
    moment = max(1, int(moments * part))
    survives(dying, tmp_path / "home", export=export, moment=moment, whole=whole)


@pytest.mark.parametrize("part", [0.3, 0.5, 0.7, 0.9])
def test_a_killed_undo_takes_out_all_or_nothing(
    dying: Import, tmp_path: Path, brought: tuple[int, Path], part: float
) -> None:
    moments, home = brought
    shutil.copytree(home, tmp_path / "home", dirs_exist_ok=True)
    survives_undo(dying, tmp_path / "home", moment=max(1, int(moments * part)))


@pytest.mark.torture
def test_a_killed_undo_takes_out_all_or_nothing_at_every_single_moment(
    dying: Import, tmp_path: Path, brought: tuple[int, Path]
) -> None:
    moments, home = brought
    for moment in range(1, moments + 1):
        shutil.copytree(home, tmp_path / f"home-{moment}")
        survives_undo(dying, tmp_path / f"home-{moment}", moment=moment)


@pytest.mark.torture
def test_a_killed_import_leaves_all_or_nothing_at_every_single_moment(
    dying: Import, tmp_path: Path, reference: tuple[int, list[tuple[object, ...]]]
) -> None:
    moments, whole = reference
    export = small_export(tmp_path / "export")
    for moment in range(1, moments + 1):
        survives(dying, tmp_path / f"home-{moment}", export=export, moment=moment, whole=whole)
