"""Measures of a saved segment: chosen on the page of measures, worked out by the worker."""

from __future__ import annotations

from django.test import Client

from jibungoto.desk.acting import Acting
from jibungoto.desk.people.segment_findings import MOST_SHOWN, SHOWN, shown_of
from jibungoto.desk.people.segments import save
from jibungoto.desk.plan.scopes import count_asked, waiting_for_segments
from jibungoto.understand.segments import Segment
from tests.web.plan_writing import get, texts

PAGE = "/yamabiko/measures/"


def test_a_saved_segment_is_offered_counted_and_shown(manager: Client, acting: Acting) -> None:
    row = save(acting, "Lately here", rule=Segment(recent_days=3_000))
    page = get(manager, PAGE)
    assert f'<option value="segment:{row.key}">Lately here</option>' in page
    waits = texts(get(manager, f"{PAGE}?in=segment:{row.key}"))
    assert "Segment: Lately here" in waits and "are being counted" in waits
    assert acting.community in list(waiting_for_segments())
    while count_asked(acting.community):
        pass
    page = get(manager, f"{PAGE}?in=segment:{row.key}")
    assert "Only the people who fit the segment today are counted" in texts(page)
    told = manager.get(f"{PAGE}?in=segment:{row.key}&as=csv").getvalue().decode("utf-8-sig")
    assert len(told.splitlines()) > len(SHOWN), "a line each, and more where there are parts"
    assert manager.get(f"{PAGE}?in=segment:nobody").status_code == 404


def test_no_more_than_the_five_saved_last_are_worked_out_unasked(acting: Acting) -> None:
    keys = [save(acting, f"S{n}", rule=Segment(recent_days=n + 1)).key for n in range(7)]
    assert set(shown_of(acting.community)) == set(keys[-MOST_SHOWN:])
