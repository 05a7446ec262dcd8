"""Running commands as people do, in processes of their own, on small exports."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.preloaded import Preloaded

Run = Callable[..., subprocess.CompletedProcess[str]]
POSTS = [
    {"type": "message", "user": "U1", "ts": "1700000000.000100", "text": "hello"},
    {"type": "message", "user": "U2", "ts": "1700000100.000100", "text": "hi"},
]


def small_export(folder: Path, posts: list[dict[str, Any]] | None = None) -> Path:
    """Write a Slack export of one channel and two people from Tokyo."""
    people = [
        {"id": "U1", "name": "aki", "tz": "Asia/Tokyo", "profile": {"display_name": "あき"}},
        {"id": "U2", "name": "mio", "tz": "Asia/Tokyo", "profile": {"display_name": "Mio"}},
    ]
    channel = {"id": "C1", "name": "maps", "created": 1_600_000_000, "creator": "U1"}
    (folder / "maps").mkdir(parents=True)
    (folder / "users.json").write_text(json.dumps(people))
    (folder / "channels.json").write_text(json.dumps([channel]))
    (folder / "maps" / "2023-11-14.json").write_text(json.dumps(posts or POSTS))
    return folder


@pytest.fixture
def run(home: Path, commands: Preloaded) -> Run:
    """Return the function that runs one command on the test's home and returns how it ended.

    Where a test changes how Python itself starts, Python is started.
    """

    def ran(*words: object, language: str = "C.UTF-8", **changed: str) -> Any:
        named = {"JIBUNGOTO_HOME": str(home), "LC_ALL": language, "PYTHONUTF8": "1"}
        environment = os.environ | named | changed
        told = [*map(str, words)]
        if not any(name.startswith("PYTHON") for name in changed):
            return commands.run(told, environment)
        return subprocess.run(
            [sys.executable, "-m", "jibungoto", *told],
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
            timeout=300,
            check=False,
        )

    return ran


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """Return a small export."""
    return small_export(tmp_path / "export")


@pytest.fixture(scope="session")
def answered(commands: Preloaded, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make one home with a small community whose people have been asked for once."""
    folder = tmp_path_factory.mktemp("answered")
    environment = os.environ | {"JIBUNGOTO_HOME": str(folder / "home"), "LC_ALL": "C.UTF-8"}
    for words in (["import", str(small_export(folder / "export"))], ["people"]):
        done = commands.run(words, environment)
        assert done.returncode == 0, done.stderr
    return folder / "home"


@pytest.fixture
def filled(run: Run, home: Path, answered: Path) -> Run:
    """Return how to run commands on a home of the test's own with that small community."""
    shutil.copytree(answered, home)
    return run
