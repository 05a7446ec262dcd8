"""The process dies at any moment of an import: nothing is half in, the next try completes it."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

HERE = Path(__file__).parent


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


def import_dying_at(moment: int, home: Path, export: Path) -> subprocess.CompletedProcess[str]:
    """Import in a process of its own that dies at a moment (0: lives)."""
    command = [sys.executable, str(HERE / "killed_import.py"), str(moment), str(home), str(export)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


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
    rows = duckdb.read_parquet(files, hive_partitioning=False)
    return sorted(rows.project("key, kind, happened_at, day, version").fetchall())


def survives(home: Path, export: Path, moment: int, whole: list[tuple[object, ...]]) -> None:
    """Kill an import at a moment, look, and bring the export in again."""
    killed = import_dying_at(moment, home, export)
    assert killed.returncode == 9, killed.stderr
    after = log_of(home)
    assert after is None or after == whole
    again = import_dying_at(0, home, export)
    assert again.returncode == 0, again.stderr
    assert log_of(home) == whole


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, list[tuple[object, ...]]]:
    """How many moments an import that lives has, and the log it leaves."""
    folder = tmp_path_factory.mktemp("reference")
    lived = import_dying_at(0, folder / "home", small_export(folder / "export"))
    assert lived.returncode == 0, lived.stderr
    moments, state = lived.stdout.split()
    whole = log_of(folder / "home")
    assert state == "in" and whole is not None and len(whole) == 5
    return int(moments), whole


@pytest.mark.parametrize("part", [0.1, 0.35, 0.6, 0.8, 0.9, 1.0])
def test_a_killed_import_leaves_all_or_nothing(
    tmp_path: Path, reference: tuple[int, list[tuple[object, ...]]], part: float
) -> None:
    moments, whole = reference
    export = small_export(tmp_path / "export")
    survives(tmp_path / "home", export, max(1, int(moments * part)), whole)


@pytest.mark.torture
def test_a_killed_import_leaves_all_or_nothing_at_every_single_moment(
    tmp_path: Path, reference: tuple[int, list[tuple[object, ...]]]
) -> None:
    moments, whole = reference
    export = small_export(tmp_path / "export")
    for moment in range(1, moments + 1):
        survives(tmp_path / f"home-{moment}", export, moment, whole)
