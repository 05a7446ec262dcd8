"""A sign of life for work that takes longer than a moment: others see that somebody is at it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from types import TracebackType
from typing import Any, Self

from django.db import OperationalError, connection
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

_log = logging.getLogger(__name__)
SILENT_AFTER = timedelta(seconds=60)
"""Without a sign of life for so long, work is taken up by somebody else."""
_BEAT_EVERY = 10


Guard = Callable[[str], AbstractContextManager[None]]
"""Takes what is worked on and stands around the work: a bug inside comes out as a ``Problem``."""


def unguarded(_place: str) -> AbstractContextManager[None]:
    """Let a bug come out as it is."""
    return nullcontext()


def free() -> Q:
    """Return which rows nobody is at work on."""
    return Q(taken_at=None) | Q(taken_at__lt=timezone.now() - SILENT_AFTER)


class Alongside:
    """Does something in a thread of its own for as long as a ``with`` block lasts.

    What it does every ``every`` seconds is ``_do``; a database that is busy is asked next time.
    """

    def __init__(self, *, every: float) -> None:
        self._every = every
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        try:
            while not self._over.wait(self._every):
                try:
                    self._do()
                except OperationalError:
                    _log.warning("no sign of life this time")
        finally:
            connection.close()

    def _do(self) -> None:
        raise NotImplementedError


class Beat(Alongside):
    """Writes the time into ``taken_at`` of a row while something is done with it."""

    def __init__(self, row: QuerySet[Any, Model]) -> None:
        super().__init__(every=_BEAT_EVERY)
        self._row = row

    def _do(self) -> None:
        self._row.update(taken_at=timezone.now())
