"""Findings of earlier nights that need not be worked out again: nothing they rest on changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, cast

from jibungoto.desk.understand.keep import finding
from jibungoto.engine.log import LogVersion
from jibungoto.engine.manifest import decode
from jibungoto.engine.steps import coverage_of
from jibungoto.engine.unchanged import unchanged_nights, without_record
from jibungoto.ledger.finding import Finding
from jibungoto.records.models import AnswerRow, FindingRow
from jibungoto.understand.catalogue import CATALOGUE
from jibungoto.understand.said_again import counts_who_has_no_record, doubted_again
from jibungoto.understand.thresholds import RULE_VERSION

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_COLUMNS = [field.name for field in FindingRow._meta.concrete_fields if field.name != "answer"]
"""What is read of findings; as rows of their own hundreds would cost more than all else."""

Kept = dict[date, list[Finding]]
"""Findings by the night they hold on, as the steps give them."""


def still_valid(before: AnswerRow, log: LogVersion, *, nights: Iterable[date]) -> Kept:
    """Return the findings of those of some nights that the answers before gave and still hold."""
    if before.rule_version != RULE_VERSION:
        return {}
    told: Kept = defaultdict(list)
    rows = before.findings.exclude(as_of=before.as_of).order_by("pk")
    for row in rows.values_list(*_COLUMNS, named=True):
        night = row.as_of + timedelta(days=1)
        told[night].append(replace(finding(cast("FindingRow", row)), as_of=night))
    wanted = {(measure.key, measure.version) for measure in CATALOGUE}
    asked = [
        night
        for night in nights
        if {(one.measure, one.definition_version) for one in told.get(night, ())} == wanted
    ]
    if not asked:
        return {}
    was = LogVersion(log.folder, decode(before.version.manifest), f"facts/{before.facts_stamp:08d}")
    return {night: told[night] for night in unchanged_nights(was, log, nights=asked)}


def said_again(con: DuckDBPyConnection, kept: Kept) -> list[Finding]:
    """Return kept findings as this run would give them: who has no record yet is counted anew."""
    missing = without_record(con, kept)
    coverage = coverage_of(con)
    measures = {measure.key: measure for measure in CATALOGUE}
    return [
        doubted_again(measures[one.measure], one, doubtful=missing[night], coverage=coverage)
        if counts_who_has_no_record(one)
        else one
        for night, found in kept.items()
        for one in found
    ]
