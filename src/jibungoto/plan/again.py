"""A plan once more: what carries over to the next, and what has to be found anew."""

from __future__ import annotations

from msgspec import structs

from jibungoto.plan.owwh import AssumptionState, Plan
from jibungoto.plan.victory import Baseline


def once_more(plan: Plan) -> Plan:
    """Return a plan for the next period: its baselines and its assumptions are open again."""
    victory = tuple(structs.replace(one, baseline=Baseline()) for one in plan.objective.victory)
    assumptions = tuple(
        structs.replace(one, state=AssumptionState.OPEN) for one in plan.assumptions
    )
    return structs.replace(
        plan,
        objective=structs.replace(plan.objective, victory=victory),
        assumptions=assumptions,
    )
