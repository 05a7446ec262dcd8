"""A plan that breaks no rule, the facts it is sound in, and ways to break either."""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec import structs

from jibungoto.ledger.words import Words
from jibungoto.plan.facts import Acknowledgement, MeasureFacts, PlanFacts, Point
from jibungoto.plan.issues import Issue
from jibungoto.plan.owwh import (
    How,
    Objective,
    Period,
    Place,
    Plan,
    ReviewRhythm,
    Spaces,
    What,
    Who,
)
from jibungoto.plan.text import same
from jibungoto.plan.validate import RULES
from jibungoto.plan.victory import Baseline, Bound, Operator, VictoryCondition

TODAY = date(2026, 5, 1)
LEFT = VictoryCondition(
    key="left",
    measure="unanswered72",
    operator=Operator.AT_MOST,
    target=0.2,
    unit="fraction",
    due=date(2026, 9, 30),
    baseline=Baseline(value=0.4, first=date(2026, 1, 1), last=date(2026, 3, 31)),
)
ROUND = How(
    key="round",
    title=same("朝の見回り"),
    victories=("left",),
    serves=("same-day",),
    owner="あき",
    deputy="Mio",
    hours_per_month=6,
    leading_measure="ttfr",
    stop_rule=same("2か月続けて10%を切ったら終える"),
    places=(Place.ONLINE, Place.VENUE),
    yields_output=True,
)
PLAN = Plan(
    title=same("質問が残らない場所"),
    period=Period(first=date(2026, 4, 1), last=date(2026, 9, 30)),
    owner="あき",
    objective=Objective(
        company=same("同じ問い合わせを減らす"),
        member=same("困ったその日に前へ進める"),
        spaces=Spaces.SUPPORT,
        victory=(LEFT,),
    ),
    who=(Who(key="first", interest_axis=same("はじめて本番で使う人"), first_pins=("佐藤",)),),
    what=(What(key="same-day", who="first", gain=same("その日のうちに解決できる")),),
    how=(ROUND,),
    review=ReviewRhythm(every_days=90, next=date(2026, 6, 30)),
)
KNOWN = MeasureFacts(
    Words("放置率", "Left unanswered"),
    "fraction",
    90,
    now=Point(date(2026, 4, 30), 0.35, 0.3, 0.41),
    history=(Point(date(2026, 3, 31), 0.4), Point(date(2026, 4, 30), 0.35)),
)
AGREED = Acknowledgement("部長", 3, 1, date(2026, 4, 10))
FACTS = PlanFacts(
    today=TODAY,
    measures={LEFT.bound: KNOWN, Bound("active"): KNOWN},
    community_since=date(2020, 1, 1),
    team_hours=40,
    fte=1,
    made=date(2026, 4, 1),
    in_force_since=date(2026, 4, 1),
    acknowledgements=(AGREED,),
)


def won_by(plan: Plan = PLAN, **changed: Any) -> Plan:
    """Return the plan with its victory condition changed."""
    victory = (structs.replace(plan.objective.victory[0], **changed),)
    return structs.replace(plan, objective=structs.replace(plan.objective, victory=victory))


def aimed(**changed: Any) -> Plan:
    """Return the plan with its objective changed."""
    return structs.replace(PLAN, objective=structs.replace(PLAN.objective, **changed))


def done_by(**changed: Any) -> Plan:
    """Return the plan with its How changed."""
    return structs.replace(PLAN, how=(structs.replace(ROUND, **changed),))


def found(rule: str, plan: Plan, facts: PlanFacts = FACTS) -> list[tuple[str, str]]:
    """Return level and place of everything one rule finds."""
    return [(one.level.value, one.place) for one in issues(rule, plan, facts)]


def issues(rule: str, plan: Plan, facts: PlanFacts = FACTS) -> list[Issue]:
    """Return everything one rule finds."""
    return list(RULES[rule](plan, facts))
