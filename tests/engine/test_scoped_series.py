"""Who came again, taken of a series that the manager put together out of a group's events."""

from __future__ import annotations

import pytest

from jibungoto.engine import scoped_in, steps
from jibungoto.ledger.finding import Finding
from jibungoto.ledger.kinds import Kind
from tests.understand.communities import ZONE
from tests.understand.relations import connection
from tests.understand.test_event_stories import AS_OF, Story

SUMMITS = ("s1", "s2", "s3")
KEYS = ("ret_event", "first_time_rate")


def two_years() -> Story:
    """A summit every half year and a live night between them, all of one group on connpass."""
    story = Story()
    for key, days_ago in zip(SUMMITS, (420, 210, 30), strict=True):
        story.held(key, days_ago, series="group")
    for number, days_ago in enumerate((400, 380, 190, 20)):
        story.held(f"live{number}", days_ago, series="group")
    for who in ("an", "bo", "chie"):
        story.did(who, Kind.ATTENDANCE, "s1")
    story.did("an", Kind.ATTENDANCE, "s3")
    story.did("bo", Kind.ATTENDANCE, "live3")
    return story


def again(found: tuple[Finding, ...]) -> tuple[float | None, float | None]:
    (one,) = (each for each in found if (each.measure, each.part) == ("ret_event", ""))
    return one.numerator, one.denominator


@pytest.mark.parametrize("is_series", [True, False])
def test_the_next_two_of_a_series_are_those_the_manager_put_into_it(is_series: bool) -> None:
    con = connection(two_years().log())
    scoped_in.run_in(con, steps.Params(AS_OF, ZONE), keys=KEYS)
    whole = steps.findings(con, keys=KEYS)
    found = scoped_in.findings_in(con, SUMMITS, keys=KEYS, is_series=is_series)
    assert again(found) == ((1, 3) if is_series else (0, 0))
    assert steps.findings(con, keys=KEYS) == whole
    follows = "select next_initiative from sequels where initiative = 's1'"
    assert con.execute(follows).fetchone() == ("live0",)
