"""One event, whichever of its exports comes in first, and whichever is taken out again."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path

import pytest

from jibungoto.desk.acting import Acting
from jibungoto.desk.gather import queue
from jibungoto.desk.gather.answer import events_to_choose, seems_to_have_begun, taken
from jibungoto.desk.gather.carry_out import carry_out
from jibungoto.desk.gather.claim import claimed
from jibungoto.desk.gather.current import current_log, meant_in
from jibungoto.desk.gather.overview import freshness
from jibungoto.desk.gather.undo import undo
from jibungoto.engine.log import opened
from jibungoto.gather.reader import Said
from jibungoto.records.models import IntakeRow
from tests.desk.gather.lists import participants

OWN = "zoom:81234567890@1776592500"
REPORT = """Meeting ID,Topic,Start Time,End Time,Duration (Minutes)
812 3456 7890,April,2026-04-19 18:55,2026-04-19 20:05,70

Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)
Hana,hana@example.jp,2026-04-19 19:00,2026-04-19 19:40,40
Hana,hana@example.jp,2026-04-19 19:30,2026-04-19 20:00,30
Ken,,2026-04-19 19:00,2026-04-19 19:03,3
"""
SECOND = """Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)
Hana,hana@example.jp,2026-04-19 20:02,2026-04-19 20:05,3
"""


def zoom(folder: Path, text: str = REPORT, *, name: str = "zoom.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def listed(folder: Path, starts_at: str = "2026-04-19T19:00:00+09:00", number: int = 4410) -> Path:
    event = {"id": number, "title": f"会 {number}", "started_at": starts_at}
    event |= {"updated_at": "2026-04-01T09:00:00+09:00", "owner_nickname": "an"}
    answer = {"results_returned": 1, "results_available": 1, "events": [event]}
    path = folder / f"events-{number}.json"
    path.write_text(json.dumps(answer), encoding="utf-8")
    return path


def brought(acting: Acting, path: Path, event: str = "") -> IntakeRow:
    claim = claimed(queue.bring_in(acting, path, said=Said(event)))
    assert claim is not None
    return carry_out(claim)


def told(acting: Acting) -> list[tuple[object, ...]]:
    """Return what the log tells of who was there, and of which events its facts know."""
    current = current_log(acting.community)
    if current is None:
        return []
    with opened(current[1]) as con:
        acts = con.execute(
            "select source, kind, key, happened_at, length, initiative from activity order by all"
        ).fetchall()
        events = con.execute("select key from initiative where kind = 'event'").fetchall()
    return [*acts, *sorted(events)]


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_the_order_in_which_an_event_becomes_known_does_not_matter(
    acting: Acting, tmp_path: Path, order: tuple[int, ...]
) -> None:
    files = [zoom(tmp_path), listed(tmp_path), participants(tmp_path)]
    for place in order:
        event = "connpass:4410 2026-04-19 19:00" if place == 2 else ""
        assert brought(acting, files[place], event).state == "in"
    log = told(acting)
    stays = [(kind, length) for source, kind, _, _, length, _ in log[:-1] if source == "zoom"]
    assert stays == [("attendance", 60), ("glimpse", 3)]
    assert {row[5] for row in log[:-1]} == {"connpass:4410"}
    assert log[-1] == ("connpass:4410",)
    assert [one.key for one in events_to_choose(acting)] == ["connpass:4410"]


def test_undoing_what_named_the_event_gives_the_report_its_own_back(
    acting: Acting, tmp_path: Path
) -> None:
    report = brought(acting, zoom(tmp_path))
    before = told(acting)
    assert {row[5] for row in before[:-1]} == {OWN}
    names = brought(acting, listed(tmp_path))
    assert meant_in(acting.community) == {OWN: "connpass:4410"}
    shown = taken(acting, report).event
    assert shown is not None
    assert shown.key == "connpass:4410"
    undo(acting, names.number)
    assert (told(acting), meant_in(acting.community)) == (before, {})


def test_the_page_of_sources_says_what_a_report_and_a_list_tell(
    acting: Acting, tmp_path: Path
) -> None:
    brought(acting, listed(tmp_path))
    brought(acting, participants(tmp_path))
    brought(acting, zoom(tmp_path))
    tells = {one.key: {words.en for words in one.can_tell} for one in freshness(acting)}
    assert {"who came", "how long they were online"} <= tells["zoom"]
    assert "who registered" in tells["connpass"]
    (zoomed,) = [one for one in freshness(acting) if one.key == "zoom"]
    assert "who registered" in {words.en for words in zoomed.cannot_tell}


def test_undoing_the_report_leaves_what_the_list_tells(acting: Acting, tmp_path: Path) -> None:
    report, _ = brought(acting, zoom(tmp_path)), brought(acting, listed(tmp_path))
    undo(acting, report.number)
    assert {row[0] for row in told(acting)[:-1]} == {"connpass"}
    assert told(acting)[-1] == ("connpass:4410",)


def test_two_events_around_the_same_time_leave_the_report_its_own(
    acting: Acting, tmp_path: Path
) -> None:
    brought(acting, zoom(tmp_path))
    first = brought(acting, listed(tmp_path))
    brought(acting, listed(tmp_path, "2026-04-19T18:30:00+09:00", 5520))
    assert meant_in(acting.community) == {}
    undo(acting, first.number)
    assert meant_in(acting.community) == {OWN: "connpass:5520"}


def test_a_second_report_is_united_with_the_first_under_the_event_that_is_meant(
    acting: Acting, tmp_path: Path
) -> None:
    brought(acting, zoom(tmp_path))
    brought(acting, listed(tmp_path))
    second = brought(acting, zoom(tmp_path, SECOND, name="second.csv"), "connpass:4410")
    assert (second.state, second.new) == ("in", 1)
    stays = [row[4] for row in told(acting)[:-1] if row[1] == "attendance"]
    assert stays == [63]


def test_what_a_list_was_said_to_be_of_holds_for_every_later_one(
    acting: Acting, tmp_path: Path
) -> None:
    path = participants(tmp_path)
    assert brought(acting, path).asked == "event"
    assert brought(acting, path, "春の会 2026-04-19 19:00").state == "in"
    later = brought(acting, participants(tmp_path, who="mio"))
    assert (later.state, later.updated) == ("in", 1)
    (event,) = events_to_choose(acting)
    assert (event.key, event.name) == ("connpass:4410", "春の会")


def test_a_list_said_to_be_of_another_event_stays_with_that_one(
    acting: Acting, tmp_path: Path
) -> None:
    brought(acting, listed(tmp_path, number=9))
    first = brought(acting, participants(tmp_path), "connpass:9")
    later = brought(acting, participants(tmp_path, who="mio"))
    assert (later.state, later.new, later.updated) == ("in", 0, 1)
    again = brought(acting, participants(tmp_path, who="yui"))
    assert (again.state, again.new, again.updated) == ("in", 0, 1)
    assert {row[5] for row in told(acting)[:-1]} == {"connpass:9"}
    for intake in (first, later, again):
        undo(acting, intake.number)
    assert brought(acting, participants(tmp_path)).asked == "event"


def test_what_is_said_now_counts_before_what_was_said_once(acting: Acting, tmp_path: Path) -> None:
    brought(acting, listed(tmp_path, number=9))
    brought(acting, participants(tmp_path), "connpass:9")
    brought(acting, participants(tmp_path, who="mio"), "connpass:4410 2026-05-01 19:00")
    brought(acting, participants(tmp_path, who="yui"))
    at = {row[5] for row in told(acting) if len(row) > 1 and row[1] == "registration"}
    assert at == {"connpass:9", "connpass:4410"}
    assert sum(row[1] == "registration" for row in told(acting) if len(row) > 1) == 4


def test_a_list_of_luma_is_known_by_the_event_in_its_links(acting: Acting, tmp_path: Path) -> None:
    text = (
        "guest_id,name,email,created_at,approval_status,checked_in_at,qr_code_url\n"
        "gst-1,Hana,hana@example.jp,2026-04-01T00:00:00Z,approved,,"
        "https://luma.example/check-in/evt-AbC?pk=1\n"
    )
    first = zoom(tmp_path, text, name="Guests.csv")
    assert brought(acting, first).asked == "event"
    assert brought(acting, first, "春の会 2026-04-19 19:00").state == "in"
    more = text + text.splitlines()[1].replace("gst-1", "gst-2").replace("hana@", "ken@") + "\n"
    assert brought(acting, zoom(tmp_path, more, name="Guests (1).csv")).new == 1
    assert [one.key for one in events_to_choose(acting)] == ["luma:evt-AbC"]


def test_when_a_report_without_a_head_began_is_proposed(acting: Acting, tmp_path: Path) -> None:
    asked = brought(acting, zoom(tmp_path, SECOND))
    assert (asked.asked, str(seems_to_have_begun(asked))) == ("event", "2026-04-19 20:02:00+09:00")
