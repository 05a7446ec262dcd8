"""What each step still has to look at once everything before a day is sealed.

The steps stay as they are. While one runs, some of the tables it reads are laid over by what is
left of them: rows since the day, and the few earlier ones these rest on. What comes of it is put
beside the sealed rows that still hold, and is then what the whole log would have given.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from jibungoto.engine.extracts import help_since, quarter_before, quarter_of
from jibungoto.engine.proving import PROVING, UNPROVEN
from jibungoto.engine.turning import CLOSED, ISLANDS, REACHED, SET_ASIDE, TURNING
from jibungoto.understand.thresholds import DEFAULTS

if TYPE_CHECKING:
    from jibungoto.engine.steps import Params

FURTHEST = DEFAULTS.dormant_days + 2 * DEFAULTS.period + 1
"""Within so many days lie the rows behind all measures but those that ask of a whole life."""
LATELY = "person, capacity, kind, class, source, key, happened_at, sequence, day"
"""What is read of acts that are not old."""
LOOK_BACK = 3
"""Days within which the same text is a copy (``copy_seconds``), and one for midnight."""


@dataclass(frozen=True, slots=True)
class Piece:
    """How one step goes on: what it reads instead, which of its rows are new, which others hold.

    ``made`` chooses from the rows of the step, ``kept`` from those that were sealed; without
    ``kept`` nothing is sealed, and only the steps after it read what was made. ``both`` says how
    the two become one. With ``grows`` sealed rows stay for good, and new ones are added to them.
    With ``is_whole`` a step looks no further back than it reads, and nothing of it is sealed.
    """

    given: dict[str, str] = field(default_factory=dict)
    made: str = "select * from made"
    kept: str | None = None
    both: str = "{kept} union all {made}"
    grows: bool = False
    is_whole: bool = False


def words(cut: date, *, params: Params) -> dict[str, str]:
    """Return what the pieces say of days: the first that is not sealed, and those before it."""
    rules = params.thresholds
    asked = params.all_nights[0] - timedelta(days=rules.cohort_window)
    halves = quarter_before(quarter_before(cut))
    days = {"cut": cut, "near": cut - timedelta(days=LOOK_BACK), "halves": halves}
    days["talked"] = cut - timedelta(days=rules.speak_window + 1)
    days["asked"], days["as_of"] = asked, params.as_of
    days["quarters"] = quarter_before(params.all_nights[0])
    days["acted"] = min(days["quarters"], asked, params.as_of - timedelta(days=FURTHEST))
    days["lately"] = min(halves, params.all_nights[0] - timedelta(days=rules.period + 1))
    days["silent"] = params.as_of - timedelta(days=rules.silent_window)
    longest = max(rules.start_window, rules.sustain_window, rules.silent_window)
    days["late"] = params.as_of - timedelta(days=longest + 31 + 220)
    days["late_help"] = help_since(params.as_of, rules)
    days["qualifying"] = cut - timedelta(days=rules.qualify_seconds // 86_400 + 2)
    days["cohort"] = asked - timedelta(days=13 * rules.stretch_days)
    say = {name: f"date '{day}'" for name, day in days.items()}
    last = _LAST_DAYS if params.all_nights[0] >= cut else _ALL_DAYS
    say |= {"last_days": last, "activated_window": str(rules.activated_window)}
    say["enough"] = str(max(rules.help_others, rules.activated_others))
    say["is_checked"] = str(quarter_of(params.as_of) > cut).lower()
    return say | dict.fromkeys(LISTED, NOBODY)


_LAST_DAYS = "select person, day from sealed_latest union all select person, day from days_since"
_ALL_DAYS = "select person, day from memory.main.days"


_FRESH = "in ({fresh})"
_TURNS = "person in (select person from turning)"


def _or_fresh(name: str, who: str) -> str:
    since = f"select * from {name}_since"
    return f"{since} union all select * from sealed_{name} where {who} {_FRESH}"


def _late_or_fresh(name: str, late: str) -> str:
    everything = f"select * from memory.main.{name} where"
    return f"{everything} {late} union all {everything} not ({late}) and person {_FRESH}"


def _since(*names: str) -> dict[str, str]:
    return {name: f"select * from {name}_since" for name in names}


def _sealed(name: str) -> str:
    return f"select * from sealed_{name}"


NEAR = (
    "create table near as select * from activity where day >= {near}",
    "create table tie_near as select * from tie where day >= {cut}",
    "create table asked_for as "
    "select distinct hash(source, key) as place from ("
    " select source, thread as key from near where thread <> key and day >= {cut}"
    " union all select source, in_reply_to from near where in_reply_to is not null and day >= {cut}"
    " union all select source, key from tie_near where to_actor is null)"
    " union select distinct hash(source, in_reply_to, 'again') from near"
    " where kind = 'reaction' and in_reply_to is not null and day >= {cut}",
)
"""The rows since the day, and where those stand that they answer or say again."""
FOUND = (
    "insert into near select * from activity where day in ({days}) and ("
    "hash(source, key) in (select place from asked_for) or (kind = 'reaction'"
    " and hash(source, in_reply_to, 'again') in (select place from asked_for)))"
)
FRESH = (
    "create table fresh as select distinct person from starts where capacity = 'member'"
    " and person not in (select person from sealed_starts where capacity = 'member')"
)
"""Who was no starter before: what counts for starters alone is looked up for them anew."""

TOLD = (
    "create table told_recent as select * from memory.main.told where day >= {asked}"
    " and day < {near} union all select * from told_since where day >= {asked} and day >= {near}"
)
"""What is told of the time that the nights asked for look back on."""

_COMES = "person, capacity, kind, class, tag, dated, source, place, in_reply_to, happened_at, day"
COHORT = (
    f"create table cohort_acts as select {_COMES} from memory.main.acts where day >= {{cohort}}"
    " and person in (select person from firsts where joined_day >= {cohort})"
    f" union all select {_COMES} from memory.main.acts where day >= {{asked}}"
    " and kind = 'reaction'"
    " and person not in (select person from firsts where joined_day >= {cohort})"
)
"""What newcomers did, and how others reacted."""

DAYS = (
    "create table days_lately as select * from sealed_days where day >= {asked}"
    " union all select * from days_since where day >= {asked}"
)
"""The days since the earliest that the nights asked for look back on."""

ACTS = (
    f"create table if not exists acts_lately as select {LATELY} from memory.main.acts"
    " where day >= {acted}"
)
"""The acts of the quarters asked for, and those that lie behind most measures."""

BEFORE = {
    "newcomers": (COHORT,),
    "changes": (TURNING,),
    "evidence": (PROVING,),
    "efforts": (ACTS,),
    "tally_identity": (ACTS,),
}
"""What is laid out for a step, and those after it."""
AFTER = {
    "told": (TOLD,),
    "days": (DAYS,),
    "starts": (FRESH,),
    "reached": (SET_ASIDE,),
    "islands": (ISLANDS,),
    "proof": (UNPROVEN,),
}
"""What is laid out beside the tables once a step has run."""
LISTED = {
    "fresh": ("starts", "select person from fresh"),
    "spoke_before": ("proof", "select person from unproven where stage = 2 and night <= {cut}"),
    "drawn_since": (
        "proof",
        "select coalesce('date ''' || (min(night) - {activated_window}) || '''',"
        " 'date ''9999-12-31''') from unproven where stage = 5",
    ),
}
"""Who is named one by one from some step on, mostly nobody, and a day: then little is read."""
NOBODY = "select -1 where false"
"""What stands in SQL for a list that names nobody: then DuckDB reads no rows to look in it."""

_ACTS_LATELY = {"acts": "select * from acts_lately"}
_DAYS_LATELY = {"days": "select * from days_lately"}
_ISLANDS_LATELY = {"islands": "select * from islands_lately"}

PIECES: dict[str, Piece] = {
    "told": Piece(given={"activity": "select * from near"}),
    "watched": Piece(
        given={"activity": "select * from near where day >= {cut}"},
        kept=_sealed("watched"),
        both="select source, max(last_at) as last_at, max(last_day) as last_day"
        " from ({kept} union all {made}) group by source",
    ),
    "nameless": Piece(
        given={
            "activity": "select * from near where day >= {cut}",
            "tie": "select * from tie_near",
        },
        kept=_sealed("nameless"),
        grows=True,
    ),
    "copies": Piece(
        given=_since("told"),
        made="select m.* from made as m semi join told_since as t"
        " on t.source = m.source and t.key = m.key and t.day >= {cut}",
        kept=_sealed("copies"),
        grows=True,
    ),
    "parents": Piece(given=_since("told")),
    "acts": Piece(
        given=_since("told", "copies", "parents"),
        made="select * from made where day >= {cut}",
        kept=_sealed("acts"),
        grows=True,
    ),
    "ties": Piece(
        given={
            "activity": "select * from near",
            "tie": "select * from tie_near",
        },
        kept=_sealed("ties"),
        grows=True,
    ),
    "firsts": Piece(
        given={
            "told": "select * from told_since where day >= {cut}"
            " and person not in (select person from sealed_firsts)"
        },
        kept=_sealed("firsts"),
        grows=True,
    ),
    "openings": Piece(
        given=_since("acts"),
        made="select m.* replace (m.is_first and f.person is null as is_first) from made as m"
        " left join (select distinct person from sealed_openings where is_first) as f"
        " on f.person = m.person where m.is_question or f.person is null",
        kept=_sealed("openings"),
        grows=True,
    ),
    "received": Piece(given={"told": "select * from told_recent"}, is_whole=True),
    "newcomers": Piece(
        given={
            "told": "select * from told_recent",
            "acts": "select * from cohort_acts",
        },
        is_whole=True,
    ),
    "intros": Piece(
        given={
            "told": "select * from told_recent",
            "acts": "select * from (select * from sealed_rested union all select * from acts_since)"
            " where kind = 'message' and tag = 'intro'",
        },
        is_whole=True,
    ),
    "days": Piece(given=_since("acts"), kept=_sealed("days"), grows=True),
    "debuts": Piece(
        given=_since("days"),
        made="select * from made where person not in (select person from sealed_debuts)",
        kept=_sealed("debuts"),
        grows=True,
    ),
    "registry": Piece(given={"activity": "select * from near"}, is_whole=True),
    "starts": Piece(
        given={
            "acts": "select * from acts_since where class = 'START'"
            " and initiative not in (select initiative from sealed_starts)"
        },
        made="select * replace (number + (select count(*) from sealed_starts) as number) from made",
        kept=_sealed("starts"),
        grows=True,
    ),
    "gathered": Piece(given=_since("acts"), kept=_sealed("gathered"), grows=True),
    "qualified": Piece(
        given={
            "starts": "select * from memory.main.starts where day >= {qualifying}",
            "gathered": "select * from sealed_drawing union all select * from gathered_since",
        },
        kept="select * from sealed_qualified where start_day < {qualifying}",
    ),
    "sustain": Piece(given=_since("acts", "gathered"), kept=_sealed("sustain"), grows=True),
    "activated": Piece(
        given={
            "ties": _or_fresh("ties", "from_person"),
            "gathered": _or_fresh("gathered", "starter"),
        }
    ),
    "spoke": Piece(given={"days": _late_or_fresh("days", "day >= {talked}")}),
    "reached": Piece(
        given={
            "days": _or_fresh("days", "person"),
            "acts": _or_fresh("acts", "person"),
            **_since("activated", "spoke"),
        },
        made=REACHED,
    ),
    "islands": Piece(
        given=_since("reached"),
        kept=CLOSED,
    ),
    "crossings": Piece(
        given={  # how many there were on the day counts, not since when
            "islands": "select what, person, to_night, case when person"
            f" {_FRESH} then from_night else greatest(from_night, {{cut}}) end as from_night"
            " from islands_since"
        },
        made=f"select * from made where night > {{cut}} or person {_FRESH}",
        kept=f"select * from sealed_crossings where night <= {{cut}} and person not {_FRESH}",
    ),
    "changes": Piece(
        given={
            "islands": "select * from islands_lately"
            f" where (to_night >= {{halves}} or person {_FRESH}) and {_TURNS}",
            "crossings": f"select * from ({_late_or_fresh('crossings', 'night >= {halves}')}"
            " union all select what, person, {halves} - 1, cast(sum(change) as integer)"
            f" from memory.main.crossings where night < {{halves}} and person not {_FRESH}"
            f" group by what, person having sum(change) <> 0) where {_TURNS}",
            "own_satisfied": f"select * from memory.main.own_satisfied where {_TURNS}",
        }
    ),
    "satisfied": Piece(given=_since("changes")),
    "held": Piece(
        given=_since("satisfied"),
        made=f"select * from made where night > {{cut}} or person {_FRESH} union all"
        " select person, night, satisfied, stage, dormant from sealed_stages"
        f" where person not {_FRESH} and person in (select person from made where night > {{cut}})",
    ),
    "stages": Piece(
        given=_since("held"),
        kept="select * from sealed_stages where person not in (select person from held_since)",
    ),
    "ladder": Piece(given={"days": "{last_days}"}, is_whole=True),
    "proof": Piece(kept="select * from sealed_proof where false"),
    "evidence": Piece(
        given={
            "proof": "select * from memory.main.proof"
            " where person in (select person from unproven)",
            "acts": "select * from proving",
            "ties": "select * from memory.main.ties where day >= {late_help}"
            " and from_person in (select person from unproven where stage = 5)",
        },
        kept="select * from sealed_evidence"
        " where person in (select person from proof)"
        " and person not in (select person from unproven)",
    ),
    "tally_active": Piece(given=_DAYS_LATELY, is_whole=True),
    "tally_starters": Piece(given=_DAYS_LATELY, is_whole=True),
    "tally_returning": Piece(given=_DAYS_LATELY | _ISLANDS_LATELY, is_whole=True),
    "tally_growth": Piece(given=_ISLANDS_LATELY, is_whole=True),
    "drawn": Piece(
        given={"gathered": "select * from sealed_drawing union all select * from gathered_since"},
        is_whole=True,
    ),
    "gaps": Piece(
        given={"days": "select * from memory.main.days where day >= {silent}"}, is_whole=True
    ),
    "tally_multi_share": Piece(given=_DAYS_LATELY, is_whole=True),
    "outputs": Piece(
        given={
            "acts": "select * from sealed_making union all"
            " select * from acts_since where output or kind = 'merge'",
            "activity": "select source, key, record, url from sealed_made_lines union all"
            " select source, key, record, url from near where day >= {cut}",
        },
        is_whole=True,
    ),
    "efforts": Piece(given=_ACTS_LATELY, is_whole=True),
    "talks": Piece(given=_since("acts"), kept=_sealed("talks"), grows=True),
    "sample_ef50": Piece(given=_ACTS_LATELY, is_whole=True),
    "new_pairs": Piece(
        given={"ties": "select * from memory.main.ties where day >= {late}"}, is_whole=True
    ),
    "candidate_rows": Piece(
        given={
            "acts": "select * from (select * from sealed_rested union all select * from acts_since)"
            " where person in (select person from candidates where reason = 'silent_contributor')"
        },
        is_whole=True,
    ),
    "tally_identity": Piece(given=_ACTS_LATELY, is_whole=True),
    "acted": Piece(
        given=_since("acts"),
        kept=_sealed("acted"),
        both="select person, min(first_day) as first_day, max(last_day) as last_day,"
        " cast(sum(acts) as integer) as acts from ({kept} union all {made}) group by person",
    ),
    "ways": Piece(
        given=_since("acts"),
        kept=_sealed("ways"),
        both="select person, family, min(began_at) as began_at"
        " from ({kept} union all {made}) group by person, family",
    ),
}
SEALED = tuple(name for name, piece in PIECES.items() if piece.kept is not None)
"""Every step of which rows are sealed."""
