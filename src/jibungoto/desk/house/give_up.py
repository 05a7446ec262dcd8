"""Giving an intake up: it is refused with the reason, so that the others can go on."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from jibungoto.desk.gather.claim import Claim
from jibungoto.ledger.problems import Problem
from jibungoto.ledger.words import Words
from jibungoto.records.models import IntakeRow, IntakeState

UNEXPECTED = Words(
    "予期しないエラーで止まりました(印 {mark})。途中までの内容は残っていません。",
    "An unexpected error stopped it (mark {mark}). Nothing is half in.",
)
REPORT_IT = Words(
    "jibungoto の出力から「{mark}」を含む行を探し、その行を添えて開発元にお知らせください。",
    "Look for the line with {mark} in what jibungoto printed, and report it to the developers.",
)


def give_up(claim: Claim, problem: Problem) -> bool:
    """Refuse a claimed intake; one that is in already, or in other hands, stays as it is."""
    with transaction.atomic():
        held = IntakeRow.objects.filter(
            pk=claim.intake.pk, taken_by=claim.token, state=IntakeState.READING
        )
        return bool(
            held.update(
                state=IntakeState.REFUSED,
                ended_at=timezone.now(),
                problem_ja=problem.said_in("ja"),
                problem_en=problem.said_in("en"),
            )
        )


def unexpected(mark: str, *, place: str) -> Problem:
    """Return the problem of a bug; the line of the log with ``mark`` tells what it was."""
    return Problem(UNEXPECTED.filled(mark=mark), REPORT_IT.filled(mark=mark), place=place)
