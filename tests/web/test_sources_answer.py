"""What only a person can say of a file: asked on its page, answered there, corrected there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jibungoto.desk.gather.undo import undo_next
from jibungoto.records.models import IntakeRow
from tests.desk.gather.lists import TABLE, participants
from tests.web.test_sources import SOURCES, dropped, no_heartbeat, read_all, shown, told

__all__ = ["no_heartbeat"]

NAME = "event_4410_participants.csv"
SPRING = {"name": "connpass:4410", "day": "2026-04-19", "time": "19:00"}


@pytest.fixture
def listed(tmp_path: Path) -> bytes:
    """Return a list of participants as it is uploaded."""
    return participants(tmp_path).read_bytes()


def waiting(client: Client, content: bytes, name: str) -> IntakeRow:
    dropped(client, content, name)
    return read_all()


def answered(client: Client, number: int, sent: Mapping[str, object]) -> tuple[int, str]:
    answer = client.post(f"{SOURCES}{number}/answer/", sent, follow=True)
    return answer.status_code, told(answer.content.decode())


def fields(page: str, name: str) -> list[str]:
    return re.findall(rf'name="{name}" value="([^"]*)"', page)


def test_a_file_that_waits_is_named_on_top_and_leads_to_its_question(
    manager: Client, listed: bytes
) -> None:
    number = waiting(manager, listed, NAME).number
    page = shown(manager)
    assert "1 file waits for a word from you" in told(page)
    assert f'href="{SOURCES}{number}/#answer"' in page
    page = shown(manager, f"{SOURCES}{number}/")
    assert "Which event is it of?" in page and "waits for you" in page
    assert fields(page, "name") == ["connpass:4410"]
    assert "--event" not in page


def test_a_name_a_day_and_a_time_bring_it_in(manager: Client, listed: bytes) -> None:
    asked = waiting(manager, listed, NAME)
    status, words = answered(manager, asked.number, SPRING)
    assert (status, f"{NAME} is read again with what you said." in words) == (200, True)
    assert (read_all().state, Path(asked.path).exists()) == ("in", False)
    page = shown(manager, f"{SOURCES}{asked.number}/")
    assert "You answered, and it was read again" in page and 'id="answer"' not in page


def test_a_known_event_is_chosen_from_a_list(manager: Client, listed: bytes) -> None:
    answered(manager, waiting(manager, listed, NAME).number, SPRING)
    read_all()
    asked = waiting(manager, listed.replace(b"hana", b"yui"), "someone.csv")
    page = shown(manager, f"{SOURCES}{asked.number}/")
    offered = re.findall(r'<option value="([^"]*)"', page)
    assert offered == ["", "connpass:4410"]
    assert "19 April 2026 19:00  connpass:4410" in page
    answered(manager, asked.number, {"event": "connpass:4410", "name": "", "day": "", "time": ""})
    assert (read_all().state, IntakeRow.objects.filter(asked="event").count()) == ("in", 0)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Nothing was said of it."),
        ({"name": "春の会", "day": "", "time": ""}, "No event “春の会” is known yet."),
    ],
    ids=["nothing", "no-beginning"],
)
def test_an_answer_that_does_not_do_keeps_the_form_as_it_was(
    manager: Client, listed: bytes, sent: dict[str, object], words: str
) -> None:
    number = waiting(manager, listed, NAME).number
    answer = manager.post(f"{SOURCES}{number}/answer/", sent)
    page = answer.content.decode()
    assert (answer.status_code, words in told(page)) == (422, True)
    assert fields(page, "name") == [sent.get("name", "connpass:4410")]
    assert IntakeRow.objects.filter(state="waiting").count() == 0


def test_columns_are_asked_with_examples_and_what_they_seem_to_mean(manager: Client) -> None:
    asked = waiting(manager, TABLE.encode(), "list.csv")
    page = shown(manager, f"{SOURCES}{asked.number}/")
    assert "What do its columns mean?" in page
    assert fields(page, "heading") == ["開始", "いつ来たか", "だれ", "コメント"]
    assert fields(page, "was") == ["nothing", "when", "nothing", "text"]
    assert "森 花" in page and "2026-04-19 19:05" in page
    sent = {
        "heading": fields(page, "heading"),
        "was": fields(page, "was"),
        "meaning": ["nothing", "when", "nothing", "nothing"],
    }
    status, words = answered(manager, asked.number, sent)
    assert (status, "A time and a person are needed." in words) == (422, True)
    answered(manager, asked.number, sent | {"meaning": ["nothing", "when", "name", "text"]})
    done = read_all()
    assert (done.state, done.read, done.decided["columns"]["だれ"]) == ("in", 2, "name")


def test_tickets_of_a_file_that_is_in_are_corrected_with_the_file_dropped_again(
    manager: Client, listed: bytes
) -> None:
    answered(manager, waiting(manager, listed, NAME).number, SPRING)
    first = read_all()
    page = shown(manager, f"{SOURCES}{first.number}/")
    assert "How it was read" in page and 'name="file"' in page
    assert fields(page, "event_was") == ["connpass:4410"]
    assert (fields(page, "ticket"), fields(page, "mode_was")) == (
        ["ふつう枠", "現地枠"],
        ["", "venue"],
    )
    sent: dict[str, object] = {
        "corrects": "1",
        "event": "connpass:4410",
        "event_was": "connpass:4410",
        "ticket": ["ふつう枠", "現地枠"],
        "mode_was": ["", "venue"],
        "mode": ["online", "venue"],
    }
    status, words = answered(manager, first.number, sent)
    assert (status, "This file was deleted once it had been read." in words) == (422, True)
    answered(manager, first.number, sent | {"file": SimpleUploadedFile(NAME, listed)})
    again = read_all()
    assert (again.state, again.updated, again.new) == ("in", 1, 0)
    assert again.decided["modes"] == {"ふつう枠": "online"}
    assert not undo_next()


def test_another_event_takes_the_file_out_and_reads_it_again(
    manager: Client, listed: bytes
) -> None:
    answered(manager, waiting(manager, listed, NAME).number, SPRING)
    first = read_all()
    sent = {
        "corrects": "1",
        "event": "",
        "event_was": "connpass:4410",
        "name": "春の会",
        "day": "2026-04-20",
        "time": "10:00",
        "file": SimpleUploadedFile(NAME, listed),
    }
    answered(manager, first.number, sent)
    again = read_all()
    assert undo_next()
    first.refresh_from_db()
    assert (again.state, again.decided["event"]["name"], first.state) == ("in", "春の会", "undone")


def test_what_asks_nothing_shows_no_question(manager: Client) -> None:
    number = IntakeRow.objects.get().number
    assert 'id="answer"' not in shown(manager, f"{SOURCES}{number}/")


def test_what_to_bring_next_names_the_events_and_the_ways(manager: Client, listed: bytes) -> None:
    from jibungoto.desk.understand.refresh import refresh

    words = told(shown(manager))
    assert all(one in words for one in ("What to bring next", "No events yet", "No works yet"))
    intake = waiting(manager, listed, NAME)
    answered(manager, intake.number, SPRING)
    read_all()
    refresh(intake.community)
    page = shown(manager)
    assert "No events yet" not in page and "No works yet" in page
    assert f'href="{SOURCES}how/feed/"' in page
