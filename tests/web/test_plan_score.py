"""The picture of a scorecard: the history beside the path to the target."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from jibungoto.plan.facts import Point
from jibungoto.plan.scorecard import scorecard_of
from jibungoto.web.pages.plan_score import shown_score
from tests.plan.made import FACTS, KNOWN, LEFT, PLAN

MARCH, APRIL = Point(date(2026, 3, 31), 0.4), Point(date(2026, 4, 30), 0.35)


def rows(*history: Point) -> list[list[str]]:
    """Return the cells of the picture's table, with the newest point as the value now."""
    known = replace(KNOWN, now=history[-1] if history else None, history=history)
    score = scorecard_of(PLAN, replace(FACTS, measures={LEFT.bound: known}))
    (card,) = shown_score(score, segments={})
    found = re.findall(r"<tr>(.*?)</tr>", str(card.picture or ""), re.DOTALL)
    cells = [re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL) for row in found]
    return cells[1:]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_before_the_data_reach_its_first_day_the_path_runs_from_end_to_end(language: str) -> None:
    with translation.override(language):
        unknown = translation.gettext("not known")
        told = rows(Point(date(2026, 2, 28), 0.42), MARCH)
    assert [row[1:] for row in told] == [
        ["42%", unknown],
        ["40%", unknown],
        [unknown, "40%"],
        [unknown, "20%"],
    ]


def test_once_they_do_no_day_is_added_that_would_break_the_line_of_the_history() -> None:
    with translation.override("en"):
        told = rows(MARCH, APRIL)
    assert [row[1:] for row in told] == [
        ["40%", "not known"],
        ["35%", "37%"],
        ["not known", "20%"],
    ]


def test_without_a_value_there_is_no_picture() -> None:
    assert rows() == []
