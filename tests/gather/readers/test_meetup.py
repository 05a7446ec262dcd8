"""What the Meetup reader makes of lists of members and attendees, and of archives of events."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from jibungoto.gather.events.gatherings import NOT_AN_EVENT
from jibungoto.gather.events.guests import NO_EVENT, NO_NAME, NO_TIME, ODD_STATE, SHORTENED
from jibungoto.gather.reader import Choices
from jibungoto.gather.readers.meetup import MeetupReader
from jibungoto.ledger.activity import AtPrecision
from jibungoto.ledger.initiative import HeadCounts, InitiativeKind, Mode
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.problems import Undecided
from tests.gather.lists_made import (
    CHOSEN,
    EVENING,
    is_recognised,
    read_with,
    table_of,
    told,
    written,
)
from tests.gather.made import Gathered, folder_of

MEMBERS = (
    "Name", "User ID", "Title", "Member ID", "Location", "Joined Group on",
    "Last visited group on", "Last Attended", "Assistant Organizer", "URL of Member Profile",
)  # fmt: skip
NEWER = ("Name", "Member ID", "Joined Group on", "Events attended")
ATTENDEES = (
    "Name", "Attendance", "User ID", "Title", "Event Host", "RSVP", "Guests", "RSVPed on",
    "Joined Group on", "URL of Member Profile", "Notes",
)  # fmt: skip
PROFILE = "www.meetup.com/Yamabiko-Kyoto/members/{}/"
ANN = ("Ann", "user 101", "Organizer", "101", "Kyoto", "04/24/2014", "06/22/2015", "", "No",
       PROFILE.format(101))  # fmt: skip
BOB = ("Bob", "user 102", "", "102", "", "12/01/2014", "", "", "", PROFILE.format(102))
JOINED = 1_398_265_200
"""2014-04-24 in Japan."""


def event(number: str = "85320382", **more: Any) -> dict[str, Any]:
    return {
        "id": number,
        "title": "Spring",
        "description": "Come all",
        "status": "PAST",
        "dateTime": "2026-04-19T19:00:00+09:00",
        "duration": "PT2H",
        "eventUrl": f"www.meetup.com/yamabiko-kyoto/events/{number}/",
        "rsvps": {"yesCount": 14, "waitlistCount": 6, "totalCount": 14},
        "venues": [{"name": "Yamabiko hall", "venueType": ""}],
        "group": {"name": "Yamabiko Kyoto", "urlname": "Yamabiko-Kyoto"},
        "createdTime": "2026-03-01T00:00:00-04:00",
        **more,
    }


def attendee(name: str, number: str, rsvp: str, came: str = "", when: str = "04/01/2026") -> Any:
    return (name, came, number, "", "", rsvp, "0", when, "04/24/2014", "", "")


def read(tmp_path: Path, files: dict[str, Any], choices: Choices = CHOSEN) -> Gathered:
    return read_with(MeetupReader(), folder_of(files, tmp_path / "export"), choices)


def tabbed(*rows: Any) -> bytes:
    return table_of(*rows, delimiter="\t").encode()


def test_a_list_of_members_says_who_joined_on_which_day(tmp_path: Path) -> None:
    found = read(tmp_path, {"Yamabiko_Member_List_on_06-23-15.xls": tabbed(MEMBERS, ANN, BOB)})
    assert told(found) == [("join", "101"), ("join", "102")]
    ann, _ = found.activities
    assert (ann.happened_at, ann.at_precision) == (JOINED, AtPrecision.EXACT)
    assert ann.initiative == "meetup:group:yamabiko-kyoto"
    (group,) = found.initiatives
    assert (group.key, group.kind, group.is_default) == (
        ann.initiative,
        InitiativeKind.SERIES,
        True,
    )
    assert [(one.name, one.is_admin) for one in found.handles] == [("Ann", True), ("Bob", False)]
    assert found.reading.can_tell.joins
    assert str(found.reading.covered_until) == "2015-06-22"


def test_the_newer_list_gives_the_same_people_the_same_records(tmp_path: Path) -> None:
    old = read(tmp_path / "a", {"x.xls": tabbed(MEMBERS, ANN, BOB)})
    name = "yamabiko-kyoto_2026-04-20_group_members.csv"
    rows = (NEWER, ("Ann", "101", "04/24/2014", "3"), ("Bob", "102", "12/01/2014", "0"))
    new = read(tmp_path / "b", {name: table_of(*rows).encode()})
    assert new.records == old.records


def test_a_member_without_a_day_is_a_name(tmp_path: Path) -> None:
    found = read(tmp_path, {"m.csv": table_of(("Name", "Member ID", "Events attended"),
                                              ("Ann", "101", "3")).encode()})  # fmt: skip
    assert (found.activities, len(found.counted), len(found.handles)) == ([], 1, 1)
    assert not found.reading.can_tell.joins


@pytest.mark.parametrize(
    ("rsvp", "came", "kinds"),
    [
        ("Yes", "", [Kind.REGISTRATION]),
        ("Yes", "Y", [Kind.REGISTRATION, Kind.ATTENDANCE]),
        ("Waitlist", "", [Kind.WAITING]),
        ("No", "", []),
        ("No", "Y", [Kind.ATTENDANCE]),
    ],
)
def test_a_list_of_attendees(tmp_path: Path, rsvp: str, came: str, kinds: list[Kind]) -> None:
    rows = (ATTENDEES, attendee("Ann", "user 101", rsvp, came))
    found = read(tmp_path, {"attendees.xls": tabbed(*rows)})
    assert [act.kind for act in found.activities] == kinds
    assert [one.outside_id for one in found.handles] == ["101"]
    assert all(act.happened_at == EVENING for act in found.of_kind(Kind.ATTENDANCE))


def test_who_changes_their_mind_stays_one_record(tmp_path: Path) -> None:
    first = read(tmp_path / "a", {"a.xls": tabbed(ATTENDEES, attendee("Ann", "101", "Yes"))})
    later = read(tmp_path / "b", {"a.xls": tabbed(ATTENDEES, attendee("Ann", "101", "No"))})
    assert [one.key for one in first.records] == [one.key for one in later.records]
    assert [one.content for one in first.records] != [one.content for one in later.records]


def test_an_archive_of_events(tmp_path: Path) -> None:
    called_off = event("2", status="CANCELLED", duration="PT0S", venues=[])
    coming = event("3", status="ACTIVE", dateTime="2027-01-01T19:00:00+09:00")
    found = read(tmp_path, {"events.json": [event(), called_off, coming, event()]})
    first, group, second, _ = found.initiatives
    assert (first.key, first.name) == ("meetup:85320382", "Spring")
    assert (first.starts_at, first.ends_at, first.mode) == (EVENING, EVENING + 7_200, Mode.VENUE)
    assert (first.series, first.counts) == ("meetup:group:yamabiko-kyoto", HeadCounts(14, 6))
    assert (first.started_by, first.is_cancelled) == (None, False)
    assert (second.is_cancelled, second.ends_at, second.mode) == (True, None, None)
    assert (group.key, group.name) == ("meetup:group:yamabiko-kyoto", "Yamabiko Kyoto")
    assert (found.activities, found.repeated, len(found.counted)) == ([], 1, 3)
    assert str(found.reading.covered_until) == "2026-04-19"


@pytest.mark.parametrize(
    ("more", "mode"),
    [
        ({"eventType": "ONLINE"}, Mode.ONLINE),
        ({"eventType": "HYBRID"}, Mode.HYBRID),
        ({"venues": [{"name": "Online event", "venueType": "online"}]}, Mode.ONLINE),
        ({"venues": [{"name": "Online Webinar", "venueType": ""}]}, Mode.ONLINE),
        ({"venues": None}, None),
    ],
)
def test_how_an_event_takes_place(tmp_path: Path, more: dict[str, Any], mode: Mode | None) -> None:
    assert read(tmp_path, {"events.json": [event(**more)]}).initiatives[0].mode is mode


def test_lists_and_archive_together(tmp_path: Path) -> None:
    files = {
        "events_2026.json": [event()],
        "Spring_85320382.xls": tabbed(ATTENDEES, attendee("Ann", "user 101", "Yes", "Y")),
        "Other_99999999.xls": tabbed(ATTENDEES, attendee("Bob", "user 102", "Yes", "Y")),
        "members.xls": tabbed(MEMBERS, ANN, BOB),
    }
    found = read(tmp_path, files, Choices(zone="Asia/Tokyo"))
    assert told(found) == [
        ("attendance", "101"),
        ("join", "101"),
        ("join", "102"),
        ("registration", "101"),
    ]
    assert [(one.place, one.reason) for one in found.refusals] == [("Other_99999999.xls", NO_EVENT)]


def test_the_event_of_a_list_alone_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(Undecided):
        read(tmp_path, {"a.xls": tabbed(ATTENDEES, attendee("Ann", "101", "Yes"))}, Choices())


@pytest.mark.parametrize(
    ("headings", "row", "reason"),
    [
        (MEMBERS, ("",) * 10, None),
        (MEMBERS, ("", "", "x", "", "", "", "", "", "", ""), NO_NAME),
        (MEMBERS, ("Cy", "", "", "3", "", "24/24/2014", "", "", "", ""), NO_TIME),
        (MEMBERS, ("Cy", "", "", "1.2E+08", "", "", "", "", "", ""), SHORTENED),
        (ATTENDEES, attendee("", "", "Yes"), NO_NAME),
        (ATTENDEES, attendee("Cy", "3", "Perhaps"), ODD_STATE),
        (ATTENDEES, attendee("Cy", "3", "Yes", "?"), ODD_STATE),
        (ATTENDEES, attendee("Cy", "3", "Yes", "", "soon"), NO_TIME),
    ],
)
def test_a_broken_line_is_refused_and_the_others_get_in(
    tmp_path: Path, headings: tuple[str, ...], row: tuple[str, ...], reason: object
) -> None:
    good = ANN if headings is MEMBERS else attendee("Ann", "101", "Yes")
    other = BOB if headings is MEMBERS else attendee("Bob", "102", "Yes")
    found = read(tmp_path, {"a.xls": tabbed(headings, good, row, other)})
    expected = [] if reason is None else [("a.xls, line 3", reason)]
    assert [(one.place, one.reason) for one in found.refusals] == expected
    assert len(found.counted) == 2


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ({"id": "1"}, NOT_AN_EVENT),
        (event(dateTime="soon"), NO_TIME),
        (event(id=" "), NOT_AN_EVENT),
        ("x", NOT_AN_EVENT),
    ],
)
def test_a_broken_event_is_refused_and_the_others_get_in(
    tmp_path: Path, broken: Any, reason: object
) -> None:
    found = read(tmp_path, {"e.json": [event("1"), broken, event("2")]})
    assert [(one.place, one.reason) for one in found.refusals] == [("e.json, record 2", reason)]
    assert len(found.counted) == 2


def test_other_files_are_not_taken(tmp_path: Path) -> None:
    others = {
        "zoom.csv": "Name (Original Name),User Email,Join Time\n",
        "names.csv": "Name,Member ID\n",
        "events.json": json.dumps([{"id": 1, "dateTime": "x"}]),
    }
    for name, content in others.items():
        assert not is_recognised(MeetupReader(), written(tmp_path / name, content))
