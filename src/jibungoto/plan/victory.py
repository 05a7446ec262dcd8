"""Victory conditions: which measure shows that the objective is reached, by how much, and when."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from msgspec import Struct

from jibungoto.plan.text import Text


class Operator(StrEnum):
    """On which side of the target one has won."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class Scope(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Of whom or what a measure is taken, by key; empty is the whole community."""

    segment: str = ""
    chapter: str = ""
    series: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether this is the whole community."""
        return not (self.segment or self.chapter or self.series)

    @property
    def is_of_one(self) -> bool:
        """Whether it is narrowed in one way alone."""
        return sum(map(bool, (self.segment, self.chapter, self.series))) == 1


class Bound(Struct, frozen=True):
    """What a number is of: a measure's key, one of its parts, and a scope."""

    measure: str
    part: str = ""
    scope: Scope = Scope()

    @property
    def written(self) -> str:
        """The same in one line: measure, part and what it is narrowed to, as a file has it."""
        scope = self.scope
        narrowed = (
            ("segment", scope.segment),
            ("series", scope.series),
            ("chapter", scope.chapter),
        )
        of = "".join(f" {kind}:{key}" for kind, key in narrowed if key)
        return f"{self.measure}.{self.part}{of}" if self.part else f"{self.measure}{of}"


class Baseline(
    Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    rename={"first": "from", "last": "to"},
):
    """Where it began: a value and the days it is of, or that there is no history.

    ``of`` is what the value was taken of, as ``Bound.written`` has it; empty where nobody noted
    it. ``proposed`` says that the data proposed it, and nobody wrote it.
    """

    value: float | None = None
    first: date | None = None
    last: date | None = None
    no_history: bool = False
    of: str = ""
    proposed: bool = False

    @property
    def is_complete(self) -> bool:
        """Whether value and both days are said, or that there is no history."""
        is_said = self.value is not None and self.first is not None and self.last is not None
        return is_said or self.no_history


class ByHand(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """How a number that no data tells is counted by hand: what it is, by whom, and how often."""

    name: Text = Text()
    who: Text = Text()
    every_days: int | None = None

    @property
    def is_complete(self) -> bool:
        """Whether it is said who counts, and how often."""
        return not self.who.is_empty and self.every_days is not None and self.every_days > 0


class VictoryCondition(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """One victory condition, bound to a measure (domain.md 9.1).

    ``measure`` is a key of the catalogue, or, where ``by_hand`` is complete, any name. Values of
    shares are fractions.
    """

    key: str = ""
    measure: str = ""
    part: str = ""
    scope: Scope = Scope()
    baseline: Baseline = Baseline()
    operator: Operator | None = None
    target: float | None = None
    unit: str = ""
    due: date | None = None
    if_won: Text = Text()
    if_lost: Text = Text()
    by_hand: ByHand = ByHand()

    @property
    def bound(self) -> Bound:
        """What the number is of."""
        return Bound(self.measure, self.part, self.scope)

    @property
    def is_of_another(self) -> bool:
        """Whether the baseline was taken of another measure, part or scope than this."""
        begun = self.baseline
        return begun.value is not None and begun.of not in ("", self.bound.written)

    @property
    def is_measurable(self) -> bool:
        """Whether measure, operator, target, unit and due date are all said."""
        said = self.measure and self.operator and self.unit.strip()
        return bool(said) and self.target is not None and self.due is not None

    @property
    def is_won_at_baseline(self) -> bool:
        """Whether the baseline has reached the target already; False where either is not said."""
        begun = self.baseline.value
        return begun is not None and self.operator is not None and self.is_met_by(begun)

    def is_met_by(self, value: float) -> bool:
        """Say whether a value has reached the target; False where there is none."""
        if self.target is None:
            return False
        return value <= self.target if self.operator is Operator.AT_MOST else value >= self.target
