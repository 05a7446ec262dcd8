"""What is known outside a plan and what its rules need: data, history, team, people, the day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from jibungoto.ledger.words import Words
from jibungoto.plan.owwh import Plan
from jibungoto.plan.states import Outcome
from jibungoto.plan.victory import Bound


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a history: the last day counted, the value and its interval."""

    day: date
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class MeasureFacts:
    """What is known of one measure: its words, its value now, and its history by month.

    ``now`` is None where there is no value, and ``reason`` says why. ``window`` is in days.
    """

    name: Words
    unit: str = ""
    window: int = 0
    now: Point | None = None
    reason: Words | None = None
    history: tuple[Point, ...] = ()

    @property
    def own_range(self) -> tuple[float, float] | None:
        """The least and the largest value there has been, or None without any."""
        values = [point.value for point in self.history]
        if self.now is not None:
            values.append(self.now.value)
        return (min(values), max(values)) if values else None


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """A stakeholder has seen one version and agrees; influence is 1 to 3."""

    stakeholder: str
    influence: int
    version: int
    day: date


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a plan ended, and what was learnt."""

    outcome: Outcome
    lesson: str
    day: date


@dataclass(frozen=True, slots=True)
class Reported:
    """A report for one audience and the measures it uses, by key."""

    audience: str
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """Everything the rules are told of the world; what is unknown is None or missing.

    ``measures`` holds what can be asked for, with or without data. ``segments`` are sizes by key,
    None where a size is not known; ``series`` are keys of series and of single events.
    ``team_hours`` are per month and hold backups; ``fte`` is how many full-time managers there
    are. ``made`` and ``in_force_since`` are of this version; ``neighbours`` are the other plans
    in force.
    """

    today: date
    measures: Mapping[Bound, MeasureFacts] = field(default_factory=dict)
    segments: Mapping[str, int | None] = field(default_factory=dict)
    series: frozenset[str] = frozenset()
    community_since: date | None = None
    team_hours: float | None = None
    fte: float | None = None
    version: int = 1
    made: date | None = None
    in_force_since: date | None = None
    last_reviewed: date | None = None
    acknowledgements: tuple[Acknowledgement, ...] = ()
    verdict: Verdict | None = None
    neighbours: tuple[Plan, ...] = ()
    reports: tuple[Reported, ...] = ()

    @property
    def is_young(self) -> bool:
        """Whether the community is known to be younger than twelve months."""
        return self.community_since is not None and (self.today - self.community_since).days < 365
