"""Discourse: topics and posts as JSON, and the backup an administrator downloads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import msgspec

from jibungoto.gather.batch import Batch
from jibungoto.gather.contents.beside import put_beside
from jibungoto.gather.contents.json_lists import JsonLists, Refusals, Unreadable
from jibungoto.gather.events.tags import tags_in
from jibungoto.gather.people.crowd import Crowd
from jibungoto.gather.places import tag_of
from jibungoto.gather.reader import Choices, Conceal, Reading
from jibungoto.gather.readers import discourse_words as words
from jibungoto.gather.readers.discourse_backup import Backup, looks_like_dump
from jibungoto.gather.readers.discourse_posts import WHISPER, Forum, Post, Posts, Topic
from jibungoto.gather.shelves.complaints import spelled
from jibungoto.gather.shelves.entry import Entry
from jibungoto.gather.shelves.export import Export
from jibungoto.ledger.accounting import LeftOut
from jibungoto.ledger.activity import Visibility
from jibungoto.ledger.initiative import Initiative, InitiativeKind
from jibungoto.ledger.problems import ExportProblem
from jibungoto.ledger.source import SOURCE_NAMES, CanTell, SourceKind
from jibungoto.ledger.words import Words

_PEEK = 1 << 12
_MOST_PEEKED = 24
_MOST_AT_ONCE = 5_000
_TOPIC = re.compile(rb'\A(?:\xef\xbb\xbf)?\s*\{\s*"post_stream"\s*:\s*\{')
_LATEST = re.compile(rb'\A(?:\xef\xbb\xbf)?\s*\{\s*"latest_posts"\s*:\s*\[')
_CATEGORIES = re.compile(rb'\A(?:\xef\xbb\xbf)?\s*\{\s*"category_list"\s*:\s*\{')
_PRIVATE = re.compile(rb'\A(?:\xef\xbb\xbf)?\s*\{\s*"private_posts"\s*:\s*\[')
_DUMP = re.compile(r"\.sql(?:\.gz)?$", re.IGNORECASE)

IN_TOPIC = JsonLists(Post, "post_stream", "posts")
LATEST = JsonLists(Post, "latest_posts")


class Category(msgspec.Struct, gc=False):
    """A category in the list of categories."""

    id: int
    name: str = ""
    read_restricted: bool = False


class TopicFile(msgspec.Struct, gc=False):
    """What a topic's file says of the topic."""

    id: int
    user_id: int | None = None
    category_id: int | None = None
    archetype: str | None = None
    deleted_at: str | None = None
    tags: msgspec.Raw = msgspec.Raw()


@dataclass(slots=True)
class Survey:
    """Which file is what."""

    dumps: list[Entry] = field(default_factory=list)
    topics: list[Entry] = field(default_factory=list)
    latest: list[Entry] = field(default_factory=list)
    categories: dict[int, Category] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    entries: int = 0


