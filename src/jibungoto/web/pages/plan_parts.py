"""Adding parts to a plan and taking them away, with the keys that lead from one to another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from msgspec import structs

from jibungoto.plan.keys import free_key
from jibungoto.plan.owwh import Assumption, How, Plan, What, Who
from jibungoto.plan.victory import VictoryCondition
from jibungoto.web.pages.plan_entered import MOST, at_place, put, steps_of
from jibungoto.web.typed import whole

KINDS: dict[str, type[Any]] = {
    "objective.victory": VictoryCondition,
    "who": Who,
    "what": What,
    "how": How,
    "assumptions": Assumption,
}
"""What stands in each list of a plan."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A plan with a part more or less, and the place of the part to look at next."""

    plan: Plan
    place: str


def added(plan: Plan, above: str) -> Changed | None:
    """Return the plan with one more part in a list; None for no list, or one that is full."""
    if above not in KINDS:
        return None
    held = at_place(plan, above)
    if len(held) >= MOST:
        return None
    part = KINDS[above](key=free_key(KINDS[above], held))
    if isinstance(part, What) and len(plan.who) == 1:
        part = structs.replace(part, who=plan.who[0].key)
    return Changed(put(plan, steps_of(above), new=(*held, part)), f"{above}[{len(held)}]")


def removed(plan: Plan, place: str) -> Changed | None:
    """Return the plan without one part and without what led to it; None if it is not there."""
    above, found, rest = place.rpartition("[")
    number = rest.removesuffix("]")
    at = whole(number)
    if not found or above not in KINDS or at is None:
        return None
    held = at_place(plan, above)
    if at >= len(held):
        return None
    without = put(plan, steps_of(above), new=(*held[:at], *held[at + 1 :]))
    return Changed(_unlinked(without, held[at].key, above=above), above)


def opened_parts(plan: Plan) -> Plan:
    """Return a plan with one open part of each kind that has to be written, ready to be."""
    for above in ("objective.victory", "who", "what"):
        changed = added(plan, above) if not at_place(plan, above) else None
        plan = changed.plan if changed else plan
    return plan


def shaped(plan: Plan, sent: QueryDict) -> Plan:
    """Return the plan with the parts a form speaks of, in its order, and no others.

    Between reading and sending somebody else may have taken a part away: what was written of it
    is not lost, for it is here again.
    """
    for above, kind in KINDS.items():
        keys = [key for key in sent.getlist(f"{above}.keys") if key][:MOST]
        if not keys:
            continue
        known = {part.key: part for part in at_place(plan, above)}
        parts = tuple(known.get(key) or kind(key=key[:60]) for key in dict.fromkeys(keys))
        plan = put(plan, steps_of(above), new=parts)
    return plan


def _unlinked(plan: Plan, key: str, *, above: str) -> Plan:
    """Take a key that is gone out of the parts that named it."""
    if above == "who":
        what = (structs.replace(one, who="" if one.who == key else one.who) for one in plan.what)
        return structs.replace(plan, what=tuple(what))
    name = {"what": "serves", "objective.victory": "victories"}.get(above)
    if name is None:
        return plan
    how = (
        structs.replace(one, **{name: tuple(k for k in getattr(one, name) if k != key)})
        for one in plan.how
    )
    return structs.replace(plan, how=tuple(how))
