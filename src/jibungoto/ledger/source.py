"""What a source can tell, so that what it cannot tell is never counted as nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jibungoto.ledger.words import Words


@dataclass(frozen=True, slots=True)
class CanTell:
    """What the records of one source carry (domain.md 0, BR1).

    ``complete_since`` is the day from which the source holds everything, or None where the export
    does not say. A measure whose input no source can tell is NULL with that reason, never 0.
    """

    replies: bool = False
    threads: bool = False
    reactions: bool = False
    mentions: bool = False
    joins: bool = False
    creators: bool = False
    bots: bool = False
    deletions: bool = False
    emails: bool = False
    zones: bool = False
    complete_since: date | None = None


SOURCE_NAMES: dict[str, Words] = {
    "slack": Words("Slack", "Slack"),
    "discord": Words("Discord", "Discord"),
    "discourse": Words("Discourse", "Discourse"),
    "zulip": Words("Zulip", "Zulip"),
    "line": Words("LINE オープンチャット", "LINE OpenChat"),
    "mbox": Words("メーリングリスト", "Mailing list"),
    "connpass": Words("connpass", "connpass"),
    "doorkeeper": Words("Doorkeeper", "Doorkeeper"),
    "peatix": Words("Peatix", "Peatix"),
    "meetup": Words("Meetup", "Meetup"),
    "luma": Words("Luma", "Luma"),
    "zoom": Words("Zoom", "Zoom"),
    "streamyard": Words("StreamYard", "StreamYard"),
    "youtube": Words("YouTube ライブ", "YouTube Live"),
    "facebook_live": Words("Facebook ライブ", "Facebook Live"),
    "headcount": Words("人数の記録", "Head counts"),
    "git": Words("Git", "Git"),
    "github": Words("GitHub", "GitHub"),
    "feed": Words("ブログ(RSS・Atom)", "Blogs (RSS, Atom)"),
    "csv": Words("表(CSV・Excel)", "Table (CSV, Excel)"),
}
"""The names of sources as pages say them, by their key in the log."""


class Subject(StrEnum):
    """What a source is about: what people say, where they meet, or what they make."""

    CONVERSATION = "conversation"
    EVENTS = "events"
    WORKS = "works"


_TALK, _MEET, _MAKE = Subject.CONVERSATION, Subject.EVENTS, Subject.WORKS

SOURCE_SUBJECTS: dict[str, frozenset[Subject]] = {
    **dict.fromkeys(("slack", "discord", "discourse", "zulip", "line", "mbox"), frozenset({_TALK})),
    **dict.fromkeys(
        ("connpass", "doorkeeper", "peatix", "meetup", "luma", "zoom", "streamyard", "headcount"),
        frozenset({_MEET}),
    ),
    **dict.fromkeys(("youtube", "facebook_live"), frozenset({_TALK, _MEET})),
    **dict.fromkeys(("git", "feed"), frozenset({_MAKE})),
    "github": frozenset({_TALK, _MAKE}),
    "csv": frozenset(Subject),
}
"""What each source can hold; one cannot be a partial source of what it could never hold."""

SELDOM = 45
EXPECTED_DAYS: dict[str, int] = {
    source: 0 if subjects == {_TALK} or source == "github" else SELDOM
    for source, subjects in SOURCE_SUBJECTS.items()
}
"""How many days may pass at the end of a source without anything in it before it is stale.

A conversation goes on every day; events, articles and commits come when they come.
"""


def subjects_of(key: str) -> frozenset[Subject]:
    """Return what a source is about; one that nobody knows may be about anything."""
    return SOURCE_SUBJECTS.get(key, frozenset(Subject))


def sources_about(subject: Subject) -> frozenset[str]:
    """Return the sources that can hold something of a subject."""
    return frozenset(key for key, subjects in SOURCE_SUBJECTS.items() if subject in subjects)


def expected_days(key: str) -> int:
    """Return how many quiet days a source may end with before it is stale."""
    return EXPECTED_DAYS.get(key, 0)


def source_name(key: str) -> Words:
    """Return the name of a source; one nobody has named is called by its key."""
    return SOURCE_NAMES.get(key, Words(key, key))


@dataclass(frozen=True, slots=True)
class SourceKind:
    """One kind of source: its key in the log and its name on pages."""

    key: str
    name: Words
