"""Edits the claims of a draft: words are checked, and of two people editing neither loses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from jibungoto.desk.acting import Acting, must_write, note
from jibungoto.desk.days import today_in
from jibungoto.desk.explain.draft import change_draft
from jibungoto.desk.explain.listing import brief_of, draft_numbered
from jibungoto.desk.explain.named import lacking, people_to_name, written_down
from jibungoto.explain.briefs.backing import tied
from jibungoto.explain.briefs.brief import Brief, Head
from jibungoto.explain.briefs.checks import faults_of
from jibungoto.explain.briefs.consent import Consent
from jibungoto.explain.briefs.copies import changed_in, with_copies
from jibungoto.explain.briefs.naming import Open, claim_texts, open_in
from jibungoto.explain.claims import Claim, Grade, Tone
from jibungoto.ledger.problems import HomeBusy, UnknownName
from jibungoto.ledger.words import Words
from jibungoto.records.models import BriefRow

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

    ``claim`` is its key, empty for a new one. ``note`` says why a word above its grade may stand;
    ``consents`` answer for the names in it, and no note does.
    """

    number: int
    claim: str
    text: Words
    grade: Grade
    note: str = ""
    seen: int = 0
    consents: tuple[Consent, ...] = ()


@dataclass(frozen=True, slots=True)
class Edited:
    """The claim is kept as it was entered."""

    row: BriefRow
    claim: Claim


@dataclass(frozen=True, slots=True)
class Refused:
    """The claim cannot stand: every reason, the claim as it was entered, and whom it names."""

    why: tuple[Words, ...]
    claim: Claim
    names: tuple[Open, ...] = ()


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
    told = _answers(acting, edit, claim=yours)
    why, names = _faults(acting, yours, brief=_with(brief, told), given=edit.consents)
    if _is_half(theirs, yours) and yours.override in ("", theirs.override):
        why = (*why, ONE_LANGUAGE)
    if why:
        return Refused(why, yours, names)

    def change(one: Brief) -> Brief:
        return _with(with_copies(one, yours), told)

    return _kept(acting, edit, claim=yours, change=change)


def add_claim(acting: Acting, edit: Edit, *, head: Head) -> Ending:
    """Add one claim at the end of a part of a draft."""
    must_write(acting)
    row = draft_numbered(acting, edit.number)
    brief = brief_of(row)
    if all(part.head is not head for part in brief.parts):
        raise _no_claim(head)
    key = _free_key(row, brief, head=head)
    yours = _entered(None, replace(edit, claim=key), brief=brief)
    told = _answers(acting, edit, claim=yours)
    why, names = _faults(acting, yours, brief=_with(brief, told), given=edit.consents)
    if why:
        return Refused(why, replace(yours, key=""), names)
    wish = replace(edit, claim=key, seen=revision_of(row, key))

    def change(one: Brief) -> Brief:
        return _with(one.with_more(head, yours), told)

    return _kept(acting, wish, claim=yours, change=change)


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
    entered = replace(
        claim,
        text=text,
        grade=edit.grade,
        tone=claim.tone if text == claim.text else Tone.NEITHER,
        override=edit.note.strip(),
        is_edited=True,
    )
    return tied(entered, brief)


def _is_half(theirs: Claim, yours: Claim) -> bool:
    """Say whether one language was changed and the other was left as it stood."""
    before, now = theirs.text, yours.text
    return (before.ja.strip() == now.ja) is not (before.en.strip() == now.en)


def _faults(
    acting: Acting, claim: Claim, *, brief: Brief, given: Sequence[Consent]
) -> tuple[tuple[Words, ...], tuple[Open, ...]]:
    """Return what stands against a claim, and whom it names; a note lifts words alone."""
    people = people_to_name(acting)
    names = [
        one
        for text in claim_texts(claim)
        for one in open_in(text, people, consents=brief.consents, claim=claim.key)
    ]
    said = {one.name: lacking(one, today=today_in(acting)) for one in given}
    why = [*faults_of(claim, brief).unlifted(claim.override)]
    why += [said.get(one.said) or one.why for one in names]
    return tuple(dict.fromkeys(why)), tuple({one.said: one for one in names}.values())


def _answers(acting: Acting, edit: Edit, *, claim: Claim) -> tuple[Consent, ...]:
    """Return the answers given with an edit that say enough, one for each text of the claim."""
    texts = dict.fromkeys(claim_texts(claim))
    return tuple(
        written_down(acting, replace(one, text=text))
        for one in edit.consents
        if lacking(one, today=today_in(acting)) is None
        for text in texts
    )


def _with(brief: Brief, answers: tuple[Consent, ...]) -> Brief:
    return replace(
        brief, consents=(*(one for one in brief.consents if one not in answers), *answers)
    )


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
        Words("資料を開き直してください。", "Open the brief again."),
    )
