"""The community as it is being lived: people, places, and everything said so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from random import Random

from jibungoto.demo.people import Habit, Person, Sort
from jibungoto.demo.places import Place
from jibungoto.demo.rhythm import DAY, Rhythm


class Note(StrEnum):
    """What kind of record a post is, in Slack's own words."""

    MESSAGE = ""
    JOIN = "channel_join"
    LEAVE = "channel_leave"
    TOPIC = "channel_topic"
    PURPOSE = "channel_purpose"
    RENAME = "channel_name"
    ARCHIVE = "channel_archive"
    BOT = "bot_message"
    BROADCAST = "thread_broadcast"
    FILE = "file_share"
    TOMBSTONE = "tombstone"


@dataclass(slots=True, eq=False)
class Post:
    """One record of a channel; it grows by replies and reactions as days go by."""

    at: int
    place: Place
    author: Person
    text: str
    note: Note = Note.MESSAGE
    thread: Post | None = None
    replies: list[Post] = field(default_factory=list)
    cheers: dict[str, list[str]] = field(default_factory=dict)
    edited: bool = False
    ts: str = ""

    @property
    def cheered_by(self) -> set[str]:
        """Ids of everybody who reacted."""
        return {person for people in self.cheers.values() for person in people}


class Town:
    """Everything said, by channel; refuses what a person or a place could not have seen."""

    def __init__(self, rng: Random, rhythm: Rhythm) -> None:
        """An empty town over a span of time."""
        self.rng = rng
        self.rhythm = rhythm
        self.people: list[Person] = []
        self.places: dict[str, Place] = {}
        self.posts: list[Post] = []
        self.roots: dict[str, list[Post]] = {}
        self.seated: set[tuple[str, str]] = set()
        self.hushed: dict[str, int] = {}

    def answerers(self, at: int, *, settled: int = 0) -> list[Person]:
        """Members who help and have been there for ``settled`` seconds at a time."""
        return [
            person
            for person in self.people
            if person.habit is Habit.HELPS
            and person.sort is Sort.MEMBER
            and person.joined_at + settled <= at <= person.until
        ]

    def staff(self, at: int) -> list[Person]:
        """People of the host company who are there at a time."""
        return [one for one in self.people if one.sort is Sort.STAFF and one.there(at)]

    def hush(self, place: Place, *, after: int) -> None:
        """From now on nothing is written in a place later than a second."""
        self.hushed[place.id] = after

    def _possible(self, author: Person, *, place: Place, at: int) -> bool:
        silent_from = self.hushed.get(place.id, self.rhythm.end)
        return place.opened_at <= at <= min(silent_from, self.rhythm.end) and author.there(at)

    def record(
        self, author: Person, text: str, *, place: Place, at: int, note: Note
    ) -> Post | None:
        """Write a record of any kind; None where it could not have happened."""
        if not self._possible(author, place=place, at=at):
            return None
        post = Post(at=at, place=place, author=author, text=text, note=note)
        self.posts.append(post)
        return post

    def enter(self, author: Person, *, place: Place, at: int) -> None:
        """Join a place once; nothing happens the second time."""
        if (author.id, place.id) in self.seated:
            return
        line = f"<@{author.id}> has joined the channel"
        if self.record(author, line, place=place, at=at, note=Note.JOIN):
            self.seated.add((author.id, place.id))

    def say(self, author: Person, text: str, *, place: Place, at: int) -> Post | None:
        """Write a message; who never was in the place joins it on the way."""
        if not self._possible(author, place=place, at=at):
            return None
        before = max(place.opened_at, author.joined_at, at - self.rng.randrange(40, 900))
        self.enter(author, place=place, at=before)
        post = self.record(author, text, place=place, at=at, note=Note.MESSAGE)
        if post is not None:
            self.roots.setdefault(place.name, []).append(post)
        return post

    def reply(self, author: Person, text: str, *, to: Post, at: int) -> Post | None:
        """Write a reply in a thread."""
        if at <= to.at or not self._possible(author, place=to.place, at=at):
            return None
        before = max(to.at, author.joined_at, at - self.rng.randrange(40, 900))
        self.enter(author, place=to.place, at=before)
        post = self.record(author, text, place=to.place, at=at, note=Note.MESSAGE)
        if post is not None:
            post.thread = to
            to.replies.append(post)
            to.replies.sort(key=lambda one: one.at)
        return post

    def cheer(self, author: Person, *, to: Post, name: str) -> None:
        """React to a post, once per person and emoji, while one is there and knows it."""
        if author.there(to.at) and author.id != to.author.id:
            people = to.cheers.setdefault(name, [])
            if author.id not in people:
                people.append(author.id)

    def recent_roots(self, at: int, *, days: float, names: tuple[str, ...]) -> list[Post]:
        """Messages opened in the places of the given names in the last days before a time."""
        since = at - int(days * DAY)
        found: list[Post] = []
        for name in names:
            found += [post for post in self.roots.get(name, ()) if since <= post.at < at]
        return found
