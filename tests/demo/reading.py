"""A Slack export read back from its zip by plain Python, apart from the product's own reader."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

_SPOKEN = (None, "thread_broadcast", "file_share")


@dataclass(frozen=True)
class Act:
    """One act as a reader of the export would see it; ``opener`` is whose thread it is in."""

    at: float
    kind: str
    user: str
    channel: str
    ts: str
    opener: str = ""
    root: str = ""

    @property
    def day(self) -> date:
        """The local day in Asia/Tokyo."""
        return date(1970, 1, 1) + timedelta(days=int(self.at + 9 * 3600) // 86400)


@dataclass
class Workspace:
    """The export as Python values, and the acts in it."""

    users: list[dict[str, Any]]
    channels: list[dict[str, Any]]
    files: dict[str, list[dict[str, Any]]]
    acts: list[Act] = field(default_factory=list)
    by_user: dict[str, list[Act]] = field(default_factory=dict)

    @property
    def messages(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """All records with the name of their channel."""
        return ((name.split("/")[0], one) for name, day in self.files.items() for one in day)

    def ids(self) -> dict[str, str]:
        """Channel ids by name."""
        return {one["name"]: one["id"] for one in self.channels}


def read(path: Path) -> Workspace:
    """Read an export zip; bots and mechanics are no acts."""
    with ZipFile(path) as archive:
        values = {name: json.loads(archive.read(name)) for name in archive.namelist()}
    users, channels = values.pop("users.json"), values.pop("channels.json")
    values.pop("integration_logs.json")
    workspace = Workspace(users, channels, values)
    workspace.acts = sorted(_acts(workspace), key=lambda act: act.at)
    for act in workspace.acts:
        workspace.by_user.setdefault(act.user, []).append(act)
    return workspace


def _acts(workspace: Workspace) -> list[Act]:
    ids = workspace.ids()
    acts = [
        Act(float(one["created"]), "start", one["creator"], one["id"], "")
        for one in workspace.channels
    ]
    first: dict[str, float] = {}
    for name, one in workspace.messages:
        user, at = one.get("user", ""), float(one["ts"])
        first[user] = min(first.get(user, at), at)
        if one.get("subtype") in _SPOKEN:
            root = one.get("thread_ts", one["ts"])
            kind = "message" if root == one["ts"] else "reply"
            opener = one.get("parent_user_id", "")
            acts.append(Act(at, kind, user, ids[name], one["ts"], opener, root))
    for name, one in workspace.messages:
        for user in {user for mood in one.get("reactions", []) for user in mood["users"]}:
            at = max(float(one["ts"]), first.get(user, 0.0))
            if user != one["user"]:
                acts.append(Act(at, "reaction", user, ids[name], one["ts"], one["user"]))
    return acts
