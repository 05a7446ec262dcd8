"""Names as they are compared: width, case, kana and variants fold; other characters stay apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jibungoto.ledger.names import folded, search_text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("\u9ad9橋", "高橋", id="written variants of a character"),
        pytest.param("ｱｷ", "あき", id="half-width katakana and hiragana"),
        pytest.param("アキ", "あき", id="katakana and hiragana"),
        pytest.param("Ａｋｉ", "AKI", id="full-width letters"),
        pytest.param("田中　花", " 田中  花 ", id="wide and doubled spaces"),
        pytest.param("Straße", "STRASSE", id="case beyond ASCII"),
        pytest.param("ガ", "カ\u3099", id="composed and combined marks"),
    ],
)
def test_these_are_the_same_name(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("かき", "がき", id="voiced and unvoiced"),
        pytest.param("田中花", "田中 花", id="with and without a space"),
    ],
)
def test_these_are_not(one: str, other: str) -> None:
    assert folded(one) != folded(other)


@pytest.mark.parametrize("typed", ["あき", "アキ", "ｱｷ", "aki", "AKI"])
def test_a_reading_is_found_in_kana_and_in_letters(typed: str) -> None:
    assert folded(typed) in search_text(["アキ"])


@pytest.mark.parametrize("typed", ["田中 花", "田中花", "花"])
def test_a_name_is_found_with_and_without_its_space(typed: str) -> None:
    assert folded(typed) in search_text(["田中　花"])


def test_every_name_is_found_and_nothing_is_kept_twice() -> None:
    kept = search_text(["Aki", "aki", "", "  ", "Mio"]).split("\n")
    assert kept == ["aki", "mio"]


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing(name: str) -> None:
    assert folded(folded(name)) == folded(name)
