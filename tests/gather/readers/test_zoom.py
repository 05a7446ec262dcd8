"""Zoom's reports: one attendance per person, in every dialect, however often they rejoined."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jibungoto.gather.contents.table import CUT_RECORD
from jibungoto.gather.reader import Choices
from jibungoto.gather.readers import zoom_rows
from jibungoto.gather.readers.zoom import BY_PHONE, OTHER_DAY, ZoomReader
from jibungoto.ledger.initiative import HeadCounts, Initiative, InitiativeKind, Mode
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.problems import Asked, Undecided
from jibungoto.ledger.source import CanTell
from tests.gather.made import Gathered, concealed
from tests.gather.with_reader import (
    check_whatever_it_is,
    keys_of,
    read_files,
    read_with,
    recognised_by,
)

TOKYO = ZoneInfo("Asia/Tokyo")


def at(day: int, hour: int, minute: int, second: int = 0) -> int:
    return int(datetime(2026, 4, day, hour, minute, second, tzinfo=TOKYO).timestamp())


EVENT = Initiative(
    "connpass:1", InitiativeKind.EVENT, "春の会", starts_at=at(19, 19, 0), ends_at=at(19, 20, 0)
)
CHOICES = Choices(event=EVENT, zone="Asia/Tokyo")

JA = """名前 (元の名前),ユーザーメール,参加時刻,退出時刻,所要時間（分）
花子,hanako@example.jp,2026/4/19 19:00,2026/4/19 19:30,31
花子,hanako@example.jp,2026/4/19 19:20,2026/4/19 19:50,30
太郎 (山田太郎),,2026/4/19 19:05,2026/4/19 19:12,7
"""
EN = """Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest
花子,hanako@example.jp,04/19/2026 07:00:00 PM,04/19/2026 07:30:00 PM,30,Yes
花子,hanako@example.jp,04/19/2026 07:20:00 PM,04/19/2026 07:50:00 PM,30,Yes
太郎 (山田太郎),,04/19/2026 07:05:00 PM,04/19/2026 07:12:00 PM,7,Yes
"""
PREAMBLE = """Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants,
812 3456 7890,April session,04/19/2026 06:55:00 PM,04/19/2026 08:05:00 PM,me@example.jp,70,2,

"""
PREAMBLE_JA = """ミーティングID,トピック,開始時刻,終了時刻,ユーザーメール,所要時間（分）,参加者
812 3456 7890,主催 花子のZoomミーティング,2026/4/19 18:55,2026/4/19 20:05,me@example.jp,70,2

