"""Where a Slack record stands, and the key that follows from it (domain.md 0, BR21)."""

from __future__ import annotations

from jibungoto.gather.readers.slack_people import Person
from jibungoto.ledger.activity import Visibility


class Spot:
    """One channel as activities name it."""

    __slots__ = ("_prefix", "has_id", "initiative", "place", "visibility")

    def __init__(self, place: str, *, has_id: bool, is_private: bool) -> None:
        self.place = place
        self.initiative = f"slack:{place}"
        self.has_id = has_id
        self.visibility = Visibility.PRIVATE if is_private else Visibility.MEMBERS
        self._prefix = f"{place}/"

    def key_of(self, stamp: str, author: Person | None) -> str:
        """Return channel id and ts; where the channel has no id, author and ts."""
        if self.has_id or author is None:
            return self._prefix + stamp
        return f"{author.actor}/{stamp}"
