"""In which families of sources people act, through which they came, whom we know in two (7.9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from jibungoto.understand.acts import MEMBER, Act, Told
from jibungoto.understand.gatherings import WAYS, Gathering
from jibungoto.understand.log import Log, LoggedActivity
from jibungoto.understand.newcomers import Newcomer, Rate
from jibungoto.understand.thresholds import DEFAULTS, Thresholds

OTHER = "other"
FAMILY_OF: dict[str, str] = {
    **dict.fromkeys(("slack", "discord", "zulip", "line"), "chat"),
    **dict.fromkeys(("discourse", "mbox"), "forum"),
    **dict.fromkeys(("git", "github"), "code"),
    "feed": "content",
    **dict.fromkeys(("youtube", "streamyard", "facebook_live"), "live"),
}
"""The family of a source; of all others the place decides: at an event's venue, or online."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody's first act in a family of sources, in UTC seconds."""

    family: str
    began_at: int


def family_of(activity: LoggedActivity, events: dict[str, Gathering]) -> str:
    """Return the family of sources an activity belongs to."""
    if activity.source in FAMILY_OF:
        return FAMILY_OF[activity.source]
    event = events.get(activity.initiative or "")
    place = event.mode if activity.place is None and event is not None else activity.place
    return f"event_{place}" if place in WAYS else OTHER


def journeys_of(acts: list[Act], events: dict[str, Gathering]) -> dict[int, list[Arrival]]:
    """Return every member's families in the order in which they first acted there."""
    began: dict[int, dict[str, int]] = {}
    for act in acts:
        if act.capacity is MEMBER:
            family = family_of(act.told.activity, events)
            firsts = began.setdefault(act.person, {})
            firsts[family] = min(firsts.get(family, act.happened_at), act.happened_at)
    return {
        person: sorted(
            (Arrival(family, at) for family, at in firsts.items()),
            key=lambda each: (each.began_at, each.family),
        )
        for person, firsts in began.items()
    }


def multi_share(
    acts: list[Act],
    journeys: dict[int, list[Arrival]],
    *,
    as_of: date,
    thresholds: Thresholds = DEFAULTS,
) -> tuple[Rate, int]:
    """Return how many active members ever acted in two families, and how many cannot be told.

    While all acts of the log are of one family, nobody could be seen in a second.
    """
    since = as_of - timedelta(days=thresholds.cohort_window)
    active = {act.person for act in acts if act.capacity is MEMBER and since <= act.day < as_of}
    families = {arrival.family for journey in journeys.values() for arrival in journey}
    if len(families) < 2:
        return Rate(0, 0), len(active)
    return Rate(sum(len(journeys[person]) >= 2 for person in active), len(active)), 0


def entry_mix(
    newcomers: list[Newcomer],
    told: list[Told],
    *,
    events: dict[str, Gathering],
    as_of: date,
    thresholds: Thresholds = DEFAULTS,
) -> dict[str, Rate]:
    """Return through which family of sources the newcomers of the period came in."""
    since = as_of - timedelta(days=thresholds.period)
    cohort = {
        each.first.person: each.first.joined_at
        for each in newcomers
        if since <= each.first.joined_day < as_of
    }
    by_row = {each.row: each.activity for each in told}
    entered: dict[str, int] = {}
    for each in newcomers:
        if each.first.person in cohort:
            family = family_of(by_row[each.first.row], events)
            entered[family] = entered.get(family, 0) + 1
    return {family: Rate(k, len(cohort)) for family, k in entered.items()}


def identity_coverage(
    log: Log, acts: list[Act], *, as_of: date, thresholds: Thresholds = DEFAULTS
) -> Rate:
    """Return how many acts are by people known in two sources or more.

    In a log of one source everybody is known as far as can be.
    """
    since = as_of - timedelta(days=thresholds.cohort_window)
    known: dict[int, set[str]] = {}
    for row in log.who:
        known.setdefault(row.person, set()).add(row.source)
    counted = [act for act in acts if act.capacity is MEMBER and since <= act.day < as_of]
    is_alone = sum(source.covered_from < as_of for source in log.sources) == 1
    certain = [act for act in counted if is_alone or len(known[act.person]) >= 2]
    return Rate(len(certain), len(counted))