class DiscourseReader:
    """Reads ``/t/<id>.json``, ``/posts.json``, ``/categories.json`` and the backup's dump.

    Known from the code of Discourse, its own notes on the table of posts, and others that read its
    JSON (no real file was at hand, nor a dump with rows in it); a dump
    is a ``dump.sql.gz`` inside a tar file, or a ``.sql.gz`` alone. JSON counts likes without
    naming anybody and knows no joins; the backup has both, dated. Personal messages and whispers
    never come in; categories with restricted reading only where chosen.

    ================================ ======================================================
    record                           kind
    ================================ ======================================================
    first post of a topic            topic; a tag for each of the topic's tags, nobody's act
    other post                       reply, to the post it answers, else to the topic's first
    topic closed, moved, split ...   admin
    like (backup)                    reaction, exact
    account (backup)                 join, exact
    category with its creator        start
    deleted post                     taken back
    ================================ ======================================================
    """

    source = SourceKind("discourse", SOURCE_NAMES["discourse"])

    def recognises(self, export: Export) -> bool:
        """Say from the content whether there is a topic, a list of posts or a dump."""
        peeked = 0
        for entry in export.entries:
            if peeked >= _MOST_PEEKED:
                return False
            if _DUMP.search(entry.path):
                peeked += 1
                if looks_like_dump(export, entry):
                    return True
            elif entry.path.lower().endswith(".json"):
                peeked += 1
                start = _start_of(export, entry)
                if _TOPIC.match(start) or _LATEST.match(start):
                    return True
        return len(export.entries) == 1 and looks_like_dump(export, export.entries[0])

    def read(
        self, export: Export, *, conceal: Conceal, choices: Choices, reading: Reading
    ) -> Iterator[Batch]:
        """Hand out the dump, or topics and then what is only in lists of posts."""
        survey = _survey_of(export)
        forum = Forum(Crowd(conceal))
        refused = list(export.refused)
        backups = [Backup(export, one, forum, choices.private_places) for one in survey.dumps[:1]]
        opening = Batch(
            read=len(survey.left_out) + sum(one.records for one in refused),
            entries=survey.entries,
            left_out=survey.left_out,
            refusals=refused,
        )
        put_beside(opening, survey.outside)
        for backup in backups:
            backup.look(opening)
        reading.zones = forum.crowd.zones()
        for backup in backups:
            yield from backup.told(opening)
        if not backups:
            yield opening
            yield from _Pages(export, survey, forum, choices.private_places).told()
        yield Batch(handles=forum.crowd.handles())
        reading.can_tell = _can_tell(forum, backups[0] if backups else None)


class _Pages:
    """Topics and lists of posts, as a browser or a program fetched them."""

    def __init__(
        self, export: Export, survey: Survey, forum: Forum, chosen: frozenset[str]
    ) -> None:
        self._export = export
        self._survey = survey
        self._forum = forum
        self._chosen = chosen
        self._posts = Posts(forum)
        self._topics: dict[int, Topic] = {}
        self._left_out: dict[tuple[str, Words], int] = {}

    def told(self) -> Iterator[Batch]:
        """Hand out all posts, then the categories they stand in."""
        batch = Batch()
        pages = [(one, IN_TOPIC) for one in self._survey.topics]
        pages += [(one, LATEST) for one in self._survey.latest]
        for entry, lists in pages:
            refused = Refusals(entry.path)
            topic = self._topic_of(entry) if lists is IN_TOPIC else None
            is_lost = lists is IN_TOPIC and topic is None
            for number, one in enumerate(lists.records_in(self._export, entry), 1):
                batch.read += 1
                if isinstance(one, Unreadable):
                    refused.add(number, one.reason, batch=batch, is_whole=one.is_whole)
                elif is_lost:
                    self._leave_out((spelled(entry.path), words.NO_TOPIC))
                elif (reason := self._take(one, topic, entry=entry, batch=batch)) is not None:
                    refused.add(number, reason, batch=batch)
            refused.close(batch)
            batch.entries += 1
            if batch.read >= _MOST_AT_ONCE:
                yield self._closed(batch)
                batch = Batch()
        batch.initiatives += self._forum.named.values()
        yield self._closed(batch)

    def _take(self, post: Post, topic: Topic | None, *, entry: Entry, batch: Batch) -> Words | None:
        topic = topic or self._topics.get(post.topic_id or 0)
        if topic is None:
            seen = self._visibility_in(post.category_id)
            topic = Topic(post.topic_id or 0, post.category_id, visibility=seen)
        why = self._why_left_out(post, topic, path=spelled(entry.path))
        if why is not None:
            self._leave_out(why)
            return None
        if topic.category is not None:
            self._name(topic.category)
        return self._posts.take(post, topic, batch=batch)

    def _leave_out(self, why: tuple[str, Words]) -> None:
        self._left_out[why] = self._left_out.get(why, 0) + 1

    def _why_left_out(self, post: Post, topic: Topic, *, path: str) -> tuple[str, Words] | None:
        if topic.is_direct:
            return path, words.DIRECT
        category = self._survey.categories.get(topic.category or 0)
        if category is not None and category.read_restricted and not self._is_chosen(category):
            return spelled(category.name), words.PRIVATE
        return (path, words.WHISPER) if post.post_type == WHISPER else None

    def _is_chosen(self, category: Category) -> bool:
        return not self._chosen.isdisjoint((str(category.id), category.name))

    def _visibility_in(self, category: int | None) -> Visibility:
        known = self._survey.categories.get(category or 0)
        is_shut = known is not None and known.read_restricted
        return Visibility.PRIVATE if is_shut else Visibility.MEMBERS

    def _topic_of(self, entry: Entry) -> Topic | None:
        try:
            told = msgspec.json.decode(self._export.read(entry), type=TopicFile)
        except (ValueError, RecursionError, ExportProblem):
            return None
        if told.archetype is None:
            return None  # It may be a personal message.
        topic = Topic(
            told.id,
            told.category_id,
            told.user_id,
            is_direct=told.archetype == "private_message",
            is_deleted=bool(told.deleted_at),
            visibility=self._visibility_in(told.category_id),
            tags=_tags_of(told.tags),
        )
        self._topics[told.id] = topic
        return topic

    def _name(self, number: int) -> None:
        key = f"discourse:{number}"
        if key not in self._forum.named:
            category = self._survey.categories.get(number)
            name = category.name if category else ""
            self._forum.named[key] = Initiative(
                key=key,
                kind=InitiativeKind.CHANNEL,
                name=name or str(number),
                tag=tag_of(name),
            )

    def _closed(self, batch: Batch) -> Batch:
        batch.left_out += [LeftOut(where, why, n) for (where, why), n in self._left_out.items()]
        self._left_out.clear()
        return batch


