"""Measures as pages and commands show them: the catalogue with the values that were kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from django.db.models import QuerySet

from jibungoto.desk.acting import Acting
from jibungoto.desk.gather.current import current_log
from jibungoto.desk.understand.keep import finding
from jibungoto.desk.understand.refresh import month_nights
from jibungoto.desk.understand.rolled_up import rolled_up
from jibungoto.desk.understand.today import newest_answer
from jibungoto.engine import rollups, steps
from jibungoto.engine.log import opened
from jibungoto.ledger.finding import Finding
from jibungoto.records.models import AnswerRow, FindingRow
from jibungoto.understand.answers import RowBehind
from jibungoto.understand.catalogue import CATALOGUE, Measure, must_be_measures
from jibungoto.understand.stepbook import row_query


@dataclass(frozen=True, slots=True)
class Measured:
    """One measure with its parts now, and each part's history at the ends of months."""

    measure: Measure
    as_of: date
    now: dict[str, Finding]
    history: dict[str, tuple[Finding, ...]]


_NOT_LATER = timedelta()
_COLUMNS = [field.name for field in FindingRow._meta.concrete_fields if field.name != "answer"]
"""What is read of findings; as rows of their own a thousand would cost more than all else."""


def measured(
    acting: Acting, *, keys: tuple[str, ...] = (), answer: AnswerRow | None = None
) -> list[Measured]:
    """Return all measures, or those named, with their values; empty before any answer.

    ``Finding.as_of`` here is the last day counted. Raises ``UnknownName`` for a wrong key.
    """
    must_be_measures(keys)
    known = {measure.key: measure for measure in CATALOGUE}
    of = answer or newest_answer(acting)
    if of is None:
        return []
    chosen = keys or tuple(known)
    kept = of.findings.filter(measure__in=keys) if keys else of.findings.all()
    held: dict[str, list[Finding]] = defaultdict(list)
    for one in findings_in(kept.order_by("as_of", "pk")):
        held[one.measure].append(one)
    return [_measured(known[key], of.as_of, findings=held[key]) for key in chosen]


def findings_in(rows: QuerySet[FindingRow], *, later: timedelta = _NOT_LATER) -> Iterator[Finding]:
    """Yield kept values as the findings they were, or as of a later day."""
    for row in rows.values_list(*_COLUMNS, named=True):
        told = row._replace(as_of=row.as_of + later) if later else row
        yield finding(cast("FindingRow", told))


def _measured(measure: Measure, as_of: date, *, findings: list[Finding]) -> Measured:
    shown = {night - timedelta(days=1) for night in month_nights(as_of + timedelta(days=1))}
    history: dict[str, list[Finding]] = defaultdict(list)
    for one in findings:
        if one.as_of in shown or one.as_of == as_of:
            history[one.part].append(one)
    return Measured(
        measure=measure,
        as_of=as_of,
        now={one.part: one for one in findings if one.as_of == as_of},
        history={part: tuple(series) for part, series in history.items()},
    )


def rows_behind(
    acting: Acting, key: str, *, part: str | None = None, at_most: int | None = None
) -> tuple[RowBehind, ...]:
    """Return the rows a measure's newest value rests on; computed now where none were kept."""
    return behind(acting, key).rows(part, at_most)


@dataclass(frozen=True, slots=True)
class Behind:
    """The rows behind a measure's newest value: which parts they stand in, and those of each.

    ``kept`` is None where none were kept, and ``computed`` holds them all.
    """

    key: str
    kept: rollups.Rollups | None
    computed: tuple[RowBehind, ...] = ()

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts the rows stand in."""
        if self.kept is not None:
            return rollups.kept_parts(self.kept, self.key)
        return tuple(sorted({row.part for row in self.computed}))

    def rows(self, part: str | None, at_most: int | None = None) -> tuple[RowBehind, ...]:
        """Return the rows of one part, or of all, and no more of them than asked for."""
        if self.kept is not None:
            return rollups.kept_rows(self.kept, self.key, part=part, at_most=at_most)
        return tuple(row for row in self.computed if part in (None, row.part))[:at_most]


def behind(acting: Acting, key: str) -> Behind:
    """Return what the newest value of a measure rests on."""
    answer = newest_answer(acting)
    kept = rolled_up(acting, answer) if answer else None
    if kept is not None and kept.are_kept:
        return Behind(key, kept)
    current = current_log(acting.community)
    if answer is None or current is None:
        return Behind(key, None)
    night = answer.as_of + timedelta(days=1)
    with opened(current[1]) as con:
        params = steps.Params(as_of=night, zone=acting.community.zone, nights=())
        steps.run(con, params, names=row_query(key).reads)
        return Behind(key, None, steps.rows_behind(con, key, as_of=night))


__all__ = ["Behind", "Measured", "behind", "finding", "findings_in", "measured", "month_nights"]
__all__ += ["rows_behind"]
