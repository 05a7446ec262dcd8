"""Corrects an issued brief by a new one; what was issued stays as it is."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from jibungoto.desk.acting import Acting, must_write, note
from jibungoto.desk.explain.draft import keep_draft
from jibungoto.desk.explain.facts import brief_facts
from jibungoto.desk.explain.listing import brief_numbered, brief_of
from jibungoto.desk.understand.refresh import refresh
from jibungoto.explain.briefs.brief import Head
from jibungoto.explain.drafting.carry import carried, correcting, corrections
from jibungoto.explain.drafting.draft import draft as drafted
from jibungoto.explain.drafting.figures import all_figures
from jibungoto.ledger.problems import HomeMissing, InvalidChoice
from jibungoto.ledger.words import Words
from jibungoto.records.models import BriefRow, BriefState

ONLY_ISSUED = Words(
    "訂正できるのは、発行済みで、まだ訂正していない資料だけです。",
    "Only an issued brief that was not corrected yet can be corrected.",
)
CHOOSE = Words("いちばん新しい発行を選んでください。", "Choose the newest one issued.")
NOTHING_NOW = Words(
    "比べるデータが、いまはありません。", "There is no data to compare it with now."
)
BRING_IN = Words("書き出しファイルを取り込んでください。", "Bring an export in.")


def must_be_correctable(acting: Acting, number: int) -> BriefRow:
    """Return a brief that was issued and not corrected yet; raises ``InvalidChoice``."""
    row = brief_numbered(acting, number)
    if row.state != BriefState.ISSUED:
        raise InvalidChoice(ONLY_ISSUED, CHOOSE)
    return row


def correct(acting: Acting, number: int) -> BriefRow | None:
    """Draft a correction from today's numbers as of the same day; None where nothing changed."""
    must_write(acting)
    row = must_be_correctable(acting, number)
    old = brief_of(row)
    answer = refresh(acting.community, old.as_of)
    if answer is None:
        raise HomeMissing(NOTHING_NOW, BRING_IN)
    facts = replace(brief_facts(acting, answer, kind=old.kind), addressed_to=old.addressed_to)
    known = all_figures(facts.report)
    found = corrections(old, known)
    if not found:
        return None
    parts = tuple(part for part in old.parts if part.head is not Head.CORRECTIONS)
    fresh = carried(
        replace(old, parts=parts), drafted(facts, old.kind, audience=old.audience), known=known
    )
    corrected = correcting(old, fresh, number=row.number, found=found)
    with transaction.atomic():
        kept = keep_draft(acting, corrected, corrects=row)
        note(acting, "correct_brief", about=f"{row.number} -> {kept.number}")
    return kept