"""
_CAME = "Join Time,Leave Time,Time in Session (minutes)"
WEBINAR = f"""Attendee Report
Report Generated:,"Apr 20, 2026 10:00 AM"
Topic,Webinar ID,Actual Start Time,Actual Duration (minutes),# Registered,Unique Viewers
April live,987 6543 2109,"Apr 19, 2026 07:00 PM",60,3,3
Host Details,
Attended,User Name (Original Name),Email,{_CAME},Is Guest
Yes,Host,host@example.jp,2026-04-19 18:50,2026-04-19 20:00,70,No
Attendee Details,
Attended,User Name (Original Name),Email,Registration Time,Approval Status,{_CAME},Source Name
Yes,花子,hanako@example.jp,"Apr 10, 2026 09:00 AM",approved,2026-04-19 19:00,2026-04-19 19:30,30,
Yes,花子,hanako@example.jp,"Apr 10, 2026 09:00 AM",approved,2026-04-19 19:40,2026-04-19 19:50,10,
No,太郎,taro@example.jp,"Apr 11, 2026 09:00 AM",approved,--,--,--,
No,次郎,jiro@example.jp,"Apr 11, 2026 09:00 AM",pending,--,--,--,
No,三郎,saburo@example.jp,"Apr 11, 2026 09:00 AM",denied,--,--,--,
Other Attended,
User Name,{_CAME},Country/Region Name
+81 90****1234,2026-04-19 19:00,2026-04-19 19:20,20,Japan
+81 90****1234,2026-04-19 19:30,2026-04-19 19:40,10,Japan
"""


def read(
    text: str, tmp_path: Path, choices: Choices = CHOICES, *, encoding: str = "utf-8"
) -> Gathered:
    content = text.encode(encoding)
    return read_files(ZoomReader(), {"participants.csv": content}, tmp_path, choices)


@pytest.mark.parametrize("text", [JA, EN], ids=["ja", "en"])
def test_spells_that_overlap_are_united_and_never_added(text: str, tmp_path: Path) -> None:
    found = read(text, tmp_path)
    (attended,) = found.of_kind(Kind.ATTENDANCE)
    assert attended.actor == concealed("email:hanako@example.jp")
    assert attended.length == 50
    assert (attended.happened_at, attended.filed_at) == (at(19, 19, 0), 0)
    assert (attended.place, attended.initiative) == ("online", "connpass:1")
    (glimpse,) = found.of_kind(Kind.GLIMPSE)
    assert (glimpse.actor, glimpse.length) == (concealed("name:太郎 (山田太郎)"), 7)
    assert (found.read, len(found.counted), found.repeated) == (3, 3, 0)
    assert found.reading.can_tell == CanTell()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "euc_jis_2004", "utf-16"])
def test_every_encoding_reads_alike(encoding: str, tmp_path: Path) -> None:
    found = read(JA, tmp_path / "other", encoding=encoding)
    assert keys_of(found) == keys_of(read(JA, tmp_path / "plain"))


@pytest.mark.parametrize(
    "text",
    [
        JA.replace("（分）", "(分)").replace("\n", "\r\n"),
        JA.replace("名前 (元の名前)", "名前（元の名前）").replace("\n", "\r"),
        JA.replace("19:30,31\n", "19:30,31\r\n\n"),
        "\n".join(",".join(reversed(line.split(","))) for line in JA.splitlines()),
        "\n".join(f"{line},{line.split(',')[0]}" for line in JA.splitlines()),
        JA.replace(",", "\t"),
    ],
    ids=["brackets", "old mac", "mixed ends", "other order", "a heading twice", "tabs"],
)
def test_the_shape_of_the_table_does_not_matter(text: str, tmp_path: Path) -> None:
    assert keys_of(read(text, tmp_path / "a")) == keys_of(read(JA, tmp_path / "b"))


def test_a_name_is_shown_without_its_brackets_and_an_address_only_proposes(tmp_path: Path) -> None:
    found = read(JA, tmp_path)
    taro = found.handle("name:太郎 (山田太郎)")
    assert (taro.name, taro.display_name, taro.is_name_only) == ("太郎", "太郎 (山田太郎)", True)
    hanako = found.handle("email:hanako@example.jp")
    assert (hanako.email, hanako.typed_email) == (None, "hanako@example.jp")
    assert not hanako.is_name_only


def test_a_masked_address_is_none(tmp_path: Path) -> None:
    found = read(JA.replace("hanako@example.jp", "hana***@example.jp"), tmp_path)
    assert found.handle("name:花子").typed_email is None


@pytest.mark.parametrize(
    "name",
    ["read.ai meeting notes", "Otter.ai", "花子's OtterPilot", "Fireflies.ai Notetaker", "tl;dv"],
)
def test_a_recording_bot_is_proposed_as_one(name: str, tmp_path: Path) -> None:
    found = read(f"{JA}{name},,2026/4/19 19:00,2026/4/19 19:30,30\n", tmp_path)
    assert [one.display_name for one in found.handles if one.is_bot] == [name]


@pytest.mark.parametrize("preamble", [PREAMBLE, PREAMBLE_JA], ids=["en", "ja"])
def test_a_report_that_says_its_meeting_asks_nothing(preamble: str, tmp_path: Path) -> None:
    found = read(preamble + JA, tmp_path, Choices(zone="Asia/Tokyo"))
    (event,) = found.initiatives
    assert event.key == f"zoom:81234567890@{at(19, 18, 55)}"
    assert (event.starts_at, event.ends_at, event.mode) == (
        at(19, 18, 55),
        at(19, 20, 5),
        Mode.ONLINE,
    )
    # A topic nobody chose holds the host's name.
    assert event.name == ("April session" if preamble is PREAMBLE else "Zoom")
    assert {one.initiative for one in found.activities} == {event.key}


def test_a_report_that_does_not_say_its_meeting_asks_which_event(tmp_path: Path) -> None:
    with pytest.raises(Undecided) as raised:
        read(JA, tmp_path, Choices(zone="Asia/Tokyo"))
    assert (raised.value.asked, raised.value.place) == (Asked.EVENT, "participants.csv")


def test_a_known_event_without_times_takes_the_meetings(tmp_path: Path) -> None:
    event = Initiative("connpass:2", InitiativeKind.EVENT, "x")
    found = read(PREAMBLE + EN, tmp_path, Choices(event=event, zone="Asia/Tokyo"))
    assert found.initiatives[0].starts_at == at(19, 18, 55)


def test_totals_per_person_are_taken_as_they_are(tmp_path: Path) -> None:
    text = (
        "Name (original name),Email,Total duration (minutes),Guest\n"
        "花子,,45,No\n花子,,30,No\n太郎,,5,No\n"
    )
    found = read(text, tmp_path)
    (attended,) = found.of_kind(Kind.ATTENDANCE)
    assert (attended.length, attended.happened_at) == (45, EVENT.starts_at)
    assert [one.length for one in found.of_kind(Kind.GLIMPSE)] == [5]


def test_a_webinar_tells_registrants_from_those_who_came(tmp_path: Path) -> None:
    found = read(WEBINAR, tmp_path, Choices(zone="Asia/Tokyo"))
    who = {one.actor: one.name for one in found.handles}
    registered = {who[a.actor or ""]: a.happened_at for a in found.of_kind(Kind.REGISTRATION)}
    assert registered == {"花子": at(10, 9, 0), "太郎": at(11, 9, 0)}
    assert [who[a.actor or ""] for a in found.of_kind(Kind.WAITING)] == ["次郎"]
    stayed = {who[a.actor or ""]: a.length for a in found.of_kind(Kind.ATTENDANCE)}
    assert stayed == {"Host": 70, "花子": 40}
    assert found.initiatives[0].counts == HeadCounts(viewers=1)
    assert {one.reason: one.records for one in found.left_out} == {
        zoom_rows.TURNED_DOWN: 1,
        BY_PHONE: 2,
    }
    assert (found.read, len(found.counted)) == (8, 5)


def test_time_in_the_waiting_room_is_left_out(tmp_path: Path) -> None:
    text = JA.replace("（分）", "（分）,待機室内").replace(",7\n", ",7,はい\n")
    found = read(text, tmp_path)
    assert found.of_kind(Kind.GLIMPSE) == []
    assert [one.reason for one in found.left_out] == [zoom_rows.WAITING_ROOM]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("花子,,いつか,2026/4/19 19:30,5", zoom_rows.BAD_TIME),
        ("花子,,2026/4/19 19:30,2026/4/19 19:10,5", zoom_rows.BAD_TIME),
        ("花子,,2026/4/19 19:30,2026/4/19 19:40,長い", zoom_rows.BAD_LENGTH),
        ("花子,,2026/8/4 19:30,2026/8/4 19:40,10", OTHER_DAY),
        ('"花子,,2026/4/19 19:30,2026/4/19 19:40,10', CUT_RECORD),
        ("花子,,46131.79,46131.80,##", zoom_rows.BAD_LENGTH),
    ],
)
def test_a_broken_row_is_refused_alone(row: str, reason: object, tmp_path: Path) -> None:
    found = read(f"{JA}{row}\n", tmp_path)
    assert [(one.place, one.reason) for one in found.refusals] == [
        ("participants.csv, line 5", reason)
    ]
    assert len(found.of_kind(Kind.ATTENDANCE)) == 1


def test_times_that_excel_made_numbers_of_are_read(tmp_path: Path) -> None:
    found = read(f"{JA}三郎,,46131.791666667,46131.8125,30\n", tmp_path)
    assert [a.length for a in found.of_kind(Kind.ATTENDANCE)] == [50, 30]
    assert found.of_kind(Kind.ATTENDANCE)[1].happened_at == at(19, 19, 0)


def test_the_same_report_twice_is_a_second_copy(tmp_path: Path) -> None:
    files = {"a.csv": JA.encode(), "b.csv": JA.encode("cp932"), "readme.txt": b"hello"}
    found = read_files(ZoomReader(), files, tmp_path, CHOICES)
    assert (found.read, len(found.counted), found.repeated) == (7, 3, 3)
    assert [one.place for one in found.left_out] == ["readme.txt"]
    assert found.entries == 3


def test_tables_of_other_services_are_not_zooms(tmp_path: Path) -> None:
    files = {
        "a.csv": "参加枠名,ユーザー名,表示名,コメント,参加ステータス\n".encode(),
        "b.csv": b"email,firstName,lastName,status\n",
        "c.csv": b"guest_id,name,first_name,last_name,email,approval_status\n",
        "d.csv": b"name,email,duration\n",
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
        assert not recognised_by(ZoomReader(), tmp_path / name)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whatever_is_done_to_a_report_the_sum_holds(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    content = bytearray(data.draw(st.sampled_from([JA, EN, PREAMBLE + EN, WEBINAR])).encode())
    for _ in range(data.draw(st.integers(1, 6))):
        spot = data.draw(st.integers(0, len(content) - 1))
        content[spot : spot + 1] = data.draw(st.binary(max_size=3) | st.sampled_from([b'"', b","]))
    path = tmp_path_factory.mktemp("zoom") / "report.csv"
    path.write_bytes(bytes(content))
    check_whatever_it_is(ZoomReader(), path, CHOICES)


@pytest.mark.real_inputs
@pytest.mark.parametrize(("name", "rows"), [("example.csv", 204), ("example2.csv", 114)])
def test_a_published_japanese_report_is_in_whole(name: str, rows: int, real_inputs: Path) -> None:
    day = int(datetime(2020, 12, 8, 9, 0, tzinfo=TOKYO).timestamp())
    event = Initiative("connpass:1", InitiativeKind.EVENT, "x", starts_at=day)
    path = real_inputs / "formats" / "zoom_ja_user" / name
    found = read_with(ZoomReader(), path, Choices(event=event, zone="Asia/Tokyo"))
    assert (found.read, len(found.counted)) == (rows, rows)
    assert (found.left_out, found.refusals) == ([], [])
    assert len(found.of_kind(Kind.ATTENDANCE, Kind.GLIMPSE)) == len(found.handles)
    assert max(a.length or 0 for a in found.of_kind(Kind.ATTENDANCE, Kind.GLIMPSE)) < 300


@pytest.mark.real_inputs
def test_the_headings_of_a_published_webinar_parser_are_recognised(real_inputs: Path) -> None:
    name = "zoom_webinar_attendee_details_header_utf8.csv"
    assert recognised_by(ZoomReader(), real_inputs / "formats" / "transcribed" / name)


DAY_FIRST = (PREAMBLE + EN).replace("04/19/2026", "19/04/2026")
UNSURE = EN.replace("04/19/2026", "05/04/2026")


def test_a_report_with_the_day_first_is_the_same_report(tmp_path: Path) -> None:
    nothing_said = Choices(zone="Asia/Tokyo")
    found = read(DAY_FIRST, tmp_path / "a", nothing_said)
    assert keys_of(found) == keys_of(read(PREAMBLE + EN, tmp_path / "b", nothing_said))
    assert found.initiatives[0].key == f"zoom:81234567890@{at(19, 18, 55)}"


@pytest.mark.parametrize("text", [UNSURE, PREAMBLE.replace("04/19", "05/04") + UNSURE])
def test_a_day_that_can_be_read_two_ways_is_asked_about(text: str, tmp_path: Path) -> None:
    with pytest.raises(Undecided) as raised:
        read(text, tmp_path, Choices(zone="Asia/Tokyo"))
    assert raised.value.asked == Asked.EVENT
    assert "05/04/2026" in raised.value.what.en


@pytest.mark.parametrize(("month", "day"), [(5, 4), (4, 5)], ids=["4 May", "5 April"])
@pytest.mark.parametrize("is_said", [True, False], ids=["said", "known"])
def test_the_event_says_which_day_is_meant(
    month: int, day: int, is_said: bool, tmp_path: Path
) -> None:
    began = int(datetime(2026, month, day, 19, 0, tzinfo=TOKYO).timestamp())
    event = Initiative("connpass:1", InitiativeKind.EVENT, "x", starts_at=began)
    said = Choices(event=event, zone="Asia/Tokyo")
    known = Choices(events={event.key: event}, zone="Asia/Tokyo")
    found = read(UNSURE, tmp_path, said if is_said else known)
    assert {one.happened_at for one in found.of_kind(Kind.ATTENDANCE)} == {began}


def test_the_first_who_came_tells_when_a_report_without_a_head_began(tmp_path: Path) -> None:
    with pytest.raises(Undecided) as raised:
        read(JA, tmp_path / "a", Choices(zone="Asia/Tokyo"))
    assert raised.value.began == at(19, 19, 0)
    found = read(JA, tmp_path / "b", Choices(events={EVENT.key: EVENT}, zone="Asia/Tokyo"))
    assert found.initiatives == [EVENT]


def test_another_meeting_at_the_same_time_is_another_event(tmp_path: Path) -> None:
    other = replace(EVENT, key=f"zoom:99999999999@{EVENT.starts_at}")
    choices = Choices(events={other.key: other}, zone="Asia/Tokyo")
    (event,) = read(PREAMBLE + JA, tmp_path, choices).initiatives
    assert event.key == f"zoom:81234567890@{at(19, 18, 55)}"


def test_a_report_that_holds_headings_alone_asks_nothing(tmp_path: Path) -> None:
    found = read(JA.splitlines()[0] + "\n", tmp_path, Choices(zone="Asia/Tokyo"))
    assert (found.read, found.entries, found.initiatives) == (0, 1, [])


def test_a_meeting_said_to_be_of_an_event_is_of_it_the_next_time(tmp_path: Path) -> None:
    own = f"zoom:81234567890@{at(19, 18, 55)}"
    said = read(PREAMBLE + JA, tmp_path / "a", CHOICES)
    assert said.reading.own == {own: EVENT.key}
    later = Choices(answers={own: EVENT}, zone="Asia/Tokyo")
    found = read(PREAMBLE + JA, tmp_path / "b", later)
    assert keys_of(found) == keys_of(said)
    assert found.reading.own == {own: EVENT.key}
