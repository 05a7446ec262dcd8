"""What the Peatix reader makes of lists of attendees."""

from __future__ import annotations

from pathlib import Path

import pytest

from jibungoto.gather.contents.table import CUT_RECORD
from jibungoto.gather.events.guests import NO_NAME, NO_TIME, ODD_STATE, SHORTENED
from jibungoto.gather.reader import Choices
from jibungoto.gather.readers.peatix import PeatixReader
from jibungoto.ledger.activity import AtPrecision
from jibungoto.ledger.initiative import Mode
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.problems import Undecided
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
from tests.gather.made import Gathered

HEADINGS = (
    "販売ID", "ユーザーID", "参加者名", "参加者名（カナ）", "アカウント名", "注文日時",
    "チケット名", "枚数", "チケットID", "ステータス", "チェックイン", "メールアドレス", "会社名",
)  # fmt: skip
ENGLISH = (
    "Sales ID", "User ID", "Attendee name", "Attendee name (Kana)", "Account name", "Order date",
    "Ticket name", "Quantity", "Ticket ID", "Status", "Check-in", "Email", "Company",
)  # fmt: skip
HANA = (
    "S-1", "u1", "高橋 花子", "タカハシ ハナコ", "hana", "2026/04/01 09:10", "現地参加",
    "1", "T1", "支払済", "2026/04/19 18:50", "Hana@example.jp", "山びこ",
)  # fmt: skip
TARO = (
    "S-2", "u2", "山田 太郎", "", "taro", "2026/04/02 09:10", "配信参加", "2", "T2", "キャンセル",
    "", "", "",
)  # fmt: skip


def read(tmp_path: Path, content: str | bytes, *, encoding: str = "utf-8") -> Gathered:
    path = written(tmp_path / "list" / "attendees.csv", content, encoding=encoding)
    return read_with(PeatixReader(), path.parent, CHOSEN)


def changed(row: tuple[str, ...], **cells: str) -> tuple[str, ...]:
    """Return a row with other cells, each by its place: ``_9`` is the state."""
    cut = {int(name[1:]): cell for name, cell in cells.items()}
    return tuple(cut.get(at, cell) for at, cell in enumerate(row))


@pytest.mark.parametrize("headings", [HEADINGS, ENGLISH], ids=["ja", "en"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_both_languages_in_every_encoding(
    tmp_path: Path, headings: tuple[str, ...], encoding: str
) -> None:
    found = read(tmp_path, table_of(headings, HANA, TARO), encoding=encoding)
    assert told(found) == [
        ("attendance", "u1"),
        ("cancellation", "u2"),
        ("registration", "u1"),
        ("registration", "u2"),
    ]
    hana = found.handle("u1")
    assert (hana.name, hana.reading, hana.display_name) == (
        "高橋 花子",
        "タカハシ ハナコ",
        "hana",
    )
    assert (hana.email, hana.typed_email) == (None, "hana@example.jp")
    assert (hana.organisation, hana.is_name_only) == ("山びこ", False)
    assert found.reading.tickets == {"現地参加": Mode.VENUE, "配信参加": Mode.ONLINE}


def test_an_order_has_its_time_and_a_cancellation_has_none(tmp_path: Path) -> None:
    found = read(tmp_path, table_of(HEADINGS, TARO))
    registered, cancelled = found.activities
    assert (registered.happened_at, registered.at_precision) == (
        1_775_088_600,
        AtPrecision.EXACT,
    )
    assert (cancelled.happened_at, cancelled.at_precision) == (EVENING, AtPrecision.NOT_AFTER)


def test_who_has_not_paid_yet_is_a_record_without_a_registration(tmp_path: Path) -> None:
    unpaid = read(tmp_path, table_of(HEADINGS, changed(HANA, _9="支払待ち", _10="")))
    paid = read(tmp_path, table_of(HEADINGS, HANA))
    assert (unpaid.activities, len(unpaid.counted)) == ([], 1)
    assert [one.key for one in unpaid.records] == [one.key for one in paid.records]


def test_without_an_account_a_name_stands_alone(tmp_path: Path) -> None:
    found = read(tmp_path, table_of(HEADINGS, changed(HANA, _1="", _2="高橋　花子")))
    (hana,) = found.handles
    assert (hana.outside_id, hana.is_name_only) == ("name:高橋 花子", True)


def test_two_tickets_of_one_person_are_two_records_and_one_copied_row_is_one(
    tmp_path: Path,
) -> None:
    found = read(tmp_path, table_of(HEADINGS, HANA, changed(HANA, _8="T9"), HANA))
    assert (len(found.counted), found.repeated) == (2, 1)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (changed(HANA, _9="ひみつ"), ODD_STATE),
        (changed(HANA, _2=""), NO_NAME),
        (changed(HANA, _5="04/05/2026"), NO_TIME),
        (changed(HANA, _10="たぶん"), NO_TIME),
        (changed(HANA, _1="1.2E+11"), SHORTENED),
        (changed(HANA, _8="1.2E+11"), SHORTENED),
    ],
    ids=["state", "name", "order", "check-in", "user", "ticket"],
)
def test_a_line_in_doubt_is_refused_and_the_others_get_in(
    tmp_path: Path, row: tuple[str, ...], reason: object
) -> None:
    found = read(tmp_path, table_of(HEADINGS, HANA, row, TARO))
    assert [(one.place, one.reason) for one in found.refusals] == [
        ("attendees.csv, line 3", reason)
    ]
    assert len(found.counted) == 2


def test_a_broken_quote_mixed_ends_and_a_preamble(tmp_path: Path) -> None:
    good = table_of(HEADINGS, HANA, ends="\n")
    broken = f'Peatix\n\n{good}S-9,u9,"あ"い,\r' + table_of(TARO)
    found = read(tmp_path, broken)
    assert [(one.place, one.reason) for one in found.refusals] == [
        ("attendees.csv, line 5", CUT_RECORD)
    ]
    assert len(found.counted) == 2


def test_a_spreadsheet_with_dates_as_numbers(tmp_path: Path) -> None:
    row = [*HANA]
    row[5] = 46113.381944444445  # type: ignore[call-overload]  # a spreadsheet's own number
    content = workbook_of({"Sheet1": [HEADINGS, row]})
    written(tmp_path / "book" / "list.xlsx", content)
    found = read_with(PeatixReader(), tmp_path / "book", CHOSEN)
    registered = only(found.of_kind(Kind.REGISTRATION))
    assert (registered.happened_at, registered.at_precision) == (
        1_775_002_200,
        AtPrecision.EXACT,
    )


def test_the_event_is_asked_for(tmp_path: Path) -> None:
    path = written(tmp_path / "list.csv", table_of(HEADINGS, HANA))
    with pytest.raises(Undecided):
        read_with(PeatixReader(), path, Choices())


def test_other_lists_are_not_taken(tmp_path: Path) -> None:
    others = {
        "connpass.csv": "参加枠名,ユーザー名,表示名,参加ステータス\n",
        "x.csv": "参加者名,ステータス\n",
    }
    for name, content in others.items():
        assert not is_recognised(PeatixReader(), written(tmp_path / name, content))
