"""Rules and steps of events, outputs and journeys give the same numbers on every night."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache

import pytest

from jibungoto.engine.steps import Params, rows_behind, run
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.source import SOURCE_NAMES
from jibungoto.understand import journeys, outputs, sequels, turnout
from jibungoto.understand.catalogue_events import EVENTS
from jibungoto.understand.catalogue_journeys import FAMILIES, JOURNEYS
from jibungoto.understand.catalogue_outputs import AFTERWARDS
from jibungoto.understand.catalogue_seats import SEATS
from jibungoto.understand.gatherings import Turnout, turnout_of
from jibungoto.understand.newcomers import Rate
from jibungoto.understand.thresholds import DAY, DEFAULTS, Thresholds
from tests.understand.communities import AS_OF, ZONE
from tests.understand.gathered import NIGHTS, eventful
from tests.understand.reading import Reading, midnight
from tests.understand.relations import connection

Counted = tuple[int, int | None, int]
"""k, n (None: a count has no denominator), and how many could not be told."""
Numbers = dict[tuple[date, str, str], Counted]
Found = dict[tuple[str, str], Counted]
ALONE = {
    "tally_entries": "entries_total",
    "tally_reach": "reach_total",
    "tally_multi_share": "multi_share",
    "tally_entry_mix": "entry_mix",
    "tally_identity": "identity_coverage",
    "tally_wait_conv": "wait_conv",
}
SHARED = ("tally_show", "tally_first_time", "tally_outputs")
SAMPLES = ("sample_stay", "sample_stay_share", "sample_seat_use")
WAYS = {"": None, "venue": "venue", "online": "online"}
SOME = [0, 3, *(pytest.param(seed, marks=pytest.mark.torture) for seed in (1, 2, 4))]


@cache
def by_steps(seed: int, thresholds: Thresholds = DEFAULTS) -> tuple[Numbers, list[object]]:
    """Return k, n and the doubtful of every measure and part, and the samples."""
    con = connection(eventful(seed))
    run(con, Params(AS_OF, ZONE, NIGHTS, thresholds), names=(*ALONE, *SHARED, *SAMPLES))
    numbers: Numbers = {}
    for step in (*ALONE, *SHARED):
        measure = f"'{ALONE[step]}'" if step in ALONE else "measure"
        for as_of, key, part, k, n, doubtful in con.execute(
            f"select as_of, {measure}, part, numerator, denominator, doubtful from {step}"
        ).fetchall():
            numbers[as_of, key, part] = (k, n, doubtful)
    samples = [
        con.execute(f"select as_of, round(amount, 6) from {step} order by all").fetchall()
        for step in SAMPLES
    ]
    return numbers, [row for rows in samples for row in rows]


@cache
def by_rule(seed: int) -> tuple[Numbers, list[object]]:
    """Return the same from the plain rules, read afresh for every night."""
    numbers: Numbers = {}
    stayed: list[object] = []
    shares: list[object] = []
    used: list[object] = []
    for night in NIGHTS:
        reading = Reading(eventful(seed), night)
        found = turnout_of(eventful(seed), night)
        until = midnight(night, ZONE)
        told = {
            **attended(found, until),
            **made(found, reading, until),
            **moved(found, reading),
        }
        numbers.update({(night, *key): value for key, value in told.items()})
        stays = turnout.stays(found, until=until)
        stayed += sorted((night, float(minutes)) for minutes, _ in stays)
        shares += sorted((night, round(share, 6)) for share in turnout.shares_stayed(stays))
        used += [(night, round(share, 6)) for share in turnout.seat_use(found, until=until)]
    return numbers, [*stayed, *shares, *used]


def attended(found: Turnout, until: int) -> Found:
    is_begun = any(event.ended_at < until for event in found.events.values())
    unlisted = turnout.events_without(found, Kind.REGISTRATION, until=until)
    unmarked = turnout.events_without(found, Kind.ATTENDANCE, until=until)
    switched = turnout.switch(found, until=until)
    numbers: Found = {("switch", ""): (switched.k, switched.n, switched.untold)}
    lines = {**WAYS, "unsaid": "unsaid"}
    for part, mode in lines.items():
        k = turnout.entries_total(found, mode, until=until)
        reached = len(turnout.reach_total(found, mode, until=until))
        if k or part != "unsaid":
            numbers["entries_total", part] = (k, None, unlisted + (not is_begun))
        if reached or part != "unsaid":
            numbers["reach_total", part] = (reached, None, unmarked + (not is_begun))
    if gone := turnout.entries_gone(found, until=until):
        numbers["entries_total", "gone"] = (gone, None, unlisted)
    for part, heads in turnout.heads_counted(found, until=until).items():
        numbers["reach_total", part] = (heads, None, 0)
    for part, mode in WAYS.items():
        shown = turnout.show(found, mode, until=until)
        missing = turnout.no_show(shown)
        first = turnout.first_time_rate(found, mode, until=until)
        again = sequels.ret_event(found, mode, until=until)
        promoted = turnout.wait_conv(found, mode, until=until)
        numbers["show", part] = (shown.k, shown.n, shown.untold)
        if seen := turnout.anybody_seen(found, mode, until=until):
            numbers["anybody_seen", part] = (seen, None, 0)
        numbers["no_show", part] = (missing.k, missing.n, missing.untold)
        numbers["first_time_rate", part] = (first.k, first.n, unmarked)
        numbers["ret_event", part] = (again.k, again.n, 0)
        numbers["wait_conv", part] = (promoted.k, promoted.n, promoted.untold)
    return numbers


def made(found: Turnout, reading: Reading, until: int) -> Found:
    tags = outputs.tags_of(reading.log)
    heat = outputs.heat(reading.acts, found, tags=tags, until=until)
    numbers: Found = {}
    for part, line in heat.lines.items():
        hot = line.per_attended if line.is_told else Rate(0, 0)
        numbers["outputs", part] = (line.outputs, None, int(not line.is_told))
        numbers["heat", part] = (hot.k, hot.n, heat.untold if line.is_told else 1)
    is_told = heat.lines[""].is_told
    rate, untold = (heat.rate, heat.untold) if is_told else (Rate(0, 0), 1)
    numbers["outputters", ""] = (heat.outputters, None, int(not is_told))
    numbers["output_rate", ""] = (rate.k, rate.n, untold)
    return numbers


def moved(found: Turnout, reading: Reading) -> Found:
    night = reading.as_of
    ways = journeys.journeys_of(reading.acts, found.events)
    several, untold = journeys.multi_share(reading.acts, ways, as_of=night)
    mix = journeys.entry_mix(reading.newcomers, reading.told, events=found.events, as_of=night)
    known = journeys.identity_coverage(reading.log, reading.acts, as_of=night)
    return {
        ("multi_share", ""): (several.k, several.n, untold),
        ("identity_coverage", ""): (known.k, known.n, 0),
        **{("entry_mix", family): (rate.k, rate.n, 0) for family, rate in mix.items()},
    }


def without_empty_families(numbers: Numbers) -> Numbers:
    """Steps also name families in which nobody came in; the rule names those with somebody."""
    return {
        place: counted
        for place, counted in numbers.items()
        if place[1] != "entry_mix" or counted[0]
    }


@pytest.mark.parametrize("seed", range(20))
def test_rules_and_steps_give_the_same_numbers(seed: int) -> None:
    numbers, samples = by_steps(seed)
    assert (without_empty_families(numbers), samples) == by_rule(seed)


@pytest.mark.torture
@pytest.mark.parametrize("seed", range(20, 80))
def test_rules_and_steps_give_the_same_numbers_on_many_more(seed: int) -> None:
    numbers, samples = by_steps(seed)
    assert (without_empty_families(numbers), samples) == by_rule(seed)


def test_the_communities_have_something_to_count_in_every_part() -> None:
    seen: Counter[tuple[str, str]] = Counter()
    for seed in range(20):
        for (_, key, part), (k, *_) in by_steps(seed)[0].items():
            seen[key, part] += k != 0
    assert {place for place, times in seen.items() if times == 0} == set()
    measures = [each for each in (*EVENTS, *SEATS, *AFTERWARDS) if each.step.startswith("tally_")]
    parts = {(each.key, part) for each in measures for part in ("", *each.parts)}
    assert parts | {("entry_mix", family) for family in FAMILIES} <= set(seen)


@pytest.mark.parametrize("seed", range(5))
def test_all_ways_in_together_are_all_who_came(seed: int) -> None:
    numbers, _ = by_steps(seed)
    for night in NIGHTS:
        mix = [
            counted
            for (at, key, _), counted in numbers.items()
            if (at, key) == (night, "entry_mix")
        ]
        assert sum(k for k, *_ in mix) == mix[0][1]


@pytest.mark.parametrize("seed", SOME)
def test_the_rows_behind_are_as_many_as_were_counted(seed: int) -> None:
    con = connection(eventful(seed))
    run(con, Params(AS_OF, ZONE, NIGHTS))
    numbers, _ = by_steps(seed)
    keys = {each.key for each in (*EVENTS, *SEATS, *AFTERWARDS, *JOURNEYS)}
    for key in keys - {"identity_coverage", "stay", "stay_share", "seat_use"}:
        for night in NIGHTS:
            rows = Counter(row.part for row in rows_behind(con, key, as_of=night))
            for (at, measure, part), (k, n, *_) in numbers.items():
                if (at, measure) != (night, key) or part in ("viewers", "attended"):
                    continue
                assert rows[part] == k, (key, night, part)
                if part == "" and n and key != "heat":
                    assert rows["no"] == n - k, (key, night)


@pytest.mark.parametrize("source", sorted(SOURCE_NAMES))
def test_steps_and_rules_put_a_source_in_the_same_family(source: str) -> None:
    con = connection(eventful(0))
    con.execute("update activity set source = $source", {"source": source})
    con.execute("update source set source = $source", {"source": source})
    run(con, Params(AS_OF, ZONE), names=("journeys",))
    steps = {family for (family,) in con.execute("select family from journeys").fetchall()}
    family = journeys.FAMILY_OF.get(source)
    assert steps == ({family} if family else {"event_venue", "event_online", "other"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("event_seconds", 89 * DAY),
        ("output_seconds", 10 * DAY),
        ("again_seconds", 100 * DAY),
        ("rest_seconds", 50 * DAY),
    ],
)
def test_a_step_that_reads_otherwise_is_noticed(name: str, value: int) -> None:
    mutated = Thresholds(**{name: value})
    assert any(by_steps(seed, mutated) != by_steps(seed) for seed in range(20))
