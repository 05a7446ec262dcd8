"""Today answers whom to talk to, why, and takes the answer back."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from jibungoto.desk.acting import Acting
from jibungoto.desk.days import today_in
from jibungoto.desk.gather import queue
from jibungoto.desk.understand.today import today
from jibungoto.records.models import (
    AnswerRow,
    CommunityRow,
    IntakeState,
    PersonRow,
    TouchRow,
)

TODAY = "/yamabiko/today/"


def shown(client: Client, address: str = TODAY) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def waiting(page: str) -> list[str]:
    """Return the names on the cards, in their order."""
    return re.findall(r'<h2 id="person-\d+"><a href="[^"]+">([^<]+)</a>', page)


def number_of(name: str) -> int:
    return PersonRow.objects.get(name=name).number


def as_of_today(acting: Acting, *, days_ago: int = 0) -> None:
    """Let the kept answers be of a day so long ago."""
    day = today_in(acting) - timedelta(days=days_ago)
    AnswerRow.objects.update(as_of=day)


def test_each_reason_leads_to_one_person(manager: Client, acting: Acting) -> None:
    as_of_today(acting)
    page = shown(manager)
    assert "3 people are waiting for a word today" in page
    assert waiting(page) == ["チエ", "髙橋 亜紀", "ベン"]


def test_a_card_says_why_and_leads_to_the_rows(manager: Client) -> None:
    page = shown(manager)
    number = number_of("チエ")
    assert "Posted for the first time on 27 June 2026 in #welcome" in page
    assert f'href="/yamabiko/people/{number}/#why"' in page
    assert 'id="why"' in shown(manager, f"/yamabiko/people/{number}/")


def test_the_community_and_the_last_day_are_always_said(manager: Client) -> None:
    page = shown(manager)
    assert "<span>やまびこ</span>" in page
    assert '<time datetime="2026-06-30">30 June 2026</time>' in page


@pytest.mark.parametrize("kind", ["talked", "not_now"])
def test_who_was_answered_for_leaves_and_comes_back_when_it_is_undone(
    manager: Client, acting: Acting, kind: str
) -> None:
    number = number_of("ベン")
    address = f"/yamabiko/people/{number}/touch/"
    answer = manager.post(address, {"kind": kind, "back": "today"})
    assert (answer.status_code, answer.headers["Location"]) == (302, TODAY)
    page = shown(manager)
    assert waiting(page) == ["チエ", "髙橋 亜紀"]
    assert "Noted today" in page
    day = today_in(acting).isoformat()
    assert f'name="day" value="{day}"' in page
    manager.post(address, {"kind": kind, "undo": "1", "day": day, "back": "today"})
    page = shown(manager)
    assert waiting(page) == ["チエ", "髙橋 亜紀", "ベン"]
    assert "Noted today" not in page


def test_answering_twice_notes_once(manager: Client) -> None:
    address = f"/yamabiko/people/{number_of('ベン')}/touch/"
    for _again in range(2):
        manager.post(address, {"kind": "talked"})
    assert TouchRow.objects.count() == 1


def test_records_that_end_long_ago_speak_of_then_and_ask_for_newer_ones(
    manager: Client, acting: Acting
) -> None:
    as_of_today(acting, days_ago=20)
    page = shown(manager)
    assert "3 people are waiting for a word, as of" in page and "word today" not in page
    assert "What changed in the last week of the records" in page
    assert "These records end 20 days ago" in page and "(20 days ago)" in page
    assert 'href="/yamabiko/sources/">Bring in a newer export</a>' in page
    AnswerRow.objects.get().suggestions.all().delete()
    page = shown(manager)
    assert "Nobody is waiting, as of" in page and "A day for whatever you like" not in page


def test_records_of_the_last_two_weeks_speak_of_today(manager: Client, acting: Acting) -> None:
    as_of_today(acting, days_ago=14)
    page = shown(manager)
    assert "3 people are waiting for a word today" in page
    assert "These records end" not in page and "days ago)" not in page


def test_when_all_are_answered_for_the_page_says_so(manager: Client, acting: Acting) -> None:
    as_of_today(acting)
    for name in ("チエ", "髙橋 亜紀", "ベン"):
        manager.post(f"/yamabiko/people/{number_of(name)}/touch/", {"kind": "talked"})
    page = shown(manager)
    assert "Nobody is waiting today" in page
    assert "Whoever there was a reason to turn to has been talked to, or put off." in page


def test_what_the_sources_cannot_tell_is_said_where_nobody_waits(
    manager: Client, acting: Acting
) -> None:
    answer = AnswerRow.objects.get()
    answer.suggestions.all().delete()
    answer.limits = [{"ja": "分かりません。", "en": "It has no threads."}]
    answer.save()
    assert "It has no threads." in shown(manager)
    assert today(acting).suggestions == ()


def test_moves_of_the_week_are_shown_with_both_stages(manager: Client) -> None:
    assert re.search(
        r"髙橋 亜紀</a>\s*<span class=\"move-steps\">Speaking .*Starting", shown(manager), re.DOTALL
    )


def test_an_open_question_about_staff_is_a_decision(
    manager: Client, community: CommunityRow
) -> None:
    assert "Nothing waits for you." in shown(manager)
    CommunityRow.objects.filter(pk=community.pk).update(staff_answered_at=None)
    page = shown(manager)
    assert "Until you answer, the numbers include staff." in page
    assert 'href="/yamabiko/staff/"' in page


def test_before_any_file_the_one_next_step_is_said(
    manager: Client, community: CommunityRow
) -> None:
    AnswerRow.objects.all().delete()
    CommunityRow.objects.filter(pk=community.pk).update(version=None)
    page = shown(manager)
    assert "Nothing has been brought in yet" in page
    assert 'class="btn" href="/yamabiko/sources/"' in page


def test_while_the_first_file_is_read_the_page_shows_how_far_it_is(
    manager: Client, acting: Acting
) -> None:
    AnswerRow.objects.all().delete()
    row = queue.receive(acting, "export.zip", chunks=[b"x"])
    assert "Opening export.zip" in shown(manager)
    row.state, row.entries_done, row.entries_total = IntakeState.READING, 30, 120
    row.save()
    page = shown(manager)
    assert "Reading export.zip" in page
    assert 'max="100" value="25"' in page


def test_between_reading_and_the_first_answer_the_page_says_it_is_counting(manager: Client) -> None:
    AnswerRow.objects.all().delete()
    assert "Working out who stands where" in shown(manager)


def test_a_later_file_on_its_way_is_said_beside_what_is_known(
    manager: Client, acting: Acting
) -> None:
    queue.receive(acting, "later.zip", chunks=[b"x"])
    page = shown(manager)
    assert "A file is being read" in page
    assert len(waiting(page)) == 3


@pytest.mark.parametrize(
    "told",
    [{}, {"kind": "praised"}, {"kind": "talked", "undo": "1"}],
    ids=["nothing", "an unknown answer", "an undo without its day"],
)
def test_an_answer_that_makes_no_sense_changes_nothing(
    manager: Client, told: dict[str, str]
) -> None:
    address = f"/yamabiko/people/{number_of('ベン')}/touch/"
    assert manager.post(address, told).status_code == 404
    assert TouchRow.objects.count() == 0


def test_an_answer_takes_a_form(manager: Client) -> None:
    assert manager.get(f"/yamabiko/people/{number_of('ベン')}/touch/").status_code == 405
