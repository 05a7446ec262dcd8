"""Zulip's messages, one after the other, as activities and ties."""

from __future__ import annotations

import re
from collections import Counter

import msgspec

from jibungoto.gather.batch import Batch, Sheet
from jibungoto.gather.markdown import from_markdown
from jibungoto.gather.people.crowd import Member
from jibungoto.gather.people.reacting import Reactions, Target, add_emoji
from jibungoto.gather.places import Numbers
from jibungoto.gather.readers import zulip_words as words
from jibungoto.gather.readers.zulip_shapes import Message, Reaction
from jibungoto.gather.readers.zulip_survey import EARLIEST, LATEST, MOST_ID, Place, Survey
from jibungoto.gather.text import TextFacts, digest63, facts_of
from jibungoto.ledger.accounting import LeftOut
from jibungoto.ledger.activity import Activity, Tie, TieKind
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.words import Words

_MENTION = re.compile(r"@\*\*([^*|\n]+)(?:\|(\d{1,18}))?\*\*")
_ANY_MENTION = re.compile(r"@_?\*\*[^*\n]+\*\*|@_?\*[^*\n]+\*")
_ANSWERED = re.compile(r"@_\*\*[^*|\n]+\|(\d{1,18})\*\* \[[^\]\n]*\]\(\S*?/near/(\d{1,18})/?\)")
_EVERYBODY = frozenset({"all", "everyone", "channel", "stream", "topic"})
_NO_TOPIC = frozenset({"", "(no topic)", "(トピックなし)"})
# Looked up once: a member of an enumeration is found slowly, and these are for every record.
_TOPIC, _REPLY, _MESSAGE, _ADMIN = Kind.TOPIC, Kind.REPLY, Kind.MESSAGE, Kind.ADMIN
_MENTIONED = TieKind.MENTION
_pack = msgspec.msgpack.Encoder().encode

_FIELDS = (
    *("record", "key", "actor", "kind", "happened_at", "place", "thread", "in_reply_to"),
    *("initiative", "sequence", "length", "is_question", "text_hash", "hosts", "visibility"),
    *("towards", "content"),
)
_Root = tuple[str, Member]


