"""Activity and tie: what somebody did, and towards whom, from whichever tool."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from jibungoto.ledger.kinds import Kind


class AtPrecision(StrEnum):
    """Whether a source says when something happened, or only not before or not after when."""

    EXACT = "exact"
    NOT_BEFORE = "not_before"
    NOT_AFTER = "not_after"


class Visibility(StrEnum):
    """Who could see the place where it happened."""

    PUBLIC = "public"
    MEMBERS = "members"
    PRIVATE = "private"


class TieKind(StrEnum):
    """In which way one person turned to another."""

    REPLY = "reply"
    MENTION = "mention"
    REACTION = "reaction"


class Activity(msgspec.Struct, frozen=True, gc=False):
    """One thing one person did, as a reader hands it over.

    ``record`` is the key of the source's record it came from, ``key`` is unique within the source.
    ``happened_at`` is UTC in whole seconds since 1970; ``sequence`` orders acts within one second.
    ``actor`` is already a pseudonym: no outside id, name or address enters an activity.
    ``hosts`` are the hosts of its links, sorted and separated by one space. ``text_hash`` stands
    for the normalised text of 50 characters or more (domain.md 0, BR2); the text is not kept.
    ``filed_at`` is its record's, where that is not the time it happened.

    Three values spare a reader rows of other kinds. ``content`` is for an activity that is a record
    of its own (key and record are equal): the 63-bit digest of what the log keeps of it.
    ``towards`` is for a reply or a reaction: the actor it turns to, where that is known.
    ``mentioned`` are the actors it mentions, separated by one space. Without them a record and
    ties are handed over instead, or none where there are none.
    """

    record: str
    key: str
    actor: str | None
    kind: Kind
    happened_at: int
    at_precision: AtPrecision = AtPrecision.EXACT
    place: str | None = None
    thread: str | None = None
    in_reply_to: str | None = None
    initiative: str | None = None
    sequence: int = 0
    length: int | None = None
    is_question: bool | None = None
    text_hash: int | None = None
    hosts: str | None = None
    emoji: str | None = None
    url: str | None = None
    visibility: Visibility = Visibility.MEMBERS
    filed_at: int | None = None
    towards: str | None = None
    mentioned: str | None = None
    content: int | None = None


class Tie(msgspec.Struct, frozen=True, gc=False):
    """One person turning to another: a reply, a mention or a reaction.

    ``key`` is the key of the activity that made the tie. ``to_actor`` is None for a reply whose
    parent this export did not carry; the log then looks for the parent among other deliveries.
    ``from_actor`` is None where somebody was mentioned by one who may not be named.
    ``filed_at`` is its record's, where that is not the time it happened.
    """

    record: str
    key: str
    from_actor: str | None
    to_actor: str | None
    kind: TieKind
    happened_at: int
    filed_at: int | None = None
