"""Reactions: who reacted to which message, and not before when (domain.md 0, BR3 and BR4)."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Iterator
from functools import lru_cache
from typing import Generic, TypeVar

import msgspec

from jibungoto.gather.batch import Batch
from jibungoto.gather.readers.slack_people import NEVER, People, Person
from jibungoto.gather.readers.slack_shapes import Reaction
from jibungoto.gather.readers.slack_spot import Spot
from jibungoto.ledger.activity import AtPrecision, TieKind
from jibungoto.ledger.kinds import Kind

_NOBODY = -1
# Looked up once: a member of an enumeration is found slowly.
_REACTION, _NOT_BEFORE, _REACTED = Kind.REACTION, AtPrecision.NOT_BEFORE, TieKind.REACTION
_LONGEST_EMOJI = 100
_MOST_AT_ONCE = 10_000

One = TypeVar("One", bound=Hashable)


def emojis_by_person(reactions: list[Reaction], people: People) -> dict[Person, str]:
    """Return who reacted, and with which emojis: sorted, once each, without skin tones."""
    found: dict[Person, str] = {}
    for reaction in reactions:
        emoji = _emoji_of(reaction.name)
        for outside_id in reaction.users:
            person = people.of(outside_id)
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


class _Target(msgspec.Struct, frozen=True, gc=False):
    """A message that drew reactions: where, under which key, when and by whom."""

    spot: Spot
    record: str
    second: int
    sequence: int
    author: Person | None


def _target(spot: Spot, stamp: str, *, author: Person | None) -> _Target:
    return _Target(spot, spot.key_of(stamp, author), int(stamp[:10]), int(stamp[11:]), author)


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
        self,
        spot: Spot,
        stamp: str,
        *,
        author: Person | None,
        who: dict[Person, str],
        batch: Batch,
    ) -> None:
        """Take in the reactions to one message; reacting to oneself is nothing."""
        self.are_seen = True
        target = _target(spot, stamp, author=author)
        for reactor, emoji in who.items():
            if reactor is author:
                continue
            if reactor.first <= target.second:
                _write(target, reactor, emoji=emoji, batch=batch)
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
        batch = Batch()
        people = self._people.listed
        for number, stamp in enumerate(self._stamps):
            spot, author, reactor, emoji = self._held[4 * number : 4 * number + 4]
            written_by = people[author] if author != _NOBODY else None
            target = _target(self._spots.listed[spot], stamp, author=written_by)
            _write(target, people[reactor], emoji=self._emojis.listed[emoji], batch=batch)
            if len(batch.activities) >= _MOST_AT_ONCE:
                yield batch
                batch = Batch()
        if batch.activities:
            yield batch


def _write(target: _Target, reactor: Person, *, emoji: str, batch: Batch) -> None:
    spot, record, author, second = target.spot, target.record, target.author, target.second
    actor = reactor.actor
    key = f"{record}/reaction/{actor}"
    happened_at = reactor.first if second < reactor.first < NEVER else second
    batch.activities.put(
        (
            record,
            key,
            actor,
            _REACTION,
            happened_at,
            _NOT_BEFORE,
            spot.place,
            None,
            record,
            spot.initiative,
            target.sequence,
            None,
            None,
            None,
            None,
            emoji or None,
            None,
            spot.visibility,
            second,
        )
    )
    if author is not None:
        batch.ties.put((record, key, actor, author.actor, _REACTED, happened_at, second))
