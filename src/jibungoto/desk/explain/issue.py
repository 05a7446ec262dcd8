"""Issues a brief: its figures are looked at once more, then it is frozen for ever."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from importlib.metadata import version

from django.db import transaction
from django.utils import timezone

from jibungoto.desk.acting import Acting, administrator, must_write, note
from jibungoto.desk.beat import Beat, Guard, free, unguarded
from jibungoto.desk.explain.facts import report_facts
from jibungoto.desk.explain.listing import brief_of, draft_numbered, issued_numbered
from jibungoto.desk.gather.current import current_log
from jibungoto.desk.understand.refresh import refresh
from jibungoto.engine.samples import samples_on
from jibungoto.explain.briefs.advice import without_advice
from jibungoto.explain.briefs.brief import Brief
from jibungoto.explain.briefs.checks import faults_of_brief
from jibungoto.explain.briefs.figures import sample_key
from jibungoto.explain.briefs.freeze import brief_content, frozen, package_of
from jibungoto.explain.briefs.verify import verify, with_own_intervals
from jibungoto.explain.drafting.carry import corrections
from jibungoto.explain.drafting.figures import all_figures
from jibungoto.ledger.problems import HomeBusy, InvalidChoice, Problem
from jibungoto.ledger.words import Words
from jibungoto.records.models import BriefRow, BriefState
from jibungoto.understand.catalogue import measure_of
from jibungoto.understand.intervals import Sample
from jibungoto.understand.thresholds import RULE_VERSION

FAULTY = Words("このままでは発行できません。{why}", "It cannot be issued as it is. {why}")
MEND = Words("その主張をなおしてください。", "Mend the claims named.")
NUMBERS_CHANGED = Words(
    "下書きのあとで、数字が{n}個変わりました。",
    "Since the draft was written, {n} of its numbers have changed.",
)
REDRAFT = Words(
    "下書きを作りなおしてください。書き足した文は残ります。",
    "Draw the draft up anew; what you wrote stays.",
)
CHANGED = Words(
    "発行しているあいだに、ほかの人がこの資料を変えました。",
    "Somebody changed this brief while it was being issued.",
)
LOOK_AGAIN = Words("内容を見て、もう一度発行してください。", "Look at it and issue it again.")
_DAY = timedelta(days=1)


def issue(acting: Acting, number: int) -> BriefRow:
    """Freeze a draft: its words pass, its numbers still hold, and it can be computed again."""
    must_write(acting)
    row = draft_numbered(acting, number)
    brief = without_advice(brief_of(row))
    _must_be_fit(brief)
    _must_still_hold(acting, brief)
    now = timezone.now()
    kept = with_own_intervals(
        frozen(
            brief,
            _samples(acting, brief),
            number=row.number,
            issued_at=now,
            product=version("jibungoto"),
            rule_version=RULE_VERSION,
        )
    )
    package = package_of(kept)
    verdict = verify(package)
    if not verdict.is_sound:  # the log moved on between the two looks
        raise InvalidChoice(NUMBERS_CHANGED.filled(n=len(verdict.lines)), REDRAFT)
    with transaction.atomic():
        still = BriefRow.objects.filter(
            pk=row.pk, state=BriefState.DRAFT, revision=row.revision
        ).update(
            state=BriefState.ISSUED,
            content=brief_content(kept.brief),
            package=package,
            digest=verdict.digest,
            issued_at=now,
        )
        if not still:
            raise HomeBusy(CHANGED, LOOK_AGAIN)
        if row.corrects_id is not None:
            BriefRow.objects.filter(pk=row.corrects_id).update(state=BriefState.CORRECTED)
        note(acting, "issue_brief", about=f"{row.number} {verdict.digest}")
    row.refresh_from_db()
    return row


def ask_to_issue(acting: Acting, number: int) -> None:
    """Have the worker issue a draft; what already stands against it is raised here."""
    must_write(acting)
    row = draft_numbered(acting, number)
    _must_be_fit(without_advice(brief_of(row)))
    with transaction.atomic():
        asked = BriefRow.objects.filter(pk=row.pk, state=BriefState.DRAFT, asked_at=None).update(
            asked_at=timezone.now(),
            asked_by=acting.user_id,
            taken_at=None,
            problem_ja="",
            problem_en="",
        )
        if asked:
            note(acting, "ask_to_issue_brief", about=str(row.number))


def issue_next(guard: Guard = unguarded) -> bool:
    """Issue the draft that has waited longest, in any community; say whether there was one.

    Where it cannot be issued it stays a draft, and says why. A worker that dies leaves it to the
    next one; issued once, it is not issued again. What ``guard`` makes of a bug is a reason too.
    """
    asked = BriefRow.objects.filter(free(), state=BriefState.DRAFT, asked_at__isnull=False)
    row = asked.select_related("community").order_by("asked_at").first()
    if row is None:
        return False
    mine = BriefRow.objects.filter(pk=row.pk)
    if not asked.filter(pk=row.pk).update(taken_at=timezone.now()):
        return True
    acting = replace(administrator(row.community), user_id=row.asked_by)
    why = Words("", "")
    try:
        with guard(str(row.number)), Beat(mine):
            issue(acting, row.number)
    except Problem as problem:
        why = Words(problem.said_in("ja"), problem.said_in("en"))
    mine.update(asked_at=None, taken_at=None, problem_ja=why.ja[:1_000], problem_en=why.en[:1_000])
    return True


def _must_be_fit(brief: Brief) -> None:
    faults = faults_of_brief(brief)
    if faults:
        why = Words("".join(one.ja for one in faults), " ".join(one.en for one in faults))
        raise InvalidChoice(Words(FAULTY.ja.format(why=why.ja), FAULTY.en.format(why=why.en)), MEND)


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
