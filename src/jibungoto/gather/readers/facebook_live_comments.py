"""Comments on a live video, as Facebook's Graph API gives them or as a table lists them."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

import msgspec

from jibungoto.gather.batch import Batch, Record
from jibungoto.gather.contents.table import Line
from jibungoto.gather.moments import moment_of
from jibungoto.gather.people.roll import Roll, clean
from jibungoto.gather.text import digest63, facts_of
from jibungoto.ledger.activity import Activity, Tie, TieKind, Visibility
from jibungoto.ledger.initiative import Initiative, Mode
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.words import Words

NAMES = ("from.name", "from_name", "from/name", "from", "facebookname", "facebook名")
TEXTS = ("message", "comment", "コメント")
TIMES = ("created_time", "createdtime", "commentedat", "日時", "コメント日時")
_IDS = ("id", "comment_id", "commentid")
_PEOPLE = ("from.id", "from_id", "from/id")
_PARENTS = ("parent.id", "parent_id", "parent/id")
_pack = msgspec.msgpack.Encoder().encode

NO_TIME = Words("コメントの日時が読み取れません。", "When it was written cannot be read.")
NO_AUTHOR = Words("書いた人が分かりません。", "It does not say who wrote it.")


class Author(msgspec.Struct, frozen=True):
    """Who wrote a comment; Facebook leaves it out where the reader may not know."""

    id: str = ""
    name: str = ""


class Parent(msgspec.Struct, frozen=True):
    """The comment that another one answers."""

    id: str = ""


class Comment(msgspec.Struct, frozen=True, rename={"author": "from"}):
    """One comment; ``comments`` are the answers to it."""

    created_time: str
    message: str = ""
    id: str = ""
    author: Author | None = None
    parent: Parent | None = None
    comments: _Page | None = None


class _Page(msgspec.Struct, frozen=True, rename={"listed": "data"}):
    listed: list[msgspec.Raw]


_decode_page = msgspec.json.Decoder(_Page | list[msgspec.Raw]).decode
_decode_comment = msgspec.json.Decoder(Comment).decode


def comments_in(content: bytes | bytearray) -> list[Comment | None] | None:
    """Return the comments of a page of the Graph API, None for a broken one, or None in all."""
    try:
        page = _decode_page(content)
    except (ValueError, RecursionError):
        return None
    found = list(_comments(page if isinstance(page, list) else page.listed, parent=""))
    return found if any(found) else None


def _comments(raws: list[msgspec.Raw], *, parent: str) -> Iterator[Comment | None]:
    for raw in raws:
        try:
            one = _decode_comment(raw)
        except (ValueError, RecursionError):
            yield None
            continue
        if parent and one.parent is None:
            one = msgspec.structs.replace(one, parent=Parent(parent))
        yield msgspec.structs.replace(one, comments=None)
        if one.comments is not None:
            yield from _comments(one.comments.listed, parent=parent or one.id)


def comment_of(line: Line) -> Comment:
    """Return the comment a table's line holds."""
    person = Author(line.get(*_PEOPLE), line.get(*NAMES))
    parent = line.get(*_PARENTS)
    return Comment(
        created_time=line.get(*TIMES),
        message=line.get(*TEXTS),
        id=line.get(*_IDS),
        author=person if person.id or person.name else None,
        parent=Parent(parent) if parent else None,
    )


class Comments:
    """Takes in the comments of a delivery; ``authors`` knows who wrote which."""

    def __init__(self, roll: Roll, zone: ZoneInfo) -> None:
        self._roll = roll
        self._zone = zone
        self._authors: dict[str, str] = {}
        self._answers: list[tuple[Activity, str]] = []

    def take(self, one: Comment, event: Initiative, *, batch: Batch) -> Words | None:
        """Take in one comment, or return why it cannot be read."""
        moment = moment_of(one.created_time, self._zone)
        if moment is None or not moment.has_time:
            return NO_TIME
        author = one.author or Author()
        if author.id:
            actor = self._roll.meet(f"id:{author.id}", name=author.name)
        elif clean(author.name):
            actor = self._roll.meet_by_name(clean(author.name))
        else:
            return NO_AUTHOR
        batch.read += 1
        key = _key_of(one, event, actor=actor, at=moment.seconds)
        if key in self._authors:
            batch.repeated += 1
            return None
        self._authors[key] = actor
        act = self._act(one, key, event=event, actor=actor, at=moment.seconds)
        facts = (act.kind, actor, act.thread, act.length, act.text_hash, act.hosts, event.key)
        batch.records.append(
            Record(key, digest63(_pack((*facts, act.is_question))), moment.seconds)
        )
        batch.activities.append(act)
        if act.in_reply_to is not None:
            self._answers.append((act, act.in_reply_to))
        return None

    def ties(self) -> Batch:
        """Return the ties of all answers to those they answer, once everybody is known."""
        batch = Batch()
        for answer, parent in self._answers:
            to = self._authors.get(parent)
            if to != answer.actor and answer.actor is not None:
                key, at = answer.key, answer.happened_at
                batch.ties.append(Tie(key, key, answer.actor, to, TieKind.REPLY, at))
        return batch

    def _act(self, one: Comment, key: str, *, event: Initiative, actor: str, at: int) -> Activity:
        root = _mark(one.parent.id) if one.parent is not None and one.parent.id else None
        facts = facts_of(one.message)
        return Activity(
            record=key,
            key=key,
            actor=actor,
            kind=Kind.MESSAGE if root is None else Kind.REPLY,
            happened_at=at,
            place=Mode.ONLINE.value,
            thread=root,
            in_reply_to=root,
            initiative=event.key,
            length=facts.length,
            is_question=facts.is_question,
            text_hash=facts.text_hash,
            hosts=facts.hosts,
            visibility=Visibility.PUBLIC,
        )


def _key_of(one: Comment, event: Initiative, *, actor: str, at: int) -> str:
    return _mark(one.id) if one.id else f"{event.key}/{actor}/{at}"


def _mark(comment: str) -> str:
    """Return a comment's id without what it holds: the id of a person's page may be part of it."""
    return f"{digest63(comment.encode('utf-8', 'replace')):016x}"
