"""What the reader of tables makes of lines, and when it asks what the columns mean."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter

from jibungoto.gather.reader import Choices, Reading
from jibungoto.gather.readers.csv_table import CsvReader
from jibungoto.ledger.activity import AtPrecision, TieKind
from jibungoto.ledger.initiative import Initiative, InitiativeKind, Mode
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.problems import Asked, DamagedExport, Undecided
from tests.gather.made import Gathered, concealed, folder_of
from tests.gather.with_reader import (
    keys_of,
    read_files,
    read_with,
    recognised_by,
)

READER = CsvReader()
TOKYO = Choices(zone="Asia/Tokyo")
NINE = 1_767_225_600
"""2026-01-01 09:00 in Tokyo."""
LINES = [
    "日時,会員番号,名前,メールアドレス,種別,本文",
    "2026-01-01 09:00,0012,花,hana@mail.example.io,投稿,これでよいですか。",
    "2026/1/1 9:05,34,健,,登壇,",
    '2026年1月1日 9時06分,0012,花,,記事,"二行の\n本文"',
]
TEXT = "\n".join(LINES) + "\n"


def read(tmp_path: Path, text: str | bytes, choices: Choices = TOKYO, name: str = "") -> Gathered:
    content = text if isinstance(text, bytes) else text.encode()
    folder = tmp_path / (name or f"t{len(list(tmp_path.iterdir()))}")
    return read_files(READER, {"table.csv": content}, folder, choices)


def acts(found: Gathered) -> list[tuple[str, str, int]]:
    known = {handle.actor: handle.name for handle in found.handles}
    return [(a.kind.value, known[a.actor or ""], a.happened_at - NINE) for a in found.activities]


def workbook(*sheets: Sequence[Sequence[object]]) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "yyyy/mm/dd hh:mm"})
        for rows in sheets:
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, datetime):
                        sheet.write_datetime(number, column, cell, day)
                    else:
                        sheet.write(number, column, cell)
    return stream.getvalue()


def undecided(tmp_path: Path, text: str, choices: Choices = TOKYO) -> Undecided:
    with pytest.raises(Undecided) as caught:
        read(tmp_path, text, choices)
    assert caught.value.asked is Asked.COLUMNS
    return caught.value


def test_columns_are_understood_by_their_headings_and_shown(tmp_path: Path) -> None:
    found = read(tmp_path, TEXT)
    assert acts(found) == [("message", "花", 0), ("talk", "健", 300), ("article", "花", 360)]
    assert found.reading.columns == {
        "日時": "when",
        "会員番号": "who",
        "名前": "name",
        "メールアドレス": "email",
        "種別": "kind",
        "本文": "text",
    }
    assert [(handle.name, handle.typed_email, handle.email) for handle in found.handles] == [
        ("花", "hana@mail.example.io", None),
        ("健", None, None),
    ]
    message = found.activities[0]
    assert (message.length, message.is_question) == (len("これでよいですか。"), True)
    assert "花" not in repr(found.activities)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp932", "shift_jis_2004", "euc_jis_2004", "utf-16"]
)
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_every_encoding_line_end_and_delimiter_gives_the_same(
    tmp_path: Path, encoding: str, ends: str, delimiter: str
) -> None:
    text = TEXT.replace(",", delimiter).replace("\n", ends)
    assert keys_of(read(tmp_path, text.encode(encoding))) == keys_of(read(tmp_path, TEXT))


def test_order_and_strange_columns_and_a_preamble_change_nothing(tmp_path: Path) -> None:
    rows = [line.split(",") for line in LINES[:3]]
    turned = "\n".join(",".join([*row[::-1], "x"]) for row in rows)
    above = f"活動の記録\n作成,事務局,2026\n\n{turned}\n"
    plain = read(tmp_path, "\n".join(LINES[:3]))
    assert keys_of(read(tmp_path, above)) == keys_of(plain)
    assert "x" not in read(tmp_path, above).reading.columns


def test_a_second_column_of_a_name_is_another_column(tmp_path: Path) -> None:
    text = "日時,名前,コメント,コメント\n2026-01-01 09:00,花,一,二\n"
    found = read(tmp_path, text)
    assert found.reading.columns == {"日時": "when", "名前": "name", "コメント": "text"}
    assert found.activities[0].length == 1


def test_what_stands_above_a_time_says_the_kind_where_no_column_does(tmp_path: Path) -> None:
    kinds = [
        read(tmp_path, f"{heading},氏名\n2026-01-01 09:00,花\n").activities[0].kind
        for heading in ("出席日時", "申込日時", "公開日", "入会日", "登壇日", "投稿日時", "日時")
    ]
    assert kinds == [
        Kind.ATTENDANCE,
        Kind.REGISTRATION,
        Kind.ARTICLE,
        Kind.JOIN,
        Kind.TALK,
        Kind.MESSAGE,
        Kind.MESSAGE,
    ]


def test_words_for_kinds_are_known_in_both_languages_and_others_are_messages(
    tmp_path: Path,
) -> None:
    words = [
        "参加",
        "Attended",
        "登壇",
        "LT",
        "ブログ記事",
        "補欠",
        "参加キャンセル",
        "Sign-up",
        "?",
    ]
    rows = [f"2026-01-01 09:{n:02d},花,{word}" for n, word in enumerate(words)]
    found = read(tmp_path, "\n".join(["日時,名前,種別", *rows]))
    assert [act.kind.value for act in found.activities] == [
        "attendance",
        "attendance",
        "talk",
        "talk",
        "article",
        "waiting",
        "cancellation",
        "join",
        "message",
    ]


def test_a_name_alone_is_told_as_such_and_an_address_or_number_is_more(tmp_path: Path) -> None:
    lines = ["日時,名前,メール", "2026-01-01 09:00,Ｈａｎａ　Mori,"]
    text = "\n".join([*lines, "2026-01-01 09:01,hana mori,H@mail.example.io"])
    found = read(tmp_path, text)
    assert [(handle.outside_id, handle.is_name_only) for handle in found.handles] == [
        ("name:hana mori", True),
        ("h@mail.example.io", False),
    ]


def test_zeros_that_excel_takes_off_make_nobody_else(tmp_path: Path) -> None:
    kept = keys_of(read(tmp_path, "日時,会員番号\n2026-01-01 09:00,0012\n"))
    lost = keys_of(read(tmp_path, "日時,会員番号\n2026-01-01 09:00,12\n"))
    assert kept == lost


def test_excel_sheets_dates_as_numbers_and_numbers_as_powers(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["日時", "会員番号", "名前"],
        [datetime(2026, 1, 1, 9, 0), 12, "花"],
        [46_023.375, 12, "花"],
        ["2026-01-01 09:10", "1.23457E+12", "健"],
    ]
    content = workbook([["メモ"]], rows)
    found = read_files(READER, {"book.xlsx": content}, tmp_path / "book", TOKYO)
    assert acts(found) == [("message", "花", 0)]
    assert (found.read, found.repeated) == (3, 1)
    assert [one.place for one in found.refusals] == ["book.xlsx, Sheet2, line 4"]


def test_a_broken_line_costs_itself(tmp_path: Path) -> None:
    rows = [
        "日時,名前,本文",
        "2026-01-01 09:00,花,よい",
        "いつか,花,よい",
        "2026-01-01 09:01,,よい",
        "2026-01-01 09:02,花,よい,余り",
        '2026-01-01 09:03,花,"閉じない',
        "2026-01-01 09:04,健,よい",
        "04/05/2026,健,よい",
    ]
    found = read(tmp_path, "\n".join(rows))
    assert acts(found) == [("message", "花", 0), ("message", "健", 240)]
    assert [one.place for one in found.refusals] == [
        f"table.csv, line {number}" for number in (3, 4, 5, 6, 8)
    ]


@pytest.mark.parametrize(
    ("times", "days"),
    [
        (["1/13/2026 09:00", "2/3/2026 09:00"], [12, 33]),
        (["13/1/2026 09:00", "3/2/2026 09:00"], [12, 33]),
    ],
)
def test_a_number_above_12_shows_which_of_day_and_month_comes_first(
    tmp_path: Path, times: list[str], days: list[int]
) -> None:
    found = read(tmp_path, "\n".join(["Timestamp,Name", *(f"{one},Hana" for one in times)]))
    assert [(act.happened_at - NINE) // 86_400 for act in found.activities] == days


def test_a_day_without_an_hour_is_not_before_its_beginning(tmp_path: Path) -> None:
    (act,) = read(tmp_path, "日付,名前\n2026-01-01,花\n").activities
    assert (act.happened_at - NINE, act.at_precision) == (-9 * 3600, AtPrecision.NOT_BEFORE)


CHAT = [
    "投稿ID,日時,会員番号,返信先,チャンネル,本文",
    "m1,2026-01-01 09:00,a,,庭,種は?",
    "m3,2026-01-01 09:02,a,m2,庭,ありがとう",
    "m2,2026-01-01 09:01,b,m1,庭,ここ",
    "m4,2026-01-01 09:03,b,m0,庭,前の月の",
]


def test_answers_find_what_they_answer_here_and_in_another_export(tmp_path: Path) -> None:
    found = read(tmp_path, "\n".join(CHAT))
    root, thanks, answer, late = found.activities
    assert (root.kind, root.thread, answer.kind) == (Kind.MESSAGE, None, Kind.REPLY)
    assert (answer.thread, answer.in_reply_to) == (root.key, root.key)
    assert (thanks.thread, thanks.in_reply_to) == (root.key, answer.key)
    assert (late.thread == late.in_reply_to, late.thread) != (True, None)
    persons = {handle.actor: handle.name for handle in found.handles}
    ties = [(persons[t.from_actor or ""], persons.get(t.to_actor or "")) for t in found.ties]
    assert ties == [("a", "b"), ("b", "a"), ("b", None)]
    assert {tie.kind for tie in found.ties} == {TieKind.REPLY}
    (channel,) = found.initiatives
    assert (channel.kind, channel.name, channel.key) == (
        InitiativeKind.CHANNEL,
        "庭",
        f"csv:{root.place}",
    )
    assert found.reading.can_tell.replies
    earlier = "\n".join([CHAT[0], "m0,2025-12-31 09:00,a,,庭,前の月"])
    assert read(tmp_path, earlier).activities[0].key == late.in_reply_to


def test_answers_in_a_ring_end_somewhere(tmp_path: Path) -> None:
    rows = [CHAT[0], "a,2026-01-01 09:00,x,b,庭,1", "b,2026-01-01 09:01,y,a,庭,2"]
    found = read(tmp_path, "\n".join(rows))
    assert len({act.thread for act in found.activities}) == 1


def test_tickets_say_how_somebody_takes_part_and_people_correct_them(tmp_path: Path) -> None:
    lines = ["2026-01-01 09:00,花,春の庭,配信参加", "2026-01-01 09:00,健,春の庭,一般"]
    text = "\n".join(["出席日時,氏名,イベント,参加枠", *lines])
    found = read(tmp_path, text)
    assert [act.place for act in found.activities] == ["online", None]
    assert found.reading.tickets == {"配信参加": Mode.ONLINE, "一般": None}
    (event,) = found.initiatives
    assert (event.kind, event.name) == (InitiativeKind.EVENT, "春の庭")
    told = Initiative("connpass:7", InitiativeKind.EVENT, "春の庭")
    choices = Choices(zone="Asia/Tokyo", event=told, modes={"一般": Mode.VENUE})
    again = read(tmp_path, text, choices)
    assert [act.place for act in again.activities] == ["online", "venue"]
    assert {act.initiative for act in again.activities} == {"connpass:7"}


def test_two_columns_of_times_are_asked_about(tmp_path: Path) -> None:
    text = "申込日時,出席日時,氏名\n2026-01-01 09:00,2026-01-02 09:00,花\n"
    problem = undecided(tmp_path, text)
    assert "申込日時 = when" in problem.what.ja
    chosen = Choices(zone="Asia/Tokyo", columns={"出席日時": "when"})
    found = read(tmp_path, text, chosen)
    assert (acts(found), found.reading.columns) == (
        [("attendance", "花", 86_400)],
        {"氏名": "name", "出席日時": "when"},
    )


def test_a_bare_id_beside_names_may_be_the_lines_or_the_persons(tmp_path: Path) -> None:
    text = "ID,日時,氏名\n7,2026-01-01 09:00,花\n8,2026-01-01 09:01,花\n"
    undecided(tmp_path, text)
    as_person = read(tmp_path, text, Choices(zone="Asia/Tokyo", columns={"ID": "who"}))
    as_line = read(tmp_path, text, Choices(zone="Asia/Tokyo", columns={"ID": "row"}))
    assert (len(as_person.handles), len(as_line.handles)) == (2, 1)
    forms = "ID,完了時刻,メール\n1,2026-01-01 09:00,h@x.io\n2,2026-01-01 09:01,h@x.io\n"
    assert read(tmp_path, forms).reading.columns["ID"] == "row"


def test_lines_that_are_only_counted_off_may_be_counted_otherwise(tmp_path: Path) -> None:
    up = "No,日時,名前\n1,2026-01-01 09:00,花\n2,2026-01-01 09:01,健\n"
    down = "No,日時,名前\n1,2026-01-01 09:01,健\n2,2026-01-01 09:00,花\n"
    assert keys_of(read(tmp_path, up)) == keys_of(read(tmp_path, down))


@pytest.mark.parametrize(
    "text",
    [
        "えき,ひと\n2026-01-01 09:00,花\n2026-01-02 09:00,健\n",
        "名前,本文\n花,よい\n",
        "日時,本文\n2026-01-01 09:00,よい\n",
        "更新日時,氏名\n2026-01-01 09:00,花\n",
    ],
    ids=["unknown headings", "no time", "nobody", "only a change"],
)
def test_without_enough_to_go_by_a_person_is_asked(tmp_path: Path, text: str) -> None:
    undecided(tmp_path, text)


def test_a_person_can_give_every_column_its_meaning(tmp_path: Path) -> None:
    text = "えき,ひと,こと\n2026-01-01 09:00,花,よい\n"
    columns = {"えき": "when", "ひと": "name", "こと": "text"}
    found = read(tmp_path, text, Choices(zone="Asia/Tokyo", columns=columns))
    assert (acts(found), found.reading.columns) == ([("message", "花", 0)], columns)
    undecided(tmp_path, text, Choices(columns={"えき": "whenever"}))
    nothing = {**columns, "こと": "nothing"}
    kept = read(tmp_path, text, Choices(zone="Asia/Tokyo", columns=nothing))
    assert kept.activities[0].length is None


def test_the_suggestion_can_be_seen_before_anything_is_read(tmp_path: Path) -> None:
    from jibungoto.gather.shelves.export import open_export

    reading = Reading()
    path = folder_of(
        {"t.csv": "申込日時,出席日時,氏名\n2026-01-01,2026-01-01,花\n".encode()}, tmp_path
    )
    with open_export(path) as export, pytest.raises(Undecided):
        list(READER.read(export, conceal=concealed, choices=TOKYO, reading=reading))
    assert reading.columns == {"申込日時": "when", "氏名": "name"}


def test_an_address_is_kept_unless_somebodys_account_stands_in_it(tmp_path: Path) -> None:
    own = "https:" + "//note.com/hana/n/1"
    text = (
        f"公開日,氏名,URL\n2026-01-01,花,{own}\n2026-01-01,花,https://www.example.com/a?utm_id=1\n"
    )
    found = read(tmp_path, text)
    assert [(act.url, act.hosts) for act in found.activities] == [
        (None, "note.com"),
        ("https://example.com/a", None),
    ]


def test_twice_is_the_same_and_a_second_copy_is_repeated(tmp_path: Path) -> None:
    folder = folder_of({"a.csv": TEXT.encode(), "b.csv": TEXT.encode("cp932")}, tmp_path / "two")
    found = read_with(READER, folder, TOKYO)
    assert (found.read, found.repeated) == (6, 3)
    assert keys_of(found) == keys_of(read(tmp_path, TEXT))


def test_what_is_no_table_is_not_taken_or_left_out(tmp_path: Path) -> None:
    prose = "Well, this is prose, with commas.\nAnd another line.\nNo, really, none.\n"
    files = {"a.txt": prose.encode(), "b.json": [{"a": 1, "b": 2}], "c.png": b"\x89PNG\r\n\0\0"}
    assert not recognised_by(READER, folder_of(files, tmp_path / "no"))
    found = read_files(READER, files | {"t.csv": TEXT.encode()}, tmp_path / "some", TOKYO)
    assert [one.place for one in found.left_out] == ["a.txt", "b.json", "c.png"]


def test_a_damaged_workbook_is_a_problem(tmp_path: Path) -> None:
    content = workbook([["日時", "名前"], ["2026-01-01 09:00", "花"]])
    folder = folder_of({"b.xlsx": content[:900], "a.csv": TEXT.encode()}, tmp_path / "both")
    assert len(read_with(READER, folder, TOKYO).refusals) == 1
    from jibungoto.gather.shelves.export import open_export

    with open_export(folder_of({"b.xlsx": content[:900]}, tmp_path / "one")) as export:
        found = READER.read(export, conceal=concealed, choices=TOKYO, reading=Reading())
        with pytest.raises(DamagedExport):
            list(found)
