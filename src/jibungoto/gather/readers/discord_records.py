"""One Discord channel's messages, many at a time, as activities and ties."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from msgspec.structs import astuple

from jibungoto.gather.batch import Batch
from jibungoto.gather.cells import NOTHING
from jibungoto.gather.contents.json_lists import Unreadable
from jibungoto.gather.markdown import from_markdown
from jibungoto.gather.people.crowd import Crowd, Member
from jibungoto.gather.people.reacting import add_emoji
from jibungoto.gather.people.said import ADMIN, JOIN, MESSAGE, REPLY, TOPIC
from jibungoto.gather.people.scribe import Scribe
from jibungoto.gather.places import Numbers
from jibungoto.gather.readers import discord_words as words
from jibungoto.gather.readers.discord_shapes import Message, Reaction, Reference, User
from jibungoto.gather.readers.discord_survey import Place
from jibungoto.ledger.activity import Visibility

_EPOCH_MS = 1_420_070_400_000
_LATEST_MS = 4_102_444_800_000
_TIMES = 22
"""By so many bits an id is shifted to say its milliseconds; what is left over orders them."""
_SECOND = 1_000 << _TIMES
_MOST = (1 << 63) - 1
_LONGEST = 19
DELETED_USER = "456226577798135808"
"""Everybody who deleted their account before 2023 has this one id."""

_KINDS: dict[str | int, int] = {
    **dict.fromkeys(
        ("Default", "0", "ChatInputCommand", "20", "ContextMenuCommand", "23"), MESSAGE
    ),
    **dict.fromkeys(("Reply", "19"), REPLY),
    **dict.fromkeys(("GuildMemberJoin", "7"), JOIN),
}
_STARTERS = frozenset({"ThreadStarterMessage", "21"})


class People:
    """Everybody whom an export's messages name, as they name them first."""

    def __init__(self, crowd: Crowd) -> None:
        self._crowd = crowd
        self._known: dict[str, Member] = {}
        self.listed = crowd.listed

    def all_of(self, users: Sequence[User]) -> list[Member | None]:
        """Return who many users are; None stands for whoever is deleted."""
        found = [*map(self._known.get, [one.id for one in users])]
        if None in found:
            return [*map(self.of, users)]
        return found

    def of(self, user: User) -> Member | None:
        """Return who one user is."""
        member = self._known.get(user.id)
        if member is not None or user.id == DELETED_USER:
            return member
        member = self._known[user.id] = self._crowd.of(user.id)
        if not member.name:
            member.name = user.nickname or user.name or user.id
            member.display_name = user.name
            member.is_bot = user.isBot
            member.is_deleted = (user.name or "").startswith("deleted_user_")
        return member


class _Parent(NamedTuple):
    """What a reply answers: its key, its thread, and by whom it was, as far as that is known."""

    key: str | None
    thread: str | None
    author: Member | None = None
    is_known: bool = False


_GONE = _Parent(None, None, is_known=True)


