"""A Discourse backup on its way in: who and where first, then every post."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import msgspec

from jibungoto.gather.batch import Batch, Record
from jibungoto.gather.contents.json_lists import Refusals
from jibungoto.gather.events.tags import tags_in
from jibungoto.gather.people.crowd import Member
from jibungoto.gather.places import tag_of
from jibungoto.gather.readers import discourse_words as words
from jibungoto.gather.readers.discourse_dump import Likes, Row, rows_in
from jibungoto.gather.readers.discourse_posts import (
    MOST_ID,
    WHISPER,
    Forum,
    Post,
    Posts,
    Topic,
    seconds_of,
)
from jibungoto.gather.shelves.complaints import spelled
from jibungoto.gather.shelves.entry import Entry, Limits
from jibungoto.gather.shelves.export import Export
from jibungoto.gather.shelves.gunzip import Inflated, is_gzip
from jibungoto.gather.text import digest63
from jibungoto.ledger.accounting import LeftOut
from jibungoto.ledger.activity import Activity, Visibility
from jibungoto.ledger.initiative import Initiative, InitiativeKind
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.problems import ExportProblem
from jibungoto.ledger.words import Words

_MOST_AT_ONCE = 5_000
_PEEK = 1 << 19
_LIKE = 2
_ABOUT: dict[str, frozenset[str]] = {
    "categories": frozenset({"id", "name", "user_id", "created_at", "read_restricted"}),
    "post_actions": frozenset(
        {"post_id", "user_id", "post_action_type_id", "deleted_at", "created_at"}
    ),
    "tags": frozenset({"id", "name"}),
    "topic_tags": frozenset({"topic_id", "tag_id"}),
    "topics": frozenset({"id", "user_id", "category_id", "archetype", "deleted_at"}),
    "user_emails": frozenset({"user_id", "email", "primary"}),
    "user_options": frozenset({"user_id", "timezone"}),
    "users": frozenset(
        {"id", "username", "name", "email", "created_at", "admin", "moderator", "active", "staged"}
    ),
}
_POSTS = {
    "posts": frozenset(
        {"id", "user_id", "topic_id", "post_number", "raw", "created_at", "post_type", "version"}
        | {"reply_to_post_number", "reply_to_user_id", "deleted_at", "user_deleted"}
    )
}


def looks_like_dump(export: Export, entry: Entry) -> bool:
    """Say whether a file, packed or not, begins as a dump of Discourse's database does."""
    try:
        with opened(export, entry) as stream:
            start = stream.read(_PEEK)
    except ExportProblem:
        return False
    return b"PostgreSQL database dump" in start[:4_096] and b"badge_groupings" in start


@contextmanager
def opened(export: Export, entry: Entry) -> Iterator[Inflated]:
    """Open a dump as a stream of its text."""
    is_packed = is_gzip(export.peek(entry, 2))
    with export.open(entry) as stream:
        if is_packed:
            yield Inflated(stream, Limits(), place=entry.path, packed=entry.size)
        else:
            yield stream  # type: ignore[misc]  # both are only read from


