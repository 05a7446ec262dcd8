"""What the Discord reader makes of DiscordChatExporter's tables, which know less than its JSON."""

from __future__ import annotations

from pathlib import Path

import pytest

from jibungoto.gather.contents.table import CUT_RECORD
from jibungoto.gather.readers import discord_words as words
from jibungoto.gather.readers.discord import DiscordReader
from jibungoto.ledger.kinds import Kind
from tests.gather.discord_made import AN, BO, DELETED, HALL, channel, said
from tests.gather.made import concealed, folder_of
from tests.gather.told import Told, tell

NAME = f"Server - Rooms - hall [{HALL}].csv"
NEW = "AuthorID,Author,Date,Content,Attachments,Reactions"
OLD = "Author;Date;Content;Attachments;"
AT = "2023-11-14T22:13:20.1230000+00:00"


def table(*lines: str, ends: str = "\n") -> bytes:
    return (ends.join(lines) + ends).encode()


def read(tmp_path: Path, content: bytes, *, zone: str = "UTC", name: str = NAME) -> Told:
    return tell(DiscordReader(), folder_of({name: content}, tmp_path / "export"), zone=zone)


def test_a_line_is_a_message_and_the_channel_comes_from_the_files_name(tmp_path: Path) -> None:
    found = read(tmp_path, table(NEW, f'"{AN}","an#0000","{AT}","Is it ""so""?\nyes","","👍 (2)"'))
    message = found.one(Kind.MESSAGE)
    assert (message.actor, message.happened_at) == (concealed(AN), 1_700_000_000)
    assert message.key == f"{HALL}/{concealed(AN)}/1700000000/1"
    assert (message.place, message.is_question) == (HALL, True)
    assert [(one.key, one.name) for one in found.initiatives] == [(f"discord:{HALL}", "hall")]
    assert found.handle(AN).name == "an"


def test_the_oldest_tables_know_names_alone(tmp_path: Path) -> None:
    lines = table(OLD, '"An#1234";"14-Nov-23 10:13 PM";"hi";"";', "Bo#1;14-Nov-23 10:13 PM;x;;")
    found = read(tmp_path, lines, zone="Asia/Tokyo")
    assert [one.happened_at for one in found.of_kind(Kind.MESSAGE)] == [1_699_967_580] * 2
    assert found.handle("name:an#1234").is_name_only
    told = found.reading.can_tell
    assert (told.replies, told.threads, told.mentions, told.bots) == (False,) * 4


def test_two_in_one_minute_stay_two_and_a_second_copy_counts_once(tmp_path: Path) -> None:
    line = f'"{AN}","an","14-Nov-23 10:13 PM","hi","",""'
    content = table(NEW, line, line)
    files = {NAME: content, f"Server - hall [{HALL}] [part 2].csv": content}
    found = tell(DiscordReader(), folder_of(files, tmp_path / "export"))
    assert (found.read, len(found.counted), found.repeated) == (4, 2, 2)


def test_joins_and_notices_are_told_by_the_words_the_tool_writes(tmp_path: Path) -> None:
    texts = ("Joined the server.", "Pinned a message.", "Started a thread.", "hello")
    found = read(tmp_path, table(NEW, *(f'"{AN}","an","{AT}","{text}","",""' for text in texts)))
    assert [len(found.of_kind(kind)) for kind in (Kind.JOIN, Kind.ADMIN, Kind.MESSAGE)] == [1, 2, 1]
    assert found.reading.can_tell.joins
    assert found.initiatives[0].is_default


@pytest.mark.parametrize(
    ("dates", "seconds"),
    [
        (("13/11/2023 10:13 PM", "04/05/2023 1:00"), [1_699_913_580, 1_683_162_000]),
        (("11/13/2023 10:13 PM", "04/05/2023 1:00"), [1_699_913_580, 1_680_656_400]),
        (("04/05/2023 1:00", "05/06/2023 1:00"), []),
        (("13/11/2023 1:00", "11/13/2023 1:00"), []),
    ],
    ids=["day first", "month first", "unclear", "contradicting"],
)
def test_day_and_month_are_never_guessed(
    tmp_path: Path, dates: tuple[str, str], seconds: list[int]
) -> None:
    found = read(tmp_path, table(NEW, *(f'"{AN}","an","{at}","x","",""' for at in dates)))
    assert [one.happened_at for one in found.activities] == seconds
    assert {one.reason for one in found.refusals} <= {words.UNCLEAR_DATE}


def test_a_broken_line_costs_itself_alone(tmp_path: Path) -> None:
    good = f'"{AN}","an","{AT}","x","",""'
    bad = [f'"{BO}","bo"x,"{AT}","x"', f'"{BO}","bo","soon","x","",""', f'"","","{AT}","x","",""']
    found = read(tmp_path, table(NEW, good, *bad, good))
    assert (found.read, len(found.counted)) == (5, 2)
    assert [one.reason for one in found.refusals] == [CUT_RECORD, words.NO_DATE, words.NO_AUTHOR]
    assert found.refusals[0].place.endswith("record 3")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_every_encoding_and_line_end_gives_the_same(
    tmp_path: Path, encoding: str, ends: str
) -> None:
    text = ends.join([NEW, f'"{AN}","花子","{AT}","これは質問ですか","",""', ""])
    found = read(tmp_path, text.encode(encoding))
    assert found.one(Kind.MESSAGE).is_question
    assert found.handle(AN).name == "花子"


def test_columns_may_change_places_and_what_stands_above_is_passed_over(tmp_path: Path) -> None:
    lines = table("exported by me,,", "Date,Content,Content,AuthorID,Author,Attachments",
                  f"{AT},hi,again,{AN},an,")  # fmt: skip
    assert read(tmp_path, lines).one(Kind.MESSAGE).length == 2


def test_an_id_that_excel_shortened_leaves_only_the_name(tmp_path: Path) -> None:
    found = read(tmp_path, table(NEW, f"1E+17,an,{AT},x,,", f"{DELETED},Deleted User,{AT},x,,"))
    assert [one.outside_id for one in found.handles] == ["name:an"]
    assert [one.actor is None for one in found.activities] == [False, True]


def test_where_json_of_the_same_channel_is_there_the_table_is_left_out(tmp_path: Path) -> None:
    files = {NAME: table(NEW, f'"{AN}","an","{AT}","x","",""'), "hall.json": channel(said(1, AN))}
    found = tell(DiscordReader(), folder_of(files, tmp_path / "export"))
    assert [one.reason for one in found.left_out] == [words.IN_JSON]
    assert (found.read, len(found.counted), found.entries) == (2, 1, 2)


def test_a_table_without_an_id_in_its_name_is_known_by_a_digest_of_it(tmp_path: Path) -> None:
    found = read(tmp_path, table(NEW, f'"{AN}","an","{AT}","x","",""'), name="Server - secret.csv")
    place = found.one(Kind.MESSAGE).place or ""
    assert place.startswith("file:")
    assert "secret" not in found.one(Kind.MESSAGE).key
    assert [(one.key, one.name) for one in found.initiatives] == [(f"discord:{place}", "secret")]
