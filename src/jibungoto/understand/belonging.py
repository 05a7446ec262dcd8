"""Series and chapters: what belongs to one, which measures can be taken there, and proposals."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from jibungoto.ledger.initiative import InitiativeKind
from jibungoto.ledger.words import Words
from jibungoto.understand.catalogue import CATALOGUE
from jibungoto.understand.scope_kind import ScopeKind

LEAST_EVENTS = 2
"""So many events with one name make a series worth proposing."""

OF_ACTS = frozenset(
    {
        *("entries_total", "reach_total", "show", "no_show", "switch", "first_time_rate"),
        *("seat_use", "wait_conv"),
        *("stay", "stay_share", "ret_event", "outputs", "outputters", "output_rate", "heat"),
        *("active", "stickiness", "unanswered72", "ttfr", "welcome48", "intro_warmth"),
        *("events_held", "event_gap", "rsvps", "rsvps_per_event", "yoko_after", "ef50"),
        *("starters", "starter_rate", "new_starter_share", "staff_start_share"),
        *("start_survival90", "start_pull", "failed_starts"),
        *("caf50", "caf80", "top1", "gini", "staff_share"),
    }
)
"""Measures that count what was done in the initiatives, or who did it."""
OF_PEOPLE = frozenset({"stage_stock", "stage_share", "multi_share"})
"""Measures that count people who have been active there, by what they are in the community."""

_NEWCOMERS = Words(
    "加わるのはコミュニティ全体であって、{kind}ではありません。何もしなかった新しい人がどこに"
    "属するかは分からないため、この割合は出せません。全体の値を使ってください。",
    "People join the community, not a {kind}: where newcomers belong who did nothing cannot be "
    "known. Take it of the whole community.",
)
_WHOLE = Words(
    "コミュニティ全体についての指標で、{kind}に絞ると意味がなくなります。全体の値を使ってください。",
    "It speaks of the community as a whole and means nothing of one {kind}. Take it of the whole "
    "community.",
)
_OF_NEWCOMERS = frozenset(
    {"new", "act7", "act30", "intro_rate", "early_diversity", "ret_k", "entry_mix"}
)

MEANING_IN = Words(
    "この{kind}に属する取り組みでの活動と、そこで活動した人だけを数えた値です。"
    "「初めて」や「戻った」は、コミュニティ全体での経過によります。",
    "Only what happened in this {kind}, and people active in it, are counted. Whether it was "
    "somebody's first time, or a return, goes by the community as a whole.",
)
"""What a page says beside a value of a series or a chapter."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of one initiative: its key, its kind, its name, the series a source names."""

    key: str
    kind: str
    name: str = ""
    series: str = ""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A series that the names of events suggest, with the keys of its events."""

    name: str
    events: tuple[str, ...]


def why_not_in(measure: str, kind: ScopeKind) -> Words | None:
    """Return why a measure cannot be taken of a series or chapter, or None if it can."""
    if measure in OF_ACTS or measure in OF_PEOPLE:
        return None
    words = _NEWCOMERS if measure in _OF_NEWCOMERS else _WHOLE
    return Words(
        words.ja.format(kind=kind.words.ja), words.en.format(kind=kind.words.en.casefold())
    )


def meaning_in(kind: ScopeKind) -> Words:
    """Return what a value of a series or a chapter means."""
    return Words(
        MEANING_IN.ja.format(kind=kind.words.ja),
        MEANING_IN.en.format(kind=kind.words.en.casefold()),
    )


def taken_in() -> tuple[str, ...]:
    """Return the measures that can be taken of a series or a chapter, in the catalogue's order."""
    return tuple(one.key for one in CATALOGUE if one.key in OF_ACTS or one.key in OF_PEOPLE)


def belonging(parts: Collection[str], told: Iterable[Told]) -> frozenset[str]:
    """Return what belongs to a series or chapter: its parts, and the events of series among them.

    A part that no source tells of any more belongs to nothing.
    """
    return frozenset(
        one.key
        for one in told
        if one.key in parts
        or (one.kind == InitiativeKind.EVENT and one.series and one.series in parts)
    )


_NUMBERS = re.compile(
    r"[#＃]\s*\d+|第\s*\d+\s*[回弾期]|\b(?:vol|no|ep|part)\.?\s*\d+"
    r"|\d{4}\s*[年/.-]\s*\d{1,2}(?:\s*[月/.-]\s*\d{1,2}\s*日?)?\s*月?"
    r"|\b(?:19|20)\d{2}\b|\d{1,2}\s*月号?|\b\d+(?:st|nd|rd|th)\b|\d+\s*$",
    re.IGNORECASE,
)
_ENDS = " -_:・|/()[]【】「」『』〜~–—,."


def stem_of(name: str) -> str:
    """Return the name of an event without what tells its editions apart: numbers and dates."""
    plain = _NUMBERS.sub(" ", unicodedata.normalize("NFKC", name))
    return " ".join(plain.split()).strip(_ENDS)


def proposals(told: Iterable[Told], *, taken: Collection[str] = ()) -> tuple[Proposed, ...]:
    """Return the series that names suggest, the largest first; what is in one already is not."""
    found: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        stem = stem_of(one.name)
        if one.kind == InitiativeKind.EVENT and one.key not in taken and stem:
            found[stem.casefold()].append(one)
    made = [
        Proposed(stem_of(events[0].name), tuple(one.key for one in events))
        for events in found.values()
        if len(events) >= LEAST_EVENTS
    ]
    return tuple(sorted(made, key=lambda one: (-len(one.events), one.name)))