def _start_of(export: Export, entry: Entry) -> bytes:
    try:
        return export.peek(entry, _PEEK)
    except ExportProblem:
        return b""


def _survey_of(export: Export) -> Survey:
    survey = Survey()
    for entry in sorted(export.entries, key=lambda entry: entry.path):
        is_only = len(export.entries) == 1
        if (_DUMP.search(entry.path) or is_only) and looks_like_dump(export, entry):
            survey.dumps.append(entry)
        elif entry.path.lower().endswith(".json") or is_only:
            _sort_json(survey, export, entry=entry)
        else:
            survey.entries += 1
            survey.outside.append(entry.path)
    if survey.dumps:
        spare = [*survey.dumps[1:], *survey.topics, *survey.latest]
        survey.entries += len(spare)
        survey.left_out += [LeftOut(spelled(one.path), words.NOT_POSTS) for one in spare]
    return survey


def _sort_json(survey: Survey, export: Export, *, entry: Entry) -> None:
    start = _start_of(export, entry)
    if _TOPIC.match(start):
        survey.topics.append(entry)
    elif _LATEST.match(start):
        survey.latest.append(entry)
    else:
        survey.entries += 1
        if _CATEGORIES.match(start) and _read_categories(survey, export, entry=entry):
            return
        reason = words.DIRECT if _PRIVATE.match(start) else words.NOT_POSTS
        survey.left_out.append(LeftOut(spelled(entry.path), reason))


def _read_categories(survey: Survey, export: Export, *, entry: Entry) -> bool:
    found = JsonLists(Category, "category_list", "categories").records_in(export, entry)
    known = [one for one in found if not isinstance(one, Unreadable)]
    survey.categories.update((one.id, one) for one in known)
    return bool(known)


def _tags_of(raw: msgspec.Raw) -> tuple[str, ...]:
    """Return a topic's tags, which are names or, of late, objects with one."""
    try:
        told = msgspec.json.decode(raw, type=list[str | dict[str, object]]) if raw else []
    except (ValueError, RecursionError):
        return ()
    return tags_in(one if isinstance(one, str) else one.get("name") for one in told)


def _can_tell(forum: Forum, backup: Backup | None) -> CanTell:
    is_backup = backup is not None
    began = backup.began if backup is not None else None
    since: date | None = datetime.fromtimestamp(began, UTC).date() if began else None
    return CanTell(
        replies=True,
        threads=True,
        reactions=is_backup,
        mentions=True,
        joins=is_backup,
        creators=backup is not None and backup.has_creators,
        bots=False,
        deletions=is_backup or forum.has_deletions,
        emails=any(member.email for member in forum.crowd.listed),
        zones=any(member.zone for member in forum.crowd.listed),
        complete_since=since,
    )
