"""A small Slack export, whole or in parts."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

AN, BO, CY, ADMIN = "U0000000AN", "U0000000BO", "U0000000CY", "U000000ADM"
GENERAL, TALK = "C00000000G", "C00000000T"
BORN = 1_700_000_000
DAY = "2023-11-15.json"


def ts(second: int, micro: int = 100) -> str:
    """Return a moment this many seconds after the workspace was made."""
    return f"{BORN + second}.{micro:06d}"


def said(user: str, second: int, text: str = "hello", **more: Any) -> Json:
    return {"type": "message", "user": user, "ts": ts(second), "text": text, **more}


def user(outside_id: str, **more: Any) -> Json:
    name = outside_id[-2:].lower()
    profile = {"real_name": name.title(), "display_name": name, "email": f"{name}@example.jp"}
    return {"id": outside_id, "team_id": "T1", "name": name, "profile": profile, **more}


def channel(outside_id: str, name: str, created: int, **more: Any) -> Json:
    return {"id": outside_id, "name": name, "created": created, "creator": ADMIN, **more}


def export(general: list[Any] | None = None, **more: Any) -> dict[str, Any]:
    """Return an official export's files: people, #general with these records, and #talk."""
    return {
        "users.json": [user(AN, tz="Asia/Tokyo"), user(BO), user(CY), user(ADMIN, is_owner=True)],
        "channels.json": [
            channel(GENERAL, "general", BORN, is_general=True),
            channel(TALK, "talk", BORN + 1000),
        ],
        f"general/{DAY}": general or [],
        **more,
    }
