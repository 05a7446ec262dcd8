"""Where a Slack record stands, and the key that follows from it (domain.md 0, BR21)."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from jibungoto.gather.batch import Batch, Like
from jibungoto.gather.readers.slack_people import Person
from jibungoto.ledger.activity import AtPrecision, Visibility
from jibungoto.ledger.kinds import Kind

_SAID = (
    *("key", "actor", "kind", "happened_at", "thread", "in_reply_to", "sequence"),
    *("towards", "mentioned", "content", "length", "is_question", "text_hash", "hosts"),
)
_REACTED = (*("record", "key", "actor", "happened_at", "sequence", "emoji", "towards", "filed_at"),)
AS_REACTION: dict[str, object] = {"kind": Kind.REACTION, "at_precision": AtPrecision.NOT_BEFORE}
"""What all reactions share."""
Put = Callable[[tuple[object, ...]], None]


class Spot:
    """One channel as activities name it."""

    __slots__ = ("has_id", "place", "prefix", "initiative", "shared", "visibility")

    def __init__(self, place: str, *, has_id: bool, is_private: bool) -> None:
        self.place = place
        self.initiative = f"slack:{place}"
        self.has_id = has_id
        self.visibility = Visibility.PRIVATE if is_private else Visibility.MEMBERS
        self.prefix = f"{place}/"
        self.shared: dict[str, object] = {
            "place": place,
            "initiative": self.initiative,
            "visibility": self.visibility,
        }

    def key_of(self, stamp: str, author: Person | None) -> str:
        """Return channel id and ts; where the channel has no id, author and ts."""
        if self.has_id or author is None:
            return self.prefix + stamp
        return f"{author.actor}/{stamp}"


class Puts(NamedTuple):
    """Where the rows of one channel go in one batch: its records, and the reactions to them."""

    said: Put
    reacted: Put


def begin_sheets(spot: Spot, batch: Batch) -> Puts:
    """Begin a sheet for a channel's records and one for its reactions."""
    said = batch.activities.sheet(*_SAID, record=Like("key"), **spot.shared)
    reacted = batch.activities.sheet(
        *_REACTED,
        **AS_REACTION,
        in_reply_to=Like("record"),
        **spot.shared,
    )
    return Puts(said.put, reacted.put)
