"""The shapes of a YouTube live chat: lines of actions, with what they show in the chat."""

from __future__ import annotations

from typing import Any

import msgspec


class Emoji(msgspec.Struct, frozen=True, gc=False, rename="camel"):
    """An emoji; ``emoji_id`` is the character itself unless it is a channel's own."""

    emoji_id: str = ""
    shortcuts: list[str] = []
    is_custom_emoji: bool = False


class Run(msgspec.Struct, frozen=True, gc=False):
    """A piece of a text."""

    text: str = ""
    emoji: Emoji | None = None


class Text(msgspec.Struct, frozen=True, gc=False, rename="camel"):
    """A text, whole or in pieces."""

    simple_text: str = ""
    runs: list[Run] = []

    @property
    def plain(self) -> str:
        """The text; a channel's own emoji stand as their short names."""
        return self.simple_text or "".join(_said(run) for run in self.runs)


class Icon(msgspec.Struct, frozen=True, gc=False, rename="camel"):
    """What a badge shows: OWNER, MODERATOR, VERIFIED."""

    icon_type: str = ""


class BadgeRenderer(msgspec.Struct, frozen=True, gc=False, rename="camel"):
    """A badge; members' badges have no icon of this kind."""

    icon: Icon | None = None


class Badge(msgspec.Struct, frozen=True, gc=False, rename="camel"):
    """A badge beside an author's name."""

    live_chat_author_badge_renderer: BadgeRenderer | None = None


class Renderer(msgspec.Struct, frozen=True, gc=False, rename="camel"):
    """A message as the chat shows it."""

    id: str = ""
    timestamp_usec: str | int = ""
    author_name: Text | None = None
    author_external_channel_id: str = ""
    author_badges: list[Badge] = []
    message: Text | None = None

    @property
    def is_of_host(self) -> bool:
        """Whether the author owns or moderates the channel."""
        shown = (badge.live_chat_author_badge_renderer for badge in self.author_badges)
        icons = {badge.icon.icon_type for badge in shown if badge and badge.icon}
        return bool(icons & {"OWNER", "MODERATOR"})


_SHOWN = {
    "text": "liveChatTextMessageRenderer",
    "paid": "liveChatPaidMessageRenderer",
    "sticker": "liveChatPaidStickerRenderer",
    "member": "liveChatMembershipItemRenderer",
}


class Shown(msgspec.Struct, frozen=True, gc=False, rename=_SHOWN):
    """What an action adds to the chat: one of these, or something else that is no message."""

    text: Renderer | None = None
    paid: Renderer | None = None
    sticker: Renderer | None = None
    member: Renderer | None = None

    @property
    def said(self) -> Renderer | None:
        """The message somebody wrote, paid for, or sent on the day of their membership."""
        member = self.member
        return (
            self.text
            or self.paid
            or self.sticker
            or (member if member is not None and member.message is not None else None)
        )


class Added(msgspec.Struct, frozen=True, gc=False, rename={"shown": "item"}):
    """The action that shows something in the chat."""

    shown: Shown = Shown()


class Target(msgspec.Struct, frozen=True, gc=False, rename={"message": "targetItemId"}):
    """Which message an action takes away."""

    message: str = ""


_ACTIONS = {
    "added": "addChatItemAction",
    "deleted": "markChatItemAsDeletedAction",
    "removed": "removeChatItemAction",
}


class Action(msgspec.Struct, frozen=True, gc=False, rename=_ACTIONS):
    """One thing that happened in the chat."""

    added: Added | None = None
    deleted: Target | None = None
    removed: Target | None = None

    @property
    def said(self) -> Renderer | None:
        """The message this action shows, if it shows one."""
        return self.added.shown.said if self.added is not None else None

    @property
    def taken_away(self) -> str:
        """The id of the message this action takes away, or nothing."""
        target = self.deleted or self.removed
        return target.message if target is not None else ""


class Replay(msgspec.Struct, frozen=True, gc=False):
    """The actions of one moment."""

    actions: list[Action] = []


_LINE = {"replay": "replayChatItemAction", "added": "addChatItemAction"}


class ChatLine(msgspec.Struct, frozen=True, gc=False, rename=_LINE):
    """One line of the file."""

    replay: Replay | None = None
    added: Added | None = None

    @property
    def actions(self) -> list[Action]:
        """What happened; a chat recorded while it ran may have bare actions."""
        if self.replay is not None:
            return self.replay.actions
        return [Action(added=self.added)] if self.added is not None else []


class Video(msgspec.Struct, frozen=True, gc=False):
    """What the file beside a chat says of its video."""

    id: str
    extractor_key: str = ""
    title: str = ""
    release_timestamp: int | None = None
    duration: float | None = None


decode_line = msgspec.json.Decoder(ChatLine).decode


def video_in(content: bytes | bytearray) -> Video | None:
    """Return what a file says of a YouTube video, or None where it says nothing of one."""
    try:
        video = msgspec.json.decode(content, type=Video)
    except (ValueError, RecursionError):
        return None
    return video if video.extractor_key == "Youtube" else None


def has_chat(line: bytes) -> bool:
    """Say whether a line is one of a live chat."""
    try:
        found: Any = msgspec.json.decode(line)
    except (ValueError, RecursionError):
        return False
    if not isinstance(found, dict):
        return False
    return "replayChatItemAction" in found or "addChatItemAction" in found


def _said(run: Run) -> str:
    if run.emoji is None:
        return run.text
    if run.emoji.is_custom_emoji:
        return run.emoji.shortcuts[0] if run.emoji.shortcuts else ""
    return run.emoji.emoji_id
