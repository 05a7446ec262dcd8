"""The team's pages: written down in three forms, told in words, and each thing kept once."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jibungoto.desk.acting import Acting
from jibungoto.desk.sustain.accounts import AccountWish, keep_account
from jibungoto.desk.sustain.cover import CoverWish, keep_cover
from jibungoto.desk.sustain.stakeholders import ContactWish, note_contact
from jibungoto.desk.sustain.team import MemberWish, keep_member
from jibungoto.records.models import (
    AccountKind,
    AccountRow,
    AlertRow,
    CommunityRow,
    ContactKind,
    CoverRow,
    MembershipRow,
    Role,
    TeamMemberRow,
)
from jibungoto.sustain.abilities import ABILITIES, ABILITY_KEYS
from jibungoto.sustain.team import Function, Part
from tests.desk.sustain.written import ago, aoi, held, mio, riku
from tests.web.conftest import AGAINST

TEAM = "/yamabiko/team/"
MARKUP = "<script>alert(1)</script>"


def shown(client: Client, place: str = TEAM) -> str:
    answered = client.get(place)
    assert answered.status_code == 200
    return " ".join(answered.content.decode().split())


def file_of(client: Client, place: str, *, ending: str) -> bytes:
    answered = client.get(place, {"as": ending})
    return b"".join(answered.streaming_content)  # type: ignore[attr-defined]  # it streams


def member_fields(*lines: tuple[str, str, str, str, str]) -> dict[str, str]:
    names = ("number", "name", "function", "hours", "leaves")
    return {
        f"{at}-{name}": value
        for at, line in enumerate(lines)
        for name, value in zip(names, line, strict=True)
    }


def cover_fields(**lines: list[tuple[str, str, str, str]]) -> dict[str, str]:
    names = ("member", "part", "hours", "used")
    blank = [("", "holds", "", "")]
    return {
        f"{key}-{at}-{name}": value
        for key in ABILITY_KEYS
        for at, line in enumerate(lines.get(key, blank))
        for name, value in zip(names, line, strict=True)
    }


def test_before_anybody_is_written_down_the_one_next_step_is_to_begin(manager: Client) -> None:
    page = shown(manager)
    assert "Write the team down in ten minutes" in page
    assert f'class="btn" href="{TEAM}people/"' in page
    assert 'id="cover"' not in page


def test_the_people_come_first_and_lead_to_the_cover(manager: Client) -> None:
    sent = member_fields(("", "Mio", "manager", "60", ""), ("", "", "manager", "", ""))
    answered = manager.post(f"{TEAM}people/", sent)
    assert answered.headers["Location"] == f"{TEAM}cover/"
    rows = TeamMemberRow.objects.values_list("name", "function", "hours")
    assert list(rows) == [("Mio", "manager", 60)]


def test_hours_are_read_as_a_japanese_keyboard_types_them(manager: Client) -> None:
    assert 'type="text" inputmode="numeric"' in shown(manager, f"{TEAM}people/")
    manager.post(f"{TEAM}people/", member_fields(("", "Mio", "manager", "６０", "")))
    assert TeamMemberRow.objects.get().hours == 60


def test_hours_and_what_is_needed_and_the_renewal_are_named(
    manager: Client, acting: Acting
) -> None:
    one = next(one for one in ABILITIES if one.need)
    held(acting, mio(acting), one.key)
    keep_account(acting, AccountWish(AccountKind.DOMAIN, "example.org", ("Mio",)))
    assert f"20 h of {one.need} h needed" in shown(manager)
    manager.defaults["HTTP_ACCEPT_LANGUAGE"] = "ja"
    page = shown(manager)
    assert f"20時間(必要{one.need}時間)" in page
    assert "次の更新" in page and "更新日" not in page


@pytest.mark.parametrize("room", ["team/", "team/people/", "stakeholders/", "stakeholders/new/"])
def test_the_head_tells_the_newest_day_of_the_data_as_all_pages_do(
    manager: Client, acting: Acting, room: str
) -> None:
    mio(acting)
    head = re.compile(r'<p class="where-and-when">.*?</p>')
    newest = head.search(shown(manager, "/yamabiko/ladder/"))
    told = head.search(shown(manager, f"/yamabiko/{room}"))
    assert newest is not None and told is not None
    assert told[0] == newest[0] and "As of" in told[0]


def test_sending_the_people_again_changes_nothing_and_who_leaves_is_gone(
    manager: Client, acting: Acting
) -> None:
    first, second = mio(acting), riku(acting)
    lines = [(str(first), "Mio", "manager", "60", ""), (str(second), "Riku", "deputy", "20", "")]
    manager.post(f"{TEAM}people/", member_fields(*lines))
    assert TeamMemberRow.objects.filter(until=None).count() == 2
    manager.post(f"{TEAM}people/", member_fields(lines[0], (*lines[1][:4], "yes")))
    assert [row.name for row in TeamMemberRow.objects.filter(until=None)] == ["Mio"]


@pytest.mark.parametrize(
    ("name", "function", "hours"),
    [
        ("Mio", "manager", "many"),
        ("Mio", "queen", "6"),
        ("Mio", "manager", "9" * 30),
        ("Mio", "manager", "-1"),
        ("x" * 201, "manager", "6"),
    ],
    ids=["no number", "no function", "a very large number", "negative", "too long"],
)
def test_what_does_not_fit_stays_in_the_form_and_nothing_is_kept(
    manager: Client, name: str, function: str, hours: str
) -> None:
    sent = member_fields(("", "Riku", "deputy", "20", ""), ("", name, function, hours, ""))
    answered = manager.post(f"{TEAM}people/", sent)
    assert answered.status_code == 422
    assert f'value="{name}"' in answered.content.decode()
    assert TeamMemberRow.objects.count() == 0


def test_the_cover_is_written_down_and_the_gap_is_said_first(
    manager: Client, acting: Acting
) -> None:
    who, other = str(mio(acting)), str(riku(acting))
    both = [(who, "holds", "20", ""), (other, "backs_up", "4", "2026-01-05")]
    sent = cover_fields(a1=both, b1=both, b2=both, c1=[(who, "holds", "8", "")], c2=both)
    assert manager.post(f"{TEAM}cover/", sent).headers["Location"] == TEAM
    page = shown(manager)
    assert "Nobody can explain the community upward when Mio is on leave." in page
    assert page.index('id="gaps"') < page.index('id="cover"')
    assert "5 of 5 abilities are covered." in page
    assert "nobody stands in" in page
    assert CoverRow.objects.count() == 9


def test_a_form_that_arrived_in_part_ends_no_agreement(manager: Client, acting: Acting) -> None:
    held(acting, mio(acting), *ABILITY_KEYS)
    partly = {key: value for key, value in cover_fields().items() if not key.startswith("c2")}
    for sent in ({}, partly):
        assert manager.post(f"{TEAM}cover/", sent).status_code == 422
    assert CoverRow.objects.filter(until=None).count() == 5


@pytest.mark.parametrize(
    "line",
    [
        ("9999999", "holds", "8", ""),
        ("²", "holds", "8", ""),
        ("me", "queen", "8", ""),
        ("me", "holds", "8", "yesterday"),
        ("me", "holds", "8", "2999-01-01"),
    ],
    ids=["nobody", "no number", "no part", "no date", "a day to come"],
)
def test_a_cover_that_does_not_fit_is_kept_in_the_form_alone(
    manager: Client, acting: Acting, line: tuple[str, str, str, str]
) -> None:
    number = str(mio(acting))
    member, part, hours, used = line
    told = (number if member == "me" else member, part, hours, used)
    answered = manager.post(f"{TEAM}cover/", cover_fields(c1=[told]))
    assert answered.status_code == 422
    assert CoverRow.objects.count() == 0


def test_the_cover_asks_for_the_people_first(manager: Client) -> None:
    assert "Nobody is in the team yet." in shown(manager, f"{TEAM}cover/")


def test_accounts_are_listed_with_every_administrator(manager: Client) -> None:
    sent = {
        "0-number": "",
        "0-kind": "domain",
        "0-name": "example.com",
        "0-admins": "Mio、 Riku,Sora",
        "0-where": "the registry",
        "0-renewal": "2027-03-31",
    }
    assert manager.post(f"{TEAM}accounts/", sent).headers["Location"] == TEAM
    row = AccountRow.objects.get()
    assert row.admins == ["Mio", "Riku", "Sora"]
    struck = sent | {"0-number": str(row.pk), "0-drop": "yes"}
    manager.post(f"{TEAM}accounts/", struck)
    assert AccountRow.objects.count() == 0


def test_a_single_key_is_marked_said_today_and_seen(manager: Client, acting: Acting) -> None:
    keep_account(acting, AccountWish(AccountKind.DOMAIN, "example.com", ("Mio",)))
    assert "one key" in shown(manager)
    said = "Only one person administers: example.com."
    assert said in shown(manager, "/yamabiko/today/")
    answered = manager.post(f"{TEAM}alerts/S-5/", {"answer": "seen"})
    assert answered.headers["Location"] == TEAM
    assert said not in shown(manager, "/yamabiko/today/")
    assert said in shown(manager)


def test_an_alert_is_put_off_for_the_days_offered_alone(manager: Client, acting: Acting) -> None:
    keep_account(acting, AccountWish(AccountKind.DOMAIN, "example.com", ("Mio",)))
    assert manager.post(f"{TEAM}alerts/S-5/", {"days": "400"}).status_code == 404
    assert manager.post(f"{TEAM}alerts/Z-9/", {"answer": "seen"}).status_code == 404
    assert manager.post(f"{TEAM}alerts/S-5/", {"days": "60"}).status_code == 302
    assert AlertRow.objects.get(rule="S-5").state == "snoozed"
    assert "back on" in shown(manager)


def test_unknown_is_shown_as_unknown_and_drawn_differently(manager: Client) -> None:
    page = shown(manager)
    assert page.count('data-firing="unknown"') == 6
    assert "0 of 6 signs show; 6 cannot be told." in page


def test_isolation_is_the_managers_until_released(
    manager: Client, acting: Acting, community: CommunityRow
) -> None:
    whom = aoi(acting, boss=True)
    note_contact(acting, ContactWish(ago(acting, 60), ContactKind.TALK, stakeholder=whom))
    boss = Client(headers={"accept-language": "en"})
    user = User.objects.create(username="boss")
    MembershipRow.objects.create(user=user, community=community, role=Role.ADMINISTRATOR)
    boss.force_login(user, AGAINST)
    said = "No talk with the boss for 60 days."
    assert (said in shown(manager), said in shown(boss)) == (True, False)
    assert said not in shown(boss, "/yamabiko/today/")
    assert boss.post(f"{TEAM}isolation/", {"released": "yes"}).status_code == 403
    manager.post(f"{TEAM}isolation/", {"released": "yes"})
    assert said in shown(boss)
    manager.post(f"{TEAM}isolation/", {"released": "no"})
    assert said not in shown(boss)


def test_names_stay_names(manager: Client, acting: Acting) -> None:
    who = keep_member(acting, MemberWish(MARKUP, Function.MANAGER, 60)).pk
    keep_cover(acting, [CoverWish("c1", who, Part.HOLDS, 8)])
    keep_account(acting, AccountWish(AccountKind.LIST, MARKUP, (MARKUP,), where=MARKUP))
    for place in (TEAM, f"{TEAM}people/", f"{TEAM}cover/", f"{TEAM}accounts/", "/yamabiko/today/"):
        page = shown(manager, place)
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_the_matrix_has_a_column_for_every_member_and_a_row_for_every_ability(
    manager: Client, acting: Acting
) -> None:
    held(acting, mio(acting), *ABILITY_KEYS)
    riku(acting)
    page = shown(manager)
    assert len(re.findall(r'role="rowheader"', page)) == 5
    assert page.count('data-label="Mio"') == page.count('data-label="Riku"') == 5


def test_every_agreement_stands_in_the_column_of_whoever_made_it(
    manager: Client, acting: Acting
) -> None:
    last = keep_member(acting, MemberWish("Zoe", Function.OPS, 30)).pk
    first = keep_member(acting, MemberWish("Ann", Function.MANAGER, 60)).pk
    keep_cover(
        acting,
        [CoverWish("c1", first, Part.HOLDS, 8), CoverWish("c1", last, Part.BACKS_UP, 5)],
    )
    page = shown(manager)
    assert re.findall(r'class="member-name">(\w+)<', page) == ["Ann", "Zoe"]
    cells = re.findall(r'data-label="(Ann|Zoe)"><span class="share" data-part="(\w+)"', page)
    assert cells == [("Ann", "holds"), ("Zoe", "backs_up")]
    row = page[page.index(">c1<") :]
    assert row.index('data-label="Ann"') < row.index('data-label="Zoe"')


def test_three_members_and_accounts_cost_no_more_queries_than_one(
    manager: Client, acting: Acting
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            shown(manager)
        return len(asked)

    held(acting, mio(acting), "c1")
    keep_account(acting, AccountWish(AccountKind.LIST, "one", ("Mio", "Riku")))
    before = queries()
    for name in ("two", "three"):
        keep_member(acting, MemberWish(name, Function.OPS, 3))
        keep_account(acting, AccountWish(AccountKind.LIST, name, ("Mio", "Riku")))
    assert queries() == before


def test_it_reads_japanese_too(manager: Client, acting: Acting) -> None:
    held(acting, mio(acting), *ABILITY_KEYS)
    manager.defaults["HTTP_ACCEPT_LANGUAGE"] = "ja"
    page = shown(manager)
    assert "Mioさんが休むと、上に説明できる人がいません。" in page
    assert "誰が何を担うか" in page


def test_the_cover_and_the_accounts_are_files_in_which_no_cell_starts_a_formula(
    manager: Client, acting: Acting
) -> None:
    who = keep_member(acting, MemberWish("=cmd()", Function.MANAGER, 60)).pk
    keep_cover(acting, [CoverWish("c1", who, Part.HOLDS, 8)])
    keep_account(acting, AccountWish(AccountKind.LIST, "+1", ("@Mio",)))
    for place, cell in ((TEAM, "'=cmd()"), (f"{TEAM}accounts/", "'@Mio")):
        lines = file_of(manager, place, ending="csv").decode().splitlines()
        assert len(lines) == 2 and cell in lines[1]
        assert file_of(manager, place, ending="xlsx").startswith(b"PK")
        assert manager.get(place, {"as": "exe"}).status_code == 404
