"""A plan as the value a row stores, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import msgspec

from jibungoto.plan.owwh import Plan


def to_stored(plan: Plan) -> dict[str, Any]:
    """Return a plan as plain values that JSON can hold; what is not said is left out."""
    return cast("dict[str, Any]", msgspec.to_builtins(plan))


def from_stored(stored: Mapping[str, Any]) -> Plan:
    """Return the plan that ``to_stored`` made a value of."""
    return msgspec.convert(dict(stored), Plan)
