"""What a brief is written from besides the report's facts; None is what nobody told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jibungoto.explain.briefs.conditions import ConditionKept
from jibungoto.explain.claims import Evidence, Grade
from jibungoto.explain.facts import ReportFacts
from jibungoto.ledger.finding import Finding, Interval
from jibungoto.ledger.words import Words
from jibungoto.plan.standing import Standing
from jibungoto.understand.advancing import Advance


@dataclass(frozen=True, slots=True)
class ConditionFacts:
    """One victory condition: what is to be reached by when, and where it is now.

    ``now`` is None where its measure has no value of that day, with ``why``; ``told`` is what
    was counted by hand or of a part of the people, as it may be printed. ``forecast`` is a range.
    ``plan`` is the name of its plan where several are in force. ``kept`` is what all of it is
    computed from.
    """

    name: Words
    target: Words
    due: date
    standing: Standing
    now: Finding | None = None
    told: Words | None = None
    forecast: Words | None = None
    why: Words | None = None
    plan: Words | None = None
    kept: ConditionKept | None = None


@dataclass(frozen=True, slots=True)
class LegalFacts:
    """A way of going about the plan that was looked at for its legal side, and when.

    ``day`` is None where it offers something to win and nobody has looked at it yet.
    """

    name: Words
    day: date | None = None


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """The plan in force: its objectives, its lines (who, what, how), its conditions."""

    objectives: Sequence[Words] = ()
    lines: Sequence[Words] = ()
    conditions: Sequence[ConditionFacts] = ()
    stops: Sequence[Words] = ()
    version: int = 0
    assumptions: Sequence[Words] = ()
    legal: Sequence[LegalFacts] = ()


@dataclass(frozen=True, slots=True)
class AbilityFacts:
    """One ability: how many cover it, how many back it up, and its state in a word."""

    ability: Words
    holders: int
    backups: int
    hours: float | None = None
    state: Words | None = None


@dataclass(frozen=True, slots=True)
class TeamFacts:
    """How the team covers the abilities, its gaps, and the released part of its isolation.

    ``accounts`` are those on record, ``alone`` those of them that one person alone can open.
    """

    abilities: Sequence[AbilityFacts] = ()
    gaps: Sequence[Words] = ()
    released: Sequence[Words] = ()
    accounts: int = 0
    alone: int = 0


@dataclass(frozen=True, slots=True)
class StudyFacts:
    """One comparison or estimate, worded by who made it; ``ranges`` are low, base and high.

    ``evidence`` is what its grade follows from.
    """

    text: Words
    grade: Grade
    caveats: Sequence[Words] = ()
    ranges: Sequence[tuple[Words, Interval]] = ()
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class CostFacts:
    """What the community costs in a period: a line for each kind, a range each."""

    name: Words
    spent: Interval
    unit: Words


@dataclass(frozen=True, slots=True)
class RiskFacts:
    """A risk somebody or a rule has seen, in one sentence, and what is done about it."""

    text: Words
    care: Words
    measures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VoiceFacts:
    """What a member said, with the permission to quote it."""

    text: Words


@dataclass(frozen=True, slots=True)
class AskFacts:
    """What is asked of whom by when."""

    person: Words
    action: Words
    by: date


@dataclass(frozen=True, slots=True)
class StartedFacts:
    """Something a member started: what it is called, what kind of thing it is, and since when."""

    name: str
    kind: Words
    day: date


@dataclass(frozen=True, slots=True)
class ProgrammeFacts:
    """One series of events: its name, how many were held, and its findings by measure."""

    name: str
    held: int
    findings: Sequence[Finding] = ()


@dataclass(frozen=True, slots=True)
class BriefFacts:
    """Everything a draft may say; None stands for what nobody has told yet.

    ``written`` is the day it is written on, where that is not the end of what the log covers: the
    plan and the studies are then those of the report's day, while cover is that of ``written``.
    ``left_out`` is how many studies and models came to stand so later.
    ``hourly`` is what an hour of staff costs, as the money model of cost assumes.
    ``addressed_to`` is the stakeholder whom the ask names, or empty.
    """

    report: ReportFacts
    plan: PlanFacts | None = None
    team: TeamFacts | None = None
    studies: Sequence[StudyFacts] | None = None
    costs: Sequence[CostFacts] | None = None
    risks: Sequence[RiskFacts] | None = None
    voices: Sequence[VoiceFacts] | None = None
    asks: Sequence[AskFacts] | None = None
    advance: Advance | None = None
    started: Sequence[StartedFacts] | None = None
    programmes: Sequence[ProgrammeFacts] | None = None
    fiscal_month: int = 4
    written: date | None = None
    hourly: CostFacts | None = None
    addressed_to: str = ""
    left_out: int = 0
