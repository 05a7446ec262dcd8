"""What each step still has to look at once everything before a day is sealed.

The steps stay as they are. While one runs, some of the tables it reads are laid over by what is
left of them: rows since the day, and the few earlier ones these rest on. What comes of it is put
beside the sealed rows that still hold, and is then what the whole log would have given.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jibungoto.engine.steps import Params

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
    quarter = date(cut.year, cut.month - (cut.month - 1) % 3, 1)
    for _ in range(2):
        before = quarter - timedelta(days=1)
        quarter = date(before.year, before.month - (before.month - 1) % 3, 1)
    days = {"cut": cut, "near": cut - timedelta(days=LOOK_BACK), "halves": quarter}
    days["talked"] = cut - timedelta(days=rules.speak_window + 1)
    days["asked"] = asked
    days["quarters"] = params.all_nights[0] - timedelta(days=200)
    longest = max(rules.start_window, rules.sustain_window, rules.silent_window)
    days["late"] = params.as_of - timedelta(days=longest + 31 + 220)
    days["late_help"] = params.as_of - timedelta(days=_longest_help(params) + 31 + 220)
    days["qualifying"] = cut - timedelta(days=rules.qualify_seconds // 86_400 + 2)
    days["cohort"] = asked - timedelta(days=13 * rules.stretch_days)
    say = {name: f"date '{day}'" for name, day in days.items()}
    return say | {"last_days": _LAST_DAYS if params.all_nights[0] >= cut else _ALL_DAYS}


def _longest_help(params: Params) -> int:
    rules = params.thresholds
    return max(rules.speak_window, rules.help_window, rules.output_window)


_LAST_DAYS = (
    "select person, max(day) as day from sealed_rested group by person"
    " union all select person, day from days_since"
)
_ALL_DAYS = "select person, day from memory.main.days"


_FRESH = "in (select person from fresh)"


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

UNPROVEN = (
    "create table unproven as select person, stage from proof"
    " where (stage = 1 and (person in (select person from acts_since)"
    " or person not in (select person from sealed_proof where stage = 1)))"
    " or (stage > 1 and (person, stage, night) not in"
    " (select person, stage, night from sealed_proof))"
)
"""Whose evidence may differ: of the first stage it is somebody's last acts, and no more.

Of later ones it is what lies before a night; if that is an old one, so is what lies before it.
"""
_PROVES = (
    "person, capacity, class, output, opener, opener_capacity, initiative, source, key,"
    " happened_at, sequence, day"
)
PROVING = (
    f"create table proving as select {_PROVES} from sealed_rested"
    " where person in (select person from unproven where stage = 1)"
    f" union all select {_PROVES} from acts_since"
    " where person in (select person from unproven where stage = 1)"
    f" union all select {_PROVES} from memory.main.acts where day >= {{late_help}}"
    " and person in (select person from unproven where stage in (2, 3))"
    f" union all select {_PROVES} from memory.main.acts where day >= {{late}} and initiative in"
    " (select initiative from starts where person in (select person from unproven where stage > 3))"
)
"""The acts that evidence is chosen from: their newest, those that helped, those of their starts."""
_COMES = "person, capacity, kind, class, tag, dated, source, place, in_reply_to, happened_at, day"
COHORT = (
    f"create table cohort_acts as select {_COMES} from memory.main.acts where day >= {{cohort}}"
    " and person in (select person from firsts where joined_day >= {cohort})"
    f" union all select {_COMES} from memory.main.acts where day >= {{asked}}"
    " and kind = 'reaction'"
    " and person not in (select person from firsts where joined_day >= {cohort})"
)
"""What newcomers did, and how others reacted."""

AFTER = {
    "told": (TOLD,),
    "firsts": (COHORT,),
    "starts": (FRESH,),
    "proof": (UNPROVEN, PROVING),
}
"""What is laid out beside the tables once a step has run."""

PIECES: dict[str, Piece] = {
    "told": Piece(given={"activity": "select * from near"}),
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
            "acts": "select * from sealed_rested union all select * from acts_since",
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
            "gathered": "select * from memory.main.gathered where start in"
            " (select number from memory.main.starts where day >= {qualifying})",
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
        made=f"select * from made where to_night > {{cut}} or person {_FRESH} union all"
        " select what, person, other, from_night, to_night from sealed_islands"
        f" where to_night > {{cut}} and person not {_FRESH}",
    ),
    "islands": Piece(
        given=_since("reached"),
        kept=f"select * from sealed_islands where to_night <= {{cut}} and person not {_FRESH}",
    ),
    "crossings": Piece(
        given=_since("islands"),
        made=f"select * from made where night > {{cut}} or person {_FRESH}",
        kept=f"select * from sealed_crossings where night <= {{cut}} and person not {_FRESH}",
    ),
    "changes": Piece(
        given={
            "islands": _late_or_fresh("islands", "to_night >= {halves}"),
            "crossings": _late_or_fresh("crossings", "night >= {halves}") + " union all"
            " select what, person, {halves} - 1, cast(sum(change) as integer)"
            f" from memory.main.crossings where night < {{halves}} and person not {_FRESH}"
            " group by what, person having sum(change) <> 0",
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
            "ties": "select * from memory.main.ties where day >= {late}",
        },
        kept="select * from sealed_evidence"
        " where person in (select person from proof)"
        " and person not in (select person from unproven)",
    ),
    "efforts": Piece(
        given={"acts": "select * from memory.main.acts where day >= {quarters}"}, is_whole=True
    ),
    "talks": Piece(given=_since("acts"), kept=_sealed("talks"), grows=True),
    "sample_ef50": Piece(
        given={"acts": "select * from memory.main.acts where day >= {quarters}"}, is_whole=True
    ),
    "new_pairs": Piece(
        given={"ties": "select * from memory.main.ties where day >= {late}"}, is_whole=True
    ),
    "candidate_rows": Piece(
        given={"acts": "select * from sealed_rested union all select * from acts_since"},
        is_whole=True,
    ),
    "tally_identity": Piece(
        given={"acts": "select * from memory.main.acts where day >= {asked}"}, is_whole=True
    ),
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
