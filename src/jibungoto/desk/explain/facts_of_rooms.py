"""What briefs are told by other rooms: the plans in force, the team's cover, what is at risk."""

from __future__ import annotations

from datetime import date

from jibungoto.desk.acting import Acting
from jibungoto.desk.explain.facts_of_plans import in_force, said_of
from jibungoto.desk.explain.money import assumed_by, money, money_claims
from jibungoto.desk.explain.studies import study_claims
from jibungoto.desk.explain.trials import trial_claims
from jibungoto.desk.sustain.accounts import accounts
from jibungoto.desk.sustain.alerts import open_alerts, standings
from jibungoto.desk.sustain.cover import cover_facts
from jibungoto.explain.claims import Claim
from jibungoto.explain.drafting.facts import (
    AbilityFacts,
    CostFacts,
    RiskFacts,
    StudyFacts,
    TeamFacts,
)
from jibungoto.explain.studies.money_models import COST
from jibungoto.ledger.finding import Interval
from jibungoto.ledger.words import Words
from jibungoto.plan.currencies import NAMES, currency_of
from jibungoto.records.models import AnswerRow

HOURS = Words("時間/月", "hours a month")
HOUR = Words("1時間", "An hour")
STAFF_RATE = "staff_rate"
DOTS = Words(
    "孤立の状態(公開分): 6つのうち、当てはまるもの{n}件、分からないもの{unknown}件。",
    "Isolation (released part): of six signs {n} apply and {unknown} cannot be told.",
)
_GAPS_AT_MOST = 5


def cost_facts(
    acting: Acting, *, as_of: date, past: AnswerRow | None = None
) -> list[CostFacts] | None:
    """Return what the plans in force cost as planned: money and hours of each How.

    A plan whose period is over, and a How that has stopped, cost nothing any more.
    """
    found = []
    for version in in_force(acting, past):
        last = version.plan.period.last
        for how in version.plan.deeds if last is None or last >= as_of else ():
            if not how.goes_on(as_of):
                continue
            name = said_of(how.title)
            if how.cost.amount is not None:
                spent = Interval(how.cost.amount, how.cost.amount)
                found.append(CostFacts(name, spent, currency_of(how.cost)))
            if how.hours_per_month is not None:
                hours = Interval(how.hours_per_month, how.hours_per_month)
                found.append(CostFacts(name, hours, HOURS))
    return found or None


def hourly_facts(acting: Acting, *, past: AnswerRow | None = None) -> CostFacts | None:
    """Return what an hour of staff is assumed to cost; None where nobody had said it."""
    kept = money(acting, COST.key)
    if past is not None and not assumed_by(acting, kept, day=past.as_of):
        return None
    rate = kept.given.get(STAFF_RATE)
    if rate is None or not rate.is_on or rate.low is None or rate.high is None:
        return None
    return CostFacts(HOUR, Interval(rate.low, rate.high), NAMES["JPY"])


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


def study_facts(
    acting: Acting, *, past: AnswerRow | None = None
) -> tuple[list[StudyFacts] | None, int]:
    """Return what studies and money models allow a brief to say, and how many it leaves out.

    With ``past``, the answer of an earlier day, it is what stood so by then: what was registered,
    counted or changed later is left out.
    """
    told = _claims(acting, None)
    then = told if past is None else _claims(acting, past.as_of)
    facts = [StudyFacts(one.text, one.grade, one.caveats, evidence=one.evidence) for one in then]
    return facts or None, len(told) - len(then)


def _claims(acting: Acting, until: date | None) -> list[Claim]:
    return [
        claim
        for _, claim in (
            *study_claims(acting, until=until),
            *trial_claims(acting, until=until),
            *money_claims(acting, until=until),
        )
    ]


def risk_facts(acting: Acting) -> list[RiskFacts]:
    """Return the open alerts; what belongs to the manager first never leaves the house."""
    return [
        RiskFacts(one.verdict.sentence, one.rule.action)
        for one in open_alerts(standings(acting))
        if not one.rule.is_private
    ]
