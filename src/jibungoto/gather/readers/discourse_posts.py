"""Discourse's posts, one after the other, as activities and ties."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import msgspec

from jibungoto.gather.batch import Batch, Record, Sheet
from jibungoto.gather.events.tags import tell_tags
from jibungoto.gather.markdown import from_html, from_markdown
from jibungoto.gather.people.crowd import Crowd, Member
from jibungoto.gather.places import Numbers
from jibungoto.gather.readers import discourse_words as words
from jibungoto.gather.text import NO_TEXT, TextFacts, digest63, facts_of
from jibungoto.ledger.activity import Activity, Tie, TieKind, Visibility
from jibungoto.ledger.initiative import Initiative
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.words import Words

EARLIEST, LATEST = 1_009_843_200, 4_102_444_800
MOST_ID = 1 << 30
WHISPER = 4
_SMALL_ACTION = 3
_GONE = digest63(b"gone")
_QUOTE = re.compile(r"\[quote\b[^\]]*\].*?\[/quote\]", re.DOTALL | re.IGNORECASE)
_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]+`", re.DOTALL)
_MENTION = re.compile(r"(?<![\w/@.+-])@([\w][\w.\-]{0,59})")
_COOKED_MENTION = re.compile(r"<a\b[^>]*\bclass=[\"']mention[\"'][^>]*>@([^<]{1,60})</a>")
_pack = msgspec.msgpack.Encoder().encode

_FIELDS = (
    *("record", "key", "actor", "kind", "happened_at", "place", "thread", "in_reply_to"),
    *("initiative", "sequence", "length", "is_question", "text_hash", "hosts", "visibility"),
    *("towards", "content"),
)


class ReplyTo(msgspec.Struct, gc=False):
    """Whom a post answers, as far as its JSON says."""

    username: str | None = None


class Post(msgspec.Struct, gc=False, kw_only=True):
    """One post, as JSON gives it; of a backup's row the same fields are filled in."""

    id: int
    topic_id: int | None = None
    post_number: int
    user_id: int | None = None
    username: str | None = None
    name: str | None = None
    created_at: str
    post_type: int = 1
    reply_to_post_number: int | None = None
    reply_to_user: ReplyTo | None = None
    reply_to_user_id: int | None = None
    raw: str | None = None
    cooked: str | None = None
    version: int = 1
    deleted_at: str | None = None
    user_deleted: bool = False
    admin: bool = False
    moderator: bool = False
    category_id: int | None = None


class Topic(msgspec.Struct, frozen=True, gc=False):
    """Where posts stand: in which category, and by whom the first of them is, if that is known.

    ``tags`` are those of the topic, which its first post bears.
    """

    number: int
    category: int | None = None
    user_id: int | None = None
    is_direct: bool = False
    is_deleted: bool = False
    visibility: Visibility = Visibility.MEMBERS
    tags: tuple[str, ...] = ()


class Forum:
    """Who takes part in a forum, by number and by the name they sign in with."""

    def __init__(self, crowd: Crowd) -> None:
        self.crowd = crowd
        self.by_name: dict[str, Member] = {}
        self.named: dict[str, Initiative] = {}
        self.has_deletions = False
        self._numbers: dict[int, Member] = {}

    def member(self, number: int) -> Member:
        """Return who has this number."""
        found = self._numbers.get(number)
        if found is None:
            found = self._numbers[number] = self.crowd.of(str(number))
            found.is_bot = number < 0
        return found

    def signed_in(self, number: int, username: str) -> Member:
        """Return who has this number, and remember the name."""
        member = self.member(number)
        if username:
            member.display_name = member.display_name or username
            self.by_name.setdefault(username.casefold(), member)
        return member


