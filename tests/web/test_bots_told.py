"""Suspected bots: confirmed where staff are marked, and told until then."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from jibungoto.desk.acting import Acting
from jibungoto.desk.people.bots import suspects
from jibungoto.records.models import CommunityRow, HandleRow

STAFF, MEASURES, SOURCES = "/yamabiko/staff/", "/yamabiko/measures/", "/yamabiko/sources/"


@pytest.fixture
def robots(community: CommunityRow) -> None:
    """Let the source take two people for bots."""
    HandleRow.objects.filter(person__name__in=["Emi", "ふみ"]).update(is_bot=True)


def told(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split()))


@pytest.mark.parametrize("address", [MEASURES, f"{MEASURES}active/", SOURCES])
def test_the_share_of_unconfirmed_suspects_is_told(
    manager: Client, robots: None, address: str
) -> None:
    words = told(manager, address)
    assert "2 accounts look like bots Nobody has confirmed it yet." in words
    assert re.search(r"of all acts they did \d+ of \d+ \(\d+%\)\.", words)


@pytest.mark.parametrize("address", [MEASURES, f"{MEASURES}active/", SOURCES])
def test_without_suspects_nothing_is_told(manager: Client, address: str) -> None:
    assert "look like bots" not in told(manager, address)


def test_a_person_confirms_and_denies_on_the_page_of_staff(
    manager: Client, acting: Acting, robots: None
) -> None:
    emi, fumi = (one.number for one in suspects(acting))
    assert "not confirmed yet" in told(manager, STAFF)
    answer = manager.post(STAFF, {"step": "bots", "asked": [emi, fumi], "bot": [fumi]})
    assert answer.headers["Location"] == STAFF
    assert [(one.name, one.is_bot) for one in suspects(acting)] == [("Emi", False), ("ふみ", True)]
    words = told(manager, STAFF)
    assert "counted as a member" in words and "confirmed as a bot" in words
    assert "look like bots" not in told(manager, MEASURES)


def test_without_suspects_nothing_is_asked(manager: Client) -> None:
    assert "Which of these are bots?" not in told(manager, STAFF)


def test_who_is_known_by_a_name_alone_is_told_as_such(manager: Client) -> None:
    handle = HandleRow.objects.get(person__name="Emi")
    page = f"/yamabiko/people/{handle.person.number}/"
    assert "without an id" not in told(manager, page)
    HandleRow.objects.filter(pk=handle.pk).update(outside_id="username:Emi")
    assert "known by this name alone, without an id" in told(manager, page)
