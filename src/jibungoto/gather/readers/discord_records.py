"""One Discord channel's messages, one after the other, as activities and ties."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import msgspec

from jibungoto.gather.batch import Batch, Like, Sheet
from jibungoto.gather.contents.json_lists import Unreadable
from jibungoto.gather.markdown import from_markdown
from jibungoto.gather.people.crowd import Crowd, Member
from jibungoto.gather.people.reacting import Reactions, Target, add_emoji
from jibungoto.gather.places import Numbers
from jibungoto.gather.readers import discord_words as words
from jibungoto.gather.readers.discord_shapes import Message, Reaction, User
from jibungoto.gather.readers.discord_survey import Place
from jibungoto.gather.text import Facts, digest63, kept_of_all
from jibungoto.ledger.activity import Activity, Tie, TieKind, Visibility
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.words import Words

_EPOCH_MS = 1_420_070_400_000
_LATEST_MS = 4_102_444_800_000
_SECOND = 1_000 << 22
"""So many ids fall into one second; what is left over orders them."""
DELETED_USER = "456226577798135808"
"""Everybody who deleted their account before 2023 has this one id."""

# Looked up once: a member of an enumeration is found slowly, and these are for every record.
_MESSAGE, _REPLY, _JOIN, _ADMIN, _TOPIC = (
    *(Kind.MESSAGE, Kind.REPLY, Kind.JOIN, Kind.ADMIN, Kind.TOPIC),
)
_MENTIONED, _ANSWERED = TieKind.MENTION, TieKind.REPLY
_pack = msgspec.msgpack.Encoder().encode

_KINDS: dict[str | int, Kind] = {
    **dict.fromkeys(
        ("Default", "0", "ChatInputCommand", "20", "ContextMenuCommand", "23"), _MESSAGE
    ),
    **dict.fromkeys(("Reply", "19"), _REPLY),
    **dict.fromkeys(("GuildMemberJoin", "7"), _JOIN),
}
_STARTERS = frozenset({"ThreadStarterMessage", "21"})

_FIELDS = (
    *("key", "actor", "kind", "happened_at", "thread", "in_reply_to", "sequence"),
    *("length", "is_question", "text_hash", "hosts", "towards", "content"),
)


_NOT_KEPT = (None, None, None, None)
"""Stands where there is no text to keep facts of."""


class _Parent(msgspec.Struct, frozen=True, gc=False):
    """What a reply answers: its key, its thread, and by whom it was, as far as that is known."""

    key: str | None
    thread: str | None
    author: Member | None = None
    is_known: bool = False


_GONE = _Parent(None, None, is_known=True)


class ChannelRecords:
    """Takes in one channel's messages in any order; each counts once."""

    def __init__(
        self, place: Place, crowd: Crowd, reactions: Reactions, *, above: ChannelRecords | None
    ) -> None:
        self._place = place
        self._crowd = crowd
        self._reactions = reactions
        self._above = above
        self._numbers = Numbers()
        self._authors = array("i")
        self._roots = array("q")
        self._root: _Parent | None = None
        self._batch: Batch | None = None
        self._sheet: Sheet[Activity] | None = None
        channel = place.channel
        above_id = channel.categoryId or ""
        is_inside = place.is_thread and number_of(above_id) is not None
        self.place = above_id if is_inside else channel.id
        self.initiative = f"discord:{self.place}"
        self.visibility = Visibility.PRIVATE if place.is_private else Visibility.MEMBERS
        self.has_joins = self.has_replies = self.has_threads = False
        self.first: int | None = None

    def take_all(
        self, found: Sequence[Message | Unreadable], batch: Batch
    ) -> list[tuple[int, Unreadable]]:
        """Take in messages; return the unreadable with their numbers, from 1."""
        facts, refused = _facts_of(found), []
        for number, one in enumerate(found, 1):
            if isinstance(one, Unreadable):
                refused.append((number, one))
            elif (reason := self._take(one, facts[number - 1], batch=batch)) is not None:
                refused.append((number, Unreadable(reason)))
        return refused

    def _take(self, message: Message, facts: Facts, *, batch: Batch) -> Words | None:
        number = number_of(message.id)
        if number is None:
            return words.NO_ID
        if message.author is None:
            return words.NO_AUTHOR
        if not self._numbers.add(number):
            batch.repeated += 1
            return None
        second = second_of(number)
        author = self._member(message.author)
        if author is not None:
            author.is_seen(second)
        if self.first is None or second < self.first:
            self.first = second
        self._write(message, author, number=number, facts=facts, batch=batch)
        return None

    def finish(self) -> None:
        """Let go of the last batch: what was read stays only as numbers."""
        self._batch = self._sheet = None

    def author_of(self, number: int) -> tuple[Member | None, int] | None:
        """Return who wrote a message and the root above it; None where it was not seen."""
        order = self._numbers.order_of(number)
        if order is None or order >= len(self._authors):
            return None
        index = self._authors[order]
        return (self._crowd.listed[index] if index >= 0 else None), self._roots[order]

    def _write(
        self, message: Message, author: Member | None, *, number: int, facts: Facts, batch: Batch
    ) -> None:
        kind = _KINDS.get(message.type, _ADMIN)
        key, second = str(number), second_of(number)
        parent = None
        if kind is _REPLY or self._place.is_thread:
            kind, parent = self._placed(message, author, kind=kind, number=number)
        elif kind is _JOIN:
            self.has_joins = True
        thread = None if parent is None else parent.thread
        self._authors.append(-1 if author is None else author.index)
        self._roots.append(int(thread) if thread is not None else 0)
        answers = None if kind is not _REPLY or parent is None else parent.key
        actor = None if author is None else author.actor
        towards = _towards(parent, author) if kind is _REPLY else None
        mentioned = (
            self._mentioned_in(message, author, towards=towards) if message.mentions else None
        )
        who = self._who(message.reactions) if message.reactions else None
        facts = _NOT_KEPT if kind is _ADMIN or kind is _JOIN else facts
        packed = _pack((kind, actor, thread, answers, towards, facts, message.timestampEdited))
        if mentioned or who:
            packed += _pack(_sorted(mentioned, who))
        self._sheet_of(batch).put((
            key, actor, kind, second, thread, answers, number % _SECOND,
            *facts, towards, digest63(packed),
        ))  # fmt: skip
        if author is not None:
            if kind is _REPLY and parent is not None and not parent.is_known:
                batch.ties.append(Tie(key, key, author.actor, None, _ANSWERED, second))
            for one in mentioned or ():
                batch.ties.append(Tie(key, key, author.actor, one.actor, _MENTIONED, second))
        if who:
            self._reactions.add(self._target(key, author, second=second), who, batch=batch)

    def _placed(
        self, message: Message, author: Member | None, *, kind: Kind, number: int
    ) -> tuple[Kind, _Parent | None]:
        """Return the kind of a reply or of what stands in a thread, and what it answers."""
        root = None
        if self._place.is_thread:
            root = self._root_for(message, author, kind=kind, number=number)
            self.has_threads = True
            if root is None or kind not in (_MESSAGE, _REPLY):
                return kind, root
            if root.key == str(number):
                is_post = number == number_of(self._place.channel.id)
                return (_TOPIC if is_post else _MESSAGE), root
        if kind is _REPLY:
            self.has_replies = True
            return _REPLY, self._answered(message, root)
        return _REPLY, root

    def _answered(self, message: Message, root: _Parent | None) -> _Parent:
        told = message.reference.messageId if message.reference is not None else None
        number = number_of(told) if told else None
        if number is None:
            return root or _GONE
        found = self.author_of(number)
        if found is None:
            return _Parent(str(number), root.thread if root else str(number))
        author, above = found
        thread = root.thread if root else str(above or number)
        return _Parent(str(number), thread, author, is_known=True)

    def _root_for(
        self, message: Message, author: Member | None, *, kind: Kind, number: int
    ) -> _Parent | None:
        """Return the first message of the thread: here, or in the channel it was begun in."""
        if self._root is not None:
            return self._root
        own = self._place.channel.id
        begun = number_of(own)
        above = self._above.author_of(begun) if self._above and begun is not None else None
        if begun is not None and above is not None:
            self._root = _Parent(own, own, above[0], is_known=True)
        elif str(message.type) in _STARTERS or self._place.is_cut:
            self._root = _Parent(own, own)
        elif kind in (_MESSAGE, _REPLY):
            self._root = _Parent(str(number), str(number), author, is_known=True)
        return self._root

    def _member(self, user: User) -> Member | None:
        if user.id == DELETED_USER:
            return None
        member = self._crowd.of(user.id)
        if not member.name:
            member.name = user.nickname or user.name or user.id
            member.display_name = user.name
            member.is_bot = user.isBot
            member.is_deleted = (user.name or "").startswith("deleted_user_")
        return member

    def _mentioned_in(
        self, message: Message, author: Member | None, *, towards: str | None
    ) -> list[Member]:
        """Return whom a message names; the author of what it answers is named by Discord itself."""
        found = dict.fromkeys(map(self._member, message.mentions or ()))
        return [
            one for one in found if one is not None and one is not author and one.actor != towards
        ]

    def _who(self, reactions: list[Reaction]) -> dict[Member, str]:
        who: dict[Member, str] = {}
        for reaction in reactions:
            for user in reaction.users or ():
                member = self._member(user)
                if member is not None:
                    member.has_acted = True
                    told = reaction.emoji.code or reaction.emoji.name
                    add_emoji(who, member, emoji=told)
        return who

    def _target(self, key: str, author: Member | None, *, second: int) -> Target:
        return Target(
            key, second, int(key) % _SECOND, author, self.place, self.initiative, self.visibility
        )

    def _sheet_of(self, batch: Batch) -> Sheet[Activity]:
        if self._sheet is None or batch is not self._batch:
            self._batch = batch
            self._sheet = batch.activities.sheet(
                *_FIELDS,
                record=Like("key"),
                place=self.place,
                initiative=self.initiative,
                visibility=self.visibility,
            )
        return self._sheet


