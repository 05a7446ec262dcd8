"""Small teams for the tests of this room."""

from __future__ import annotations

from datetime import date, timedelta

from jibungoto.sustain.facts import Account, Contact, Delivery, Facts
from jibungoto.sustain.team import Cover, Function, Part, Team, TeamMember

TODAY = date(2026, 11, 22)
LONG_AGO = date(2025, 1, 1)


def ago(days: int) -> date:
    """Return the day so many days before the tests' today."""
    return TODAY - timedelta(days=days)


LATELY = ago(10)


def member(
    number: int,
    name: str,
    function: Function = Function.MANAGER,
    *,
    hours: int | None = 60,
    since: date = LONG_AGO,
    until: date | None = None,
) -> TeamMember:
    return TeamMember(number, name, function, hours, since, until)


def holds(ability: str, who: int, hours: int | None = 20, *, since: date = LONG_AGO) -> Cover:
    return Cover(ability, who, Part.HOLDS, hours, since)


def backs_up(
    ability: str,
    who: int,
    hours: int | None = 4,
    *,
    since: date = LONG_AGO,
    used: date | None = LATELY,
) -> Cover:
    return Cover(ability, who, Part.BACKS_UP, hours, since, last_used=used)


MIO = member(1, "Mio")
RIKU = member(2, "Riku", Function.DEPUTY, hours=40)
KEYS = ("a1", "b1", "b2", "c1", "c2")
WHOLE = Team(
    (MIO, member(2, "Riku", Function.DEPUTY, hours=60)),
    (*(holds(key, 1, 10) for key in KEYS if key != "b2"), holds("b2", 2, 20))
    + (*(backs_up(key, 2) for key in KEYS if key != "b2"), backs_up("b2", 1)),
)
"""Everything covered, and everything backed up."""


def without(team: Team, *abilities: str) -> Team:
    """Return a team that has agreed to nothing for these abilities."""
    return Team(team.members, tuple(one for one in team.covers if one.ability not in abilities))


def account(number: int, *admins: str) -> Account:
    return Account(number, f"account {number}", admins)


def talk(days: int, whom: int | None = 1, *, boss: bool = False) -> Contact:
    """Return a talk so many days ago; ``whom`` None is a peer outside."""
    return Contact(days, ago(days), whom, "Aoi" if whom else "Ken", boss)


def sent(
    number: int, days: int, *, read: int | None = None, brief: str = "", influence: int = 2
) -> Delivery:
    """Return a delivery so many days ago, opened ``read`` days after."""
    opened = None if read is None else ago(days) + timedelta(days=read)
    return Delivery(
        number, brief or f"brief {number}", f"Report {number}", influence, ago(days), opened=opened
    )


NOBODY = Facts()
