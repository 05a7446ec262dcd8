"""The day on which some actors first took part in anything, joining a channel aside."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_ASKED = """
with wanted as (select unnest($actors) as actor)
select a.actor, min(a.day)
from activity as a
semi join wanted as w on w.actor = a.actor
join kinds as k on k.kind = a.kind
where k.class <> 'ADMIN'
group by a.actor
"""


def first_acts(con: DuckDBPyConnection, actors: Collection[str]) -> dict[str, date]:
    """Return the local day of each actor's first act; who never acted is not among them."""
    if not actors:
        return {}
    return dict(con.execute(_ASKED, {"actors": list(actors)}).fetchall())
