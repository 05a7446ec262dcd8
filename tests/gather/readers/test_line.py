"""A LINE talk: rows at minutes, texts of several lines, what happened, and no talk of two."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jibungoto.gather.reader import Choices
from jibungoto.gather.readers import line_rows, line_talk
from jibungoto.gather.readers.line import DIRECT, NOT_A_TALK, LineReader
from jibungoto.ledger.activity import TieKind
from jibungoto.ledger.kinds import Kind
from tests.gather.made import Gathered, concealed
from tests.gather.with_reader import check_whatever_it_is, keys_of, read_files, recognised_by

TOKYO = ZoneInfo("Asia/Tokyo")
CHOICES = Choices(zone="Asia/Tokyo")

TALK = """[LINE] 高知の会のトーク履歴
保存日時：2026/08/21 11:59

2026/04/18(土)
12:08\t花子\tこんにちは @太郎 さん
12:08\t太郎が参加しました。
12:09\t太郎\t"一行目
12:30\tにせ\tこれは引用
2026/04/19(日)
おわり"
12:10\t太郎\t[写真]
12:11\t\tメッセージの送信を取り消しました
12:11\t花子がメッセージの送信を取り消しました
12:12\t花子がみかんを招待しました
12:13\t花子\t☎ 通話時間 1:11
12:14\t三郎が退出しました。
12:15\t花子がノートを作成しました。

2026/04/19(日)
9:05\t花子\tこれは質問ですか？
つづき
"""
ENGLISH = """[LINE] Chat history in "Kochi"
Saved on: 08/21/2026, 11:59

