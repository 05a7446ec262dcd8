"""What an alert rule is: its names, its one suggested action, and the verdict it comes to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jibungoto.ledger.words import Words
from jibungoto.sustain.facts import Facts, Trace


class Severity(StrEnum):
    """How much an alert matters, the most first."""

    CRITICAL = "critical"
    WARN = "warn"
    NOTICE = "info"

    @property
    def words(self) -> Words:
        """The severity in a word."""
        return SEVERITIES[self]


SEVERITIES: dict[Severity, Words] = {
    Severity.CRITICAL: Words("急ぎ", "urgent"),
    Severity.WARN: Words("注意", "attention"),
    Severity.NOTICE: Words("参考", "for information"),
}


class Firing(StrEnum):
    """What a rule came to; unknown is a state of its own, and never taken for quiet."""

    FIRES = "fires"
    QUIET = "quiet"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule came to on a day: the sentence that says it, and the rows behind it."""

    firing: Firing
    sentence: Words
    severity: Severity = Severity.NOTICE
    evidence: tuple[Trace, ...] = ()

    @property
    def fires(self) -> bool:
        """Say whether this is an alert."""
        return self.firing is Firing.FIRES


@dataclass(frozen=True, slots=True)
class Rule:
    """One alert rule of domain.md 11 with its one suggested action.

    ``page`` names the room in which it is dealt with; ``is_private`` marks what belongs to the
    manager first.
    """

    key: str
    name: Words
    action: Words
    page: str
    ask: Callable[[Facts, date], Verdict]
    is_private: bool = False


def unknown(sentence: Words) -> Verdict:
    """Return the verdict of a rule that cannot tell, with the reason."""
    return Verdict(Firing.UNKNOWN, sentence)


def quiet(sentence: Words) -> Verdict:
    """Return the verdict of a rule that finds nothing to say."""
    return Verdict(Firing.QUIET, sentence)


def fires(sentence: Words, severity: Severity, *, evidence: tuple[Trace, ...] = ()) -> Verdict:
    """Return the verdict of a rule that fires."""
    return Verdict(Firing.FIRES, sentence, severity, evidence)


def listed(words: list[Words]) -> Words:
    """Join names in both languages."""
    return Words("、".join(one.ja for one in words), ", ".join(one.en for one in words))
