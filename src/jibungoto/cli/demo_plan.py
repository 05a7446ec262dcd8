"""The demo's plan: welcoming newcomers, agreed to by the boss and in force for some months."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec import structs

if TYPE_CHECKING:
    from jibungoto.desk.acting import Acting
    from jibungoto.plan.facts import PlanFacts
    from jibungoto.plan.owwh import How, Plan
    from jibungoto.plan.victory import Baseline, VictoryCondition

TEMPLATE = "civic-onboarding"
TARGETS = {"met-within-30": (0.45, 80), "welcomed": (0.9, 24)}
"""For each victory condition its target, and in how many days it is due."""
GATHERING = "first_time_rate"
"""The leading measure of the How that brings people together."""
_BEGAN = 110
_LASTS = 80
_REVIEW = 13


def write_plan(acting: Acting) -> None:
    """Write one plan through the desk and put it in force, unless some plan is there.

    It needs the answers, which its baselines come from, and the team and its stakeholders.
    """
    from jibungoto.desk.days import today_in
    from jibungoto.desk.plan.begin import new
    from jibungoto.desk.plan.facts import facts_for
    from jibungoto.desk.plan.look import plans
    from jibungoto.desk.plan.save import save_draft
    from jibungoto.plan.text import Text

    if plans(acting):
        return
    title = Text(ja="はじめての人を迎える", en="Welcoming newcomers")
    wished = _with_people(acting, _on_days(structs.replace(_plan(), title=title), today_in(acting)))
    wished = _held_as_series(acting, wished)
    draft = new(acting, title)
    told = _with_baselines(wished, facts_for(acting, draft, plan=wished))
    key, number = draft.row.plan.key, draft.row.number
    save_draft(acting, key, number=number, stamp=draft.row.stamp, plan=told)
    _agree(acting, key, number=number)


def _plan() -> Plan:
    """Return the template in the words of a community of users."""
    from jibungoto.plan.templates import template_of
    from jibungoto.plan.text import Text

    plan = template_of(TEMPLATE).plan
    (who,) = plan.who
    interest = Text(
        ja="やまびこを使い始めたばかりで、ほかの人の使い方を知りたい人",
        en="People who have just begun with Yamabiko and want to see how others use it",
    )
    return structs.replace(
        plan, who=(structs.replace(who, interest_axis=interest),), reconstructed=False
    )


def _on_days(plan: Plan, today: date) -> Plan:
    """Return a plan that began a while ago, with the targets and due dates of the demo."""
    from jibungoto.plan.owwh import Period
    from jibungoto.plan.templates import beginning

    moved = beginning(plan, today - timedelta(days=_BEGAN))
    victory = tuple(_aimed(one, today) for one in moved.objective.victory)
    return structs.replace(
        moved,
        period=Period(first=moved.period.first, last=today + timedelta(days=_LASTS)),
        objective=structs.replace(moved.objective, victory=victory),
        review=structs.replace(moved.review, next=today + timedelta(days=_REVIEW)),
    )


def _aimed(one: VictoryCondition, today: date) -> VictoryCondition:
    target, days = TARGETS[one.key]
    return structs.replace(one, target=target, due=today + timedelta(days=days))


def _with_people(acting: Acting, plan: Plan) -> Plan:
    """Return a plan that the first of the team answers for, and the second stands in."""
    from jibungoto.desk.sustain.team import members

    owner, deputy = (one.name for one in members(acting)[:2])

    def led(how: How) -> How:
        return structs.replace(how, owner=owner, deputy=deputy)

    return structs.replace(plan, owner=owner, how=tuple(map(led, plan.how)))


def _held_as_series(acting: Acting, plan: Plan) -> Plan:
    """Return a plan whose gatherings are held as the largest series the manager has made."""
    from jibungoto.desk.understand.scopes import scopes
    from jibungoto.understand.scope_kind import ScopeKind

    made = [one for one in scopes(acting) if one.kind is ScopeKind.SERIES and one.row is not None]
    largest = [one.key for one in sorted(made, key=lambda one: (-one.events, one.key))[:1]]

    def held(how: How) -> How:
        is_gathering = how.leading_measure == GATHERING
        return structs.replace(how, series=tuple(largest)) if is_gathering else how

    return structs.replace(plan, how=tuple(map(held, plan.how)))


def _with_baselines(plan: Plan, facts: PlanFacts) -> Plan:
    """Return a plan with what the measures said at the end of the month before it began."""
    victory = tuple(
        structs.replace(one, baseline=_baseline(one, facts, first=plan.period.first))
        for one in plan.objective.victory
    )
    return structs.replace(plan, objective=structs.replace(plan.objective, victory=victory))


def _baseline(one: VictoryCondition, facts: PlanFacts, *, first: date | None) -> Baseline:
    from jibungoto.plan.victory import Baseline

    known = facts.measures[one.bound]
    before = [point for point in known.history if first is None or point.day < first]
    if not before:
        return Baseline(no_history=True)
    began = before[-1].day - timedelta(days=max(known.window - 1, 0))
    return Baseline(value=before[-1].value, first=began, last=before[-1].day)


def _agree(acting: Acting, key: str, *, number: int) -> None:
    """Check the plan, have the boss agree, and put it in force."""
    from jibungoto.desk.plan.decide import Agreement, acknowledge, check, put_in_force
    from jibungoto.records.models import StakeholderRow
    from jibungoto.sustain.askers import AskerKind

    check(acting, key, number=number)
    boss = StakeholderRow.objects.get(community=acting.community, kind=AskerKind.BOSS)
    agreement = Agreement(boss.name, boss.influence, stakeholder=boss.pk)
    acknowledge(acting, key, number=number, agreement=agreement)
    put_in_force(acting, key, number=number)
