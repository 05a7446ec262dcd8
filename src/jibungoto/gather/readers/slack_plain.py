"""Many plain messages of one channel at once: the quick way for what most of an export is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from jibungoto.gather.batch import Batch, Like
from jibungoto.gather.cells import NOTHING, Counts, Listed, Stamped
from jibungoto.gather.readers.slack_content import mark_of, mixed
from jibungoto.gather.readers.slack_people import People
from jibungoto.gather.readers.slack_records import ChannelRecords
from jibungoto.gather.readers.slack_shapes import PlainMessage
from jibungoto.gather.readers.slack_time import usual_micros
from jibungoto.gather.text import kept_of_all
from jibungoto.ledger.kinds import Kind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_KINDS = (Kind.MESSAGE, Kind.REPLY)
_SECOND = 1_000_000
_UNMET = -2
"""Stands for the author of a root that has not been met."""


_decode = msgspec.json.Decoder(list[PlainMessage]).decode

Told = tuple[list[PlainMessage], list[int]]
"""Messages, and the indexes of their authors."""


def plain_in(content: bytes | bytearray, people: People) -> Told | None:
    """Return a file's messages, or None if not all of them are plain and by somebody known."""
    try:
        found = _decode(content)
    except (ValueError, RecursionError):
        return None
    indexes = [*map(people.index_of.get, [one.user for one in found])]
    if None in indexes:
        return None
    return found, indexes  # type: ignore[return-value]  # None is not in it


class _Plain(msgspec.Struct, frozen=True, gc=False):
    """Messages that are nothing but that, each with its time, its author and its root's time.

    ``who`` are the authors' indexes; ``threads`` are the roots' times as numbers, or -1.
    """

    told: Sequence[PlainMessage]
    micros: Any
    who: Any
    threads: Any


