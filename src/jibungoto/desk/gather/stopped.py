"""Intakes whose process was ended from outside: they are settled, not shown as going on."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from jibungoto.desk.acting import Acting, must_write
from jibungoto.desk.beat import SILENT_AFTER
from jibungoto.ledger.problems import Problem
from jibungoto.ledger.words import Words
from jibungoto.records.models import IntakeRow, IntakeState

WAS_STOPPED = Words("終わる前に止められました。", "It was stopped before its end.")
AGAIN = Words(
    "もう一度取り込んでください。途中までの内容は残っていません。",
    "Bring it in again. Nothing is half in.",
)


def stopped(name: str) -> Problem:
    """Return the problem of an intake that was ended from outside."""
    return Problem(WAS_STOPPED, AGAIN, place=name)


def settle_stopped(acting: Acting) -> int:
    """Settle what gave no sign of life for a minute; return how many there were.

    An upload waits again: its file is kept, and the next worker takes it up. What a command read
    is refused with the reason: whoever stopped that command decides whether to start it again.
    """
    must_write(acting)
    silent = timezone.now() - SILENT_AFTER
    left = acting.community.intakes.filter(state=IntakeState.READING, heartbeat_at__lt=silent)
    return sum(map(_settled, left.order_by("pk")))


def _settled(intake: IntakeRow) -> bool:
    """Settle one, unless another process was faster."""
    held = IntakeRow.objects.filter(
        pk=intake.pk, taken_by=intake.taken_by, state=IntakeState.READING
    )
    problem = stopped(intake.name)
    with transaction.atomic():
        if intake.is_upload:
            return bool(held.update(state=IntakeState.WAITING, taken_by=""))
        return bool(
            held.update(
                state=IntakeState.REFUSED,
                taken_by="",
                ended_at=timezone.now(),
                problem_ja=problem.said_in("ja"),
                problem_en=problem.said_in("en"),
            )
        )
