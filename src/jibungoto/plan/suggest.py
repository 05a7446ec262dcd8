"""What the data propose for a victory condition: its baseline, and which targets are in reach."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from msgspec import structs

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
    of = victory.bound.written
    baseline = Baseline(value=now.value, first=first, last=now.day, of=of, proposed=True)
    return Proposed(baseline, None, known.unit, known.own_range, reach_of(victory, facts))


def rebased(
    victory: VictoryCondition, facts: PlanFacts, *, before: VictoryCondition | None
) -> VictoryCondition:
    """Return a condition whose baseline fits what it counts now, after somebody changed it.

    What the data proposed for another measure, part or scope makes way for what they hold of this
    one, or for nothing. What somebody wrote stays, and says what it was written for.
    """
    is_new = before is None or before.bound != victory.bound
    victory = structs.replace(victory, baseline=_kept(victory, before, is_new=is_new))
    begun = victory.baseline
    if not is_new or not victory.measure or begun.value is not None or begun.no_history:
        return victory
    proposed = proposed_for(victory, facts).baseline
    return victory if proposed is None else structs.replace(victory, baseline=proposed)


def _kept(victory: VictoryCondition, before: VictoryCondition | None, *, is_new: bool) -> Baseline:
    """Return what stays of a baseline, with what it is of."""
    baseline, old = victory.baseline, Baseline() if before is None else before.baseline
    if _said(baseline) != _said(old):
        is_of_this = baseline.value is not None and victory.measure
        of = victory.bound.written if is_of_this else ""
        return structs.replace(baseline, of=of, proposed=False)
    if is_new and baseline.proposed:
        return Baseline()
    if is_new and baseline.value is not None and not baseline.of:
        was = before.bound if before is not None and before.measure else victory.bound
        return structs.replace(baseline, of=was.written if was.measure else "")
    return baseline


def _said(baseline: Baseline) -> tuple[object, ...]:
    return (baseline.value, baseline.first, baseline.last, baseline.no_history)
