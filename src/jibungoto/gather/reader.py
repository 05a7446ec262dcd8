"""What every reader offers: it recognises an export by its content and reads it in batches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from jibungoto.gather.batch import Batch
from jibungoto.gather.export import Export
from jibungoto.ledger.source import CanTell, SourceKind

Conceal = Callable[[str], str]
"""Turns a source's own id of a person into the pseudonym that stands in the log."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the person bringing in an export decided: which private channels may be read."""

    private_places: frozenset[str] = frozenset()


@dataclass(slots=True)
class Reading:
    """What is known of an export once its last batch is out.

    ``can_tell`` holds for this delivery; ``covered_until`` is the export's declared last day, or
    None where it declares none and the last record's day counts. ``zones`` counts the time zones
    its people state, for a home that does not know its own yet; where a list of people says them,
    they are known before the first batch is out.
    """

    can_tell: CanTell = field(default_factory=CanTell)
    covered_until: date | None = None
    zones: dict[str, int] = field(default_factory=dict)


class Reader(Protocol):
    """One source. A reader knows no other reader, no database and no clock."""

    source: SourceKind

    def recognises(self, export: Export) -> bool:
        """Say from the content, not from the name, whether this export is of this source."""

    def read(
        self, export: Export, *, conceal: Conceal, choices: Choices, reading: Reading
    ) -> Iterator[Batch]:
        """Hand out batches of at most some 20,000 records; fill in ``reading`` by the end."""
