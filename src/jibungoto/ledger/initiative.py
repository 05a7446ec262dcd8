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


@dataclass(frozen=True, slots=True)
class Initiative:
    """A channel, event, series or project; ``key`` is unique in the community.

    ``started_by`` is the starter's pseudonym; ``started_at`` UTC seconds. Both are None where the
    source does not tell. ``is_default`` marks places everybody is put into: never a start (BR9).
    """

    key: str
    kind: InitiativeKind
    name: str
    started_by: str | None = None
    started_at: int | None = None
    is_default: bool = False
    is_archived: bool = False
    tag: PlaceTag = PlaceTag.NONE
