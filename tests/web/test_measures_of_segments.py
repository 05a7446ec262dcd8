"""Measures of a saved segment: chosen on the page of measures, worked out by the worker."""

from __future__ import annotations

from urllib.parse import quote

from django.test import Client

from jibungoto.desk.acting import Acting
from jibungoto.desk.people.segment_findings import (
    EVERY,
    MOST_SHOWN,
    SHOWN,
    every_measure_of,
    shown_of,
    want,
)
from jibungoto.desk.people.segments import save
from jibungoto.desk.plan.scopes import count_asked, waiting_for_segments
from jibungoto.understand.segments import Segment
from tests.web.plan_writing import get, texts

PAGE = "/yamabiko/measures/"


def test_a_saved_segment_is_offered_counted_and_shown(manager: Client, acting: Acting) -> None:
    row = save(acting, "Lately here", rule=Segment(recent_days=3_000))
    page = get(manager, PAGE)
    assert f'<option value="{row.key}">Lately here</option>' in page
    waits = texts(get(manager, f"{PAGE}?segment={row.key}"))
    assert "These values are not counted of this segment yet." in waits
    assert acting.community in list(waiting_for_segments())
    while count_asked(acting.community):
        pass
    page = get(manager, f"{PAGE}?segment={row.key}")
    assert "Only the people who fit the segment today are counted" in texts(page)
    assert 'id="active"' in page and 'id="transition"' not in page
    told = manager.get(f"{PAGE}?segment={row.key}&as=csv").getvalue().decode("utf-8-sig")
    assert len(told.splitlines()) > len(SHOWN), "a line each, and more where there are parts"
    assert manager.get(f"{PAGE}?segment=nobody").status_code == 404
    assert list(waiting_for_segments()) == []


def test_an_address_of_before_leads_to_the_one_of_now(manager: Client, acting: Acting) -> None:
    row = save(acting, "始める人", rule=Segment(started=True))
    answer = manager.get(f"{PAGE}?in=segment:{row.key}")
    assert answer.headers["Location"] == f"{PAGE}?segment={quote(row.key)}"


def test_asked_for_by_hand_every_measure_is_counted(manager: Client, acting: Acting) -> None:
    row = save(acting, "Lately here", rule=Segment(recent_days=3_000))
    address = f"/yamabiko/people/segments/{row.key}/"
    back = f"{PAGE}transition/?segment={row.key}"
    assert "not counted of this segment yet" in get(manager, back)
    sent = {"step": "count", "back": back}
    assert manager.post(address, sent).headers["Location"] == back
    assert "These values are being counted" in get(manager, back)
    assert shown_of(acting.community) == {row.key: EVERY}
    while count_asked(acting.community):
        pass
    page = texts(get(manager, back))
    assert "being counted" not in page and "not counted" not in page
    assert {one.measure.key for one in every_measure_of(acting, row.key)} == EVERY
    elsewhere = manager.post(address, {"step": "count", "back": "https://elsewhere.example/"})
    assert elsewhere.headers["Location"] == "/yamabiko/people/segments/"


def test_what_was_asked_for_last_is_counted_first(acting: Acting) -> None:
    keys = [save(acting, f"S{n}", rule=Segment(recent_days=n + 1)).key for n in range(7)]
    want(acting, keys[0])
    assert set(shown_of(acting.community)) == {keys[0], *keys[3:]}


def test_no_more_than_the_five_saved_last_are_worked_out_unasked(acting: Acting) -> None:
    keys = [save(acting, f"S{n}", rule=Segment(recent_days=n + 1)).key for n in range(7)]
    assert set(shown_of(acting.community)) == set(keys[-MOST_SHOWN:])
