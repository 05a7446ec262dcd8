"""Of each event at a venue: how many registered for a seat, and how many of them came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jibungoto.engine.steps import Params, run
from jibungoto.understand.overbooking import Shown

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_SHOWN = """
select
  o.initiative,
  cast(count(*) as integer) as registered,
  cast(count(*) filter (where o.came) as integer) as came
from outcomes as o
join gatherings as g on g.initiative = o.initiative
join nights as n on n.as_of = o.as_of and g.ended_at < n.until_at
where o.mode = 'venue' and o.is_told
group by o.initiative
order by max(g.starts_at) desc, o.initiative
"""


def shown_at_venues(con: DuckDBPyConnection, params: Params) -> tuple[Shown, ...]:
    """Return what became of the registrations of every event of which it is told, newest first.

    It is the rule ``shown`` of ``understand/overbooking.py``, asked of the log.
    """
    run(con, params, names=("gatherings", "outcomes"))
    return tuple(Shown(*row) for row in con.execute(_SHOWN).fetchall())
