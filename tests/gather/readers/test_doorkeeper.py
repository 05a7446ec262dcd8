"""What the Doorkeeper reader makes of the API's answers and of its sheets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from jibungoto.gather.events.gatherings import NOT_AN_EVENT
from jibungoto.gather.events.guests import NO_EVENT, NO_NAME, NO_TIME, ODD_STATE
from jibungoto.gather.reader import Choices
from jibungoto.gather.readers.doorkeeper import DoorkeeperReader
from jibungoto.ledger.initiative import HeadCounts, InitiativeKind, Mode
from jibungoto.ledger.kinds import Kind
from tests.gather.lists_made import (
    CHOSEN,
    EVENING,
    is_recognised,
    only,
    read_with,
    table_of,
    told,
    workbook_of,
    written,
)
from tests.gather.made import Gathered, folder_of

HEADINGS = (
    "名前",
    "メールアドレス",
    "チケット",
    "申込日時",
    "チケット番号",
    "チェックイン",
    "やりたいこと",
)
HANA = (
    "高橋 花子",
    "Hana@example.jp",
    "現地参加",
    "2026-04-01 12:00",
    "77",
    "2026-04-19 18:50",
    "山",
)
TARO = ("山田 太郎", "", "オンライン", "2026-04-02 12:00", "78", "", "")
NOBODY = Choices(zone="Asia/Tokyo")


def event(number: int = 57728, **more: Any) -> dict[str, Any]:
    return {
        "event": {
            "title": "春の会",
            "id": number,
            "starts_at": "2026-04-19T10:00:00.000Z",
            "ends_at": "2026-04-19T12:00:00.000Z",
            "venue_name": "やまびこ会館",
            "address": "京都市下京区1-1",
            "published_at": "2026-03-01T00:00:00.000Z",
            "updated_at": "2026-03-02T00:00:00.000Z",
            "group": 24,
            "participants": 30,
            "waitlisted": 2,
            **more,
        }
    }


def read(tmp_path: Path, files: dict[str, Any], choices: Choices = CHOSEN) -> Gathered:
    return read_with(DoorkeeperReader(), folder_of(files, tmp_path / "export"), choices)


def sheet(*rows: tuple[Any, ...], name: str = "参加者") -> bytes:
    return workbook_of({name: [HEADINGS, *rows]})


def test_an_event_is_an_initiative_that_nobody_is_said_to_have_started(tmp_path: Path) -> None:
    found = read(tmp_path, {"events.json": [event(), event()]})
    (one,) = found.initiatives
    assert (one.key, one.name, one.mode) == ("doorkeeper:57728", "春の会", Mode.VENUE)
    assert (one.starts_at, one.ends_at) == (EVENING, EVENING + 7_200)
    assert (one.started_by, one.started_at) == (None, 1_772_323_200)
    assert (one.series, one.counts) == ("doorkeeper:group:24", HeadCounts(30, 2))
    assert (found.activities, found.repeated) == ([], 1)
    assert not found.reading.can_tell.creators
    assert str(found.reading.covered_until) == "2026-03-02"


@pytest.mark.parametrize(("limit", "seats"), [(50, 50), (None, None), (0, None)])
def test_an_event_may_tell_how_many_seats_it_has(
    tmp_path: Path, limit: int | None, seats: int | None
) -> None:
    found = read(tmp_path, {"event.json": event(ticket_limit=limit)})
    assert found.initiatives[0].capacity == seats


def test_an_event_without_a_place_is_online(tmp_path: Path) -> None:
    found = read(tmp_path, {"event.json": event(venue_name=None, address=None)})
    assert found.initiatives[0].mode is Mode.ONLINE


def test_a_group_told_in_full_is_a_series(tmp_path: Path) -> None:
    group = {"id": 24, "name": "やまびこ", "country_code": "JP", "logo": "x"}
    found = read(tmp_path, {"a.json": [event(group=group)], "b.json": {"group": group}})
    series = [one for one in found.initiatives if one.kind is InitiativeKind.SERIES]
    assert {(one.key, one.name) for one in series} == {("doorkeeper:group:24", "やまびこ")}
    assert len(found.counted) == 2


def test_a_sheet_of_participants(tmp_path: Path) -> None:
    found = read(tmp_path, {"sheet.xlsx": sheet(HANA, TARO)})
    assert told(found) == [
        ("attendance", "email:hana@example.jp"),
        ("registration", "email:hana@example.jp"),
        ("registration", "name:山田 太郎"),
    ]
    hana, taro = found.handles
    assert (hana.typed_email, hana.email, hana.is_name_only) == ("hana@example.jp", None, False)
    assert (taro.typed_email, taro.is_name_only) == (None, True)
    assert only(found.of_kind(Kind.ATTENDANCE)).happened_at == EVENING - 600
    assert found.reading.tickets == {"現地参加": Mode.VENUE, "オンライン": Mode.ONLINE}


def test_sheets_say_who_waits_and_who_cancelled(tmp_path: Path) -> None:
    book: dict[str, list[tuple[Any, ...]]] = {
        "参加者": [HEADINGS, HANA],
        "キャンセル待ち": [HEADINGS, TARO],
        "キャンセル": [HEADINGS, ("鈴木", "s@example.jp", "現地参加", "", "79", "", "")],
        "メモ": [("自由",)],
    }
    found = read(tmp_path, {"sheet.xlsx": workbook_of(book)})
    assert [kind for kind, _ in told(found)] == [
        *("attendance", "cancellation", "registration", "registration", "waiting"),
    ]


def test_the_number_in_a_sheets_name_proposes_the_event_the_answers_tell_of(
    tmp_path: Path,
) -> None:
    files = {
        "group-tickets-57728.xlsx": sheet(HANA),
        "group-tickets-9.xlsx": sheet(HANA),
        "events.json": [event()],
    }
    found = read(tmp_path, files, NOBODY)
    assert only(found.of_kind(Kind.ATTENDANCE)).initiative == "doorkeeper:57728"
    assert [(one.place, one.reason) for one in found.refusals] == [
        ("group-tickets-9.xlsx", NO_EVENT)
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("", "", "現地参加", "", "80", "", ""), NO_NAME),
        (("鈴木", "", "現地参加", "きのう", "80", "", ""), NO_TIME),
        (("鈴木", "", "現地参加", "", "80", "たぶん", ""), NO_TIME),
    ],
    ids=["name", "order", "check-in"],
)
def test_a_broken_line_is_refused_and_the_others_get_in(
    tmp_path: Path, row: tuple[str, ...], reason: object
) -> None:
    found = read(tmp_path, {"sheet.xlsx": sheet(HANA, row, TARO)})
    assert [(one.place, one.reason) for one in found.refusals] == [("sheet.xlsx, line 3", reason)]
    assert len(found.counted) == 2


def test_a_state_nobody_knows_is_refused(tmp_path: Path) -> None:
    rows = [("Name", "Email", "Ticket", "Status"), ("A", "", "x", "maybe"), ("B", "", "x", "paid")]
    found = read(tmp_path, {"list.xlsx": workbook_of({"Attendees": rows})})
    assert [one.reason for one in found.refusals] == [ODD_STATE]
    assert told(found) == [("registration", "name:b")]


@pytest.mark.parametrize(
    ("broken", "reason"),
    [({"event": {"title": "x"}}, NOT_AN_EVENT), (5, NOT_AN_EVENT), (event(starts_at="x"), NO_TIME)],
)
def test_a_broken_event_is_refused_and_the_others_get_in(
    tmp_path: Path, broken: Any, reason: object
) -> None:
    found = read(tmp_path, {"events.json": [event(1), broken, event(2)]})
    assert [(one.place, one.reason) for one in found.refusals] == [
        ("events.json, record 2", reason)
    ]
    assert len(found.counted) == 2


def test_the_same_sheet_again_gives_the_same_records(tmp_path: Path) -> None:
    once = read(tmp_path / "a", {"sheet.xlsx": sheet(HANA, TARO)})
    again = read(tmp_path / "b", {"sheet.xlsx": sheet(TARO, HANA)})
    assert {one.key: one.content for one in once.records} == {
        one.key: one.content for one in again.records
    }


def test_other_files_are_not_taken(tmp_path: Path) -> None:
    others = {
        "connpass.csv": "参加枠名,ユーザー名,表示名,参加ステータス,名前,メール,チケット,出席\n",
        "names.csv": "名前,メールアドレス\n",
        "slack.json": json.dumps([{"type": "message", "ts": "1.0"}]),
    }
    for name, content in others.items():
        assert not is_recognised(DoorkeeperReader(), written(tmp_path / name, content))
    tickets = written(tmp_path / "list" / "our own.xlsx", sheet(HANA, name="名簿"))
    assert not is_recognised(DoorkeeperReader(), tickets.parent)
    text = written(tmp_path / "list.csv", table_of(HEADINGS, HANA))
    assert not is_recognised(DoorkeeperReader(), text)
