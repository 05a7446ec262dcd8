"""A small Discourse forum, as pages of JSON and as the dump in a backup."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

AN, BO, CY, SYSTEM = 11, 12, 13, -1
NAMES = {AN: "an", BO: "bo", CY: "cy", SYSTEM: "system"}
HELP, STAFF = 5, 6
DAY = "2023-11-15"


def said(number: int, by: int | None, text: str = "<p>hello</p>", **more: Any) -> Json:
    return {
        "id": 100 + number,
        "name": NAMES.get(by or 0, "").title(),
        "username": NAMES.get(by or 0),
        "avatar_template": "/x",
        "created_at": f"{DAY}T00:{number:02}:00.123Z",
        "cooked": text,
        "post_number": number,
        "post_type": 1,
        "reply_to_post_number": None,
        "topic_id": 7,
        "version": 1,
        "user_id": by,
        "hidden": False,
        "user_deleted": False,
        "actions_summary": [{"id": 2, "count": 3}],
        **more,
    }


def topic(*posts: Any, **more: Any) -> Json:
    """Return /t/7.json."""
    stream = {"posts": list(posts), "stream": [one["id"] for one in posts if "id" in one]}
    told = {"id": 7, "title": "How?", "category_id": HELP, "archetype": "regular", "user_id": AN}
    return {"post_stream": stream, "posts_count": len(posts), **told, **more}


def categories() -> Json:
    """Return /categories.json."""
    told = [{"id": HELP, "name": "Help", "read_restricted": False},
            {"id": STAFF, "name": "Staff", "read_restricted": True}]  # fmt: skip
    return {"category_list": {"can_create_category": False, "categories": told}}


COLUMNS = {
    "badge_groupings": ("id", "name"),
    "categories": ("id", "name", "color", "user_id", "created_at", "read_restricted"),
    "post_actions": ("id", "post_id", "user_id", "post_action_type_id", "deleted_at", "created_at"),
    "posts": (
        *("id", "user_id", "topic_id", "post_number", "raw", "cooked", "created_at"),
        *("reply_to_post_number", "deleted_at", "post_type", "user_deleted", "reply_to_user_id"),
        "version",
    ),
    "tags": ("id", "name"),
    "topic_tags": ("id", "topic_id", "tag_id"),
    "topics": ("id", "title", "user_id", "category_id", "archetype", "deleted_at"),
    "user_emails": ("id", "user_id", "email", '"primary"'),
    "user_options": ("user_id", "timezone"),
    "users": (*("id", "username", "created_at", "name", "active", "admin", "moderator", "staged"),),
}


def at(minute: int) -> str:
    return f"{DAY} 00:{minute:02}:00.123456"


def post(number: int, by: object, raw: str = "hello", **more: object) -> tuple[object, ...]:
    told = {
        "id": 100 + number, "user_id": by, "topic_id": 7, "post_number": number, "raw": raw,
        "cooked": "<p>x</p>", "created_at": at(number), "reply_to_post_number": None,
        "deleted_at": None, "post_type": 1, "user_deleted": False, "reply_to_user_id": None,
        "version": 1, **more,
    }  # fmt: skip
    return tuple(told[name] for name in COLUMNS["posts"])


def tables(**more: list[tuple[object, ...]]) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows of a small forum, in the order in which a dump has its tables."""
    rows: dict[str, list[tuple[object, ...]]] = {
        "badge_groupings": [(1, "Getting Started")],
        "categories": [
            (HELP, "Help", "0088CC", AN, at(0), False),
            (STAFF, "Staff", "0088CC", SYSTEM, at(0), True),
        ],
        "post_actions": [],
        "posts": [],
        "topics": [
            (7, "How?", AN, HELP, "regular", None),
            (8, "psst", AN, None, "private_message", None),
            (9, "inside", AN, STAFF, "regular", None),
            (10, "spam", BO, HELP, "regular", at(9)),
        ],
        "user_emails": [(1, AN, "an@example.jp", True), (2, BO, "bo@example.jp", True)],
        "user_options": [(AN, "Asia/Tokyo"), (BO, None)],
        "users": [
            (SYSTEM, "system", at(0), "system", True, True, True, False),
            (AN, "an", at(1), "An", True, True, False, False),
            (BO, "bo", at(2), None, False, False, False, False),
            (CY, "cy", at(3), "C\ty\\", True, False, False, True),
        ],
    }
    return rows | more


def dump(rows: dict[str, list[tuple[object, ...]]]) -> bytes:
    """Return a dump with these tables."""
    made = "".join(f"CREATE TABLE public.{name} (\n    id integer\n);\n\n" for name in COLUMNS)
    blocks = "".join(
        f"--\n-- Data for Name: {name}; Type: TABLE DATA; Schema: public\n--\n\n"
        f"COPY public.{name} ({', '.join(COLUMNS[name])}) FROM stdin;\n"
        + "".join("\t".join(map(_cell, row)) + "\n" for row in lines)
        + "\\.\n\n\n"
        for name, lines in rows.items()
    )
    head = "--\n-- PostgreSQL database dump\n--\n\nSET statement_timeout = 0;\n\n"
    return (head + made + blocks + "--\n-- PostgreSQL database dump complete\n--\n\n").encode()


def _cell(value: object) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    told = str(value).replace("\\", "\\\\")
    return told.replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