Sat, 04/18/2026
1:05PM\tMika\t"hello" she said
1:06PM\tMika\t5" disk
ok
1:07PM\tKen joined the chat.
1:08PM\tKen left the chat.
1:09PM\tMika invited Ann Lee to the group.
1:10PM\tMika unsent a message.
12:11AM\tMika\t[Sticker]
"""


def at(day: int, hour: int, minute: int) -> int:
    return int(datetime(2026, 4, day, hour, minute, tzinfo=TOKYO).timestamp())


def read(text: str, tmp_path: Path, **files: bytes) -> Gathered:
    return read_files(LineReader(), {"talk.txt": text.encode(), **files}, tmp_path, CHOICES)


def names(found: Gathered, kind: Kind) -> list[str]:
    who = {one.actor: one.name for one in found.handles}
    return [who[a.actor or ""] for a in found.of_kind(kind)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_a_japanese_talk_is_in_whole(end: str, encoding: str, tmp_path: Path) -> None:
    text = TALK.replace("\n", end).replace("☎", "[通話]" if encoding == "cp932" else "☎")
    found = read_files(LineReader(), {"a.txt": text.encode(encoding)}, tmp_path, CHOICES)
    assert found.refusals == []
    said = found.of_kind(Kind.MESSAGE)
    assert [a.happened_at for a in said][:3] == [at(18, 12, 8), at(18, 12, 9), at(18, 12, 10)]
    assert said[-1].happened_at == at(19, 9, 5)
    assert (said[-1].is_question, said[2].length) == (True, 0)
    assert names(found, Kind.JOIN) == ["太郎"]
    assert names(found, Kind.LEAVE) == ["三郎"]
    assert names(found, Kind.REFERRAL) == ["花子"]
    assert found.reading.covered_until == date(2026, 8, 20)


def test_a_text_of_several_lines_is_one_message_whatever_its_lines_look_like(
    tmp_path: Path,
) -> None:
    found = read(TALK, tmp_path)
    quoted = found.of_kind(Kind.MESSAGE)[1]
    assert quoted.length == len("一行目\n12:30\tにせ\tこれは引用\n2026/04/19(日)\nおわり")
    assert "name:にせ" not in {one.outside_id for one in found.handles}


def test_an_english_talk_is_in_whole(tmp_path: Path) -> None:
    found = read(ENGLISH, tmp_path)
    assert found.refusals == []
    assert [(a.happened_at, a.length) for a in found.of_kind(Kind.MESSAGE)] == [
        (at(18, 13, 5), len('"hello" she said')),
        (at(18, 13, 6), len('5" disk\nok')),
        (at(18, 0, 11), 0),
    ]
    assert names(found, Kind.JOIN) == names(found, Kind.LEAVE) == ["Ken"]
    assert names(found, Kind.REFERRAL) == ["Mika"]
    assert found.initiatives[0].name == "Kochi"


def test_names_are_all_there_is_and_a_mention_finds_one(tmp_path: Path) -> None:
    found = read(TALK, tmp_path)
    assert {one.is_name_only for one in found.handles} == {True}
    assert found.tied(TieKind.MENTION) == [("name:花子", "name:太郎")]
    assert found.reading.can_tell.mentions and found.reading.can_tell.joins
    assert not found.reading.can_tell.replies
    assert all("花子" not in f"{a.key}{a.place}{a.initiative}" for a in found.activities)


def test_calls_and_notices_are_left_out_and_unsent_messages_are_taken_away(tmp_path: Path) -> None:
    found = read(TALK, tmp_path)
    assert {one.reason: one.records for one in found.left_out} == {
        line_talk.CALL: 1,
        line_talk.NOTICE: 1,
    }
    assert [one.filed_at for one in found.records if one.is_tombstone] == [at(18, 12, 11)] * 2


def test_a_message_unsent_since_the_last_export_is_found_by_its_key(tmp_path: Path) -> None:
    before = TALK.replace("12:11\t\tメッセージの送信を取り消しました", "12:11\t花子\tあとで消す")
    found, later = read(before, tmp_path / "a"), read(TALK, tmp_path / "b")
    assert keys_of(found).keys() == keys_of(later).keys()
    gone = {one.key for one in later.records if one.is_tombstone}
    assert len(gone & {a.key for a in found.of_kind(Kind.MESSAGE)}) == 1


def test_the_same_talk_saved_again_later_is_a_second_copy(tmp_path: Path) -> None:
    more = TALK + "9:06\t花子\tもうひとつ\n"
    found = read(TALK, tmp_path, **{"later.txt": more.encode(), "photo.jpg": b"\xff\xd8"})
    assert found.repeated == len(read(TALK, tmp_path / "once").counted)
    assert [one.reason for one in found.left_out][-1] == NOT_A_TALK


@pytest.mark.parametrize(
    "title", ["花子とのトーク履歴", "Chat history with Hanako", "Hanako"], ids=["ja", "en", "bare"]
)
def test_a_talk_of_two_people_is_never_read(title: str, tmp_path: Path) -> None:
    rows = "2026/04/18(土)\n12:08\t花子\tひみつ\n12:09\t私\tうん\n"
    text = f"[LINE] {title}\n保存日時：2026/08/21 11:59\n\n{rows}"
    found = read_files(
        LineReader(), {"[LINE] 花子とのトーク.txt": text.encode()}, tmp_path / "two", CHOICES
    )
    assert (found.read, found.records, found.handles) == (2, [], [])
    assert [(one.place, one.reason) for one in found.left_out] == [("[LINE] 1", DIRECT)]
    third = text + "12:10\t三郎\tやあ\n"
    assert len(read(third, tmp_path / "three").of_kind(Kind.MESSAGE)) == 3


def test_a_group_called_after_its_people_is_not_called_so_here(tmp_path: Path) -> None:
    found = read(TALK.replace("高知の会", "花子、太郎"), tmp_path)
    assert found.initiatives[0].name == "LINE"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("25:99\t花子\tx\nつづき", line_rows.BAD_TIME),
        ("2026/02/31(土)\n続きのない行", line_rows.BAD_DAY),
    ],
)
def test_a_broken_row_is_refused_alone(row: str, reason: object, tmp_path: Path) -> None:
    found = read(f"{TALK}{row}\n2026/04/20(月)\n10:00\t花子\tおはよう\n", tmp_path)
    assert [(one.place, one.reason) for one in found.refusals] == [("talk.txt, line 22", reason)]
    assert found.of_kind(Kind.MESSAGE)[-1].happened_at == at(20, 10, 0)


def test_rows_of_the_desktop_app_are_refused_with_the_way_out(tmp_path: Path) -> None:
    text = "[LINE] 会のトーク履歴\n\n2026.04.18 土曜日\n12:08 花子 こんにちは\n12:09 太郎 やあ\n"
    found = read(text, tmp_path)
    assert [one.reason for one in found.refusals] == [line_rows.SPACED] * 2


def test_a_row_before_any_date_is_refused(tmp_path: Path) -> None:
    found = read("[LINE] 会のトーク履歴\n\n12:08\t花子\tこんにちは\n", tmp_path)
    assert [one.reason for one in found.refusals] == [line_rows.NOT_DATED]


def test_namesakes_are_one_and_full_width_is_no_difference(tmp_path: Path) -> None:
    found = read(f"{TALK}9:07\tＭｉｋａ\tあ\n9:08\tmika\tい\n", tmp_path)
    assert found.of_kind(Kind.MESSAGE)[-1].actor == concealed("name:mika")
    assert len([one for one in found.handles if one.outside_id == "name:mika"]) == 1


def test_other_texts_are_no_talks(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("About [LINE] exports\n12:08\tx\ty\n")
    assert not recognised_by(LineReader(), tmp_path / "a.txt")


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_whatever_is_done_to_a_talk_the_sum_holds(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    content = bytearray(data.draw(st.sampled_from([TALK, ENGLISH])).encode())
    for _ in range(data.draw(st.integers(1, 6))):
        spot = data.draw(st.integers(0, len(content) - 1))
        odd = st.binary(max_size=3) | st.sampled_from([b'"', b"\t", b"\n", b"12:08\t"])
        content[spot : spot + 1] = data.draw(odd)
    path = tmp_path_factory.mktemp("line") / "talk.txt"
    path.write_bytes(bytes(content))
    check_whatever_it_is(LineReader(), path, CHOICES)
