"""The catalogue is complete, and its words agree with the numbers the rules take."""

from __future__ import annotations

from dataclasses import fields

import pytest

from jibungoto.ledger.source import CanTell
from jibungoto.understand.catalogue import CATALOGUE, IntervalKind, Measure, Unit, measure_of
from jibungoto.understand.thresholds import DEFAULTS

EVERY = [pytest.param(measure, id=measure.key) for measure in CATALOGUE]


def test_no_key_is_there_twice() -> None:
    keys = [measure.key for measure in CATALOGUE]
    assert sorted(set(keys)) == sorted(keys)


@pytest.mark.parametrize("measure", EVERY)
def test_a_measure_needs_only_what_sources_declare(measure: Measure) -> None:
    declared = {field.name for field in fields(CanTell)}
    needs = [*measure.needs, *measure.at_least_without]
    needs += [group for groups in measure.part_needs.values() for group in groups]
    assert {name for group in needs for name in group} - declared == set()
    assert set(measure.part_needs) - set(measure.parts) == set()


@pytest.mark.parametrize("measure", EVERY)
def test_shares_and_only_shares_have_a_wilson_interval(measure: Measure) -> None:
    is_share = measure.unit is Unit.FRACTION
    assert (measure.interval is IntervalKind.WILSON) == is_share


@pytest.mark.parametrize("measure", EVERY)
def test_the_window_is_the_one_the_steps_take(measure: Measure) -> None:
    windows = {
        "registered": 0,
        "active": DEFAULTS.active_window,
        "new": DEFAULTS.period,
        "growth": DEFAULTS.period,
        "stage_stock": DEFAULTS.start_window,
        "stage_share": DEFAULTS.share_window,
    }
    assert measure.window == windows.get(measure.key, DEFAULTS.cohort_window)


@pytest.mark.parametrize("measure", EVERY)
def test_the_definition_says_the_window_in_both_languages(measure: Measure) -> None:
    if measure.window and measure.key != "stage_stock":
        assert f"{measure.window}日" in measure.definition.ja
        assert str(measure.window) in measure.definition.en


def test_a_measure_is_found_by_its_key() -> None:
    assert measure_of("active") is CATALOGUE[1]
    assert measure_of("nothing") is None
