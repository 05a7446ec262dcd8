"""Who starts things, whose start drew others, and who keeps it alive (domain.md 6 and 7.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jibungoto.ledger.activity import TieKind
from jibungoto.ledger.kinds import ActClass
from jibungoto.ledger.person import PersonKind
from jibungoto.understand.acts import MEMBER, Act, ResolvedTie
from jibungoto.understand.thresholds import DEFAULTS, Thresholds


@dataclass(frozen=True, slots=True)
class Start:
    """An act that brought an initiative into being, and what others did there since."""

    act: Act
    initiative: str
    gathered: tuple[Act, ...]
    qualified_day: date | None

    @property
    def is_members(self) -> bool:
        """True if a member started it, not staff."""
        return self.act.capacity is MEMBER


@dataclass(frozen=True, slots=True)
class Sustaining:
    """A starter's own act in a month alive with others; it counts once ``known_day`` is over."""

    act: Act
    initiative: str
    month: tuple[int, int]
    known_day: date


def month_of(day: date) -> tuple[int, int]:
    """Return the calendar month of a day."""
    return (day.year, day.month)


def starts_in(acts: list[Act], *, thresholds: Thresholds = DEFAULTS) -> list[Start]:
    """Return the start of every initiative: its earliest starting act."""
    earliest: dict[str, Act] = {}
    for act in acts:
        if act.act_class is ActClass.START and act.initiative is not None:
            earliest.setdefault(act.initiative, act)
    return [
        Start(act, initiative, gathered, _qualified_day(act, gathered, thresholds=thresholds))
        for initiative, act in earliest.items()
        for gathered in [_gathered(act, acts)]
    ]


def _gathered(start: Act, acts: list[Act]) -> tuple[Act, ...]:
    """Find what other members did in the initiative once it was there."""
    return tuple(
        act
        for act in acts
        if act.initiative == start.initiative
        and act.person != start.person
        and act.capacity is MEMBER
        and act.happened_at >= start.happened_at
    )


def _qualified_day(start: Act, gathered: tuple[Act, ...], *, thresholds: Thresholds) -> date | None:
    """A start qualifies on the day its second other member came, if that was within 30 x 24 h."""
    arrived: dict[int, Act] = {}
    for act in gathered:
        arrived.setdefault(act.person, act)
    if len(arrived) < thresholds.qualify_others:
        return None
    needed = list(arrived.values())[thresholds.qualify_others - 1]
    in_time = needed.happened_at - start.happened_at < thresholds.qualify_seconds
    return needed.day if in_time else None


def sustaining_in(
    starts: list[Start], acts: list[Act], *, thresholds: Thresholds = DEFAULTS
) -> list[Sustaining]:
    """Return what starters did in their own initiatives in later months alive with others."""
    kept = []
    for start in starts:
        if not start.is_members:
            continue
        for act in acts:
            if not _is_own_act(act, start):
                continue
            alive_from = _alive_from(start, month_of(act.day), thresholds=thresholds)
            if alive_from is not None and month_of(act.day) > month_of(start.act.day):
                known_day = max(act.day, alive_from)
                kept.append(Sustaining(act, start.initiative, month_of(act.day), known_day))
    return kept


def _is_own_act(act: Act, start: Start) -> bool:
    return (
        act.person == start.act.person
        and act.initiative == start.initiative
        and act.capacity is MEMBER
        and act.act_class not in (ActClass.RECEIVE, ActClass.START)
    )


def _alive_from(start: Start, month: tuple[int, int], *, thresholds: Thresholds) -> date | None:
    """Find the day of a month on which enough different others had acted there."""
    arrived: dict[int, date] = {}
    for act in start.gathered:
        if month_of(act.day) == month:
            arrived[act.person] = min(arrived.get(act.person, act.day), act.day)
    days = sorted(arrived.values())
    enough = thresholds.sustain_others
    return days[enough - 1] if len(days) >= enough else None


def is_asked(act: Act, ties: list[ResolvedTie], *, thresholds: Thresholds = DEFAULTS) -> bool:
    """True if a staff member mentioned the person within 7 days before the act (BR11)."""
    return any(
        tie.kind is TieKind.MENTION
        and tie.from_capacity is PersonKind.STAFF
        and tie.to_person == act.person
        and not tie.is_hidden
        and 0 <= act.happened_at - tie.happened_at < thresholds.asked_seconds
        for tie in ties
    )
