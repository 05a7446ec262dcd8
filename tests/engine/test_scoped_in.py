"""Measures of some initiatives: halves add up, the whole is the whole, and others are not seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from duckdb import DuckDBPyConnection

from jibungoto.engine import scoped_in, steps
from jibungoto.ledger.finding import Finding
from jibungoto.ledger.initiative import InitiativeKind
from jibungoto.understand.belonging import OF_ACTS, OF_PEOPLE
from jibungoto.understand.catalogue import CATALOGUE
from jibungoto.understand.log import Log
from tests.understand.communities import ZONE
from tests.understand.gathered import NIGHTS, eventful
from tests.understand.relations import connection

PARAMS = steps.Params(as_of=NIGHTS[-1], zone=ZONE, nights=NIGHTS[:-1])
OF_EVENTS = (
    *("entries_total", "show", "no_show", "switch", "first_time_rate", "ret_event"),
    *("output_rate",),
)
"""Measures whose numerators and denominators count things of which each is in one event."""
WHOLE = (*OF_EVENTS, "reach_total", "stay", "stay_share", "outputs", "outputters", "heat")
WITHIN = ("entries_total", "reach_total", "show", "no_show", "switch", "stay", "stay_share")
"""Measures that look at nothing but the event itself: a log of these events tells the same."""

Count = tuple[float, float]
Place = tuple[str, str, date]


def events_of(log: Log) -> list[str]:
    return sorted(one.key for one in log.initiatives if one.kind is InitiativeKind.EVENT)


def counts(found: tuple[Finding, ...]) -> dict[Place, Count]:
    return {
        (one.measure, one.part, one.as_of): (
            (one.value or 0.0) if one.numerator is None else one.numerator,
            one.denominator or 0.0,
        )
        for one in found
    }


def asked(log: Log, keys: tuple[str, ...]) -> DuckDBPyConnection:
    con = connection(log)
    scoped_in.run_in(con, PARAMS, keys=keys)
    return con


@pytest.mark.parametrize("seed", range(3))
def test_what_is_counted_in_two_halves_of_the_events_adds_up_to_the_whole(seed: int) -> None:
    log = eventful(seed)
    con = asked(log, OF_EVENTS)
    whole = counts(steps.findings(con, keys=OF_EVENTS))
    events = events_of(log)
    halves = [
        counts(scoped_in.findings_in(con, half, keys=OF_EVENTS))
        for half in (events[::2], events[1::2])
    ]
    told = {place for place, count in whole.items() if count != (0.0, 0.0)}
    assert told
    for place in told:
        sums = [sum(half.get(place, (0.0, 0.0))[at] for half in halves) for at in range(2)]
        assert (place, tuple(sums)) == (place, whole[place])
    assert counts(steps.findings(con, keys=OF_EVENTS)) == whole
    assert all(half != whole for half in halves)


@pytest.mark.parametrize("seed", range(2))
def test_of_all_events_every_measure_of_events_is_that_of_the_community(seed: int) -> None:
    log = eventful(seed)
    con = asked(log, WHOLE)
    whole = counts(steps.findings(con, keys=WHOLE))
    assert counts(scoped_in.findings_in(con, events_of(log), keys=WHOLE)) == whole


@pytest.mark.parametrize("seed", range(3))
def test_a_log_of_these_events_alone_says_the_same_of_them(seed: int) -> None:
    log = eventful(seed)
    half = set(events_of(log)[::2])
    alone = replace(
        log,
        activities=[one for one in log.activities if one.initiative in half],
        initiatives=[one for one in log.initiatives if one.key in half],
    )
    narrowed = counts(scoped_in.findings_in(asked(log, WITHIN), half, keys=WITHIN))
    assert narrowed == counts(steps.findings(asked(alone, WITHIN), keys=WITHIN))


def test_people_count_from_the_day_they_were_first_active_there() -> None:
    log = eventful(1)
    con = asked(log, ("stage_stock",))
    where = {one.initiative for one in log.activities if one.initiative}
    one = sorted(key for key in where if key)[0]
    scoped_in.findings_in(con, {one}, keys=("stage_stock",))
    first = dict(con.execute("select person, first_day from meant_who").fetchall())
    told = dict(
        con.execute(
            "select a.person, min(a.day) from acts as a join activity as b"
            " on b.source = a.source and b.key = a.key where b.initiative = ? group by a.person",
            [one],
        ).fetchall()
    )
    assert first and first == told


def test_nothing_at_all_is_counted_of_nothing() -> None:
    con = asked(eventful(2), OF_EVENTS)
    found = scoped_in.findings_in(con, (), keys=OF_EVENTS)
    assert {one.numerator for one in found if one.numerator} == set()


def test_every_measure_that_can_be_narrowed_is_in_the_catalogue_and_can_be_taken() -> None:
    known = {one.key for one in CATALOGUE}
    keys = tuple(sorted((OF_ACTS | OF_PEOPLE) & known))
    log = eventful(3)
    con = asked(log, keys)
    found = scoped_in.findings_in(con, events_of(log)[:5], keys=keys)
    samples = {one.key for one in CATALOGUE if one.key in keys and one.step.startswith("tally_")}
    assert samples <= {one.measure for one in found}
