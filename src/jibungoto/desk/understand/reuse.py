"""Findings of earlier nights that need not be worked out again: nothing they rest on changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from jibungoto.desk.understand.keep import Carried, finding
from jibungoto.engine.log import LogVersion
from jibungoto.engine.manifest import decode
from jibungoto.engine.steps import coverage_of, day_before
from jibungoto.engine.unchanged import unchanged_nights, without_record
from jibungoto.ledger.finding import Finding
from jibungoto.records.models import AnswerRow
from jibungoto.understand.catalogue import CATALOGUE
from jibungoto.understand.said_again import (
    COUNT_NO_RECORD,
    counts_who_has_no_record,
    doubted_again,
)
from jibungoto.understand.thresholds import RULE_VERSION

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class Kept:
    """Nights whose findings the answer before gave and that still hold.

    ``doubted`` are those in which people without a record are counted, as the steps give them,
    by their rows' ids; all else is carried over as it stands.
    """

    answer: int | None = None
    nights: tuple[date, ...] = ()
    doubted: dict[int, Finding] = field(default_factory=dict)


def still_valid(before: AnswerRow, log: LogVersion, *, nights: Iterable[date]) -> Kept:
    """Return the findings of those of some nights that the answers before gave and still hold."""
    if before.rule_version != RULE_VERSION:
        return Kept()
    told: dict[date, set[tuple[str, int]]] = defaultdict(set)
    rows = before.findings.exclude(as_of=before.as_of).order_by()
    said = rows.values_list("as_of", "measure", "definition_version").distinct()
    for day, measure, version in said:
        told[day + timedelta(days=1)].add((measure, version))
    wanted = {(measure.key, measure.version) for measure in CATALOGUE}
    asked = [night for night in nights if told.get(night) == wanted]
    if not asked:
        return Kept()
    was = LogVersion(log.folder, decode(before.version.manifest), f"facts/{before.facts_stamp:08d}")
    held = unchanged_nights(was, log, nights=asked)
    return Kept(before.pk, held, _doubted(before, held))


def _doubted(before: AnswerRow, nights: Iterable[date]) -> dict[int, Finding]:
    days = [day_before(night) for night in nights]
    rows = before.findings.filter(as_of__in=days, measure__in=COUNT_NO_RECORD).order_by("pk")
    found = {row.pk: replace(finding(row), as_of=row.as_of + timedelta(days=1)) for row in rows}
    return {row: one for row, one in found.items() if counts_who_has_no_record(one)}


def said_again(con: DuckDBPyConnection, kept: Kept) -> list[Finding]:
    """Return what of the kept findings this run says otherwise: who has no record yet."""
    missing = without_record(con, kept.nights)
    coverage = coverage_of(con)
    measures = {measure.key: measure for measure in CATALOGUE}
    return [
        doubted_again(measures[one.measure], one, doubtful=missing[one.as_of], coverage=coverage)
        for one in kept.doubted.values()
    ]


def carried(kept: Kept) -> Carried | None:
    """Return what is taken over from the answer before as it stands there."""
    if kept.answer is None:
        return None
    days = tuple(day_before(night) for night in kept.nights)
    return Carried(kept.answer, days, frozenset(kept.doubted))
