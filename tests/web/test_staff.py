"""The staff question: proposed with reasons, answered by a person, and "nobody" is an answer."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jibungoto.desk.acting import Acting
from jibungoto.desk.people.staff import answer
from jibungoto.records.models import CommunityRow, HandleRow, PersonKindRow, PersonRow

STAFF = "/yamabiko/staff/"


@pytest.fixture
def unanswered(community: CommunityRow) -> CommunityRow:
    PersonKindRow.objects.all().delete()
    CommunityRow.objects.update(staff_answered_at=None)
    community.refresh_from_db()
    return community


def page_of(client: Client, **sent: object) -> str:
    answered = client.post(STAFF, sent) if sent else client.get(STAFF)
    assert answered.status_code == 200
    return answered.content.decode()


def ticks(page: str) -> dict[int, bool]:
    """Return everybody who may be ticked, and whether they are."""
    found = re.findall(r'name="staff" value="(\d+)"( checked)?', page)
    return {int(number): bool(checked) for number, checked in found}


def number_of(name: str) -> int:
    return PersonRow.objects.get(name=name).number


def marked() -> list[str]:
    return sorted(row.person.name for row in PersonKindRow.objects.filter(kind="staff"))


def admins() -> dict[int, bool]:
    found = HandleRow.objects.filter(is_admin=True, is_bot=False)
    return {handle.person.number: True for handle in found.select_related("person")}


def test_admins_are_proposed_and_ticked_with_the_reason(
    unanswered: CommunityRow, manager: Client
) -> None:
    page = page_of(manager)
    assert admins() and ticks(page) == admins()
    assert "administers the workspace" in page


def test_answering_marks_the_ticked_and_leads_to_today(
    unanswered: CommunityRow, manager: Client
) -> None:
    sent = {"step": "answer", "staff": [number_of("花"), number_of("ベン")]}
    answered = manager.post(STAFF, sent)
    assert (answered.status_code, answered.headers["Location"]) == (302, "/yamabiko/today/")
    assert marked() == sorted(["花", "ベン"])


def test_nobody_is_an_answer(unanswered: CommunityRow, manager: Client) -> None:
    manager.post(STAFF, {"step": "nobody", "staff": [number_of("花")]})
    unanswered.refresh_from_db()
    assert marked() == []
    assert unanswered.staff_answered_at is not None
    assert set(ticks(page_of(manager)).values()) == {False}


def test_answering_twice_changes_nothing(unanswered: CommunityRow, manager: Client) -> None:
    for _time in range(2):
        manager.post(STAFF, {"step": "answer", "staff": [number_of("花")]})
    assert marked() == ["花"]


def test_searching_finds_by_reading_and_keeps_every_tick(
    unanswered: CommunityRow, manager: Client
) -> None:
    ben, aki = number_of("ベン"), number_of("髙橋 亜紀")
    page = page_of(manager, step="search", search="高橋", staff=[ben])
    shown = ticks(page)
    assert shown[ben] is True
    assert shown.get(aki) in {False, None}
    page = page_of(manager, step="search", search="べん", staff=[])
    assert ticks(page)[ben] is False
    assert marked() == []


def test_a_search_that_finds_nobody_says_so(unanswered: CommunityRow, manager: Client) -> None:
    assert "Nobody else has such a name." in page_of(manager, step="search", search="zzz")


def test_a_mail_domain_proposes_its_people(unanswered: CommunityRow, manager: Client) -> None:
    HandleRow.objects.filter(person__name="ベン").update(email="ben@host.example")
    page = page_of(manager, step="search", domains="@host.example", search="")
    assert number_of("ベン") in ticks(page)
    assert "has an address at host.example" in page


def test_the_answered_question_shows_what_was_answered(manager: Client, acting: Acting) -> None:
    answer(acting, [number_of("Emi")])
    page = page_of(manager)
    assert [number for number, on in ticks(page).items() if on] == [number_of("Emi")]
    assert "You have answered before" in page


@pytest.mark.parametrize("junk", ["x", "-1", "9" * 40, "²", ""])
def test_junk_in_the_form_marks_nobody(
    unanswered: CommunityRow, manager: Client, junk: str
) -> None:
    assert manager.post(STAFF, {"step": "answer", "staff": [junk]}).status_code == 302
    assert marked() == []


def test_names_stay_names(unanswered: CommunityRow, manager: Client) -> None:
    page = page_of(manager, step="search", search="script")
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page


def test_measures_say_that_staff_are_not_marked_yet(
    unanswered: CommunityRow, manager: Client
) -> None:
    asked = "Staff not marked yet"
    assert asked in manager.get("/yamabiko/measures/").content.decode()
    manager.post(STAFF, {"step": "nobody"})
    assert asked not in manager.get("/yamabiko/measures/").content.decode()


def test_three_proposals_cost_no_more_queries_than_one(
    unanswered: CommunityRow, manager: Client
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            page_of(manager)
        return len(asked)

    page_of(manager)  # everybody's addresses are read once
    before, proposed = queries(), len(admins())
    more = HandleRow.objects.filter(is_admin=False, is_bot=False)[:2]
    HandleRow.objects.filter(pk__in=[handle.pk for handle in more]).update(is_admin=True)
    assert len(admins()) == proposed + 2
    assert queries() == before


def test_before_anything_came_in_the_one_next_step_is_to_bring_it_in(manager: Client) -> None:
    CommunityRow.objects.update(version=None, staff_answered_at=None)
    page = page_of(manager)
    assert "Nothing has been brought in yet" in page
    assert 'class="btn" href="/yamabiko/sources/"' in page
    assert 'name="step"' not in page


def test_a_name_written_without_its_space_is_found(
    unanswered: CommunityRow, manager: Client
) -> None:
    page = page_of(manager, step="search", search="髙橋亜紀")
    assert number_of("髙橋 亜紀") in ticks(page)
