"""A worker dies while it carries an intake out: another one takes it up and completes it."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.torture.test_full_disk import large_export
from tests.torture.test_killed import log_of

pytestmark = [
    pytest.mark.torture,
    pytest.mark.skipif(os.name != "posix", reason="processes are killed as on POSIX"),
]

ASK = (
    "import sys; from pathlib import Path;"
    "from jibungoto.desk.house.open import open_home; open_home(Path(sys.argv[1]));"
    "from jibungoto.desk.house.begin import Beginning, begin;"
    "from jibungoto.desk.acting import administrator;"
    "from jibungoto.desk.gather.queue import bring_in;"
    "bring_in(administrator(begin(Beginning('c', zone='UTC'))), Path(sys.argv[2]))"
)


def asked(home: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(home / "jibungoto.sqlite3", timeout=20)) as base, base:
        return base.execute(sql).fetchall()


def until(true: Callable[[], bool], seconds: float = 600) -> None:
    """Wait until something is true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


def worker(home: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "jibungoto.work", str(home)]
    return subprocess.Popen(command, stdin=subprocess.PIPE)


@pytest.mark.parametrize("pause", [0.0, 0.1, 0.4])
def test_another_worker_completes_what_a_killed_one_began(tmp_path: Path, pause: float) -> None:
    home, export = tmp_path / "home", large_export(tmp_path / "export")
    subprocess.run([sys.executable, "-c", ASK, str(home), str(export)], check=True, timeout=300)
    first = worker(home)
    until(lambda: asked(home, "select state from records_intakerow") != [("waiting",)])
    time.sleep(pause)
    with first:
        first.send_signal(signal.SIGKILL)
    assert log_of(home) is None or len(log_of(home) or []) == 5 + 28 * 400

    # What it holds counts as given up after a minute of silence; that minute is over now.
    asked(home, "update records_intakerow set heartbeat_at = '2020-01-01' where state = 'reading'")
    second = worker(home)
    until(lambda: asked(home, "select state from records_intakerow") == [("in",)])
    until(lambda: asked(home, "select is_complete from records_answerrow") == [(1,)])
    assert second.stdin is not None
    second.stdin.close()
    assert second.wait(300) == 0
    assert len(log_of(home) or []) == 5 + 28 * 400
