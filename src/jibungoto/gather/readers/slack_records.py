"""One channel's records, one after the other, as activities and ties."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

import msgspec

from jibungoto.gather.batch import Batch, Record
from jibungoto.gather.readers import slack_words as words
from jibungoto.gather.readers.slack_announced import (
    AnnouncedReplies,
    alone_in,
    has_unnamed,
    somebody_reacted,
    somebody_was_here,
)
from jibungoto.gather.readers.slack_content import (
    Recurring,
    content_of,
    mark_of,
    mention_mark,
)
from jibungoto.gather.readers.slack_files import Unreadable
from jibungoto.gather.readers.slack_kinds import HUDDLES, SAID, kind_of
from jibungoto.gather.readers.slack_people import People, Person
from jibungoto.gather.readers.slack_reactions import Reactions, emojis_by_person, reactions_mark
from jibungoto.gather.readers.slack_shapes import Message, root_author_in
from jibungoto.gather.readers.slack_spot import Puts, Spot, begin_sheets
from jibungoto.gather.readers.slack_time import is_usual, micros_in, stamp_of, usual_stamp
from jibungoto.gather.text import digest63, kept_of
from jibungoto.ledger.activity import TieKind
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.words import Words

_MENTION = re.compile(r"<@([UWB][A-Z0-9]+)(?:\|[^<>]*)?>")
_GONE = digest63(b"gone")
# Looked up once: a member of an enumeration is found slowly, and these are for every record.
_MESSAGE, _REPLY, _JOIN, _ADMIN = Kind.MESSAGE, Kind.REPLY, Kind.JOIN, Kind.ADMIN
_ANSWERED = TieKind.REPLY
_NOBODY = -1
"""Stands for the author of what was deleted, or of what nobody wrote."""
NOT_KEPT = (None, None, None, None)
"""Stands where there is no text to keep facts of."""


class Seen:
    """What a delivery's records have shown so far of what it can tell."""

    def __init__(self) -> None:
        self.has_threads = False
        self.has_joins = False
        self.has_deletions = False
        self.mentioned = Recurring(mention_mark)
        self.hosts = Recurring()
        self.nameless: set[str] = set()
        self.buried: set[str] = set()


class _Rootless(msgspec.Struct, frozen=True, gc=False):
    """A reply whose root has not been met yet: its own key, when and by whom."""

    key: str
    second: int
    author: Person | None
    root: str


