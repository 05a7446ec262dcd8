"""Where a home keeps its database, its logs and what was uploaded."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings


def home_folder() -> Path:
    """Return the home this process serves."""
    return Path(str(settings.HOME))


def log_folder(slug: str) -> Path:
    """Return (and make) the folder that holds one community's log."""
    folder = home_folder() / "communities" / slug
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def upload_folder() -> Path:
    """Return (and make) the folder uploads lie in until they are committed."""
    folder = home_folder() / "uploads"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
