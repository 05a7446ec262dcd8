"""Initiative: what people start, and what an export tells of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class InitiativeKind(StrEnum):
    """What can be started; a thread is a thread, not an initiative (domain.md 0, Names)."""

    CHANNEL = "channel"
    EVENT = "event"
    SERIES = "series"
    PROJECT = "project"
    TRANSLATION = "translation"
    CHAPTER = "chapter"
    CONTEST = "contest"


class PlaceTag(StrEnum):
    """What a place is for, where that changes how acts in it count (domain.md 0, BR10)."""

    NONE = "none"
    INTRO = "intro"
    ANNOUNCE = "announce"


class Mode(StrEnum):
    """How people take part in an event: there, from afar, or in both ways."""

    VENUE = "venue"
    ONLINE = "online"
    HYBRID = "hybrid"


@dataclass(frozen=True, slots=True)
class HeadCounts:
    """How many people a source reports for an event without naming them; None: it does not say."""

    registered: int | None = None
    waiting: int | None = None
    attended: int | None = None
    viewers: int | None = None


@dataclass(frozen=True, slots=True)
class Initiative:
    """A channel, event, series or project; ``key`` is unique in the community.

    ``started_by`` is the starter's pseudonym; ``started_at`` UTC seconds. Both are None where the
    source does not tell. ``is_default`` marks places everybody is put into: never a start (BR9).
    The rest is an event's: ``starts_at`` and ``ends_at`` in UTC seconds, ``series`` the key of the
    series it belongs to, ``counts`` what is reported of people it does not name, ``capacity`` how
    many may take part, in all ways together, ``hashtag`` the tag it asks people to use, in
    small letters and without #.
    """

    key: str
    kind: InitiativeKind
    name: str
    started_by: str | None = None
    started_at: int | None = None
    is_default: bool = False
    is_archived: bool = False
    tag: PlaceTag = PlaceTag.NONE
    mode: Mode | None = None
    starts_at: int | None = None
    ends_at: int | None = None
    edition: int | None = None
    series: str | None = None
    is_cancelled: bool = False
    counts: HeadCounts = HeadCounts()
    capacity: int | None = None
    hashtag: str | None = None