class Backup:
    """One dump: first one has a look at people and places, then everything is told."""

    def __init__(self, export: Export, entry: Entry, forum: Forum, chosen: frozenset[str]) -> None:
        self._export = export
        self._entry = entry
        self._forum = forum
        self._chosen = chosen
        self._topics: dict[int, Topic] = {}
        self._tags: dict[int, str] = {}
        self._tagged: dict[int, list[int]] = {}
        self._shut: dict[int, str] = {}
        self._chosen_shut: set[int] = set()
        self._likes = Likes()
        self._emails: dict[int, str] = {}
        self._joined: dict[int, int] = {}
        self._refused = Refusals(entry.path)
        self.began: int | None = None
        self.has_creators = False

    def look(self, batch: Batch) -> None:
        """Learn who and what there is; what cannot be read of it is refused."""
        readers: dict[str, Callable[[Row, Batch], bool]] = {
            "categories": self._take_category,
            "post_actions": self._take_action,
            "tags": self._take_tag,
            "topic_tags": self._take_tagging,
            "topics": self._take_topic,
            "user_emails": self._take_email,
            "user_options": self._take_options,
            "users": self._take_user,
        }
        for row in self._rows(_ABOUT, batch):
            if not readers[row.table](row, batch):
                self._refuse(row, words.NOT_A_ROW, batch=batch)
        self._likes.settle()
        for number, tags in self._tagged.items():
            if number in self._topics:
                names = tags_in(self._tags.get(tag) for tag in tags)
                self._topics[number] = msgspec.structs.replace(self._topics[number], tags=names)

    def told(self, batch: Batch) -> Iterator[Batch]:
        """Hand out categories with their starts, joins, and posts."""
        yield from self._joins(batch)
        yield from self._posts()

    def _rows(self, wanted: dict[str, frozenset[str]], batch: Batch) -> Iterator[Row]:
        """Yield rows until the dump ends; where it ends too early, that is refused."""
        try:
            with opened(self._export, self._entry) as stream:
                yield from rows_in(stream, wanted, place=self._entry.path)
        except ExportProblem as problem:
            if wanted is _POSTS:  # The first pass met the same.
                batch.read += 1
                self._refused.add(0, problem.what, batch=batch, is_whole=True)

    def _refuse(self, row: Row, reason: Words, *, batch: Batch) -> None:
        batch.read += 1
        self._refused.add(row.line, reason, batch=batch)

    def _take_category(self, row: Row, batch: Batch) -> bool:
        number, creator = row.number("id"), row.number("user_id")
        if number is None:
            return False
        name = row.text("name")
        is_chosen = not self._chosen.isdisjoint((str(number), name))
        if row.is_true("read_restricted") and not is_chosen:
            self._shut[number] = name
            return True
        if row.is_true("read_restricted"):
            self._chosen_shut.add(number)
        created = seconds_of(row.text("created_at"))
        starter = self._forum.member(creator) if creator is not None and creator > 0 else None
        batch.initiatives.append(
            Initiative(
                key=f"discourse:{number}",
                kind=InitiativeKind.CHANNEL,
                name=name,
                started_by=starter.actor if starter else None,
                started_at=created,
                tag=tag_of(name),
            )
        )
        if starter is not None and created is not None:
            self.has_creators = True
            _write(batch, f"category:{number}", member=starter, at=created, place=str(number))
        return True

    def _take_action(self, row: Row, _batch: Batch) -> bool:
        kind, post, by = (row.number(n) for n in ("post_action_type_id", "post_id", "user_id"))
        if kind is None or post is None or by is None:
            return False
        second = seconds_of(row.text("created_at"))
        if kind == _LIKE and second is not None and not row.text("deleted_at"):
            self._likes.add(post, self._forum.member(by).index, second=second)
        return True

    def _take_tag(self, row: Row, _batch: Batch) -> bool:
        number = row.number("id")
        if number is not None:
            self._tags[number] = row.text("name")
        return number is not None

    def _take_tagging(self, row: Row, _batch: Batch) -> bool:
        topic, tag = row.number("topic_id"), row.number("tag_id")
        if topic is not None and tag is not None:
            self._tagged.setdefault(topic, []).append(tag)
        return topic is not None and tag is not None

    def _take_topic(self, row: Row, _batch: Batch) -> bool:
        number = row.number("id")
        if number is None:
            return False
        self._topics[number] = Topic(
            number,
            row.number("category_id"),
            row.number("user_id"),
            is_direct=row.text("archetype") == "private_message",
            is_deleted=bool(row.text("deleted_at")),
            visibility=self._visibility_in(row.number("category_id")),
        )
        return True

    def _visibility_in(self, category: int | None) -> Visibility:
        return Visibility.PRIVATE if category in self._chosen_shut else Visibility.MEMBERS

    def _take_email(self, row: Row, _batch: Batch) -> bool:
        number = row.number("user_id")
        if number is not None and row.is_true("primary"):
            self._emails[number] = row.text("email")
        return number is not None

    def _take_options(self, row: Row, _batch: Batch) -> bool:
        number = row.number("user_id")
        if number is not None and row.text("timezone"):
            self._forum.member(number).zone = row.text("timezone")
        return number is not None

    def _take_user(self, row: Row, _batch: Batch) -> bool:
        number, username = row.number("id"), row.text("username")
        if number is None or not username:
            return False
        member = self._forum.signed_in(number, username)
        member.is_listed = True
        member.name = row.text("name") or username
        member.is_admin = row.is_true("admin") or row.is_true("moderator")
        joined = seconds_of(row.text("created_at"))
        is_real = number > 0 and not row.is_true("staged")
        if joined is not None and is_real:
            self._joined[number] = joined
            self.began = min(self.began or joined, joined)
        # Tables stand in the order of their names; until 2017 the address stood in this one.
        email = self._emails.get(number) or row.text("email") or None
        if is_real and row.is_true("active"):
            member.email = email
        else:
            member.typed_email = email
        return True

    def _joins(self, batch: Batch) -> Iterator[Batch]:
        for number, at in self._joined.items():
            member = self._forum.member(number)
            member.is_seen(at)
            _write(batch, f"user:{member.actor}", member=member, at=at)
            if len(batch.activities) >= _MOST_AT_ONCE:
                yield batch
                batch = Batch()
        yield batch

    def _posts(self) -> Iterator[Batch]:
        batch = Batch()
        taken = Posts(self._forum)
        left_out: dict[tuple[str, Words], int] = {}
        for row in self._rows(_POSTS, batch):
            post = _post_of(row)
            if post is None:
                self._refuse(row, words.NOT_A_ROW, batch=batch)
                continue
            batch.read += 1
            topic = self._topics.get(post.topic_id or 0)
            why = self._why_left_out(post, topic)
            if topic is None or why is not None:
                spot = why or (spelled(self._entry.path), words.NO_TOPIC)
                left_out[spot] = left_out.get(spot, 0) + 1
            elif (reason := taken.take(post, topic, batch=batch, who=self._who(post))) is not None:
                self._refused.add(row.line, reason, batch=batch)
            if batch.read >= _MOST_AT_ONCE:
                yield _closed(batch, left_out)
                batch = Batch()
        self._refused.close(batch)
        batch.entries += 1
        yield _closed(batch, left_out)

    def _why_left_out(self, post: Post, topic: Topic | None) -> tuple[str, Words] | None:
        if topic is None or topic.is_direct:
            return (spelled(self._entry.path), words.DIRECT) if topic else None
        if topic.category in self._shut:
            return self._shut[topic.category], words.PRIVATE
        is_whisper = post.post_type == WHISPER
        return (spelled(self._entry.path), words.WHISPER) if is_whisper else None

    def _who(self, post: Post) -> dict[Member, int]:
        listed = self._forum.crowd.listed
        return {listed[index]: at for index, at in self._likes.of(post.id)}


