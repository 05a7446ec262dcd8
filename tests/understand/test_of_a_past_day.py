"""A past day asked for directly is told as it is among the nights of a newer day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from jibungoto.engine.steps import Params, run
from jibungoto.ledger.person import PersonKind
from jibungoto.understand import size
from jibungoto.understand.log import Log, Standing
from tests.understand.communities import AS_OF, ZONE, community
from tests.understand.reading import Reading
from tests.understand.relations import connection

THEN = AS_OF - timedelta(days=330)
TALLIES = {
    "tally_registered": "part, numerator, doubtful",
    "tally_stages": "measure, part, numerator, denominator,"
    " case when part = 'S0' then doubtful end as unknown",
}
"""How far a stage can be told is learnt from later days too, so only its doubts on S0 are alike."""
SILENT = 9_999


def village(seed: int) -> Log:
    """Return a community with one person of whom there is no record at all."""
    log = community(seed)
    like = log.who[0]
    blank = Standing(actor="silent", person=SILENT, kind=PersonKind.MEMBER, source=like.source)
    return replace(log, who=[*log.who, blank])


def told(log: Log, *, as_of: date, nights: tuple[date, ...], step: str) -> list[tuple[object, ...]]:
    con = connection(log)
    run(con, Params(as_of, ZONE, nights), names=[step])
    asked = f"select {TALLIES[step]} from {step} where as_of = $1 and numerator + doubtful > 0"
    return con.execute(f"{asked} order by all", [THEN]).fetchall()


@pytest.mark.parametrize("step", TALLIES)
@pytest.mark.parametrize("seed", range(4))
def test_a_past_day_asked_directly_is_told_as_among_the_nights_of_the_newest(
    seed: int, step: str
) -> None:
    log = village(seed)
    directly = told(log, as_of=THEN, nights=(), step=step)
    assert directly == told(log, as_of=AS_OF, nights=(THEN,), step=step)
    assert directly


def test_who_came_later_is_not_registered_and_who_left_no_record_only_on_the_newest_day() -> None:
    log = village(1)
    newest, then = Reading(log, AS_OF), Reading(log, THEN)
    firsts, acts = newest.firsts, newest.acts
    later = {who for who, first in firsts.items() if first.joined_day >= THEN}
    records = size.Records(firsts, acts, AS_OF)
    registered = size.registered(log, THEN, records=records)
    assert later and not registered & later and SILENT not in registered
    assert SILENT in size.registered(log, AS_OF, records=records)
    of_then = size.Records(then.firsts, then.acts, AS_OF)
    assert size.registered(log, THEN, records=of_then) == registered
    con = connection(log)
    run(con, Params(THEN, ZONE), names=("roster", "tally_registered"))
    sql = "select distinct person from roster where capacity = 'member' and not opted_out"
    assert {person for (person,) in con.execute(sql).fetchall()} == registered
    (doubtful,) = con.execute(
        "select doubtful from tally_registered where part = ''"
    ).fetchone() or (0,)
    assert doubtful == 1
