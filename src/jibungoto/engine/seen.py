"""When, how often and where some actors acted: what a person looks at before joining two."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

PLACES = 3
"""How many places are named, those with the most acts first."""

_ASKED = """
with wanted as (select unnest($actors) as actor),
acts as (
  select a.actor, a.day, coalesce(a.initiative, a.place) as place
  from activity as a
  semi join wanted as w on w.actor = a.actor
),
placed as (
  select actor, place, count(*) as acts, min(day) as first_day, max(day) as last_day
  from acts
  group by actor, place
),
ranked as (
  select *, row_number() over (partition by actor order by acts desc, place) as position
  from placed
  where place is not null
),
named as (
  select actor, list(place order by position) as places
  from ranked
  where position <= $places
  group by actor
)
select
  p.actor,
  min(p.first_day),
  max(p.last_day),
  cast(sum(p.acts) as integer),
  coalesce(any_value(n.places), [])
from placed as p
left join named as n on n.actor = p.actor
group by p.actor
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """One actor's first and last day, number of acts, and the keys of the commonest places."""

    actor: str
    first_day: date
    last_day: date
    acts: int
    places: list[str]


def seen(con: DuckDBPyConnection, actors: Collection[str]) -> list[Seen]:
    """Return what the log tells of these actors; who never acted is not among them."""
    if not actors:
        return []
    rows = con.execute(_ASKED, {"actors": list(actors), "places": PLACES}).fetchall()
    return [Seen(*row) for row in rows]
