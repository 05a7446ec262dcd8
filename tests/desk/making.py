"""Writing small Slack exports for the tests of the desk."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.gather.slack_made import DAY, export


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
