"""What the rules are told: values from findings, ranges from history, hours from the team."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from msgspec import structs

from jibungoto.desk.acting import Acting, administrator
from jibungoto.desk.gather.undo import undo
from jibungoto.desk.house.begin import Beginning, begin
from jibungoto.desk.people.segments import save
from jibungoto.desk.plan.facts import facts_for
from jibungoto.desk.plan.look import Version
from jibungoto.desk.plan.score import proposals, scorecard
from jibungoto.desk.understand.refresh import refresh
from jibungoto.engine.disk import keep_to_owner
from jibungoto.plan.facts import MeasureFacts
from jibungoto.plan.owwh import Plan
from jibungoto.plan.standing import Standing
from jibungoto.plan.validate import issues_of
from jibungoto.plan.victory import Baseline, Bound, ByHand, Operator, Scope
from jibungoto.records.models import DeliveryRow, SegmentRow, StakeholderRow
from jibungoto.understand.segments import Segment
from tests.desk.making import ROOT, maps_export, post
from tests.desk.plan.at_work import SOUND, Desk

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

    from tests.desk.conftest import BringIn

ACTIVE = structs.replace(
    SOUND.objective.victory[0],
    measure="active",
    operator=Operator.AT_LEAST,
    target=3.0,
    by_hand=ByHand(),
    unit="persons",
    baseline=Baseline(value=1.0, first=date(2023, 10, 19), last=date(2023, 11, 15)),
)
PLAN: Plan = structs.replace(SOUND, objective=structs.replace(SOUND.objective, victory=(ACTIVE,)))
COUNTED_ON = date(2023, 11, 15)


@pytest.fixture
def acting(transactional_db: None, settings: Settings, home: Path) -> Acting:
    """Return the administrator of a community exports can be brought into."""
    keep_to_owner(home)
    settings.HOME = home
    return administrator(begin(Beginning("やまびこ", slug="yamabiko")))


def rules(acting: Acting, version: Version) -> list[str]:
    facts = facts_for(acting, version, today=date(2023, 11, 20))
    return [one.rule for one in issues_of(version.plan, facts)]


def of_active(acting: Acting, version: Version) -> MeasureFacts:
    return facts_for(acting, version).measures[Bound("active")]


def test_before_any_answer_every_measure_is_known_and_none_has_a_value(desk: Desk) -> None:
    version = desk.saved(PLAN)
    known = of_active(desk.acting, version)
    assert (known.now, known.history, known.name.en) == (None, (), "Active members")
    assert "V02" in rules(desk.acting, version)
    (card,) = scorecard(desk.acting, desk.key).cards
    assert card.now is None and card.reason is not None
    assert proposals(desk.acting, version)["left"].baseline is None


def test_values_come_from_the_newest_findings(
    desk: Desk, bring_in: BringIn, tmp_path: Path
) -> None:
    bring_in(maps_export(tmp_path / "a", [post(ROOT), post("1700000900.000100", user="U2")]))
    refresh(desk.acting.community)
    version = desk.saved(PLAN)
    known = of_active(desk.acting, version)
    assert known.now is not None
    assert (known.now.value, known.now.day, known.unit) == (2.0, COUNTED_ON, "persons")
    assert "V02" not in rules(desk.acting, version)
    proposed = proposals(desk.acting, version)["left"]
    assert proposed.baseline == Baseline(
        value=2.0, first=date(2023, 10, 19), last=COUNTED_ON, of="active", proposed=True
    )
    facts = facts_for(desk.acting, version)
    assert facts.community_since is not None and facts.community_since.year == 2020

    scoped = structs.replace(ACTIVE, scope=Scope(chapter="osaka"))
    told = structs.replace(PLAN, objective=structs.replace(PLAN.objective, victory=(scoped,)))
    asked = facts_for(desk.acting, version, plan=told)
    narrowed = asked.measures[scoped.bound]
    assert (narrowed.now, narrowed.history) == (None, ())
    assert narrowed.reason is not None
    assert narrowed.reason.en == (
        "This chapter is not there any more. Choose another, or take it of the whole community."
    )


def test_a_log_taken_out_takes_the_values_and_leaves_the_plan(
    desk: Desk, bring_in: BringIn, tmp_path: Path
) -> None:
    intake = bring_in(maps_export(tmp_path / "a", [post(ROOT), post(f"{int(ROOT[:10]) + 900}.0")]))
    refresh(desk.acting.community)
    desk.saved(PLAN)
    (card,) = scorecard(desk.acting, desk.key, today=date(2023, 11, 20)).cards
    assert card.now is not None and card.notes == ()
    undo(desk.acting, intake.number)
    desk.acting.community.refresh_from_db()
    refresh(desk.acting.community)
    (card,) = scorecard(desk.acting, desk.key, today=date(2023, 11, 20)).cards
    assert (card.now, card.forecast, card.judged.standing) == (None, None, Standing.UNKNOWN)
    assert card.reason is not None and card.reason.ja and card.reason.en
    assert [note.en for note in card.notes] == [
        "What the baseline of 1 (up to 15 November 2023) was taken from is no longer in the log; "
        "the baseline stays as it was written."
    ]
    assert card.path[0].value == 1.0
    assert desk.version().plan == PLAN


def test_a_segment_that_was_dropped_breaks_the_chain(desk: Desk) -> None:
    row = save(desk.acting, "あたらしい人", rule=Segment(recent_days=30))
    somebody = structs.replace(SOUND.who[0], behaviour=row.key)
    version = desk.saved(structs.replace(SOUND, who=(somebody,)))
    assert "V07" not in rules(desk.acting, version)
    SegmentRow.objects.update(dropped_at=timezone.now())
    assert "V07" in rules(desk.acting, version)


def test_what_was_handed_upwards_since_it_is_in_force_is_looked_at(desk: Desk) -> None:
    version = desk.in_force()
    boss = StakeholderRow.objects.create(community=desk.acting.community, name="役員", influence=3)
    today = facts_for(desk.acting, version).today
    DeliveryRow.objects.create(stakeholder=boss, brief="b", title="月報", sent=today,
                               activity=["reach_total"], outcome=["ttfr"])  # fmt: skip
    (report,) = facts_for(desk.acting, version).reports
    assert (report.audience, report.measures) == ("役員", ("reach_total", "ttfr"))
    assert "V25" in [one.rule for one in issues_of(SOUND, facts_for(desk.acting, version))]


def test_the_hours_are_those_of_the_team(desk: Desk) -> None:
    facts = facts_for(desk.acting, desk.version())
    assert (facts.team_hours, facts.fte) == (None, None)
