"""What each person did in some days: days active, and which kinds of act (for comparisons)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from jibungoto.engine import steps

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_DEEDS = """
select
  person,
  cast(count(distinct day) as integer) as days,
  max(case when class <> 'RECEIVE' then 1 else 0 end) as spoke,
  max(case when kind = 'attendance' then 1 else 0 end) as came,
  max(case when class in ('CONTRIBUTE', 'BRING') then 1 else 0 end) as contributed,
  max(case when class = 'START' then 1 else 0 end) as started
from acts
where day >= $first and day < $until
group by person
"""


@dataclass(frozen=True, slots=True)
class Deeds:
    """How many days somebody was active, and what they did at all."""

    days: int = 0
    spoke: bool = False
    came: bool = False
    contributed: bool = False
    started: bool = False


def deeds_between(
    con: DuckDBPyConnection, *, first: date, until: date, zone: str
) -> dict[int, Deeds]:
    """Return what everybody who acted from a day up to, and not with, another one did."""
    steps.run(con, steps.Params(as_of=until, zone=zone), names={"acts"})
    rows = con.execute(_DEEDS, {"first": first, "until": until}).fetchall()
    return {person: Deeds(days, *map(bool, others)) for person, days, *others in rows}
