"""The steps are written in the subset of SQL that means the same on every engine."""

from __future__ import annotations

import pytest

from jibungoto.engine.relations import STORED
from jibungoto.understand.catalogue import CATALOGUE
from jibungoto.understand.stepbook import Step, needed_for, row_queries, step_from, steps
from jibungoto.understand.thresholds import DEFAULTS
from tests.understand.portable import objections, tables_read

EVERY = [pytest.param(step, id=step.name) for step in (*steps(), *row_queries())]
GIVEN = {*STORED, "who", "kinds", "initiative", "source", "params", "nights"} - {"record"}


@pytest.mark.parametrize("step", EVERY)
def test_a_step_uses_only_what_every_engine_reads_alike(step: Step) -> None:
    assert objections(step.sql) == []


@pytest.mark.parametrize("step", EVERY)
def test_a_step_says_truly_what_it_reads(step: Step) -> None:
    assert sorted(tables_read(step.sql)) == list(step.reads)


@pytest.mark.parametrize("step", EVERY)
def test_a_step_takes_no_value_by_formatting(step: Step) -> None:
    assert "$" not in step.sql
    assert "{" not in step.sql


def test_steps_read_only_relations_and_steps_before_them() -> None:
    known = set(GIVEN)
    for step in steps():
        assert set(step.reads) - known == set(), step.name
        known.add(step.name)
    for query in row_queries():
        assert set(query.reads) - known == set(), query.name


def test_every_measure_has_its_step_and_the_rows_behind_it() -> None:
    assert {measure.step for measure in CATALOGUE} <= {step.name for step in steps()}
    assert [query.name for query in row_queries()] == sorted(each.key for each in CATALOGUE)


def test_what_is_written_into_the_steps_fits_the_thresholds() -> None:
    assert 1 <= DEFAULTS.speak_days <= 3  # `spoke` reads no further back
    windows = (
        DEFAULTS.dormant_days,
        DEFAULTS.dormant_owner_days,
        DEFAULTS.activated_window,
        DEFAULTS.help_window,
        DEFAULTS.output_window,
    )
    assert min(windows) > 31  # `islands` brings the days of a month together


def test_only_the_steps_needed_for_an_answer_are_run() -> None:
    assert [step.name for step in needed_for(frozenset({"reach"}))] == ["reach"]
    assert [step.name for step in needed_for(frozenset({"copies"}))] == ["people", "told", "copies"]


@pytest.mark.parametrize(
    "sql",
    [
        "select count_if(a > 1) as n from t",
        "select date_diff('month', a, b) as n from t",
        "select cast(count(*) as integer) / n as share from t",
        "select arg_max(a, b) as a from t",
        "select sum(a = 1) as n from t",
        "select count(*) as n from t",
        "select quantile_cont(a, 0.5) as m from t",
        "select a + interval (b) day as c from t",
        "select * from t",
        "select * exclude (a) from t",
        "select dayofweek(a) as d from t",
        "select cast(cast(a as double) / 2 as integer) as d from t",
        "select a as offset from t",
        "select sum(a) over (order by d range between 3 preceding and current row) as s from t",
        "select list(a order by b) as l from t",
        "select epoch_ms(a) as e from t",
        "select a, unnest([1, 2]) as b from t",
    ],
)
def test_what_engines_read_differently_is_objected_to(sql: str) -> None:
    assert objections(sql) != []


def test_a_wrong_heading_is_noticed() -> None:
    step = step_from("010_x", "-- What it is.\n-- reads: told, who\nselect a from told")
    assert sorted(tables_read(step.sql)) != list(step.reads)


def test_a_step_without_a_heading_is_refused() -> None:
    with pytest.raises(ValueError, match="010_x"):
        step_from("010_x", "select 1\nfrom t\n")
