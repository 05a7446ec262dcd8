"""The stakeholders' pages: the map with its table, talks, deliveries, decisions."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jibungoto.desk.acting import Acting, administrator
from jibungoto.desk.days import today_in
from jibungoto.desk.house.begin import Beginning, begin
from jibungoto.desk.sustain.deliveries import Sent, decide, deliver
from jibungoto.desk.sustain.stakeholders import (
    ContactWish,
    StakeholderWish,
    keep_stakeholder,
    note_contact,
)
from jibungoto.ledger.words import Words
from jibungoto.records.models import ContactKind, ContactRow, DeliveryRow, StakeholderRow
from jibungoto.sustain.askers import AskerKind, Interest
from tests.desk.sustain.written import ago, aoi
from tests.web.test_team import MARKUP, file_of, shown

PLACE = "/yamabiko/stakeholders/"
FIELDS = {
    "name": "Aoi",
    "department": "Finance",
    "kind": "cfo",
    "interest": "cost",
    "influence": "3",
    "stance": "-1",
    "question_ja": "",
    "question_en": "What if we stop?",
}


def test_an_empty_map_asks_for_the_first(manager: Client) -> None:
    page = shown(manager, PLACE)
    assert "Whose word weighs?" in page
    assert f'class="btn" href="{PLACE}new/"' in page


def test_somebody_is_put_on_the_map_and_the_map_has_its_table(manager: Client) -> None:
    assert manager.post(f"{PLACE}new/", FIELDS).headers["Location"] == PLACE
    page = shown(manager, PLACE)
    assert "1 person asks about the community." in page
    assert "Their word weighs, and they are not convinced: Aoi." in page
    assert page.count('class="mark"') == 1
    row = '<th scope="row">1. Aoi</th><td class="number">decides</td><td class="number">doubtful'
    assert row in page
    assert "What if we stop?" in page
    assert "a single ROI number" in page


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("name", ""), ("kind", "king"), ("influence", "9"), ("stance", "x"), ("interest", "")],
)
def test_what_does_not_fit_stays_in_the_form(manager: Client, field: str, wrong: str) -> None:
    answered = manager.post(f"{PLACE}new/", FIELDS | {field: wrong})
    assert answered.status_code == 422
    assert 'value="What if we stop?"' in answered.content.decode()
    assert StakeholderRow.objects.count() == 0


def test_a_stakeholder_is_edited_and_taken_off(manager: Client, acting: Acting) -> None:
    number = aoi(acting)
    place = f"{PLACE}{number}/"
    assert manager.post(place, FIELDS | {"supervisor": "yes"}).headers["Location"] == place
    row = StakeholderRow.objects.get()
    assert (row.influence, row.stance, row.is_supervisor) == (3, -1, True)
    assert manager.post(place, {"answer": "drop"}).headers["Location"] == PLACE
    assert StakeholderRow.objects.count() == 0


def test_a_talk_is_noted_and_taken_back(manager: Client, acting: Acting) -> None:
    number = aoi(acting)
    sent = {
        "stakeholder": str(number),
        "kind": "meeting",
        "day": ago(acting, 2).isoformat(),
        "minutes": "30",
        "outcome": "Agreed",
        "next_step": "Send it",
        "decision": "Go on",
    }
    assert manager.post(f"{PLACE}contact/", sent).headers["Location"] == f"{PLACE}{number}/"
    page = shown(manager, f"{PLACE}{number}/")
    assert "30 minutes" in page and "next: Send it" in page and "decided: Go on" in page
    assert "Go on" in shown(manager, PLACE)
    manager.post(f"{PLACE}contacts/{ContactRow.objects.get().pk}/drop/")
    assert ContactRow.objects.count() == 0


def test_a_talk_with_a_peer_leads_back_to_the_map(manager: Client) -> None:
    answered = manager.post(f"{PLACE}contact/", {"peer": "Ken", "kind": "talk", "day": ""})
    assert answered.headers["Location"] == PLACE
    assert "Ken" in shown(manager, PLACE)


def test_a_talk_that_does_not_fit_is_not_noted(manager: Client, acting: Acting) -> None:
    tomorrow = (today_in(acting) + timedelta(days=1)).isoformat()
    number = str(aoi(acting))
    for wrong in ({"day": tomorrow}, {"day": "x"}, {"kind": "song"}, {"minutes": "-1"}):
        sent = {"stakeholder": number, "kind": "talk", "day": ""} | wrong
        assert manager.post(f"{PLACE}contact/", sent).status_code == 302
    assert manager.post(f"{PLACE}contact/", {"kind": "talk"}).status_code == 302
    assert ContactRow.objects.count() == 0


def test_a_delivery_is_noted_opened_answered_and_decided_on(
    manager: Client, acting: Acting
) -> None:
    number = aoi(acting)
    manager.post(f"{PLACE}{number}/deliver/", {"title": "One page", "day": ""})
    row = DeliveryRow.objects.get()
    place = f"{PLACE}deliveries/{row.pk}/"
    assert "not opened yet, as far as known" in shown(manager, f"{PLACE}{number}/")
    manager.post(place, {"answer": "opened"})
    manager.post(place, {"answer": "replied"})
    manager.post(place, {"answer": "decided", "decision": "A budget for spring"})
    row.refresh_from_db()
    today = today_in(acting)
    assert (row.opened, row.replied, row.decided) == (today, today, today)
    assert "A budget for spring" in shown(manager, PLACE)
    assert manager.post(place, {"answer": "burnt"}).status_code == 404
    manager.post(place, {"answer": "drop"})
    assert DeliveryRow.objects.count() == 0


def test_nothing_of_another_community_is_reached_by_its_number(manager: Client) -> None:
    elsewhere = administrator(begin(Beginning("Elsewhere", slug="elsewhere")))
    whom = aoi(elsewhere)
    talk = note_contact(
        elsewhere, ContactWish(ago(elsewhere, 1), ContactKind.TALK, stakeholder=whom)
    )
    row = deliver(elsewhere, Sent("b", "October", whom, ago(elsewhere, 1)))
    tries = [
        (f"{PLACE}{whom}/", FIELDS),
        (f"{PLACE}{whom}/", {"answer": "drop"}),
        (f"{PLACE}{whom}/deliver/", {"title": "Mine"}),
        (f"{PLACE}contact/", {"stakeholder": str(whom), "kind": "talk"}),
        (f"{PLACE}contacts/{talk.pk}/drop/", {}),
        (f"{PLACE}deliveries/{row.pk}/", {"answer": "opened"}),
        (f"{PLACE}deliveries/{row.pk}/", {"answer": "drop"}),
    ]
    assert {manager.post(place, sent).status_code for place, sent in tries} == {404}
    assert manager.get(f"{PLACE}{whom}/").status_code == 404
    assert (StakeholderRow.objects.get().name, DeliveryRow.objects.get().opened) == ("Aoi", None)
    assert ContactRow.objects.count() == 1


def test_what_people_write_stays_text(manager: Client, acting: Acting) -> None:
    wish = StakeholderWish(
        MARKUP,
        AskerKind.CEO,
        Interest.RISK,
        influence=3,
        stance=-2,
        department=MARKUP,
        question=Words(MARKUP, MARKUP),
    )
    number = keep_stakeholder(acting, wish).pk
    note_contact(
        acting,
        ContactWish(
            ago(acting, 1),
            ContactKind.TALK,
            stakeholder=number,
            outcome=MARKUP,
            next_step=MARKUP,
            decision=MARKUP,
        ),
    )
    note_contact(acting, ContactWish(ago(acting, 1), ContactKind.TALK, peer=MARKUP))
    row = deliver(acting, Sent("b", MARKUP, number, ago(acting, 1)))
    decide(acting, row.pk, decision=MARKUP, day=ago(acting, 0))
    for place in (PLACE, f"{PLACE}{number}/"):
        page = shown(manager, place)
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_many_in_one_field_of_the_map_are_all_drawn(manager: Client, acting: Acting) -> None:
    for _one in range(5):
        aoi(acting)
    page = shown(manager, PLACE)
    assert page.count('class="mark"') == 5


def test_three_stakeholders_cost_no_more_queries_than_one(manager: Client, acting: Acting) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            shown(manager, PLACE)
        return len(asked)

    def one_more() -> None:
        number = aoi(acting)
        note_contact(
            acting,
            ContactWish(ago(acting, 1), ContactKind.TALK, stakeholder=number, decision="Yes"),
        )
        deliver(acting, Sent("b", "October", number, ago(acting, 1)))

    one_more()
    before = queries()
    one_more()
    one_more()
    assert queries() == before


def test_the_map_is_a_file_too(manager: Client, acting: Acting) -> None:
    aoi(acting)
    lines = file_of(manager, PLACE, ending="csv").decode().splitlines()
    assert lines[1].startswith("Aoi,,CFO,sways decisions,not known yet,cost,")
