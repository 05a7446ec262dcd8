"""A finding kept from an earlier run is what a new run would give, wherever it is said again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from jibungoto.engine import steps
from jibungoto.engine.log import LogVersion, opened
from jibungoto.engine.unchanged import unchanged_nights, without_record
from jibungoto.ledger.finding import Finding
from jibungoto.understand.catalogue import CATALOGUE
from jibungoto.understand.said_again import counts_who_has_no_record, doubted_again
from jibungoto.understand.verdicts import Coverage
from tests.engine.kept_logs import Kept, before
from tests.understand.communities import AS_OF, ZONE, community

EARLIER = date(2024, 3, 20)
NIGHTS = tuple(date(2023 + (month > 12), (month - 1) % 12 + 1, 1) for month in range(4, 16))
MANY = [0, 3, *(pytest.param(seed, marks=pytest.mark.torture) for seed in (1, 2, 4, 5))]
MEASURES = {measure.key: measure for measure in CATALOGUE}


def found(
    log: LogVersion, as_of: date, nights: Iterable[date]
) -> tuple[dict[date, list[Finding]], dict[date, int], Coverage]:
    """Return the findings of each night, how many have no record, and what is covered."""
    asked = tuple(nights)
    with opened(log, threads=1) as con:
        steps.run_lean(con, steps.Params(as_of, ZONE, asked))
        told: dict[date, list[Finding]] = {}
        for one in steps.findings(con):
            told.setdefault(one.as_of, []).append(one)
        return told, without_record(con, asked), steps.coverage_of(con)


def again(one: Finding, doubtful: int, coverage: Coverage) -> Finding:
    if not counts_who_has_no_record(one):
        return one
    return doubted_again(MEASURES[one.measure], one, doubtful=doubtful, coverage=coverage)


def checked(earlier: LogVersion, later: LogVersion, days: tuple[date, date]) -> list[date]:
    """Return the nights kept, having checked that each says what a new run says."""
    kept = unchanged_nights(earlier, later, nights=[n for n in NIGHTS if n < days[0]])
    then, *_ = found(earlier, days[0], NIGHTS)
    now, missing, coverage = found(later, days[1], NIGHTS)
    for night in kept:
        said = [again(one, missing[night], coverage) for one in then[night]]
        assert said == now[night]
    return list(kept)


@pytest.mark.parametrize("seed", MANY)
def test_after_a_few_days_every_earlier_night_is_kept_as_it_would_be_given(
    seed: int, tmp_path: Path
) -> None:
    log, folder = community(seed), Kept(tmp_path)
    later = EARLIER + timedelta(days=9)
    first = folder.version(before(log, EARLIER))
    second = folder.version(before(log, later), since=EARLIER)
    kept = checked(first, second, (EARLIER, later))
    assert kept == list(NIGHTS)


@pytest.mark.parametrize("seed", MANY)
def test_a_late_file_is_seen_by_the_nights_after_its_first_day_alone(
    seed: int, tmp_path: Path
) -> None:
    log, late = before(community(seed), EARLIER), date(2023, 11, 15)
    here = [one.day < late or one.day >= date(2023, 11, 20) for one in log.activities]
    early = replace(
        log,
        activities=[one for one, is_here in zip(log.activities, here, strict=True) if is_here],
        ties=[one for one in log.ties if one.day < late],
    )
    first = Kept(tmp_path, "early").version(early)
    second = Kept(tmp_path, "whole").version(log)
    kept = checked(first, second, (EARLIER, EARLIER))
    assert kept == [night for night in NIGHTS if night <= late]


def test_the_same_version_keeps_every_night_and_missing_files_none(tmp_path: Path) -> None:
    log, folder = community(4), Kept(tmp_path)
    first = folder.version(before(log, AS_OF))
    assert unchanged_nights(first, first, nights=NIGHTS) == NIGHTS
    gone = LogVersion(tmp_path, first.manifest, "facts/00000777")
    assert unchanged_nights(gone, first, nights=NIGHTS) == ()
