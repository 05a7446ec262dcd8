"""Zulip's messages, many at a time, as activities and ties."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import compress
from typing import Any, NamedTuple

from msgspec.structs import astuple

from jibungoto.gather.batch import Batch
from jibungoto.gather.contents.json_lists import Unreadable
from jibungoto.gather.markdown import from_markdown
from jibungoto.gather.people.crowd import Member
from jibungoto.gather.people.reacting import Reactions, add_emoji
from jibungoto.gather.people.said import ADMIN, MESSAGE, REPLY, TOPIC
from jibungoto.gather.people.scribe import Scribe
from jibungoto.gather.places import Numbers
from jibungoto.gather.readers import zulip_words as words
from jibungoto.gather.readers.zulip_shapes import Message, Reaction
from jibungoto.gather.readers.zulip_survey import EARLIEST, LATEST, MOST_ID, Place, Survey
from jibungoto.ledger.accounting import LeftOut
from jibungoto.ledger.words import Words

_MENTION = re.compile(r"@\*\*([^*|\n]+)(?:\|(\d{1,18}))?\*\*")
_ANY_MENTION = re.compile(r"@_?\*\*[^*\n]+\*\*|@_?\*[^*\n]+\*")
_ANSWERED = re.compile(r"@_\*\*[^*|\n]+\|(\d{1,18})\*\* \[[^\]\n]*\]\(\S*?/near/(\d{1,18})/?\)")
_EVERYBODY = frozenset({"all", "everyone", "channel", "stream", "topic"})
_NO_TOPIC = frozenset({"", "(no topic)", "(トピックなし)"})

_Root = tuple[str, Member]


class _Told(NamedTuple):
    """Messages as they are told, column by column, in the order of a message's fields."""

    ids: Sequence[int] = ()
    senders: Sequence[int] = ()
    recipients: Sequence[int] = ()
    subjects: Sequence[str] = ()
    contents: Sequence[str | None] = ()
    sent: Sequence[float | None] = ()
    published: Sequence[float | None] = ()
    edited: Sequence[float | None] = ()

    @classmethod
    def of(cls, messages: Sequence[Message]) -> _Told:
        """Return the columns of some messages."""
        return cls(*zip(*map(astuple, messages), strict=True))

    def only(self, places: Sequence[object]) -> _Told:
        """Return those messages that have a place."""
        columns: list[Any] = [tuple(compress(column, places)) for column in self]
        return _Told(*columns)

    def seconds(self) -> list[int]:
        """Return when each was written, in whole seconds, where all say so."""
        pairs = zip(self.sent, self.published, strict=True)
        return [int(published or 0) if sent is None else int(sent) for sent, published in pairs]


