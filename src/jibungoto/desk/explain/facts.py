"""Gathers what reports and briefs are written from: kept answers, sources, who waits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import fields
from datetime import date, timedelta

from jibungoto.desk.acting import Acting
from jibungoto.desk.days import today_in
from jibungoto.desk.explain.facts_of_ladder import advance_facts
from jibungoto.desk.explain.facts_of_plans import plan_facts
from jibungoto.desk.explain.facts_of_programmes import programme_facts, started_facts
from jibungoto.desk.explain.facts_of_rooms import (
    cost_facts,
    hourly_facts,
    risk_facts,
    study_facts,
    team_facts,
)
from jibungoto.desk.explain.voices import voice_facts
from jibungoto.desk.gather.current import newest_covered_day, source_rows
from jibungoto.desk.understand.measures import findings_in
from jibungoto.desk.understand.refresh import PERIOD, month_nights, week_before
from jibungoto.engine.relations import SOURCE
from jibungoto.explain.briefs.brief import LAYOUT, BriefKind, Head
from jibungoto.explain.drafting.facts import BriefFacts
from jibungoto.explain.facts import (
    LadderFacts,
    ReportFacts,
    SourceFacts,
    StageCount,
    WaitingFacts,
)
from jibungoto.ledger.finding import Finding, Quality
from jibungoto.ledger.source import CanTell
from jibungoto.records.models import AnswerRow
from jibungoto.understand.answers import Stage, Unknown
from jibungoto.understand.reasons import CANNOT_TELL
from jibungoto.understand.today import Reason

STOCK = "stage_stock"
BOTTOM = frozenset({Head.BOTTOM_LINE, Head.SUMMARY})
"""Where a reader's own lines stand: they speak of studies and of what was started."""
_DAY = timedelta(days=1)


def report_facts(acting: Acting, answer: AnswerRow) -> ReportFacts:
    """Return what a report may say of some answers."""
    found = list(findings_in(answer.findings.order_by("pk"), later=_DAY))
    night = answer.as_of + _DAY
    period_ago = night - timedelta(days=PERIOD)
    ends = frozenset(month_nights(night)) - {night}
    sources = tuple(_sources(acting))
    return ReportFacts(
        community=acting.community.name,
        as_of=answer.as_of,
        findings=[one for one in found if one.as_of == night],
        history=[one for one in found if one.as_of in ends],
        week_ago=[one for one in found if one.as_of == week_before(night)],
        ladder=_ladder(answer, found, night=night, period_ago=period_ago),
        waiting=_waiting(answer, acting),
        staff_marked=acting.community.staff_answered_at is not None,
        sources=sources,
        rule_version=answer.rule_version,
    )


def _ladder(
    answer: AnswerRow, found: Sequence[Finding], *, night: date, period_ago: date
) -> LadderFacts:
    moves = list(answer.moves.values_list("from_stage", "to_stage"))
    told = answer.standings.filter(kind="member").values_list("unknown", flat=True).distinct()
    untold = sorted({part for parts in told for part in parts})
    now, before = (_counts(found, each) for each in (night, period_ago))
    unlike = next((one.reason for one in found if _is_unlike(one, night=period_ago)), None)
    return LadderFacts(
        now=now,
        before=[one for one in before if unlike is None or one.stage is not Stage.REGISTERED],
        unlike=unlike if before else None,
        moved_up=sum(now > before for before, now in moves),
        moved_down=sum(now < before for before, now in moves),
        untold=[Unknown(part) for part in untold],
    )


def _is_unlike(one: Finding, *, night: date) -> bool:
    """Say whether the registered of a night leave out people whose beginning nobody recorded."""
    is_stock = (one.measure, one.part, one.as_of) == (STOCK, "S0", night)
    return is_stock and one.quality is not Quality.OK and one.reason is not None


def _counts(found: Sequence[Finding], night: date) -> list[StageCount]:
    """Return the stock at every stage on a night; empty where the log does not reach back."""
    stock = {
        one.part: int(one.value)
        for one in found
        if one.measure == STOCK and one.as_of == night and one.value is not None
    }
    if not stock:
        return []
    return [
        StageCount(stage, stock.get(f"S{stage}", 0), stock.get(f"S{stage}.dormant", 0))
        for stage in Stage
    ]


def _waiting(answer: AnswerRow, acting: Acting) -> WaitingFacts:
    counted = Counter(answer.suggestions.values_list("reason", flat=True))
    tells = [dict(zip(SOURCE, row, strict=True)) for row in source_rows(acting.community)]
    has_threads = any(each["threads"] and each["replies"] for each in tells)
    has_creators = any(each["creators"] for each in tells)
    return WaitingFacts(
        first_posts=counted[Reason.UNANSWERED_FIRST_POST] if has_threads else None,
        first_starts=counted[Reason.FIRST_START] if has_creators else None,
        gone_quiet=counted[Reason.SILENT_CONTRIBUTOR],
    )


def _sources(acting: Acting) -> list[SourceFacts]:
    names = [field.name for field in fields(CanTell) if field.name in CANNOT_TELL]
    found = []
    for row in source_rows(acting.community):
        told = dict(zip(SOURCE, row, strict=True))
        since, until = told["covered_from"], told["covered_until"]
        if isinstance(since, date) and isinstance(until, date):
            cannot = tuple(CANNOT_TELL[name] for name in names if not told.get(name))
            found.append(SourceFacts(str(told["source"]), since, until, cannot))
    return found


def brief_facts(acting: Acting, answer: AnswerRow, *, kind: BriefKind) -> BriefFacts:
    """Return all that a draft is written from; studies only where a reader's own lines are."""
    report = report_facts(acting, answer)
    past = answer if _is_past(acting, answer) else None
    studies, left_out = None, 0
    if BOTTOM & set(LAYOUT[kind]):
        studies, left_out = study_facts(acting, past=past)
    return BriefFacts(
        report=report,
        plan=plan_facts(
            acting,
            as_of=report.as_of,
            findings=report.findings,
            history=report.history,
            past=past,
        ),
        team=team_facts(acting),
        studies=studies,
        left_out=left_out,
        voices=voice_facts(acting, as_of=report.as_of, kind=kind, is_past=past is not None),
        costs=cost_facts(acting, as_of=report.as_of, past=past),
        risks=risk_facts(acting) if past is None else None,
        advance=advance_facts(answer) if Head.LADDER in LAYOUT[kind] else None,
        started=started_facts(acting, answer) if BOTTOM & set(LAYOUT[kind]) else None,
        programmes=programme_facts(acting, report.as_of)
        if {Head.PROGRAMMES, Head.STOP} & set(LAYOUT[kind])
        else None,
        fiscal_month=acting.community.fiscal_month,
        hourly=hourly_facts(acting, past=past),
        written=None if past is None else today_in(acting),
    )


def _is_past(acting: Acting, answer: AnswerRow) -> bool:
    """Say whether an answer is of a day before the newest that the log covers."""
    newest = newest_covered_day(acting.community)
    return newest is not None and answer.as_of < newest
