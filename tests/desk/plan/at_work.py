"""A plan that is sound without any data, and somebody at work on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import structs

from jibungoto.desk.acting import Acting
from jibungoto.desk.plan.decide import InForce, put_in_force
from jibungoto.desk.plan.look import Version, version_of
from jibungoto.desk.plan.save import Saved, save_draft
from jibungoto.plan.owwh import Plan
from jibungoto.plan.text import same
from jibungoto.plan.victory import Baseline, ByHand, Operator
from tests.plan.made import LEFT, PLAN

COUNTED = structs.replace(
    LEFT,
    measure="speakers",
    operator=Operator.AT_LEAST,
    target=3.0,
    unit="persons",
    baseline=Baseline(no_history=True),
    by_hand=ByHand(name=same("話した人"), who=same("あき"), every_days=30),
)
TODAY = datetime.now(ZoneInfo("Asia/Tokyo")).date()
LAST = TODAY + timedelta(days=150)
"""The last day of the plan below: what is over is not put in force."""
SOUND: Plan = structs.replace(
    PLAN,
    period=structs.replace(PLAN.period, last=LAST),
    objective=structs.replace(PLAN.objective, victory=(structs.replace(COUNTED, due=LAST),)),
)
"""Sound without any data: its victory condition is counted by hand."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Somebody at work on one plan."""

    acting: Acting
    key: str

    def version(self, number: int | None = None) -> Version:
        """Return a version, or the one meant without a number."""
        return version_of(self.acting, self.key, number=number)

    def saved(self, plan: Plan, number: int = 1) -> Version:
        """Save a draft as it is now read."""
        stamp = self.version(number).row.stamp
        done = save_draft(self.acting, self.key, number=number, stamp=stamp, plan=plan)
        assert isinstance(done, Saved)
        return done.version

    def in_force(self, number: int = 1) -> Version:
        """Put a version in force."""
        done = put_in_force(self.acting, self.key, number=number)
        assert isinstance(done, InForce)
        return done.version


def ending(last: date) -> Plan:
    """Return the sound plan with another last day, and its due date a day before."""
    victory = (structs.replace(COUNTED, due=last),)
    return structs.replace(
        SOUND,
        period=structs.replace(SOUND.period, first=date(2026, 1, 1), last=last),
        objective=structs.replace(SOUND.objective, victory=victory),
    )
