"""Each measure of the catalogue that a brief can quote is computed again from its package alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from jibungoto.explain.briefs.audiences import AudienceKey
from jibungoto.explain.briefs.brief import Brief, BriefKind, Head, Part
from jibungoto.explain.briefs.figures import Figure, Inputs, definition_of, shares_behind
from jibungoto.explain.briefs.freeze import Frozen, frozen, package_of, sample_keys
from jibungoto.explain.briefs.verify import Outcome, uncomputed, verify, with_own_intervals
from jibungoto.explain.claims import Claim, Grade
from jibungoto.explain.drafting.differences import with_their_shares
from jibungoto.explain.drafting.facts import BriefFacts
from jibungoto.explain.drafting.figures import figures_for
from jibungoto.explain.drafting.sentences import id_of
from jibungoto.explain.printing import printed
from jibungoto.ledger.finding import Finding
from jibungoto.ledger.source import CanTell
from jibungoto.understand.catalogue import CATALOGUE, IntervalKind, Measure, Unit
from jibungoto.understand.concentration import CONCENTRATIONS
from jibungoto.understand.findings import (
    Tally,
    finding_of_difference,
    finding_of_tally,
    findings_of_sample,
)
from jibungoto.understand.intervals import Sample
from jibungoto.understand.log import LoggedSource
from jibungoto.understand.verdicts import Coverage
from tests.explain.brief_made import ISSUED, samples_for
from tests.explain.examples import END, LAST_DAY, lively

TELLS = CanTell(replies=True, threads=True, joins=True, creators=True, reactions=True)
COVERAGE = Coverage((LoggedSource("csv", TELLS, LAST_DAY - timedelta(days=1500), END),), True, True)
MANY, FEW = (26, 80), (14, 60)
"""Counts of the parts of a measure in turn: the whole and each second part, and the others."""
OF_SHARES = frozenset({Unit.FRACTION, Unit.PER_HUNDRED})


def bare(measure: Measure) -> Measure:
    """Return a measure that any source can tell."""
    return replace(
        measure,
        needs=(),
        part_needs={},
        at_least_without=(),
        partial_without=(),
        of_sources=frozenset(),
        needs_staff=False,
        needs_intro=False,
        needs_organisations=False,
    )


def findings_of(measure: Measure) -> Iterator[tuple[Finding, dict[str, list[Sample]]]]:
    """Yield a finding of each part of a measure as its step makes it, with what it rests on."""
    plain = bare(measure)
    if measure.step.startswith("sample_"):
        yield from _of_samples(plain)
    elif measure.compared:
        first, other = (tally(plain, part="", k=k, n=n) for k, n in (FEW, MANY))
        yield finding_of_difference(plain, first, other=other, coverage=COVERAGE), {}
    else:
        for place, part in enumerate(["", *measure.parts]):
            k, n = (MANY, FEW)[place % 2]
            shared = measure.interval is IntervalKind.WILSON or measure.unit in OF_SHARES
            told = tally(plain, part=part, k=k, n=n if shared else None)
            yield finding_of_tally(plain, told, coverage=COVERAGE), {}


def tally(measure: Measure, *, part: str, k: int, n: int | None) -> Tally:
    return Tally(END, part, k, n, 0)


def _of_samples(measure: Measure) -> Iterator[tuple[Finding, dict[str, list[Sample]]]]:
    own = ["", *measure.parts] if measure.has_own_samples else [""]
    for part in own:
        name = f"{measure.step}.{part}" if part else measure.step
        amounts = "caf50" if measure.interval is IntervalKind.BOOTSTRAP_CONCENTRATION else name
        samples = [replace(one, amount=one.amount + 20) for one in samples_for(amounts, END)]
        made = findings_of_sample(measure, END, samples=samples, coverage=COVERAGE, part=part)
        for finding in made:
            yield finding, {f"{name}@{LAST_DAY}": samples}


def quoting(findings: list[Finding], samples: dict[str, list[Sample]]) -> Frozen:
    """Return a frozen brief with a claim for each finding and with nothing else."""
    report = lively(findings=findings, history=[], week_ago=[])
    facts = with_their_shares(BriefFacts(report))
    told = {id_of(one): one for one in facts.report.findings}
    claims = tuple(
        Claim(
            printed(told[id_of(one)]).said,
            Grade.E1,
            figures=(id_of(one),),
            key=id_of(one),
            is_edited=True,
        )
        for one in findings
    )
    brief = Brief(
        kind=BriefKind.MONTHLY,
        audience=AudienceKey.BOSS,
        community="x",
        since=LAST_DAY,
        as_of=LAST_DAY,
        parts=(Part(Head.CHANGES, claims=claims),),
    )
    figures = figures_for(brief, facts, rows=())
    measures = {one.measure for one in figures}
    defined = tuple(definition_of(one) for one in CATALOGUE if one.key in measures)
    brief = replace(brief, figures=figures, definitions=defined)
    return with_own_intervals(
        frozen(
            brief,
            {key: samples[key] for key in sample_keys(brief)},
            number=1,
            issued_at=ISSUED,
            product="1.0",
            rule_version=1,
        )
    )


def every_finding() -> tuple[list[Finding], dict[str, list[Sample]]]:
    findings: list[Finding] = []
    samples: dict[str, list[Sample]] = {}
    for measure in CATALOGUE:
        for finding, held in findings_of(measure):
            findings.append(finding)
            samples |= held
    return findings, samples


@pytest.mark.parametrize("measure", CATALOGUE, ids=lambda one: str(one.key))
def test_each_measure_a_brief_can_quote_is_computed_again(measure: Measure) -> None:
    of = {one for one, _part in shares_behind(measure.key)} | {measure.key}
    findings: list[Finding] = []
    samples: dict[str, list[Sample]] = {}
    for one in CATALOGUE:
        if one.key in of:
            for finding, held in findings_of(one):
                findings.append(finding)
                samples |= held
    kept = quoting(findings, samples)
    verdict = verify(package_of(kept))
    lines = {one.figure: one.outcome for one in verdict.lines}
    assert (verdict.is_sound, verdict.remarks, uncomputed(kept)) == (True, (), ())
    assert {id_of(one) for one in findings} <= set(lines)
    assert set(lines.values()) <= {Outcome.EQUAL, Outcome.NO_VALUE}
    assert Outcome.EQUAL in lines.values(), "nothing was computed at all"


@pytest.mark.parametrize("measure", CATALOGUE, ids=lambda one: str(one.key))
def test_a_value_somebody_changed_is_found_whatever_the_measure(measure: Measure) -> None:
    findings, samples = every_finding()
    mine = [one for one in findings if one.measure == measure.key and one.value is not None]
    behind = [one for one in findings if one.measure in {m for m, _ in shares_behind(measure.key)}]
    kept = quoting([*mine, *behind], samples)
    figures = tuple(map(_tampered, kept.brief.figures))
    changed = replace(kept, brief=replace(kept.brief, figures=figures))
    verdict = verify(package_of(changed))
    wrong = {one.figure for one in verdict.lines if one.outcome is Outcome.DIFFERS}
    assert {id_of(one) for one in mine} <= wrong


def _tampered(figure: Figure) -> Figure:
    if figure.value is None:
        return figure
    inputs = figure.inputs
    if inputs.count is not None and not shares_behind(figure.measure):
        return replace(figure, value=figure.value + 1)
    return replace(figure, value=figure.value * 1.01 + 0.01)


def test_a_difference_is_not_told_where_one_of_its_shares_is_not() -> None:
    (gap,) = [one for one in CATALOGUE if one.key == "bridge_gap"]
    ((finding, _),) = findings_of(gap)
    alone = with_their_shares(BriefFacts(lively(findings=[finding], history=[]))).report.findings
    assert [one.value for one in alone] == [None]
    assert alone[0].reason is not None and "shares" in alone[0].reason.en
    (rate,) = [one for one in CATALOGUE if one.key == "bridge_rate"]
    wide, narrow = gap.compared
    few = finding_of_tally(bare(rate), Tally(END, wide, 3, 40, 0), coverage=COVERAGE)
    many = finding_of_tally(bare(rate), Tally(END, narrow, 20, 40, 0), coverage=COVERAGE)
    beside = with_their_shares(BriefFacts(lively(findings=[finding, few, many], history=[])))
    assert [one.value for one in beside.report.findings][0] is None


def test_a_figure_without_what_it_was_counted_from_is_named() -> None:
    (gap,) = [one for one in CATALOGUE if one.key == "bridge_gap"]
    both = [one for key in ("bridge_gap", "bridge_rate") for one in CATALOGUE if one.key == key]
    kept = quoting([finding for one in both for finding, _ in findings_of(one)], {})
    lone = tuple(one for one in kept.brief.figures if one.measure == "bridge_gap")
    bad = replace(kept, brief=replace(kept.brief, figures=lone))
    assert uncomputed(bad) == (gap.name,)
    hollow = tuple(replace(one, inputs=Inputs()) for one in kept.brief.figures)
    assert len(uncomputed(replace(kept, brief=replace(kept.brief, figures=hollow)))) == 2


def test_every_interval_that_is_bootstrapped_has_its_statistic() -> None:
    kinds = {one.key for one in CATALOGUE if one.interval is IntervalKind.BOOTSTRAP_CONCENTRATION}
    assert kinds <= set(CONCENTRATIONS)
