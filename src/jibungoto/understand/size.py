"""How many: registered, active, new, and how the number of active people moved (domain.md 7.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.person import PersonKind
from jibungoto.understand.acts import MEMBER, Act
from jibungoto.understand.log import Log
from jibungoto.understand.newcomers import First
from jibungoto.understand.starts import Start
from jibungoto.understand.thresholds import DEFAULTS, Thresholds

PRECEDENCE = (PersonKind.BOT, PersonKind.STAFF, PersonKind.PARTNER, PersonKind.GUEST)


@dataclass(frozen=True, slots=True)
class Growth:
    """What happened to the number of active people in a period; the parts balance with it."""

    first_acts: int
    returned: int
    became_dormant: int

    @property
    def net(self) -> int:
        """By how many the active became more."""
        return self.first_acts + self.returned - self.became_dormant


def standing_on(log: Log, as_of: date) -> dict[int, PersonKind]:
    """Return in which capacity everybody stands at the end of the day before.

    Whoever is staff in one source is staff; who opted out is not listed.
    """
    last_day = as_of - timedelta(days=1)
    hidden = {row.person for row in log.who if row.opted_out}
    kinds: dict[int, set[PersonKind]] = {}
    for row in log.who:
        if row.holds_on(last_day) and row.person not in hidden:
            kinds.setdefault(row.person, set()).add(row.kind)
    return {
        person: next((kind for kind in PRECEDENCE if kind in found), MEMBER)
        for person, found in kinds.items()
    }


@dataclass(frozen=True, slots=True)
class Records:
    """When everybody's records begin: the first dated one, and the first act as a member.

    ``newest`` is the night after the last day that any source covers.
    """

    firsts: dict[int, First]
    acts: list[Act]
    newest: date

    def know(self, person: int, as_of: date) -> bool:
        """Say whether somebody was there by a day; without any record, on the log's newest only."""
        began = [act.day for act in self.acts if act.person == person and act.capacity is MEMBER]
        if person in self.firsts:
            began.append(self.firsts[person].joined_day)
        return min(began) < as_of if began else as_of >= self.newest


def deleted_on(log: Log, as_of: date) -> set[int]:
    """Return everybody none of whose accounts on that day is left."""
    last_day = as_of - timedelta(days=1)
    rows = [row for row in log.who if row.holds_on(last_day)]
    return {row.person for row in rows} - {row.person for row in rows if not row.is_deleted}


def registered(log: Log, as_of: date, *, records: Records) -> set[int]:
    """Return members with a handle, deleted accounts left out."""
    deleted = deleted_on(log, as_of)
    return {
        person
        for person, kind in standing_on(log, as_of).items()
        if kind is MEMBER and person not in deleted and records.know(person, as_of)
    }


def active(acts: list[Act], as_of: date, *, window: int, with_reactions: bool = True) -> set[int]:
    """Return members with an act in the window, on request leaving out mere reactions."""
    since = as_of - timedelta(days=window)
    return {
        act.person
        for act in acts
        if act.capacity is MEMBER
        and since <= act.day < as_of
        and (with_reactions or act.told.activity.kind is not Kind.REACTION)
    }


def new(firsts: dict[int, First], as_of: date, *, period: int) -> tuple[set[int], set[int]]:
    """Return who joined in the period for certain, and who perhaps joined earlier."""
    since = as_of - timedelta(days=period)
    found = [each for each in firsts.values() if since <= each.joined_day < as_of]
    members = [each for each in found if each.capacity is MEMBER and not each.opted_out]
    certain = {each.person for each in members if each.is_exact}
    return certain, {each.person for each in members} - certain


def growth(acts: list[Act], as_of: date, *, thresholds: Thresholds = DEFAULTS) -> Growth:
    """Return first acts, returns and lapses of the period; a lapse is 90 days without an act."""
    since = as_of - timedelta(days=thresholds.period)
    gap = timedelta(days=thresholds.dormant_days)
    one = timedelta(days=1)
    first_acts = returned = lapsed = 0
    for days in _days_of_members(acts).values():
        for before, day, after in zip([None, *days], days, [*days[1:], None], strict=False):
            begins = since < day + one <= as_of
            first_acts += begins and before is None
            returned += begins and before is not None and day - before > gap
            lapses = after is None or after - day > gap
            lapsed += lapses and since < day + gap + one <= as_of
    return Growth(first_acts, returned, lapsed)


def _days_of_members(acts: list[Act]) -> dict[int, list[date]]:
    days: dict[int, set[date]] = {}
    for act in acts:
        if act.capacity is MEMBER:
            days.setdefault(act.person, set()).add(act.day)
    return {person: sorted(found) for person, found in days.items()}


def starters(starts: list[Start], as_of: date, *, thresholds: Thresholds = DEFAULTS) -> set[int]:
    """Return members with a qualified start in the window."""
    since = as_of - timedelta(days=thresholds.cohort_window)
    return {
        start.act.person
        for start in starts
        if start.is_members
        and start.qualified_day is not None
        and since <= start.qualified_day < as_of
    }
