"""Findings of earlier nights said again: all that can change is who has no record at all."""

from __future__ import annotations

from jibungoto.ledger.finding import Finding
from jibungoto.understand.findings import Tally, finding_of_tally
from jibungoto.understand.measure import Measure
from jibungoto.understand.verdicts import Coverage

COUNT_NO_RECORD = ("registered", "stage_stock")
"""The measures of which some findings count who has no record."""


def counts_who_has_no_record(finding: Finding) -> bool:
    """Say whether how many people have no record is part of how far a value can be relied on."""
    return finding.measure == "registered" or (finding.measure, finding.part) == (
        "stage_stock",
        "S0",
    )


def doubted_again(
    measure: Measure, finding: Finding, *, doubtful: int, coverage: Coverage
) -> Finding:
    """Return a finding of a count with another number of those who could not be counted."""
    if finding.value is None:
        return finding
    tally = Tally(finding.as_of, finding.part, int(finding.value), None, doubtful)
    return finding_of_tally(measure, tally, coverage=coverage)
