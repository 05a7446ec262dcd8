"""The runs of programmes: events that were held, and whether a plan says what for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from jibungoto.desk.acting import Acting
from jibungoto.desk.gather.current import source_rows
from jibungoto.desk.understand.held import events_of, inside_series
from jibungoto.records.models import PlanVersionRow
from jibungoto.sustain.facts import ProgrammeRun, Runs
from jibungoto.sustain.rules.layers import RUNS_DAYS


def runs_of(acting: Acting, *, today: date) -> Runs | None:
    """Return the events held in the last 90 days; None where no source tells of events.

    An event serves an objective where a plan names it, or a series it is in: a plan that is in
    force now, or was on that day. The rest of them are known until the last day a source of
    events covers.
    """
    events = events_of(acting)
    sources = set(events.order_by().values_list("source", flat=True).distinct())
    days = [row[-1] for row in source_rows(acting.community) if row[0] in sources]
    known = [day for day in days if isinstance(day, date)]
    if not known:
        return None
    zone = ZoneInfo(acting.community.zone)
    since = datetime.combine(today - timedelta(days=RUNS_DAYS - 1), time(), zone)
    lately = events.filter(starts_at__gte=since).order_by("starts_at", "pk")
    held = [
        (key, name or key, at.astimezone(zone).date())
        for key, name, at in lately.values_list("key", "name", "starts_at")
        if at is not None
    ]
    plans, inside = _plans(acting), inside_series(acting) if held else {}
    return Runs(
        tuple(
            ProgrammeRun(day, name, _is_served(key, day, plans=plans, inside=inside), key)
            for key, name, day in held
            if day <= today
        ),
        known_until=max(known),
    )


def _is_served(
    key: str, day: date, *, plans: list[PlanVersionRow], inside: Mapping[str, frozenset[str]]
) -> bool:
    for plan in plans:
        served = plan.series_served(day)
        if key in served or any(key in inside.get(name, ()) for name in served):
            return True
    return False


def _plans(acting: Acting) -> list[PlanVersionRow]:
    """Return the versions that are or were in force."""
    rows = PlanVersionRow.objects.filter(
        plan__community=acting.community,
        plan__dropped_at=None,
        dropped_at=None,
        in_force_at__isnull=False,
    )
    return list(rows.select_related("plan__community").order_by("pk"))
