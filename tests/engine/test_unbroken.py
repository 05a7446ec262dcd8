"""Ctrl-C while a library is loaded waits until it is loaded, and is not forgotten."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from jibungoto.engine.unbroken import unbroken

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Ctrl-C is a signal on POSIX")


@pytest.fixture(autouse=True)
def python_hears() -> Iterator[None]:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_ctrl_c_waits_until_the_block_is_done_and_then_stops() -> None:
    done = []
    with pytest.raises(KeyboardInterrupt), unbroken():
        signal.raise_signal(signal.SIGINT)
        done.append("the whole block")
    assert done == ["the whole block"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_block_without_ctrl_c_leaves_no_trace() -> None:
    with unbroken():
        pass
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_thread_that_hears_no_signals_just_runs_it() -> None:
    heard: list[object] = []

    def run() -> None:
        with unbroken():
            heard.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert heard == [signal.default_int_handler]


STOPPED_WHILE_LOADING = """
import enum, signal
from jibungoto.engine.unbroken import unbroken
kept = enum.EnumType.__prepare__
class Stops(enum.EnumType):
    pass
def prepare(*args, **rest):
    signal.raise_signal(signal.SIGINT)
    return kept(*args, **rest)
enum.EnumType.__prepare__ = staticmethod(prepare)
signal.signal(signal.SIGINT, signal.default_int_handler)
try:
    with unbroken():
        import duckdb
except KeyboardInterrupt:
    print("stopped after", duckdb.__name__)
"""


def test_duckdb_survives_ctrl_c_at_every_enumeration_it_makes_while_loading() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", STOPPED_WHILE_LOADING],
        check=False,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "stopped after duckdb\n", "")
