"""Rules and steps of hosting, meeting, going on and of organisations give the same numbers."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache

import pytest

from jibungoto.engine.steps import Params, rows_behind, run
from jibungoto.understand import dependence, hosting, journeys, meeting, onward
from jibungoto.understand.catalogue_hosting import HELD_AS
from jibungoto.understand.catalogue_journeys import WIDTHS
from jibungoto.understand.gatherings import turnout_of
from jibungoto.understand.thresholds import DAY, DEFAULTS, Thresholds
from tests.understand.communities import AS_OF, ZONE
from tests.understand.crossed import crossed
from tests.understand.gathered import NIGHTS
from tests.understand.reading import Reading, midnight
from tests.understand.relations import connection

Counted = tuple[int, int | None, int]
"""k, n (None: a count has no denominator), and how many could not be told."""
Numbers = dict[tuple[date, str, str], Counted]
Found = dict[tuple[str, str], Counted]
ALONE = {
    "tally_events_held": "events_held",
    "tally_rsvps": "rsvps",
    "tally_yoko_after": "yoko_after",
    "tally_transition": "transition",
}
SHARED = ("tally_speakers", "tally_widened")
SAMPLES = ("sample_event_gap", "sample_rsvps_per_event")
EFFORT = "sample_ef50"
SEEDS = range(20)
SOME = [0, 3, *(pytest.param(seed, marks=pytest.mark.torture) for seed in (1, 2, 4))]


@cache
def by_steps(seed: int, thresholds: Thresholds = DEFAULTS) -> tuple[Numbers, list[object]]:
    """Return k, n and the doubtful of every measure and part, and the samples."""
    con = connection(crossed(seed))
    run(con, Params(AS_OF, ZONE, NIGHTS, thresholds), names=(*ALONE, *SHARED, *SAMPLES, EFFORT))
    numbers: Numbers = {}
    for step in (*ALONE, *SHARED):
        measure = f"'{ALONE[step]}'" if step in ALONE else "measure"
        for as_of, key, part, k, n, doubtful in con.execute(
            f"select as_of, {measure}, part, numerator, denominator, doubtful from {step}"
        ).fetchall():
            numbers[as_of, key, part] = (k, n, doubtful)
    samples = [
        sorted(
            (as_of, round(float(amount), 4))
            for as_of, amount in con.execute(f"select as_of, amount from {step}").fetchall()
        )
        for step in SAMPLES
    ]
    samples.append(
        con.execute(f"select as_of, amount, observed from {EFFORT} order by all").fetchall()
    )
    return numbers, [row for rows in samples for row in rows]


@cache
def by_rule(seed: int) -> tuple[Numbers, list[object]]:
    """Return the same from the plain rules, read afresh for every night."""
    numbers: Numbers = {}
    gaps: list[object] = []
    heads: list[object] = []
    efforts: list[object] = []
    for night in NIGHTS:
        reading = Reading(crossed(seed), night)
        until = midnight(night, ZONE)
        told = {
            **held(reading, until),
            **met(reading, until),
            **moved(reading, until),
        }
        numbers.update({(night, *key): value for key, value in told.items()})
        initiatives = reading.log.initiatives
        gaps += [(night, round(gap, 4)) for gap in hosting.event_gaps(initiatives, until=until)]
        reports = hosting.reported(initiatives, until=until)
        heads += sorted((night, float(count)) for count, _ in reports if count is not None)
        by_organisation = dependence.efforts_by_organisation(
            reading.acts, reading.sustaining, who=reading.log.who, as_of=night
        )
        efforts += sorted(
            (night, float(acts), is_known) for (is_known, _), acts in by_organisation.items()
        )
    return numbers, [*gaps, *heads, *efforts]


def held(reading: Reading, until: int) -> Found:
    initiatives = reading.log.initiatives
    reports = hosting.reported(initiatives, until=until)
    waiting = [count for _, count in reports if count is not None]
    untold = sum(count is None for count, _ in reports)
    numbers: Found = {
        ("events_held", part): (count, None, 0)
        for part, count in hosting.events_held(initiatives, until=until).items()
    }
    numbers["rsvps", ""] = (sum(count or 0 for count, _ in reports), None, untold)
    if waiting:
        numbers["rsvps", "waiting"] = (sum(waiting), None, 0)
    return numbers


def met(reading: Reading, until: int) -> Found:
    found = turnout_of(reading.log, reading.as_of)
    talks = meeting.first_talks(found, reading.ties, until=until)
    spoke = meeting.speakers(reading.acts, reading.as_of)
    untold = int(not meeting.is_any_talk(reading.acts))
    return {
        ("yoko_after", ""): (len(talks.pairs), talks.attended, talks.untold),
        ("speaker_breadth", ""): (spoke.n, None, untold),
        ("first_time_speaker_share", ""): (spoke.k, spoke.n, untold),
    }


def moved(reading: Reading, until: int) -> Found:
    events = turnout_of(reading.log, reading.as_of).events
    ways = journeys.journeys_of(reading.acts, events)
    assert len({one.family for journey in ways.values() for one in journey}) > 1
    contributed = {
        person: next(night.night for night in nights if night.stage >= 3)
        for person, nights in reading.nights.items()
        if any(night.stage >= 3 for night in nights)
    }
    widths = onward.by_width(reading.newcomers, ways, contributed=contributed, as_of=reading.as_of)
    return {
        **{
            ("transition", part): (rate.k, rate.n, 0)
            for part, rate in onward.transitions(ways, until=until).items()
        },
        **{
            (key, part): (rate.k, rate.n, 0)
            for key in ("bridge_gap", "bridge_rate")
            for part, rate in widths.items()
        },
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_rules_and_steps_give_the_same_numbers(seed: int) -> None:
    assert by_steps(seed) == by_rule(seed)


@pytest.mark.torture
@pytest.mark.parametrize("seed", range(20, 80))
def test_rules_and_steps_give_the_same_numbers_on_many_more(seed: int) -> None:
    assert by_steps(seed) == by_rule(seed)


def test_the_communities_have_something_to_count_in_every_part() -> None:
    seen: Counter[tuple[str, str]] = Counter()
    known: Counter[bool] = Counter()
    for seed in SEEDS:
        numbers, samples = by_steps(seed)
        for (_, key, part), (k, *_) in numbers.items():
            seen[key, part] += k != 0
        known.update(row[2] for row in samples if isinstance(row, tuple) and len(row) == 3)
    parts = {
        *(("events_held", part) for part in ("", *HELD_AS)),
        *(("bridge_rate", part) for part in WIDTHS),
        *(("rsvps", part) for part in ("", "waiting")),
        ("yoko_after", ""),
        ("speaker_breadth", ""),
        ("first_time_speaker_share", ""),
        ("transition", "chat>event_venue"),
        ("transition", "chat"),
    }
    assert {part for part in parts if not seen[part]} == set()
    assert min(known[True], known[False]) > 20


@pytest.mark.parametrize("seed", SOME)
def test_the_rows_behind_are_as_many_as_were_counted(seed: int) -> None:
    con = connection(crossed(seed))
    run(con, Params(AS_OF, ZONE, NIGHTS))
    numbers, _ = by_steps(seed)
    keys = {key for _, key, _ in numbers} - {"rsvps", "bridge_gap"}
    for key in keys:
        for night in NIGHTS:
            rows = Counter(row.part for row in rows_behind(con, key, as_of=night))
            for (at, measure, part), (k, n, *_) in numbers.items():
                if (at, measure) != (night, key):
                    continue
                assert rows[part] == k, (key, night, part)
                if n and key != "yoko_after" and ">" not in part:
                    assert rows[f"{part}.no" if part else "no"] == n - k, (key, night, part)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("meet_seconds", 29 * DAY),
        ("meet_longest_seconds", DAY),
        ("edge_seconds", 89 * DAY),
        ("onward_seconds", 60 * DAY),
        ("widen_seconds", 30 * DAY),
        ("contribute_days", 60),
        ("share_window", 200),
        ("event_seconds", 80 * DAY),
    ],
)
def test_a_step_that_reads_otherwise_is_noticed(name: str, value: int) -> None:
    mutated = Thresholds(**{name: value})
    assert any(by_steps(seed, mutated) != by_steps(seed) for seed in SEEDS)
