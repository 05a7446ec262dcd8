"""What is sealed apart of long tables: the few of their rows that are looked for however old.

Each is all that some step or page needs of a table's sealed rows, so that none of those is read.
It is chosen from a table once, and from then on from itself and from what came since.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from jibungoto.engine.turning import ONGOING
from jibungoto.understand.thresholds import Thresholds

PROVES = (
    "person, capacity, class, output, opener, opener_capacity, initiative, source, key,"
    " happened_at, sequence, day"
)
"""The columns of acts that evidence is chosen by."""


@dataclass(frozen=True, slots=True)
class Extract:
    """Which rows of which table: those ``chosen`` from ``rows``, in these columns.

    ``since`` names what came since, if it is not the table's own; ``is_anew``: always from all.
    """

    of: str
    chosen: str
    columns: str = "*"
    since: str = ""
    is_anew: bool = False

    def rows(self, name: str, *, is_onward: bool) -> str:
        """Return what it is chosen from: the table, or itself as sealed and what came since."""
        if not is_onward or self.is_anew:
            return self.of
        new = f"select {self.columns} from {self.since or self.of + '_since'}"
        return f"(select * from sealed_{name} union {'' if self.since else 'all'} {new})"


def quarter_of(day: date) -> date:
    """Return the first day of the quarter a day is in."""
    return date(day.year, day.month - (day.month - 1) % 3, 1)


def quarter_before(day: date) -> date:
    """Return the first day of the quarter before the one of a day."""
    return quarter_of(quarter_of(day) - timedelta(days=1))


def help_since(day: date, rules: Thresholds) -> date:
    """Return how far back lies what may show, on some day, that somebody spoke or helped.

    A stage may be held since the rule held last, which is at most the two quarters before.
    """
    longest = max(rules.speak_window, rules.help_window, rules.output_window)
    return day - timedelta(days=longest + 31 + 220)


EXTRACTS: dict[str, Extract] = {
    "rested": Extract(
        "acts",
        "select a.* from {rows} as a where a.capacity = 'member' and ("
        " (a.person, a.day) in (select person, day from days"
        "  qualify row_number() over (partition by person order by day desc) <= {newest})"
        " or (a.person, a.day) in (select person, day from days where speaks"
        "  qualify row_number() over (partition by person order by day desc) <= {newest})"
        " or (a.person, a.happened_at) in (select person, began_at from ways)"
        " or (a.person, a.happened_at) in (select person, min(happened_at) from {rows}"
        "  where capacity = 'member' and kind = 'message' and tag = 'intro' group by person))",
    ),
    "latest": Extract(
        "acts",
        "select * from {rows} where capacity = 'member' qualify row_number() over ("
        " partition by person order by day desc, happened_at desc, sequence desc, source, key"
        ") = 1",
    ),
    "opening": Extract(
        "acts",
        "select a.* from {rows} as a where a.capacity = 'member'"
        " and (a.person, a.happened_at) in (select person, began_at from ways)",
    ),
    "helping": Extract(
        "acts",
        "select * from {rows} where capacity = 'member' and day >= {late_help}"
        " and (class in ('CONTRIBUTE', 'BRING') or output)",
        PROVES,
    ),
    "early": Extract(
        "acts",
        "select a.* from {rows} as a join starts as s on s.initiative = a.initiative"
        " where a.capacity = 'member' and a.happened_at >= s.happened_at"
        " and date_diff('second', s.happened_at, a.happened_at) < {qualify_seconds}",
        PROVES,
    ),
    "drawing": Extract(
        "gathered",
        "select g.* from {rows} as g join starts as s on s.number = g.start"
        " qualify date_diff('second', s.happened_at, g.first_at) < {qualify_seconds}"
        " or g.day = min(g.day) over (partition by g.start)"
        " or g.late_day = min(g.late_day) over (partition by g.start)",
    ),
    "ongoing": Extract("islands", ONGOING, is_anew=True),
    "making": Extract("acts", "select * from {rows} where output or kind = 'merge'"),
    "made_lines": Extract(
        "activity",
        "select r.* from {rows} as r semi join making as m on m.source = r.source"
        " and m.key = r.key",
        "source, key, record, url",
        since="near",
    ),
}
"""By name: each member's acts on their newest days (those they spoke on too), their first in each
family of sources and their first about themselves; of these the very latest, and the first ones;
those that helped somebody or brought something; those in the first days of whatever somebody
started, and who gathered there first of all; and all that was made, with its lines of the log.
"""


def extract(name: str, *, is_onward: bool, rules: Thresholds, cut: date) -> str:
    """Return SQL that chooses an extract of everything before ``cut``; those above it are laid."""
    one = EXTRACTS[name]
    chosen = one.chosen.format(
        rows=one.rows(name, is_onward=is_onward),
        newest=max(rules.evidence_cap, rules.silent_gaps + 1),
        qualify_seconds=rules.qualify_seconds,
        late_help=f"date '{help_since(cut, rules)}'",
        cut=cut,
    )
    return f"select {one.columns} from ({chosen})"
