"""Many plain messages of one channel at once: the quick way for what most of an export is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeGuard

import msgspec

from jibungoto.gather.batch import Batch, Like
from jibungoto.gather.readers.slack_people import People, Person
from jibungoto.gather.readers.slack_reactions import emojis_by_person
from jibungoto.gather.readers.slack_records import NOT_KEPT, ChannelRecords, content_of, text_of
from jibungoto.gather.readers.slack_shapes import PlainMessage
from jibungoto.gather.readers.slack_time import is_usual, usual_stamp
from jibungoto.gather.text import kept_of
from jibungoto.ledger.kinds import Kind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MESSAGE, _REPLY = Kind.MESSAGE, Kind.REPLY
_LENGTH, _POINT = 17, 10
"""How long a ts is, and where its decimal point stands."""


_decode = msgspec.json.Decoder(list[PlainMessage]).decode


def plain_in(content: bytes | bytearray, people: People) -> list[PlainMessage] | None:
    """Return a file's messages, or None if not all of them look plain."""
    try:
        found = _decode(content)
    except (ValueError, RecursionError):
        return None
    known = people.by_id
    is_plain = not found or {one.subtype for one in found} == {None}
    is_plain = is_plain and known.keys() >= {one.user for one in found}
    return found if is_plain else None


class _Plain(msgspec.Struct, frozen=True, gc=False):
    """Messages that are nothing but that: each with its time, its author and its root's time."""

    messages: Sequence[PlainMessage]
    stamps: list[str]
    people: list[Person]
    roots: list[str | None]


class PlainRecords(ChannelRecords):
    """Takes in a channel's records; messages that are nothing but that, column by column."""

    def take_plain(self, messages: Sequence[PlainMessage], batch: Batch) -> bool:
        """Take in all of these messages, or none if one of them has to be looked at alone.

        Plain is the first copy of a message with a time as Slack writes it, without a subtype, by
        somebody whom the list of users knows, in a channel with an id.
        """
        if not messages:
            return True
        stamps, roots = [one.ts for one in messages], [one.thread_ts for one in messages]
        found = map(self._people.by_id.get, [one.user for one in messages])
        people = [one for one in found if one is not None and one.user is not None]
        if (
            not self._spot.has_id
            or len(people) < len(messages)
            or {one.subtype for one in messages} != {None}
            or not self._are_new(stamps)
            or not self._are_roots(roots, stamps)
        ):
            return False
        self._authors.update(zip(stamps, people, strict=True))
        self._turn_to(batch)
        self._write_all(_Plain(messages, stamps, people, roots), batch)
        return True

    def _are_new(self, stamps: list[str | float]) -> TypeGuard[list[str]]:
        """Say whether these are times as Slack writes them, of no message met before."""
        mine = set(stamps)
        return (
            set(map(type, mine)) == {str}
            and all(map(usual_stamp, mine))  # type: ignore[arg-type]  # all are texts
            and len(mine) == len(stamps)
            and self._authors.keys().isdisjoint(mine)
            and self._deleted.isdisjoint(mine)
        )

    def _are_roots(
        self, roots: list[str | float | None], stamps: list[str]
    ) -> TypeGuard[list[str | None]]:
        """Say whether these are None, of messages met before or among these, or usual times."""
        met = self._authors
        unmet = {root for root in roots if root is not None and root not in met}
        return all(map(is_usual, unmet.difference(stamps)))

    def _write_all(self, plain: _Plain, batch: Batch) -> None:
        spot, messages, people, roots = self._spot, plain.messages, plain.people, plain.roots
        keys = [spot.prefix + stamp for stamp in plain.stamps]
        threads = [None if root is None else spot.prefix + root for root in roots]
        pairs = zip(threads, keys, strict=True)
        parents = [None if thread == key else thread for thread, key in pairs]
        kinds = [_MESSAGE if parent is None else _REPLY for parent in parents]
        seconds, micros = _times_of(plain.stamps)
        texts = [text_of(one) for one in messages]
        kept = [NOT_KEPT if text is None else kept_of(text) for text in texts]
        lengths, asks, hashes, hosts = zip(*kept, strict=True)
        mentioned = [
            self._mentioned_in(text, person) if text and "<@" in text else None
            for text, person in zip(texts, people, strict=True)
        ]
        for person, second in zip(people, seconds.tolist(), strict=True):
            person.is_seen(second)
        columns: dict[str, Any] = {
            "key": keys,
            "actor": [person.actor for person in people],
            "kind": kinds,
            "happened_at": seconds,
            "thread": threads,
            "in_reply_to": parents,
            "sequence": micros,
            "towards": self._all_answered(plain, keys, parents=parents),
            "mentioned": mentioned,
            "length": lengths,
            "is_question": asks,
            "text_hash": hashes,
            "hosts": hosts,
        }
        columns["content"] = self._contents(plain, columns, kept=kept)
        batch.activities.add_columns(columns, record=Like("key"), **spot.shared)

    def _all_answered(
        self, plain: _Plain, keys: list[str], *, parents: list[str | None]
    ) -> list[str | None]:
        """Return the actor each reply turns to."""
        self._seen.has_threads = self._seen.has_threads or any(plain.roots)
        answered: list[str | None] = [None] * len(keys)
        for at, root in enumerate(plain.roots):
            if root is None or parents[at] is None:
                continue
            author, person = plain.people[at], self._authors.get(root)
            if person is None:
                answered[at] = self._answered(
                    plain.messages[at], author, root=root, key=keys[at], stamp=plain.stamps[at]
                )
            elif person is not author:
                answered[at] = person.actor
        return answered

    def _contents(
        self,
        plain: _Plain,
        columns: dict[str, Any],
        *,
        kept: Sequence[tuple[object, ...]],
    ) -> list[int]:
        """Return the digest of each message; its reactions are taken in on the way."""
        contents = []
        put = self._puts.reacted
        told = zip(columns["kind"], columns["actor"], columns["thread"], kept, strict=True)
        for at, (one, message) in enumerate(zip(told, plain.messages, strict=True)):
            who = None
            if message.reactions:
                who = emojis_by_person(message.reactions, self._people)
                stamp, author = plain.stamps[at], plain.people[at]
                self._reactions.add(self._spot, stamp, author=author, who=who, put=put)
            mentioned = columns["mentioned"][at]
            contents.append(content_of(one, message, mentioned=mentioned, who=who))
        return contents


def _times_of(stamps: list[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the seconds and the microseconds of times as Slack writes them."""
    import numpy as np

    written = np.frombuffer("".join(stamps).encode(), dtype=np.uint8)
    digits = (written.reshape(len(stamps), _LENGTH) - ord("0")).astype(np.int64)
    tens = 10 ** np.arange(_POINT - 1, -1, -1, dtype=np.int64)
    return digits[:, :_POINT] @ tens, digits[:, _POINT + 1 :] @ tens[-(_LENGTH - _POINT - 1) :]
