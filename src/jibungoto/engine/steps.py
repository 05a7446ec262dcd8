"""Runs the named SQL steps on a DuckDB connection that has the relations of the log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from jibungoto.ledger.evidence import Evidence
from jibungoto.ledger.finding import Finding
from jibungoto.ledger.source import CanTell
from jibungoto.understand.answers import (
    LadderRow,
    LadderTable,
    Move,
    PersonStage,
    RowBehind,
    Stage,
    StageChange,
    unknown_parts,
)
from jibungoto.understand.catalogue import CATALOGUE, Measure
from jibungoto.understand.findings import (
    Tally,
    finding_of_difference,
    finding_of_tally,
    findings_of_sample,
)
from jibungoto.understand.intervals import Sample
from jibungoto.understand.log import LoggedSource
from jibungoto.understand.reasons import UNSEEN
from jibungoto.understand.stepbook import Step, last_read, needed_for, row_query, steps
from jibungoto.understand.thresholds import DEFAULTS, Thresholds
from jibungoto.understand.today import Candidate, Reason, Today, today_of
from jibungoto.understand.verdicts import Coverage

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SHARED_STEPS = frozenset(
    step
    for step, measures in Counter(measure.step for measure in CATALOGUE).items()
    if step.startswith("tally_") and measures > 1
)
"""Steps that work out several measures and say in ``measure`` which."""

Samples = dict[tuple[date, str], list[Sample]]
"""The samples of a measure by night and part."""

TELLS = (
    "replies",
    "threads",
    "reactions",
    "mentions",
    "joins",
    "creators",
    "bots",
    "deletions",
    "complete_since",
)


@dataclass(frozen=True, slots=True)
class Params:
    """Which day the log is read as of, in which zone, which earlier nights too, by which rules.

    Everything before ``as_of`` counts. ``nights`` are further days to answer for, in one run.
    """

    as_of: date
    zone: str = "UTC"
    nights: tuple[date, ...] = ()
    thresholds: Thresholds = DEFAULTS

    @property
    def all_nights(self) -> tuple[date, ...]:
        """Every day answered for, the newest last."""
        return tuple(sorted({*self.nights, self.as_of}))


def until(as_of: date, zone: str) -> datetime:
    """Return the local midnight at which a day begins, in UTC without zone as the log keeps it."""
    midnight = datetime(as_of.year, as_of.month, as_of.day, tzinfo=ZoneInfo(zone))
    return midnight.astimezone(UTC).replace(tzinfo=None)


def run(
    con: DuckDBPyConnection, params: Params, *, names: Iterable[str] | None = None
) -> tuple[str, ...]:
    """Make every step's table once, in order; with ``names`` only what those need.

    Returns the names of the tables made. A second run replaces the first.
    """
    lay_params(con, params)
    chosen = steps() if names is None else needed_for(frozenset(names))
    for step in chosen:
        make(con, step)
    return tuple(step.name for step in chosen)


def run_lean(con: DuckDBPyConnection, params: Params, *, kept: Iterable[str] = ()) -> None:
    """Run every step, and let each table go once neither a step nor anybody after them reads it.

    Those named in ``kept`` stay.
    """
    staying = frozenset(kept)
    lay_params(con, params)
    for step in steps():
        make(con, step)
        for name in last_read().get(step.name, ()):
            if name not in staying:
                con.execute(f"drop table {name}")


def make(con: DuckDBPyConnection, step: Step) -> None:
    """Run one step and keep its result as a temporary table of its name."""
    con.execute(f"create or replace temp table {step.name} as\n{step.sql}")


def lay_params(con: DuckDBPyConnection, params: Params) -> None:
    """Make the small tables ``params`` and ``nights`` that the steps read."""
    numbers = asdict(params.thresholds)
    columns = ", ".join(f"cast(${name} as integer) as {name}" for name in numbers)
    con.execute(
        f"create or replace temp table params as select cast($as_of as date) as as_of, "
        f"cast($until_at as timestamp) as until_at, {columns}",
        {"as_of": params.as_of, "until_at": until(params.as_of, params.zone), **numbers},
    )
    con.execute("create or replace temp table nights (as_of date, until_at timestamp)")
    con.executemany(
        "insert into nights values (?, ?)",
        [(night, until(night, params.zone)) for night in params.all_nights],
    )


def day_before(night: date) -> date:
    """Return the last day that counts on a night."""
    return night - timedelta(days=1)


def findings(con: DuckDBPyConnection, *, keys: Iterable[str] | None = None) -> tuple[Finding, ...]:
    """Return the findings of every measure, or of some, for every night of the last run.

    Intervals are worked out here, so a worker calls this and pages read what it kept.
    """
    wanted = None if keys is None else set(keys)
    coverage = coverage_of(con)
    found: list[Finding] = []
    held: dict[tuple[str, tuple[str, ...]], Samples] = {}
    for measure in CATALOGUE:
        if wanted is not None and measure.key not in wanted:
            continue
        if not measure.step.startswith("sample_"):
            found.extend(_of_tallies(con, measure, coverage=coverage))
            continue
        own = measure.step, tuple(measure.parts) if measure.has_own_samples else ()
        if own not in held:  # several measures in turn are of the same samples
            held = {own: samples_of(con, measure)}
        found.extend(_of_samples(measure, held[own], coverage=coverage))
    return tuple(found)


def _of_samples(measure: Measure, held: Samples, *, coverage: Coverage) -> list[Finding]:
    return [
        finding
        for (as_of, part), samples in held.items()
        for finding in findings_of_sample(
            measure, as_of, samples=samples, coverage=coverage, part=part
        )
    ]


def _of_tallies(con: DuckDBPyConnection, measure: Measure, *, coverage: Coverage) -> list[Finding]:
    tallies = _tallies(con, measure)
    if measure.compared:
        told = {(tally.as_of, tally.part): tally for tally in tallies}
        one, other = measure.compared
        return [
            finding_of_difference(
                measure, told[night, one], other=told[night, other], coverage=coverage
            )
            for night in sorted({night for night, _ in told})
        ]
    seen = _seen(con) if measure.key in UNSEEN else frozenset()
    return [
        finding_of_tally(
            measure, tally, coverage=coverage, is_unseen=(tally.as_of, tally.part) not in seen
        )
        for tally in tallies
    ]


def _seen(con: DuckDBPyConnection) -> frozenset[tuple[date, str]]:
    """Return the nights and parts of which anybody came lately to an event with registrations."""
    told = con.execute("select as_of, part from tally_show where measure = 'anybody_seen'")
    return frozenset(told.fetchall())


def samples_of(con: DuckDBPyConnection, measure: Measure) -> Samples:
    """Return the samples of every night, and of every part where parts have their own."""
    rows = con.execute(
        "select n.as_of, coalesce(s.part, ''), s.amount, s.observed, s.person from nights as n "
        f"left join {measure.step} as s on s.as_of = n.as_of order by all"
    ).fetchall()
    parts = ("", *measure.parts) if measure.has_own_samples else ("",)
    nights = sorted({as_of for as_of, *_ in rows})
    samples: Samples = {(as_of, part): [] for as_of in nights for part in parts}
    for as_of, part, amount, observed, person in rows:
        if person is not None:
            samples[as_of, part].append(Sample(amount, observed, person))
    return samples


def _tallies(con: DuckDBPyConnection, measure: Measure) -> list[Tally]:
    shared = measure.step in SHARED_STEPS
    rows = con.execute(
        f"select as_of, part, numerator, denominator, doubtful from {measure.step} "
        + ("where measure = $key " if shared else "")
        + "order by as_of, part",
        {"key": measure.key} if shared else {},
    ).fetchall()
    return [Tally(*row) for row in rows]


def coverage_of(con: DuckDBPyConnection) -> Coverage:
    """Return what the sources can tell, and what people have marked."""
    return Coverage(
        sources_of(con),
        has_intro=_is_any(con, "initiative where tag = 'intro'"),
        has_staff=_is_any(con, "who where kind = 'staff'"),
        has_organisations=_is_any(con, "who where organisation is not null"),
        events=_events_of(con),
    )


def _is_any(con: DuckDBPyConnection, rows: str) -> bool:
    return con.execute(f"select 1 from {rows} limit 1").fetchone() is not None


def _events_of(con: DuckDBPyConnection) -> tuple[LoggedSource, ...]:
    """Return the sources that tell when events were, from the day of the first on."""
    rows = con.execute(
        "select s.source, min(cast(i.starts_at as date)),"
        " coalesce(s.covered_until, max(cast(i.starts_at as date)))"
        " from source as s join initiative as i on i.source = s.source"
        " where i.kind = 'event' and i.starts_at is not null"
        " group by s.source, s.covered_until order by s.source"
    ).fetchall()
    return tuple(LoggedSource(name, CanTell(), since, until_day) for name, since, until_day in rows)


def sources_of(con: DuckDBPyConnection) -> tuple[LoggedSource, ...]:
    """Return the sources of the log that hold a dated record, with what each can tell."""
    told = ", ".join(TELLS)
    rows = con.execute(
        f"select source, covered_from, covered_until, {told} from source"
        " where covered_from is not null order by source"
    ).fetchall()
    return tuple(
        LoggedSource(name, CanTell(**dict(zip(TELLS, told_of, strict=True))), since, until_day)
        for name, since, until_day, *told_of in rows
    )


def rows_behind(
    con: DuckDBPyConnection, key: str, *, as_of: date, part: str | None = None
) -> tuple[RowBehind, ...]:
    """Return the rows a measure's value rests on, for one of the nights of the last run."""
    rows = con.execute(
        f"select part, person, source, key from (\n{row_query(key).sql}\n) as behind "
        "where as_of = $as_of and ($part is null or part = $part) order by all",
        {"as_of": as_of, "part": part},
    ).fetchall()
    return tuple(RowBehind(*row) for row in rows)


