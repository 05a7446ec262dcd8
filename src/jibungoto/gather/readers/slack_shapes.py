"""The shapes of Slack's JSON, as far as they are read: messages, channels and users."""

from __future__ import annotations

import msgspec


class Reaction(msgspec.Struct, gc=False):
    """One emoji on a message and who set it (Slack may name fewer persons than it counts)."""

    name: str
    users: list[str]
    count: object = None


class Edited(msgspec.Struct, gc=False):
    """When a message was last edited."""

    ts: str = ""


class Author(msgspec.Struct, gc=False):
    """The few words of somebody else's record that are needed: who wrote it."""

    user: str | None = None
    bot_id: str | None = None
    comment: str = ""


class Profile(msgspec.Struct, gc=False):
    """Names a message or a list of users carries of a person."""

    name: str | None = None
    real_name: str | None = None
    display_name: str | None = None
    email: str | None = None
    bot_id: str | None = None
    is_restricted: bool | None = None
    is_ultra_restricted: bool | None = None
    pronunciation: object = None
    fields: msgspec.Raw = msgspec.Raw()


class ProfileField(msgspec.Struct, gc=False):
    """A field that a workspace adds to its profiles, as somebody filled it in."""

    value: object = None


class BotProfile(msgspec.Struct, gc=False):
    """The name of the app behind a bot's message."""

    name: str | None = None


class Message(msgspec.Struct, gc=False, kw_only=True):
    """One record of a channel: a message, or something that happened there.

    The fields stand in the order in which Slack writes them, which is how they are found fastest.
    """

    subtype: str | None = None
    user: str | None = None
    ts: str | float
    bot_id: str | None = None
    text: str | None = None
    bot_profile: BotProfile | None = None
    username: str | None = None
    user_name: str | None = None
    user_team: str | None = None
    user_profile: msgspec.Raw = msgspec.Raw()
    edited: Edited | None = None
    thread_ts: str | float | None = None
    reply_count: object = None
    latest_reply: object = None
    reply_users: object = None
    parent_user_id: str | None = None
    root: Author | None = None
    comment: Author | None = None
    reactions: list[Reaction] | None = None
    deleted_ts: str | float | None = None
    name: str | None = None
    is_hidden_by_limit: int | bool | None = None
    message: Message | None = None
    room: object = None


class PlainMessage(msgspec.Struct, gc=False, kw_only=True):
    """A record as far as it is needed if it is a message and nothing but that.

    What is no such message does not have this shape. It keeps no view of the file's bytes, so
    that their memory is used again for the next file.
    """

    subtype: None = None
    text: str = ""
    user: str
    ts: str
    edited: Edited | None = None
    thread_ts: str | None = None
    reply_count: object = None
    latest_reply: object = None
    reply_users: object = None
    parent_user_id: str | None = None
    root: Author | None = None
    comment: None = None
    reactions: list[Reaction] | None = None
    is_hidden_by_limit: None = None


def root_author_in(message: Message | PlainMessage) -> str | None:
    """Return whom a reply names as the author of its root."""
    told = message.parent_user_id
    if not told and message.root is not None:
        told = message.root.user or message.root.bot_id
    return told


class Channel(msgspec.Struct, gc=False):
    """One entry of channels.json, groups.json, mpims.json or dms.json."""

    id: str
    name: str = ""
    created: str | int | float | None = None
    creator: str | None = None
    is_archived: bool = False
    is_general: bool = False
    is_im: object = False
    is_mpim: object = False
    is_group: object = False
    is_private: object = False


class User(msgspec.Struct, gc=False):
    """One entry of users.json or org_users.json."""

    id: str
    name: str | None = None
    real_name: str | None = None
    team_id: str | None = None
    tz: str | None = None
    deleted: bool | None = None
    is_admin: bool | None = None
    is_owner: bool | None = None
    is_bot: bool | None = None
    is_restricted: bool | None = None
    is_ultra_restricted: bool | None = None
    is_stranger: bool | None = None
    profile: Profile | None = None


class SummaryChannel(msgspec.Struct, gc=False):
    """One channel of a dump's summary file."""

    id: str
    name: str = ""
    file: str = ""
    is_im: object = False
    is_mpim: object = False
    is_group: object = False
    is_private: object = False


class Summary(msgspec.Struct, gc=False):
    """The summary file of a conversation-history dump: which file is which channel."""

    channels: list[SummaryChannel]
    period: object = None

    @property
    def end(self) -> object:
        """What the dump declares to be the end of what it holds, if it does."""
        return self.period.get("end") if isinstance(self.period, dict) else None
