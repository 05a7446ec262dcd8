"""What a measure is: its words, its unit, its interval and what it needs to be told."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from jibungoto.ledger.words import Words


class Unit(StrEnum):
    """What a value counts."""

    PERSONS = "persons"
    FRACTION = "fraction"
    HOURS = "hours"
    VARIETY = "variety"
    ENTRIES = "entries"
    MINUTES = "minutes"
    OUTPUTS = "outputs"
    PER_HUNDRED = "per_hundred"
    INDEX = "index"
    STARTS = "starts"
    EVENTS = "events"
    DAYS = "days"
    ORGANISATIONS = "organisations"
    POINTS = "points"


class Direction(StrEnum):
    """Which way is better; ``none`` where neither is."""

    UP = "up"
    DOWN = "down"
    NONE = "none"


class IntervalKind(StrEnum):
    """How the 95 % interval of a value is worked out (domain.md 7)."""

    NONE = "none"
    POISSON = "poisson"
    WILSON = "wilson"
    BOOTSTRAP_MEAN = "bootstrap_mean"
    BOOTSTRAP_MEDIAN = "bootstrap_median"
    KAPLAN_MEIER = "kaplan_meier"
    BOOTSTRAP_CONCENTRATION = "bootstrap_concentration"
    NEWCOMBE = "newcombe"


Needs = tuple[tuple[str, ...], ...]
"""Of each group a source must tell at least one; names are fields of ``CanTell``."""

WORKS = "works"
"""Told by every source that holds works, such as commits or articles; all else it declares."""
JOINING: Needs = (("joins", "complete_since"),)
THREADS: Needs = (("threads",), ("replies",))
STARTS: Needs = (("creators",),)
STAGE_NEEDS: dict[str, Needs] = {
    "S3": THREADS,
    "S4": STARTS,
    "S5": (*STARTS, *THREADS),
}
"""What has to be told before anybody can be seen to stand at a stage; below, nothing."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: its words, its rule's numbers, and the step that works it out.

    ``window`` is in days. Below ``min_n`` only "k of n" is printed. ``parts`` names the lines of
    a measure that has several; the empty part is the measure itself. ``part_needs`` is what
    single parts need besides. Where a source does not tell ``at_least_without``, the value is a
    lower bound; where it does not tell ``partial_without``, some of what counts is missing.
    ``needs_intro`` marks measures that need a place tagged for introductions, ``needs_staff``
    those that need staff to be marked. ``of_sources``: only these can hold what counts, by key.
    Below ``least`` there is no value. ``reach`` is how many days before its window a part looks.
    A quarterly measure's window is the last complete quarter. ``has_own_samples``: each part has
    samples of its own, under its name. ``by_events``: parts that events tell by themselves, though
    nobody is named who came. ``compared`` are the two parts whose shares a difference is of.
    """

    key: str
    name: Words
    definition: Words
    unit: Unit
    window: int
    step: str
    interval: IntervalKind
    direction: Direction = Direction.NONE
    min_n: int = 10
    version: int = 1
    needs: Needs = ()
    needs_intro: bool = False
    parts: dict[str, Words] = field(default_factory=dict)
    part_needs: dict[str, Needs] = field(default_factory=dict)
    at_least_without: Needs = ()
    partial_without: Needs = ()
    needs_staff: bool = False
    needs_organisations: bool = False
    of_sources: frozenset[str] = frozenset()
    least: int = 0
    reach: dict[str, int] = field(default_factory=dict)
    is_quarterly: bool = False
    has_own_samples: bool = False
    by_events: frozenset[str] = frozenset()
    compared: tuple[str, ...] = ()

    def needs_of(self, part: str) -> Needs:
        """Return what a part needs, all told."""
        return (*self.needs, *self.part_needs.get(part, ()))

    def span(self, as_of: date) -> tuple[date, date]:
        """Return the first day of the window, and the day before which it ends."""
        if self.is_quarterly:
            return quarter_before(as_of)
        return as_of - timedelta(days=self.window), as_of


def quarter_before(as_of: date) -> tuple[date, date]:
    """Return the last calendar quarter that is over: its first day, and the day after its last."""
    ends = quarter_of(as_of)
    return quarter_of(ends - timedelta(days=1)), ends


def quarter_of(day: date) -> date:
    """Return the first day of a day's calendar quarter."""
    return date(day.year, day.month - (day.month - 1) % 3, 1)