class ChannelRecords:
    """Takes in one channel's records in any order; each key counts once."""

    def __init__(self, spot: Spot, people: People, reactions: Reactions, *, seen: Seen) -> None:
        self._spot = spot
        self._people = people
        self._reactions = reactions
        self._seen = seen
        # By their times as numbers: texts would lie about in memory as they come, and take more.
        self._authors: dict[int, int] = {}
        self._deleted: set[int] = set()
        self._rootless: list[_Rootless] = []
        self._announced = AnnouncedReplies(spot, people)
        self._batch: Batch | None = None
        self._puts: Puts

    def foresee(self, messages: Sequence[Message]) -> None:
        """Learn which of these messages a later one of them says to be deleted."""
        for message in messages:
            if message.subtype == "message_deleted":
                stamp = stamp_of(message.deleted_ts)
                if isinstance(stamp, str):
                    self._deleted.add(micros_in(stamp))

    def take_all(
        self, found: Sequence[Message | Unreadable], batch: Batch
    ) -> Iterator[tuple[int, Unreadable]]:
        """Take in records one after the other; return the unreadable with their numbers, from 1.

        What most records are is written at once: a first copy, without a subtype, by somebody
        known, in a channel with an id. All others are looked at one by one.
        """
        self._turn_to(batch)
        authors, write, known = self._authors, self._write, self._people.by_id.get
        has_id, deleted, usual = self._spot.has_id, self._deleted, usual_stamp
        for number, message in enumerate(found, 1):
            if isinstance(message, Unreadable):
                yield number, message
                continue
            stamp, root = message.ts, message.thread_ts
            author = known(message.user)
            if (
                author is None
                or message.subtype is not None
                or not has_id
                or type(stamp) is not str
                or usual(stamp) is None
                or (micros := micros_in(stamp)) in authors
                or micros in deleted
                or not (root is None or is_usual(root))
            ):
                reason = self.take(message, batch)
                if reason is not None:
                    yield number, Unreadable(reason)
                continue
            authors[micros] = author.index
            kind = _MESSAGE if root is None or root == stamp else _REPLY
            write(message, author, stamp=stamp, root=root, kind=kind)

    def take(self, message: Message, batch: Batch) -> Words | None:
        """Take in one record, or return why it cannot be read."""
        if message.subtype is not None:
            special = _SPECIAL.get(message.subtype)
            if special is not None:
                return special(self, message, batch)
        return self._take_record(message, batch)

    def finish(self, batch: Batch) -> None:
        """Tie the replies whose roots came late; without a root the log looks for it elsewhere."""
        for reply in self._rootless:
            root, author = self._author_of(reply.root), reply.author
            is_gone = root is None and micros_in(reply.root) in self._authors
            if author is not None and root is not author and not is_gone:
                to, second = None if root is None else root.actor, reply.second
                batch.ties.put((reply.key, reply.key, author.actor, to, _ANSWERED, second, second))
        self._rootless.clear()
        self._announced.close(batch)

    def _turn_to(self, batch: Batch) -> None:
        """Begin the sheets of another batch."""
        if batch is not self._batch:
            self._batch, self._puts = batch, begin_sheets(self._spot, batch)

    def _take_record(self, message: Message, batch: Batch) -> Words | None:
        stamp = stamp_of(message.ts)
        if not isinstance(stamp, str):
            return stamp
        root = stamp_of(message.thread_ts) if message.thread_ts else None
        if isinstance(root, Words):
            return root
        kind = _MESSAGE if message.subtype is None else kind_of(message.subtype)
        author = self._people.of(message.user) if message.user else self._unusual_author_of(message)
        if author is None and kind is not _ADMIN:
            return words.NO_AUTHOR
        if not self._is_first(stamp, self._spot.key_of(stamp, author)):
            batch.repeated += 1
            return None
        self._authors[micros_in(stamp)] = _NOBODY if author is None else author.index
        if root is not None and root != stamp and kind is _MESSAGE:
            kind = _REPLY
        elif kind is _JOIN:
            self._seen.has_joins = True
        self._turn_to(batch)
        self._write(message, author, stamp=stamp, root=root, kind=kind)
        return None

    def _write(
        self, message: Message, author: Person | None, *, stamp: str, root: str | None, kind: Kind
    ) -> None:
        spot, is_said, sequence = self._spot, kind in SAID, int(stamp[11:])
        key, second = spot.key_of(stamp, author), int(stamp[:10])
        actor = thread = parent = towards = mentioned = who = None
        text = text_of(message) if is_said else None
        if author is not None:
            author.wrote(message, second, is_said=is_said)
            actor = author.actor
        if root is not None:
            self._seen.has_threads = True
            thread = key if root == stamp else self._thread_of(message, root)
            parent = None if root == stamp else thread
            if kind is _REPLY:
                told = root_author_in(message)
                answered = self._answered(told, author, root=root, key=key, stamp=stamp)
                towards = None if answered is None else answered.actor
        kept = NOT_KEPT if text is None else kept_of(text)
        if text and "<@" in text:
            mentioned = self._mentioned_in(text, author)
        if message.reactions:
            who = emojis_by_person(message.reactions, self._people)
        counts_more = bool(message.reply_count or message.reactions) and self._counts_more(
            message, author, key=key
        )
        content = content_of(
            (mark_of(kind), author.mark if author else 0, self._thread_mark(thread, root)),
            kept,
            mentioned=mentioned,
            edited=message.edited.ts if message.edited is not None else None,
            reactions=reactions_mark(who or {}, has_unnamed=counts_more),
        )
        # Value by value, for speed: these are the innermost lines of every import.
        put = self._puts.said
        put((key, actor, kind, second, thread, parent, sequence, towards, mentioned, content))
        put(kept)
        if who:
            self._reactions.add(spot, stamp, author=author, who=who, put=self._puts.reacted)

    def _counts_more(self, message: Message, author: Person | None, *, key: str) -> bool:
        """Take in what a message counts beyond what is held; say if that is reactions."""
        stamp = stamp_of(message.ts)
        if message.reply_count and isinstance(stamp, str):
            self._announced.told(message, author, micros=micros_in(stamp), key=key)
        is_more = has_unnamed(message.reactions or ())
        if is_more and self._batch is not None and isinstance(stamp, str):
            row = somebody_reacted(self._spot, key, micros=micros_in(stamp))
            self._batch.activities.append(row)
        return is_more

    def _answered(
        self,
        told: str | None,
        author: Person | None,
        *,
        root: str,
        key: str,
        stamp: str,
    ) -> Person | None:
        """Return whom a reply turns to, if that is somebody else and known by now.

        ``told`` is whom the reply itself names as the author of its root.
        """
        if micros_in(root) in self._authors:
            person = self._author_of(root)
            if person is None:  # It was deleted, and nobody can be said to be answered.
                return None
        else:
            person = self._told_author(told)
        if person is None:
            self._rootless.append(_Rootless(key, int(stamp[:10]), author, root))
            return None
        return None if person is author else person

    def _author_of(self, stamp: str) -> Person | None:
        """Return who wrote a record met before, if somebody did and it is still there."""
        index = self._authors.get(micros_in(stamp), _NOBODY)
        return None if index == _NOBODY else self._people.listed[index]

    def _thread_mark(self, thread: str | None, root: str | None) -> int:
        if thread is None or root is None:
            return -1
        return micros_in(root) if self._spot.has_id else mark_of(thread)

    def _thread_of(self, message: Message, root: str) -> str:
        """Return the key of the root of another record, which has one more reply now."""
        self._announced.came((micros_in(root),))
        if self._spot.has_id:
            return self._spot.key_of(root, None)
        author = self._author_of(root) or self._told_author(root_author_in(message))
        return self._spot.key_of(root, author)

    def _told_author(self, told: str | None) -> Person | None:
        """Return whom a reply itself names as the author of its root."""
        root = self._people.of(told) if told else None
        if root is not None:
            root.has_acted = True
        return root

    def _mentioned_in(self, text: str, author: Person | None) -> str | None:
        named = _MENTION.findall(text)
        if len(named) == 1:
            other = self._people.of(named[0])
            return None if other is None or other is author else other.actor
        found = dict.fromkeys(map(self._people.of, named))
        others = [one.actor for one in found if one is not None and one is not author]
        return " ".join(others) or None

    def _unusual_author_of(self, message: Message) -> Person | None:
        told = message.comment.user if message.comment is not None else None
        told = told or message.bot_id
        if told:
            return self._people.of(told)
        return self._people.named_bot(message.username) if message.username else None

    def _is_first(self, stamp: str, key: str) -> bool:
        if micros_in(stamp) in self._deleted:
            return False
        if self._spot.has_id:
            return micros_in(stamp) not in self._authors
        if key in self._seen.nameless:
            return False
        self._seen.nameless.add(key)
        return True

    def _take_tombstone(self, message: Message, batch: Batch) -> Words | None:
        """Bury what was deleted while others had answered it, or what answered others.

        Somebody was there at that time, though nobody can tell who.
        """
        stamp, root = stamp_of(message.ts), stamp_of(message.thread_ts)
        if not isinstance(stamp, str):
            return stamp
        is_reply = isinstance(root, str) and root != stamp
        before = len(batch.records)
        self._bury(stamp, batch)
        if len(batch.records) > before:
            thread = self._thread_of(message, str(root)) if is_reply else None
            somebody_was_here(self._spot, micros_in(stamp), thread=thread, batch=batch)
        return None

    def _take_deletion(self, message: Message, batch: Batch) -> Words | None:
        """Bury what an export with its log of deletions says to be gone."""
        return self._bury(stamp_of(message.deleted_ts), batch)

    def _bury(self, stamp: str | Words, batch: Batch) -> Words | None:
        if not isinstance(stamp, str):
            return stamp
        key = self._spot.key_of(stamp, None)
        self._seen.has_deletions = True
        if micros_in(stamp) in self._authors or key in self._seen.buried:
            batch.repeated += 1
            return None
        self._seen.buried.add(key)
        self._authors[micros_in(stamp)] = _NOBODY
        batch.records.append(Record(key, _GONE, int(stamp[:10]), is_tombstone=True))
        return None

    def _take_change(self, message: Message, batch: Batch) -> Words | None:
        """Take what an export with its log of edits says that a message became."""
        if message.message is None:
            return words.NOT_A_RECORD
        return self._take_record(message.message, batch)

    def _take_huddle(self, message: Message, batch: Batch) -> Words | None:
        """Take in what an app says of a call, and that people were there for it."""
        repeated = batch.repeated
        reason, stamp = self._take_record(message, batch), stamp_of(message.ts)
        if reason is None and isinstance(stamp, str) and batch.repeated == repeated:
            alone = alone_in(message.room)
            who = self._people.of(alone) if alone else None
            actor = None if who is None else who.actor
            somebody_was_here(self._spot, micros_in(stamp), actor=actor, batch=batch)
        return reason

    def _take_copy(self, _message: Message, batch: Batch) -> Words | None:
        """Count what, before thread_broadcast, only said that a reply was also shown."""
        batch.repeated += 1
        return None


_SPECIAL: dict[str, Callable[[ChannelRecords, Message, Batch], Words | None]] = {
    "tombstone": ChannelRecords._take_tombstone,
    "message_deleted": ChannelRecords._take_deletion,
    "message_changed": ChannelRecords._take_change,
    "reply_broadcast": ChannelRecords._take_copy,
    **dict.fromkeys(HUDDLES, ChannelRecords._take_huddle),
}


def text_of(message: Message) -> str | None:
    """Return what somebody said, or None where Slack's plan hides it."""
    if message.comment is not None and message.comment.comment:
        return message.comment.comment
    return None if message.is_hidden_by_limit and not message.text else message.text or ""
