"""Stretches of nights that go on past the day until which is sealed, and who turns because of them.

Of what counts by how many others, a rule needs to know whether there are enough: of those that
nothing new is said of, the few that last longest answer for all. If one of the rest is still
open on some night, so are these, and they are enough.
"""

from __future__ import annotations

ONGOING = (
    "select *, row_number() over (partition by what, person order by to_night desc, other) as nth"
    " from {rows} where to_night > date '{cut}'"
)
"""The stretches open at a day, the longest first for each person."""

REACHED = (
    ", since as (select * from made where to_night > {cut} or person in ({fresh}))"
    " select * from since union all"
    " select what, person, other, from_night, to_night from sealed_ongoing"
    " where person not in ({fresh}) and (nth <= {enough}"
    " or (what, person, other) in (select what, person, other from since))"
)
"""What is new, and of what was open before only what it adds to, and enough of the rest."""

SET_ASIDE = (
    "create table set_aside as select what, person, other, from_night, to_night"
    " from sealed_ongoing where person not in ({fresh}) and nth > {enough}"
    " and (what, person, other) not in (select what, person, other from reached_since)"
)
"""Stretches that stay what they were: nothing is added to them, and others answer for them."""

CLOSED = (
    "select * from sealed_islands where to_night <= {cut} and person not in ({fresh})"
    " union all select * from set_aside"
)
"""The stretches that need no second look."""

ISLANDS = (
    "create table islands_lately as select * from memory.main.islands"
    " where what not in ('helped', 'activated')"
    " and (to_night >= {lately} or person in ({fresh}))"
)
"""What is asked of stretches beside crossings: of those that had not ended long ago."""

TURNING = (
    "create table turning as select person from ("
    " select person, from_night as night from islands_lately"
    " union all select person, to_night from islands_lately"
    " union all select person, night from crossings_since"
    " union all select person, night from own_satisfied"
    ") where night > {cut} and night <= {as_of} union select person from fresh"
    " union select person from ("
    "  select person, from_night as night from islands_lately where what in ('spoke', 'output')"
    "  union all select person, to_night from islands_lately where what in ('spoke', 'output')"
    "  union all select person, night from crossings where what = 'helped'"
    "  union all select person, night from own_satisfied"
    " ) where {is_checked} and night >= {halves}"
)
"""For whom something begins or ends since the day, or whose quarter ended since."""
