"""Run as a program: load what every command loads, once, and run each command in a fork of this.

A command still has a process, an environment, an output and an end of its own; it only does not
load Django's, DuckDB's and our own modules again. Where it opens its home, the settings are read
anew, as a process that had just begun would read them.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import importlib
import json
import os
import pkgutil
import runpy
import signal
import socket
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

ROOT = Path(__file__).resolve().parents[1]
PRACTICE = ("engine", "explain", "gather", "ledger", "plan", "run", "sustain", "understand")
"""The rooms that load without settings."""
WITH_SETTINGS = ("records", "desk", "cli", "web", "work")
SETTINGS = "jibungoto.site.settings"
BESIDE = (
    "django.core.management.commands.migrate",
    "django.core.wsgi",
    "django.test",
    "duckdb",
    "jibungoto.site.urls",
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
        with (
            tempfile.TemporaryFile() as out,
            tempfile.TemporaryFile() as err,
            open(os.devnull, "rb") as nothing,
        ):
            files = [nothing.fileno(), out.fileno(), err.fileno()]
            ended = self._answer([program, *words], environment, files=files, waits=True)
            said = []
            for file in (out, err):
                file.seek(0)
                said.append(file.read().decode("utf-8"))
        return subprocess.CompletedProcess(list(words), ended, *said)

    @contextmanager
    def begun(
        self, words: Sequence[str], environment: Mapping[str, str], *, program: str
    ) -> Iterator[TextIO]:
        """Let a program go on in its own process; give what it says, and end it afterwards."""
        theirs, ours = os.pipe()
        heard, said = os.pipe()
        try:
            called = [program, *words]
            pid = self._answer(called, environment, files=[theirs, said, 2], waits=False)
        finally:
            os.close(theirs)
            os.close(said)
        with os.fdopen(ours, "wb"), os.fdopen(heard, encoding="utf-8") as told:
            try:
                yield told
            finally:
                os.kill(pid, signal.SIGKILL)

    def _answer(
        self, called: list[str], environment: Mapping[str, str], *, files: list[int], waits: bool
    ) -> int:
        """Return how a program ended, or the number of its process if nobody waits for it."""
        asked = json.dumps([called, dict(environment), os.getcwd(), waits]).encode()
        socket.send_fds(self.line, [len(asked).to_bytes(4, "big")], files)
        self.line.sendall(asked)
        try:
            return int(self.line.recv(16))
        except (TimeoutError, ValueError):
            self.line.close()  # no later command may read this one's end as its own
            raise


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
    for room in PRACTICE:
        _load_all_of(f"jibungoto.{room}")
    os.environ.pop("JIBUNGOTO_HOME", None)
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    import django

    django.setup()
    for room in WITH_SETTINGS:
        _load_all_of(f"jibungoto.{room}")
    for name in BESIDE:
        importlib.import_module(name)
    from django.db.migrations.loader import MigrationLoader

    MigrationLoader(None)
    _set_up_again_when_asked()


def _load_all_of(room: str) -> None:
    package = importlib.import_module(room)
    for one in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not one.name.endswith(".__main__"):
            importlib.import_module(one.name)


def _set_up_again_when_asked() -> None:
    """Let a command find Django not set up; setting it up then reads the settings anew."""
    import django
    from django.apps import apps
    from django.conf import settings
    from django.db import connections
    from django.utils.log import configure_logging

    def set_up(set_prefix: bool = True) -> None:
        if apps.ready:
            return
        del sys.modules[SETTINGS]
        fresh = importlib.import_module(SETTINGS)
        for name in filter(str.isupper, dir(fresh)):
            setattr(settings, name, getattr(fresh, name))
        connections.settings = connections.configure_settings(settings.DATABASES)
        with contextlib.suppress(AttributeError):
            del connections["default"]
        configure_logging(settings.LOGGING_CONFIG, settings.LOGGING)
        apps.ready = True

    django.setup = set_up
    apps.ready = False


def _wait_for_a_command(line: socket.socket) -> list[str] | None:
    """Return a program and its words in the process of that command, None once all is over."""
    while True:
        size, files, _, _ = socket.recv_fds(line, 4, 3)
        if not size:
            return None
        asked = json.loads(line.recv(int.from_bytes(size, "big"), socket.MSG_WAITALL))
        called, environment, folder, waits = asked
        child = os.fork()
        if not child:
            for number, file in enumerate(files):
                os.dup2(file, number)
            os.environ.clear()
            os.environ.update(environment)
            os.chdir(folder)
            line.close()
            return list(called)
        for file in files:
            os.close(file)
        answer = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) if waits else child
        line.sendall(str(answer).encode())


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