class Posts:
    """Takes in posts in any order; each counts once."""

    def __init__(self, forum: Forum) -> None:
        self._forum = forum
        self._seen = Numbers()
        self._batch: Batch | None = None
        self._sheet: Sheet[Activity]

    def take(
        self, post: Post, topic: Topic, *, batch: Batch, who: dict[Member, int] | None = None
    ) -> Words | None:
        """Take in one post with whoever liked it and when, or return why it cannot be read."""
        second = seconds_of(post.created_at)
        if second is None:
            return words.NO_DATE
        if not (0 < topic.number < MOST_ID and 0 < post.post_number < MOST_ID):
            return words.NOT_A_ROW
        if not self._seen.add(topic.number << 32 | post.post_number):
            batch.repeated += 1
            return None
        key = f"{topic.number}/{post.post_number}"
        if post.deleted_at or post.user_deleted or topic.is_deleted:
            self._forum.has_deletions = True
            batch.records.append(Record(key, _GONE, second, is_tombstone=True))
            return None
        author = self._author_of(post)
        if author is not None:
            author.is_seen(second)
        self._write(post, topic, author=author, second=second, batch=batch, who=who)
        return None

    def _write(
        self,
        post: Post,
        topic: Topic,
        *,
        author: Member | None,
        second: int,
        batch: Batch,
        who: dict[Member, int] | None,
    ) -> None:
        key, thread = f"{topic.number}/{post.post_number}", f"{topic.number}/1"
        kind = _kind_of(post)
        parent, whom = self._answered(post, topic) if kind is Kind.REPLY else (None, None)
        actor = None if author is None else author.actor
        towards = None if whom is None or whom is author else whom.actor
        mentioned = self._mentioned_in(post, author) if kind is not Kind.ADMIN else []
        facts = _facts_of(post) if kind is not Kind.ADMIN else None
        likes = sorted((one.actor, at) for one, at in who.items()) if who else ()
        mentions = sorted(one.actor for one in mentioned)
        tags = topic.tags if kind is Kind.TOPIC else ()
        told = (kind, actor, parent, towards, facts, post.version, mentions, likes)
        packed = _pack((*told, tags) if tags else told)
        kept = facts or _NOT_KEPT
        place = str(topic.category) if topic.category is not None else None
        initiative = None if place is None else f"discourse:{place}"
        self._sheet_of(batch).put((
            key, key, actor, kind, second, place, thread, parent, initiative, post.post_number,
            kept.length, kept.is_question, kept.text_hash, kept.hosts, topic.visibility,
            towards, digest63(packed),
        ))  # fmt: skip
        tell_tags(batch, tags, record=key, tagged=key, at=second)
        if actor is None:
            return
        if kind is Kind.REPLY and whom is None:
            batch.ties.append(Tie(key, key, actor, None, TieKind.REPLY, second))
        for one in mentioned:
            batch.ties.append(Tie(key, key, actor, one.actor, TieKind.MENTION, second))
        if who:
            liked = Liked(key, second, author, place, initiative, topic.visibility)
            _like(liked, who, batch=batch)

    def _author_of(self, post: Post) -> Member | None:
        if post.user_id is None:
            return None
        author = self._forum.signed_in(post.user_id, post.username or "")
        author.name = author.name or post.name or post.username
        author.is_admin = author.is_admin or post.admin or post.moderator
        return author

    def _answered(self, post: Post, topic: Topic) -> tuple[str, Member | None]:
        """Return the key of what a reply answers, and whose that is, if the file says."""
        number = post.reply_to_post_number
        if number in (None, 1, post.post_number):
            whom = None if topic.user_id is None else self._forum.member(topic.user_id)
            return f"{topic.number}/1", whom
        whom = None
        if post.reply_to_user_id is not None:
            whom = self._forum.member(post.reply_to_user_id)
        elif post.reply_to_user is not None and post.reply_to_user.username:
            whom = self._forum.by_name.get(post.reply_to_user.username.casefold())
        return f"{topic.number}/{number}", whom

    def _mentioned_in(self, post: Post, author: Member | None) -> list[Member]:
        if post.raw is not None:
            told = _CODE.sub(" ", _QUOTE.sub(" ", post.raw)) if "@" in post.raw else ""
            names = _MENTION.findall(told)
        else:
            names = _COOKED_MENTION.findall(post.cooked or "")
        by_name = self._forum.by_name
        found = (by_name.get(name.casefold().rstrip(".-")) for name in names)
        return [one for one in dict.fromkeys(found) if one is not None and one is not author]

    def _sheet_of(self, batch: Batch) -> Sheet[Activity]:
        if batch is not self._batch:
            self._batch, self._sheet = batch, batch.activities.sheet(*_FIELDS)
        return self._sheet


class _NotKept(msgspec.Struct, frozen=True, gc=False):
    """Stands where there is no text to keep facts of."""

    length: None = None
    is_question: None = None
    text_hash: None = None
    hosts: None = None


_NOT_KEPT = _NotKept()


class Liked(msgspec.Struct, frozen=True, gc=False):
    """A post that was liked."""

    key: str
    second: int
    author: Member | None
    place: str | None
    initiative: str | None
    visibility: Visibility


def seconds_of(told: str | None) -> int | None:
    """Return a time in UTC seconds; Discourse writes UTC, with or without saying so."""
    try:
        at = datetime.fromisoformat(told or "")
    except ValueError:
        return None
    at = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
    try:
        second = int(at.timestamp())
    except (ValueError, OverflowError):
        return None
    return second if EARLIEST <= second < LATEST else None


def _like(liked: Liked, who: dict[Member, int], *, batch: Batch) -> None:
    """Write down likes, which Discourse dates; liking oneself is not possible there."""
    author = liked.author
    for member, at in who.items():
        if member is author:
            continue
        batch.activities.append(
            Activity(
                record=liked.key,
                key=f"{liked.key}/reaction/{member.actor}",
                actor=member.actor,
                kind=Kind.REACTION,
                happened_at=at,
                place=liked.place,
                in_reply_to=liked.key,
                initiative=liked.initiative,
                emoji="heart",
                visibility=liked.visibility,
                filed_at=liked.second,
                towards=None if author is None else author.actor,
            )
        )


def _kind_of(post: Post) -> Kind:
    if post.post_type == _SMALL_ACTION:
        return Kind.ADMIN
    return Kind.TOPIC if post.post_number == 1 else Kind.REPLY


def _facts_of(post: Post) -> TextFacts:
    if post.raw is not None:
        raw = _QUOTE.sub("\n", post.raw) if "[quote" in post.raw else post.raw
        return facts_of(from_markdown(raw))
    return facts_of(from_html(post.cooked)) if post.cooked else NO_TEXT
