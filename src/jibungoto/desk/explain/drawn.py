"""Files of a brief that take long to draw: wanted by pages, drawn by the worker."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from jibungoto.desk.acting import Acting
from jibungoto.desk.beat import Beat, Guard, free, unguarded
from jibungoto.desk.explain.listing import brief_numbered, document
from jibungoto.explain.formats.endings import FORMATS
from jibungoto.ledger.problems import Problem
from jibungoto.ledger.words import Words
from jibungoto.records.models import BriefFileRow

TAKES_LONG = frozenset({".pdf", ".pptx"})
"""Endings whose files are drawn by the worker; the others take a moment."""
KEPT_FOR = timedelta(days=30)


def drawn(acting: Acting, number: int, *, ending: str, language: str) -> BriefFileRow:
    """Return a file of a brief as it now reads, or what is known of it while it is not drawn.

    Asked for the first time, or of a brief that has changed since, the worker is asked for it.
    """
    brief = brief_numbered(acting, number)
    kept = BriefFileRow.objects.filter(brief=brief, ending=ending, language=language)
    row = kept.filter(revision=brief.revision).first()
    if row is not None:
        return row
    fresh = {"revision": brief.revision, "asked_at": timezone.now()}
    row, _is_new = BriefFileRow.objects.update_or_create(
        brief=brief, ending=ending, language=language, defaults=_BLANK | fresh
    )
    return row


_BLANK: dict[str, Any] = {"content": None, "taken_at": None, "problem_ja": "", "problem_en": ""}


def draw_again(acting: Acting, number: int, *, ending: str, language: str) -> None:
    """Ask once more for a file that could not be drawn."""
    rows = BriefFileRow.objects.filter(
        brief=brief_numbered(acting, number), ending=ending, language=language, content=None
    )
    rows.exclude(problem_en="").update(**_BLANK, asked_at=timezone.now())


def draw_next(guard: Guard = unguarded) -> bool:
    """Draw the file that was wanted first, in any community; say whether there was one.

    A worker that dies leaves it to the next one. Where the brief changes meanwhile what was drawn
    is thrown away: it was asked for anew.
    """
    waiting = BriefFileRow.objects.filter(free(), content=None, problem_en="")
    row = waiting.select_related("brief").order_by("asked_at", "pk").first()
    if row is None:
        return False
    mine = BriefFileRow.objects.filter(pk=row.pk, revision=row.revision)
    if not (waiting & mine).update(taken_at=timezone.now()):
        return True
    content, why = None, Words("", "")
    try:
        with guard(f"{row.brief.number}{row.ending}"), Beat(mine):
            content = FORMATS[row.ending].write(document(row.brief), row.language)
    except Problem as problem:
        why = Words(problem.said_in("ja"), problem.said_in("en"))
    mine.update(
        content=content, taken_at=None, problem_ja=why.ja[:1_000], problem_en=why.en[:1_000]
    )
    return True


def forget_old_drawn() -> int:
    """Throw away what was asked for long ago; return how many files went."""
    old = BriefFileRow.objects.filter(asked_at__lt=timezone.now() - KEPT_FOR)
    return old.delete()[0]
