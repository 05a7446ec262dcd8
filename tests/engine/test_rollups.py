"""What is kept for pages is what the log itself would answer, and may be deleted at any time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection

from jibungoto.engine import rollups, steps
from jibungoto.engine.log import LogVersion
from jibungoto.engine.look_up import days_of, lines_keyed, lines_of
from jibungoto.engine.manifest import Manifest, Month
from jibungoto.engine.rollups import NEWEST, Rollups, keep, rollups_of
from jibungoto.engine.spells import FILED
from jibungoto.understand.catalogue import CATALOGUE
from tests.engine.kept_logs import Kept
from tests.understand.communities import AS_OF, ZONE, community
from tests.understand.relations import connection


@pytest.fixture(scope="module")
def con() -> Iterator[DuckDBPyConnection]:
    """Return a connection on which the steps have run."""
    con = connection(community(4))
    steps.run(con, steps.Params(AS_OF, ZONE))
    yield con
    con.close()


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> LogVersion:
    """Return the first version of an empty folder's log."""
    return LogVersion(tmp_path_factory.mktemp("log"), Manifest(version=1), "facts/00000001")


@pytest.fixture(scope="module")
def kept(con: DuckDBPyConnection, log: LogVersion) -> Rollups:
    """Return what was kept of that run."""
    keep(con, log, night=AS_OF)
    return rollups_of(log, AS_OF)


def actors_in(con: DuckDBPyConnection) -> list[str]:
    rows = con.execute("select distinct actor from activity where actor is not null").fetchall()
    return sorted(actor for (actor,) in rows)


@pytest.mark.parametrize("key", [measure.key for measure in CATALOGUE])
def test_the_kept_rows_are_those_behind_the_measure(
    con: DuckDBPyConnection, kept: Rollups, key: str
) -> None:
    rows = steps.rows_behind(con, key, as_of=AS_OF)
    assert rollups.kept_rows(kept, key) == rows
    for part in {row.part for row in rows}:
        of_part = tuple(row for row in rows if row.part == part)
        assert rollups.kept_rows(kept, key, part=part) == of_part


def test_every_account_has_its_days_and_its_newest_activities(
    con: DuckDBPyConnection, kept: Rollups
) -> None:
    actors = actors_in(con)
    for some in [[actor] for actor in actors] + [actors[:3], []]:
        assert rollups.kept_days(kept, some) == days_of(con, some, before=AS_OF)
        newest = lines_of(con, some, before=AS_OF, limit=NEWEST)
        assert rollups.kept_newest(kept, some, limit=NEWEST) == newest
    assert any(len(lines_of(con, [actor], before=AS_OF)) > NEWEST for actor in actors)


def test_what_is_filed_under_no_day_is_found_on_its_day(tmp_path: Path) -> None:
    told = community(4)
    log = Kept(tmp_path).version(told)
    (month,) = log.manifest.months
    undated = replace(log, manifest=Manifest(1, (), (Month(FILED, month.files),)))
    one = next(each for each in told.activities if each.actor is not None)
    lines = rollups.lines_on(undated, [str(one.actor)], days=[one.day])
    assert one.key in {line.key for line in lines}


def test_every_row_behind_anything_is_kept_as_a_line(
    con: DuckDBPyConnection, kept: Rollups
) -> None:
    proof = [pair for one in steps.stages(con) for pair in one.evidence.rows]
    named = [pair for one in steps.candidates(con) for pair in one.evidence.rows]
    behind = [(row.source or "", row.key or "") for row in rollups.kept_rows(kept, "stage_stock")]
    keys = [*proof, *named, *(pair for pair in behind if pair[1])]
    assert rollups.kept_lines(kept, keys) == lines_keyed(con, keys)
    assert rollups.kept_lines(kept, [("slack", "not there")]) == []
    assert rollups.kept_lines(kept, []) == []


def test_another_version_other_facts_or_another_night_have_rollups_of_their_own(
    kept: Rollups, log: LogVersion
) -> None:
    assert kept.are_kept
    for other in (
        rollups_of(LogVersion(log.folder, Manifest(version=2), log.facts), AS_OF),
        rollups_of(LogVersion(log.folder, Manifest(version=1), "facts/00000002"), AS_OF),
        rollups_of(log, AS_OF.replace(day=1)),
    ):
        assert not other.are_kept


def test_keeping_again_changes_nothing_and_old_ones_go(
    con: DuckDBPyConnection, kept: Rollups, log: LogVersion
) -> None:
    before = sorted(file.stat().st_mtime_ns for file in kept.folder.iterdir())
    keep(con, log, night=AS_OF)
    assert sorted(file.stat().st_mtime_ns for file in kept.folder.iterdir()) == before
    old = kept.folder.with_name("old")
    young = kept.folder.with_name("young")
    for folder in (old, young):
        folder.mkdir()
    os.utime(old, (0, 0))
    keep(con, LogVersion(log.folder, Manifest(version=3), log.facts), night=AS_OF)
    assert not old.exists() and young.exists() and kept.are_kept
