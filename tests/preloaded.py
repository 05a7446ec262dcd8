"""Run as a program: load what every command loads, once, and run each command in a fork of this.

A command still has a process, an environment, an output and an end of its own; it only does not
load Django's, DuckDB's and our own modules again. What needs a home loads in the command alone.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import pkgutil
import runpy
import socket
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("engine", "explain", "gather", "ledger", "plan", "run", "sustain", "understand")
"""The rooms that load without a home."""
BESIDE = (
    "jibungoto.cli.main",
    "django.core.management.commands.migrate",
    "django.db.backends.sqlite3.base",
    "duckdb",
)
PATIENCE = 300


@dataclass(frozen=True, slots=True)
class Preloaded:
    """The waiting process, and the line to it."""

    line: socket.socket

    def run(
        self, words: Sequence[str], environment: Mapping[str, str], *, program: str = "jibungoto"
    ) -> subprocess.CompletedProcess[str]:
        """Run one command, or the program in a file; return its end as ``subprocess.run`` does."""
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            asked = json.dumps([program, list(words), dict(environment), os.getcwd()]).encode()
            files = [out.fileno(), err.fileno()]
            socket.send_fds(self.line, [len(asked).to_bytes(4, "big")], files)
            self.line.sendall(asked)
            try:
                ended = int(self.line.recv(16))
            except (TimeoutError, ValueError):
                self.line.close()  # no later command may read this one's end as its own
                raise
            said = []
            for file in (out, err):
                file.seek(0)
                said.append(file.read().decode("utf-8"))
        return subprocess.CompletedProcess(list(words), ended, *said)


@contextmanager
def preloaded() -> Iterator[Preloaded]:
    """Start the waiting process, and end it."""
    ours, theirs = socket.socketpair()
    ours.settimeout(PATIENCE)
    with (
        ours,
        theirs,
        subprocess.Popen(
            [sys.executable, "-m", "tests.preloaded", str(theirs.fileno())],
            cwd=ROOT,
            env=os.environ | {"PYTHONUTF8": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
        ),
    ):
        theirs.close()
        yield Preloaded(ours)
        ours.close()


def _load() -> None:
    for room in ROOMS:
        package = importlib.import_module(f"jibungoto.{room}")
        for one in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(one.name)
    for name in BESIDE:
        importlib.import_module(name)


def _wait_for_a_command(line: socket.socket) -> list[str] | None:
    """Return a program and its words in the process of that command, None once all is over."""
    while True:
        size, files, _, _ = socket.recv_fds(line, 4, 2)
        if not size:
            return None
        asked = json.loads(line.recv(int.from_bytes(size, "big"), socket.MSG_WAITALL))
        child = os.fork()
        if not child:
            program, words, environment, folder = asked
            for number, file in enumerate(files, start=1):
                os.dup2(file, number)
            os.environ.clear()
            os.environ.update(environment)
            os.chdir(folder)
            line.close()
            return [program, *words]
        for file in files:
            os.close(file)
        _, status = os.waitpid(child, 0)
        line.sendall(str(os.waitstatus_to_exitcode(status)).encode())


def _ended(program: str, words: list[str]) -> int:
    """Run the command as Python does, and return its exit code."""
    sys.argv = [program, *words]
    try:
        if program.endswith(".py"):
            runpy.run_path(program, run_name="__main__")
        else:
            runpy.run_module(program, run_name="__main__", alter_sys=True)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


def main() -> None:
    """Load, then wait; in a fork, become the command."""
    line = socket.socket(fileno=int(sys.argv[1]))
    _load()
    gc.freeze()
    words = _wait_for_a_command(line)
    code = 0
    if words is not None:
        code = _ended(words[0], words[1:])
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)  # taking every module apart would take longer than most commands


if __name__ == "__main__":
    main()
