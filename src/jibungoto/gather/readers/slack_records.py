"""One channel's records, one after the other, as activities and ties."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

import msgspec

from jibungoto.gather.batch import Batch, Record
from jibungoto.gather.readers import slack_words as words
from jibungoto.gather.readers.slack_kinds import SAID, kind_of
from jibungoto.gather.readers.slack_people import People, Person
from jibungoto.gather.readers.slack_reactions import Reactions, emojis_by_person
from jibungoto.gather.readers.slack_shapes import Message
from jibungoto.gather.readers.slack_spot import Spot
from jibungoto.gather.readers.slack_time import stamp_of
from jibungoto.gather.text import TextFacts, digest63, facts_of
from jibungoto.ledger.activity import AtPrecision, TieKind
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.words import Words

_MENTION = re.compile(r"<@([UWB][A-Z0-9]+)(?:\|[^<>]*)?>")
_GONE = digest63(b"gone")
# Looked up once: a member of an enumeration is found slowly, and these are for every record.
_MESSAGE, _REPLY, _JOIN, _ADMIN = Kind.MESSAGE, Kind.REPLY, Kind.JOIN, Kind.ADMIN
_EXACT, _ANSWERED, _MENTIONED = AtPrecision.EXACT, TieKind.REPLY, TieKind.MENTION
_pack = msgspec.msgpack.Encoder().encode


class Seen:
    """What a delivery's records have shown so far of what it can tell."""

    def __init__(self) -> None:
        self.has_threads = False
        self.has_joins = False
        self.has_deletions = False
        self.nameless: set[str] = set()
        self.buried: set[str] = set()


class _Act(msgspec.Struct, frozen=True, gc=False):
    """One record that counts: when, by whom, and below which root."""

    key: str
    stamp: str
    second: int
    author: Person | None
    kind: Kind
    root: str | None


