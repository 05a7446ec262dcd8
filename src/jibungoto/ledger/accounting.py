"""Where every record of a delivery went: kept, left out on purpose, or not readable."""

from __future__ import annotations

from dataclasses import dataclass

from jibungoto.ledger.words import Words


@dataclass(frozen=True, slots=True)
class Refusal:
    """A record that could not be read: where it stands, why, and how many records share it."""

    place: str
    reason: Words
    records: int = 1


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A record left out on purpose: where it stands, why, and how many records share it."""

    place: str
    reason: Words
    records: int = 1


@dataclass(frozen=True, slots=True)
class Account:
    """The sum of one delivery, in records: nothing read is ever unaccounted for."""

    read: int
    new: int
    updated: int
    unchanged: int
    repeated: int
    left_out: int
    refused: int

    @property
    def is_balanced(self) -> bool:
        """True if every record read is in exactly one of the six classes."""
        return self.read == (
            self.new + self.updated + self.unchanged + self.repeated + self.left_out + self.refused
        )
