"""Seats: how many registrations to accept, said with the events it was reckoned from."""

from __future__ import annotations

import csv
import io
import json
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jibungoto.desk.acting import Acting
from jibungoto.desk.understand.refresh import refresh
from jibungoto.desk.understand.scopes import save_scope
from jibungoto.understand.scope_kind import ScopeKind
from tests.web.test_measures import shown
from tests.web.test_sources import dropped, no_heartbeat, read_all, told

__all__ = ["no_heartbeat"]

SEATS = "/yamabiko/measures/seats/"
CAME = [4, 3, 2, 4, 3]
"""How many of the five who registered came, event by event."""
_HEADS = ["参加枠名", "ユーザー名", "表示名", "参加ステータス", "出欠ステータス"]
_LAST = ["更新日時", "受付番号"]


def export() -> bytes:
    """Return five events of a series with the API's answer, as connpass gives them."""
    events, packed = [], io.BytesIO()
    with ZipFile(packed, "w") as zipped:
        for number, came in enumerate(CAME, 1):
            day = f"2016-05-{number + 10}"
            events.append(
                {
                    "id": number,
                    "title": f"春の会 #{number}",
                    "started_at": f"{day}T19:00:00+09:00",
                    "ended_at": f"{day}T21:00:00+09:00",
                    "limit": 20,
                    "address": "京都市下京区1-1",
                    "updated_at": f"{day}T10:00:00+09:00",
                }
            )
            lines = io.StringIO()
            rows = csv.writer(lines)
            rows.writerow([*_HEADS, *_LAST])
            for guest in range(5):
                seen = "出席" if guest < came else ""
                whose = ["現地枠", f"guest{guest}", f"Guest {guest}", "参加", seen]
                rows.writerow([*whose, f"{day} 10:00", f"{number}{guest}"])
            zipped.writestr(f"event_{number}_participants.csv", lines.getvalue())
        answer = {"results_returned": 5, "results_available": 5, "events": events}
        zipped.writestr("events.json", json.dumps(answer))
    return packed.getvalue()


@pytest.fixture
def held(manager: Client, acting: Acting) -> Acting:
    """Let five events be held that connpass tells of."""
    dropped(manager, export(), "connpass.zip")
    assert read_all().state == "in"
    refresh(acting.community)
    return acting


def test_before_any_event_of_ones_own_what_others_saw_counts(manager: Client) -> None:
    page = told(shown(manager, SEATS))
    assert "For 50 seats, accept at most 55 registrations" in page
    assert "Of no event of yours is it known who came." in page
    assert "of free events 67.5% came" in page
    paid = told(shown(manager, f"{SEATS}?cost=paid"))
    assert "For 50 seats, accept no more than 50 registrations." in paid
    assert "of events that cost money 90.1% came" in paid


def test_five_events_of_ones_own_tell_alone_and_stand_below(held: Acting, manager: Client) -> None:
    page = told(shown(manager, SEATS))
    assert "Reckoned from your 5 newest events alone: 16 of 25 came." in page
    assert "For 20 seats, accept at most 25 registrations" in page
    assert "春の会 #5 15 May 2016 5 3 60% 春の会 #4 14 May 2016 5 4 80%" in page
    assert "For 100 seats, accept at most" in told(shown(manager, f"{SEATS}?seats=100"))
    answer = manager.get(f"{SEATS}?as=csv")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    assert (lines[:2], len(lines)) == (["Event,Day,Registered,Came", "春の会 #5,2016-05-15,5,3"], 6)


def test_events_of_a_series_alone_are_compared_in_as_many_queries(
    held: Acting, manager: Client
) -> None:
    asked = []
    for some in (1, 3):
        parts = [f"connpass:{number}" for number in range(1, some + 1)]
        row = save_scope(held, ScopeKind.SERIES, name=f"春 {some}", parts=parts)
        shown(manager, f"{SEATS}?in=series:{row.key}")
        with CaptureQueriesContext(connection) as queries:
            page = told(shown(manager, f"{SEATS}?in=series:{row.key}"))
        asked.append(len(queries))
        assert f"{sum(CAME[:some])} of {5 * some}." in page
    assert asked[0] == asked[1]


@pytest.mark.parametrize("typed", ["none", "0", "12345", "-3"])
def test_what_is_no_number_of_seats_says_so(manager: Client, typed: str) -> None:
    page = told(shown(manager, f"{SEATS}?seats={typed}"))
    assert "For 50 seats" in page and "A whole number from 1 to 9999." in page


def test_a_series_nobody_has_is_not_found(manager: Client) -> None:
    assert manager.get(f"{SEATS}?in=series:none").status_code == 404
    assert manager.get(f"{SEATS}?as=pdf").status_code == 404


@pytest.mark.parametrize("key", ["show", "seat_use"])
def test_the_measures_of_who_comes_lead_there(manager: Client, key: str) -> None:
    assert f'href="{SEATS}"' in shown(manager, f"/yamabiko/measures/{key}/")