def stages(con: DuckDBPyConnection) -> tuple[PersonStage, ...]:
    """Return where every member stands on the day of the last run, with the rows behind it."""
    evidence: dict[int, list[tuple[str, str]]] = {}
    for person, source, key in con.execute(
        "select person, source, key from evidence order by person, position"
    ).fetchall():
        evidence.setdefault(person, []).append((source, key))
    rows = con.execute(
        "select l.person, l.stage, l.satisfied, l.since_day, l.dormant, l.is_at_least, "
        "l.is_help_unknown, l.is_start_unknown, l.last_day "
        "from ladder as l join params as p on p.as_of = l.as_of order by l.person"
    ).fetchall()
    return tuple(
        PersonStage(
            person=person,
            stage=Stage(stage),
            satisfied=Stage(satisfied),
            since=since,
            is_dormant=dormant,
            is_at_least=at_least,
            unknown=unknown_parts(Stage(stage), help_unknown, start_unknown=start_unknown),
            last_day=last_day,
            evidence=Evidence(tuple(evidence.get(person, ()))),
        )
        for (
            person,
            stage,
            satisfied,
            since,
            dormant,
            at_least,
            help_unknown,
            start_unknown,
            last_day,
        ) in rows
    )


def stage_history(con: DuckDBPyConnection, *, person: int | None = None) -> tuple[StageChange, ...]:
    """Return every change of stage, of the rule on the day or of dormancy, oldest first."""
    rows = con.execute(
        "select person, night, stage, satisfied, stage_before, dormant from stages "
        "where $person is null or person = $person order by person, night",
        {"person": person},
    ).fetchall()
    return tuple(
        StageChange(who, day_before(night), Stage(stage), Stage(satisfied), Stage(before), dormant)
        for who, night, stage, satisfied, before, dormant in rows
    )


