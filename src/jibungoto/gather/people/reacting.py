"""Reactions without a date of their own: who reacted, and not before when (BR3, BR4)."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from jibungoto.gather.batch import Batch, Like
from jibungoto.gather.cells import Listed
from jibungoto.gather.people.crowd import NEVER, Crowd, Member
from jibungoto.gather.people.said import Said, Spots
from jibungoto.ledger.activity import AtPrecision, Visibility
from jibungoto.ledger.kinds import Kind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MOST_AT_ONCE = 10_000
_LONGEST_EMOJI = 100
# Looked up once: a member of an enumeration is found slowly.
_REACTION, _NOT_BEFORE = Kind.REACTION, AtPrecision.NOT_BEFORE


@dataclass(frozen=True, slots=True)
class Drawing:
    """Messages that drew reactions, some of their columns as numbers."""

    said: Said
    seconds: NDArray[np.int64]
    sequences: NDArray[np.int64]
    authors: NDArray[np.int32]
    spots: NDArray[np.int32]


class _Target(msgspec.Struct, frozen=True, gc=False):
    """A message that drew reactions: its record's key, when, where and by whom."""

    record: str
    second: int
    sequence: int
    author: Member | None
    place: str
    initiative: str
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
        self._targets: list[_Target] = []
        self._emojis: list[str] = []
        self._numbers: dict[str, int] = {}
        self._held = array("l")
        self.are_seen = False

    def add_all(self, drawing: Drawing, spots: Spots, *, batch: Batch) -> None:
        """Take in the reactions to many messages."""
        self.are_seen = True
        seconds, authors = drawing.said.seconds, drawing.said.authors
        places: list[int] = []
        reactors: list[Member] = []
        emojis: list[str] = []
        for at, who in drawing.said.drawn.items():
            second, author, kept = seconds[at], authors[at], -1
            for reactor, emoji in who.items():
                if reactor is author:
                    continue
                if reactor.first <= second:
                    places.append(at)
                    reactors.append(reactor)
                    emojis.append(emoji)
                    continue
                kept = kept if kept >= 0 else self._keep(drawing, spots, at=at)
                self._held.extend((kept, reactor.index, self._number_of(emoji)))
        if places:
            self._put(drawing, spots, at=places, told=(reactors, emojis), batch=batch)

    def _put(
        self,
        drawing: Drawing,
        spots: Spots,
        *,
        at: list[int],
        told: tuple[list[Member], list[str]],
        batch: Batch,
    ) -> None:
        """Write reactions, by the places of the messages that drew them."""
        import numpy as np

        reactors, emojis = told
        keys = drawing.said.keys
        records = [keys[one] for one in at]
        seconds, where = drawing.seconds[at], drawing.spots[at]
        who = np.array([one.index for one in reactors], dtype=np.int32)
        batch.activities.add_columns(
            {
                "record": records,
                "key": [_key(*pair) for pair in zip(records, reactors, strict=True)],
                "actor": Listed(self._crowd.actors, who),
                "happened_at": seconds,
                "place": Listed(spots.places, where),
                "initiative": Listed(spots.initiatives, where),
                "sequence": drawing.sequences[at],
                "emoji": [one or None for one in emojis],
                "visibility": Listed(spots.visibilities, where),
                "filed_at": seconds,
                "towards": Listed(self._crowd.actors, drawing.authors[at]),
            },
            in_reply_to=Like("record"),
            kind=_REACTION,
            at_precision=_NOT_BEFORE,
        )

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

    def _keep(self, drawing: Drawing, spots: Spots, *, at: int) -> int:
        said = drawing.said
        spot = said.spots[at]
        self._targets.append(
            _Target(
                said.keys[at],
                said.seconds[at],
                said.sequences[at],
                said.authors[at],
                spots.places[spot],
                spots.initiatives[spot],
                spots.visibilities[spot],
            )
        )
        return len(self._targets) - 1

    def _number_of(self, emoji: str) -> int:
        number = self._numbers.setdefault(emoji, len(self._emojis))
        if number == len(self._emojis):
            self._emojis.append(emoji)
        return number


_FIELDS = (
    *("record", "key", "actor", "happened_at", "place", "in_reply_to", "initiative", "sequence"),
    *("emoji", "visibility", "filed_at", "towards"),
)


def _key(record: str, reactor: Member) -> str:
    return f"{record}/reaction/{reactor.actor}"


def _write(target: _Target, reactor: Member, *, emoji: str, batch: Batch) -> None:
    record, second, author, first = target.record, target.second, target.author, reactor.first
    last = batch.activities.sheets[-1]
    if last.fields != _FIELDS:
        last = batch.activities.sheet(*_FIELDS, kind=_REACTION, at_precision=_NOT_BEFORE)
    last.put(
        (
            record,
            _key(record, reactor),
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
