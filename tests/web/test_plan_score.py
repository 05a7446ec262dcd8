"""The picture of a scorecard: the history beside the path to the target."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation
from msgspec import structs

from jibungoto.plan.facts import Point
from jibungoto.plan.forecast import METHOD, Forecast
from jibungoto.plan.scorecard import scorecard_of
from jibungoto.web.pages.plan_score import measures_below, shown_score, tree_shown
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


def test_every_victory_condition_stands_in_the_tree_with_its_value_and_those_below_it() -> None:
    alone = structs.replace(LEFT, key="gap", measure="event_gap", unit="days", target=30.0)
    objective = structs.replace(PLAN.objective, victory=(LEFT, alone))
    plan = structs.replace(PLAN, objective=objective)
    score = scorecard_of(plan, replace(FACTS, measures={LEFT.bound: KNOWN}))
    with translation.override("en"):
        first, second = tree_shown(score, plan, values={"ttfr": "3 h"})
    assert (first.words, first.now, [one.now for one in first.below]) == (
        "Left unanswered", "35%", ["3 h", ""]
    )  # fmt: skip
    assert (second.now, second.below) == ("", ())
    assert measures_below(score) == ("ttfr", "staff_share", "stickiness", "active")


def test_a_forecast_that_stays_short_of_its_target_does_not_read_as_reaching_it() -> None:
    score = scorecard_of(PLAN, replace(FACTS, measures={LEFT.bound: KNOWN}))
    (card,) = score.cards
    ahead = Forecast(date(2026, 9, 30), 0.3, 0.2034, 0.4, 12, METHOD)
    short = replace(score, cards=(replace(card, forecast=ahead),))
    with translation.override("en"):
        (shown,) = shown_score(short, segments={})
    assert shown.forecast == "20.4% to 40%"
