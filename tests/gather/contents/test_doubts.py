"""What cannot be told for sure is said: a text that reads otherwise in another encoding as well."""

from __future__ import annotations

from pathlib import Path

import pytest

from jibungoto.gather.contents.doubts import doubt_in, doubts_in
from jibungoto.gather.shelves.export import open_export
from tests.gather.made import zip_of

LINE = "ユーザー名,表示名\r\naki,山田 太郎\r\n"


@pytest.mark.parametrize(
    "content",
    [
        b"name,mail\r\naki,a@b.jp\r\n",
        LINE.encode(),
        LINE.encode("utf-8-sig"),
        LINE.encode("utf-16"),
        LINE.encode("iso2022_jp"),
        LINE.encode("cp932"),
    ],
    ids=["ascii", "utf-8", "with a mark", "utf-16", "iso-2022-jp", "cp932"],
)
def test_where_only_one_reading_is_whole_nothing_is_said(content: bytes) -> None:
    assert doubt_in(content) == ""


def test_a_name_that_two_encodings_write_otherwise_is_doubted() -> None:
    assert doubt_in(LINE.replace("山田", "髙橋").encode("cp932")) == "Shift_JIS (Windows-31J)"


def test_kana_of_half_width_may_be_something_else_in_another_encoding() -> None:
    assert doubt_in("ｱｷﾓﾘﾔﾏﾀﾞ\r\n".encode("cp932")) != ""


def test_a_text_that_none_reads_whole_is_doubted() -> None:
    assert doubt_in(LINE.encode() + b"\xff\xfe\x80\r\n") == "UTF-8"


def test_half_a_character_at_the_end_of_what_is_looked_at_is_no_doubt() -> None:
    assert doubt_in((LINE * 2).encode()[:-9]) == ""


def test_the_texts_of_an_export_are_told_by_their_places(tmp_path: Path) -> None:
    files = {
        "a.csv": LINE.encode(),
        "b/c.csv": LINE.replace("山田", "髙橋").encode("cp932"),
        "d.json": "髙".encode("cp932"),
    }
    with open_export(zip_of(files, tmp_path / "x.zip")) as export:
        assert doubts_in(export) == {"b/c.csv": "Shift_JIS (Windows-31J)"}
