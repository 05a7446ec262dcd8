"""A small team written down through the desk, for the tests of this room."""

from __future__ import annotations

from datetime import date, timedelta

from jibungoto.desk.acting import Acting
from jibungoto.desk.days import today_in
from jibungoto.desk.sustain.cover import CoverWish, keep_cover
from jibungoto.desk.sustain.stakeholders import StakeholderWish, keep_stakeholder
from jibungoto.desk.sustain.team import MemberWish, keep_member
from jibungoto.sustain.askers import AskerKind, Interest
from jibungoto.sustain.team import Function, Part


def ago(acting: Acting, days: int) -> date:
    """Return the day so many days before today."""
    return today_in(acting) - timedelta(days=days)


def mio(acting: Acting, *, days: int = 100, hours: int | None = 60) -> int:
    """Write the manager down, and return her number."""
    wish = MemberWish("Mio", Function.MANAGER, hours, since=ago(acting, days))
    return keep_member(acting, wish).pk


def riku(acting: Acting, *, days: int = 100) -> int:
    """Write the deputy down, and return his number."""
    wish = MemberWish("Riku", Function.DEPUTY, 20, since=ago(acting, days))
    return keep_member(acting, wish).pk


def held(acting: Acting, who: int, *keys: str, days: int = 100) -> None:
    """Have somebody hold these abilities with enough hours, and nobody else hold anything."""
    since = ago(acting, days)
    keep_cover(acting, [CoverWish(key, who, Part.HOLDS, 20, since=since) for key in keys])


def aoi(acting: Acting, *, influence: int = 2, boss: bool = False) -> int:
    """Put a stakeholder on the map, and return their number."""
    wish = StakeholderWish(
        "Aoi", AskerKind.CFO, Interest.COST, influence, stance=0, is_supervisor=boss
    )
    return keep_stakeholder(acting, wish).pk
