"""What briefs are told by other rooms: the plans in force, the team's cover, what is at risk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from jibungoto.desk.acting import Acting
from jibungoto.desk.explain.money import money, money_claims
from jibungoto.desk.explain.studies import study_claims
from jibungoto.desk.explain.trials import trial_claims
from jibungoto.desk.plan.look import Version, local_day_of, version_from
from jibungoto.desk.plan.score import scorecard
from jibungoto.desk.sustain.accounts import accounts
from jibungoto.desk.sustain.alerts import open_alerts, standings
from jibungoto.desk.sustain.cover import cover_facts
from jibungoto.explain.drafting.facts import (
    AbilityFacts,
    ConditionFacts,
    CostFacts,
    LegalFacts,
    PlanFacts,
    RiskFacts,
    Standing,
    StudyFacts,
    TeamFacts,
)
from jibungoto.explain.printing import said
from jibungoto.explain.studies.money_models import COST
from jibungoto.ledger.finding import Finding, Interval
from jibungoto.ledger.words import Words
from jibungoto.plan.facts import Point
from jibungoto.plan.number import FRACTION, shown
from jibungoto.plan.owwh import AssumptionState
from jibungoto.plan.scorecard import Card
from jibungoto.plan.states import State
from jibungoto.plan.text import Text
from jibungoto.plan.victory import Operator
from jibungoto.records.models import AnswerRow, PlanVersionRow
from jibungoto.understand.measure import Unit

AT_LEAST = Words("{n}以上", "at least {n}")
AT_MOST = Words("{n}以下", "at most {n}")
OPEN_TARGET = Words("未定", "not said yet")
RANGE = Words("{low}〜{high}", "{low} to {high}")
NOT_THAT_DAY = Words(
    "この日の値は、計画の記録にありません。", "The plan holds no value of that day."
)
LINE = Words("{head}: {text}", "{head}: {text}")
COMPANY = Words("会社にとって", "For the company")
MEMBER = Words("メンバーにとって", "For a member")
WHO = Words("誰に", "Who")
WHAT = Words("何を", "What")
HOW = Words("どうやって", "How")
HOURS = Words("時間/月", "hours a month")
HOUR = Words("1時間", "An hour")
YEN = Words("円", "yen")
STAFF_RATE = "staff_rate"
DOTS = Words(
    "孤立の状態(公開分): 6つのうち、当てはまるもの{n}件、分からないもの{unknown}件。",
    "Isolation (released part): of six signs {n} apply and {unknown} cannot be told.",
)
_GAPS_AT_MOST = 5
_DAY = timedelta(days=1)


def plan_facts(
    acting: Acting, *, as_of: date, findings: Sequence[Finding], past: AnswerRow | None = None
) -> PlanFacts | None:
    """Return the plans in force with their scorecards; None while there is none.

    With ``past``, the answer of an earlier day, it is how they stood then, by what was known then.
    """
    versions = list(_in_force(acting, past))
    if not versions:
        return None
    conditions: list[ConditionFacts] = []
    for version in versions:
        key, number = version.row.plan.key, version.row.number
        over = as_of + _DAY  # that day is over
        cards = scorecard(acting, key, number=number, today=over, answer=past).cards
        named = _named(version) if len(versions) > 1 else None
        conditions += [
            replace(_condition(card, as_of=as_of, findings=findings), plan=named)
            for card in cards
            if card.victory.due is not None
        ]
    return PlanFacts(
        objectives=[line for one in versions for line in _objective(one)],
        lines=[line for one in versions for line in _lines(one)],
        conditions=conditions,
        stops=[
            _said(how.stop_rule)
            for one in versions
            for how in one.plan.deeds
            if not how.stop_rule.is_empty
        ],
        version=versions[0].row.number,
        assumptions=[
            _said(each.text)
            for one in versions
            for each in one.plan.assumptions
            if not each.text.is_empty and each.state is not AssumptionState.FAILED
        ],
        legal=[each for one in versions for each in _legal(one)],
    )


def _legal(version: Version) -> Iterator[LegalFacts]:
    """Yield what was looked at for its legal side, and what offers something and was not."""
    for how in version.plan.deeds:
        if how.legal_check.is_done:
            yield LegalFacts(_said(how.title), how.legal_check.day)
        elif not how.incentive.is_empty:
            yield LegalFacts(_said(how.title))


def _in_force(acting: Acting, past: AnswerRow | None) -> Iterator[Version]:
    """Yield the versions in force, or those that were at the end of an earlier day."""
    rows = PlanVersionRow.objects.filter(
        plan__community=acting.community, plan__dropped_at=None, dropped_at=None
    )
    if past is None:
        rows = rows.filter(state=State.ACTIVE.value)
    for row in rows.select_related("plan").order_by("plan__pk", "-number"):
        if past is None or _was_in_force(acting, row, day=past.as_of):
            yield version_from(row)


def _was_in_force(acting: Acting, row: PlanVersionRow, *, day: date) -> bool:
    if row.in_force_at is None or local_day_of(acting, row.in_force_at) > day:
        return False
    return row.closed_at is None or local_day_of(acting, row.closed_at) > day


def _named(version: Version) -> Words:
    title, key = version.plan.title, version.row.plan.key
    return Words(key, key) if title.is_empty else _said(title)


def _said(text: Text) -> Words:
    return Words(text.said_in("ja"), text.said_in("en"))


def _line(head: Words, text: Words) -> Words:
    return Words(
        LINE.ja.format(head=head.ja, text=text.ja), LINE.en.format(head=head.en, text=text.en)
    )


def _objective(version: Version) -> Iterator[Words]:
    objective = version.plan.objective
    for head, text in ((COMPANY, objective.company), (MEMBER, objective.member)):
        if not text.is_empty:
            yield _line(head, _said(text))


def _lines(version: Version) -> Iterator[Words]:
    """Yield who, what and how; first pins and owners are people, so they stay in the plan."""
    plan = version.plan
    for head, texts in (
        (WHO, [one.interest_axis for one in plan.who]),
        (WHAT, [one.gain for one in plan.what]),
        (HOW, [one.title for one in plan.deeds]),
    ):
        for text in texts:
            if not text.is_empty:
                yield _line(head, _said(text))


def _condition(card: Card, *, as_of: date, findings: Sequence[Finding]) -> ConditionFacts:
    victory = card.victory
    now = next(
        (
            one
            for one in findings
            if (one.measure, one.part) == (victory.measure, victory.part) and victory.scope.is_whole
        ),
        None,
    )
    is_of_that_day = card.now is not None and (now is not None or card.now.day <= as_of)
    told = None
    if now is None and card.now is not None and is_of_that_day:
        told = _point(card.now, card.unit)
    ahead = card.forecast
    return ConditionFacts(
        name=card.name,
        target=_target(card),
        due=victory.due or as_of,
        standing=Standing(card.judged.standing.value) if is_of_that_day else Standing.UNKNOWN,
        now=now,
        told=told,
        forecast=_range(ahead.low, ahead.high, unit=card.unit)
        if ahead and is_of_that_day
        else None,
        why=card.reason if card.now is None else None if is_of_that_day else NOT_THAT_DAY,
    )


def _target(card: Card) -> Words:
    target = card.victory.target
    if target is None:
        return OPEN_TARGET
    words = AT_MOST if card.victory.operator is Operator.AT_MOST else AT_LEAST
    return words.filled(n=shown(target, card.unit))


def _point(point: Point, unit: str) -> Words:
    """Return a value counted by hand; people so few that they could be told apart stay hidden."""
    if unit == Unit.PERSONS:
        return said(point.value)
    text = shown(point.value, unit)
    return Words(text, text)


def _range(low: float, high: float, *, unit: str) -> Words:
    if unit == FRACTION:
        low, high = round(low, 2), round(high, 2)  # as whole a number as the value beside it
    else:
        low, high = (float(round(end, 1)) for end in (low, high))
    return RANGE.filled(low=shown(low, unit), high=shown(high, unit))


def cost_facts(
    acting: Acting, *, as_of: date, past: AnswerRow | None = None
) -> list[CostFacts] | None:
    """Return what the plans in force cost as planned: money and hours of each How.

    A plan whose period is over, and a How that has stopped, cost nothing any more.
    """
    found = []
    for version in _in_force(acting, past):
        last = version.plan.period.last
        for how in version.plan.deeds if last is None or last >= as_of else ():
            if not how.goes_on(as_of):
                continue
            name = _said(how.title)
            if how.cost.amount is not None:
                unit = Words(how.cost.currency, how.cost.currency)
                spent = Interval(how.cost.amount, how.cost.amount)
                found.append(CostFacts(name, spent, unit))
            if how.hours_per_month is not None:
                hours = Interval(how.hours_per_month, how.hours_per_month)
                found.append(CostFacts(name, hours, HOURS))
    return found or None


def hourly_facts(acting: Acting) -> CostFacts | None:
    """Return what an hour of staff is assumed to cost; None where nobody has said it."""
    rate = money(acting, COST.key).given.get(STAFF_RATE)
    if rate is None or not rate.is_on or rate.low is None or rate.high is None:
        return None
    return CostFacts(HOUR, Interval(rate.low, rate.high), YEN)


def team_facts(acting: Acting) -> TeamFacts | None:
    """Return how the abilities are covered, and the released part of the isolation."""
    facts = cover_facts(acting)
    if not facts.is_written:
        return None
    listed = accounts(acting)
    released = []
    if facts.isolation is not None:
        released.append(DOTS.filled(n=facts.isolation.firing, unknown=facts.isolation.unknown))
    return TeamFacts(
        abilities=[
            AbilityFacts(
                ability=one.ability.name,
                holders=len(one.holders),
                backups=len(one.backups),
                hours=one.hours,
                state=one.state.words,
            )
            for one in facts.abilities
        ],
        gaps=facts.gaps[:_GAPS_AT_MOST],
        released=released,
        accounts=len(listed),
        alone=sum(len(one.admins) == 1 for one in listed),
    )


def study_facts(acting: Acting) -> list[StudyFacts] | None:
    """Return what studies and money models allow a brief to say, each with its caveats."""
    told = (*study_claims(acting), *trial_claims(acting), *money_claims(acting))
    claims = [claim for _, claim in told]
    return [
        StudyFacts(one.text, one.grade, one.caveats, evidence=one.evidence) for one in claims
    ] or None


def risk_facts(acting: Acting) -> list[RiskFacts]:
    """Return the open alerts; what belongs to the manager first never leaves the house."""
    return [
        RiskFacts(one.verdict.sentence, one.rule.action)
        for one in open_alerts(standings(acting))
        if not one.rule.is_private
    ]
