"""A text names somebody in whatever writing, and a longer word that holds the name does not."""

from __future__ import annotations

import pytest

from jibungoto.gather.people.mentioned import is_named, terms_of, without_name

HANAKO = terms_of(
    ["髙橋 花子", "Hanako Mori", "高橋花子"], addresses=["hana@mori.jp"], ids=["U12345", "12"]
)


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("高橋花子さんと話した", "□さんと話した"),
        ("髙橋　花子", "□"),
        ("Mori  Hanako, and HANAKO MORI!", "□, and □!"),
        ("HANA@MORI.JP へ", "□ へ"),
        ("by U12345.", "by □."),
        ("Hanako Morita, U123456, 12 people", "Hanako Morita, U123456, 12 people"),
        ("高橋さん", "高橋さん"),
        ("", ""),
    ],
)
def test_full_names_addresses_and_ids_name_somebody_for_sure(text: str, without: str) -> None:
    assert without_name(text, HANAKO, mark="□") == without
    assert is_named(text, HANAKO) is (text != without)


@pytest.mark.parametrize("text", ["高橋さん", "花子さん", "with Hanako", "to hana"])
def test_a_part_of_a_name_may_name_somebody(text: str) -> None:
    assert not is_named(text, HANAKO)
    assert is_named(text, HANAKO, surely=False)


def test_a_short_name_counts_only_where_it_is_the_whole_text() -> None:
    terms = terms_of(["An"])
    assert is_named("an", terms) and not is_named("an apple", terms, surely=False)


def test_half_width_kana_are_the_same_name() -> None:
    assert without_name("ｶﾞﾘﾚｵさん", terms_of(["ガリレオ"]), mark="□") == "□さん"
