"""The rules and the steps of staying, of starts and of dependence give the same numbers."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache

import pytest

from jibungoto.engine.steps import Params, run
from jibungoto.understand import dependence, outcomes, returning
from jibungoto.understand.log import Log
from jibungoto.understand.newcomers import Rate
from jibungoto.understand.thresholds import DEFAULTS, Thresholds
from tests.understand.communities import AS_OF, ZONE, community
from tests.understand.reading import Reading, midnight
from tests.understand.relations import connection
from tests.understand.undertakings import with_undertakings

NIGHTS = (date(2023, 7, 1), date(2023, 10, 5), date(2024, 3, 1), AS_OF)
TALLIES = ("tally_returning", "tally_starting", "tally_staff_share")
SAMPLES = ("sample_start_pull", "sample_effort")
Numbers = dict[tuple[date, str, str], tuple[int, int | None]]
Samples = dict[str, list[tuple[date, str, float]]]


@cache
def undertaking(seed: int) -> Log:
    """Return the community of a seed, with things started beside channels."""
    return with_undertakings(community(seed), seed)


def by_steps(seed: int, thresholds: Thresholds = DEFAULTS) -> tuple[Numbers, Samples]:
    """Return the numbers of every measure and the samples of those that have them."""
    con = connection(undertaking(seed))
    run(con, Params(AS_OF, ZONE, NIGHTS, thresholds), names=(*TALLIES, *SAMPLES))
    numbers: Numbers = {}
    for step in TALLIES:
        key = "'staff_share'" if step == "tally_staff_share" else "measure"
        for as_of, measure, part, k, n in con.execute(
            f"select as_of, {key}, part, numerator, denominator from {step}"
        ).fetchall():
            numbers[as_of, measure, part] = (k, n)
    samples = {
        step: con.execute(f"select as_of, part, amount from {step} order by all").fetchall()
        for step in SAMPLES
    }
    return numbers, samples


@cache
def by_rule(seed: int) -> tuple[Numbers, Samples]:
    """Return the same from the plain rules, read afresh for every night."""
    numbers: Numbers = {}
    samples: Samples = {step: [] for step in SAMPLES}
    for night in NIGHTS:
        reading = Reading(undertaking(seed), night)
        until = midnight(night, ZONE)
        rates = {**staying(reading, until), **starting(reading, until), **depending(reading)}
        numbers.update({(night, *key): (rate.k, rate.n) for key, rate in rates.items()})
        back = returning.dormant_back(reading.acts, night)
        numbers[night, "dormant_back", ""] = (len(back), None)
        failed = outcomes.failed(reading.starts, reading.places, as_of=night)
        numbers[night, "failed_starts", ""] = (len(failed), None)
        pulls = outcomes.pulls(reading.starts, reading.places, as_of=night, until=until)
        least = DEFAULTS.qualify_others
        samples["sample_start_pull"] += [(night, "", float(pull)) for pull in pulls]
        samples["sample_start_pull"] += [
            (night, "qualified", float(pull)) for pull in pulls if pull >= least
        ]
        efforts = dependence.efforts_of(reading.acts, reading.sustaining, as_of=night)
        samples["sample_effort"] += [(night, "", float(n)) for n in sorted(efforts.values())]
    return numbers, samples


def staying(reading: Reading, until: int) -> dict[tuple[str, str], Rate]:
    night = reading.as_of
    return {
        **{
            ("ret_k", f"k{k}"): returning.retained(
                reading.newcomers, reading.acts, k=k, as_of=night, until=until
            )
            for k in returning.STRETCHES
        },
        ("stickiness", ""): returning.stickiness(reading.acts, night),
    }


def starting(reading: Reading, until: int) -> dict[tuple[str, str], Rate]:
    starts, places, night = reading.starts, reading.places, reading.as_of
    return {
        ("new_starter_share", ""): outcomes.new_starters(starts, night),
        ("staff_start_share", ""): outcomes.staff_starts(starts, night),
        ("start_survival90", ""): outcomes.surviving(starts, places, until=until),
    }


def depending(reading: Reading) -> dict[tuple[str, str], Rate]:
    return {
        ("staff_share", "helps"): dependence.staff_helps(reading.acts, reading.as_of),
        ("staff_share", "starts"): dependence.staff_starts(reading.acts, reading.as_of),
    }


@pytest.mark.parametrize("seed", range(20))
def test_rules_and_steps_give_the_same_numbers(seed: int) -> None:
    assert by_steps(seed) == by_rule(seed)


@pytest.mark.torture
@pytest.mark.parametrize("seed", range(20, 80))
def test_rules_and_steps_give_the_same_numbers_on_many_more(seed: int) -> None:
    assert by_steps(seed) == by_rule(seed)


def test_the_communities_have_something_to_count_everywhere() -> None:
    seen: Counter[tuple[str, str]] = Counter()
    lacking: Counter[tuple[str, str]] = Counter()
    for seed in range(20):
        numbers, samples = by_rule(seed)
        for (_, key, part), (k, n) in numbers.items():
            seen[key, part] += k != 0
            lacking[key, part] += n is not None and k != n
        for step, rows in samples.items():
            for _, part, amount in rows:
                seen[step, part] += amount > 1
    assert {place for place, times in seen.items() if times == 0} == set()
    shares = {place for place in lacking if place[0] not in ("dormant_back", "failed_starts")}
    assert {place for place in shares if lacking[place] == 0} == set()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("stretch_days", 29),
        ("sticky_window", 6),
        ("survive_from_days", 120),
        ("survive_days", 80),
        ("dormant_days", 91),
        ("cohort_window", 80),
        ("qualify_seconds", 20 * 86_400),
    ],
)
def test_a_step_that_reads_otherwise_is_noticed(name: str, value: int) -> None:
    mutated = Thresholds(**{name: value})
    assert any(by_steps(seed, mutated) != by_rule(seed) for seed in range(20))
