"""The catalogue is complete, and its words agree with the numbers the rules take."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import pytest

from jibungoto.ledger.source import CanTell
from jibungoto.understand.catalogue import CATALOGUE, IntervalKind, Measure, Unit, measure_of
from jibungoto.understand.catalogue_dependence import QUARTER
from jibungoto.understand.catalogue_outputs import AFTERWARDS
from jibungoto.understand.measure import WORKS, quarter_before
from jibungoto.understand.returning import CHATS, STRETCHES
from jibungoto.understand.stepbook import row_queries, steps
from jibungoto.understand.thresholds import DAY, DEFAULTS

EVERY = [pytest.param(measure, id=measure.key) for measure in CATALOGUE]


def test_no_key_is_there_twice() -> None:
    keys = [measure.key for measure in CATALOGUE]
    assert sorted(set(keys)) == sorted(keys)


@pytest.mark.parametrize("measure", EVERY)
def test_a_measure_needs_only_what_sources_declare(measure: Measure) -> None:
    declared = {field.name for field in fields(CanTell)} | {WORKS}
    needs = [*measure.needs, *measure.at_least_without, *measure.partial_without]
    needs += [group for groups in measure.part_needs.values() for group in groups]
    assert {name for group in needs for name in group} - declared == set()
    assert set(measure.part_needs) - set(measure.parts) == set()


@pytest.mark.parametrize("measure", EVERY)
def test_shares_and_only_shares_have_a_wilson_interval(measure: Measure) -> None:
    is_share = measure.unit is Unit.FRACTION
    if measure.step.startswith("sample_"):  # a person's acts do not come independently
        assert measure.interval is not IntervalKind.WILSON
        return
    assert (measure.interval is IntervalKind.WILSON) == is_share


@pytest.mark.parametrize("measure", EVERY)
def test_the_window_is_the_one_the_steps_take(measure: Measure) -> None:
    windows = {
        "registered": 0,
        "active": DEFAULTS.active_window,
        "new": DEFAULTS.period,
        "growth": DEFAULTS.period,
        "stickiness": DEFAULTS.active_window,
        "dormant_back": DEFAULTS.period,
        "start_survival90": 0,
        "ret_event": (DEFAULTS.event_seconds + DEFAULTS.again_seconds) // DAY,
        "entry_mix": DEFAULTS.period,
        **dict.fromkeys(
            (each.key for each in AFTERWARDS),
            (DEFAULTS.event_seconds + DEFAULTS.output_seconds) // DAY,
        ),
        **dict.fromkeys(
            ("event_gap", "speaker_breadth", "first_time_speaker_share", "transition"),
            DEFAULTS.share_window,
        ),
        "yoko_after": (DEFAULTS.event_seconds + DEFAULTS.meet_seconds) // DAY,
        **dict.fromkeys(
            ("bridge_gap", "bridge_rate"), DEFAULTS.contribute_days + DEFAULTS.share_window
        ),
        "stage_stock": DEFAULTS.start_window,
        "stage_share": DEFAULTS.share_window,
    }
    if measure.is_quarterly:
        assert measure.window == QUARTER == longest_quarter()
        return
    assert measure.window == windows.get(measure.key, DEFAULTS.cohort_window)


@pytest.mark.parametrize("measure", EVERY)
def test_the_definition_says_the_window_in_both_languages(measure: Measure) -> None:
    if measure.is_quarterly:
        assert "四半期" in measure.definition.ja
        assert "last complete quarter" in measure.definition.en
    elif measure.window and measure.key != "stage_stock":
        assert f"{measure.window}日" in measure.definition.ja
        assert str(measure.window) in measure.definition.en


def longest_quarter() -> int:
    spans = [quarter_before(date(2024, month, 1)) for month in (1, 4, 7, 10)]
    return max((ends - begins).days for begins, ends in spans)


@pytest.mark.parametrize(
    ("night", "begins", "ends"),
    [
        (date(2024, 4, 1), date(2024, 1, 1), date(2024, 4, 1)),
        (date(2024, 3, 31), date(2023, 10, 1), date(2024, 1, 1)),
        (date(2024, 7, 10), date(2024, 4, 1), date(2024, 7, 1)),
    ],
)
def test_a_quarter_is_over_on_the_night_its_last_day_ends(
    night: date, begins: date, ends: date
) -> None:
    assert quarter_before(night) == (begins, ends)


def test_what_is_written_into_the_steps_fits_the_rules() -> None:
    by_name = {step.name: step.sql for step in steps()}
    rows = {query.name: query.sql for query in row_queries()}
    chats = ", ".join(f"'{source}'" for source in sorted(CHATS))
    assert f"source in ({chats})" in by_name["days"]
    assert f"source in ({chats})" in rows["stickiness"]
    for name, written in (("cohorts", "{k} as k"), ("newcomers", "as back_{k}")):
        assert all(written.format(k=k) in by_name[name] for k in STRETCHES)


def test_a_measure_is_found_by_its_key() -> None:
    assert measure_of("active") is CATALOGUE[1]
    assert measure_of("nothing") is None