class PlainRecords(ChannelRecords):
    """Takes in a channel's records; messages that are nothing but that, column by column."""

    def take_plain(self, told: Told, batch: Batch) -> bool:
        """Take in all of these messages, or none if one of them has to be looked at alone.

        Plain is the first copy of a message with a time as Slack writes it, without a subtype, by
        somebody whom the list of users knows, in a channel with an id.
        """
        import numpy as np

        messages, indexes = told
        if not messages:
            return True
        micros = usual_micros([one.ts for one in messages]) if self._spot.has_id else None
        threads = _threads_of([one.thread_ts for one in messages])
        if micros is None or threads is None or not self._are_new(micros.tolist(), indexes):
            return False
        self._turn_to(batch)
        who = np.fromiter(indexes, dtype=np.int32, count=len(indexes))
        self._write_all(_Plain(messages, micros, who, threads), batch)
        return True

    def _are_new(self, micros: list[int], indexes: list[int]) -> bool:
        """Note who wrote at these times, if nobody did before; otherwise note nothing."""
        authors = self._authors
        known = len(authors)
        if not (authors.keys().isdisjoint(micros) and self._deleted.isdisjoint(micros)):
            return False
        authors.update(zip(micros, indexes, strict=True))
        if len(authors) == known + len(micros):
            return True
        for one in set(micros):
            del authors[one]
        return False

    def _write_all(self, plain: _Plain, batch: Batch) -> None:
        import numpy as np

        spot, micros = self._spot, plain.micros
        is_reply = (plain.threads != NOTHING) & (plain.threads != micros)
        texts = [one.text for one in plain.told]
        kept = kept_of_all(texts)
        seconds = micros // _SECOND
        self._people.saw(plain.who, seconds)
        columns: dict[str, Any] = {
            "key": Stamped(spot.prefix, micros),
            "actor": Listed(self._people.actors, plain.who),
            "kind": Listed(_KINDS, is_reply.astype(np.int32)),
            "happened_at": seconds,
            "thread": Stamped(spot.prefix, plain.threads),
            "in_reply_to": Stamped(spot.prefix, np.where(is_reply, plain.threads, NOTHING)),
            "sequence": micros % _SECOND,
            "towards": Listed(self._people.actors, self._all_answered(plain, is_reply)),
            "mentioned": self._seen.mentioned.listed_as(self._all_mentioned(texts, plain.who)),
            "length": np.fromiter(kept.lengths, dtype=np.int64, count=len(texts)),
            "is_question": np.fromiter(kept.asks, dtype=np.bool_, count=len(texts)),
            "text_hash": Counts(_counts(kept.hashes)),
            "hosts": self._seen.hosts.listed_as(kept.hosts),
        }
        self._take_announced(plain)
        columns["content"] = self._contents(plain, columns, batch=batch)
        batch.activities.add_columns(columns, record=Like("key"), **spot.shared)

    def _all_mentioned(self, texts: Sequence[str], who: NDArray[np.int32]) -> list[str | None]:
        """Return whom each text mentions, if it does."""
        mentioned: list[str | None] = [None] * len(texts)
        for at in [at for at, text in enumerate(texts) if "<@" in text]:
            mentioned[at] = self._mentioned_in(texts[at], self._people.listed[who[at]])
        return mentioned

    def _all_answered(self, plain: _Plain, is_reply: NDArray[np.bool_]) -> NDArray[np.int32]:
        """Return the index of whom each reply turns to."""
        import numpy as np

        self._seen.has_threads = self._seen.has_threads or bool((plain.threads >= 0).any())
        replies = np.flatnonzero(is_reply)
        known, roots = self._authors.get, plain.threads[replies].tolist()
        self._announced.came(roots)
        found = np.array([known(root, _UNMET) for root in roots], dtype=np.int32)
        for place in np.flatnonzero(found == _UNMET).tolist():
            found[place] = self._told_of(plain, int(replies[place]))
        answered = np.full(len(plain.micros), NOTHING, dtype=np.int32)
        answered[replies] = np.where(found == plain.who[replies], NOTHING, found)
        return answered

    def _told_of(self, plain: _Plain, at: int) -> int:
        """Return the index of whom a reply says that it turns to; its root has not been met."""
        author, message = self._people.listed[plain.who[at]], plain.told[at]
        key, root = self._spot.prefix + message.ts, message.thread_ts or ""
        person = self._answered(message, author, root=root, key=key, stamp=message.ts)
        return NOTHING if person is None else person.index

    def _take_announced(self, plain: _Plain) -> None:
        """Take in what roots say of their replies."""
        roots = [at for at, one in enumerate(plain.told) if one.reply_count]
        authors = plain.who[roots].tolist()
        for at, author, micros in zip(roots, authors, plain.micros[roots].tolist(), strict=True):
            self._announced.told(plain.told[at], self._people.listed[author], micros=micros)

    def _contents(
        self, plain: _Plain, columns: dict[str, Any], *, batch: Batch
    ) -> NDArray[np.int64]:
        """Return the digest of each message; its reactions are taken in on the way."""
        import numpy as np

        edited = np.zeros(len(plain.told), dtype=np.uint64)
        for at, one in [(at, one.edited) for at, one in enumerate(plain.told) if one.edited]:
            edited[at] = mark_of(one.ts)
        reacted = self._reactions.noted([one.reactions for one in plain.told])
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


def _threads_of(roots: Sequence[str | None]) -> NDArray[np.int64] | None:
    """Return the times of roots, -1 where there is none; None if one is not as Slack writes it."""
    import numpy as np

    threads = np.full(len(roots), NOTHING, dtype=np.int64)
    micros = usual_micros([*filter(None, roots)])
    if micros is None:
        return None
    threads[np.fromiter(map(bool, roots), dtype=np.bool_, count=len(roots))] = micros
    return threads


def _counts(values: Sequence[int | None]) -> NDArray[np.int64]:
    import numpy as np

    return np.array([NOTHING if one is None else one for one in values], dtype=np.int64)
