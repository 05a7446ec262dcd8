"""Differences of two shares: told with the shares they are of, or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from jibungoto.explain.briefs.figures import figure_of, shares_behind
from jibungoto.explain.drafting.facts import BriefFacts
from jibungoto.explain.drafting.sentences import id_of
from jibungoto.explain.facts import ReportFacts
from jibungoto.ledger.finding import Finding, Quality
from jibungoto.ledger.words import Words

UNTOLD = Words(
    "差のもとになる割合を示せないため、差も示しません。",
    "It is not told, as the shares it is of cannot be shown.",
)


def with_their_shares(facts: BriefFacts) -> BriefFacts:
    """Return facts in which every difference can be counted again from two shares beside it."""
    report = sound(facts.report)
    told = {id_of(one): one for one in (*report.findings, *report.history, *report.week_ago)}
    plan = facts.plan
    if plan is not None:
        conditions = [
            replace(one, now=told.get(id_of(one.now), one.now)) if one.now is not None else one
            for one in plan.conditions
        ]
        plan = replace(plan, conditions=conditions)
    return replace(facts, report=report, plan=plan)


def sound(report: ReportFacts) -> ReportFacts:
    """Return a report whose differences have a value only where both of their shares are told."""
    every = (*report.findings, *report.history, *report.week_ago)
    if not any(shares_behind(one.measure) for one in every):
        return report
    behind = {key for one in every if one.value is not None for key in _behind(one)}
    known = {id_of(one) for one in every if id_of(one) in behind and _is_told(one)}
    return replace(
        report,
        findings=_sound(report.findings, known),
        history=_sound(report.history, known),
        week_ago=_sound(report.week_ago, known),
    )


def shares_of(differences: Iterable[Finding], report: ReportFacts) -> dict[str, Finding]:
    """Return the shares that these differences are of, by their ids."""
    wanted = {key for one in differences if one.value is not None for key in _behind(one)}
    every = (*report.findings, *report.history, *report.week_ago)
    return {id_of(one): one for one in every if id_of(one) in wanted}


def _sound(findings: Iterable[Finding], known: set[str]) -> list[Finding]:
    return [
        one if one.value is None or known.issuperset(_behind(one)) else _untold(one)
        for one in findings
    ]


def _behind(finding: Finding) -> list[str]:
    """Return the ids of the two shares a difference is of; none for anything else."""
    return [
        id_of(replace(finding, measure=measure, part=part))
        for measure, part in shares_behind(finding.measure)
    ]


def _is_told(finding: Finding) -> bool:
    """Say whether a brief may keep what a share was counted from."""
    figure = figure_of(finding)
    return figure.value is not None and figure.inputs.denominator is not None


def _untold(finding: Finding) -> Finding:
    return replace(
        finding, value=None, interval=None, n=None, quality=Quality.UNKNOWN, reason=UNTOLD
    )
