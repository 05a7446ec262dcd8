"""Stopping an import with Ctrl-C: one line, exit code 130, and nothing half in."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Run, small_export

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Ctrl-C is a signal on POSIX")


def states(home: Path) -> list[str]:
    try:
        with closing(sqlite3.connect(home / "jibungoto.sqlite3", timeout=20)) as base:
            return [
                row[0]
                for row in base.execute("select state from records_intakerow order by number")
            ]
    except sqlite3.OperationalError:
        return []


def test_ctrl_c_ends_an_import_without_a_trace(run: Run, home: Path, tmp_path: Path) -> None:
    export = small_export(tmp_path / "export")
    assert run("import", small_export(tmp_path / "first")).returncode == 0
    posts = json.loads((export / "maps" / "2023-11-14.json").read_text())
    day = json.dumps(posts * 150)
    for number in range(500):  # long enough to be stopped in
        (export / "maps" / f"{2000 + number}-01-01.json").write_text(day)

    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have it ignored
    stopped = subprocess.Popen(
        [sys.executable, "-m", "jibungoto", "import", str(export)],
        env=os.environ | {"LC_ALL": "C.UTF-8", "JIBUNGOTO_HOME": str(home)},
        stderr=subprocess.PIPE,
        text=True,
    )
    with stopped:
        for _ in range(30_000):
            if "reading" in states(home):
                break
            assert stopped.poll() is None
            time.sleep(0.01)
        stopped.send_signal(signal.SIGINT)
        _, said = stopped.communicate(timeout=300)
    assert (stopped.returncode, said) == (130, "Stopped. Nothing is half in.\n")
    assert states(home) == ["in", "refused"]
    assert run("doctor").returncode == 0
    assert run("import", export).returncode == 0
    assert states(home) == ["in", "refused", "in"]


def test_an_import_that_was_killed_says_how_long_it_has_been_silent(
    run: Run, home: Path, tmp_path: Path
) -> None:
    assert run("import", small_export(tmp_path / "first")).returncode == 0
    for age, told in ((timedelta(seconds=2), ""), (timedelta(seconds=30), "No sign of life for 3")):
        with closing(sqlite3.connect(home / "jibungoto.sqlite3", timeout=20)) as base, base:
            at = (datetime.now(UTC) - age).strftime("%Y-%m-%d %H:%M:%S")
            base.execute("update records_intakerow set state = 'reading', heartbeat_at = ?", [at])
        listed = run("intakes")
        assert listed.stdout.split()[1] == "reading"
        assert listed.stderr.strip()[: len("No sign of life for 3")] == told
