"""What a place is for, by its name, and which numbers were seen there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jibungoto.gather.places import Numbers, tag_of
from jibungoto.ledger.initiative import PlaceTag


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("01_自己紹介", PlaceTag.INTRO),
        ("Introductions", PlaceTag.INTRO),
        ("introduce-yourself", PlaceTag.INTRO),
        ("お知らせ", PlaceTag.ANNOUNCE),
        ("announcements", PlaceTag.ANNOUNCE),
        ("introspection", PlaceTag.NONE),
        ("general", PlaceTag.NONE),
    ],
)
def test_a_name_proposes_what_a_place_is_for(name: str, tag: PlaceTag) -> None:
    assert tag_of(name) is tag


@given(st.lists(st.integers(0, 50)))
def test_each_number_is_added_once_and_keeps_its_order(told: list[int]) -> None:
    numbers = Numbers()
    added = [one for one in told if numbers.add(one)]
    assert added == list(dict.fromkeys(told))
    assert [numbers.order_of(one) for one in added] == list(range(len(numbers)))
    assert numbers.order_of(51) is None


@given(st.lists(st.lists(st.integers(0, 50), max_size=5), max_size=8))
def test_numbers_added_together_are_as_if_added_one_by_one(told: list[list[int]]) -> None:
    numbers, alone = Numbers(), Numbers()
    for some in told:
        if numbers.add_growing(some):
            assert all(alone.add(one) for one in some)
            continue
        assert [numbers.add(one) for one in some] == [alone.add(one) for one in some]
    assert [numbers.order_of(one) for one in range(51)] == [
        alone.order_of(one) for one in range(51)
    ]
    assert len(numbers) == len(alone)
