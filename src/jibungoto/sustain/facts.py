"""The plain facts that alert rules take; None stands for what nobody has told."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from jibungoto.ledger.words import Words
from jibungoto.sustain.team import Team


@dataclass(frozen=True, slots=True)
class Account:
    """Something the community depends on, and who can open it."""

    number: int
    name: str
    admins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contact:
    """One talk with a stakeholder (by number), or with somebody who does the same work elsewhere.

    ``is_supervisor`` says whether the stakeholder is the manager's own boss.
    """

    number: int
    day: date
    stakeholder: int | None
    name: str
    is_supervisor: bool = False


@dataclass(frozen=True, slots=True)
class Delivery:
    """A brief that was sent to a stakeholder, and what came of it.

    ``activity`` and ``outcome`` are the measures in it: counts of doings, and everything else.
    Both are empty where nobody told which measures it holds.
    """

    number: int
    brief: str
    title: str
    influence: int
    sent: date
    opened: date | None = None
    replied: date | None = None
    activity: tuple[str, ...] = ()
    outcome: tuple[str, ...] = ()

    def was_noticed_within(self, days: int) -> bool:
        """Say whether it was opened or answered in so many days."""
        noticed = [day for day in (self.opened, self.replied) if day is not None]
        return any((day - self.sent).days <= days for day in noticed)


@dataclass(frozen=True, slots=True)
class PlanInForce:
    """A plan in force (by its key), and when a stakeholder last acknowledged its version.

    ``in_force_on`` is the day it came into force, None where nobody noted it.
    """

    key: str
    title: Words
    version: int
    acknowledged_on: date | None
    in_force_on: date | None = None


@dataclass(frozen=True, slots=True)
class ProgrammeRun:
    """Something that was held, and whether a plan says what for; ``key`` is that of the event."""

    day: date
    name: str
    has_objective: bool
    key: str = ""


@dataclass(frozen=True, slots=True)
class Runs:
    """What was held lately, and the last day of which the sources of events can tell."""

    held: tuple[ProgrammeRun, ...]
    known_until: date


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the rules of this room look at.

    ``plans`` and ``runs`` are None where nothing tells of them, and empty where there are none.
    ``has_supervisor`` says whether a stakeholder is named as the manager's boss.
    """

    team: Team = field(default_factory=Team)
    accounts: tuple[Account, ...] = ()
    has_supervisor: bool = False
    contacts: tuple[Contact, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    plans: tuple[PlanInForce, ...] | None = None
    runs: Runs | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """One row behind an alert: a key that stays the same, and the words that show it."""

    key: str
    words: Words
