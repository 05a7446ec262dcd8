"""A tiny Slack export with one person for each of Today's reasons, and a name that would attack."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

Json = dict[str, Any]

LAST_DAY = date(2026, 6, 30)
HOSTILE = '<script>alert("x")</script>'
GENERAL, QUESTIONS, MAPS, WELCOME = "C0GENERAL", "C0QUESTIONS", "C0MAPS", "C0WELCOME"
NAMES = {
    "U0HANA": "花",
    "U0AKI": "髙橋 亜紀",
    "U0BEN": "ベン",
    "U0CHIE": "チエ",
    "U0DAN": HOSTILE,
    "U0EMI": "Emi",
    "U0FUMI": "ふみ",
}


def moment(days_ago: int, hour: int = 3) -> int:
    """Return a moment on a day before the last one; 3 o'clock UTC is noon in Tokyo."""
    day = LAST_DAY - timedelta(days=days_ago)
    return int(datetime.combine(day, time(hour), tzinfo=UTC).timestamp())


class Export:
    """The files of an export while they are being filled."""

    def __init__(self) -> None:
        self._days: dict[tuple[str, str], list[Json]] = defaultdict(list)
        self._count = 0

    def add(self, channel: str, user: str, at: int, **more: Any) -> str:
        """Put a record into its channel and day, and return its time stamp."""
        self._count += 1
        ts = f"{at}.{self._count:06d}"
        day = datetime.fromtimestamp(at, UTC).date().isoformat()
        record = {"type": "message", "user": user, "ts": ts, "text": "hello there", **more}
        self._days[channel, day].append(record)
        return ts

    def reply(self, channel: str, user: str, at: int, *, to: tuple[str, str]) -> None:
        """Answer in the thread of somebody's message."""
        root, author = to
        self.add(channel, user, at, thread_ts=root, parent_user_id=author)

    def written(self, folder: Path, channels: list[Json]) -> Path:
        """Write the export as a folder."""
        names = {channel["id"]: channel["name"] for channel in channels}
        folder.mkdir(parents=True)
        (folder / "users.json").write_text(json.dumps([_user(one) for one in NAMES]))
        (folder / "channels.json").write_text(json.dumps(channels))
        for (channel, day), records in self._days.items():
            place = folder / names[channel]
            place.mkdir(exist_ok=True)
            (place / f"{day}.json").write_text(json.dumps(records))
        return folder


def _user(outside_id: str) -> Json:
    handle = outside_id[2:].lower()
    return {
        "id": outside_id,
        "team_id": "T1",
        "name": handle,
        "is_admin": outside_id == "U0HANA",
        "tz": "Asia/Tokyo",
        "profile": {"real_name": NAMES[outside_id], "display_name": NAMES[outside_id]},
    }


def _channel(outside_id: str, name: str, created: int, creator: str = "U0HANA") -> Json:
    return {
        "id": outside_id,
        "name": name,
        "created": created,
        "creator": creator,
        "is_general": outside_id == GENERAL,
    }


def write_small_export(folder: Path) -> Path:
    """Write the export: Chie waits for an answer, Aki started something, Ben has gone quiet."""
    export = Export()
    for at, user in enumerate(NAMES):
        joined = moment(5) if user == "U0CHIE" else moment(200, hour=at)
        for channel in (GENERAL, QUESTIONS):
            export.add(channel, user, joined, subtype="channel_join", text="has joined")
    for days_ago in range(120, 60, -8):
        for asker in ("U0EMI", "U0AKI"):
            root = export.add(QUESTIONS, asker, moment(days_ago))
            export.reply(QUESTIONS, "U0BEN", moment(days_ago, 4), to=(root, asker))
    root = export.add(MAPS, "U0AKI", moment(6))
    for user in ("U0EMI", "U0FUMI"):
        export.reply(MAPS, user, moment(5), to=(root, "U0AKI"))
    thanks = {"name": "tada", "users": ["U0FUMI", "U0HANA"], "count": 2}
    export.add(QUESTIONS, "U0AKI", moment(9), reactions=[thanks])
    export.add(WELCOME, "U0CHIE", moment(3))
    export.add(GENERAL, "U0HANA", moment(0))
    return export.written(
        folder,
        [
            _channel(GENERAL, "general", moment(200)),
            _channel(QUESTIONS, "questions", moment(200)),
            _channel(WELCOME, "welcome", moment(200)),
            _channel(MAPS, "maps", moment(7), "U0AKI"),
        ],
    )
