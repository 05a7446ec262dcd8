"""One person: where they stand and why, their story, and what the team noted."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from jibungoto.desk.acting import Acting
from jibungoto.desk.days import today_in
from jibungoto.engine import relations
from jibungoto.records.models import HandleRow, PersonRow, StandingRow, SuggestionRow
from tests.web.small_export import HOSTILE


def page_of(client: Client, name: str, asked: str = "") -> str:
    number = PersonRow.objects.get(name=name).number
    answer = client.get(f"/yamabiko/people/{number}/{asked}")
    assert answer.status_code == 200
    return answer.content.decode()


def section(page: str, name: str) -> str:
    """Return the text of a card."""
    found = re.search(
        rf'<section class="card" id="{name}">(.*?)</section>\s*</section>', page, re.S
    )
    assert found
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split())


def test_the_stage_is_said_with_its_rule_and_its_rows(manager: Client) -> None:
    text = section(page_of(manager, "髙橋 亜紀"), "evidence")
    assert text.startswith(
        "Where they stand, and why Starting : in the last 365 days started something that 2 or "
        "more others joined in within 30 days."
    )
    assert "23 June 2026 Start #maps" in text
    assert "Reply #maps by Emi" in text
    assert "Reply #maps by ふみ" in text


def test_every_row_has_an_anchor_of_its_own(manager: Client) -> None:
    page = page_of(manager, "髙橋 亜紀")
    anchors = re.findall(r'<li id="((?:why|evidence|lately)-row-[0-9a-f]{12})">', page)
    assert len(anchors) == len(set(anchors)) > 5
    assert all(f'href="#{anchor}"' in page for anchor in anchors)


def test_a_reaction_says_that_its_day_is_only_the_earliest(manager: Client) -> None:
    assert "21 June 2026 or after Reaction #questions" in section(
        page_of(manager, "ふみ"), "lately"
    )


def test_the_story_has_a_row_for_each_kind_of_act(manager: Client) -> None:
    page = page_of(manager, "ベン")
    assert "Seen on 8 days, the last on 27 April 2026." in page
    assert re.search(r'<circle class="dot kind-reply"', page)
    assert not re.search(r'<circle class="dot kind-join"', page)


def test_who_has_not_acted_has_no_picture_and_no_rows(manager: Client) -> None:
    page = page_of(manager, HOSTILE)
    assert "There is no row to show" in page
    assert "<figure" not in page and "source by source" in page
    assert HOSTILE not in page


def test_the_day_of_joining_is_exact_or_said_to_be_the_latest(manager: Client) -> None:
    number = PersonRow.objects.get(name="チエ").number
    assert "25 June 2026" in section_of_facts(page_of(manager, "チエ"))
    StandingRow.objects.filter(person__number=number).update(joined_exact=False)
    assert "not later than 25 June 2026" in section_of_facts(page_of(manager, "チエ"))
    StandingRow.objects.filter(person__number=number).update(joined_day=None)
    assert "not known" in section_of_facts(page_of(manager, "チエ"))


def section_of_facts(page: str) -> str:
    found = re.search(r'<dl class="facts">(.*?)</dl>', page, re.S)
    assert found
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split())


def test_what_cannot_be_told_is_said_with_its_reason(manager: Client) -> None:
    standing = StandingRow.objects.get(person__name="Emi")
    standing.unknown, standing.is_at_least = ["help"], True
    standing.save()
    page = page_of(manager, "Emi")
    assert "This export does not link replies to threads" in page
    assert "this reads: at least this stage" in page
    assert "Speaking or higher" in page


def test_staff_have_no_stage(manager: Client) -> None:
    page = page_of(manager, "花")
    assert "The ladder is for members" in page
    assert "I talked to them" not in page


def test_names_are_shown_by_source_with_what_the_source_says(manager: Client) -> None:
    HandleRow.objects.filter(person__name="Emi").update(is_guest=True, name="Emi Suzuki")
    text = section(page_of(manager, "Emi"), "sources-of")
    assert text.endswith("Their names, source by source Slack Emi Emi Suzuki guest")


def test_a_note_is_private_to_the_team_and_can_be_taken_back(
    manager: Client, acting: Acting
) -> None:
    number = PersonRow.objects.get(name="Emi").number
    answer = manager.post(f"/yamabiko/people/{number}/touch/", {"kind": "talked"})
    assert answer.headers["Location"] == f"/yamabiko/people/{number}/"
    assert "talked to" in section(page_of(manager, "Emi"), "notes")
    day = today_in(acting).isoformat()
    manager.post(f"/yamabiko/people/{number}/touch/", {"kind": "talked", "undo": "1", "day": day})
    assert "Nothing noted yet." in section(page_of(manager, "Emi"), "notes")


def test_long_ago_is_a_page_of_its_own(manager: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jibungoto.web.pages.person.A_PAGE", 5)
    first = page_of(manager, "髙橋 亜紀")
    second = page_of(manager, "髙橋 亜紀", "?page=2")
    assert "1–5 of" in first and "6–10 of" in second
    rows = [re.findall(r'id="(lately-[^"]+)"', page) for page in (first, second)]
    assert len(rows[0]) == len(rows[1]) == 5
    assert set(rows[0]).isdisjoint(rows[1])


@pytest.mark.parametrize("asked", ["?page=99", "?page=0", "?page=-1", "?page=x", "?page=9999999"])
def test_beyond_the_last_page_there_is_nothing(manager: Client, asked: str) -> None:
    number = PersonRow.objects.get(name="Emi").number
    assert manager.get(f"/yamabiko/people/{number}/{asked}").status_code == 404


def test_a_number_nobody_has_leads_nowhere(manager: Client) -> None:
    assert manager.get("/yamabiko/people/4711/").status_code == 404
    assert manager.post("/yamabiko/people/4711/touch/", {"kind": "talked"}).status_code == 404


def test_a_page_with_reasons_and_rows_opens_the_log_once_at_most(
    manager: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    real = relations.connect

    def counted(*given: Any, **named: Any) -> Any:
        opened.append("log")
        return real(*given, **named)

    page_of(manager, "ベン")
    monkeypatch.setattr(relations, "connect", counted)
    page = page_of(manager, "ベン")
    reasons = SuggestionRow.objects.filter(person__name="ベン").count()
    assert (page.count('<p class="why">'), reasons > 0) == (reasons, True)
    assert 'id="why-row-' in page and 'id="evidence-row-' in page and 'id="lately-row-' in page
    assert len(opened) <= 1  # none, where it is held open


@pytest.mark.parametrize(
    ("language", "day"), [("ja", "2026年6月25日"), ("en", "25 June 2026")], ids=["ja", "en"]
)
def test_a_day_is_written_one_way_in_each_language(
    manager: Client, language: str, day: str
) -> None:
    manager.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    page = page_of(manager, "チエ")
    assert f'<time datetime="2026-06-25">{day}</time>' in page
    written = set(re.findall(r"<time[^>]*>([^<]+)</time>", page))
    shape = r"\d{4}年\d{1,2}月\d{1,2}日" if language == "ja" else r"\d{1,2} [A-Z][a-z]+ \d{4}"
    assert [one for one in written if not re.fullmatch(shape, one)] == []
