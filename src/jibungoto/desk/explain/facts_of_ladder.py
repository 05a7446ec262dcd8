"""What briefs are told of movement on the ladder, from where everybody stands and stood."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet

from jibungoto.records.models import AnswerRow, StandingRow
from jibungoto.understand.advancing import Advance, Climb, advance_of
from jibungoto.understand.answers import Stage

_AT_ONCE = 5_000


def advance_facts(answer: AnswerRow) -> Advance | None:
    """Return how far newcomers have come by an answer's day; None where nobody ever moved."""
    rows = answer.standings.filter(kind="member", is_opted_out=False)
    newcomers, everybody = [], []
    for joined, is_exact, climb in _climbs(rows.exclude(history=[]), as_of=answer.as_of):
        everybody.append(climb)
        if is_exact and joined is not None:
            newcomers.append(climb)
    still = rows.filter(history=[], joined_exact=True, joined_day__lte=answer.as_of)
    newcomers += [Climb(day, ()) for day in still.values_list("joined_day", flat=True) if day]
    return advance_of(newcomers, everybody, as_of=answer.as_of) if everybody else None


def _climbs(
    rows: QuerySet[StandingRow], *, as_of: date
) -> Iterator[tuple[date | None, bool, Climb]]:
    told = rows.values_list("joined_day", "joined_exact", "history")
    for joined, is_exact, history in told.iterator(chunk_size=_AT_ONCE):
        moves = tuple(
            (day, Stage(stage))
            for day, stage in ((date.fromisoformat(one[0]), one[1]) for one in history)
            if day <= as_of
        )
        yield joined, is_exact, Climb(joined or as_of, moves)
