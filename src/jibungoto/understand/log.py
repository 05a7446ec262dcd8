"""The relations of the log as plain values, for the rules that are written in Python."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from jibungoto.ledger.activity import AtPrecision, TieKind
from jibungoto.ledger.initiative import InitiativeKind, Mode, PlaceTag
from jibungoto.ledger.kinds import DEFAULT_KINDS, Kind, KindRule
from jibungoto.ledger.person import PersonKind
from jibungoto.ledger.source import CanTell


@dataclass(frozen=True, slots=True)
class LoggedActivity:
    """One row of ``activity``; ``happened_at`` in UTC seconds, ``day`` the local day.

    Without a ``record`` it is a record of its own.
    """

    source: str
    key: str
    actor: str | None
    kind: Kind
    happened_at: int
    day: date
    at_precision: AtPrecision = AtPrecision.EXACT
    place: str | None = None
    thread: str | None = None
    in_reply_to: str | None = None
    initiative: str | None = None
    sequence: int = 0
    is_question: bool | None = None
    text_hash: int | None = None
    record: str | None = None
    length: int | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class LoggedTie:
    """One row of ``tie``."""

    source: str
    key: str
    from_actor: str | None
    to_actor: str | None
    kind: TieKind
    happened_at: int
    day: date


@dataclass(frozen=True, slots=True)
class Standing:
    """One row of ``who``: a handle's person and capacity from a day up to, not with, another."""

    actor: str
    person: int
    kind: PersonKind
    source: str
    from_day: date | None = None
    to_day: date | None = None
    opted_out: bool = False
    is_deleted: bool = False
    organisation: int | None = None

    def holds_on(self, day: date) -> bool:
        """Say whether this row speaks of that day."""
        return (self.from_day is None or self.from_day <= day) and (
            self.to_day is None or day < self.to_day
        )


@dataclass(frozen=True, slots=True)
class LoggedInitiative:
    """One row of ``initiative``, as far as the rules read it; times in UTC seconds."""

    key: str
    source: str
    is_default: bool = False
    tag: PlaceTag = PlaceTag.NONE
    kind: InitiativeKind = InitiativeKind.CHANNEL
    mode: Mode | None = None
    starts_at: int | None = None
    ends_at: int | None = None
    series: str | None = None
    is_cancelled: bool = False
    registered: int | None = None
    waiting: int | None = None
    attended: int | None = None
    viewers: int | None = None
    capacity: int | None = None
    hashtag: str | None = None


@dataclass(frozen=True, slots=True)
class LoggedSource:
    """One row of ``source``: what it can tell, and which days it covers (both ends counted)."""

    source: str
    can_tell: CanTell
    covered_from: date
    covered_until: date


@dataclass(frozen=True, slots=True)
class Log:
    """The whole log of one community."""

    activities: list[LoggedActivity]
    ties: list[LoggedTie]
    who: list[Standing]
    initiatives: list[LoggedInitiative]
    sources: list[LoggedSource]
    kinds: tuple[KindRule, ...] = field(default=DEFAULT_KINDS)
