"""Makes rows of the log of messages that were read: of many at once, as columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from xxhash import xxh3_64_intdigest

from jibungoto.gather.batch import Batch, Like
from jibungoto.gather.cells import NOTHING, Counts, Listed
from jibungoto.gather.people.crowd import Crowd, Member
from jibungoto.gather.people.reacting import Drawing, Reactions
from jibungoto.gather.people.said import KINDS, Said, Spots
from jibungoto.gather.text import Kept, kept_of_all
from jibungoto.ledger.activity import TieKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Looked up once: a member of an enumeration is found slowly, and these are for every record.
_NAMES = tuple(kind.value for kind in KINDS)
_MENTIONED, _ANSWERED = TieKind.MENTION, TieKind.REPLY
_MASK63 = (1 << 63) - 1
_pack = msgspec.msgpack.Encoder().encode


class Scribe:
    """Holds the messages of one delivery until they are written; files are written together."""

    def __init__(self, crowd: Crowd, reactions: Reactions) -> None:
        self._crowd = crowd
        self._reactions = reactions
        self.spots = Spots()
        self.said = Said()

    def write(self, batch: Batch) -> None:
        """Put all messages that wait into a batch, with their ties and reactions."""
        import numpy as np

        said = self.said
        if not said.keys:
            return
        self.said = Said()
        kept = _kept_of(said)
        contents = _contents(said, kept)
        drawing = Drawing(
            said,
            seconds=np.array(said.seconds, dtype=np.int64),
            sequences=np.array(said.sequences, dtype=np.int64),
            authors=_indexes(said.authors),
            spots=np.array(said.spots, dtype=np.int32),
        )
        self._put(drawing, kept, contents=contents, batch=batch)
        _tie(said, batch)
        if said.drawn:
            self._reactions.add_all(drawing, self.spots, batch=batch)

    def _put(self, told: Drawing, kept: Kept, *, contents: NDArray[np.int64], batch: Batch) -> None:
        import numpy as np

        said, spots, actors = told.said, self.spots, self._crowd.actors
        batch.activities.add_columns(
            {
                "key": said.keys,
                "actor": Listed(actors, told.authors),
                "kind": Listed(KINDS, np.array(said.kinds, dtype=np.int32)),
                "happened_at": told.seconds,
                "place": Listed(spots.places, told.spots),
                "thread": said.threads,
                "in_reply_to": said.parents,
                "initiative": Listed(spots.initiatives, told.spots),
                "sequence": told.sequences,
                "length": _counts(kept.lengths),
                "is_question": kept.asks if said.bare else np.array(kept.asks, dtype=np.bool_),
                "text_hash": _counts(kept.hashes),
                "hosts": kept.hosts,
                "visibility": Listed(spots.visibilities, told.spots),
                "towards": Listed(actors, _indexes(said.whom)),
                "content": contents,
            },
            record=Like("key"),
        )


def _kept_of(said: Said) -> Kept:
    """Return what is kept of each text."""
    kept = kept_of_all(said.texts)
    for column in (kept.lengths, kept.asks, kept.hashes, kept.hosts):
        values: list[object] = column  # type: ignore[assignment]  # nothing is kept of some
        for at in said.bare:
            values[at] = None
    return kept


def _contents(said: Said, kept: Kept) -> NDArray[np.int64]:
    """Return for each message the digest of what the log keeps of it."""
    import numpy as np

    rows = zip(
        map(_NAMES.__getitem__, said.kinds),
        [None if one is None else one.actor for one in said.authors],
        said.threads,
        said.parents,
        [None if one is None else one.actor for one in said.whom],
        zip(kept.lengths, kept.asks, kept.hashes, kept.hosts, strict=True),
        said.edits,
        strict=True,
    )
    packed = [*map(_pack, rows)]
    for at in said.mentions.keys() | said.drawn.keys():
        mentions = sorted(one.actor for one in said.mentions.get(at, ()))
        drawn = sorted((one.actor, emoji) for one, emoji in said.drawn.get(at, {}).items())
        packed[at] += _pack((mentions, drawn))
    digests = np.fromiter(map(xxh3_64_intdigest, packed), dtype=np.uint64, count=len(packed))
    return (digests & np.uint64(_MASK63)).view(np.int64)


def _tie(said: Said, batch: Batch) -> None:
    """Write who mentions whom, and who answers what nobody has seen."""
    put = batch.ties.put
    for at in said.orphans:
        if (author := said.authors[at]) is not None:
            key, second = said.keys[at], said.seconds[at]
            put((key, key, author.actor, None, _ANSWERED, second, second))
    for at, mentioned in said.mentions.items():
        if (author := said.authors[at]) is not None:
            key, second, actor = said.keys[at], said.seconds[at], author.actor
            for one in mentioned:
                put((key, key, actor, one.actor, _MENTIONED, second, second))


def _indexes(members: list[Member | None]) -> NDArray[np.int32]:
    import numpy as np

    found = [NOTHING if one is None else one.index for one in members]
    return np.array(found, dtype=np.int32)


def _counts(values: list[int] | list[int | None]) -> Counts:
    import numpy as np

    told = [NOTHING if one is None else one for one in values]
    return Counts(np.array(told, dtype=np.int64))
