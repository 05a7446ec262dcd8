"""Measures of some people or initiatives say the same on from a seal as from nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from jibungoto.engine import scoped, scoped_in, steps
from jibungoto.engine.log import LogVersion, opened
from jibungoto.engine.samples import samples_on
from jibungoto.engine.sealing import run_some, sealed_until
from jibungoto.ledger.finding import Finding
from jibungoto.understand.belonging import taken_in
from jibungoto.understand.catalogue import CATALOGUE
from jibungoto.understand.scoping import may_be_scoped
from tests.engine.kept_logs import Kept
from tests.understand.communities import AS_OF, ZONE
from tests.understand.gathered import NIGHTS, eventful

PARAMS = steps.Params(AS_OF, ZONE, NIGHTS[:-1])
MANY = [0, *(pytest.param(seed, marks=pytest.mark.torture) for seed in range(1, 4))]
OF_PEOPLE = tuple(one.key for one in CATALOGUE if may_be_scoped(one.key))
OF_INITIATIVES = tuple(sorted(taken_in()))

Told = tuple[Finding, ...]


def both(log: LogVersion, *, least: int) -> tuple[Told, Told]:
    """Return what is told of every second person, and of every second initiative."""
    wanted = {one.step for one in CATALOGUE} | {"acts", "days"}
    with opened(log, threads=1) as con:
        seal = run_some(con, log, params=PARAMS, names=wanted, least=least)
        assert (seal is None) == bool(least)
        people = [row[0] for row in con.execute("from people order by person").fetchall()]
        keys = [row[0] for row in con.execute("select key from initiative order by key").fetchall()]
        return (
            scoped.findings_of(con, people[::2], keys=OF_PEOPLE),
            scoped_in.findings_in(con, keys[::2], keys=OF_INITIATIVES),
        )


@pytest.mark.parametrize("seed", MANY)
def test_some_people_and_some_initiatives_are_counted_on_from_a_seal(
    seed: int, tmp_path: Path
) -> None:
    log = Kept(tmp_path).version(eventful(seed))
    whole = both(log, least=1_000_000)
    sealed_until(log, PARAMS)
    assert both(log, least=0) == whole
    assert all(any(one.value for one in told) for told in whole)


def test_samples_of_a_small_log_come_from_nothing(tmp_path: Path) -> None:
    log = Kept(tmp_path).version(eventful(1))
    asked = [one for one in CATALOGUE if one.step.startswith("sample_")]
    night = date(2024, 3, 1)
    found = samples_on(log, asked, nights=[night], zone=ZONE)
    assert {step for step, _, _ in found} == {one.step for one in asked}
    with opened(log, threads=1) as con:
        steps.run(con, steps.Params(night, ZONE))
        assert found == {
            (one.step, part, night): samples
            for one in asked
            for (_, part), samples in steps.samples_of(con, one).items()
        }
