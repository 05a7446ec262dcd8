"""Many plain messages of one channel at once: the quick way for what most of an export is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from jibungoto.gather.batch import Batch, Like
from jibungoto.gather.cells import NOTHING, Counts, Listed, Stamped
from jibungoto.gather.readers.slack_announced import Announced
from jibungoto.gather.readers.slack_content import mark_of, mixed
from jibungoto.gather.readers.slack_people import People
from jibungoto.gather.readers.slack_records import ChannelRecords
from jibungoto.gather.readers.slack_shapes import PlainMessage, Reaction, root_author_in
from jibungoto.gather.readers.slack_time import usual_micros
from jibungoto.gather.text import Found, found_in
from jibungoto.ledger.kinds import Kind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_KINDS = (Kind.MESSAGE, Kind.REPLY)
_SECOND = 1_000_000
_UNMET = -2
"""Stands for the author of a root that has not been met."""


_decode = msgspec.json.Decoder(list[PlainMessage]).decode


class PlainMessages:
    """Messages that are nothing but that, by somebody known: what they say, as lists.

    ``stamps``, ``who`` (the index of the author) and ``texts`` have a value for each. Of those in
    a thread, ``threaded`` are the places, ``roots`` the times of the roots, ``parents`` whom each
    names as its root's author. All else that few of them say stands beside the place of each.

    A message is let go as soon as it stands here, so that the next file's take its memory.
    """

    __slots__ = (
        *("_people", "stamps", "who", "texts", "threaded", "roots", "parents"),
        *("announced", "reacted", "reactions", "edited"),
    )

    def __init__(self, people: People) -> None:
        self._people = people
        self.stamps: list[str] = []
        self.who: list[int] = []
        self.texts: list[str] = []
        self.threaded: list[int] = []
        self.roots: list[str] = []
        self.parents: list[str | None] = []
        self.announced: list[tuple[int, Announced]] = []
        self.reacted: list[int] = []
        self.reactions: list[list[Reaction]] = []
        self.edited: list[tuple[int, str]] = []

    def __len__(self) -> int:
        """Return how many messages there are."""
        return len(self.stamps)

    def take(self, content: bytes | bytearray) -> bool:
        """Take in a file's messages, or none if not all of them are plain and by somebody known."""
        try:
            found = _decode(content)
        except (ValueError, RecursionError):
            return False
        indexes: list[Any] = [*map(self._people.index_of.get, [one.user for one in found])]
        if None in indexes:
            return False
        self.who += indexes
        self._add(found)
        return True

    def _add(self, found: list[PlainMessage]) -> None:
        stamp, text = self.stamps.append, self.texts.append
        for at, one in enumerate(found, len(self.stamps)):
            stamp(one.ts)
            text(one.text)
            if one.thread_ts:
                self.threaded.append(at)
                self.roots.append(one.thread_ts)
                self.parents.append(one.parent_user_id if one.root is None else root_author_in(one))
            if one.reply_count:
                told = Announced(one.reply_count, one.reply_users, one.latest_reply)
                self.announced.append((at, told))
            if one.reactions:
                self.reacted.append(at)
                self.reactions.append(one.reactions)
            if one.edited:
                self.edited.append((at, one.edited.ts))


class _Timed(msgspec.Struct, frozen=True, gc=False):
    """Plain messages, the time and the author of each, and which of them are replies.

    ``threads`` are the times of roots, or -1.
    """

    told: PlainMessages
    micros: Any
    who: Any
    threads: Any
    is_reply: Any


