"""What is wrong with a plan: the rule, how grave it is, where, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from jibungoto.ledger.words import Words


class Level(StrEnum):
    """How grave: an error keeps a plan from being valid, a warning does not."""

    ERROR = "E"
    WARNING = "W"


@dataclass(frozen=True, slots=True)
class Issue:
    """One finding of one rule (domain.md 9.2).

    ``place`` is where in the plan, in the words of its file: ``objective.victory[0].due``.
    """

    rule: str
    level: Level
    what: Words
    next_step: Words
    place: str = ""

    @property
    def said(self) -> Words:
        """What is wrong and what to do next, as one text."""
        return Words(
            ja=f"{self.what.ja}。{self.next_step.ja}", en=f"{self.what.en}. {self.next_step.en}"
        )
