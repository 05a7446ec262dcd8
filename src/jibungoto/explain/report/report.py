"""The one-page report for stakeholders, as a value in both languages at once (domain.md 14.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jibungoto.explain.claims import Claim
from jibungoto.explain.facts import ReportFacts
from jibungoto.explain.report.health import HealthRow, health_of
from jibungoto.explain.report.notes import Note, notes_of
from jibungoto.explain.report.sentences import bottom_line, decisions, what_changed
from jibungoto.explain.report.stages import LadderLine, ladder_of


@dataclass(frozen=True, slots=True)
class Report:
    """Everything on the page, in its order; every text is there in Japanese and in English.

    ``as_of`` is the last local day covered.
    """

    community: str
    as_of: date
    bottom_line: tuple[Claim, ...]
    changes: tuple[Claim, ...]
    health: tuple[HealthRow, ...]
    ladder: tuple[LadderLine, ...]
    decisions: tuple[Claim, ...]
    notes: tuple[Note, ...]


def report_from(facts: ReportFacts) -> Report:
    """Make the report of a community from its findings and counts."""
    rows = health_of(facts)
    return Report(
        community=facts.community,
        as_of=facts.as_of,
        bottom_line=bottom_line(facts, rows),
        changes=what_changed(rows),
        health=rows,
        ladder=ladder_of(facts.ladder),
        decisions=decisions(facts),
        notes=notes_of(facts, rows),
    )
