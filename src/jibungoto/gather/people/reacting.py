"""Reactions without a date of their own: who reacted, and not before when (BR3, BR4)."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from jibungoto.gather.batch import Batch
from jibungoto.gather.people.crowd import NEVER, Crowd, Member
from jibungoto.ledger.activity import AtPrecision, TieKind, Visibility
from jibungoto.ledger.kinds import Kind

_MOST_AT_ONCE = 10_000
_LONGEST_EMOJI = 100
# Looked up once: a member of an enumeration is found slowly.
_REACTION, _NOT_BEFORE, _REACTED = Kind.REACTION, AtPrecision.NOT_BEFORE, TieKind.REACTION


class Target(msgspec.Struct, frozen=True, gc=False):
    """A message that drew reactions: its record's key, when, where and by whom."""

    record: str
    second: int
    sequence: int
    author: Member | None
    place: str | None
    initiative: str | None
    visibility: Visibility


def add_emoji(who: dict[Member, str], member: Member, *, emoji: str) -> None:
    """Add an emoji to those one member set: sorted, each once."""
    emoji = _kept_of(emoji)
    before = who.get(member)
    if before is None:
        who[member] = emoji
    elif emoji not in (known := before.split(" ")):
        who[member] = " ".join(sorted([*known, emoji]))


@lru_cache(maxsize=1_000)
def _kept_of(emoji: str) -> str:
    return "".join(emoji.split())[:_LONGEST_EMOJI]


class Reactions:
    """Writes a reaction at once if its date is certain, and keeps the others until the end.

    The date is the later of its message's and the reactor's first dated record. It is certain as
    soon as that record is known to be no later than the message. Reacting to oneself is nothing.
    """

    def __init__(self, crowd: Crowd) -> None:
        self._crowd = crowd
        self._targets: list[Target] = []
        self._emojis: list[str] = []
        self._numbers: dict[str, int] = {}
        self._held = array("l")
        self.are_seen = False

    def add(self, target: Target, who: dict[Member, str], *, batch: Batch) -> None:
        """Take in the reactions to one message."""
        self.are_seen = True
        second, author, is_kept = target.second, target.author, False
        for reactor, emoji in who.items():
            if reactor is author:
                continue
            if reactor.first <= second:
                _write(target, reactor, emoji=emoji, batch=batch)
                continue
            if not is_kept:
                self._targets.append(target)
                is_kept = True
            self._held.extend((len(self._targets) - 1, reactor.index, self._number_of(emoji)))

    def held(self) -> Iterator[Batch]:
        """Hand out what had to wait until everybody's first record was known."""
        batch = Batch()
        for at in range(0, len(self._held), 3):
            target, reactor, emoji = self._held[at : at + 3]
            member = self._crowd.listed[reactor]
            _write(self._targets[target], member, emoji=self._emojis[emoji], batch=batch)
            if len(batch.activities) >= _MOST_AT_ONCE:
                yield batch
                batch = Batch()
        if len(batch.activities):
            yield batch

    def _number_of(self, emoji: str) -> int:
        number = self._numbers.setdefault(emoji, len(self._emojis))
        if number == len(self._emojis):
            self._emojis.append(emoji)
        return number


_FIELDS = (
    *("record", "key", "actor", "happened_at", "place", "in_reply_to", "initiative", "sequence"),
    *("emoji", "visibility", "filed_at", "towards"),
)


def _write(target: Target, reactor: Member, *, emoji: str, batch: Batch) -> None:
    record, second, author, first = target.record, target.second, target.author, reactor.first
    last = batch.activities.sheets[-1]
    if last.fields != _FIELDS:
        last = batch.activities.sheet(*_FIELDS, kind=_REACTION, at_precision=_NOT_BEFORE)
    last.put(
        (
            record,
            f"{record}/reaction/{reactor.actor}",
            reactor.actor,
            first if second < first < NEVER else second,
            target.place,
            record,
            target.initiative,
            target.sequence,
            emoji or None,
            target.visibility,
            second,
            None if author is None else author.actor,
        )
    )
