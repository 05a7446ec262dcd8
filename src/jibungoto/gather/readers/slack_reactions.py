"""Reactions: who reacted to which message, and not before when (domain.md 0, BR3 and BR4)."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Iterator
from functools import lru_cache
from typing import Generic, TypeVar

from jibungoto.gather.batch import Batch
from jibungoto.gather.readers.slack_people import NEVER, People, Person
from jibungoto.gather.readers.slack_shapes import Reaction
from jibungoto.gather.readers.slack_spot import Put, Spot, begin_sheets

_NOBODY = -1
_LONGEST_EMOJI = 100
_MOST_AT_ONCE = 10_000

One = TypeVar("One", bound=Hashable)


def emojis_by_person(reactions: list[Reaction], people: People) -> dict[Person, str]:
    """Return who reacted, and with which emojis: sorted, once each, without skin tones."""
    found: dict[Person, str] = {}
    known = people.by_id.get
    for reaction in reactions:
        emoji = _emoji_of(reaction.name)
        for outside_id in reaction.users:
            person = known(outside_id) or people.of(outside_id)
            if person is None:
                continue
            person.has_acted = True
            if person not in found:
                found[person] = emoji
            elif emoji not in (before := found[person].split(" ")):
                found[person] = " ".join(sorted([*before, emoji]))
    return found


@lru_cache(maxsize=1_000)
def _emoji_of(name: str) -> str:
    return "".join(name.partition("::")[0].replace("\0", "").split())[:_LONGEST_EMOJI]


class _Numbered(Generic[One]):
    """Values that are kept once and referred to by number."""

    def __init__(self) -> None:
        self.listed: list[One] = []
        self._numbers: dict[One, int] = {}

    def number_of(self, one: One) -> int:
        number = self._numbers.setdefault(one, len(self.listed))
        if number == len(self.listed):
            self.listed.append(one)
        return number


class Reactions:
    """Writes reactions down at once if their date is certain, and keeps the others in arrays.

    A reaction's date is the later of its message's and the reactor's first dated record. It is
    certain as soon as that record is known to be no later than the message.
    """

    def __init__(self, people: People) -> None:
        self._people = people
        self._spots: _Numbered[Spot] = _Numbered()
        self._emojis: _Numbered[str] = _Numbered()
        self._stamps: list[str] = []
        self._held = array("i")
        self.are_seen = False

    def add(
        self, spot: Spot, stamp: str, *, author: Person | None, who: dict[Person, str], put: Put
    ) -> None:
        """Take in the reactions to one message; reacting to oneself is nothing."""
        self.are_seen = True
        record, second, sequence = spot.key_of(stamp, author), int(stamp[:10]), int(stamp[11:])
        towards = None if author is None else author.actor
        for reactor, emoji in who.items():
            if reactor is author:
                continue
            if reactor.first <= second:
                actor = reactor.actor
                key = f"{record}/reaction/{actor}"
                put((record, key, actor, second, sequence, emoji or None, towards, second))
                continue
            self._stamps.append(stamp)
            self._held.extend(
                (
                    self._spots.number_of(spot),
                    author.index if author else _NOBODY,
                    reactor.index,
                    self._emojis.number_of(emoji),
                )
            )

    def held(self) -> Iterator[Batch]:
        """Hand out what had to wait until everybody's first record was known."""
        batch, puts = Batch(), dict[int, Put]()
        people = self._people.listed
        for number, stamp in enumerate(self._stamps):
            at, by, reactor, emoji = self._held[4 * number : 4 * number + 4]
            spot, author = self._spots.listed[at], people[by] if by != _NOBODY else None
            if at not in puts:
                puts[at] = begin_sheets(spot, batch).reacted
            key, actor = spot.key_of(stamp, author), people[reactor].actor
            second, first = int(stamp[:10]), people[reactor].first
            puts[at](
                (
                    *(key, f"{key}/reaction/{actor}", actor),
                    *(first if second < first < NEVER else second, int(stamp[11:])),
                    *(self._emojis.listed[emoji] or None, author.actor if author else None, second),
                )
            )
            if number % _MOST_AT_ONCE == _MOST_AT_ONCE - 1:
                yield batch
                batch, puts = Batch(), {}
        if puts:
            yield batch