class _Told(NamedTuple):
    """Messages as they are told, column by column, in the order of a message's fields."""

    ids: Sequence[str]
    types: Sequence[str | int]
    edits: Sequence[str | None]
    contents: Sequence[str | None]
    authors: Sequence[User | None]
    reactions: Sequence[list[Reaction] | None]
    mentions: Sequence[list[User] | None]
    references: Sequence[Reference | None]

    @classmethod
    def of(cls, messages: Sequence[Message]) -> _Told:
        """Return the columns of some messages."""
        columns: list[Any] = [*zip(*map(astuple, messages), strict=True)]
        return cls(*columns)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Messages of a channel, each once, with what is found out of what they answer."""

    told: _Told
    keys: list[str]
    authors: list[Member | None]
    kinds: list[int]
    places: dict[str, int]
    threads: list[str | None]
    parents: list[str | None]
    whom: list[Member | None]
    orphans: list[int]


class ChannelRecords:
    """Takes in one channel's messages in any order; each counts once."""

    def __init__(
        self, place: Place, people: People, scribe: Scribe, *, above: ChannelRecords | None
    ) -> None:
        self._place = place
        self._people = people
        self._scribe = scribe
        self._above = above
        self._numbers = Numbers()
        self._authors = array("i")
        self._roots = array("q")
        self._root: _Parent | None = None
        channel = place.channel
        above_id = channel.categoryId or ""
        is_inside = place.is_thread and number_of(above_id) is not None
        self.place = above_id if is_inside else channel.id
        self.initiative = f"discord:{self.place}"
        visibility = Visibility.PRIVATE if place.is_private else Visibility.MEMBERS
        self._spot = scribe.spots.add(self.place, initiative=self.initiative, visibility=visibility)
        self.has_joins = self.has_replies = self.has_threads = False
        self.first: int | None = None

    def take_all(
        self, found: Sequence[Message | Unreadable], batch: Batch
    ) -> list[tuple[int, Unreadable]]:
        """Take in messages; return the unreadable with their numbers, from 1."""
        messages = [one for one in found if type(one) is Message]
        if messages and len(messages) == len(found):
            told = _Told.of(messages)
            numbers = _numbers_of(told)
            if numbers is not None and self._numbers.add_growing(numbers):
                self._say(told, numbers)
                return []
        messages, numbers, refused = self._sifted(found, batch)
        if messages:
            self._say(_Told.of(messages), numbers)
        return refused

    def author_of(self, number: int) -> tuple[Member | None, int] | None:
        """Return who wrote a message and the root above it; None where it was not seen."""
        order = self._numbers.order_of(number)
        if order is None or order >= len(self._authors):
            return None
        index = self._authors[order]
        return (self._people.listed[index] if index >= 0 else None), self._roots[order]

    def _sifted(
        self, found: Sequence[Message | Unreadable], batch: Batch
    ) -> tuple[list[Message], list[int], list[tuple[int, Unreadable]]]:
        """Look at messages one by one: return those that count, their ids, and the unreadable."""
        messages, numbers, refused = [], [], []
        for place, one in enumerate(found, 1):
            if isinstance(one, Unreadable):
                refused.append((place, one))
            elif (number := number_of(one.id)) is None:
                refused.append((place, Unreadable(words.NO_ID)))
            elif one.author is None:
                refused.append((place, Unreadable(words.NO_AUTHOR)))
            elif self._numbers.add(number):
                messages.append(one)
                numbers.append(number)
            else:
                batch.repeated += 1
        return messages, numbers, refused

    def _say(self, told: _Told, numbers: list[int]) -> None:
        """Find out of messages what the log wants to know."""
        said, before = self._scribe.said, len(self._scribe.said)
        seconds = [((number >> _TIMES) + _EPOCH_MS) // 1_000 for number in numbers]
        authors = self._people.all_of([one for one in told.authors if one is not None])
        self._see(authors, seconds)
        piece = self._placed(told, keys=[*map(str, numbers)], authors=authors)
        said.keys += piece.keys
        said.sequences += [number % _SECOND for number in numbers]
        said.seconds += seconds
        said.authors += authors
        said.kinds += piece.kinds
        said.spots += [self._spot] * len(numbers)
        said.threads += piece.threads
        said.parents += piece.parents
        pairs = zip(piece.whom, authors, strict=True)
        said.whom += [None if whom is author else whom for whom, author in pairs]
        said.orphans += [before + at for at in piece.orphans]
        said.edits += told.edits
        self._read_texts(piece, before=before)
        self._authors.extend([NOTHING if one is None else one.index for one in authors])
        roots = {one: number_of(one or "") or 0 for one in set(piece.threads)}
        self._roots.extend(map(roots.__getitem__, piece.threads))

    def _see(self, authors: Sequence[Member | None], seconds: Sequence[int]) -> None:
        for author, second in zip(authors, seconds, strict=True):
            if author is not None and second < author.first:
                author.is_seen(second)
        first = min(seconds)
        self.first = first if self.first is None else min(first, self.first)

    def _placed(self, told: _Told, *, keys: list[str], authors: list[Member | None]) -> _Piece:
        """Say in which thread each stands, what it answers, and what kind it thereby is."""
        kinds = [_KINDS.get(one, ADMIN) for one in told.types]
        nothing = [None] * len(keys)
        places = dict(zip(keys, range(len(keys)), strict=True))
        piece = _Piece(told, keys, authors, kinds, places, [*nothing], [*nothing], [*nothing], [])
        replies = [at for at, kind in enumerate(kinds) if kind == REPLY]
        if self._place.is_thread:
            self._place_in_thread(piece)
        elif JOIN in kinds:
            self.has_joins = True
        for at in replies:
            if kinds[at] == REPLY:
                self.has_replies = True
                self._answer(piece, at)
        return piece

    def _place_in_thread(self, piece: _Piece) -> None:
        """Let everything in a thread answer its first message, as far as that is known."""
        self.has_threads = True
        kinds, start = piece.kinds, 0
        if self._root is None:
            found = ((at, self._root_for(piece, at)) for at in range(len(kinds)))
            start, self._root = next((one for one in found if one[1] is not None), (0, None))
        if self._root is None:
            return
        root, rest = self._root, len(kinds) - start
        piece.threads[start:] = [root.thread] * rest
        own = piece.places.get(root.key or "", NOTHING)
        for at in range(start, len(kinds)):
            if at == own and kinds[at] in (MESSAGE, REPLY):
                is_post = number_of(piece.keys[at]) == number_of(self._place.channel.id)
                kinds[at] = TOPIC if is_post else MESSAGE
            elif kinds[at] == MESSAGE:
                kinds[at] = REPLY
                self._link(piece, at, parent=root)

    def _answer(self, piece: _Piece, at: int) -> None:
        """Find what a message says it answers."""
        reference = piece.told.references[at]
        told = reference.messageId if reference is not None else None
        above = piece.places.get(told) if told else None
        if above is None or above >= at:
            number = number_of(told) if told else None
            self._link(piece, at, parent=self._answered_elsewhere(number))
            return
        key = piece.parents[at] = piece.keys[above]
        piece.whom[at] = piece.authors[above]
        if not self._place.is_thread:
            piece.threads[at] = piece.threads[above] or key

    def _link(self, piece: _Piece, at: int, *, parent: _Parent) -> None:
        piece.threads[at], piece.parents[at] = parent.thread, parent.key
        piece.whom[at] = parent.author
        if not parent.is_known:
            piece.orphans.append(at)

    def _answered_elsewhere(self, number: int | None) -> _Parent:
        """Return what is answered where it does not stand before the answer in the same piece."""
        root = self._root if self._place.is_thread else None
        if number is None:
            return root or _GONE
        found = self.author_of(number)
        if found is None:
            return _Parent(str(number), root.thread if root else str(number))
        author, above = found
        thread = root.thread if root else str(above or number)
        return _Parent(str(number), thread, author, is_known=True)

    def _root_for(self, piece: _Piece, at: int) -> _Parent | None:
        """Return the first message of the thread: here, or in the channel it was begun in."""
        own = self._place.channel.id
        begun = number_of(own)
        above = self._above.author_of(begun) if self._above and begun is not None else None
        if begun is not None and above is not None:
            return _Parent(own, own, above[0], is_known=True)
        if str(piece.told.types[at]) in _STARTERS or self._place.is_cut:
            return _Parent(own, own)
        if piece.kinds[at] in (MESSAGE, REPLY):
            key = piece.keys[at]
            return _Parent(key, key, piece.authors[at], is_known=True)
        return None

    def _read_texts(self, piece: _Piece, *, before: int) -> None:
        """Take in texts as others write them, whom messages name, and who reacted to them."""
        said = self._scribe.said
        told = piece.told
        texts = [one or "" for one in told.contents]
        for at in [at for at, text in enumerate(texts) if "](" in text]:
            texts[at] = from_markdown(texts[at])
        said.texts += texts
        for at, users in enumerate(told.mentions, before):
            if users and (named := self._named_in(users, at)):
                said.mentions[at] = named
        for at, reactions in enumerate(told.reactions, before):
            if reactions and (who := self._who(reactions)):
                said.drawn[at] = who
        if ADMIN in piece.kinds or JOIN in piece.kinds:
            said.bare += [
                before + at for at, kind in enumerate(piece.kinds) if kind in (ADMIN, JOIN)
            ]

    def _named_in(self, users: list[User], at: int) -> list[Member]:
        """Return whom a message names; the author of what it answers is named by Discord itself."""
        author, whom = self._scribe.said.authors[at], self._scribe.said.whom[at]
        found = dict.fromkeys(map(self._people.of, users))
        return [one for one in found if one is not None and one is not author and one is not whom]

    def _who(self, reactions: list[Reaction]) -> dict[Member, str]:
        who: dict[Member, str] = {}
        for reaction in reactions:
            told = reaction.emoji.code or reaction.emoji.name
            for user in reaction.users or ():
                member = self._people.of(user)
                if member is not None:
                    member.has_acted = True
                    add_emoji(who, member, emoji=told)
        return who


def number_of(told: str) -> int | None:
    """Return an id of Discord's, which holds when it was given, or None where it is none."""
    if not (told.isascii() and told.isdecimal() and len(told) <= _LONGEST):
        return None
    number = int(told)
    is_dated = 0 < (number >> _TIMES) < _LATEST_MS - _EPOCH_MS
    return number if is_dated and number <= _MOST else None


def second_of(number: int) -> int:
    """Return when an id was given, in UTC seconds."""
    return ((number >> _TIMES) + _EPOCH_MS) // 1000


def _numbers_of(told: _Told) -> list[int] | None:
    """Return the ids of messages if each has one, and an author, and they may grow; else None."""
    whole = "".join(told.ids)
    if not (whole.isascii() and whole.isdecimal() and all(told.authors) and all(told.ids)):
        return None
    if max(map(len, told.ids)) > _LONGEST:
        return None
    ends = (number_of(told.ids[0]), number_of(told.ids[-1]))
    return None if None in ends else [*map(int, told.ids)]