class Messages:
    """Takes in messages in the order of their numbers; each counts once."""

    def __init__(self, survey: Survey, reactions: Reactions) -> None:
        self._survey = survey
        self._scribe = Scribe(survey.crowd, reactions)
        self._seen = Numbers()
        self._left_out: Counter[tuple[str, Words]] = Counter()
        self._read: dict[int, Place] = {}
        for place in survey.listed:
            self._scribe.spots.add(
                place.place, initiative=place.initiative, visibility=place.visibility
            )
        for number, found in survey.recipients.items():
            if found is not None and found.is_kept:
                self._read[number] = found

    def take_all(
        self,
        found: Sequence[Message | Unreadable],
        batch: Batch,
        *,
        reactions: dict[int, list[Reaction]],
    ) -> list[tuple[int, Unreadable]]:
        """Take in messages; return the unreadable with their numbers, from 1."""
        counted, refused = self._counted(found, batch)
        if counted:
            self._say(_Told.of(counted), reactions)
        return refused

    def write(self, batch: Batch) -> None:
        """Put what was taken in into a batch."""
        self._scribe.write(batch)

    def left_out(self, path: str, batch: Batch) -> None:
        """Name what was left out of one file."""
        for (place, reason), count in self._left_out.items():
            batch.left_out.append(LeftOut(place or path, reason, count))
        self._left_out.clear()

    def _counted(
        self, found: Sequence[Message | Unreadable], batch: Batch
    ) -> tuple[Sequence[Message], list[tuple[int, Unreadable]]]:
        """Return the messages that can be read, each once, and what cannot be."""
        sound = [one for one in found if type(one) is Message]
        if len(sound) == len(found) and self._are_all_new(sound):
            return sound, []
        counted, refused = [], []
        for number, one in enumerate(found, 1):
            met = one if isinstance(one, Unreadable) else _problem_of(one)
            if met is not None:
                refused.append((number, met))
            elif isinstance(one, Message) and self._seen.add(one.id):
                counted.append(one)
            else:
                batch.repeated += 1
        return counted, refused

    def _are_all_new(self, messages: Sequence[Message]) -> bool:
        """Note the numbers of messages if all are readable and new; otherwise note nothing."""
        times = [time for one in messages if (time := _time_of(one)) is not None]
        if not times or len(times) < len(messages) or messages[-1].id >= MOST_ID:
            return False
        if min(times) < EARLIEST or max(times) >= LATEST:
            return False
        return self._seen.add_growing([one.id for one in messages])

    def _leave_out(self, recipients: Sequence[int]) -> None:
        for recipient, count in Counter(recipients).items():
            place = self._survey.recipients.get(recipient)
            if place is not None:
                self._left_out[place.stream.name, words.PRIVATE] += count
            else:
                is_direct = recipient in self._survey.recipients
                self._left_out["", words.DIRECT if is_direct else words.NO_CHANNEL] += count

    def _say(self, told: _Told, reactions: dict[int, list[Reaction]]) -> None:
        """Find out of messages what the log wants to know."""
        where = [*map(self._read.get, told.recipients)]
        places = [place for place in where if place is not None]
        if len(places) < len(where):
            self._leave_out([*compress(told.recipients, [place is None for place in where])])
            told = told.only([place is not None for place in where])
        said, before = self._scribe.said, len(self._scribe.said)
        authors = self._authors_of(told)
        seconds = told.seconds()
        for author, second in zip(authors, seconds, strict=True):
            if second < author.first:
                author.is_seen(second)
        said.keys += map(str, told.ids)
        said.sequences += told.ids
        said.seconds += seconds
        said.authors += authors
        said.spots += [place.index for place in places]
        said.edits += told.edited
        self._place(told, places, authors=authors)
        self._read_texts(told, authors, before=before)
        self._take_reactions(told, reactions, before=before)

    def _authors_of(self, told: _Told) -> list[Member]:
        try:
            return [*map(self._survey.users.__getitem__, told.senders)]
        except KeyError:  # Somebody whom no table lists.
            return [*map(self._survey.member, told.senders)]

    def _place(self, told: _Told, places: Sequence[Place], *, authors: Sequence[Member]) -> None:
        """Say in which topic each stands, what it answers, and what kind it thereby is."""
        said, bots = self._scribe.said, self._survey.system_bots
        before = len(said.kinds)
        pairs = zip(places, told.subjects, strict=True)
        roots = [place.roots.get(subject) for place, subject in pairs]
        kinds = [REPLY] * len(roots)
        for at in [at for at, root in enumerate(roots) if root is None]:
            root = self._begun(told, places[at], at=at, author=authors[at])
            roots[at] = root
            if root is None or root[0] == said.keys[before + at]:
                kinds[at] = MESSAGE if root is None else TOPIC
        if not bots.isdisjoint(told.senders):
            for at in [at for at, sender in enumerate(told.senders) if sender in bots]:
                kinds[at] = ADMIN
                said.bare.append(before + at)
        answered = [
            root if kind == REPLY else None for root, kind in zip(roots, kinds, strict=True)
        ]
        self._find_quoted(told, answered)
        said.kinds += kinds
        said.threads += [None if root is None else root[0] for root in roots]
        said.parents += [None if root is None else root[0] for root in answered]
        said.whom += [
            None if root is None or root[1] is author else root[1]
            for root, author in zip(answered, authors, strict=True)
        ]

    def _begun(self, told: _Told, place: Place, *, at: int, author: Member) -> _Root | None:
        """Return the root of a topic, which begins here unless it is known in other letters."""
        subject, sender = told.subjects[at], told.senders[at]
        if (known := place.roots.get(subject)) is not None:
            return known
        folded = subject.strip().casefold()
        if folded in _NO_TOPIC or sender in self._survey.system_bots:
            return None
        root = place.roots.setdefault(folded, (str(told.ids[at]), author))
        place.roots[subject] = root
        return root

    def _find_quoted(self, told: _Told, answered: list[_Root | None]) -> None:
        """Put what a reply quotes and by whom in the place of the root of its topic."""
        users = self._survey.users
        for at, text in enumerate(told.contents):
            if text and "/near/" in text and answered[at] is not None:
                quoted = _ANSWERED.search(text)
                if quoted is not None and int(quoted[1]) in users:
                    answered[at] = (quoted[2], users[int(quoted[1])])

    def _read_texts(self, told: _Told, authors: Sequence[Member], *, before: int) -> None:
        """Take in texts as others write them, and whom they name."""
        said = self._scribe.said
        texts = [text or "" for text in told.contents]
        if None in told.contents:
            empty = [before + at for at, text in enumerate(told.contents) if text is None]
            said.bare += empty
        for at in [at for at, text in enumerate(texts) if "@" in text or "](" in text]:
            text = texts[at]
            if "@" in text and (mentioned := self._mentioned_in(text, authors[at])):
                said.mentions[before + at] = mentioned
            texts[at] = _unmarked(text)
        said.texts += texts

    def _take_reactions(
        self, told: _Told, reactions: dict[int, list[Reaction]], *, before: int
    ) -> None:
        said, elsewhere = self._scribe.said, self._survey.reactions
        for at, number in enumerate(told.ids):
            if number in reactions or number in elsewhere:
                drawn = reactions.get(number) or elsewhere[number]
                said.drawn[before + at] = self._who(drawn)

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

    def _who(self, drawn: list[Reaction]) -> dict[Member, str]:
        who: dict[Member, str] = {}
        for one in drawn:
            member = self._survey.member(one.user_profile)
            member.has_acted = True
            add_emoji(who, member, emoji=one.emoji_name)
        return who


def _time_of(message: Message) -> float | None:
    """Return when a message was written; before Zulip 2.0 that had another name."""
    return message.pub_date if message.date_sent is None else message.date_sent


def _problem_of(message: Message) -> Unreadable | None:
    """Return why a message cannot be read, if it cannot."""
    told = _time_of(message)
    if told is None or not EARLIEST <= told < LATEST:
        return Unreadable(words.NO_DATE)
    return None if 0 <= message.id < MOST_ID else Unreadable(words.NO_ID)


def _unmarked(text: str) -> str:
    """Return a text without mentions, its links as others write them."""
    if "@" in text:
        text = _ANY_MENTION.sub("", text)
    return from_markdown(text) if "](" in text else text
