"""Collects the figures a draft speaks of, and withholds those that would point at few people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from jibungoto.explain.briefs.as_document import STAGE_MEASURE
from jibungoto.explain.briefs.brief import Brief, ShowKind
from jibungoto.explain.briefs.figures import Figure, figure_of, withheld
from jibungoto.explain.drafting.differences import shares_of, sound
from jibungoto.explain.drafting.facts import BriefFacts
from jibungoto.explain.drafting.parts import all_keys
from jibungoto.explain.drafting.sentences import id_of
from jibungoto.explain.facts import LadderFacts, ReportFacts, StageCount
from jibungoto.explain.printing import DASH, Printed
from jibungoto.explain.report.health import HealthRow
from jibungoto.explain.report.stages import ladder_of
from jibungoto.ledger.finding import Finding
from jibungoto.ledger.words import Words

_DAY = timedelta(days=1)
_MONTHS = 12
_VERSION = 2
"""The version of the ladder's measure, should no finding carry it."""


def figures_for(
    brief: Brief, facts: BriefFacts, *, rows: Sequence[HealthRow]
) -> tuple[Figure, ...]:
    """Return every figure a brief quotes, shows, or compares with, the course of strips too."""
    wanted = all_keys(brief)
    found: dict[str, Finding] = {}
    for measure in _measures_in(brief):
        found |= {id_of(one): one for one in course_of(measure, facts.report)}
    for one in (*facts.report.findings, *facts.report.history, *facts.report.week_ago):
        if id_of(one) in wanted:
            found[id_of(one)] = one
    for row in rows:
        if id_of(row.trend.now) in wanted:
            both = (row.trend.now, row.trend.before)
            found |= {id_of(one): one for one in both if one is not None}
    plan = facts.plan.conditions if facts.plan is not None else ()
    found |= {id_of(each.now): each.now for each in plan if each.now is not None}
    found |= shares_of(found.values(), facts.report)
    figures = {key: figure_of(one) for key, one in found.items()}
    if any(show.kind is ShowKind.LADDER for part in brief.parts for show in part.shows):
        figures |= {one.key: one for one in _ladder(facts.report)}
    return tuple(sorted(figures.values(), key=lambda one: (one.measure, one.part, one.as_of)))


def all_figures(report: ReportFacts) -> dict[str, Figure]:
    """Return every figure there is, by its id: to look up what a brief said before."""
    known = sound(report)
    told = (*known.history, *known.week_ago, *known.findings)
    found = {id_of(one): figure_of(one) for one in told}
    return found | {one.key: one for one in _ladder(report)}


def _measures_in(brief: Brief) -> set[str]:
    """Return the measures of which a strip draws the course."""
    return {
        key.partition("@")[0]
        for part in brief.parts
        for show in part.shows
        if show.kind is not ShowKind.LADDER
        for key in show.figures
    }


def course_of(measure: str, report: ReportFacts) -> list[Finding]:
    """Return the last month ends of a measure."""
    past = [one for one in report.history if one.measure == measure and not one.part]
    return sorted(past, key=lambda one: one.as_of)[-_MONTHS:]


def _ladder(report: ReportFacts) -> list[Figure]:
    """Return the stocks of the ladder, each kept only where its cell may be shown."""
    lines = {line.name: line for line in ladder_of(report.ladder)}
    now, then = report.as_of, report.as_of - timedelta(days=28)
    found = []
    for one in report.ladder.now:
        line = lines.get(one.stage.words)
        if line is None:
            continue
        stage = f"S{one.stage}"
        found.append(_stock(stage, now, count=one.active, shown=line.active))
        if one.stage:
            found.append(_stock(f"{stage}.dormant", now, count=one.dormant, shown=line.dormant))
        before = _before(report.ladder, one)
        if before is not None:
            found.append(_stock(stage, then, count=before, shown=line.before))
    return found


def _before(ladder: LadderFacts, one: StageCount) -> int | None:
    return next((each.active for each in ladder.before if each.stage == one.stage), None)


def _stock(part: str, as_of: date, *, count: int, shown: Words) -> Figure:
    figure = figure_of(
        Finding(
            STAGE_MEASURE,
            as_of + _DAY,
            float(count),
            part=part,
            n=count,
            definition_version=_VERSION,
        )
    )
    if figure.withheld is None and shown.en == f"{count:,}":
        return figure
    hidden = Printed(value=shown, interval=DASH, n=DASH, said=shown, is_hidden=True)
    return replace(withheld(figure, hidden), n=None)
