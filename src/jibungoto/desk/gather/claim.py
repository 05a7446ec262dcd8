"""Claiming an intake: one process works on it, and says so while it does."""

from __future__ import annotations

import logging
import secrets
import threading
from datetime import timedelta
from types import TracebackType

from django.db import OperationalError, connection
from django.db.models import Q
from django.utils import timezone

from jibungoto.engine.intake import Progress
from jibungoto.records.models import IntakeRow, IntakeState

_log = logging.getLogger(__name__)
_SILENT_AFTER = timedelta(seconds=60)
_TELL_EVERY = 0.5
_BEAT_EVERY = 20


class Claim:
    """The right to work on one intake, kept alive by a heartbeat from a thread of its own.

    Progress is written at most twice a second. ``is_lost`` turns true when another process has
    taken the intake over, because this one seemed dead.
    """

    def __init__(self, intake: IntakeRow, token: str) -> None:
        self.intake = intake
        self.token = token
        self.is_lost = False
        self._progress: Progress | None = None
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._tell, daemon=True)

    def __enter__(self) -> Claim:
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

    def progress(self, progress: Progress) -> None:
        """Take note of how far the reading is; the thread writes it down."""
        self._progress = progress

    def _tell(self) -> None:
        quiet = 0
        try:
            while not self._over.wait(_TELL_EVERY):
                said, self._progress = self._progress, None
                quiet += 1
                if said is not None or quiet >= _BEAT_EVERY:
                    quiet = 0
                    self._beat(said)
        finally:
            connection.close()

    def _beat(self, progress: Progress | None) -> None:
        """Give a sign of life; a database that is busy gets the next one."""
        try:
            self.is_lost = not self._write(progress)
        except OperationalError:
            _log.warning("no sign of life for intake %s this time", self.intake.pk)

    def _write(self, progress: Progress | None) -> bool:
        known = {}
        if progress is not None:
            known = {
                "entries_done": progress.entries,
                "entries_total": progress.of_entries,
                "read": progress.records,
            }
        return bool(
            IntakeRow.objects.filter(pk=self.intake.pk, taken_by=self.token).update(
                heartbeat_at=timezone.now(), **known
            )
        )


def next_claim() -> Claim | None:
    """Claim the next intake that waits, or one whose worker fell silent for a minute."""
    for candidate in IntakeRow.objects.filter(_free()).order_by("pk"):
        claim = claimed(candidate)
        if claim is not None:
            return claim
    return None


def _free() -> Q:
    """Say which intakes may be claimed: those that wait, and those whose worker fell silent."""
    silent = timezone.now() - _SILENT_AFTER
    return Q(state=IntakeState.WAITING) | Q(state=IntakeState.READING, heartbeat_at__lt=silent)


def claimed(intake: IntakeRow) -> Claim | None:
    """Claim one intake by a conditional update; None if somebody else was faster."""
    token = secrets.token_hex(16)
    now = timezone.now()
    taken = IntakeRow.objects.filter(_free(), pk=intake.pk, taken_by=intake.taken_by)
    if not taken.update(
        state=IntakeState.READING, taken_by=token, heartbeat_at=now, started_at=now
    ):
        return None
    intake.refresh_from_db()
    return Claim(intake, token)
