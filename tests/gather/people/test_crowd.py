"""Everybody of a delivery is one member, whose names can be printed."""

from __future__ import annotations

from jibungoto.gather.people.crowd import Crowd
from jibungoto.gather.people.roll import clean
from tests.gather.made import concealed


def test_one_id_is_one_member_concealed_once() -> None:
    asked: list[str] = []

    def conceal(outside_id: str) -> str:
        asked.append(outside_id)
        return concealed(outside_id)

    crowd = Crowd(conceal)
    assert crowd.of("1") is crowd.of("1")
    assert (asked, crowd.of("1").actor) == (["1"], concealed("1"))


def test_a_name_alone_is_compared_without_width_and_case() -> None:
    crowd = Crowd(concealed)
    assert crowd.named("Ｈａｎａ  Mori") is crowd.named("hana mori")
    assert crowd.named(" \u200b ") is None
    (handle,) = crowd.handles()
    assert (handle.outside_id, handle.is_name_only) == ("name:hana mori", True)
    assert handle.name == "Ｈａｎａ Mori"


def test_a_name_holds_nothing_that_cannot_be_printed() -> None:
    assert clean("a\x00b\u202e\ud800c" + "x" * 500) == f"a b \ufffdc{'x' * 194}"
    assert clean(None) == ""


def test_only_what_looks_like_an_address_is_one() -> None:
    crowd = Crowd(concealed)
    crowd.of("1").email = "not one"
    crowd.of("2").email = " an@example.jp "
    assert [one.email for one in crowd.handles()] == [None, "an@example.jp"]


def test_who_was_only_mentioned_is_told_as_such() -> None:
    crowd = Crowd(concealed)
    crowd.of("1")
    crowd.of("2").is_seen(5)
    crowd.of("3").is_listed = True
    assert [one.is_mentioned_only for one in crowd.handles()] == [True, False, False]
