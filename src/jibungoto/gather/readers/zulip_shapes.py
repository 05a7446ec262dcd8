"""The shapes of Zulip's exported tables, as far as they are read."""

from __future__ import annotations

import msgspec

NOTHING = msgspec.Raw(b"[]")


class Tables(msgspec.Struct, gc=False):
    """realm.json: one list of rows for each table, decoded one by one."""

    zerver_realm: msgspec.Raw = NOTHING
    zerver_userprofile: msgspec.Raw = NOTHING
    zerver_userprofile_mirrordummy: msgspec.Raw = NOTHING
    zerver_userprofile_crossrealm: msgspec.Raw = NOTHING
    zerver_stream: msgspec.Raw = NOTHING
    zerver_recipient: msgspec.Raw = NOTHING
    zerver_defaultstream: msgspec.Raw = NOTHING
    zerver_subscription: msgspec.Raw = NOTHING
    zerver_realmauditlog: msgspec.Raw = NOTHING
    zerver_reaction: msgspec.Raw = NOTHING


class Realm(msgspec.Struct, gc=False):
    """The organization."""

    date_created: float | None = None
    message_retention_days: int | None = None


class User(msgspec.Struct, gc=False):
    """An account; ``delivery_email`` is its own address, ``email`` was that before Zulip 2.1."""

    id: int
    full_name: str | None = None
    email: str | None = None
    delivery_email: str | None = None
    is_bot: bool = False
    is_active: bool = True
    is_realm_admin: bool = False
    is_guest: bool = False
    role: int | None = None
    date_joined: float | None = None
    timezone: str | None = None


class Stream(msgspec.Struct, gc=False):
    """A channel, which Zulip's tables call a stream."""

    id: int
    name: str
    invite_only: bool | None = False
    is_web_public: bool | None = False
    deactivated: bool | None = False
    date_created: float | None = None
    creator: int | None = None


class Recipient(msgspec.Struct, gc=False):
    """Where a message goes: 1 to a person, 2 to a channel, 3 to several persons."""

    id: int
    type: int
    type_id: int


class DefaultStream(msgspec.Struct, gc=False):
    """A channel into which everybody is put."""

    stream: int


class Subscription(msgspec.Struct, gc=False):
    """That somebody is in a channel, without saying since when."""

    user_profile: int
    recipient: int
    active: bool = True


class AuditRow(msgspec.Struct, gc=False):
    """One line of the audit log: among much else, who joined and left which channel when."""

    id: int
    event_type: int
    event_time: float
    acting_user: int | None = None
    modified_user: int | None = None
    modified_stream: int | None = None
    backfilled: bool = False


class Reaction(msgspec.Struct, gc=False):
    """Who set which emoji on which message; Zulip exports no date for it."""

    user_profile: int
    message: int
    emoji_name: str


class Message(msgspec.Struct, gc=False):
    """A message; ``pub_date`` is what ``date_sent`` was called before Zulip 2.0."""

    id: int
    sender: int
    recipient: int
    subject: str = ""
    content: str | None = None
    date_sent: float | None = None
    pub_date: float | None = None
    last_edit_time: float | None = None


class MessageFile(msgspec.Struct, gc=False):
    """A file of messages, in newer versions with the reactions to them beside them."""

    zerver_message: list[Message]
    zerver_reaction: list[Reaction] = []


class Beside(msgspec.Struct, gc=False):
    """The same, where not all of it can be read."""

    zerver_reaction: msgspec.Raw = NOTHING
