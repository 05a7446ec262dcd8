"""Facts for briefs whose samples are at hand, so that every figure can be computed again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from random import Random

from jibungoto.explain.briefs.audiences import AudienceKey
from jibungoto.explain.briefs.brief import Brief, BriefKind
from jibungoto.explain.briefs.conditions import (
    ConditionKept,
    Judgement,
    Written,
    judged_again,
    value_words,
)
from jibungoto.explain.briefs.freeze import Frozen, frozen, sample_keys
from jibungoto.explain.claims import Evidence, EvidenceKind, Grade
from jibungoto.explain.drafting.draft import draft
from jibungoto.explain.drafting.facts import (
    AbilityFacts,
    AskFacts,
    BriefFacts,
    ConditionFacts,
    CostFacts,
    PlanFacts,
    RiskFacts,
    StudyFacts,
    TeamFacts,
    VoiceFacts,
)
from jibungoto.explain.facts import ReportFacts
from jibungoto.ledger.finding import Finding, Interval
from jibungoto.ledger.source import CanTell
from jibungoto.ledger.words import Words
from jibungoto.plan.facts import Point
from jibungoto.plan.standing import Standing
from jibungoto.plan.victory import Operator
from jibungoto.understand.catalogue import CATALOGUE, Measure
from jibungoto.understand.findings import findings_of_sample
from jibungoto.understand.intervals import Sample
from jibungoto.understand.log import LoggedSource
from jibungoto.understand.verdicts import Coverage
from tests.explain.examples import END, LAST_DAY, MONTH_ENDS, lively, share

ISSUED = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
MEASURES: dict[str, Measure] = {measure.key: measure for measure in CATALOGUE}
SAMPLED = ("ttfr", "caf50", "early_diversity", "stay_share")
ALL_KINDS = tuple(BriefKind)
ALL_READERS = tuple(AudienceKey)

Samples = dict[str, list[Sample]]


def samples_for(measure: str, end: date) -> list[Sample]:
    """Return invented amounts of 60 people, some of whom bring several."""
    random = Random(f"{measure}{end}")
    people = [each for each in range(60) for _ in range(random.choice((1, 1, 2, 3)))]
    if measure == "caf50":
        return [Sample(random.randint(1, 30), True, person) for person in range(60)]
    return [
        Sample(round(random.expovariate(0.2), 3), random.random() < 0.9, person)
        for person in people
    ]


def sampled_findings(end: date) -> tuple[list[Finding], Samples]:
    """Return the findings of some sampled measures on a night, with their samples."""
    can_tell = CanTell(replies=True, threads=True, joins=True, creators=True, reactions=True)
    since = date(2023, 1, 1)
    coverage = Coverage((LoggedSource("zoom", can_tell, since, END),), True, True)
    findings: list[Finding] = []
    kept: Samples = {}
    for key in SAMPLED:
        measure = MEASURES[key]
        samples = samples_for(key, end)
        kept[f"{measure.step}@{end - timedelta(days=1)}"] = samples
        bare = replace(measure, needs=(), part_needs={}, at_least_without=(), partial_without=())
        findings += findings_of_sample(
            replace(bare, of_sources=frozenset(), needs_staff=False, needs_intro=False),
            end,
            samples=samples,
            coverage=coverage,
        )
    return findings, kept


@cache
def sampled() -> tuple[ReportFacts, Samples]:
    """Return the lively community, with measures that rest on samples."""
    now, kept = sampled_findings(END)
    past: list[Finding] = []
    for end in MONTH_ENDS:
        found, more = sampled_findings(end)
        past += found
        kept |= more
    facts = lively()
    others = [one for one in facts.findings if one.measure not in SAMPLED]
    before = [one for one in facts.history if one.measure not in SAMPLED]
    return replace(facts, findings=[*others, *now], history=[*before, *past]), kept


COURSE = (0.52, 0.41, 0.55, 0.38, 0.5, 0.33, 0.47, 0.3, 0.44, 0.28, 0.4, 0.26)
"""What a share was in the middle of the twelve months before the last."""


def written(**told: object) -> Written:
    """Return what a plan says of a condition, each value as it may be told otherwise."""
    said = Written(
        plan=Words("会の計画", "Our plan"),
        version=2,
        since=date(2026, 4, 2),
        digest="ab" * 32,
        due=date(2027, 3, 31),
        begins=date(2026, 4, 1),
        baseline_until=date(2026, 3, 31),
    )
    return replace(said, **told)  # type: ignore[arg-type]  # each field has its own type


def unanswered() -> ConditionKept:
    """Return a condition on a share: the target lies within the forecast range."""
    measure, now = MEASURES["unanswered72"], share("unanswered72", 24, 81)
    assert now.value is not None and now.interval is not None
    months = (date(2025 + (9 + at) // 12, (9 + at) % 12 + 1, 15) for at in range(len(COURSE)))
    kept = ConditionKept(
        title=Words("放置率", "Left unanswered"),
        name=Words("放置率", "Left unanswered"),
        measure="unanswered72",
        part="",
        unit=measure.unit.value,
        window=measure.window,
        today=END,
        written=written(target=0.1, operator=Operator.AT_MOST, baseline=0.4),
        judged=Judgement(Standing.UNKNOWN),
        now=Point(LAST_DAY, now.value, now.interval.low, now.interval.high),
        history=tuple(map(Point, months, COURSE)),
    )
    return replace(kept, judged=judged_again(kept))


def clinics() -> ConditionKept:
    """Return a condition counted by hand: on its path, and too young for a forecast."""
    kept = ConditionKept(
        title=Words("相談会の数", "Clinics held"),
        name=Words("相談会の数", "Clinics held"),
        measure="clinics",
        part="",
        unit="clinics",
        window=0,
        today=END,
        written=written(target=8.0, operator=Operator.AT_LEAST, baseline=2.0, is_by_hand=True),
        judged=Judgement(Standing.UNKNOWN),
        now=Point(LAST_DAY, 6.0),
        history=(Point(date(2026, 7, 31), 4.0), Point(LAST_DAY, 6.0)),
    )
    return replace(kept, judged=judged_again(kept))


def condition(kept: ConditionKept) -> ConditionFacts:
    """Return a condition as a draft is told of it, from what a brief keeps of it."""
    is_told = kept.written.is_by_hand and kept.now is not None
    return ConditionFacts(
        name=kept.name,
        target=kept.target,
        due=kept.written.due,
        standing=kept.judged.standing,
        now=None if is_told else share("unanswered72", 24, 81),
        told=value_words(kept.now.value, unit=kept.unit) if is_told and kept.now else None,
        forecast=kept.forecast,
        kept=kept,
    )


def plan() -> PlanFacts:
    """Return a plan with two victory conditions, one at risk, one counted by hand."""
    return PlanFacts(
        objectives=[Words("会社にとって: 同じ質問が減る", "For the company: fewer tickets")],
        lines=[Words("誰に: はじめて使う人", "Who: people who begin")],
        conditions=[condition(unanswered()), condition(clinics())],
        stops=[Words("3か月続けて5人未満ならやめる", "Stop below 5, three months long")],
        version=2,
    )


def study() -> StudyFacts:
    """Return an estimate with its assumption and its range."""
    said = Words(
        "条件をそろえた推定で、継続率の差は7ポイントです(95%区間2〜12)。",
        "Difference in retention: estimated at 7 points (95% interval 2 to 12).",
    )
    seven = Words("7ポイント", "7 points")
    return StudyFacts(
        said,
        Grade.E3,
        evidence=Evidence(EvidenceKind.STUDY, seven, said, low=2, high=12, passed=(True, True)),
        caveats=[Words("前提: 同じ規模の取引先", "Assumes accounts of the same size")],
        ranges=[(Words("回答の価値", "Value of answers"), Interval(120_000, 480_000))],
    )


def planned() -> BriefFacts:
    """Return facts in which every heading has something to say."""
    ability = AbilityFacts(Words("設計する", "Design"), 1, 0, 8, Words("不足", "short"))
    gap = Words("「設計する」の控えがいません。", "Nobody backs up “Design”.")
    alone = Words("管理者がひとりです。", "One person administers it.")
    voice = Words("「助かった」という声がありました。", "Members said it helped them.")
    budget = Words("予算の判断", "decide the budget")
    return BriefFacts(
        report=lively(),
        plan=plan(),
        team=TeamFacts(abilities=[ability], gaps=[gap]),
        studies=[study()],
        costs=[CostFacts(Words("会場", "Venues"), Interval(300_000, 300_000), Words("円", "JPY"))],
        risks=[RiskFacts(alone, Words("増やす", "add one"))],
        voices=[VoiceFacts(voice)],
        asks=[AskFacts(Words("財務責任者", "CFO"), budget, date(2026, 11, 20))],
    )


def issued(
    kind: BriefKind = BriefKind.MONTHLY, reader: AudienceKey = AudienceKey.SUPPORT
) -> tuple[Brief, Frozen]:
    """Return a brief that is frozen with its samples."""
    report, samples = sampled()
    brief = draft(BriefFacts(report), kind, audience=reader)
    kept = frozen(
        brief,
        {key: samples[key] for key in sample_keys(brief)},
        number=7,
        issued_at=ISSUED,
        product="1.0",
        rule_version=1,
    )
    return brief, kept


__all__ = ["LAST_DAY", "issued", "planned", "sampled"]
