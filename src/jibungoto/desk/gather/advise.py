"""What a community should bring next, told from its log and its sources."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

from jibungoto.desk.acting import Acting
from jibungoto.desk.gather.current import current_log, newest_covered_day, source_rows
from jibungoto.desk.gather.overview import freshness
from jibungoto.engine.log import LogVersion, opened
from jibungoto.gather.advice import Advice, EventHeld, Held, bring_next
from jibungoto.gather.families import Family, family_of
from jibungoto.ledger.initiative import InitiativeKind
from jibungoto.ledger.kinds import Kind
from jibungoto.records.models import CommunityRow, InitiativeRow

_OF_EVENTS = (Kind.REGISTRATION, Kind.ATTENDANCE)
_SQL = f"""
select distinct initiative, kind from activity
where initiative is not null and kind in ({", ".join(f"'{one.value}'" for one in _OF_EVENTS)})
"""


def advice(acting: Acting) -> list[Advice]:
    """Return what to bring next, the most telling first; nothing before the first intake."""
    community = acting.community
    current = current_log(community)
    if current is None:
        return []
    families = {family_of(str(row[0])) for row in source_rows(community)}
    last = newest_covered_day(community)
    return bring_next(
        Held(
            events=_events(community, current[1], last=last) if last else [],
            has_talk=Family.TALK in families or Family.TABLE in families,
            has_works=Family.WORK in families,
            stale=[one.key for one in freshness(acting) if one.is_old or one.is_behind],
        )
    )


def _events(community: CommunityRow, log: LogVersion, *, last: date) -> list[EventHeld]:
    """Return the events that began by the last day covered, the oldest first."""
    zone = ZoneInfo(community.zone)
    known = InitiativeRow.objects.filter(
        community=community,
        kind=InitiativeKind.EVENT,
        is_cancelled=False,
        starts_at__isnull=False,
    )
    rows = list(known.order_by("starts_at", "pk").values_list("key", "name", "starts_at"))
    told = _told(log) if rows else frozenset()
    return [
        EventHeld(
            name=name or key,
            day=day,
            has_registrations=(key, Kind.REGISTRATION.value) in told,
            has_attendance=(key, Kind.ATTENDANCE.value) in told,
        )
        for key, name, starts_at in rows
        if starts_at is not None and (day := starts_at.astimezone(zone).date()) <= last
    ]


@lru_cache(maxsize=8)
def _told(log: LogVersion) -> frozenset[tuple[str, str]]:
    """Return which kinds of activity one version of the log holds of which event."""
    with opened(log, memory="200MB", threads=1) as con:
        return frozenset((key, kind) for key, kind in con.execute(_SQL).fetchall())
