"""What a report is made from: findings and counts, never a member's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jibungoto.ledger.finding import Finding
from jibungoto.ledger.words import Words
from jibungoto.understand.answers import Stage, Unknown


@dataclass(frozen=True, slots=True)
class StageCount:
    """How many members stand at a stage, the dormant ones counted apart."""

    stage: Stage
    active: int
    dormant: int = 0


@dataclass(frozen=True, slots=True)
class LadderFacts:
    """The ladder now and 28 days earlier, and how many moved between; empty without a log.

    ``untold`` are the parts of its rules that no source can tell: a stage whose rule is among
    them reads "-" instead of 0. ``unlike`` is why the registered of before, which are then left
    out, are not to be compared with those now.
    """

    now: Sequence[StageCount] = ()
    before: Sequence[StageCount] = ()
    moved_up: int = 0
    moved_down: int = 0
    untold: Sequence[Unknown] = ()
    unlike: Words | None = None


@dataclass(frozen=True, slots=True)
class WaitingFacts:
    """How many people wait for somebody; None where the sources cannot tell.

    ``first_posts`` are first posts nobody answered, ``first_starts`` people who started
    something for the first time, ``gone_quiet`` contributors silent for longer than is usual.
    """

    first_posts: int | None = None
    first_starts: int | None = None
    gone_quiet: int | None = None


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """One source: its name, the days it covers (both ends counted), what it cannot tell."""

    name: str
    covered_from: date
    covered_until: date
    cannot_tell: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """Everything a report may say; ``as_of`` is the last local day covered.

    ``findings`` are the current ones, ``history`` those of up to 12 month ends before,
    ``week_ago`` those of seven days earlier. A finding counts the days before its own ``as_of``,
    so the current ones carry the day after this one.
    """

    community: str
    as_of: date
    findings: Sequence[Finding] = ()
    history: Sequence[Finding] = ()
    week_ago: Sequence[Finding] = ()
    ladder: LadderFacts = LadderFacts()
    waiting: WaitingFacts = WaitingFacts()
    staff_marked: bool = False
    sources: Sequence[SourceFacts] = ()
    rule_version: int = 1
