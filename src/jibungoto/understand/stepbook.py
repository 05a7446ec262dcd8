"""Reads the named SQL steps: what each is, what it reads, and its one statement."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

READS = "-- reads: "


@dataclass(frozen=True, slots=True)
class Step:
    """One named statement; its result becomes the table ``name`` for the steps after it."""

    name: str
    about: str
    reads: tuple[str, ...]
    sql: str


@cache
def steps() -> tuple[Step, ...]:
    """Return every step in the order in which they can be run."""
    return _read("jibungoto.understand.steps")


@cache
def row_queries() -> tuple[Step, ...]:
    """Return the queries that fetch the rows behind a measure; each is named for its measure."""
    return _read("jibungoto.understand.rows")


def row_query(key: str) -> Step:
    """Return the query that fetches the rows behind one measure."""
    return next(query for query in row_queries() if query.name == key)


def needed_for(names: frozenset[str]) -> tuple[Step, ...]:
    """Return the steps that make the named tables, with all they read, in running order."""
    wanted = set(names)
    chosen = []
    for step in reversed(steps()):
        if step.name in wanted:
            chosen.append(step)
            wanted.update(step.reads)
    return tuple(reversed(chosen))


ASKED = frozenset(
    {"candidate_rows", "candidates", "evidence", "ladder", "registry", "roster", "stages"}
)
"""Steps whose tables are asked for by name, beside those of measures and of rows behind."""


@cache
def last_read() -> dict[str, tuple[str, ...]]:
    """Return after each step which tables nobody reads any more, in a run of all steps."""
    wanted = ASKED.union(*(query.reads for query in row_queries()))
    readers = {name: step.name for step in steps() for name in (step.name, *step.reads)}
    done: dict[str, tuple[str, ...]] = {}
    for step in steps():
        if step.name not in wanted and not step.name.startswith(("tally_", "sample_")):
            after = readers[step.name]
            done[after] = (*done.get(after, ()), step.name)
    return done


def _read(package: str) -> tuple[Step, ...]:
    files = sorted(
        (entry for entry in resources.files(package).iterdir() if entry.name.endswith(".sql")),
        key=lambda entry: entry.name,
    )
    return tuple(
        step_from(entry.name.removesuffix(".sql"), entry.read_text("utf-8")) for entry in files
    )


def step_from(stem: str, text: str) -> Step:
    """Return the step of a file ``NNN_name`` whose first two lines say what it is and reads."""
    about, reads, sql = text.split("\n", 2)
    if not about.startswith("-- ") or not reads.startswith(READS):
        raise ValueError(f"{stem}: the first two lines must say what it is and what it reads")
    number, _, rest = stem.partition("_")
    return Step(
        name=rest if number.isdigit() else stem,
        about=about.removeprefix("-- "),
        reads=tuple(reads.removeprefix(READS).split(", ")),
        sql=sql.strip(),
    )
