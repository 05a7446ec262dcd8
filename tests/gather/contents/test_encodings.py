"""A text is read in the encoding it is in, and accented letters are no rare signs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jibungoto.gather.contents.encodings import decoded, encoding_of, in_utf8, is_western
from tests.gather.lists_made import ENCODINGS

WESTERN = (
    "Name,Kind\nJürgen Müßig,talk\n",
    "E-Mail,Vorname,Nachname\nt@example.jp,Jürgen,Ö\n",
    "Name,Email\nJosé Müller,\n",
    "Name,Kind\nRenée Brûlé,a\nFRANÇOIS,b\n",
)
JAPANESE = (
    "name,kind\n山田 太郎,talk\n",
    "name,kind\n澤,talk\n",
    "name,kind\nKenﾀﾅｶ,ﾄｰｸ\n",
    "name,kind\nソニー A,アイウエオ\n",
    "name,kind\n渡邊 邉,A\n",
)


@pytest.mark.parametrize("text", WESTERN)
@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_accented_letters_among_plain_ones_are_western(text: str, encoding: str) -> None:
    content = text.encode(encoding)
    assert is_western(content)
    assert (decoded(content), encoding_of(content)) == (text, "cp1252")


@pytest.mark.parametrize("text", JAPANESE)
def test_japanese_below_headings_of_plain_letters_stays_japanese(text: str) -> None:
    content = text.encode("cp932")
    assert not is_western(content)
    assert (decoded(content), encoding_of(content)) == (text, "cp932")


def test_signs_that_only_shift_jis_2004_has_are_not_private_ones() -> None:
    text = "参加枠名,表示名\n現地,森 琁\n"
    content = text.encode("shift_jis_2004")
    assert any("\ue000" <= sign <= "\uf8ff" for sign in content.decode("cp932"))
    assert decoded(content) == text


@pytest.mark.parametrize("encoding", [*ENCODINGS, "utf-16"])
def test_a_beginning_tells_the_encoding_of_the_rest(encoding: str) -> None:
    text = "名前,メール\n山田 花子,参加\n"
    content = text.encode(encoding)
    assert content.decode(encoding_of(content)) == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_json_in_utf16_is_json_in_utf8(encoding: str) -> None:
    assert in_utf8('[{"名前": 1}]'.encode(encoding)) == '[{"名前": 1}]'.encode()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_its_mark_is_no_japanese_of_other_signs(encoding: str) -> None:
    text = "name,kind\n高橋 花子,参加\n"
    content = text.encode(encoding)
    assert (decoded(content), encoding_of(content)) == (text, encoding)
    assert in_utf8('[{"名前": 1}]'.encode(encoding)) == '[{"名前": 1}]'.encode()


@pytest.mark.parametrize("text", ["a\0b,kind\n高橋 花子,参加\n", "abcde\0山田 花子の記録\0\n"])
def test_zeros_between_other_signs_are_no_utf16(text: str) -> None:
    assert decoded(text.encode("cp932")) == text


KANA = st.text(alphabet="あいうえおかがソタナアイ一二三山田高橋", min_size=4, max_size=40)


@given(KANA)
def test_no_usual_japanese_text_is_taken_for_western(text: str) -> None:
    assert decoded(f"name\n{text}\n".encode("cp932")) == f"name\n{text}\n"
