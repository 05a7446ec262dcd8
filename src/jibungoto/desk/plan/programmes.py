"""The series and single events that a plan can be carried out by, and what each is called."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from jibungoto.desk.acting import Acting
from jibungoto.desk.understand.held import events_of, inside_series
from jibungoto.ledger.initiative import InitiativeKind
from jibungoto.records.models import InitiativeRow

LATELY = timedelta(days=180)
AT_MOST = 20


@dataclass(frozen=True, slots=True)
class Alone:
    """One event that is in no series: its key, its name, and the day it is held."""

    key: str
    name: str
    day: date


def known_programmes(acting: Acting) -> frozenset[str]:
    """Return every key a How can name: of series, and of events."""
    rows = InitiativeRow.objects.filter(community=acting.community, kind=InitiativeKind.EVENT.value)
    return frozenset(inside_series(acting)) | frozenset(rows.values_list("key", flat=True))


def events_alone(acting: Acting, *, today: date) -> list[Alone]:
    """Return the newest events that are in no series, of the last half year and to come."""
    taken = frozenset[str]().union(*inside_series(acting).values())
    zone = ZoneInfo(acting.community.zone)
    rows = events_of(acting).filter(starts_at__date__gte=today - LATELY).order_by("-starts_at")
    found = [
        Alone(key, name or key, at.astimezone(zone).date())
        for key, name, at in rows.values_list("key", "name", "starts_at")
        if key not in taken and at is not None
    ]
    return found[:AT_MOST]


def event_names(acting: Acting, keys: Collection[str]) -> dict[str, str]:
    """Return the names of events, as names of series are looked up: under ``series:`` and key."""
    rows = InitiativeRow.objects.filter(community=acting.community, key__in=keys)
    return {f"series:{key}": name or key for key, name in rows.values_list("key", "name")}
