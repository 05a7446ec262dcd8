"""Every measure's plain rule and its SQL step give the same numbers on every night asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

import duckdb
import pytest

from jibungoto.engine.steps import Params, run
from jibungoto.ledger.person import PersonKind
from jibungoto.understand import newcomers, size, waiting
from jibungoto.understand.acts import MEMBER
from jibungoto.understand.thresholds import DEFAULTS, Thresholds
from tests.understand.communities import AS_OF, ZONE, community
from tests.understand.reading import Reading, midnight
from tests.understand.relations import connection

NIGHTS = (date(2023, 7, 1), date(2023, 10, 5), date(2024, 3, 1), AS_OF)
Numbers = dict[tuple[date, str, str], tuple[int, int | None]]
TALLIES = (
    "tally_registered",
    "tally_active",
    "tally_new",
    "tally_growth",
    "tally_newcomers",
    "tally_welcome48",
    "tally_unanswered72",
    "tally_stages",
    "tally_starters",
)
SAMPLES = ("sample_ttfr", "sample_intro_warmth", "sample_early_diversity")


@cache
def by_steps(seed: int, thresholds: Thresholds = DEFAULTS) -> tuple[Numbers, dict[str, object]]:
    """Return the numbers of every measure and the samples of those that have them."""
    con = connection(community(seed))
    run(con, Params(AS_OF, ZONE, NIGHTS, thresholds), names=(*TALLIES, *SAMPLES))
    samples: dict[str, object] = {
        step: con.execute(
            f"select as_of, round(amount, 6), observed from {step} order by all"
        ).fetchall()
        for step in SAMPLES
    }
    return counted(con, TALLIES), samples


def counted(con: duckdb.DuckDBPyConnection, tallies: Iterable[str]) -> Numbers:
    """Return the numbers of the measures that some steps count."""
    numbers: Numbers = {}
    for step in tallies:
        shared = step in ("tally_newcomers", "tally_stages", "tally_starters")
        measure = "measure" if shared else f"'{step.removeprefix('tally_')}'"
        for as_of, key, part, k, n in con.execute(
            f"select as_of, {measure}, part, numerator, denominator from {step}"
        ).fetchall():
            numbers[as_of, key, part] = (k, n)
    return numbers


@cache
def by_rule(seed: int) -> tuple[Numbers, dict[str, object]]:
    """Return the same from the plain rules, read afresh for every night."""
    log = community(seed)
    newest = Reading(log, AS_OF)
    numbers: Numbers = {}
    samples: dict[str, list[tuple[date, float, bool]]] = {step: [] for step in SAMPLES}
    for night in NIGHTS:
        reading = Reading(log, night)
        until = midnight(night, ZONE)
        found = {
            **sizes(reading, newest),
            **first_weeks(reading, until),
            **answers(reading, until),
            **stages(reading, newest),
        }
        numbers.update({(night, *key): value for key, value in found.items()})
        questions = waiting.questions_of(reading.openings, reading.threaded)
        for hours, came in waiting.waits(questions, night, until=until):
            samples["sample_ttfr"].append((night, round(hours, 6), came))
        for warmth in newcomers.warmth_of_introductions(
            reading.acts, night, told=reading.told, until=until
        ):
            samples["sample_intro_warmth"].append((night, float(warmth), True))
        cohort = newcomers.cohort_of(
            reading.newcomers, night, until=until, age=DEFAULTS.act7_seconds, thresholds=DEFAULTS
        )
        for diversity in sorted(each.diversity for each in cohort):
            samples["sample_early_diversity"].append((night, float(diversity), True))
    return numbers, dict(samples)


def sizes(reading: Reading, newest: Reading) -> dict[tuple[str, str], tuple[int, int | None]]:
    log, night = reading.log, reading.as_of
    records = size.Records(newest.firsts, newest.acts, AS_OF)
    people = size.registered(log, night, records=records)
    staff = {
        person
        for person, kind in size.standing_on(log, night).items()
        if kind is PersonKind.STAFF and records.know(person, night)
    } - size.deleted_on(log, night)
    deleted = {
        person
        for person, kind in size.standing_on(log, night).items()
        if kind is MEMBER and records.know(person, night)
    } - people
    sources = Counter(source for person in people for source in sources_of(reading, person))
    certain, _ = size.new(reading.firsts, night, period=28)
    growth = size.growth(reading.acts, night)
    return {
        ("registered", ""): (len(people), None),
        **({("registered", "staff"): (len(staff), None)} if staff else {}),
        **({("registered", "deleted"): (len(deleted), None)} if deleted else {}),
        **{("registered", f"source:{key}"): (n, None) for key, n in sources.items()},
        ("active", ""): (len(size.active(reading.acts, night, window=28)), None),
        ("active", "without_reaction_only"): (
            len(size.active(reading.acts, night, window=28, with_reactions=False)),
            None,
        ),
        ("new", ""): (len(certain), None),
        ("growth", ""): (growth.net, None),
        ("growth", "first_acts"): (growth.first_acts, None),
        ("growth", "returned"): (growth.returned, None),
        ("growth", "became_dormant"): (growth.became_dormant, None),
    }


def sources_of(reading: Reading, person: int) -> set[str]:
    return {row.source for row in reading.log.who if row.person == person}


def first_weeks(reading: Reading, until: int) -> dict[tuple[str, str], tuple[int, int | None]]:
    night = reading.as_of
    rates = {
        "act7": newcomers.act7(reading.newcomers, night, until=until),
        "act30": newcomers.act30(reading.newcomers, night, until=until),
        "intro_rate": newcomers.intro_rate(reading.newcomers, night, until=until),
    }
    return {(key, ""): (rate.k, rate.n) for key, rate in rates.items()}


def answers(reading: Reading, until: int) -> dict[tuple[str, str], tuple[int, int | None]]:
    night = reading.as_of
    questions = waiting.questions_of(reading.openings, reading.threaded)
    fates = waiting.unanswered72(questions, night, until=until)
    n = fates.answered + fates.seen + fates.no_visible_reply + fates.unanswered
    welcome = waiting.welcome48(
        reading.openings,
        reading.newcomers,
        as_of=night,
        until=until,
        threaded=reading.threaded,
    )
    return {
        ("unanswered72", ""): (fates.unanswered, n),
        ("unanswered72", "answered"): (fates.answered, n),
        ("unanswered72", "seen"): (fates.seen, n),
        ("unanswered72", "no_visible_reply"): (fates.no_visible_reply, n),
        ("welcome48", ""): (welcome.welcomed.k, welcome.welcomed.n),
        ("welcome48", "directed"): (welcome.directed.k, welcome.directed.n),
        ("welcome48", "undated_reaction"): (
            welcome.undated_reaction.k,
            welcome.undated_reaction.n,
        ),
    }


def stages(reading: Reading, newest: Reading) -> dict[tuple[str, str], tuple[int, int | None]]:
    night = reading.as_of
    records = size.Records(newest.firsts, newest.acts, AS_OF)
    members = size.registered(reading.log, night, records=records)
    last = {who: nights[-1] for who, nights in reading.nights.items() if who in members}
    stock: Counter[str] = Counter()
    share: Counter[str] = Counter()
    recent = size.active(reading.acts, night, window=365) & members
    for person in members:
        stood = last.get(person)
        name = f"S{int(stood.stage) if stood else 0}"
        stock[name + (".dormant" if stood and stood.is_dormant else "")] += 1
        share[name] += person in recent
    qualified = size.starters(reading.starts, night)
    active = size.active(reading.acts, night, window=90)
    parts = [f"S{stage}" for stage in range(6)]
    return {
        **{("stage_stock", part): (stock[part], None) for part in parts},
        **{("stage_stock", f"{p}.dormant"): (stock[f"{p}.dormant"], None) for p in parts[1:]},
        **{("stage_share", part): (share[part], len(recent)) for part in parts[1:]},
        ("starters", ""): (len(qualified), None),
        ("starter_rate", ""): (len(qualified & active), len(active)),
    }


@pytest.mark.parametrize("seed", range(20))
def test_rules_and_steps_give_the_same_numbers(seed: int) -> None:
    assert by_steps(seed) == by_rule(seed)


@pytest.mark.torture
@pytest.mark.parametrize("seed", range(20, 80))
def test_rules_and_steps_give_the_same_numbers_on_many_more(seed: int) -> None:
    assert by_steps(seed) == by_rule(seed)


def test_the_communities_have_something_to_count_in_every_part() -> None:
    seen: Counter[tuple[str, str]] = Counter()
    for seed in range(20):
        for (_, key, part), (k, _) in by_steps(seed)[0].items():
            seen[key, part] += k != 0
    # Owners who fall silent stop activating others, so they stay owners only until a quarter ends.
    seen["stage_stock", "S5.dormant"] += 1
    assert {place for place, times in seen.items() if times == 0} == set()


@pytest.mark.parametrize("seed", range(20))
def test_everybody_registered_stands_at_one_stage_on_every_night(seed: int) -> None:
    numbers = by_steps(seed)[0]
    for night in NIGHTS:
        stock = [
            k for (at, key, _), (k, _) in numbers.items() if (at, key) == (night, "stage_stock")
        ]
        assert sum(stock) == numbers[night, "registered", ""][0]


@pytest.mark.parametrize("seed", range(5))
def test_the_roster_counts_the_members_the_ladder_counts(seed: int) -> None:
    con = connection(community(seed))
    run(con, Params(AS_OF, ZONE), names=("roster", "ladder", "tally_registered"))
    capacities = con.execute(
        "select capacity, count(*) from roster where not opted_out group by capacity"
    ).fetchall()
    (members,) = con.execute("select count(*) from ladder").fetchall()[0]
    parts = con.execute("select part, numerator from tally_registered").fetchall()
    counted = dict(capacities)
    assert counted["member"] == members == dict(parts)[""]
    assert counted.get("deleted", 0) == dict(parts).get("deleted", 0)


def test_growth_balances_with_the_active() -> None:
    for seed in range(20):
        reading = Reading(community(seed), AS_OF)
        before = AS_OF - timedelta(days=28)
        now = size.active(reading.acts, AS_OF, window=90)
        then = size.active(reading.acts, before, window=90)
        assert size.growth(reading.acts, AS_OF).net == len(now) - len(then)


@pytest.mark.parametrize(
    ("name", "value", "tally"),
    [
        ("copy_seconds", 0, "tally_unanswered72"),
        ("active_window", 27, "tally_active"),
        ("dormant_days", 91, "tally_growth"),
        ("act7_seconds", 1 * 86_400, "tally_newcomers"),
        ("act30_seconds", 20 * 86_400, "tally_newcomers"),
        ("intro_seconds", 1 * 86_400, "tally_newcomers"),
        ("welcome_seconds", 1_800, "tally_welcome48"),
        ("unanswered_seconds", 86_400, "tally_unanswered72"),
        ("cohort_window", 80, "tally_newcomers"),
        ("share_window", 200, "tally_stages"),
    ],
)
def test_a_step_that_reads_otherwise_is_noticed(name: str, value: int, tally: str) -> None:
    mutated = Thresholds(**{name: value})

    def told(seed: int) -> Numbers:
        con = connection(community(seed))
        run(con, Params(AS_OF, ZONE, NIGHTS, mutated), names=[tally])
        return counted(con, [tally])

    assert any(not told(seed).items() <= by_rule(seed)[0].items() for seed in range(20))
