"""Where many events are known, the one a file is of is looked up, without any script."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client

from jibungoto.desk.acting import Acting
from jibungoto.desk.gather.answer import events_to_choose
from jibungoto.records.models import CommunityRow, InitiativeRow, IntakeRow
from jibungoto.web.intake_questions import OFFERED
from tests.desk.gather.lists import participants
from tests.web.test_sources import SOURCES, dropped, no_heartbeat, read_all, shown, told

__all__ = ["no_heartbeat"]

MANY = 1_123
FIRST = datetime(2019, 4, 1, 10, tzinfo=UTC)


@pytest.fixture
def known(community: CommunityRow) -> CommunityRow:
    """Return a community that knows of a thousand events."""
    InitiativeRow.objects.bulk_create(
        InitiativeRow(
            community=community,
            key=f"meetup:{number}",
            source="meetup",
            kind="event",
            name=f"Evening {number}" if number != 7 else "髙知の Night",
            starts_at=FIRST + timedelta(days=number),
        )
        for number in range(MANY)
    )
    return community


def waiting(client: Client, tmp_path: Path) -> IntakeRow:
    dropped(client, participants(tmp_path).read_bytes(), "someone.csv")
    return read_all()


def offered(page: str) -> list[str]:
    return [value for value in re.findall(r'<option value="([^"]*)"', page) if value]


def test_the_newest_are_offered_and_the_others_are_looked_up(
    known: CommunityRow, manager: Client, tmp_path: Path
) -> None:
    number = waiting(manager, tmp_path).number
    page = shown(manager, f"{SOURCES}{number}/")
    newest = [f"meetup:{MANY - 1 - at}" for at in range(OFFERED)]
    assert offered(page) == newest
    assert f"The newest {OFFERED} are in the list below." in told(page)
    assert '<input class="input" type="search" id="find" name="find"' in page
    assert offered(shown(manager, f"{SOURCES}{number}/?find=nothing+such")) == []
    page = shown(manager, f"{SOURCES}{number}/?find=NIGHT+髙知")
    assert offered(page) == ["meetup:7"]
    assert '<option value="meetup:7" selected>' in page
    assert "1 event fits “NIGHT 髙知”." in told(page)


def test_an_event_that_was_looked_up_is_the_answer(
    known: CommunityRow, manager: Client, tmp_path: Path
) -> None:
    number = waiting(manager, tmp_path).number
    answer = manager.post(
        f"{SOURCES}{number}/answer/",
        {"event": "meetup:7", "name": "", "day": "", "time": ""},
        follow=True,
    )
    assert answer.status_code == 200
    done = read_all()
    assert (done.state, done.decided["event"]["key"]) == ("in", "meetup:7")


def test_nothing_is_looked_up_where_few_are_known(
    community: CommunityRow, manager: Client, tmp_path: Path
) -> None:
    number = waiting(manager, tmp_path).number
    assert 'id="find"' not in shown(manager, f"{SOURCES}{number}/")


@pytest.mark.parametrize(
    ("like", "found"),
    [
        ("", MANY),
        ("evening 1122", 1),
        ("2019-04-08", 1),
        ("meetup:12 evening", 11),
        ("meetup:7 night", 1),
        ("nothing of the kind", 0),
    ],
)
def test_each_word_is_in_the_name_the_number_or_the_day(
    known: CommunityRow, acting: Acting, like: str, found: int
) -> None:
    assert len(events_to_choose(acting, like=like)) == found