class _NotKept(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """Stands where there is no text to keep facts of."""

    length: None = None
    is_question: None = None
    text_hash: None = None
    hosts: None = None


NOT_KEPT = _NotKept()


class _Said(msgspec.Struct, frozen=True, gc=False):
    """One message that counts: when, where and by whom."""

    key: str
    second: int
    author: Member
    place: Place


class Messages:
    """Takes in messages in the order of their numbers; each counts once."""

    def __init__(self, survey: Survey, reactions: Reactions) -> None:
        self._survey = survey
        self._reactions = reactions
        self._seen = Numbers()
        self._batch: Batch | None = None
        self._sheet: Sheet[Activity]
        self._left_out: Counter[tuple[str, Words]] = Counter()

    def take(
        self, message: Message, batch: Batch, *, reactions: dict[int, list[Reaction]]
    ) -> Words | None:
        """Take in one message, or return why it cannot be read."""
        told = message.date_sent if message.date_sent is not None else message.pub_date
        if told is None or not EARLIEST <= told < LATEST:
            return words.NO_DATE
        if not 0 <= message.id < MOST_ID:
            return words.NO_ID
        if not self._seen.add(message.id):
            batch.repeated += 1
            return None
        place = self._survey.recipients.get(message.recipient)
        if place is None or not place.is_kept:
            self._leave_out(message.recipient, place)
            return None
        author = self._survey.users.get(message.sender) or self._survey.member(message.sender)
        second = int(told)
        author.is_seen(second)
        said = _Said(str(message.id), second, author, place)
        self._write(message, said, batch=batch, reactions=reactions)
        return None

    def left_out(self, path: str, batch: Batch) -> None:
        """Name what was left out of one file."""
        for (place, reason), count in self._left_out.items():
            batch.left_out.append(LeftOut(place or path, reason, count))
        self._left_out.clear()

    def _leave_out(self, recipient: int, place: Place | None) -> None:
        if place is not None:
            self._left_out[place.stream.name, words.PRIVATE] += 1
        else:
            is_direct = recipient in self._survey.recipients
            self._left_out["", words.DIRECT if is_direct else words.NO_CHANNEL] += 1

    def _write(
        self,
        message: Message,
        said: _Said,
        *,
        batch: Batch,
        reactions: dict[int, list[Reaction]],
    ) -> None:
        key, second, author, place = said.key, said.second, said.author, said.place
        root = self._root_of(message, said)
        kind, thread = self._kind_of(message, said, root=root)
        text = message.content or ""
        mentioned = self._mentioned_in(text, author) if "@" in text else None
        parent, towards = None, None
        if kind is _REPLY and root is not None:
            parent, towards = self._answered(text, root, author=author)
        who = self._who(reactions, message.id)
        facts = _facts_in(text) if message.content is not None and kind is not _ADMIN else NOT_KEPT
        packed = _pack((kind, author.actor, thread, parent, towards, facts, message.last_edit_time))
        if mentioned or who:
            packed += _pack(_sorted(mentioned, who))
        self._sheet_of(batch).put((
            key, key, author.actor, kind, second, place.place, thread, parent, place.initiative,
            message.id, facts.length, facts.is_question, facts.text_hash, facts.hosts,
            place.visibility, towards, digest63(packed),
        ))  # fmt: skip
        for one in mentioned or ():
            batch.ties.append(Tie(key, key, author.actor, one.actor, _MENTIONED, second))
        if who:
            self._reactions.add(_target(said, message.id), who, batch=batch)

    def _sheet_of(self, batch: Batch) -> Sheet[Activity]:
        if batch is not self._batch:
            self._batch, self._sheet = batch, batch.activities.sheet(*_FIELDS)
        return self._sheet

    def _root_of(self, message: Message, said: _Said) -> _Root | None:
        """Return the first message of a topic; None where a message stands in no topic."""
        roots, subject = said.place.roots, message.subject
        root = roots.get(subject)
        if root is None:
            folded = subject.strip().casefold()
            if folded in _NO_TOPIC or message.sender in self._survey.system_bots:
                return None
            root = roots.setdefault(folded, (said.key, said.author))
            roots[subject] = root
        return root

    def _kind_of(
        self, message: Message, said: _Said, *, root: _Root | None
    ) -> tuple[Kind, str | None]:
        if message.sender in self._survey.system_bots:
            return _ADMIN, None if root is None else root[0]
        if root is None:
            return _MESSAGE, None
        return (_TOPIC if root[0] == said.key else _REPLY), root[0]

    def _answered(self, text: str, root: _Root, *, author: Member) -> tuple[str, str | None]:
        """Return the key of what a reply answers and whom, unless that is its own author."""
        key, whom = root
        quoted = _ANSWERED.search(text) if "/near/" in text else None
        if quoted is not None and int(quoted[1]) in self._survey.users:
            key, whom = quoted[2], self._survey.users[int(quoted[1])]
        return key, None if whom is author else whom.actor

    def _mentioned_in(self, text: str, author: Member) -> list[Member]:
        found: dict[Member, None] = {}
        for name, number in _MENTION.findall(text):
            if number:
                member = self._survey.users.get(int(number))
            elif name in _EVERYBODY:
                continue
            else:
                member = self._survey.by_name.get(name)
            if member is not None and member is not author:
                found[member] = None
        return list(found)

    def _who(self, reactions: dict[int, list[Reaction]], number: int) -> dict[Member, str] | None:
        told = reactions.get(number) or self._survey.reactions.get(number)
        if not told:
            return None
        who: dict[Member, str] = {}
        for one in told:
            member = self._survey.member(one.user_profile)
            member.has_acted = True
            add_emoji(who, member, emoji=one.emoji_name)
        return who


def _target(said: _Said, number: int) -> Target:
    place = said.place
    return Target(
        said.key, said.second, number, said.author, place.place, place.initiative, place.visibility
    )


def _facts_in(text: str) -> TextFacts:
    if "@" in text:
        text = _ANY_MENTION.sub("", text)
    return facts_of(from_markdown(text) if "](" in text else text)


def _sorted(
    mentioned: list[Member] | None, who: dict[Member, str] | None
) -> tuple[list[str], list[tuple[str, str]]]:
    mentions = sorted(one.actor for one in mentioned or ())
    return mentions, sorted((one.actor, emoji) for one, emoji in (who or {}).items())
