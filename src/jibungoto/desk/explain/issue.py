"""Issues a brief: its figures are looked at once more, then it is frozen for ever."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from importlib.metadata import version

from django.db import transaction
from django.utils import timezone

from jibungoto.desk.acting import Acting, must_write, note
from jibungoto.desk.explain.facts import report_facts
from jibungoto.desk.explain.listing import brief_of, draft_numbered, issued_numbered
from jibungoto.desk.explain.named import names_open
from jibungoto.desk.explain.voices import voices_open
from jibungoto.desk.gather.current import current_log
from jibungoto.desk.understand.refresh import refresh
from jibungoto.engine.samples import samples_on
from jibungoto.explain.briefs.advice import without_advice
from jibungoto.explain.briefs.brief import Brief
from jibungoto.explain.briefs.checks import faults_of_brief
from jibungoto.explain.briefs.figures import sample_key
from jibungoto.explain.briefs.freeze import Frozen, brief_content, frozen, package_of
from jibungoto.explain.briefs.verify import (
    Outcome,
    Verdict,
    uncomputed,
    verify,
    with_own_intervals,
)
from jibungoto.explain.drafting.carry import corrections
from jibungoto.explain.drafting.figures import all_figures
from jibungoto.ledger.problems import HomeBusy, InvalidChoice
from jibungoto.ledger.words import Words
from jibungoto.records.models import BriefRow, BriefState
from jibungoto.understand.catalogue import measure_of
from jibungoto.understand.intervals import Sample
from jibungoto.understand.thresholds import RULE_VERSION

FAULTY = Words("このままでは発行できません。{why}", "It cannot be issued as it is. {why}")
MEND = Words("その主張を直してください。", "Mend the claims named.")
ANSWER_FOR_THEM = Words(
    "資料のページの「名前の確認」で、1つずつ答えてください。",
    "Answer for each under “Names to confirm” on the brief's page.",
)
ASK_THEM = Words(
    "本人に聞いてから書きとめるか、その声を外してください。",
    "Ask whoever said it and note that, or take the voice out.",
)
NUMBERS_CHANGED = Words(
    "下書きのあとで、数字が{n}個変わりました。",
    "Since the draft was written, {n} of its numbers have changed.",
)
UNCOMPUTED = Words(
    "あとから計算し直せない数字があります: {names}。",
    "There are numbers nobody could compute again: {names}.",
)
WITHOUT_IT = Words(
    "その数字を使う主張を外すか、勝利条件の指標を替えて、下書きを作り直してください。",
    "Take the claims out that use them, or choose another measure for the victory condition, and "
    "draw the draft up anew.",
)
REDRAFT = Words(
    "下書きを作り直してください。書き足した文は残ります。",
    "Draw the draft up anew; what you wrote stays.",
)
CHANGED = Words(
    "発行しているあいだに、ほかの人がこの資料を変えました。",
    "Somebody changed this brief while it was being issued.",
)
LOOK_AGAIN = Words("内容を見て、もう一度発行してください。", "Look at it and issue it again.")
_DAY = timedelta(days=1)
_NAMES_AT_MOST = 5


def issue(acting: Acting, number: int) -> BriefRow:
    """Freeze a draft: its words pass, its numbers still hold, and it can be computed again."""
    must_write(acting)
    row = draft_numbered(acting, number)
    brief = without_advice(brief_of(row))
    _must_be_fit(brief)
    _must_be_permitted(acting, brief)
    _must_name_nobody(acting, brief)
    _must_still_hold(acting, brief)
    kept = _frozen(acting, brief, number=row.number)
    _must_be_computed(kept)
    package = package_of(kept)
    verdict = verify(package)
    if not verdict.is_sound:  # the log moved on between the two looks, or an older draft
        raise InvalidChoice(_why_not(verdict), REDRAFT)
    with transaction.atomic():
        still = BriefRow.objects.filter(
            pk=row.pk, state=BriefState.DRAFT, revision=row.revision
        ).update(
            state=BriefState.ISSUED,
            revision=row.revision + 1,  # what was drawn of the draft is no picture of it
            content=brief_content(replace(kept.brief, consents=brief.consents)),
            package=package,
            digest=verdict.digest,
            issued_at=kept.issued_at,
        )
        if not still:
            raise HomeBusy(CHANGED, LOOK_AGAIN)
        if row.corrects_id is not None:
            BriefRow.objects.filter(pk=row.corrects_id).update(state=BriefState.CORRECTED)
        note(acting, "issue_brief", about=f"{row.number} {verdict.digest}")
    row.refresh_from_db()
    return row


def _frozen(acting: Acting, brief: Brief, *, number: int) -> Frozen:
    return with_own_intervals(
        frozen(
            brief,
            _samples(acting, brief),
            number=number,
            issued_at=timezone.now(),
            product=version("jibungoto"),
            rule_version=RULE_VERSION,
        )
    )


def must_be_ready(acting: Acting, number: int) -> BriefRow:
    """Return a draft that can be issued as it is worded; raises what stands against it."""
    row = draft_numbered(acting, number)
    brief = without_advice(brief_of(row))
    _must_be_fit(brief)
    _must_be_permitted(acting, brief)
    _must_name_nobody(acting, brief)
    return row


def _why_not(verdict: Verdict) -> Words:
    """Return why a package would not verify: how many figures, else the first remark."""
    differ = sum(one.outcome is Outcome.DIFFERS for one in verdict.lines)
    return NUMBERS_CHANGED.filled(n=differ) if differ else verdict.remarks[0]


def _must_be_fit(brief: Brief) -> None:
    faults = faults_of_brief(brief)
    if faults:
        why = Words("".join(one.ja for one in faults), " ".join(one.en for one in faults))
        raise InvalidChoice(Words(FAULTY.ja.format(why=why.ja), FAULTY.en.format(why=why.en)), MEND)


def _must_be_permitted(acting: Acting, brief: Brief) -> None:
    """Raise where a member is quoted without a note of their permission in these words."""
    open_ones = voices_open(acting, brief)
    if open_ones:
        why = Words("".join(one.ja for one in open_ones), " ".join(one.en for one in open_ones))
        raise InvalidChoice(
            Words(FAULTY.ja.format(why=why.ja), FAULTY.en.format(why=why.en)), ASK_THEM
        )


def _must_name_nobody(acting: Acting, brief: Brief) -> None:
    """Raise where somebody is named, wherever it stands, of whom nobody said that they agreed."""
    open_ones = names_open(acting, brief)
    if open_ones:
        told = open_ones[:_NAMES_AT_MOST]
        why = Words("".join(one.why.ja for one in told), " ".join(one.why.en for one in told))
        raise InvalidChoice(
            Words(FAULTY.ja.format(why=why.ja), FAULTY.en.format(why=why.en)), ANSWER_FOR_THEM
        )


def _must_be_computed(kept: Frozen) -> None:
    """Raise where the package would hold a value nobody can compute again."""
    names = uncomputed(kept)
    if names:
        ja, en = "、".join(one.ja for one in names), ", ".join(one.en for one in names)
        raise InvalidChoice(
            Words(UNCOMPUTED.ja.format(names=ja), UNCOMPUTED.en.format(names=en)), WITHOUT_IT
        )


def _must_still_hold(acting: Acting, brief: Brief) -> None:
    """Raise unless every figure still reads as it stands in the draft."""
    if not brief.figures:
        return
    answer = refresh(acting.community, brief.as_of)
    known = all_figures(report_facts(acting, answer)) if answer is not None else {}
    changed = corrections(brief, known)
    if changed:
        raise InvalidChoice(NUMBERS_CHANGED.filled(n=len(changed)), REDRAFT)


def _samples(acting: Acting, brief: Brief) -> dict[str, Sequence[Sample]]:
    """Return the samples its figures rest on, by the names the figures know them by."""
    resting = [one for one in brief.figures if one.inputs.sample]
    current = current_log(acting.community)
    if not resting or current is None:
        return {}
    measures = {one.measure: measure_of(one.measure) for one in resting}
    found = samples_on(
        current[1],
        [one for one in measures.values() if one is not None],
        nights={one.as_of + _DAY for one in resting},
        zone=acting.community.zone,
    )
    by_step = {one.step: one for one in measures.values() if one is not None}
    return {
        sample_key(by_step[step], part, as_of=night - _DAY): samples
        for (step, part, night), samples in found.items()
    }


def package(acting: Acting, number: int) -> bytes:
    """Return the zip of an issued brief, as it was frozen."""
    return bytes(issued_numbered(acting, number).package or b"")


def package_name(row: BriefRow) -> str:
    """Return the name of a brief's zip."""
    return f"brief-{row.number:04d}-{row.kind}-{row.as_of}.zip"
