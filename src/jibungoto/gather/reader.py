"""What every reader offers: it recognises an export by its content and reads it in batches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, runtime_checkable

from jibungoto.gather.batch import Batch
from jibungoto.gather.shelves.export import Export
from jibungoto.ledger.initiative import Initiative, Mode
from jibungoto.ledger.source import CanTell, SourceKind

Conceal = Callable[[str], str]
"""Turns a source's own id of a person into the pseudonym that stands in the log."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the person bringing in an export decided, and what the community knows already.

    ``private_places`` are the private channels that may be read. ``event`` is the gathering a file
    without its name belongs to; ``events`` are those known so far, by key (``connpass:12345``).
    ``answers`` are those that a person once named for a file with this key of its own.
    ``modes`` says how a kind of ticket takes part where a person corrected the rule, ``columns``
    what a table's columns mean (heading -> meaning). ``zone`` holds for times that state none.
    """

    private_places: frozenset[str] = frozenset()
    event: Initiative | None = None
    events: Mapping[str, Initiative] = field(default_factory=dict)
    answers: Mapping[str, Initiative] = field(default_factory=dict)
    modes: Mapping[str, Mode] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says: the event in words, the mode of tickets, the meaning of columns.

    ``event`` is a key, an address or a name, with its beginning where it is not known yet
    (``connpass:12345 2026-04-19 19:00``).
    """

    event: str = ""
    modes: Mapping[str, Mode] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)


NOTHING_SAID = Said()


@dataclass(slots=True)
class Reading:
    """What is known of an export once its last batch is out.

    ``can_tell`` holds for this delivery; ``covered_until`` is the export's declared last day, or
    None where it declares none and the last record's day counts. ``zones`` counts the time zones
    its people state, for a home that does not know its own yet; where a list of people says them,
    they are known before the first batch is out. ``tickets`` are the kinds of ticket met and how
    each was taken (None where its name does not say); ``columns`` how a table's were understood.
    ``own`` says for a file's own key which event it was taken for, where a person said so;
    ``encodings`` as what each text was read whose encoding cannot be told for sure.
    """

    can_tell: CanTell = field(default_factory=CanTell)
    covered_until: date | None = None
    zones: dict[str, int] = field(default_factory=dict)
    tickets: dict[str, Mode | None] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)
    encodings: dict[str, str] = field(default_factory=dict)


class Reader(Protocol):
    """One source. A reader knows no other reader, no database and no clock."""

    source: SourceKind

    def recognises(self, export: Export) -> bool:
        """Say from the content, not from the name, whether this export is of this source."""

    def read(
        self, export: Export, *, conceal: Conceal, choices: Choices, reading: Reading
    ) -> Iterator[Batch]:
        """Hand out batches of at most some 20,000 records; fill in ``reading`` by the end."""


@runtime_checkable
class TellsZones(Protocol):
    """A reader that knows its people's time zones without sorting the files of an export."""

    def zones_in(self, export: Export) -> dict[str, int]:
        """Count the time zones that people state, as ``reading.zones`` will in the end."""
