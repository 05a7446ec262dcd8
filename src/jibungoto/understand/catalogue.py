"""The catalogue of measures: what each means, how it is worked out and what it needs to be told."""

from __future__ import annotations

from collections.abc import Iterable

from jibungoto.ledger.problems import UnknownName
from jibungoto.ledger.words import Words
from jibungoto.understand.catalogue_dependence import DEPENDENCE
from jibungoto.understand.catalogue_events import EVENTS
from jibungoto.understand.catalogue_hosting import HOSTING
from jibungoto.understand.catalogue_journeys import JOURNEYS
from jibungoto.understand.catalogue_ladder import LADDER
from jibungoto.understand.catalogue_meeting import MEETING
from jibungoto.understand.catalogue_newcomers import NEWCOMERS
from jibungoto.understand.catalogue_outputs import AFTERWARDS
from jibungoto.understand.catalogue_seats import SEATS
from jibungoto.understand.catalogue_size import SIZE
from jibungoto.understand.catalogue_starts import BEGINNINGS
from jibungoto.understand.catalogue_staying import STAYING
from jibungoto.understand.measure import (
    JOINING,
    STAGE_NEEDS,
    STARTS,
    THREADS,
    Direction,
    IntervalKind,
    Measure,
    Needs,
    Unit,
)

__all__ = [
    "CATALOGUE",
    "JOINING",
    "STAGE_NEEDS",
    "STARTS",
    "THEMES",
    "THREADS",
    "Direction",
    "IntervalKind",
    "Measure",
    "Needs",
    "Unit",
    "measure_of",
    "must_be_measures",
]

THEMES: tuple[tuple[Words, tuple[Measure, ...]], ...] = (
    (Words("人数とその動き", "How many there are"), (*SIZE, *STAYING)),
    (Words("新しく来た人", "How newcomers fare"), NEWCOMERS),
    (Words("自分ゴト化", "Who makes it their own"), (*LADDER, *BEGINNINGS)),
    (Words("人への偏り", "What depends on few people"), DEPENDENCE),
    (Words("イベント", "What events bring"), (*HOSTING, *EVENTS, *SEATS, *AFTERWARDS, *MEETING)),
    (Words("サービスをまたぐ動き", "How people move between tools"), JOURNEYS),
)
"""The measures by theme, in the order in which pages show them.

Each theme has its tuple in a ``catalogue_`` file; those files import ``measure``, never this one.
"""

CATALOGUE: tuple[Measure, ...] = tuple(measure for _, theme in THEMES for measure in theme)
"""Every measure that can be asked for."""


def measure_of(key: str) -> Measure | None:
    """Return the measure of a key, or None if there is none."""
    return next((measure for measure in CATALOGUE if measure.key == key), None)


def must_be_measures(keys: Iterable[str]) -> None:
    """Raise UnknownName, with the keys there are, unless all of these are measures' keys."""
    known = [measure.key for measure in CATALOGUE]
    for key in keys:
        if key not in known:
            raise UnknownName(
                Words(f"「{key}」という指標はありません。", f"There is no measure “{key}”."),
                Words(f"次のどれかです: {', '.join(known)}", f"It is one of: {', '.join(known)}"),
            )
