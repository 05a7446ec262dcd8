"""What the connpass reader makes of lists of participants."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from jibungoto.gather.contents.table import CUT_RECORD
from jibungoto.gather.events.guests import NO_EVENT, NO_NAME, NO_TIME, ODD_STATE, SHORTENED
from jibungoto.gather.reader import Choices
from jibungoto.gather.readers.connpass import ConnpassReader
from jibungoto.ledger.activity import AtPrecision
from jibungoto.ledger.initiative import Mode
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.problems import Asked, Undecided
from tests.gather.lists_made import (
    CHOSEN,
    EVENING,
    SPRING,
    is_recognised,
    only,
    places,
    read_with,
    table_of,
    told,
    workbook_of,
    written,
)
from tests.gather.made import Gathered, concealed, folder_of, zip_of

FIRST = (
    "参加枠名", "ユーザー名", "表示名", "コメント", "参加ステータス", "出欠ステータス",
    "やりたいこと, ひとことで", "更新日時", "受付番号",
)  # fmt: skip
SECOND = (
    "参加枠名", "ユーザー名", "表示名", "利用開始日", "コメント", "参加ステータス",
    "出欠ステータス", "PayPal取引ID", "請求書ID", "更新日時", "受付番号",
)  # fmt: skip
THIRD = (
    "参加枠名", "ユーザー名", "表示名", "利用開始日", "コメント", "参加ステータス",
    "出欠ステータス", "出席日時", "きっかけは？\n(いくつでも)", "更新日時", "受付番号",
)  # fmt: skip
GENERATIONS = {"2019": FIRST, "2023": SECOND, "2025": THIRD}
HANA = {
    "参加枠名": "現地参加",
    "ユーザー名": "hana",
    "表示名": "高橋 花子",
    "利用開始日": "2021年4月1日",
    "参加ステータス": "参加",
    "出欠ステータス": "出席",
    "更新日時": "2026年4月18日 09時05分",
    "受付番号": "1001",
}
TARO = {
    "参加枠名": "配信参加",
    "ユーザー名": "taro",
    "表示名": "山田 太郎",
    "参加ステータス": "参加キャンセル",
    "更新日時": "2026年4月17日 20時00分",
    "受付番号": "1002",
}
KEN = {
    "参加枠名": "一般",
    "ユーザー名": "ken",
    "表示名": "健",
    "参加ステータス": "補欠",
    "更新日時": "2026年4月16日 20時00分",
    "受付番号": "1003",
}


def listed(*rows: dict[str, Any], headings: tuple[str, ...] = THIRD, **dress: str) -> str:
    return table_of(headings, *([row.get(name, "") for name in headings] for row in rows), **dress)


def read(
    tmp_path: Path,
    content: str | bytes,
    choices: Choices = CHOSEN,
    *,
    name: str = "list.csv",
    encoding: str = "utf-8",
) -> Gathered:
    path = written(tmp_path / name, content, encoding=encoding)
    return read_with(ConnpassReader(), path, choices)


@pytest.mark.parametrize("headings", GENERATIONS.values(), ids=GENERATIONS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "shift_jis_2004"])
def test_every_generation_in_every_encoding(
    tmp_path: Path, headings: tuple[str, ...], encoding: str
) -> None:
    content = listed(HANA, TARO, KEN, headings=headings)
    found = read(tmp_path, content, encoding=encoding)
    assert told(found) == [
        ("attendance", "hana"),
        ("cancellation", "taro"),
        ("registration", "hana"),
        ("registration", "taro"),
        ("waiting", "ken"),
    ]
    assert [one.name for one in found.handles] == ["高橋 花子", "山田 太郎", "健"]
    assert found.refusals == []


def test_neither_registration_nor_attendance_happened_when_the_row_was_updated(
    tmp_path: Path,
) -> None:
    found = read(tmp_path, listed(HANA))
    registered, attended = found.of_kind(Kind.REGISTRATION), found.of_kind(Kind.ATTENDANCE)
    assert only(registered).happened_at == EVENING
    assert only(registered).at_precision is AtPrecision.NOT_AFTER
    assert only(attended).happened_at == EVENING
    found = read(tmp_path, listed(HANA | {"出席日時": "2026年4月19日 18時45分"}))
    assert only(found.of_kind(Kind.ATTENDANCE)).happened_at == EVENING - 900


def test_the_ticket_says_who_was_there_and_who_was_online(tmp_path: Path) -> None:
    found = read(tmp_path, listed(HANA, TARO, KEN))
    assert found.reading.tickets == {
        "現地参加": Mode.VENUE,
        "配信参加": Mode.ONLINE,
        "一般": None,
    }
    places = {act.actor: act.place for act in found.activities}
    assert places == {
        concealed("hana"): "venue",
        concealed("taro"): "online",
        concealed("ken"): None,
    }


def test_a_corrected_ticket_and_an_event_of_one_mode(tmp_path: Path) -> None:
    corrected = replace(CHOSEN, modes={"一般": Mode.VENUE})
    assert only(read(tmp_path, listed(KEN), corrected).activities).place == "venue"
    online = replace(CHOSEN, event=replace(SPRING, mode=Mode.ONLINE))
    assert only(read(tmp_path, listed(KEN), online).activities).place == "online"
    hybrid = replace(CHOSEN, event=replace(SPRING, mode=Mode.HYBRID))
    assert only(read(tmp_path, listed(KEN), hybrid).activities).place is None


def test_an_account_that_is_gone_counts_as_nobody(tmp_path: Path) -> None:
    gone = HANA | {"ユーザー名": "(退会ユーザー)", "表示名": ""}
    found = read(tmp_path, listed(gone, gone | {"受付番号": "1009"}, TARO))
    assert found.handles == [found.handle("taro")]
    assert len(found.of_kind(Kind.ATTENDANCE)) == 2
    assert {act.actor for act in found.of_kind(Kind.ATTENDANCE)} == {None}
    left = read(tmp_path, listed(gone, gone, headings=FIRST[:-1]))
    assert (len(left.counted), left.repeated) == (2, 0)


def test_no_name_address_id_or_answer_enters_an_activity(tmp_path: Path) -> None:
    row = HANA | {"コメント": "よろしく hana@example.jp", "きっかけは？\n(いくつでも)": "友だち"}
    found = read(tmp_path, listed(row, TARO, KEN))
    kept = repr(found.activities) + repr(found.records)
    for word in ("hana", "taro", "高橋", "よろしく", "友だち", "現地参加", "@"):
        assert word not in kept


def test_the_same_list_again_gives_the_same_keys_and_a_change_another_digest(
    tmp_path: Path,
) -> None:
    once, again = read(tmp_path, listed(HANA, TARO)), read(tmp_path, listed(TARO, HANA))
    assert {one.key: one.content for one in once.records} == {
        one.key: one.content for one in again.records
    }
    later = read(tmp_path, listed(HANA, TARO | {"参加ステータス": "参加"}))
    changed = {one.key: one.content for one in later.records}
    before = {one.key: one.content for one in once.records}
    assert [key for key in before if before[key] != changed[key]] == ["connpass:4410/1002"]


def test_somebody_who_left_connpass_later_is_the_same_record(tmp_path: Path) -> None:
    before = read(tmp_path, listed(HANA))
    after = read(tmp_path, listed(HANA | {"ユーザー名": "(退会ユーザー)", "表示名": ""}))
    assert [one.key for one in before.records] == [one.key for one in after.records]
    assert [one.content for one in before.records] != [one.content for one in after.records]


def test_two_rows_of_one_person_count_by_their_numbers_or_else_once(tmp_path: Path) -> None:
    cancelled = HANA | {"参加ステータス": "参加キャンセル", "出欠ステータス": ""}
    numbered = read(tmp_path, listed(cancelled | {"受付番号": "900"}, HANA))
    assert (len(numbered.counted), numbered.repeated) == (2, 0)
    bare = read(tmp_path, listed(cancelled, HANA, headings=THIRD[:-1]))
    assert (len(bare.counted), bare.repeated) == (1, 1)
    assert told(bare) == [("attendance", "hana"), ("registration", "hana")]


def test_two_people_under_one_number_are_two_records(tmp_path: Path) -> None:
    found = read(tmp_path, listed(HANA, KEN | {"受付番号": "1001"}))
    assert (len(found.counted), found.repeated) == (2, 0)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (HANA | {"参加ステータス": "たぶん"}, ODD_STATE),
        (HANA | {"参加ステータス": ""}, ODD_STATE),
        (HANA | {"出欠ステータス": "？"}, ODD_STATE),
        (HANA | {"ユーザー名": ""}, NO_NAME),
        (HANA | {"出席日時": "さっき"}, NO_TIME),
        (HANA | {"出席日時": "########"}, NO_TIME),
        (HANA | {"受付番号": "1.23457E+11"}, SHORTENED),
    ],
    ids=["state", "no state", "attendance", "name", "time", "too narrow", "shortened"],
)
def test_a_row_in_doubt_is_refused_and_the_others_get_in(
    tmp_path: Path, row: dict[str, str], reason: object
) -> None:
    found = read(tmp_path, listed(TARO, row, KEN))
    # The headings take two lines: one of the questions has a line break in it.
    assert [(one.place, one.reason) for one in found.refusals] == [("list.csv, line 4", reason)]
    assert len(found.counted) == 2


def test_a_broken_quote_costs_one_row(tmp_path: Path) -> None:
    broken = listed(TARO) + '現地参加,"hana"x,花子\r\n' + listed(KEN).split("\r\n", 1)[1]
    found = read(tmp_path, broken.replace("きっかけは？\n(いくつでも)", "きっかけ"))
    assert [one.reason for one in found.refusals] == [CUT_RECORD]
    assert len(found.counted) == 2


def test_what_excel_does_to_a_list(tmp_path: Path) -> None:
    headings = THIRD
    spoilt = HANA | {"出席日時": 46131.78125, "受付番号": 1001.0, "更新日時": 46130}
    zeros = TARO | {"受付番号": "001002"}
    rows = [[row.get(name, "") for name in headings] for row in (spoilt, zeros)]
    content = workbook_of({"event_4410_participants": [headings, *rows]})
    folder = tmp_path / "folder"
    written(folder / "list.xlsx", content)
    found = read_with(ConnpassReader(), folder)
    assert sorted(one.key for one in found.records) == [
        "connpass:4410/1001",
        "connpass:4410/1002",
    ]
    assert only(found.of_kind(Kind.ATTENDANCE)).happened_at == EVENING - 900


def test_a_preamble_another_order_and_mixed_line_ends(tmp_path: Path) -> None:
    turned = tuple(reversed(THIRD))
    content = "春の会の参加者\n\n" + listed(HANA, TARO, headings=turned, ends="\n")
    found = read(tmp_path, content + listed(KEN, headings=turned, ends="\r").split("\r", 1)[1])
    assert (len(found.counted), found.refusals) == (3, [])


def test_a_question_of_the_same_name_as_a_column_does_not_take_its_place(tmp_path: Path) -> None:
    headings = (*THIRD, "表示名", "参加ステータス")
    row = [HANA.get(name, "") for name in THIRD] + ["別の名前", "わからない"]
    found = read(tmp_path, table_of(headings, row))
    assert [one.name for one in found.handles] == ["高橋 花子"]


def test_the_list_reaches_to_the_latest_time_it_states(tmp_path: Path) -> None:
    planned = HANA | {"出欠ステータス": ""}
    assert str(read(tmp_path, listed(planned)).reading.covered_until) == "2026-04-18"
    assert str(read(tmp_path, listed(HANA)).reading.covered_until) == "2026-04-19"


def test_an_id_in_the_name_proposes_a_known_event(tmp_path: Path) -> None:
    choices = Choices(events={SPRING.key: SPRING}, zone="UTC")
    name = "event_4410_participants (1).csv"
    assert only(read(tmp_path, listed(KEN), choices, name=name).activities).initiative == SPRING.key


@pytest.mark.parametrize("name", ["list.csv", "event_9_participants.csv"])
def test_an_event_nobody_knows_is_asked_for(tmp_path: Path, name: str) -> None:
    with pytest.raises(Undecided) as problem:
        read(tmp_path, listed(KEN), Choices(events={SPRING.key: SPRING}), name=name)
    assert (problem.value.asked, problem.value.place) == (Asked.EVENT, name)


def test_a_list_of_nobody_asks_for_nothing(tmp_path: Path) -> None:
    found = read(tmp_path, listed(), Choices())
    assert (found.read, found.initiatives, found.entries) == (0, [], 1)


def test_several_lists_go_by_their_own_names(tmp_path: Path) -> None:
    other = replace(SPRING, key="connpass:7", starts_at=EVENING + 86_400, ends_at=None)
    choices = Choices(event=SPRING, events={SPRING.key: SPRING, other.key: other})
    files = {
        "event_4410_participants.csv": listed(HANA, TARO).encode("cp932"),
        "more/event_7_participants.csv": listed(HANA).encode(),
        "more/event_8_participants.csv": listed(KEN, TARO).encode(),
        "copy/event_7_participants.csv": listed(HANA).encode(),
        "README.md": b"notes",
        "notes.txt": b"something else",
    }
    for path in (folder_of(files, tmp_path / "f"), zip_of(files, tmp_path / "f.zip")):
        found = read_with(ConnpassReader(), path, choices)
        counted = sorted(one.key for one in found.counted)
        assert counted == ["connpass:4410/1001", "connpass:4410/1002", "connpass:7/1001"]
        assert (found.repeated, found.entries) == (1, 6)
        assert [(one.place, one.reason) for one in found.refusals] == [
            ("more/event_8_participants.csv", NO_EVENT),
            ("more/event_8_participants.csv", NO_EVENT),
        ]
        assert [one.place for one in found.left_out] == ["notes.txt"]


def test_a_damaged_file_does_not_keep_the_others_out(tmp_path: Path) -> None:
    good = listed(HANA).encode()
    path = zip_of(
        {"event_4410_participants.csv": good, "event_7_participants.csv": good},
        tmp_path / "f.zip",
        method=0,
    )
    content = path.read_bytes()
    at = content.rindex(good)
    path.write_bytes(content[:at] + b"\0" + content[at + 1 :])
    found = read_with(ConnpassReader(), path, Choices(events={SPRING.key: SPRING}))
    assert len(found.counted) == 1
    assert len(places(found)) + len(found.left_out) == 1


def test_other_lists_are_not_taken(tmp_path: Path) -> None:
    others = {
        "peatix.csv": "販売ID,参加者名,チケット名,ステータス\n",
        "meetup.xls": "Name\tUser ID\tRSVP\tRSVPed on\n",
        "prose.txt": "参加枠名 ユーザー名 表示名 参加ステータス\n",
        "json.json": '["参加枠名", "ユーザー名", "表示名", "参加ステータス"]',
        "empty.csv": "",
    }
    for name, content in others.items():
        assert not is_recognised(ConnpassReader(), written(tmp_path / name, content))


def test_what_a_list_can_tell(tmp_path: Path) -> None:
    told_of = read(tmp_path, listed(HANA)).reading.can_tell
    assert (told_of.creators, told_of.joins, told_of.replies, told_of.emails) == (False,) * 4
    assert told_of.complete_since is None


@pytest.mark.parametrize(
    ("heading", "written_as", "reading"),
    [
        ("フリガナ", "タカハシ ハナコ", "タカハシ ハナコ"),
        ("お名前（ふりがな）", "たかはし　はなこ", "たかはし はなこ"),
        ("氏名（ﾌﾘｶﾞﾅ）", "ﾀｶﾊｼ ﾊﾅｺ", "タカハシ ハナコ"),
        ("フリガナ", "高橋", ""),
        ("好きなカナリアの名前", "ピー", ""),
    ],
)
def test_a_question_for_the_reading_of_a_name_gives_it(
    tmp_path: Path, heading: str, written_as: str, reading: str
) -> None:
    headings = (*FIRST, heading)
    found = read(tmp_path, listed({**HANA, heading: written_as}, headings=headings))
    (hana,) = (one for one in found.handles if one.outside_id == "hana")
    assert hana.reading == reading
