"""Writing small Slack exports for the tests of the desk."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.gather.slack_made import DAY, export

ROOT = "1700000000.000100"


def official(folder: Path, posts: list[Any], people: list[Any] | None = None) -> Path:
    """Write an official export with these posts in #general."""
    files = export(posts)
    if people is not None:
        files["users.json"] = people
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(json.dumps(content))
    assert (folder / "general" / DAY).exists()
    return folder


def maps_export(folder: Path, posts: list[dict[str, Any]], *, name: str = "Aki") -> Path:
    """Write a Slack export of one channel and two people."""
    people = [
        {"id": "U1", "name": "aki", "profile": {"display_name": name}},
        {"id": "U2", "name": "mio", "profile": {"display_name": "Mio"}},
    ]
    channel = {"id": "C1", "name": "maps", "created": 1_600_000_000, "creator": "U1"}
    (folder / "maps").mkdir(parents=True)
    (folder / "users.json").write_text(json.dumps(people))
    (folder / "channels.json").write_text(json.dumps([channel]))
    (folder / "maps" / "2023-11-14.json").write_text(json.dumps(posts))
    return folder


def post(ts: str, text: str = "hello", **more: Any) -> dict[str, Any]:
    """Return one message by U1."""
    return {"type": "message", "user": "U1", "ts": ts, "text": text, **more}
