"""A line as small as a word: drawn from nothing upwards, with gaps where nothing is known."""

from __future__ import annotations

import re

import pytest

from jibungoto.web.sparkline import sparkline


def points(values: list[float | None]) -> list[list[tuple[float, float]]]:
    drawn = sparkline(values)
    assert drawn is not None
    return [
        [(float(x), float(y)) for x, y in re.findall(r"([\d.]+),([\d.]+)", run)]
        for run in re.findall(r'points="([^"]*)"', drawn)
    ]


def test_values_rise_from_nothing_and_end_in_a_dot() -> None:
    assert points([0.0, 5.0, 10.0]) == [[(3.0, 25.0), (48.0, 14.0), (93.0, 3.0)]]
    assert 'cx="93.0" cy="3.0"' in (sparkline([0.0, 5.0, 10.0]) or "")


def test_what_falls_below_nothing_stays_inside() -> None:
    assert points([-10.0, 10.0]) == [[(3.0, 25.0), (93.0, 3.0)]]


def test_what_is_not_known_makes_a_gap() -> None:
    assert [len(run) for run in points([1.0, None, 2.0, 3.0, None])] == [1, 2]


def test_nothing_but_noughts_is_a_line_on_the_ground() -> None:
    assert points([0.0, 0.0]) == [[(3.0, 25.0), (93.0, 25.0)]]


@pytest.mark.parametrize("values", [[], [1.0], [None, 1.0, None]], ids=["none", "one", "one known"])
def test_fewer_than_two_are_no_line(values: list[float | None]) -> None:
    assert sparkline(values) is None