def _closed(batch: Batch, left_out: dict[tuple[str, Words], int]) -> Batch:
    """Name in a batch what was left out since the last one."""
    batch.left_out += [LeftOut(place, reason, n) for (place, reason), n in left_out.items()]
    left_out.clear()
    return batch


def _post_of(row: Row) -> Post | None:
    number, topic, at = (row.number(name) for name in ("id", "topic_id", "post_number"))
    if (
        number is None
        or topic is None
        or at is None
        or not row.cells
        or abs(number) >= MOST_ID << 20
    ):
        return None
    return Post(
        id=number,
        topic_id=topic,
        post_number=at,
        user_id=row.number("user_id"),
        created_at=row.text("created_at"),
        post_type=row.number("post_type") or 1,
        reply_to_post_number=row.number("reply_to_post_number"),
        reply_to_user_id=row.number("reply_to_user_id"),
        raw=row.text("raw"),
        version=row.number("version") or 1,
        deleted_at=row.text("deleted_at") or None,
        user_deleted=row.is_true("user_deleted"),
    )


def _write(batch: Batch, key: str, *, member: Member, at: int, place: str | None = None) -> None:
    """Write down that somebody came, or, with a place, began a category."""
    kind = Kind.JOIN if place is None else Kind.START
    content = digest63(f"{member.actor} {kind.value} {at}".encode())
    batch.records.append(Record(key, content, at, is_counted=False))
    batch.activities.append(
        Activity(
            record=key,
            key=key,
            actor=member.actor,
            kind=kind,
            happened_at=at,
            place=place,
            initiative=None if place is None else f"discourse:{place}",
        )
    )
