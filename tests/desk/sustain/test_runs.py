"""P-4 from real rows: events that came in, the series they are in, and the plans that name them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from msgspec import structs

from jibungoto.desk.acting import Acting
from jibungoto.desk.gather import queue
from jibungoto.desk.gather.carry_out import carry_out
from jibungoto.desk.gather.claim import claimed
from jibungoto.desk.plan.begin import new
from jibungoto.desk.plan.programmes import event_names, events_alone, known_programmes
from jibungoto.desk.sustain.alerts import decisions, standings
from jibungoto.desk.sustain.facts import facts_of
from jibungoto.desk.understand.scopes import drop_scope, save_scope
from jibungoto.gather.reader import Said
from jibungoto.plan.owwh import Plan
from jibungoto.plan.states import State
from jibungoto.plan.victory import Scope
from jibungoto.records.models import InitiativeRow, IntakeRow, PlanVersionRow
from jibungoto.sustain.rules.rule import Firing, Verdict
from jibungoto.understand.scope_kind import ScopeKind
from tests.desk.gather.lists import participants
from tests.desk.plan.at_work import SOUND, Desk
from tests.desk.sustain.written import ago

EVENTS = {4410: 80, 4411: 40, 4412: 3, 4413: 91}
"""Four events by number: how many days ago each was held."""


@pytest.fixture
def nights(acting: Acting, tmp_path: Path) -> list[str]:
    """Bring the lists of four events in, and return the keys of the three within 90 days."""
    for number, days in EVENTS.items():
        said = Said(f"connpass:{number} {ago(acting, days)} 19:00")
        claim = claimed(queue.bring_in(acting, participants(tmp_path, number), said=said))
        assert claim is not None and carry_out(claim).state == "in"
    return [f"connpass:{number}" for number, days in EVENTS.items() if days < 90]


def planned(acting: Acting, plan: Plan) -> Desk:
    """Put a plan in force, and return it."""
    desk = Desk(acting, new(acting).row.plan.key)
    desk.saved(plan)
    desk.in_force()
    return desk


def held_as(*series: str) -> Plan:
    return structs.replace(SOUND, how=(structs.replace(SOUND.how[0], series=series),))


def told(acting: Acting) -> Verdict:
    return next(one.verdict for one in standings(acting) if one.rule.key == "P-4")


def test_without_a_source_of_events_it_is_unknown_and_says_so(acting: Acting) -> None:
    verdict = told(acting)
    assert verdict.firing is Firing.UNKNOWN
    assert verdict.sentence.ja.startswith("イベントを伝えるデータがまだない")
    assert facts_of(acting).runs is None


def test_three_events_that_no_plan_names_fire_and_lead_to_the_plans(
    acting: Acting, nights: list[str]
) -> None:
    verdict = told(acting)
    assert verdict.firing is Firing.FIRES
    assert verdict.sentence.en == "3 programme runs in 90 days serve no objective."
    days = (ago(acting, 80), ago(acting, 40), ago(acting, 3))
    assert [one.key for one in verdict.evidence] == [
        f"run:{day}:{key}" for day, key in zip(days, nights, strict=True)
    ]
    assert ("plans", verdict.sentence) in [(one.page, one.what) for one in decisions(acting)]


def test_a_series_named_by_a_plan_in_force_makes_it_quiet(
    acting: Acting, nights: list[str]
) -> None:
    key = save_scope(acting, ScopeKind.SERIES, name="Live", parts=nights[:1]).key
    planned(acting, held_as(key))
    verdict = told(acting)
    assert verdict.firing is Firing.QUIET
    assert verdict.sentence.en == "Runs without an objective in the last 90 days: 2."
    drop_scope(acting, ScopeKind.SERIES, key=key)
    assert told(acting).firing is Firing.FIRES


@pytest.mark.parametrize("state", [State.DRAFT, State.VALID])
def test_a_plan_that_is_not_in_force_links_nothing(
    acting: Acting, nights: list[str], state: State
) -> None:
    desk = Desk(acting, new(acting).row.plan.key)
    desk.saved(held_as(nights[0]))
    PlanVersionRow.objects.update(state=state)
    assert told(acting).firing is Firing.FIRES


def test_an_event_alone_can_be_named_and_so_can_a_series_that_is_won_in(
    acting: Acting, nights: list[str]
) -> None:
    key = save_scope(acting, ScopeKind.SERIES, name="Live", parts=nights[:1]).key
    (one,) = SOUND.objective.victory
    victory = (structs.replace(one, scope=Scope(series=key)),)
    aimed = structs.replace(SOUND.objective, victory=victory)
    planned(acting, structs.replace(held_as(nights[1]), objective=aimed))
    runs = facts_of(acting).runs
    assert runs is not None
    assert [one.has_objective for one in runs.held] == [True, True, False]


def test_a_plan_that_ended_still_links_what_was_held_while_it_was_in_force(
    acting: Acting, nights: list[str]
) -> None:
    desk = planned(acting, held_as(*nights))
    now = timezone.now()
    PlanVersionRow.objects.filter(pk=desk.version().row.pk).update(
        state=State.CLOSED, in_force_at=now - timedelta(days=60), closed_at=now - timedelta(days=9)
    )
    runs = facts_of(acting).runs
    assert runs is not None
    assert [one.has_objective for one in runs.held] == [False, True, False]


def test_what_was_called_off_and_what_is_still_to_come_is_no_run(
    acting: Acting, nights: list[str]
) -> None:
    InitiativeRow.objects.filter(key=nights[0]).update(is_cancelled=True)
    InitiativeRow.objects.filter(key=nights[1]).update(starts_at=timezone.now() + timedelta(days=5))
    runs = facts_of(acting).runs
    assert runs is not None and [one.key for one in runs.held] == nights[2:]


def test_where_the_events_end_long_ago_it_is_unknown_until_when(
    acting: Acting, nights: list[str]
) -> None:
    IntakeRow.objects.update(covered_until=ago(acting, 50), last_day=ago(acting, 50))
    InitiativeRow.objects.filter(key__in=nights[1:]).delete()
    verdict = told(acting)
    assert verdict.firing is Firing.UNKNOWN
    assert "Events are known until" in verdict.sentence.en


def test_events_that_are_in_no_series_can_be_chosen_by_name(
    acting: Acting, nights: list[str]
) -> None:
    save_scope(acting, ScopeKind.SERIES, name="Live", parts=nights[:1])
    found = events_alone(acting, today=ago(acting, 0))
    assert [one.key for one in found] == [nights[2], nights[1], "connpass:4413"]
    assert {"live", *nights} <= known_programmes(acting)
    InitiativeRow.objects.filter(key=nights[0]).update(name="Live night")
    assert event_names(acting, nights[:1]) == {f"series:{nights[0]}": "Live night"}
    assert found[0].day == ago(acting, 3)
