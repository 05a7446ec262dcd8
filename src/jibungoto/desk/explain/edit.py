"""Edits the claims of a draft: words are checked, and of two people editing neither loses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.db import transaction

from jibungoto.desk.acting import Acting, must_write, note
from jibungoto.desk.explain.draft import change_draft
from jibungoto.desk.explain.listing import brief_of, draft_numbered
from jibungoto.explain.briefs.brief import Brief, Head
from jibungoto.explain.briefs.checks import faults_of
from jibungoto.explain.briefs.copies import changed_in, with_copies
from jibungoto.explain.briefs.verify import quotes
from jibungoto.explain.claims import Claim, Grade, Tone
from jibungoto.explain.wording import names_in
from jibungoto.ledger.person import PersonKind
from jibungoto.ledger.problems import HomeBusy, UnknownName
from jibungoto.ledger.words import Words
from jibungoto.records.models import BriefRow, PersonRow

IS_NAMED = Words(
    "「{name}」はメンバーの名前です。本人の同意があるときだけ、その旨を書き添えて載せられます。",
    "“{name}” is a member's name. With the person's consent, and a note of it, it may stand.",
)
IS_RAISED = Words(
    "根拠の段階を{before}から{now}に上げるには、理由を書き添えてください。",
    "A note has to say why the grade is raised from {before} to {now}.",
)
ONE_LANGUAGE = Words(
    "日本語と英語の片方だけが変わりました。もう片方も同じ内容に直すか、"
    "もう片方がいまも同じ内容であることを書き添えてください。",
    "Only one of Japanese and English was changed. Let the other say the same, or confirm in a "
    "note that it still does.",
)
_TRIES = 5


@dataclass(frozen=True, slots=True)
class Edit:
    """A claim as somebody wants it; ``seen`` is its revision as they saw it.

    ``claim`` is its key, empty for a new one. ``note`` says why a word above its grade may stand.
    """

    number: int
    claim: str
    text: Words
    grade: Grade
    note: str = ""
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Edited:
    """The claim is kept as it was entered."""

    row: BriefRow
    claim: Claim


@dataclass(frozen=True, slots=True)
class Refused:
    """The claim cannot stand: every reason, and the claim as it was entered."""

    why: tuple[Words, ...]
    claim: Claim


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody else changed the claim in between: both texts, so that neither is lost.

    ``theirs`` is None where the claim was taken out; ``seen`` is the revision to save over.
    """

    theirs: Claim | None
    yours: Claim
    seen: int


Ending = Edited | Refused | Conflict
Change = Callable[[Brief], Brief]


def revision_of(row: BriefRow, claim: str) -> int:
    """Return how often a claim was changed since it was drafted."""
    return int(row.revisions.get(claim, 0))


def edit_claim(acting: Acting, edit: Edit) -> Ending:
    """Change the words or the grade of one claim of a draft."""
    must_write(acting)
    row = draft_numbered(acting, edit.number)
    brief = brief_of(row)
    theirs = brief.claim(edit.claim)
    if theirs is None and edit.claim not in row.revisions:
        raise _no_claim(edit.claim)
    yours = _entered(theirs, edit, brief=brief)
    if theirs is None or revision_of(row, edit.claim) != edit.seen:
        return Conflict(theirs, yours, revision_of(row, edit.claim))
    why = _faults(acting, yours, brief=brief, before=theirs.grade)
    if _is_half(theirs, yours) and yours.override in ("", theirs.override):
        why = (*why, ONE_LANGUAGE)
    if why:
        return Refused(why, yours)
    return _kept(acting, edit, claim=yours, change=lambda one: with_copies(one, yours))


def add_claim(acting: Acting, edit: Edit, *, head: Head) -> Ending:
    """Add one claim at the end of a part of a draft."""
    must_write(acting)
    row = draft_numbered(acting, edit.number)
    brief = brief_of(row)
    if all(part.head is not head for part in brief.parts):
        raise _no_claim(head)
    key = _free_key(row, brief, head=head)
    yours = replace(_entered(None, edit, brief=brief), key=key)
    why = _faults(acting, yours, brief=brief, before=Grade.E1)
    if why:
        return Refused(why, yours)
    wish = replace(edit, claim=key, seen=revision_of(row, key))
    return _kept(acting, wish, claim=yours, change=lambda one: one.with_more(head, yours))


