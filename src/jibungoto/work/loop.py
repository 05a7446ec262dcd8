"""The worker: it takes up what the rows say is to be done, one thing after the other.

There is no queue beside the rows: an intake that waits, or whose worker fell silent, is work,
and so is a log whose answers are older than itself. Dying at any point loses nothing.
"""

from __future__ import annotations

import logging
import sys
import threading

from django.db import close_old_connections

from jibungoto.desk.gather.carry_out import carry_out
from jibungoto.desk.gather.claim import next_claim
from jibungoto.desk.house.sweep import sweep_all
from jibungoto.desk.understand.refresh import refresh_next

_log = logging.getLogger(__name__)
_PAUSE = 0.5
_SWEEP_EVERY = 3_600


def work_once() -> bool:
    """Do one thing that waits to be done; say whether there was any."""
    claim = next_claim()
    if claim is not None:
        carry_out(claim)
        return True
    return refresh_next()


def work(stop: threading.Event) -> None:
    """Work until ``stop`` is set; look for more twice a second, sweep once an hour."""
    pauses = 0
    while not stop.is_set():
        close_old_connections()
        try:
            if work_once():
                continue
            if pauses % int(_SWEEP_EVERY / _PAUSE) == 0:
                sweep_all()
        except Exception:  # the worker is an outermost loop: it reports and goes on
            _log.exception("work failed and will be tried again")
            stop.wait(10)
        pauses += 1
        stop.wait(_PAUSE)


def stop_with_parent() -> threading.Event:
    """Return an event that is set once standard input ends: the starting process is gone."""
    stop = threading.Event()

    def listen() -> None:
        sys.stdin.buffer.read()
        stop.set()

    threading.Thread(target=listen, daemon=True).start()
    return stop
