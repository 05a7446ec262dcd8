"""Which kind of activity each of Slack's subtypes is."""

from __future__ import annotations

from jibungoto.ledger.kinds import Kind

_ADMIN = (
    "channel_topic",
    "channel_purpose",
    "channel_name",
    "channel_archive",
    "channel_unarchive",
    "channel_convert_to_private",
    "channel_convert_to_public",
    "channel_posting_permissions",
    "channel_canvas_updated",
    "tabbed_canvas_updated",
    "pinned_item",
    "unpinned_item",
    "bot_add",
    "bot_remove",
    "bot_enable",
    "bot_disable",
    "group_topic",
    "group_purpose",
    "group_name",
    "group_archive",
    "group_unarchive",
    "reminder_add",
    "reminder_delete",
    "joiner_notification",
    "joiner_notification_for_inviter",
    "sh_room_created",
    "sh_room_shared",
    "huddle_thread",
    "app_conversation_join",
    "app_conversation_leave",
    "channel_canvas_created",
)

_KINDS: dict[str, Kind] = {
    "channel_join": Kind.JOIN,
    "group_join": Kind.JOIN,
    "channel_leave": Kind.LEAVE,
    "group_leave": Kind.LEAVE,
    "file_comment": Kind.COMMENT,
    "bot_message": Kind.MESSAGE,
    "thread_broadcast": Kind.MESSAGE,
    "file_share": Kind.MESSAGE,
    "me_message": Kind.MESSAGE,
    **dict.fromkeys(_ADMIN, Kind.ADMIN),
}

HUDDLES = ("huddle_thread", "sh_room_created", "sh_room_shared")
"""What an app says of a call in a channel."""

SAID = (Kind.MESSAGE, Kind.REPLY, Kind.COMMENT)
"""Where somebody said something, so that its text, mentions and thread count."""


def kind_of(subtype: str | None) -> Kind:
    """Return what a record is before threads are looked at; new words for settings are ADMIN."""
    if not subtype:
        return Kind.MESSAGE
    known = _KINDS.get(subtype)
    if known is not None:
        return known
    is_setting = subtype.startswith(("channel_", "group_", "bot_", "app_", "workspace_"))
    return Kind.ADMIN if is_setting else Kind.MESSAGE
