"""A small Zulip export, whole or in parts."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

AN, BO, CY, BOT, SYSTEM = 11, 12, 13, 14, 5
GENERAL, CORE = 21, 22
TO_GENERAL, TO_CORE, TO_AN, TO_GROUP = 31, 32, 33, 34
BORN = 1_700_000_000.0


def user(number: int, name: str, **more: Any) -> Json:
    return {
        "id": number,
        "full_name": name,
        "delivery_email": f"{name.lower()}@example.jp",
        "email": f"user{number}@zulip.example.com",
        "is_bot": False,
        "is_active": True,
        "role": 400,
        "date_joined": BORN + 60,
        "timezone": "Asia/Tokyo",
        **more,
    }


def said(number: int, sender: int, text: str = "hello", **more: Any) -> Json:
    return {
        "id": number,
        "sender": sender,
        "recipient": TO_GENERAL,
        "subject": "plans",
        "content": text,
        "date_sent": BORN + 1000 + number,
        "last_edit_time": None,
        **more,
    }


def realm(**more: Any) -> Json:
    """Return a realm.json: three people, a bot, an open channel and one by invitation."""
    return {
        "zerver_realm": [
            {"id": 1, "string_id": "x", "date_created": BORN, "message_retention_days": -1}
        ],
        "zerver_defaultstream": [],
        "zerver_userprofile": [
            user(AN, "An", role=100),
            user(BO, "Bo"),
            user(CY, "Cy", role=600, is_active=False),
            user(BOT, "Helper", is_bot=True),
        ],
        "zerver_userprofile_mirrordummy": [],
        "zerver_userprofile_crossrealm": [{"id": SYSTEM, "email": "notification-bot@zulip.com"}],
        "zerver_stream": [
            {"id": GENERAL, "name": "general", "invite_only": False, "date_created": BORN + 10},
            {"id": CORE, "name": "core", "invite_only": True, "date_created": BORN + 20},
        ],
        "zerver_recipient": [
            {"id": TO_GENERAL, "type": 2, "type_id": GENERAL},
            {"id": TO_CORE, "type": 2, "type_id": CORE},
            {"id": TO_AN, "type": 1, "type_id": AN},
            {"id": TO_GROUP, "type": 3, "type_id": 1},
        ],
        "zerver_subscription": [],
        **more,
    }


def export(*messages: Any, reactions: list[Any] | None = None, **tables: Any) -> Json:
    """Return an export's files: realm.json and one file with these messages."""
    beside = {"zerver_usermessage": [{"id": 1, "user_profile": AN, "message": 1, "flags_mask": 1}]}
    if reactions is not None:
        beside["zerver_reaction"] = reactions
    return {
        "realm.json": realm(**tables),
        "messages-000001.json": {"zerver_message": list(messages), **beside},
    }
