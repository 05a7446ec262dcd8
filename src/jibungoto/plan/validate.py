"""All rules of a plan at once, and what they lock."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec import structs

from jibungoto.ledger.words import Words
from jibungoto.plan import rules_how, rules_objective, rules_people, rules_time
from jibungoto.plan.facts import PlanFacts
from jibungoto.plan.issues import Issue, Level
from jibungoto.plan.owwh import How, Plan

Check = Callable[[Plan, PlanFacts], Iterator[Issue]]
RULES: dict[str, Check] = {
    "V01": rules_objective.has_victory,
    "V02": rules_objective.is_computable,
    "V03": rules_objective.has_baseline,
    "V04": rules_objective.is_due_in_time,
    "V05": rules_objective.is_within_reach,
    "V06": rules_how.comes_last,
    "V07": rules_how.is_joined_up,
    "V08": rules_objective.is_more_than_activity,
    "V09": rules_objective.sells_nothing_yet,
    "V10": rules_objective.counts_more_than_heads,
    "V11": rules_people.is_somebody,
    "V12": rules_people.has_first_pin,
    "V13": rules_people.says_what_one_can_do,
    "V14": rules_objective.has_member_side,
    "V15": rules_objective.is_not_too_much,
    "V16": rules_how.has_hands,
    "V17": rules_how.has_owner,
    "V18": rules_how.can_stop,
    "V19": rules_time.is_agreed,
    "V20": rules_people.has_one_audience,
    "V21": rules_how.is_in_both_places,
    "V22": rules_how.leads_to_output,
    "V23": rules_how.is_checked,
    "V24": rules_time.is_looked_at,
    "V25": rules_time.reports_its_own_layer,
    "V26": rules_time.has_ended_well,
}
"""Every rule of domain.md 9.2 by its number."""
WHICH_VICTORY = Words("どの勝利条件のためですか", "Which victory condition is it for?")
"""What an idea asks."""


def issues_of(plan: Plan, facts: PlanFacts) -> tuple[Issue, ...]:
    """Return what every rule finds, in the order of the rules and then of the plan."""
    return tuple(issue for check in RULES.values() for issue in check(plan, facts))


def is_valid(issues: Iterable[Issue]) -> bool:
    """Say whether nothing grave was found."""
    return not any(issue.level is Level.ERROR for issue in issues)


def is_how_locked(plan: Plan, facts: PlanFacts) -> bool:
    """Say whether How has to wait: until a victory can be measured and every Who is somebody.

    A second victory condition, half written, locks nothing that was open.
    """
    has_victory = any(one.is_measurable for one in plan.objective.victory)
    return not has_victory or not is_valid(rules_people.is_somebody(plan, facts))


def with_how(plan: Plan, how: How, *, facts: PlanFacts) -> Plan:
    """Return the plan with one How more; while How is locked it goes in as an idea."""
    kept = structs.replace(how, victories=()) if is_how_locked(plan, facts) else how
    return structs.replace(plan, how=(*plan.how, kept))
