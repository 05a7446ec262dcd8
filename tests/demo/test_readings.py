"""The demo's members say how their names are read, as members do."""

from __future__ import annotations

import pytest

from jibungoto.demo.names import FAMILY, FROM_ABROAD, GIVEN
from jibungoto.demo.readings import reading_of


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("山田 さくら", "やまだ さくら"),
        ("髙橋 京子", "たかはし きょうこ"),
        ("大野 雄一", "おおの ゆういち"),
        (FROM_ABROAD[0][0], ""),
        ("", ""),
    ],
)
def test_a_name_is_read_in_kana(name: str, reading: str) -> None:
    assert reading_of(name) == reading


def test_every_name_of_the_demo_has_a_reading_in_kana() -> None:
    for (family, _), (given, _) in zip(FAMILY, GIVEN * 2, strict=False):
        assert reading_of(f"{family} {given}").replace(" ", "").isalpha()
