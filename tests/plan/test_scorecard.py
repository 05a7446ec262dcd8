"""The scorecard: now, path, forecast and standing, and nothing invented where data lack."""

from __future__ import annotations

import importlib
import warnings
from dataclasses import replace
from datetime import date, timedelta
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from scipy import stats

from jibungoto.ledger.words import Words
from jibungoto.plan.facts import MeasureFacts, PlanFacts, Point
from jibungoto.plan.forecast import IS_PAST, TOO_FAR, Forecast, forecast_of
from jibungoto.plan.number import apart, shown
from jibungoto.plan.owwh import Plan
from jibungoto.plan.scorecard import Card, on_path, scorecard_of
from jibungoto.plan.standing import Standing
from jibungoto.plan.suggest import proposed_for
from jibungoto.plan.text import same
from jibungoto.plan.victory import Baseline, Bound, ByHand, Operator, Scope
from tests.plan.made import FACTS, KNOWN, LEFT, PLAN, won_by

MONTHS = [date(2025, 7, 31), date(2025, 8, 31), date(2025, 9, 30), date(2025, 10, 31)]
MONTHS += [date(2025, 11, 30), date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 28)]
MONTHS += [date(2026, 3, 31), date(2026, 4, 30)]


@pytest.fixture(scope="module")
def sm() -> ModuleType:
    """Return statsmodels, which takes seconds to load."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return importlib.import_module("statsmodels.api")


def past(*values: float) -> tuple[Point, ...]:
    return tuple(Point(day, value) for day, value in zip(MONTHS, values, strict=False))


def monthly(*values: float, unit: str = "persons") -> MeasureFacts:
    history = past(*values)
    return MeasureFacts(Words("数", "Number"), unit, 28, now=history[-1], history=history)


def card(known: MeasureFacts | None, plan: Plan = PLAN, *, today: date = FACTS.today) -> Card:
    measures = {} if known is None else {LEFT.bound: known}
    facts = replace(FACTS, measures=measures, today=today)
    (only,) = scorecard_of(plan, facts).cards
    return only


def test_the_path_runs_straight_from_the_baseline_once_the_plan_begins() -> None:
    only = card(KNOWN)
    assert only.path == (Point(date(2026, 4, 1), 0.4), Point(date(2026, 9, 30), 0.2))
    assert only.expected == pytest.approx(0.4 - 0.2 * 29 / 182)
    assert on_path(only.path, date(2026, 3, 1)) == 0.4
    assert on_path(only.path, date(2027, 1, 1)) == pytest.approx(0.2)
    assert only.days_left == 152


def test_now_comes_with_its_interval_and_its_day() -> None:
    assert card(KNOWN).now == Point(date(2026, 4, 30), 0.35, 0.3, 0.41)


def test_without_enough_history_there_is_no_forecast_and_the_reason_is_said() -> None:
    only = card(KNOWN)
    assert only.forecast is None
    assert only.no_forecast is not None
    assert only.no_forecast.en == (
        "No forecast: the history is too short. It holds 2 values; it takes 6, over 3 windows that "
        "do not overlap."
    )
    assert only.judged.standing is Standing.ON_TRACK


@pytest.mark.parametrize(
    ("point", "standing"),
    [
        (Point(date(2026, 4, 30), 0.36), Standing.ON_TRACK),
        (Point(date(2026, 4, 30), 0.38), Standing.AT_RISK),
        (Point(date(2026, 4, 30), 0.45, 0.36, 0.55), Standing.AT_RISK),
        (Point(date(2026, 4, 30), 0.45, 0.40, 0.55), Standing.OFF),
        (Point(date(2026, 4, 30), 0.45), Standing.OFF),
    ],
    ids=["ahead", "a tenth short", "within the interval", "outside it", "without one"],
)
def test_without_a_forecast_the_path_decides(point: Point, standing: Standing) -> None:
    assert card(replace(KNOWN, now=point, history=())).judged.standing is standing


UP: dict[str, Any] = {"operator": Operator.AT_LEAST, "unit": "persons"}
RISING = (10.0, 12, 11, 13, 15, 14, 16, 18, 17, 19)


@pytest.mark.parametrize(
    ("target", "standing"),
    [(20.0, Standing.ON_TRACK), (23.6, Standing.ON_TRACK), (25.4, Standing.AT_RISK),
     (40.0, Standing.OFF)],
    ids=["all of the range", "its middle", "its better end", "beyond it"],
)  # fmt: skip
def test_with_a_forecast_its_range_decides(target: float, standing: Standing) -> None:
    plan = won_by(
        **UP, target=target, baseline=Baseline(value=16.0, first=MONTHS[8], last=MONTHS[8])
    )
    only = card(monthly(*RISING), plan)
    assert only.forecast is not None
    assert only.judged.standing is standing


def test_a_middle_that_reaches_the_target_is_at_risk_while_now_is_short_of_the_path() -> None:
    plan = won_by(**UP, target=23.0, due=date(2026, 9, 30),
                  baseline=Baseline(value=22.0, first=MONTHS[8], last=MONTHS[8]))  # fmt: skip
    assert card(monthly(*RISING), plan).judged.standing is Standing.AT_RISK


def test_the_forecast_is_the_least_squares_prediction_of_the_statistics_library(
    sm: ModuleType,
) -> None:
    due = date(2026, 9, 30)
    found = forecast_of(past(*RISING), due=due, window=28)
    assert isinstance(found, Forecast)
    days = np.array([(day - MONTHS[0]).days for day in MONTHS], dtype=float)
    fitted = sm.OLS(np.array(RISING), sm.add_constant(days)).fit()
    wanted = fitted.get_prediction([[1.0, float((due - MONTHS[0]).days)]]).summary_frame(alpha=0.2)
    assert found.value == pytest.approx(wanted["mean"].iloc[0])
    assert found.low == pytest.approx(wanted["obs_ci_lower"].iloc[0])
    assert found.high == pytest.approx(wanted["obs_ci_upper"].iloc[0])
    assert found.n == 10
    assert "80 %" in found.method.en and "2025年7月31日" in found.method.ja


@pytest.mark.parametrize("due", [date(2026, 5, 31), date(2026, 9, 30)], ids=["near", "far"])
def test_overlapping_windows_are_weighed_as_the_statistics_library_weighs_them(
    sm: ModuleType, due: date
) -> None:
    found = forecast_of(past(*RISING), due=due, window=90)
    assert isinstance(found, Forecast)
    days = np.array([(day - MONTHS[0]).days for day in MONTHS], dtype=float)
    alike = np.maximum(0, 1 - np.abs(days[:, None] - days[None, :]) / 90)
    fitted = sm.GLS(np.array(RISING), sm.add_constant(days), sigma=alike).fit()
    then = float((due - MONTHS[0]).days)
    shared = np.maximum(0, 1 - (then - days) / 90)
    left = np.array(RISING) - fitted.fittedvalues
    wanted = float(fitted.predict([[1.0, then]])[0] + shared @ np.linalg.solve(alike, left))
    assert found.value == pytest.approx(wanted)
    if due == date(2026, 9, 30):  # no window shares a day with that of the due date
        told = fitted.get_prediction([[1.0, then]])
        error = np.sqrt(fitted.scale + told.se_mean[0] ** 2)
        assert found.high - found.value == pytest.approx(stats.t.ppf(0.9, 8) * error)


@pytest.mark.parametrize(("window", "ahead"), [(28, 30), (28, 180), (90, 30), (90, 180)])
def test_the_range_holds_four_fifths_of_what_comes(window: int, ahead: int) -> None:
    random = np.random.default_rng(7)
    held = 0
    for _ in range(600):
        total = np.cumsum(random.normal(0, 1, 600) + np.arange(600) * 0.003)
        rolling = 5 + (total[window:] - total[:-window]) / window
        at = [12 + 30 * month for month in range(11)]
        history = [Point(date(2025, 1, 1) + timedelta(days=d), float(rolling[d])) for d in at]
        then = at[-1] + ahead
        found = forecast_of(history, due=date(2025, 1, 1) + timedelta(days=then), window=window)
        assert isinstance(found, Forecast)
        held += found.low <= rolling[then] <= found.high
    assert 0.75 <= held / 600 <= 0.85


def test_a_history_of_fewer_than_three_windows_foretells_nothing() -> None:
    found = forecast_of(past(*RISING), due=date(2026, 9, 30), window=150)
    assert isinstance(found, Words)
    assert found.en.startswith("No forecast: the history is too short. It holds 10 values")


def test_a_share_is_never_forecast_beyond_all_or_none() -> None:
    low = forecast_of(
        past(0.5, 0.4, 0.35, 0.2, 0.1, 0.05, 0.02, 0.01), due=date(2026, 8, 31), window=28,
        is_share=True,
    )  # fmt: skip
    assert isinstance(low, Forecast)
    assert (low.value, low.low) == (0.0, 0.0)
    high = forecast_of(
        past(0.5, 0.6, 0.75, 0.8, 0.9, 0.95, 0.98, 0.99), due=date(2026, 8, 31), window=28,
        is_share=True,
    )  # fmt: skip
    assert isinstance(high, Forecast)
    assert (high.value, high.high) == (1.0, 1.0)


def test_a_number_that_was_below_zero_may_be_so_again() -> None:
    found = forecast_of(past(9, 5, 2, 0, -3, -6, -8, -12), due=date(2026, 8, 31), window=28)
    assert isinstance(found, Forecast)
    assert found.value < -20


def test_nothing_is_foretold_farther_ahead_than_one_can_look_back() -> None:
    assert forecast_of(past(*RISING), due=date(2027, 3, 1), window=28) == TOO_FAR
    assert forecast_of(past(*RISING), due=date(2026, 4, 30), window=28) == IS_PAST


def test_a_measure_that_lost_its_data_has_no_number_and_a_reason() -> None:
    reason = Words("ログがありません。", "There is no log.")
    only = card(MeasureFacts(Words("放置率", "Left"), "fraction", 90, reason=reason))
    assert (only.now, only.expected, only.forecast) == (None, None, None)
    assert (only.reason, only.no_forecast) == (reason, reason)
    assert (only.judged.standing, only.judged.why) == (Standing.UNKNOWN, reason)
    assert only.path != ()


def test_a_measure_nobody_knows_has_no_number_either() -> None:
    only = card(None)
    assert only.now is None and only.reason is not None
    assert only.judged.standing is Standing.UNKNOWN
    assert only.name == Words(ja="unanswered72", en="unanswered72")


def test_a_scope_that_cannot_be_asked_for_does_not_show_the_whole_instead() -> None:
    only = card(KNOWN, won_by(scope=Scope(segment="new")))
    assert only.now is None and only.history == ()
    assert only.name == KNOWN.name


def test_a_baseline_that_vanished_is_said_and_stays_as_it_was_written() -> None:
    gone = replace(KNOWN, history=KNOWN.history[1:])
    only = card(gone)
    assert only.path[0].value == 0.4
    assert [note.en for note in only.notes] == [
        "What the baseline of 40% (up to 31 March 2026) was taken from is no longer in the log; "
        "the baseline stays as it was written."
    ]
    assert card(KNOWN).notes == ()


def test_a_baseline_the_log_now_tells_otherwise_is_said() -> None:
    moved = replace(KNOWN, history=(Point(date(2026, 3, 31), 0.5), KNOWN.history[1]))
    (note,) = card(moved).notes
    assert note.en.startswith("The baseline was written as 40%; from what is in the log now it")
    assert "50%" in note.ja


def test_without_a_baseline_there_is_no_path_but_the_target_can_be_reached() -> None:
    plan = won_by(baseline=Baseline(no_history=True), target=0.5)
    only = card(replace(KNOWN, history=()), plan)
    assert only.path == () and only.no_path is not None
    assert only.judged.standing is Standing.ON_TRACK
    plan = won_by(baseline=Baseline(no_history=True))
    assert card(replace(KNOWN, history=()), plan).judged.standing is Standing.UNKNOWN


@pytest.mark.parametrize(
    ("value", "standing"), [(0.2, Standing.WON), (0.21, Standing.LOST)], ids=["won", "lost"]
)
def test_after_the_due_date_the_last_value_before_it_decides(
    value: float, standing: Standing
) -> None:
    later = Point(date(2026, 11, 30), 0.9)
    known = replace(KNOWN, now=later, history=(Point(date(2026, 9, 30), value), later))
    assert card(known, today=date(2026, 12, 1)).judged.standing is standing


def test_data_that_end_long_before_the_due_date_decide_nothing() -> None:
    only = card(KNOWN, today=date(2026, 12, 1))
    assert only.judged.standing is Standing.UNKNOWN
    assert "30 April 2026" in only.judged.why.en
    assert [note.en for note in only.notes] == [
        "The data end on 30 April 2026; nothing later is in here."
    ]


def test_a_target_or_a_due_date_yet_to_be_said_decides_nothing() -> None:
    assert card(KNOWN, won_by(due=None)).judged.standing is Standing.UNKNOWN
    assert card(KNOWN, won_by(target=None)).path == ()


def test_a_number_counted_by_hand_goes_by_its_own_name() -> None:
    by_hand = ByHand(name=same("話した人"), who=same("あき"), every_days=30)
    only = card(None, won_by(measure="speakers", by_hand=by_hand))
    assert only.name == Words(ja="話した人", en="話した人")


def test_the_baseline_proposed_is_the_newest_value_with_its_days() -> None:
    proposed = proposed_for(LEFT, FACTS)
    assert proposed.baseline == Baseline(
        value=0.35,
        first=date(2026, 1, 31),
        last=date(2026, 4, 30),
        of="unanswered72",
        proposed=True,
    )
    assert proposed.own_range == (0.35, 0.4)
    assert proposed.reach == (0.175, 1.0)


def test_nothing_is_proposed_where_there_is_no_value() -> None:
    gone = replace(KNOWN, now=None, history=(), reason=Words("なし", "None"))
    facts = PlanFacts(today=FACTS.today, measures={LEFT.bound: gone})
    proposed = proposed_for(LEFT, facts)
    assert (proposed.baseline, proposed.reason, proposed.reach) == (None, gone.reason, None)
    assert proposed_for(LEFT, PlanFacts(today=FACTS.today)).baseline is None
    assert Bound("unanswered72") == LEFT.bound


@pytest.mark.parametrize(
    ("value", "unit", "wanted"),
    [(0.4, "fraction", "40%"), (0.333, "fraction", "33.3%"), (1234.0, "persons", "1,234"),
     (2.345678, "index", "2.346")],
)  # fmt: skip
def test_numbers_are_written_as_people_read_them(value: float, unit: str, wanted: str) -> None:
    assert shown(value, unit) == wanted


@pytest.mark.parametrize(
    ("value", "target", "unit", "wanted"),
    [(0.4474, 0.45, "fraction", "44.7%"), (0.4496, 0.45, "fraction", "44.9%"),
     (0.1501, 0.15, "fraction", "15.1%"), (0.45, 0.45, "fraction", "45%"),
     (0.4474, 0.6, "fraction", "45%"), (0.4474, None, "fraction", "45%"),
     (19.97, 20.0, "persons", "19.97"), (19.64, 20.0, "persons", "19.6")],
)  # fmt: skip
def test_what_is_short_of_its_target_does_not_read_as_it(
    value: float, target: float | None, unit: str, wanted: str
) -> None:
    assert apart(value, target, unit=unit) == wanted


def test_on_an_earlier_day_a_scorecard_knows_what_was_known_then() -> None:
    june, later = Point(date(2026, 6, 30), 0.3), Point(date(2026, 11, 30), 0.1)
    known = replace(KNOWN, now=later, history=(*KNOWN.history, june, later))
    only = card(known, today=date(2026, 7, 1))
    assert (only.now, only.history[-1]) == (june, june)
    assert only.judged.standing not in (Standing.WON, Standing.LOST)
    none = card(replace(known, history=(later,)), today=date(2026, 7, 1))
    assert none.now is None and none.reason is not None
    assert card(known, today=date(2026, 9, 30)).judged.standing not in (Standing.WON, Standing.LOST)
    assert card(known, today=date(2026, 10, 1)).judged.standing is Standing.UNKNOWN, "92 days old"
