"""A plan that is decided on: in force, agreed to, counted, looked back at, carried out and in."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jibungoto.desk.acting import Acting, administrator
from jibungoto.desk.days import today_in
from jibungoto.desk.house.begin import Beginning, begin
from jibungoto.desk.plan.begin import new
from jibungoto.plan.text import Text
from jibungoto.records.models import PlanRow, PlanVersionRow
from tests.web.plan_writing import (
    PLANS,
    TODAY,
    V0,
    begun,
    fields,
    get,
    held,
    in_force,
    texts,
    write,
)


@pytest.fixture
def draft(manager: Client) -> str:
    """Return the address at which a new plan is written."""
    return begun(manager)


def test_a_plan_with_errors_does_not_go_in_force(manager: Client, draft: str) -> None:
    page = manager.post(f"{PLANS}starts/decide/", {"step": "force"}, follow=True).content.decode()
    assert "It is not in force yet." in page
    assert PlanVersionRow.objects.get().state == "draft"


def test_in_force_it_is_read_and_its_next_version_is_written(
    manager: Client, acting: Acting, draft: str
) -> None:
    in_force(manager, draft)
    assert manager.get(draft).headers["Location"] == f"{PLANS}starts/?version=1"
    page = get(manager, f"{PLANS}starts/")
    assert "Version 1 is in force since" in page
    assert "from 1 person to at least 3 people by" in texts(page)
    manager.post(f"{PLANS}starts/decide/", {"step": "revise"})
    write(manager, f"{PLANS}starts/2/edit/", {"title": "Second"})
    page = get(manager, f"{PLANS}starts/2/changes/")
    assert "What changed from version 1 to version 2." in page and "<ins>Second</ins>" in page
    assert held(acting, number=1).title.en == "More who start"


def test_the_scorecard_says_how_it_stands_in_words(manager: Client, draft: str) -> None:
    in_force(manager, draft)
    page = get(manager, f"{PLANS}starts/score/")
    assert re.search(r"\d of 1 victory condition is on track\.", page)
    assert "From activity to outcome" in page and re.search(r"1[12]\d days", texts(page))


def test_somebody_agrees_and_it_is_noted(manager: Client, draft: str) -> None:
    in_force(manager, draft)
    sent = {"step": "acknowledge", "stakeholder": "Hana <b>", "influence": "3", "comment": "Go"}
    page = manager.post(f"{PLANS}starts/decide/", sent, follow=True).content.decode()
    assert "Hana &lt;b&gt;" in page and "Noted." in page
    sent = {"step": "acknowledge", "stakeholder": "", "influence": "9"}
    page = manager.post(f"{PLANS}starts/decide/", sent, follow=True).content.decode()
    assert "It is not said who agrees." in page


def test_a_review_is_kept_and_an_end_needs_verdict_and_lesson(manager: Client, draft: str) -> None:
    in_force(manager, draft)
    review = f"{PLANS}starts/review/"
    page = manager.post(review, {"step": "review", "seen": " "}).content.decode()
    assert "The review is empty." in page
    manager.post(review, {"step": "review", "seen": "Two new", "decided": "Go on"})
    page = get(manager, review)
    assert "Two new" in page and "Go on" in page
    page = manager.post(review, {"step": "close", "lesson": "Ask by name"}).content.decode()
    assert "No verdict is chosen." in page and "Ask by name" in page
    page = manager.post(review, {"step": "close", "outcome": "won"}).content.decode()
    assert "Nothing is written of what you learnt." in page
    manager.post(review, {"step": "close", "outcome": "won", "lesson": "Ask by name"})
    page = get(manager, review)
    assert "How it ended" in page and "Ask by name" in page
    copied = manager.post(f"{PLANS}starts/decide/", {"step": "copy"})
    assert re.fullmatch(rf"{PLANS}\S+/1/edit/", copied.headers["Location"])


def test_a_plan_goes_out_as_yaml_and_comes_in_again(manager: Client, draft: str) -> None:
    write(manager, draft)
    content = manager.get(f"{PLANS}starts.yaml")
    assert content.headers["Content-Type"] == "application/yaml; charset=utf-8"
    file = SimpleUploadedFile("plan.yaml", content.content)
    begun = manager.post(PLANS, {"step": "file", "file": file})
    assert "They can solve it at home" in get(manager, begun.headers["Location"])


@pytest.mark.parametrize("content", [b"titel: x", b"\xff\xfe", b"- 1", b"title: [", b""])
def test_a_file_that_is_no_plan_says_why(manager: Client, content: bytes) -> None:
    file = SimpleUploadedFile("plan.yaml", content or b"\x00")
    page = manager.post(PLANS, {"step": "file", "file": file}).content.decode()
    assert 'data-kind="error"' in page and not PlanRow.objects.exists()


def test_the_calendar_is_read_by_whoever_knows_its_address(manager: Client, draft: str) -> None:
    in_force(manager, draft)
    page = get(manager, f"{PLANS}starts/")
    address = re.search(r"(/calendar/\S+\.ics)", page)
    assert address
    anybody = Client()
    answer = anybody.get(address[1])
    assert answer.status_code == 200 and b"BEGIN:VEVENT" in answer.content
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    manager.post(f"{PLANS}starts/decide/", {"step": "renew"})
    assert anybody.get(address[1]).status_code == 404
    assert anybody.get("/calendar/x.ics").status_code == 404


def test_what_is_counted_by_hand_is_noted_on_the_scorecard(
    manager: Client, acting: Acting, draft: str
) -> None:
    by_hand = {
        f"{V0}.measure": "",
        f"{V0}.by_hand.name": "Cases told",
        f"{V0}.by_hand.who": "Hana",
        f"{V0}.by_hand.every_days": "30",
        f"{V0}.unit": "outputs",
    }
    page = write(manager, draft, by_hand)
    assert held(acting).objective.victory[0].measure == "by-hand-cases-told", texts(page)
    sent = {"step": "count", "victory": "victory-1", "value": "2", "day": TODAY.isoformat()}
    page = manager.post(f"{PLANS}starts/decide/", sent, follow=True).content.decode()
    assert "Noted." in page and "2 outputs" in texts(page)
    sent["value"] = "two"
    page = manager.post(f"{PLANS}starts/decide/", sent, follow=True).content.decode()
    assert "This is no number." in page


def test_a_draft_is_thrown_away(manager: Client, draft: str) -> None:
    manager.post(f"{PLANS}starts/decide/", {"step": "drop", "version": "1"})
    assert "There is no plan yet." in get(manager, PLANS)
    assert manager.get(f"{PLANS}starts/").status_code == 404


@pytest.mark.parametrize(
    "place",
    ["", "score/", "review/", "decide/", "9/edit/", "9/changes/", "?version=9"],
)
def test_a_plan_stays_in_its_community(manager: Client, place: str) -> None:
    other = administrator(begin(Beginning("Elsewhere", slug="elsewhere")))
    key = new(other, Text(en="Theirs", ja="Theirs")).row.plan.key
    ask = manager.post if place == "decide/" else manager.get
    assert ask(f"{PLANS}{key}/{place}", {}).status_code == 404
    assert manager.get(f"{PLANS}{key}.yaml").status_code == 404
    assert "Theirs" not in get(manager, PLANS)


@pytest.mark.parametrize("step", ["", "x", "add:", "add:x", "remove:", "remove:how[99]", "idea"])
def test_a_button_that_is_none_of_ours_does_nothing(
    manager: Client, acting: Acting, draft: str, step: str
) -> None:
    before = held(acting)
    answer = manager.post(draft, {**fields(get(manager, draft)), "step": step})
    assert answer.status_code == 302 and held(acting) == before
    assert manager.post(f"{PLANS}starts/decide/", {"step": step}).status_code == 302


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (31, None),
        (30, "“Starters” is due in 30 days."),
        (0, "“Starters” is due today."),
        (-1, "“Starters” is past its due date. Look back, and note how it ended."),
    ],
)
def test_the_next_due_victory_condition_stands_on_today(
    manager: Client, acting: Acting, draft: str, days: int, said: str | None
) -> None:
    in_force(manager, draft)
    row = PlanVersionRow.objects.get()
    due = today_in(acting) + timedelta(days=days)
    row.value["objective"]["victory"][0]["due"] = due.isoformat()
    row.save()
    page = unescape(get(manager, "/yamabiko/today/"))
    assert ("The plan “More who start”" in page) is (said is not None)
    assert said is None or said in page


@pytest.mark.parametrize(("ending", "begins"), [("pdf", b"%PDF"), ("pptx", b"PK")])
def test_a_plan_is_handed_over_on_one_page(
    manager: Client, draft: str, ending: str, begins: bytes
) -> None:
    write(manager, draft)
    answer = manager.get(f"{PLANS}starts.{ending}?version=1")
    assert answer.status_code == 200 and answer.content.startswith(begins)
    assert f"yamabiko-starts-1.{ending}" in answer.headers["Content-Disposition"]
    assert manager.get(f"{PLANS}starts.exe").status_code == 404
