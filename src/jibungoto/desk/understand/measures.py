"""Measures as pages and commands show them: the catalogue with the values that were kept."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from jibungoto.desk.acting import Acting
from jibungoto.desk.gather.current import current_log
from jibungoto.desk.understand.refresh import month_nights
from jibungoto.desk.understand.today import newest_answer
from jibungoto.engine import rollups, steps
from jibungoto.engine.log import opened
from jibungoto.ledger.finding import Finding, Interval, Quality
from jibungoto.ledger.problems import UnknownName
from jibungoto.ledger.words import Words
from jibungoto.records.models import AnswerRow, FindingRow
from jibungoto.understand.answers import RowBehind
from jibungoto.understand.catalogue import CATALOGUE, Measure


@dataclass(frozen=True, slots=True)
class Measured:
    """One measure with its parts now, and each part's history at the ends of months."""

    measure: Measure
    as_of: date
    now: dict[str, Finding]
    history: dict[str, tuple[Finding, ...]]


def measured(
    acting: Acting, *, keys: tuple[str, ...] = (), answer: AnswerRow | None = None
) -> list[Measured]:
    """Return all measures, or those named, with their values; empty before any answer.

    ``Finding.as_of`` here is the last day counted. Raises ``UnknownName`` for a wrong key.
    """
    known = {measure.key: measure for measure in CATALOGUE}
    for key in keys:
        if key not in known:
            raise UnknownName(
                Words(f"「{key}」という指標はありません。", f"There is no measure “{key}”."),
                Words(f"次のどれかです: {', '.join(known)}", f"It is one of: {', '.join(known)}"),
            )
    of = answer or newest_answer(acting)
    if of is None:
        return []
    rows: dict[str, list[FindingRow]] = defaultdict(list)
    for row in of.findings.order_by("as_of", "pk"):
        rows[row.measure].append(row)
    chosen = keys or tuple(known)
    return [
        _measured(known[key], of.as_of, findings=[finding(row) for row in rows[key]])
        for key in chosen
    ]


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


def finding(row: FindingRow) -> Finding:
    """Return a kept value as the finding it was."""
    interval = None
    if row.low is not None and row.high is not None:
        interval = Interval(row.low, row.high)
    return Finding(
        measure=row.measure,
        as_of=row.as_of,
        value=row.value,
        part=row.part,
        numerator=row.numerator,
        denominator=row.denominator,
        interval=interval,
        n=row.n,
        quality=Quality(row.quality),
        reason=Words(row.reason_ja, row.reason_en) if row.reason_en else None,
        definition_version=row.definition_version,
    )


def rows_behind(acting: Acting, key: str, *, part: str | None = None) -> tuple[RowBehind, ...]:
    """Return the rows a measure's newest value rests on; computed now where none were kept."""
    answer = newest_answer(acting)
    current = current_log(acting.community)
    if answer is None or current is None:
        return ()
    night = answer.as_of + timedelta(days=1)
    kept = rollups.rollups_of(current[1], night)
    if kept.are_kept:
        return rollups.kept_rows(kept, key, part=part)
    with opened(current[1]) as con:
        steps.run(con, steps.Params(as_of=night, zone=acting.community.zone, nights=()))
        return steps.rows_behind(con, key, as_of=night, part=part)


__all__ = ["Measured", "finding", "measured", "month_nights", "rows_behind"]
