"""Names as they are compared: width, variants, spacing, order and kana aside."""

from __future__ import annotations

import pytest

from jibungoto.gather.people.spellings import (
    company,
    folded,
    is_full,
    names_in,
    reading_of,
    readings_of,
    swapped,
    without_order,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("髙橋 花子", "高橋 花子"),
        ("齋藤 実", "斎藤 実"),
        ("齊藤 実", "斎藤 実"),
        ("斉藤 実", "斎藤 実"),
        ("山﨑 光", "山崎 光"),
        ("渡邊 圭", "渡辺 圭"),
        ("渡邉 圭", "渡辺 圭"),
        ("𠮷田 翼", "吉田 翼"),
        ("濵田 櫻子", "浜田 桜子"),
        ("ﾀｶﾊｼ ﾊﾅｺ", "タカハシ ハナコ"),
        ("タカハシ ハナコ", "たかはし はなこ"),
        ("ＨＡＮＡＫＯ", "hanako"),
        ("髙橋　花子", "高橋 花子"),
        ("高橋花子さん", "高橋花子"),
        ("José Müller", "jose muller"),
        ("ガ", "が"),
    ],
)
def test_two_writings_of_one_name_are_folded_to_one(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("高橋 花子", "高橋 花江"), ("斎藤 実", "佐藤 実"), ("はた", "ばた"), ("Ann Lee", "Anne Lee")],
)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert folded(one) != folded(other)


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("高橋 花子 (Hanako) / 株式会社山びこ", ("高橋 花子", "株式会社山びこ", "hanako")),
        ("【運営】高橋花子@山びこ", ("高橋花子", "山びこ", "運営")),
        ("Hanako Takahashi <hana@mori.jp>", ("hanako takahashi",)),
        ("hana@mori.jp", ()),
        ("🌸花🌸", ()),
        ("", ()),
    ],
)
def test_what_may_be_a_name_is_taken_out_of_a_display_name(
    written: str, names: tuple[str, ...]
) -> None:
    assert names_in(written) == names


@pytest.mark.parametrize(
    ("name", "full"),
    [("高橋 花子", True), ("高橋花子", True), ("花子", False), ("hanako", False), ("a b", True)],
)
def test_a_full_name_is_more_than_a_given_name(name: str, full: bool) -> None:
    assert is_full(name) is full


def test_order_and_spacing_are_set_aside() -> None:
    assert without_order("高橋 花子") == without_order("高橋花子")
    assert without_order(swapped("花子 高橋")) == "高橋花子"
    assert without_order("takahashi hanako") == without_order("hanako takahashi")
    assert swapped("高橋花子") == "高橋花子"


@pytest.mark.parametrize(
    "names",
    [
        ("しんばし じゅん", "Jun Shimbashi", "zyun sinbasi", "シンバシ ジュン"),
        ("さとう ようこ", "Yoko Sato", "Yohko Satoh", "youko satou"),
        ("おおの りゅう", "Ryu Ono", "ryuu oono"),
        ("ちば つとむ", "Tsutomu Chiba", "tutomu tiba"),
    ],
)
def test_kana_and_romaji_of_one_name_sound_alike(names: tuple[str, ...]) -> None:
    assert len({reading_of(folded(name)) for name in names}) == 1


def test_a_full_name_is_heard_without_its_spaces_in_either_order() -> None:
    assert readings_of(folded("やまだたろう")) == ("yamadataro",)
    assert readings_of(folded("Taro Yamada")) == ("taroyamada", "yamadataro")
    for may_be_a_first_name in ("けんいち", "Kenichi", "高橋 花子"):
        assert readings_of(folded(may_be_a_first_name)) == ()


def test_kanji_have_no_reading() -> None:
    assert reading_of("高橋 花子") == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("株式会社山びこ", "㈱山びこ"),
        ("(株)山びこ", "山びこ 株式会社"),
        ("Yamabiko Inc.", "YAMABIKO, inc"),
        ("Acme Co., Ltd.", "acme"),
    ],
)
def test_a_company_is_the_same_without_its_legal_form(one: str, other: str) -> None:
    assert company(one) == company(other) != ""
