"""Which series serve an objective: named by a How that is for something, or won in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from jibungoto.plan.bounds import must_fit
from jibungoto.plan.changes import changes_between
from jibungoto.plan.owwh import Plan
from jibungoto.plan.programmes import series_served, series_used
from jibungoto.plan.victory import Scope
from jibungoto.plan.yaml_file import read_plan, written
from tests.plan.made import FACTS, PLAN, TODAY, done_by, found, issues, won_by

LIVE = done_by(series=("live",))


@pytest.mark.parametrize(
    ("plan", "served"),
    [
        (PLAN, set()),
        (LIVE, {"live"}),
        (done_by(series=("live",), victories=()), set()),
        (done_by(series=("live",), stops=date(2026, 4, 30)), set()),
        (done_by(series=("live",), stops=TODAY), {"live"}),
        (won_by(scope=Scope(series="deep")), {"deep"}),
    ],
    ids=["none", "named", "by an idea", "stopped before", "stopped that day", "won in"],
)
def test_what_a_plan_serves_on_a_day(plan: Plan, served: set[str]) -> None:
    assert series_served(plan, TODAY) == served


def test_an_idea_uses_its_series_though_it_serves_nothing() -> None:
    assert series_used(done_by(series=("live", "deep"), victories=())) == {"live", "deep"}


def test_a_series_that_is_not_there_any_more_is_told_at_its_how() -> None:
    assert found("V07", LIVE) == [("E", "how[0].series")]
    assert found("V07", LIVE, replace(FACTS, series=frozenset({"live"}))) == []
    (issue,) = issues("V07", LIVE)
    assert issue.next_step.en == "There is no series “live”; choose another."
    assert issue.next_step.ja == "シリーズ「live」は、もうありません。選び直してください。"


def test_the_series_of_a_how_come_back_from_a_file() -> None:
    assert read_plan(written(LIVE).encode()) == LIVE
    assert "  series:\n  - live\n" in written(LIVE)


def test_a_key_as_long_as_a_source_gives_fits() -> None:
    must_fit(done_by(series=("a" * 200,)))


def test_versions_tell_which_series_came_and_went() -> None:
    (change,) = changes_between(PLAN, LIVE)
    assert change.words.en == "How › 朝の見回り › Series: added “live”"
    (back,) = changes_between(LIVE, PLAN)
    assert back.words.ja == "どうやって › 朝の見回り › シリーズの「live」をなくした"
