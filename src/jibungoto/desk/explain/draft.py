"""Drafts a brief from the answers that were kept; drawn up anew, it keeps what a person wrote."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction
from django.db.models import Max

from jibungoto.desk.acting import Acting, must_write, note
from jibungoto.desk.days import today_in
from jibungoto.desk.explain.facts import brief_facts
from jibungoto.desk.explain.listing import brief_of, draft_numbered
from jibungoto.desk.lately import lately
from jibungoto.desk.understand.refresh import refresh
from jibungoto.desk.understand.today import newest_answer
from jibungoto.explain.briefs.audiences import AudienceKey
from jibungoto.explain.briefs.brief import Brief, BriefKind
from jibungoto.explain.briefs.freeze import brief_content
from jibungoto.explain.drafting.carry import carried, correcting, corrections
from jibungoto.explain.drafting.draft import draft as drafted
from jibungoto.explain.drafting.figures import all_figures
from jibungoto.ledger.problems import HomeBusy, HomeMissing
from jibungoto.ledger.words import Words
from jibungoto.records.models import AnswerRow, BriefRow, BriefState, CommunityRow

NOTHING_YET = Words("まだ何も取り込まれていません。", "Nothing has been brought in yet.")
BRING_IN = Words("書き出しファイルを取り込んでください。", "Bring an export in.")
CHANGED = Words(
    "ほかの人が、いまこの資料を変えました。", "Somebody else has just changed this brief."
)
AGAIN = Words("開き直して、もう一度お試しください。", "Open it again and try once more.")


def draft(
    acting: Acting, kind: BriefKind, *, audience: AudienceKey, answer: AnswerRow | None = None
) -> BriefRow:
    """Write and keep the draft of a brief from the newest answers, or from those given."""
    must_write(acting)
    brief = draft_of(acting, kind, audience=audience, answer=answer)
    with transaction.atomic():
        row = keep_draft(acting, brief)
        note(acting, "draft_brief", about=f"{row.number} {kind} {audience}")
    return row


def draft_of(
    acting: Acting, kind: BriefKind, *, audience: AudienceKey, answer: AnswerRow | None = None
) -> Brief:
    """Write the draft of a brief and keep nothing; HomeMissing before there are answers."""
    known = answer or newest_answer(acting)
    if known is None:
        raise HomeMissing(NOTHING_YET, BRING_IN)
    return drafted(brief_facts(acting, known, kind=kind), kind, audience=audience)


def draft_shown(acting: Acting, kind: BriefKind, *, audience: AudienceKey) -> Brief:
    """Return the same draft for whoever only reads it, written anew once anything has changed."""
    whose = (acting.community.pk, acting.role, acting.user_id)
    key = ("draft", *whose, kind, audience, today_in(acting))
    return lately(key, lambda: draft_of(acting, kind, audience=audience))


def blank_of(
    acting: Acting, kind: BriefKind, *, audience: AudienceKey, addressed_to: str = ""
) -> Brief:
    """Return a brief that says nothing yet, as of the newest answers; HomeMissing before any."""
    known = newest_answer(acting)
    if known is None:
        raise HomeMissing(NOTHING_YET, BRING_IN)
    as_of = known.as_of
    community = acting.community.name
    blank = Brief(kind, audience, community, since=as_of, as_of=as_of, parts=())
    return replace(blank, addressed_to=addressed_to)


def keep_draft(acting: Acting, brief: Brief, *, corrects: BriefRow | None = None) -> BriefRow:
    """Keep a draft under the next number, inside the caller's transaction."""
    CommunityRow.objects.select_for_update().get(pk=acting.community.pk)
    kept = BriefRow.objects.filter(community=acting.community)
    newest = kept.aggregate(newest=Max("number"))["newest"] or 0
    return BriefRow.objects.create(
        community=acting.community,
        number=newest + 1,
        kind=brief.kind,
        audience=brief.audience,
        as_of=brief.as_of,
        content=brief_content(brief),
        corrects=corrects,
    )


def redraft(acting: Acting, number: int) -> BriefRow:
    """Write a draft anew from today's answers as of the same day; what a person wrote stays."""
    must_write(acting)
    row = draft_numbered(acting, number)
    brief = brief_of(row)
    answer = refresh(acting.community, brief.as_of)
    if answer is None:
        raise HomeMissing(NOTHING_YET, BRING_IN)
    facts = replace(brief_facts(acting, answer, kind=brief.kind), addressed_to=brief.addressed_to)
    known = all_figures(facts.report)
    fresh = drafted(facts, brief.kind, audience=brief.audience)
    if row.corrects is not None:
        issued = brief_of(row.corrects)
        found = corrections(issued, known)
        fresh = correcting(issued, fresh, number=row.corrects.number, found=found)
    fresh = carried(brief, fresh, known=known)
    verb = "redraft_brief" if brief.is_written else "draft_brief"
    with transaction.atomic():
        change_draft(row, fresh)
        note(acting, verb, about=str(row.number))
    row.refresh_from_db()
    return row


def change_draft(row: BriefRow, brief: Brief, *, revisions: dict[str, int] | None = None) -> None:
    """Change a draft unless somebody else has in between, inside the caller's transaction."""
    still = BriefRow.objects.filter(pk=row.pk, state=BriefState.DRAFT, revision=row.revision)
    changed = still.update(
        content=brief_content(brief),
        revision=row.revision + 1,
        revisions=row.revisions if revisions is None else revisions,
        ended_as="",
    )
    if not changed:
        raise HomeBusy(CHANGED, AGAIN)


def drop(acting: Acting, number: int) -> None:
    """Throw a draft away; what was issued stays."""
    must_write(acting)
    row = draft_numbered(acting, number)
    with transaction.atomic():
        BriefRow.objects.filter(pk=row.pk, state=BriefState.DRAFT).delete()
        note(acting, "drop_brief", about=str(number))
