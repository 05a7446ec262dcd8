"""The people who keep a community going: what each is there for, and what each has agreed to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jibungoto.ledger.words import Words

MOST_HOURS = 744
"""No month has more hours than this."""


class Function(StrEnum):
    """What somebody is in the team for."""

    MANAGER = "manager"
    DEPUTY = "deputy"
    SUPERVISOR = "supervisor"
    ANALYST = "analyst"
    OPS = "ops"
    EXTERNAL = "external"

    @property
    def words(self) -> Words:
        """The function in a word."""
        return FUNCTIONS[self]


FUNCTIONS: dict[Function, Words] = {
    Function.MANAGER: Words("コミュニティマネージャー", "Community manager"),
    Function.DEPUTY: Words("代理", "Deputy"),
    Function.SUPERVISOR: Words("上司", "Supervisor"),
    Function.ANALYST: Words("分析", "Analyst"),
    Function.OPS: Words("運営", "Operations"),
    Function.EXTERNAL: Words("外部の協力者", "External"),
}


class Part(StrEnum):
    """Whether somebody does something as their work, or stands in for who does."""

    HOLDS = "holds"
    BACKS_UP = "backs_up"

    @property
    def words(self) -> Words:
        """The part in a word."""
        return PARTS[self]


PARTS: dict[Part, Words] = {
    Part.HOLDS: Words("担当", "covers"),
    Part.BACKS_UP: Words("バックアップ", "backs up"),
}


@dataclass(frozen=True, slots=True)
class TeamMember:
    """Somebody in the team; ``hours`` a month, None where nobody has said them.

    They belong to it from ``since`` until the day before ``until``.
    """

    number: int
    name: str
    function: Function
    hours: int | None
    since: date
    until: date | None = None

    def is_there(self, day: date) -> bool:
        """Say whether they are in the team on a day."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Cover:
    """What one member has agreed to do for one ability, half open in days.

    ``last_used`` says when a backup last really stood in.
    """

    ability: str
    member: int
    part: Part
    hours: int | None
    since: date
    until: date | None = None
    last_used: date | None = None

    def is_there(self, day: date) -> bool:
        """Say whether it is agreed on a day."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Team:
    """Everybody who is or was in the team, and everything they have agreed to."""

    members: tuple[TeamMember, ...] = ()
    covers: tuple[Cover, ...] = ()

    def there(self, day: date) -> tuple[TeamMember, ...]:
        """Return who is in the team on a day."""
        return tuple(one for one in self.members if one.is_there(day))

    def agreed(self, day: date) -> tuple[tuple[Cover, TeamMember], ...]:
        """Return what is agreed on a day, each with the member who is there to do it."""
        present = {one.number: one for one in self.there(day)}
        return tuple(
            (cover, present[cover.member])
            for cover in self.covers
            if cover.is_there(day) and cover.member in present
        )

    @property
    def began(self) -> date | None:
        """The first day anybody was in the team, None before anybody is written down."""
        return min((one.since for one in self.members), default=None)
