"""The shapes of DiscordChatExporter's JSON, as far as they are read."""

from __future__ import annotations

import msgspec


class User(msgspec.Struct, gc=False):
    """Who wrote, reacted or was mentioned; ``nickname`` is their name on this server."""

    id: str
    name: str | None = None
    nickname: str | None = None
    isBot: bool = False


class Emoji(msgspec.Struct, gc=False):
    """An emoji; ``code`` is its name in letters, in newer versions."""

    name: str = ""
    code: str | None = None


class Reaction(msgspec.Struct, gc=False):
    """How many set an emoji, and, in newer versions, who."""

    emoji: Emoji
    users: list[User] | None = None


class Reference(msgspec.Struct, gc=False):
    """Which message a reply answers; none where that was deleted."""

    messageId: str | None = None


class Message(msgspec.Struct, gc=False):
    """A message or a notice, with its fields in the order in which they are written."""

    id: str
    type: str | int = "Default"
    timestampEdited: str | None = None
    content: str | None = None
    author: User | None = None
    reactions: list[Reaction] | None = None
    mentions: list[User] | None = None
    reference: Reference | None = None


class Guild(msgspec.Struct, gc=False):
    """The server; direct messages belong to none, which is written as server 0."""

    id: str
    name: str = ""


class Channel(msgspec.Struct, gc=False):
    """The channel or thread of a file; ``category`` is what it lies in, a thread's channel."""

    id: str
    type: str | int = ""
    categoryId: str | None = None
    category: str | None = None
    name: str = ""


class DateRange(msgspec.Struct, gc=False):
    """Which days were asked for."""

    after: str | None = None
    before: str | None = None


class Head(msgspec.Struct, gc=False):
    """What a file says of itself before its messages."""

    guild: Guild
    channel: Channel
    dateRange: DateRange | None = None
    exportedAt: str | None = None
