"""A small Discord server as DiscordChatExporter writes it, whole or in parts."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

EPOCH = 1_420_070_400
BORN = 1_700_000_000
AN, BO, CY, BOT = (
    "100000000000000001",
    "100000000000000002",
    "100000000000000003",
    "900000000000000009",
)
DELETED = "456226577798135808"


def number(second: int, rest: int = 0) -> int:
    """Return the id that Discord gives at so many seconds after the server was made."""
    return (((BORN + second - EPOCH) * 1000) << 22) + rest


GUILD, HALL, FORUM = str(number(0)), str(number(0, 1)), str(number(0, 2))


def user(outside_id: str, **more: Any) -> Json:
    name = f"user{outside_id[-1]}"
    told = {"id": outside_id, "name": name, "discriminator": "0000", "nickname": name.title()}
    return {**told, "color": None, "isBot": False, "roles": [], "avatarUrl": "x", **more}


def said(second: int, author: str, content: str = "hello", **more: Any) -> Json:
    return {
        "id": str(number(second)),
        "type": "Default",
        "timestamp": "2023-11-14T22:13:20+00:00",
        "timestampEdited": None,
        "isPinned": False,
        "content": content,
        "author": user(author),
        "attachments": [],
        "embeds": [],
        "reactions": [],
        "mentions": [],
        **more,
    }


def answer(second: int, author: str, to: int | None, **more: Any) -> Json:
    reference = {"messageId": None if to is None else str(number(to)), "channelId": HALL}
    return said(second, author, type="Reply", reference=reference, **more)


def channel(*messages: Any, **more: Any) -> Json:
    """Return one channel's file."""
    asked = {"after": more.pop("after", None), "before": more.pop("before", None)}
    told = {"id": HALL, "type": "GuildTextChat", "categoryId": "5", "category": "Rooms",
            "name": "hall", "topic": 'say "messages": [hi]', **more}  # fmt: skip
    return {
        "guild": {"id": GUILD, "name": "Server", "iconUrl": "x"},
        "channel": told,
        "dateRange": asked,
        "exportedAt": "2024-01-05T10:00:00+00:00",
        "messages": list(messages),
        "messageCount": len(messages),
    }


def thread(begun: int, *messages: Any, **more: Any) -> Json:
    """Return the file of a thread with the id of the message it was begun at."""
    told = {"id": str(number(begun)), "type": "GuildPublicThread", "categoryId": HALL}
    return channel(*messages, **{**told, "category": "hall", "name": "side talk", **more})