class PlainRecords(ChannelRecords):
    """Takes in a channel's records; messages that are nothing but that, column by column."""

    def take_plain(self, told: PlainMessages, batch: Batch) -> bool:
        """Take in all of these messages, or none if one of them has to be looked at alone.

        Plain is the first copy of a message with a time as Slack writes it, without a subtype, by
        somebody whom the list of users knows, in a channel with an id.
        """
        if not len(told):
            return True
        timed = _timed(told) if self._spot.has_id else None
        if timed is None or not self._are_new(timed.micros.tolist(), told.who):
            return False
        self._turn_to(batch)
        self._write_all(timed, batch)
        return True

    def _are_new(self, micros: list[int], indexes: list[int]) -> bool:
        """Note who wrote at these times, if nobody did before; otherwise note nothing."""
        authors, deleted = self._authors, self._deleted
        known = len(authors)
        if not authors.keys().isdisjoint(micros) or (deleted and not deleted.isdisjoint(micros)):
            return False
        authors.update(zip(micros, indexes, strict=True))
        if len(authors) == known + len(micros):
            return True
        for one in set(micros):
            del authors[one]
        return False

    def _write_all(self, plain: _Timed, batch: Batch) -> None:
        import numpy as np

        spot, micros, texts = self._spot, plain.micros, plain.told.texts
        found, rows = found_in(texts), len(texts)
        seconds = micros // _SECOND
        self._people.saw(plain.who, seconds)
        mentioned = self._all_mentioned(plain, found)
        columns: dict[str, Any] = {
            "key": Stamped(spot.prefix, micros),
            "actor": Listed(self._people.actors, plain.who),
            "kind": Listed(_KINDS, plain.is_reply.astype(np.int32)),
            "happened_at": seconds,
            "thread": Stamped(spot.prefix, plain.threads),
            "in_reply_to": Stamped(spot.prefix, np.where(plain.is_reply, plain.threads, NOTHING)),
            "sequence": micros - seconds * _SECOND,
            "towards": Listed(self._people.actors, self._all_answered(plain)),
            "mentioned": self._seen.mentioned.listed_as(mentioned, rows),
            "length": found.lengths,
            "is_question": _at(found.asking, True, rows=rows, nothing=False),
            "text_hash": Counts(
                _at([*found.hashes], [*found.hashes.values()], rows=rows, nothing=NOTHING)
            ),
            "hosts": self._seen.hosts.listed_as(found.hosts, rows),
        }
        self._take_announced(plain)
        columns["content"] = self._contents(plain, columns, batch=batch)
        batch.activities.add_columns(columns, record=Like("key"), **spot.shared)

    def _all_mentioned(self, plain: _Timed, found: Found) -> dict[int, str]:
        """Return whom texts mention, by the places of those that do."""
        mentioned, texts = dict[int, str](), plain.told.texts
        for at in found.marked:
            if "<@" in texts[at]:
                author = self._people.listed[plain.told.who[at]]
                others = self._mentioned_in(texts[at], author)
                if others is not None:
                    mentioned[at] = others
        return mentioned

    def _all_answered(self, plain: _Timed) -> NDArray[np.int32]:
        """Return the index of whom each reply turns to."""
        import numpy as np

        told = plain.told
        self._seen.has_threads = self._seen.has_threads or bool(told.roots)
        threaded = np.array(told.threaded, dtype=np.int64)
        nth = np.flatnonzero(plain.is_reply[threaded])
        replies = threaded[nth]
        known, roots = self._authors.get, plain.threads[replies].tolist()
        self._announced.came(roots)
        found = np.array([known(root, _UNMET) for root in roots], dtype=np.int32)
        for place in np.flatnonzero(found == _UNMET).tolist():
            found[place] = self._told_of(plain, int(nth[place]))
        answered = np.full(len(plain.micros), NOTHING, dtype=np.int32)
        answered[replies] = np.where(found == plain.who[replies], NOTHING, found)
        return answered

    def _told_of(self, plain: _Timed, nth: int) -> int:
        """Return the index of whom a reply says that it turns to; its root has not been met."""
        told, at = plain.told, plain.told.threaded[nth]
        author, stamp = self._people.listed[told.who[at]], told.stamps[at]
        person = self._answered(
            told.parents[nth],
            author,
            root=told.roots[nth],
            key=self._spot.prefix + stamp,
            stamp=stamp,
        )
        return NOTHING if person is None else person.index

    def _take_announced(self, plain: _Timed) -> None:
        """Take in what roots say of their replies, if not all of them are here already."""
        told, is_awaited = plain.told, self._announced.is_awaited
        times = plain.micros[[at for at, _ in told.announced]].tolist()
        for (at, one), micros in zip(told.announced, times, strict=True):
            if is_awaited(micros, one.reply_count):
                author = self._people.listed[told.who[at]]
                self._announced.told(one, author, micros=micros)

    def _contents(
        self, plain: _Timed, columns: dict[str, Any], *, batch: Batch
    ) -> NDArray[np.int64]:
        """Return the digest of each message; its reactions are taken in on the way."""
        import numpy as np

        told = plain.told
        edited = np.zeros(len(told), dtype=np.uint64)
        for at, stamp in told.edited:
            edited[at] = mark_of(stamp)
        reacted = self._reactions.noted(told.reacted, told.reactions)
        self._reactions.add_many(
            self._spot, reacted, micros=plain.micros, authors=plain.who, batch=batch
        )
        kinds = np.array([mark_of(kind) for kind in _KINDS])[columns["kind"].numbers]
        numbers = (
            *(kinds, self._people.marks()[plain.who], plain.threads),
            *(columns["length"], columns["is_question"].astype(np.int64)),
            columns["text_hash"].numbers,
        )
        marks = (
            self._seen.hosts.marks(columns["hosts"]),
            self._seen.mentioned.marks(columns["mentioned"]),
            edited,
            self._reactions.marks(reacted, len(edited)),
        )
        content: NDArray[np.uint64] = mixed((*(one.view(np.uint64) for one in numbers), *marks))
        return content.view(np.int64)


def _timed(told: PlainMessages) -> _Timed | None:
    """Return when messages were written and their roots; None if a time is not as usual."""
    import numpy as np

    micros, roots = usual_micros(told.stamps), usual_micros(told.roots)
    if micros is None or roots is None:
        return None
    who = np.array(told.who, dtype=np.int32)
    threads = _at(told.threaded, roots, rows=len(told), nothing=NOTHING)
    return _Timed(told, micros, who, threads, (threads != NOTHING) & (threads != micros))


def _at(places: Sequence[int], values: Any, *, rows: int, nothing: int) -> NDArray[Any]:
    """Return these values at their places, and nothing in all other rows."""
    import numpy as np

    column = np.full(rows, nothing, dtype=type(nothing))
    column[places] = values
    return column
