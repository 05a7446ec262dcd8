"""What the data propose for a victory condition: its baseline, and which targets are in reach."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from jibungoto.ledger.words import Words
from jibungoto.plan.facts import PlanFacts
from jibungoto.plan.rules_objective import reach_of
from jibungoto.plan.scorecard import NO_MEASURE
from jibungoto.plan.victory import Baseline, VictoryCondition


@dataclass(frozen=True, slots=True)
class Proposed:
    """A baseline from the newest value, and the least and most there was and is in reach.

    Where ``baseline`` is None, ``reason`` says why.
    """

    baseline: Baseline | None
    reason: Words | None
    unit: str
    own_range: tuple[float, float] | None
    reach: tuple[float, float] | None


def proposed_for(victory: VictoryCondition, facts: PlanFacts) -> Proposed:
    """Return what the data propose; nothing is proposed that they do not hold."""
    known = facts.measures.get(victory.bound)
    if known is None:
        return Proposed(None, NO_MEASURE, victory.unit, None, None)
    if known.now is None:
        return Proposed(None, known.reason or NO_MEASURE, known.unit, None, None)
    now = known.now
    first = now.day - timedelta(days=max(known.window - 1, 0))
    baseline = Baseline(value=now.value, first=first, last=now.day)
    return Proposed(baseline, None, known.unit, known.own_range, reach_of(victory, facts))
