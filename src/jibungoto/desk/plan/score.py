"""How a plan stands, and what the data propose for one that is being written."""

from __future__ import annotations

from datetime import date

from jibungoto.desk.acting import Acting
from jibungoto.desk.plan.facts import facts_for
from jibungoto.desk.plan.look import Version, version_of
from jibungoto.plan.facts import PlanFacts
from jibungoto.plan.owwh import Plan
from jibungoto.plan.scorecard import Scorecard, scorecard_of
from jibungoto.plan.suggest import Proposed, proposed_for
from jibungoto.records.models import AnswerRow


def scorecard(
    acting: Acting,
    key: str,
    *,
    number: int | None = None,
    today: date | None = None,
    answer: AnswerRow | None = None,
) -> Scorecard:
    """Return the scorecard of a version, or of the one in force; raises ``UnknownName``.

    With ``answer`` it is the one of that answer's day: nothing later is looked at.
    """
    version = version_of(acting, key, number=number)
    day = today or (None if answer is None else answer.as_of)
    return scorecard_of(version.plan, facts_for(acting, version, today=day, answer=answer))


def proposals(
    acting: Acting, version: Version, *, plan: Plan | None = None, facts: PlanFacts | None = None
) -> dict[str, Proposed]:
    """Return what the data propose for each victory condition, by its key."""
    said = plan or version.plan
    told = facts or facts_for(acting, version, plan=plan)
    return {one.key: proposed_for(one, told) for one in said.objective.victory}
