"""Reactions: who reacted to which message, and not before when (domain.md 0, BR3 and BR4)."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from jibungoto.gather.batch import Batch, Like
from jibungoto.gather.cells import NOTHING, Listed, Stamped, stamp_from
from jibungoto.gather.readers.slack_announced import has_unnamed, somebody_reacted
from jibungoto.gather.readers.slack_content import mark_of, mixed
from jibungoto.gather.readers.slack_people import NEVER, People, Person
from jibungoto.gather.readers.slack_shapes import Reaction
from jibungoto.gather.readers.slack_spot import AS_REACTION, Put, Spot, begin_sheets

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MASK = (1 << 64) - 1
_UNNAMED = mark_of("somebody")
_SECOND = 1_000_000
_MANY = 5
"""How many numbers stand for a reaction that has to wait."""
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


def reactions_mark(who: dict[Person, str], *, has_unnamed: bool = False) -> int:
    """Return the sum of the marks of reactions, for the digest of their message."""
    marks = [int(mixed((one.mark, mark_of(emoji)))) for one, emoji in who.items()]
    return (sum(marks) + has_unnamed * _UNNAMED) & _MASK


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


class Reacted(NamedTuple):
    """The reactions to many messages of one channel.

    Each has its message's place among them, the index of who reacted, and its emojis' number.
    ``unnamed`` are the places of those with further reactions by people who are only counted.
    """

    places: NDArray[np.int64]
    who: NDArray[np.int64]
    emojis: NDArray[np.int64]
    unnamed: NDArray[np.int64]


class Reactions:
    """Writes reactions down at once if their date is certain, and keeps the others in arrays.

    A reaction's date is the later of its message's and the reactor's first dated record. It is
    certain as soon as that record is known to be no later than the message.
    """

    def __init__(self, people: People) -> None:
        self._people = people
        self._endings: list[str] = []
        self._spots: _Numbered[Spot] = _Numbered()
        self._emojis: _Numbered[str | None] = _Numbered()
        self._emoji_marks: list[int] = []
        self._named: dict[str, int] = {}
        self._held = array("q")
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
            by = author.index if author else NOTHING
            emoji_number = self._emoji(emoji)
            micros = second * _SECOND + sequence
            at = self._spots.number_of(spot)
            self._held.extend((at, micros, by, reactor.index, emoji_number))

    def noted(self, reacted: list[int], by_message: list[list[Reaction]]) -> Reacted:
        """Note who reacted to messages, each known by its place among many.

        Nearly all are by people of the list, with one emoji at one message; messages with any
        other are looked at one by one.
        """
        import numpy as np

        found = [*chain.from_iterable(by_message)]
        users = [one.users for one in found]
        people = [*map(self._people.index_of.get, chain.from_iterable(users))]
        times = [*map(len, users)]
        if None in people:
            people = [NOTHING if one is None else one for one in people]
        who = np.array(people, dtype=np.int64)
        of_one = np.array(reacted, dtype=np.int64).repeat([*map(len, by_message)])
        places = of_one.repeat(times)
        named = [*map(self._emoji_named, [one.name for one in found])]
        emojis = np.array(named, dtype=np.int64).repeat(times)
        odd = _odd_among(places, who)
        if len(odd):
            told = dict(zip(reacted, by_message, strict=True))
            places, who, emojis = self._with_odd(odd, told, usual=np.stack([places, who, emojis]))
        unnamed: list[int] = []
        if [one.count for one in found] != times:
            told = dict(zip(reacted, by_message, strict=True))
            unnamed = [at for at in reacted if has_unnamed(told[at])]
        return Reacted(places, who, emojis, np.array(unnamed, dtype=np.int64))

    def _with_odd(
        self, odd: NDArray[np.int64], told: Mapping[int, list[Reaction]], *, usual: Any
    ) -> Any:
        """Return reactions in which those to some messages were looked at one by one."""
        import numpy as np

        is_usual = np.isin(usual[0], odd, invert=True)
        others = [
            (place, person.index, self._emoji(emoji))
            for place in odd.tolist()
            for person, emoji in emojis_by_person(told[place], self._people).items()
        ]
        beside = np.array(others, dtype=np.int64).reshape(-1, 3).T
        return np.hstack([usual[:, is_usual], beside])

    def _emoji_named(self, name: str) -> int:
        number = self._named.get(name)
        if number is None:
            number = self._named[name] = self._emoji(_emoji_of(name))
        return number

    def _emoji(self, emoji: str) -> int:
        number = self._emojis.number_of(emoji or None)
        if number == len(self._emoji_marks):
            self._emoji_marks.append(mark_of(emoji))
        return number

    def marks(self, reacted: Reacted, messages: int) -> NDArray[np.uint64]:
        """Return the sum of the marks of each message's reactions."""
        import numpy as np

        sums = np.zeros(messages, dtype=np.uint64)
        emojis = np.array(self._emoji_marks, dtype=np.uint64)[reacted.emojis]
        np.add.at(sums, reacted.places, mixed((self._people.marks()[reacted.who], emojis)))
        sums[reacted.unnamed] += np.uint64(_UNNAMED)
        return sums

    def add_many(
        self, spot: Spot, reacted: Reacted, *, micros: Any, authors: Any, batch: Batch
    ) -> None:
        """Take in the reactions to messages with these times, by authors of these indexes."""
        import numpy as np

        for at in micros[reacted.unnamed].tolist():
            batch.activities.append(somebody_reacted(spot, spot.prefix + stamp_from(at), micros=at))
        if not len(reacted.places):
            return
        self.are_seen = True
        self._people.acting.update(np.unique(reacted.who).tolist())
        rows = np.empty((len(reacted.places), _MANY), dtype=np.int64)
        rows[:, 0] = self._spots.number_of(spot)
        rows[:, 1] = micros[reacted.places]
        rows[:, 2] = authors[reacted.places]
        rows[:, 3] = reacted.who
        rows[:, 4] = reacted.emojis
        by_others = rows[:, 2] != rows[:, 3]
        seconds = rows[:, 1] // _SECOND
        is_certain = self._people.firsts(rows[:, 3], by=seconds) <= seconds
        self._held.frombytes(rows[by_others & ~is_certain].tobytes())
        certain = rows[by_others & is_certain]
        if len(certain):
            self._put_down(spot, certain, seconds=certain[:, 1] // _SECOND, batch=batch)

    def held(self) -> Iterator[Batch]:
        """Hand out what had to wait until everybody's first record was known."""
        import numpy as np

        if not self._held:
            return
        rows = np.frombuffer(self._held, dtype=np.int64).reshape(-1, _MANY)
        everybody = np.arange(len(self._people.listed))
        firsts = self._people.firsts(everybody, by=np.full(len(everybody), -1, dtype=np.int64))
        ends = [*(np.flatnonzero(np.diff(rows[:, 0])) + 1).tolist(), len(rows)]
        start = 0
        for end in ends:
            for at in range(start, end, _MOST_AT_ONCE):
                some = rows[at : min(end, at + _MOST_AT_ONCE)]
                second, first = some[:, 1] // _SECOND, firsts[some[:, 3]]
                second = np.where((second < first) & (first < NEVER), first, second)
                batch = Batch()
                spot = self._spots.listed[int(some[0, 0])]
                self._put_down(spot, some, seconds=second, batch=batch)
                yield batch
            start = end

    def _put_down(self, spot: Spot, rows: Any, *, seconds: Any, batch: Batch) -> None:
        """Write down reactions of one channel, with the seconds at which they happened."""
        if not spot.has_id:
            self._put_one_by_one(spot, rows, seconds=seconds, batch=batch)
            return
        people = self._people
        self._endings += [f"/reaction/{one}" for one in people.actors[len(self._endings) :]]
        micros, reactors = rows[:, 1], rows[:, 3]
        batch.activities.add_columns(
            {
                "record": Stamped(spot.prefix, micros),
                "key": Stamped(spot.prefix, micros, Listed(self._endings, reactors)),
                "actor": Listed(people.actors, reactors),
                "happened_at": seconds,
                "sequence": micros % _SECOND,
                "emoji": Listed(self._emojis.listed, rows[:, 4]),
                "towards": Listed(people.actors, rows[:, 2]),
                "filed_at": micros // _SECOND,
            },
            **AS_REACTION,
            in_reply_to=Like("record"),
            **spot.shared,
        )

    def _put_one_by_one(self, spot: Spot, rows: Any, *, seconds: Any, batch: Batch) -> None:
        put, people = begin_sheets(spot, batch).reacted, self._people.listed
        for row, second in zip(rows.tolist(), seconds.tolist(), strict=True):
            _, micros, by, reactor, emoji = row
            author, actor = None if by == NOTHING else people[by], people[reactor].actor
            key = spot.key_of(stamp_from(micros), author)
            towards, filed_at = None if author is None else author.actor, micros // _SECOND
            one = (key, f"{key}/reaction/{actor}", actor, second, micros % _SECOND)
            put((*one, self._emojis.listed[emoji], towards, filed_at))


def _odd_among(places: NDArray[np.int64], who: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the places at which somebody unknown reacted, or somebody with several emojis."""
    import numpy as np

    pairs = places * (int(who.max(initial=0)) + 1) + who
    pairs.sort()
    if not (pairs[1:] == pairs[:-1]).any() and (who != NOTHING).all():
        return np.zeros(0, dtype=np.int64)
    pairs = places * (int(who.max(initial=0)) + 1) + who
    _, first, times = np.unique(pairs, return_index=True, return_counts=True)
    return np.unique(np.concatenate([places[who == NOTHING], places[first[times > 1]]]))
