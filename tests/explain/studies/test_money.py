"""Money models: golden returns, ranges that lean the cautious way, and nothing assumed unsaid."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec import structs

from jibungoto.explain.claims import Grade
from jibungoto.explain.studies.accounts import Laid
from jibungoto.explain.studies.money import Case, MoneyModel, Range, reckon
from jibungoto.explain.studies.money_from_accounts import (
    ATTRIBUTED,
    INCREMENTAL,
    Timed,
    attributed,
    incremental_of,
)
from jibungoto.explain.studies.money_models import (
    ANSWERS,
    CONTENT,
    COST,
    DEFLECTION,
    HIRING,
    INSIGHT,
)
from jibungoto.explain.studies.money_saying import claims_of_money, tables_of_money
from jibungoto.explain.studies.registration import Registration, Unit
from jibungoto.explain.studies.study import Asked, studied
from jibungoto.ledger.problems import InvalidChoice
from tests.explain.studies.made import Making, made

GOLDEN = json.loads(
    (Path(__file__).parents[2] / "golden" / "domain_golden.json").read_text("utf-8")
)["answers_roi"]
SAID = {
    "answers": Range(middle=GOLDEN["answers_month"]),
    "searches": Range(low=0, middle=GOLDEN["searches_ok_month"], high=5_000),
    "worth": Range(low=1_000, middle=GOLDEN["value_yen"], high=2_000),
    "cost": Range(low=18e6, middle=GOLDEN["cost_yen_year"], high=22e6),
}
MODELS = [ANSWERS, DEFLECTION, CONTENT, HIRING, INSIGHT, COST, ATTRIBUTED, INCREMENTAL]


def test_answers_are_golden_with_and_without_searches() -> None:
    value, roi, alone = reckon(ANSWERS, SAID).results
    assert value.cases[Case.MIDDLE] == GOLDEN["value_year"]
    assert roi.cases[Case.MIDDLE] == pytest.approx(GOLDEN["roi"])
    assert alone.cases[Case.MIDDLE] == pytest.approx(GOLDEN["answers_only_roi"])


def test_the_low_case_takes_every_number_at_its_cautious_end() -> None:
    _, roi, _ = reckon(ANSWERS, SAID).results
    assert roi.cases[Case.LOW] == pytest.approx((12 * 300 * 1_000 - 22e6) / 22e6)
    assert roi.cases[Case.HIGH] == pytest.approx((12 * 5_300 * 2_000 - 18e6) / 18e6)


def test_an_assumption_switched_off_is_no_longer_counted_and_said_to_be_off() -> None:
    off = {**SAID, "searches": structs.replace(SAID["searches"], is_on=False)}
    found = reckon(ANSWERS, off)
    assert found.results[1].cases[Case.MIDDLE] == pytest.approx(GOLDEN["answers_only_roi"])
    assert "Successful searches a month: searches not counted" in claims_of_money(found)[0].text.en


def test_what_the_headline_rests_on_is_told_by_turning_each_switch() -> None:
    found = {one.assumption.key: one.worth for one in reckon(ANSWERS, SAID).without}
    assert found["searches"] == 12 * 300 * 1_500
    assert found["worth"] == 0


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.key)
def test_nothing_is_assumed_that_nobody_said(model: MoneyModel) -> None:
    found = reckon(model, {})
    assert {value for one in found.results for value in one.cases.values()} == {None}
    assert len(found.missing) == len(model.assumptions)
    assert claims_of_money(found) == ()


def test_a_return_on_nothing_spent_says_why_it_has_no_value() -> None:
    results, _ = tables_of_money(reckon(ANSWERS, {**SAID, "cost": Range(middle=0)}))
    cells = {row[0].text.en: row[1:] for row in results.rows}
    assert {one.small.en for one in cells["ROI"] if one.small} == {
        "the cost is 0, so there is nothing to divide by"
    }
    assert {one.small for one in cells["Value in a year"]} == {None}
    results, _ = tables_of_money(reckon(ANSWERS, {}))
    assert {cell.small for row in results.rows for cell in row[1:]} == {None}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.key)
def test_every_assumption_is_printed_with_its_three_numbers(model: MoneyModel) -> None:
    said = {one.key: Range(low=0.1, middle=0.2, high=0.3) for one in model.assumptions}
    found = reckon(model, said)
    _, assumed = tables_of_money(found)
    assert [row[0].text for row in assumed.rows] == [one.name for one in model.assumptions]
    assert {tuple(cell.number for cell in row[1:]) for row in assumed.rows} == {(0.1, 0.2, 0.3)}
    for claim in claims_of_money(found):
        assert claim.grade is model.grade
        assert all(one.name.ja in claim.text.ja for one in model.assumptions)


def test_a_single_number_is_said_to_have_no_range() -> None:
    said = {"count": Range(middle=2), "unit": Range(middle=800_000)}
    (claim,) = claims_of_money(reckon(HIRING, said))
    assert "1,600,000 yen (no range is stated)" in claim.text.en


def test_volunteers_stand_apart_from_what_the_company_pays() -> None:
    said = {one.key: Range(middle=10.0) for one in COST.assumptions}
    paid, staff, deputies, volunteers = (
        one.cases[Case.MIDDLE] for one in reckon(COST, said).results
    )
    assert (paid, staff, deputies, volunteers) == (240.0, 100.0, 100.0, 100.0)


def test_a_share_that_is_off_counts_everybody() -> None:
    said = {
        "views": Range(middle=1_000),
        "share": Range(is_on=False),
        "ticket": Range(middle=2_000),
    }
    (value,) = reckon(DEFLECTION, said).results
    assert value.cases[Case.MIDDLE] == 2_000_000


@pytest.mark.parametrize(
    "said",
    [Range(low=3, middle=2), Range(middle=3, high=2), Range(middle=-1)],
    ids=["low above base", "base above high", "negative"],
)
def test_numbers_that_do_not_fit_are_said(said: Range) -> None:
    with pytest.raises(InvalidChoice):
        reckon(HIRING, {"count": said, "unit": Range(middle=1)})


def test_attributed_revenue_is_a_rule_of_timing() -> None:
    accounts = [
        Timed(100.0, appeared="2026-04", active="2025-04"),
        Timed(10.0, appeared="2026-04", active="2026-03"),
        Timed(1.0, appeared="2026-04", active="2026-04"),
        Timed(1_000.0, appeared="2026-04", active="2026-05"),
        Timed(1_000.0, appeared="2026-04", active=""),
        Timed(1_000.0, appeared="", active="2020-01"),
    ]
    assert attributed(accounts) == Range(low=100.0, middle=110.0, high=111.0)
    assert ATTRIBUTED.grade is Grade.E1
    assert "Never add it" in ATTRIBUTED.caution.en


def asked(unit: Unit) -> Asked:
    return Asked(
        Registration(
            objective="renew", outcome="x", first="2025-01", last="2026-06", post=4, unit=unit
        )
    )


def test_only_what_reached_e3_is_multiplied() -> None:
    good = studied(Laid(made(3, Making(accounts=300, change=2.0)), ("A", "B")), asked(Unit.YEN))
    assert good.estimate is not None and good.estimate.interval is not None
    given = incremental_of(good)
    (value,) = reckon(INCREMENTAL, given, grade=good.grade).results
    assert value.cases[Case.MIDDLE] == pytest.approx(good.estimate.value * good.joined * 4)
    assert value.cases[Case.LOW] == pytest.approx(good.estimate.interval.low * good.joined * 4)
    few = studied(Laid(made(3, Making(accounts=40, change=2.0)), ("A", "B")), asked(Unit.YEN))
    counted = studied(Laid(made(3, Making(accounts=300)), ("A", "B")), asked(Unit.COUNT))
    for other in (few, counted):
        with pytest.raises(InvalidChoice):
            incremental_of(other)
