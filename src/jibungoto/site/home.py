"""What the site keeps in a home folder: its secret key and the place of its database."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

HOME_VARIABLE = "JIBUNGOTO_HOME"


def home_from_environment() -> Path | None:
    """Return the home the environment names, or None (a type checker and the docs have none)."""
    named = os.environ.get(HOME_VARIABLE, "").strip()
    return Path(named).expanduser().resolve() if named else None


def database_file(home: Path) -> Path:
    """Return where the SQLite database of a home lies."""
    return home / "jibungoto.sqlite3"


def uploads(home: Path) -> Path:
    """Return (and make) the folder uploads pass through."""
    folder = home / "uploads"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def kept_secret(home: Path) -> str:
    """Return the home's secret key; made on first use, readable by its owner alone.

    The key is written under a name of its own and then linked into place, so that two processes
    starting at once end up with the same key.
    """
    place = home / "secret.key"
    if not place.exists():
        home.mkdir(parents=True, exist_ok=True)
        fresh = home / f"secret.key.{os.getpid()}.{secrets.token_hex(4)}"
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(64))
            file.flush()
            os.fsync(file.fileno())
        _first_wins(fresh, place)
    return place.read_text(encoding="ascii").strip()


def _first_wins(fresh: Path, place: Path) -> None:
    try:
        os.link(fresh, place)
    except FileExistsError:
        fresh.unlink()
    except OSError:  # a file system without hard links
        os.replace(fresh, place)
    else:
        fresh.unlink()
