"""What a person asks to have done with a brief, and the worker that does one after the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from jibungoto.desk.acting import Acting, administrator, must_write, note
from jibungoto.desk.beat import Beat, Guard, free, unguarded
from jibungoto.desk.explain.addressed import addressee
from jibungoto.desk.explain.correct import correct, must_be_correctable
from jibungoto.desk.explain.draft import blank_of, keep_draft, redraft
from jibungoto.desk.explain.issue import issue, must_be_ready
from jibungoto.desk.explain.listing import brief_of, draft_numbered
from jibungoto.explain.briefs.audiences import AudienceKey
from jibungoto.explain.briefs.brief import BriefKind
from jibungoto.ledger.problems import Problem
from jibungoto.ledger.words import Words
from jibungoto.records.models import BriefDeed, BriefEnd, BriefRow


def ask_to_draft(
    acting: Acting, kind: BriefKind, *, audience: AudienceKey, stakeholder: int | None = None
) -> BriefRow:
    """Begin a brief that the worker drafts; HomeMissing before there is anything to draft from.

    ``stakeholder`` is the number of whom on the map the ask names; UnknownName where nobody of
    that kind has it.
    """
    must_write(acting)
    name = "" if stakeholder is None else addressee(acting, stakeholder, audience=audience)
    blank = blank_of(acting, kind, audience=audience, addressed_to=name)
    with transaction.atomic():
        row = keep_draft(acting, blank)
        note(acting, "begin_brief", about=f"{row.number} {kind} {audience}")
        _ask(acting, row, deed=BriefDeed.REDRAFT)
    return row


def ask_to_issue(acting: Acting, number: int) -> None:
    """Have the worker issue a draft; what already stands against it is raised here."""
    must_write(acting)
    _ask(acting, must_be_ready(acting, number), deed=BriefDeed.ISSUE)


def ask_to_redraft(acting: Acting, number: int) -> None:
    """Have the worker write a draft anew; raised here where it is no draft any more."""
    must_write(acting)
    _ask(acting, draft_numbered(acting, number), deed=BriefDeed.REDRAFT)


def ask_to_correct(acting: Acting, number: int) -> None:
    """Have the worker draft a correction; raised here where the brief cannot be corrected."""
    must_write(acting)
    _ask(acting, must_be_correctable(acting, number), deed=BriefDeed.CORRECT)


def _ask(acting: Acting, row: BriefRow, *, deed: BriefDeed) -> None:
    """Ask for one thing; while another is asked for, or in work, nothing changes."""
    with transaction.atomic():
        asked = BriefRow.objects.filter(pk=row.pk, state=row.state, asked_at=None).update(
            asked_at=timezone.now(),
            asked_by=acting.user_id,
            taken_at=None,
            deed=deed,
            ended_as="",
            problem_ja="",
            problem_en="",
        )
        if asked:
            note(acting, f"ask_to_{deed}_brief", about=str(row.number))


def do_next(guard: Guard = unguarded) -> bool:
    """Do what was asked longest ago of a brief, in any community; say whether there was any.

    What cannot be done leaves the brief as it is, and it says why. A worker that dies leaves it
    to the next one; done once, it is not done again. What ``guard`` makes of a bug is a reason too.
    """
    asked = BriefRow.objects.filter(free(), asked_at__isnull=False)
    row = asked.select_related("community").defer("package").order_by("asked_at", "pk").first()
    if row is None:
        return False
    mine = BriefRow.objects.filter(pk=row.pk)
    if not asked.filter(pk=row.pk).update(taken_at=timezone.now()):
        return True
    acting = replace(administrator(row.community), user_id=row.asked_by)
    why, end = Words("", ""), ""
    try:
        with guard(str(row.number)), Beat(mine):
            end = _DEEDS[BriefDeed(row.deed)](acting, row.number)
    except Problem as problem:
        why = Words(problem.said_in("ja"), problem.said_in("en"))
    mine.update(
        asked_at=None,
        taken_at=None,
        ended_as=end,
        problem_ja=why.ja[:1_000],
        problem_en=why.en[:1_000],
    )
    return True


def _issued(acting: Acting, number: int) -> str:
    issue(acting, number)
    return ""


def _redrafted(acting: Acting, number: int) -> str:
    is_new = not brief_of(draft_numbered(acting, number)).is_written
    redraft(acting, number)
    return "" if is_new else BriefEnd.REDRAFTED


def _corrected(acting: Acting, number: int) -> str:
    return "" if correct(acting, number) is not None else BriefEnd.UNCHANGED


_DEEDS: dict[BriefDeed, Callable[[Acting, int], str]] = {
    BriefDeed.ISSUE: _issued,
    BriefDeed.REDRAFT: _redrafted,
    BriefDeed.CORRECT: _corrected,
}
