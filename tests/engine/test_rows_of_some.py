"""The rows behind a value of some people are the whole's rows about these people."""

from __future__ import annotations

from collections import Counter

import pytest
from duckdb import DuckDBPyConnection

from jibungoto.engine import scoped, steps
from jibungoto.ledger.finding import Finding
from jibungoto.understand.catalogue import CATALOGUE
from jibungoto.understand.scoping import may_be_scoped
from tests.understand.communities import AS_OF, ZONE
from tests.understand.gathered import eventful
from tests.understand.relations import connection

SCOPED = sorted(one.key for one in CATALOGUE if may_be_scoped(one.key))


@pytest.fixture(scope="module")
def con() -> DuckDBPyConnection:
    """Return a connection on which the steps have run."""
    con = connection(eventful(3))
    steps.run(con, steps.Params(AS_OF, ZONE))
    return con


def counted(found: tuple[Finding, ...]) -> dict[tuple[str, str], float]:
    """Return what stands above the line of each value, or the count itself."""
    return {
        (one.measure, one.part): one.value or 0.0 if one.numerator is None else one.numerator
        for one in found
        if one.as_of == AS_OF
    }


def test_rows_are_as_many_as_counted_for_some_wherever_they_are_for_all(
    con: DuckDBPyConnection,
) -> None:
    everybody = sorted({row[0] for row in con.execute("select person from who").fetchall()})
    some = set(everybody[::2])
    rows = {key: steps.rows_behind(con, key, as_of=AS_OF) for key in SCOPED}
    of_all = {key: Counter(row.part for row in told) for key, told in rows.items()}
    of_some = {
        key: Counter(row.part for row in told if row.person in some) for key, told in rows.items()
    }
    whole = counted(steps.findings(con, keys=SCOPED))
    narrowed = counted(scoped.findings_of(con, some, keys=SCOPED))
    alike = {at for at, value in whole.items() if value and of_all[at[0]][at[1]] == value}
    assert len(alike) > 40
    differing = {
        at: (narrowed.get(at, 0.0), of_some[at[0]][at[1]])
        for at in alike
        if narrowed.get(at, 0.0) != of_some[at[0]][at[1]]
    }
    assert differing == {}
