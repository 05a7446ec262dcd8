"""Messages of a chat, column by column: what a reader has found out before they become rows."""

from __future__ import annotations

from dataclasses import dataclass, field

from jibungoto.gather.people.crowd import Member
from jibungoto.ledger.activity import Visibility
from jibungoto.ledger.kinds import Kind

KINDS = (Kind.MESSAGE, Kind.REPLY, Kind.TOPIC, Kind.JOIN, Kind.ADMIN)
MESSAGE, REPLY, TOPIC, JOIN, ADMIN = range(len(KINDS))
"""The kinds of messages by their numbers, which many lines compare quickly."""


@dataclass(slots=True)
class Spots:
    """Where messages stand: each channel or thread once, known by its number."""

    places: list[str] = field(default_factory=list)
    initiatives: list[str] = field(default_factory=list)
    visibilities: list[Visibility] = field(default_factory=list)

    def add(self, place: str, *, initiative: str, visibility: Visibility) -> int:
        """Add one, and return its number."""
        self.places.append(place)
        self.initiatives.append(initiative)
        self.visibilities.append(visibility)
        return len(self.places) - 1


@dataclass(slots=True)
class Said:
    """Messages of one or more files: each list holds one value for each of them.

    ``parents`` are the keys of what replies answer and ``whom`` its authors, where they are known
    (an answer to oneself is to nobody). ``texts`` are as ``facts_of`` reads them; nothing is kept
    of those at the places in ``bare``. By their places, too, ``mentions`` says whom messages name
    and ``drawn`` who set which emoji; ``orphans`` are replies to what was not seen. ``edits`` tell
    one version of a message from the next.
    """

    keys: list[str] = field(default_factory=list)
    sequences: list[int] = field(default_factory=list)
    seconds: list[int] = field(default_factory=list)
    authors: list[Member | None] = field(default_factory=list)
    kinds: list[int] = field(default_factory=list)
    spots: list[int] = field(default_factory=list)
    threads: list[str | None] = field(default_factory=list)
    parents: list[str | None] = field(default_factory=list)
    whom: list[Member | None] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    edits: list[object] = field(default_factory=list)
    bare: list[int] = field(default_factory=list)
    orphans: list[int] = field(default_factory=list)
    mentions: dict[int, list[Member]] = field(default_factory=dict)
    drawn: dict[int, dict[Member, str]] = field(default_factory=dict)

    def __len__(self) -> int:
        """Return how many messages there are."""
        return len(self.keys)
