"""Zulip's messages, one after the other, as activities and ties."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from jibungoto.gather.batch import Batch, Like
from jibungoto.gather.cells import Listed
from jibungoto.gather.contents.json_lists import Unreadable
from jibungoto.gather.markdown import from_markdown
from jibungoto.gather.people.crowd import Member
from jibungoto.gather.people.reacting import Reactions, Target, add_emoji
from jibungoto.gather.places import Numbers
from jibungoto.gather.readers import zulip_words as words
from jibungoto.gather.readers.zulip_shapes import Message, Reaction
from jibungoto.gather.readers.zulip_survey import EARLIEST, LATEST, MOST_ID, Place, Survey
from jibungoto.gather.text import Facts, digest63, kept_of_all
from jibungoto.ledger.accounting import LeftOut
from jibungoto.ledger.activity import Tie, TieKind
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

_KINDS = (_TOPIC, _REPLY, _MESSAGE, _ADMIN)
_NUMBERS = {kind: number for number, kind in enumerate(_KINDS)}
_Root = tuple[str, Member]
_NOT_KEPT = (None, None, None, None)
"""Stands where there is no text to keep facts of."""


class _Said(msgspec.Struct, frozen=True, gc=False):
    """Messages that count, column by column: what, when, by whom and where."""

    messages: list[Message]
    seconds: list[int]
    authors: list[Member]
    places: list[Place]


class Messages:
    """Takes in messages in the order of their numbers; each counts once."""

    def __init__(self, survey: Survey, reactions: Reactions) -> None:
        self._survey = survey
        self._reactions = reactions
        self._seen = Numbers()
        self._left_out: Counter[tuple[str, Words]] = Counter()
        self._actors: list[str] = []
        self._places = [one.place for one in survey.listed]
        self._initiatives = [one.initiative for one in survey.listed]
        self._visibilities = [one.visibility for one in survey.listed]

    def take_all(
        self,
        found: Sequence[Message | Unreadable],
        batch: Batch,
        *,
        reactions: dict[int, list[Reaction]],
    ) -> list[tuple[int, Unreadable]]:
        """Take in messages; return the unreadable with their numbers, from 1."""
        said, refused = _Said([], [], [], []), []
        for number, one in enumerate(found, 1):
            met = one if isinstance(one, Unreadable) else self._meet(one, batch, said=said)
            if met is not None:
                refused.append((number, met))
        if said.messages:
            self._write_all(said, batch=batch, reactions=reactions)
        return refused

    def _meet(self, message: Message, batch: Batch, *, said: _Said) -> Unreadable | None:
        """Add a message to those that count, if it does, or return why it cannot be read."""
        told = message.date_sent if message.date_sent is not None else message.pub_date
        if told is None or not EARLIEST <= told < LATEST:
            return Unreadable(words.NO_DATE)
        if not 0 <= message.id < MOST_ID:
            return Unreadable(words.NO_ID)
        if not self._seen.add(message.id):
            batch.repeated += 1
            return None
        survey, sender = self._survey, message.sender
        place = survey.recipients.get(message.recipient)
        if place is None or not place.is_kept:
            self._leave_out(message.recipient, place)
            return None
        author = survey.users.get(sender) or survey.member(sender)
        second = int(told)
        author.has_acted = True
        author.first = min(author.first, second)
        said.messages.append(message)
        said.seconds.append(second)
        said.authors.append(author)
        said.places.append(place)
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

    def _write_all(
        self, said: _Said, *, batch: Batch, reactions: dict[int, list[Reaction]]
    ) -> None:
        import numpy as np

        keys = [str(one.id) for one in said.messages]
        roots = self._roots_of(said, keys)
        kinds = self._kinds_of(said, keys, roots=roots)
        threads = [None if root is None else root[0] for root in roots]
        parents, towards = self._all_answered(said, roots, kinds=kinds)
        facts = _facts_of(said, kinds)
        told = (kinds, (one.actor for one in said.authors), threads, parents, towards, facts)
        edited = (one.last_edit_time for one in said.messages)
        packed = [*map(_pack, zip(*told, edited, strict=True))]
        for at, more in self._turned(said, keys, reactions=reactions, batch=batch).items():
            packed[at] += more
        self._actors += [one.actor for one in self._survey.crowd.listed[len(self._actors) :]]
        lengths, asks, hashes, hosts = zip(*facts, strict=True)
        places = np.array([one.index for one in said.places], dtype=np.int32)
        authors = np.array([one.index for one in said.authors], dtype=np.int32)
        numbers = np.array([*map(_NUMBERS.__getitem__, kinds)], dtype=np.int32)
        batch.activities.add_columns(
            {
                "key": keys,
                "actor": Listed(self._actors, authors),
                "kind": Listed(_KINDS, numbers),
                "happened_at": np.array(said.seconds, dtype=np.int64),
                "place": Listed(self._places, places),
                "thread": threads,
                "in_reply_to": parents,
                "initiative": Listed(self._initiatives, places),
                "sequence": np.array([one.id for one in said.messages], dtype=np.int64),
                **{"length": lengths, "is_question": asks, "text_hash": hashes, "hosts": hosts},
                "visibility": Listed(self._visibilities, places),
                "towards": towards,
                "content": np.array([*map(digest63, packed)], dtype=np.int64),
            },
            record=Like("key"),
        )

    def _roots_of(self, said: _Said, keys: list[str]) -> list[_Root | None]:
        """Return the first message of each one's topic; None where a message stands in none."""
        found: list[_Root | None] = []
        for at, (message, place) in enumerate(zip(said.messages, said.places, strict=True)):
            root = place.roots.get(message.subject)
            if root is None:
                root = self._begun(message, place, key=keys[at], author=said.authors[at])
            found.append(root)
        return found

    def _begun(self, message: Message, place: Place, *, key: str, author: Member) -> _Root | None:
        """Begin a topic with its first message, unless it is known in other letters."""
        folded = message.subject.strip().casefold()
        if folded in _NO_TOPIC or message.sender in self._survey.system_bots:
            return None
        root = place.roots.setdefault(folded, (key, author))
        place.roots[message.subject] = root
        return root

    def _kinds_of(
        self, said: _Said, keys: list[str], *, roots: Sequence[_Root | None]
    ) -> list[Kind]:
        kinds = [
            _MESSAGE if root is None else _TOPIC if root[0] == key else _REPLY
            for root, key in zip(roots, keys, strict=True)
        ]
        bots = self._survey.system_bots
        for at in [at for at, one in enumerate(said.messages) if one.sender in bots]:
            kinds[at] = _ADMIN
        return kinds

    def _all_answered(
        self, said: _Said, roots: Sequence[_Root | None], *, kinds: list[Kind]
    ) -> tuple[list[str | None], list[str | None]]:
        """Return the key of what each reply answers, and whom, unless that is its own author."""
        parents: list[str | None] = [None] * len(kinds)
        towards: list[str | None] = [None] * len(kinds)
        for at, kind in enumerate(kinds):
            if kind is _REPLY and (root := roots[at]) is not None:
                text, author = said.messages[at].content, said.authors[at]
                parents[at], whom = self._quoted(text, root) if text and "/near/" in text else root
                towards[at] = None if whom is author else whom.actor
        return parents, towards

    def _turned(
        self,
        said: _Said,
        keys: list[str],
        *,
        reactions: dict[int, list[Reaction]],
        batch: Batch,
    ) -> dict[int, bytes]:
        """Take in mentions and reactions; return what they add to the content of messages."""
        more = {}
        for at, message in enumerate(said.messages):
            author, text = said.authors[at], message.content or ""
            mentioned = self._mentioned_in(text, author) if "@" in text else []
            who = self._who(reactions, message.id)
            if not mentioned and who is None:
                continue
            more[at] = _pack(_sorted(mentioned, who))
            key, second, place = keys[at], said.seconds[at], said.places[at]
            for one in mentioned:
                batch.ties.append(Tie(key, key, author.actor, one.actor, _MENTIONED, second))
            if who:
                target = (key, second, message.id, author)
                where = (place.place, place.initiative, place.visibility)
                self._reactions.add(Target(*target, *where), who, batch=batch)
        return more

    def _quoted(self, text: str, root: _Root) -> _Root:
        """Return what a reply quotes and by whom, if it does; else the root of its topic."""
        quoted = _ANSWERED.search(text)
        if quoted is None or int(quoted[1]) not in self._survey.users:
            return root
        return quoted[2], self._survey.users[int(quoted[1])]

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


def _facts_of(said: _Said, kinds: list[Kind]) -> list[Facts]:
    """Return what is kept of each text: nothing of what bots of Zulip's own say."""
    kept = kept_of_all([_unmarked(one.content or "") for one in said.messages])
    facts: list[Facts] = [*zip(kept.lengths, kept.asks, kept.hashes, kept.hosts, strict=True)]
    for at, kind in enumerate(kinds):
        if kind is _ADMIN or said.messages[at].content is None:
            facts[at] = _NOT_KEPT
    return facts


def _unmarked(text: str) -> str:
    """Return a text without mentions, its links as others write them."""
    if "@" in text:
        text = _ANY_MENTION.sub("", text)
    return from_markdown(text) if "](" in text else text


def _sorted(
    mentioned: list[Member] | None, who: dict[Member, str] | None
) -> tuple[list[str], list[tuple[str, str]]]:
    mentions = sorted(one.actor for one in mentioned or ())
    return mentions, sorted((one.actor, emoji) for one, emoji in (who or {}).items())
