"""Loading a library that must not be stopped half way."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def unbroken() -> Iterator[None]:
    """Let Ctrl-C wait until the block is done: DuckDB, stopped while loading, aborts the process.

    Only the main thread hears signals; elsewhere, and where Ctrl-C is not Python's to hear, nothing
    changes.
    """
    answer = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(answer):
        yield
        return
    waiting: list[int] = []
    signal.signal(signal.SIGINT, lambda number, _: waiting.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, answer)
        if waiting:
            signal.raise_signal(signal.SIGINT)
