"""Writing down team, cover and accounts: once is enough, and the past is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from jibungoto.desk.acting import Acting, administrator
from jibungoto.desk.days import today_in
from jibungoto.desk.house.begin import Beginning, begin
from jibungoto.desk.sustain.accounts import (
    AccountWish,
    accounts,
    drop_account,
    keep_account,
    keep_accounts,
)
from jibungoto.desk.sustain.cover import CoverWish, cover_facts, keep_cover
from jibungoto.desk.sustain.team import (
    MemberWish,
    drop_member,
    keep_member,
    keep_members,
    members,
    team_of,
)
from jibungoto.ledger.problems import InvalidChoice, UnknownName
from jibungoto.records.models import AccountKind, AccountRow, AuditRow, CoverRow, TeamMemberRow
from jibungoto.sustain.team import Function, Part
from tests.desk.sustain.written import ago, held, mio, riku

SLACK = AccountWish(AccountKind.ACCOUNT, "Slack", ("Mio", "Riku"))


@pytest.fixture
def elsewhere(acting: Acting) -> Acting:
    """Return the administrator of another community of another client."""
    return administrator(begin(Beginning("Elsewhere", slug="elsewhere")))


def test_a_member_is_written_down_once_and_audited(acting: Acting) -> None:
    number = mio(acting)
    wish = MemberWish("Mio", Function.MANAGER, 60, number=number)
    keep_member(acting, wish)
    assert [(row.name, row.hours) for row in members(acting)] == [("Mio", 60)]
    assert AuditRow.objects.filter(verb="keep team member").count() == 1
    keep_member(acting, replace(wish, hours=None))
    assert members(acting)[0].hours is None


def test_managers_stand_first(acting: Acting) -> None:
    riku(acting)
    mio(acting)
    assert [row.name for row in members(acting)] == ["Mio", "Riku"]


@pytest.mark.parametrize(
    "wish",
    [
        MemberWish("", Function.OPS),
        MemberWish("  \n ", Function.OPS),
        MemberWish("x" * 201, Function.OPS),
        MemberWish("Mio", Function.OPS, -1),
        MemberWish("Mio", Function.OPS, 745),
    ],
    ids=["no name", "blank", "too long", "negative", "more than a month"],
)
def test_what_does_not_fit_is_refused_and_nothing_is_kept(acting: Acting, wish: MemberWish) -> None:
    with pytest.raises(InvalidChoice):
        keep_members(acting, [MemberWish("Riku", Function.DEPUTY), wish])
    assert members(acting) == []


def test_a_day_to_come_is_refused(acting: Acting) -> None:
    tomorrow = today_in(acting) + timedelta(days=1)
    with pytest.raises(InvalidChoice):
        keep_member(acting, MemberWish("Mio", Function.MANAGER, since=tomorrow))


def test_a_name_of_several_lines_becomes_one(acting: Acting) -> None:
    row = keep_member(acting, MemberWish("Mio\r\nX-Header: 1\x00", Function.OPS))
    assert row.name == "Mio X-Header: 1"


def test_who_leaves_ends_what_they_had_agreed_to(acting: Acting) -> None:
    number = mio(acting)
    held(acting, number, "c1")
    drop_member(acting, number)
    today = today_in(acting)
    assert members(acting) == []
    assert [(row.until, row.member.until) for row in CoverRow.objects.all()] == [(today, today)]
    assert cover_facts(acting).abilities[3].holders == ()
    with pytest.raises(UnknownName):
        drop_member(acting, number)


def test_who_was_written_down_today_leaves_no_trace(acting: Acting) -> None:
    row = keep_member(acting, MemberWish("Mistake", Function.OPS))
    keep_cover(acting, [CoverWish("b2", row.pk, Part.HOLDS, 3)])
    drop_member(acting, row.pk)
    assert (TeamMemberRow.objects.count(), CoverRow.objects.count()) == (0, 0)


def test_the_same_cover_again_changes_nothing(acting: Acting) -> None:
    number = mio(acting)
    wishes = [CoverWish("c1", number, Part.HOLDS, 8, since=ago(acting, 50))]
    for _time in range(2):
        keep_cover(acting, wishes)
    assert [row.since for row in CoverRow.objects.all()] == [ago(acting, 50)]
    assert AuditRow.objects.filter(verb="keep cover").count() == 1


def test_fewer_hours_end_one_agreement_and_begin_another(acting: Acting) -> None:
    number = mio(acting)
    keep_cover(acting, [CoverWish("c1", number, Part.HOLDS, 8, since=ago(acting, 50))])
    keep_cover(acting, [CoverWish("c1", number, Part.HOLDS, 2)])
    rows = CoverRow.objects.order_by("pk").values_list("hours", "until")
    assert list(rows) == [(8, today_in(acting)), (2, None)]
    assert cover_facts(acting).abilities[3].open_since == today_in(acting)


def test_changing_ones_mind_on_the_same_day_leaves_one_agreement(acting: Acting) -> None:
    number = mio(acting)
    for hours in (8, 2, 5):
        keep_cover(acting, [CoverWish("c1", number, Part.HOLDS, hours)])
    assert [row.hours for row in CoverRow.objects.all()] == [5]


def test_a_backup_that_was_used_keeps_its_agreement(acting: Acting) -> None:
    number = mio(acting)
    wish = CoverWish("c1", number, Part.BACKS_UP, 8, since=ago(acting, 50))
    keep_cover(acting, [wish])
    keep_cover(acting, [replace(wish, last_used=ago(acting, 3))])
    assert [(row.since, row.last_used) for row in CoverRow.objects.all()] == [
        (ago(acting, 50), ago(acting, 3))
    ]


def test_a_cover_that_does_not_fit_changes_nothing(acting: Acting, elsewhere: Acting) -> None:
    number, stranger = mio(acting), mio(elsewhere)
    held(acting, number, "c1")
    good = CoverWish("b1", number, Part.HOLDS, 6)
    for wrong, problem in (
        (replace(good, ability="z9"), InvalidChoice),
        (replace(good, member=stranger), UnknownName),
        (replace(good, hours=-1), InvalidChoice),
        (replace(good, last_used=today_in(acting) + timedelta(days=1)), InvalidChoice),
        (replace(good, part=Part.BACKS_UP), InvalidChoice),
    ):
        with pytest.raises(problem):
            keep_cover(acting, [good, wrong])
        assert [row.ability for row in CoverRow.objects.filter(until=None)] == ["c1"]


def test_one_community_never_touches_the_team_of_another(acting: Acting, elsewhere: Acting) -> None:
    theirs = mio(elsewhere)
    held(elsewhere, theirs, "c1", "c2")
    keep_cover(acting, [])
    for touch in (
        lambda: drop_member(acting, theirs),
        lambda: keep_member(acting, MemberWish("Me", Function.OPS, number=theirs)),
    ):
        with pytest.raises(UnknownName):
            touch()
    assert team_of(acting).members == ()
    assert [one.until for one in team_of(elsewhere).covers] == [None, None]


def test_accounts_are_kept_changed_and_struck_off(acting: Acting, elsewhere: Acting) -> None:
    row = keep_account(acting, SLACK)
    keep_account(acting, replace(SLACK, number=row.pk))
    assert AuditRow.objects.filter(verb="keep account").count() == 1
    keep_account(acting, replace(SLACK, admins=("Mio", " Mio ", ""), number=row.pk))
    assert accounts(acting)[0].admins == ["Mio"]
    with pytest.raises(UnknownName):
        drop_account(elsewhere, row.pk)
    drop_account(acting, row.pk)
    assert AccountRow.objects.count() == 0


def test_a_single_key_stands_first(acting: Acting) -> None:
    keep_accounts(acting, [SLACK, AccountWish(AccountKind.DOMAIN, "example.com", ("Mio",))])
    assert [row.name for row in accounts(acting)] == ["example.com", "Slack"]