def drop_claim(acting: Acting, number: int, *, claim: str, seen: int) -> Edited | Conflict:
    """Take one claim out of a draft, unless somebody has changed it in between."""
    must_write(acting)
    row = draft_numbered(acting, number)
    theirs = brief_of(row).claim(claim)
    if theirs is None:
        raise _no_claim(claim)
    if revision_of(row, claim) != seen:
        return Conflict(theirs, theirs, revision_of(row, claim))
    edit = Edit(number, claim, theirs.text, theirs.grade, seen=seen)
    return _kept(acting, edit, claim=theirs, change=lambda one: one.without_claim(claim))


def _entered(theirs: Claim | None, edit: Edit, *, brief: Brief) -> Claim:
    """Return the claim as entered, tied to those figures that it still quotes.

    Words of somebody's own say neither for the better nor for the worse.
    """
    text = Words(edit.text.ja.strip(), edit.text.en.strip())
    claim = theirs or Claim(text=text, grade=edit.grade, key=edit.claim)
    figures = {one.key: one for one in brief.figures}
    still = tuple(key for key in claim.figures if key in figures and quotes(text, figures[key]))
    return replace(
        claim,
        text=text,
        grade=edit.grade,
        figures=still,
        tone=claim.tone if text == claim.text else Tone.NEITHER,
        override=edit.note.strip(),
        is_edited=True,
    )


def _is_half(theirs: Claim, yours: Claim) -> bool:
    """Say whether one language was changed and the other was left as it stood."""
    before, now = theirs.text, yours.text
    return (before.ja.strip() == now.ja) is not (before.en.strip() == now.en)


def _faults(acting: Acting, claim: Claim, *, brief: Brief, before: Grade) -> tuple[Words, ...]:
    """Return what stands against a claim; a note lifts all but its length and its being two."""
    why = list(faults_of(claim, brief).unlifted(claim.override))
    if claim.override:
        return tuple(why)
    order = tuple(Grade)
    if order.index(claim.grade) > order.index(before):
        why.append(IS_RAISED.filled(before=before.value, now=claim.grade.value))
    said = f"{claim.text.ja}\n{claim.text.en}"
    why += [IS_NAMED.filled(name=name) for name in names_in(said, _members(acting))]
    return tuple(why)


def _members(acting: Acting) -> list[str]:
    """Return the names of everybody who is not marked as staff."""
    people = PersonRow.objects.filter(community=acting.community)
    return list(people.exclude(kinds__kind=PersonKind.STAFF).values_list("name", flat=True))


def _kept(acting: Acting, edit: Edit, *, claim: Claim, change: Change) -> Edited | Conflict:
    """Keep a change; where another claim was changed meanwhile both changes stand."""
    for _ in range(_TRIES):
        row = draft_numbered(acting, edit.number)
        brief = brief_of(row)
        if revision_of(row, edit.claim) != edit.seen:
            return Conflict(brief.claim(edit.claim), claim, revision_of(row, edit.claim))
        after = change(brief)
        followed = {key: revision_of(row, key) + 1 for key in changed_in(brief, after)}
        revisions = row.revisions | followed | {edit.claim: edit.seen + 1}
        try:
            with transaction.atomic():
                change_draft(row, after, revisions=revisions)
                note(acting, "edit_brief", about=f"{row.number} {edit.claim}")
        except HomeBusy:
            continue
        row.refresh_from_db()
        return Edited(row, claim)
    return Conflict(claim, claim, edit.seen)


def _free_key(row: BriefRow, brief: Brief, *, head: Head) -> str:
    taken = {one.key for one in brief.claims()} | set(row.revisions)
    return next(
        key for place in range(1, len(taken) + 2) if (key := f"{head}-{place}") not in taken
    )


def _no_claim(name: str) -> UnknownName:
    return UnknownName(
        Words(f"「{name}」という主張はありません。", f"There is no claim “{name}”."),
        Words("資料を開きなおしてください。", "Open the brief again."),
    )
