"""Claiming an intake: one process works on it, and says so while it does."""

from __future__ import annotations

import secrets

from django.db.models import Q
from django.utils import timezone

from jibungoto.desk.beat import SILENT_AFTER, Alongside
from jibungoto.engine.intake import Progress
from jibungoto.records.models import IntakeRow, IntakeState

_TELL_EVERY = 0.5
_BEAT_EVERY = 20


class Claim(Alongside):
    """The right to work on one intake, kept alive by a heartbeat from a thread of its own.

    Progress is written at most twice a second. ``is_lost`` turns true when another process has
    taken the intake over, because this one seemed dead.
    """

    def __init__(self, intake: IntakeRow, token: str) -> None:
        super().__init__(every=_TELL_EVERY)
        self.intake = intake
        self.token = token
        self.is_lost = False
        self._progress: Progress | None = None
        self._quiet = 0

    def progress(self, progress: Progress) -> None:
        """Take note of how far the reading is; the thread writes it down."""
        self._progress = progress

    def _do(self) -> None:
        """Write down how far the reading is; without news a sign of life is enough now and then."""
        said, self._progress = self._progress, None
        self._quiet += 1
        if said is not None or self._quiet >= _BEAT_EVERY:
            self._quiet = 0
            self.is_lost = not self._write(said)

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
    silent = timezone.now() - SILENT_AFTER
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
