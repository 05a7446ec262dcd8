"""A brief of a day gone by tells of the plan of that day, by what was known on it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from jibungoto.desk.explain.facts_of_plans import plan_facts
from jibungoto.desk.explain.facts_of_rooms import cost_facts
from jibungoto.desk.plan.begin import new
from jibungoto.desk.plan.count import count_by_hand
from jibungoto.records.models import AnswerRow, PlanVersionRow
from tests.desk.plan.at_work import LAST, SOUND, TODAY, Desk

if TYPE_CHECKING:
    from datetime import date

    from jibungoto.desk.acting import Acting

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def answer_of(acting: Acting, day: date) -> AnswerRow:
    """Return the answers of a day on which no data told anything."""
    return AnswerRow(community=acting.community, as_of=day, rule_version=1)


@pytest.fixture
def desk(acting: Acting) -> Desk:
    """Return a plan in force since ten days ago."""
    desk = Desk(acting, new(acting).row.plan.key)
    desk.saved(SOUND)
    desk.in_force()
    since = datetime.now(UTC) - timedelta(days=10)
    PlanVersionRow.objects.filter(plan__key=desk.key).update(in_force_at=since)
    return desk


def test_before_the_plan_was_in_force_there_is_none(acting: Acting, desk: Desk) -> None:
    then = TODAY - timedelta(days=20)
    assert plan_facts(acting, as_of=then, findings=[], past=answer_of(acting, then)) is None
    assert plan_facts(acting, as_of=then, findings=[]) is not None  # as of the newest day it is


def test_what_was_counted_since_is_not_known_on_the_day(acting: Acting, desk: Desk) -> None:
    (victory,) = SOUND.objective.victory
    then = TODAY - 5 * DAY
    for day, value in ((then - DAY, 1.0), (TODAY, 9.0)):
        count_by_hand(
            acting,
            desk.key,
            victory=desk.version().plan.objective.victory[0].key,
            value=value,
            day=day,
        )
    facts = plan_facts(acting, as_of=then, findings=[], past=answer_of(acting, then))
    assert facts is not None
    (condition,) = facts.conditions
    assert condition.told is not None and condition.told.en == "fewer than 5"
    assert condition.due == victory.due
    now = plan_facts(acting, as_of=TODAY, findings=[])
    assert now is not None and now.conditions[0].told is not None
    assert now.conditions[0].told.en == "9"


def test_a_plan_that_was_closed_since_was_in_force_on_the_day(acting: Acting, desk: Desk) -> None:
    then = TODAY - 5 * DAY
    PlanVersionRow.objects.filter(plan__key=desk.key).update(
        state="closed", closed_at=datetime.now(UTC)
    )
    past = answer_of(acting, then)
    assert plan_facts(acting, as_of=then, findings=[], past=past) is not None
    assert plan_facts(acting, as_of=TODAY, findings=[]) is None


def test_a_plan_whose_period_is_over_costs_nothing_any_more(acting: Acting, desk: Desk) -> None:
    assert cost_facts(acting, as_of=LAST) is not None
    assert cost_facts(acting, as_of=LAST + DAY) is None
