"""Keys within a plan: whatever is referred to has one, and no two are alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from msgspec import structs

from jibungoto.plan.owwh import Assumption, How, Plan, What, Who
from jibungoto.plan.shape import KEYED
from jibungoto.plan.victory import VictoryCondition

Keyed = TypeVar("Keyed", VictoryCondition, Who, What, How, Assumption)


def keyed(plan: Plan) -> Plan:
    """Return the plan with a key for everything that lacks one; keys there are stay."""
    victory = _keyed(plan.objective.victory)
    return structs.replace(
        plan,
        objective=structs.replace(plan.objective, victory=victory),
        who=_keyed(plan.who),
        what=_keyed(plan.what),
        how=_keyed(plan.how),
        assumptions=_keyed(plan.assumptions),
    )


def free_key(kind: type[Keyed], taken: Sequence[Keyed]) -> str:
    """Return a key that none of these has."""
    keys = {one.key for one in taken}
    return next(key for at in range(1, len(keys) + 2) if (key := f"{KEYED[kind]}-{at}") not in keys)


def _keyed(those: tuple[Keyed, ...]) -> tuple[Keyed, ...]:
    found = list(those)
    for at, one in enumerate(found):
        if not one.key:
            found[at] = structs.replace(one, key=free_key(type(one), found))
    return tuple(found)
