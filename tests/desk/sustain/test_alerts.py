"""Alerts in a community: evaluated, seen, put off; isolation is the manager's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from jibungoto.desk.acting import Acting
from jibungoto.desk.days import today_in
from jibungoto.desk.sustain.accounts import AccountWish, keep_account
from jibungoto.desk.sustain.alerts import (
    acknowledge,
    decisions,
    evaluate,
    evaluate_all,
    open_alerts,
    snooze,
    standings,
)
from jibungoto.desk.sustain.cover import cover_facts
from jibungoto.desk.sustain.isolation import owns_isolation, release, sees_isolation
from jibungoto.desk.sustain.stakeholders import ContactWish, note_contact
from jibungoto.ledger.problems import NotAllowed, UnknownName
from jibungoto.plan.states import State
from jibungoto.records.models import (
    AccountKind,
    AccountRow,
    AlertRow,
    ContactKind,
    MembershipRow,
    PlanAcknowledgementRow,
    PlanRow,
    PlanVersionRow,
    Role,
)
from jibungoto.sustain.rules.rule import Firing
from tests.desk.sustain.written import ago, aoi, held, mio

KEY = AccountWish(AccountKind.DOMAIN, "example.com", ("Mio",))


@pytest.fixture
def manager(acting: Acting) -> Acting:
    """Return the community's manager, who is signed in."""
    user = User.objects.create(username="mio")
    MembershipRow.objects.create(user=user, community=acting.community, role=Role.MANAGER)
    return Acting(acting.community, Role.MANAGER, user.pk)


def verdicts(acting: Acting) -> dict[str, Firing]:
    return {one.rule.key: one.verdict.firing for one in standings(acting)}


def said(acting: Acting) -> list[str]:
    return [one.what.en for one in decisions(acting)]


def missed(acting: Acting) -> None:
    """Note that the boss was talked to long ago."""
    whom = aoi(acting, boss=True)
    note_contact(acting, ContactWish(ago(acting, 60), ContactKind.TALK, stakeholder=whom))


def test_an_empty_community_has_nothing_for_today(manager: Acting) -> None:
    assert said(manager) == []
    assert verdicts(manager)["S-5"] is Firing.UNKNOWN


def test_today_says_the_open_alerts_and_where_to_meet_them(manager: Acting) -> None:
    keep_account(manager, KEY)
    missed(manager)
    assert [(one.page, one.what.en) for one in decisions(manager)] == [
        ("stakeholders", "No talk with the boss for 60 days."),
        ("stakeholders", "Stakeholders talked to in the last 60 days: 0."),
        ("team", "Only one person administers: example.com."),
    ]


def test_evaluating_keeps_the_first_day_and_doing_it_again_changes_nothing(
    acting: Acting,
) -> None:
    keep_account(acting, KEY)
    evaluate(acting)
    AlertRow.objects.filter(rule="S-5").update(first_seen=ago(acting, 9))
    evaluate_all()
    kept = AlertRow.objects.get(rule="S-5")
    assert (kept.first_seen, kept.last_seen) == (ago(acting, 9), today_in(acting))
    assert kept.evidence == [f"account:{AccountRow.objects.get().pk}"]


def test_what_was_seen_is_not_said_again_until_it_rests_on_more(manager: Acting) -> None:
    keep_account(manager, KEY)
    acknowledge(manager, "S-5")
    assert said(manager) == []
    keep_account(manager, replace(KEY, name="Slack"))
    assert said(manager) == ["Only one person administers: example.com, Slack."]


def test_what_was_put_off_comes_back_after_sixty_days_at_most(manager: Acting) -> None:
    keep_account(manager, KEY)
    snooze(manager, "S-5", days=500)
    assert said(manager) == []
    row = AlertRow.objects.get(rule="S-5")
    assert row.snoozed_until is not None
    assert (row.snoozed_until - today_in(manager)).days == 60
    AlertRow.objects.update(snoozed_until=today_in(manager))
    assert len(said(manager)) == 1


def test_what_was_mended_is_resolved(manager: Acting) -> None:
    row = keep_account(manager, KEY)
    evaluate(manager)
    keep_account(manager, replace(KEY, admins=("Mio", "Riku"), number=row.pk))
    assert said(manager) == []
    evaluate(manager)
    assert AlertRow.objects.get(rule="S-5").state == "resolved"


@pytest.mark.parametrize("rule", ["S-5", "Z-9", ""])
def test_nothing_can_be_said_of_what_does_not_fire(acting: Acting, rule: str) -> None:
    with pytest.raises(UnknownName):
        acknowledge(acting, rule)


def test_isolation_is_seen_by_the_manager_alone_until_released(
    acting: Acting, manager: Acting
) -> None:
    missed(manager)
    keep_account(manager, KEY)
    boss = replace(acting, user_id=User.objects.create(username="boss").pk)
    assert (sees_isolation(manager), sees_isolation(boss)) == (True, False)
    assert said(boss) == ["Only one person administers: example.com."]
    assert {"I-1", "I-2", "I-4", "I-6"}.isdisjoint(verdicts(boss))
    evaluate(manager)
    with pytest.raises(UnknownName):
        acknowledge(boss, "I-1")
    with pytest.raises(NotAllowed):
        release(boss, released=True)
    release(manager, released=True)
    assert sees_isolation(boss) and "I-1" in verdicts(boss)
    told = cover_facts(boss).isolation
    assert told is not None and told.firing == 2
    release(manager, released=False)
    assert not sees_isolation(boss) and cover_facts(boss).isolation is None


def test_who_runs_a_community_alone_owns_their_isolation(acting: Acting) -> None:
    alone = replace(acting, user_id=User.objects.create(username="one").pk)
    assert owns_isolation(alone)
    assert not owns_isolation(acting)


def test_an_uncovered_ability_is_an_alert_after_thirty_days(manager: Acting) -> None:
    number = mio(manager, days=40)
    held(manager, number, "a1", "b1", "b2", "c2", days=40)
    found = {one.rule.key: one for one in open_alerts(standings(manager))}
    assert [one.key for one in found["P-1"].verdict.evidence] == ["ability:c1"]


def test_having_no_plan_is_said_once_the_team_is_written_down(manager: Acting) -> None:
    assert verdicts(manager)["P-3"] is Firing.FIRES
    assert said(manager) == []
    mio(manager)
    assert ("plans", "There is no valid plan.") in [
        (one.page, one.what.en) for one in decisions(manager)
    ]


def test_a_plan_in_force_that_nobody_acknowledged_is_said(manager: Acting) -> None:
    plan = PlanRow.objects.create(community=manager.community, key="spring")
    version = PlanVersionRow.objects.create(
        plan=plan,
        number=2,
        state=State.ACTIVE,
        value={"title": {"ja": "春の計画", "en": "Spring"}},
        changed_at=timezone.now(),
    )
    assert said(manager) == ["Nobody has acknowledged the plan “Spring”."]
    version.in_force_at = timezone.now()
    version.save()
    assert said(manager) == []
    version.in_force_at = timezone.now() - timedelta(days=32)
    version.save()
    assert said(manager) == ["Nobody has acknowledged the plan “Spring”."]
    PlanAcknowledgementRow.objects.create(
        version=version, stakeholder="Aoi", influence=3, day=today_in(manager)
    )
    assert said(manager) == []
