"""Which series and events a plan is carried out by, and so which runs serve an objective."""

from __future__ import annotations

from datetime import date

from jibungoto.plan.owwh import Plan


def series_used(plan: Plan) -> frozenset[str]:
    """Return the keys of series and events that any How names, ideas too."""
    return frozenset(key for how in plan.how for key in how.series)


def series_served(plan: Plan, day: date) -> frozenset[str]:
    """Return the keys of series and events that serve the objective on a day.

    Named by a How that is for a victory condition and was not stopped before that day, or by a
    victory condition that is counted in a series. An idea serves nothing yet.
    """
    named = {key for how in plan.deeds if how.goes_on(day) for key in how.series}
    won_in = {one.scope.series for one in plan.objective.victory if one.scope.series}
    return frozenset(named | won_in)