def ladder_table(con: DuckDBPyConnection) -> LadderTable:
    """Return who stands where on the day of the last run, and who moved in the period before."""
    as_of, period = con.execute("select as_of, period from params").fetchall()[0]
    rows = con.execute(
        "select l.person, l.stage, l.dormant, l.since_day, coalesce(b.stage, 0) as before "
        "from ladder as l join params as p on p.as_of = l.as_of "
        "left join stages as b on b.person = l.person and b.night <= p.as_of - p.period "
        "and (b.next_night is null or b.next_night > p.as_of - p.period) order by l.person"
    ).fetchall()
    moves = [
        Move(person, Stage(before), Stage(stage), since)
        for person, stage, _, since, before in rows
        if stage != before
    ]
    return LadderTable(
        as_of=as_of,
        rows=tuple(
            LadderRow(
                each,
                tuple(
                    person for person, stage, dormant, *_ in rows if stage == each and not dormant
                ),
                tuple(person for person, stage, dormant, *_ in rows if stage == each and dormant),
            )
            for each in reversed(Stage)
        ),
        moved_up=tuple(move for move in moves if move.now > move.before),
        moved_down=tuple(move for move in moves if move.now < move.before),
        period_days=period,
    )


def today(
    con: DuckDBPyConnection, *, met: Mapping[int, date] | None = None, on: date | None = None
) -> Today:
    """Return whom to talk to: at most three people, with reasons and rows.

    ``met`` says until which day a person is left alone; ``on`` is the day of asking, the day of
    the last run if not given.
    """
    as_of = con.execute("select as_of from params").fetchall()[0][0]
    return today_of(as_of, candidates(con), sources=sources_of(con), met=met or {}, on=on or as_of)


def candidates(con: DuckDBPyConnection) -> tuple[Candidate, ...]:
    """Return everybody whom Today could name, before anybody is chosen."""
    behind: dict[tuple[str, int], list[tuple[str, str]]] = {}
    for reason, person, source, key in con.execute(
        "select reason, person, source, key from candidate_rows order by reason, person, position"
    ).fetchall():
        behind.setdefault((reason, person), []).append((source, key))
    rows = con.execute(
        "select reason, person, day, epoch(happened_at)::bigint, place, silent_days, median_gap, "
        "stage from candidates order by reason, day, person"
    ).fetchall()
    return tuple(
        Candidate(
            reason=Reason(reason),
            person=person,
            day=day,
            happened_at=happened_at,
            place=place,
            silent_days=silent_days,
            median_gap=median_gap,
            stage=Stage(stage),
            evidence=Evidence(tuple(behind[reason, person])),
        )
        for reason, person, day, happened_at, place, silent_days, median_gap, stage in rows
    )