class _NotKept(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """Stands where there is no text to keep facts of."""

    length: None = None
    is_question: None = None
    text_hash: None = None
    hosts: None = None


_NOT_KEPT = _NotKept()


class ChannelRecords:
    """Takes in one channel's records in any order; each key counts once."""

    def __init__(self, spot: Spot, people: People, reactions: Reactions, *, seen: Seen) -> None:
        self._spot = spot
        self._people = people
        self._reactions = reactions
        self._seen = seen
        self._authors: dict[str, Person | None] = {}
        self._deleted: set[str] = set()
        self._rootless: list[_Act] = []

    def foresee(self, messages: Sequence[Message]) -> None:
        """Learn which of these messages a later one of them says to be deleted."""
        for message in messages:
            if message.subtype == "message_deleted":
                stamp = stamp_of(message.deleted_ts)
                if isinstance(stamp, str):
                    self._deleted.add(stamp)

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
            root = self._authors.get(reply.root or "")
            is_gone = root is None and reply.root in self._authors
            if root is not reply.author and not is_gone:
                self._tie(reply, root, batch=batch)
        self._rootless.clear()

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
        key = self._spot.key_of(stamp, author)
        if not self._is_first(stamp, key):
            batch.repeated += 1
            return None
        self._authors[stamp] = author
        second = int(stamp[:10])
        if author is not None:
            author.wrote(message, second, is_said=kind in SAID)
        if root is not None and root != stamp and kind is _MESSAGE:
            kind = _REPLY
        self._write(message, _Act(key, stamp, second, author, kind, root), batch=batch)
        return None

    def _write(self, message: Message, act: _Act, *, batch: Batch) -> None:
        spot, key, stamp, second = self._spot, act.key, act.stamp, act.second
        author, kind, root = act.author, act.kind, act.root
        text = _text_of(message) if kind in SAID else None
        facts = _NOT_KEPT if text is None else facts_of(text)
        actor = None if author is None else author.actor
        thread = None if root is None else self._thread_of(message, act, root=root)
        mentioned = self._mentioned_in(text, author) if text and "<@" in text else ()
        who = emojis_by_person(message.reactions, self._people) if message.reactions else None
        content = _digest(message, (kind, actor, thread, facts), mentioned=mentioned, who=who)
        # Value by value, for speed: these are the innermost lines of every import.
        batch.records.put((key, content, second, True, False))
        batch.activities.put(
            (
                key,
                key,
                actor,
                kind,
                second,
                _EXACT,
                spot.place,
                thread,
                None if root == stamp else thread,
                spot.initiative,
                int(stamp[11:]),
                facts.length,
                facts.is_question,
                facts.text_hash,
                facts.hosts,
                None,
                None,
                spot.visibility,
                second,
            )
        )
        if mentioned:
            self._tie_to_mentioned(act, mentioned, batch=batch)
        self._note_kind(message, act, batch=batch)
        if who:
            self._reactions.add(spot, stamp, author=author, who=who, batch=batch)

    def _note_kind(self, message: Message, act: _Act, *, batch: Batch) -> None:
        if act.kind is _REPLY:
            self._tie_to_root(message, act, batch=batch)
        elif act.kind is _JOIN:
            self._seen.has_joins = True

    def _tie_to_mentioned(self, act: _Act, mentioned: Iterable[Person], *, batch: Batch) -> None:
        if act.author is not None:
            key, actor, second = act.key, act.author.actor, act.second
            for person in mentioned:
                batch.ties.put((key, key, actor, person.actor, _MENTIONED, second, second))

    def _tie_to_root(self, message: Message, act: _Act, *, batch: Batch) -> None:
        if act.root in self._authors:
            root = self._authors[act.root]
            if root is None:  # It was deleted, and nobody can be said to be answered.
                return
        else:
            root = self._told_root_author(message)
        if root is None:
            self._rootless.append(act)
        elif root is not act.author:
            self._tie(act, root, batch=batch)

    def _tie(self, act: _Act, root: Person | None, *, batch: Batch) -> None:
        if act.author is not None:
            to = None if root is None else root.actor
            key, second = act.key, act.second
            batch.ties.put((key, key, act.author.actor, to, _ANSWERED, second, second))

    def _thread_of(self, message: Message, act: _Act, *, root: str) -> str:
        """Return the key of the root, which is the record's own where it opens a thread."""
        self._seen.has_threads = True
        if root == act.stamp:
            return act.key
        if self._spot.has_id:
            return self._spot.key_of(root, None)
        author = self._authors.get(root) or self._told_root_author(message)
        return self._spot.key_of(root, author)

    def _told_root_author(self, message: Message) -> Person | None:
        """Return whom a reply itself names as the author of its root."""
        told = message.parent_user_id
        if not told and message.root is not None:
            told = message.root.user or message.root.bot_id
        root = self._people.of(told) if told else None
        if root is not None:
            root.has_acted = True
        return root

    def _mentioned_in(self, text: str, author: Person | None) -> list[Person]:
        found = dict.fromkeys(map(self._people.of, _MENTION.findall(text)))
        return [person for person in found if person is not None and person is not author]

    def _unusual_author_of(self, message: Message) -> Person | None:
        told = message.comment.user if message.comment is not None else None
        told = told or message.bot_id
        if told:
            return self._people.of(told)
        return self._people.named_bot(message.username) if message.username else None

    def _is_first(self, stamp: str, key: str) -> bool:
        if stamp in self._deleted:
            return False
        if self._spot.has_id:
            return stamp not in self._authors
        if key in self._seen.nameless:
            return False
        self._seen.nameless.add(key)
        return True

    def _take_tombstone(self, message: Message, batch: Batch) -> Words | None:
        """Bury what was deleted while others had answered it."""
        return self._bury(stamp_of(message.ts), batch)

    def _take_deletion(self, message: Message, batch: Batch) -> Words | None:
        """Bury what an export with its log of deletions says to be gone."""
        return self._bury(stamp_of(message.deleted_ts), batch)

    def _bury(self, stamp: str | Words, batch: Batch) -> Words | None:
        if not isinstance(stamp, str):
            return stamp
        key = self._spot.key_of(stamp, None)
        self._seen.has_deletions = True
        if stamp in self._authors or key in self._seen.buried:
            batch.repeated += 1
            return None
        self._seen.buried.add(key)
        self._authors[stamp] = None
        batch.records.append(Record(key, _GONE, int(stamp[:10]), is_tombstone=True))
        return None

    def _take_change(self, message: Message, batch: Batch) -> Words | None:
        """Take what an export with its log of edits says that a message became."""
        if message.message is None:
            return words.NOT_A_RECORD
        return self._take_record(message.message, batch)

    def _take_copy(self, _message: Message, batch: Batch) -> Words | None:
        """Count what, before thread_broadcast, only said that a reply was also shown."""
        batch.repeated += 1
        return None


_SPECIAL: dict[str, Callable[[ChannelRecords, Message, Batch], Words | None]] = {
    "tombstone": ChannelRecords._take_tombstone,
    "message_deleted": ChannelRecords._take_deletion,
    "message_changed": ChannelRecords._take_change,
    "reply_broadcast": ChannelRecords._take_copy,
}


def _text_of(message: Message) -> str | None:
    """Return what somebody said, or None where Slack's plan hides it."""
    if message.comment is not None and message.comment.comment:
        return message.comment.comment
    return None if message.is_hidden_by_limit and not message.text else message.text or ""


def _digest(
    message: Message,
    kept: tuple[Kind, str | None, str | None, TextFacts | _NotKept],
    *,
    mentioned: Iterable[Person],
    who: dict[Person, str] | None,
) -> int:
    """Digest what the log keeps of a record, and when it was last edited."""
    edited = message.edited.ts if message.edited is not None else None
    if not mentioned and not who:
        return digest63(_pack((kept, edited)))
    mentions = sorted(person.actor for person in mentioned)
    reactions = sorted((person.actor, emoji) for person, emoji in who.items()) if who else ()
    return digest63(_pack((kept, edited, mentions, reactions)))