def number_of(told: str) -> int | None:
    """Return an id of Discord's, which holds when it was given, or None where it is none."""
    if not (told.isascii() and told.isdecimal() and len(told) <= 19):
        return None
    number = int(told)
    return number if 0 < (number >> 22) < _LATEST_MS - _EPOCH_MS else None


def second_of(number: int) -> int:
    """Return when an id was given, in UTC seconds."""
    return ((number >> 22) + _EPOCH_MS) // 1000


def _towards(parent: _Parent | None, author: Member | None) -> str | None:
    if parent is None or parent.author is None or parent.author is author:
        return None
    return parent.author.actor


def _facts_of(found: Sequence[Message | Unreadable]) -> list[Facts]:
    """Return what is kept of each one's text."""
    texts = ["" if isinstance(one, Unreadable) else one.content or "" for one in found]
    kept = kept_of_all([from_markdown(text) if "](" in text else text for text in texts])
    return [*zip(kept.lengths, kept.asks, kept.hashes, kept.hosts, strict=True)]


def _sorted(
    mentioned: list[Member] | None, who: dict[Member, str] | None
) -> tuple[list[str], list[tuple[str, str]]]:
    mentions = sorted(one.actor for one in mentioned or ())
    return mentions, sorted((one.actor, emoji) for one, emoji in (who or {}).items())
