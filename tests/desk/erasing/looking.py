"""Looking for somebody in every byte a home keeps."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.db import connection


def database_files() -> list[Path]:
    """Return the files of the database, its journal among them."""
    name = str(connection.settings_dict["NAME"])
    return [one for one in (Path(name), Path(f"{name}-wal")) if one.exists()]


def forms(text: str) -> set[bytes]:
    """Return how a text may stand in a file: plain, escaped in JSON, folded."""
    import json

    from jibungoto.ledger.names import folded

    return {
        form.encode()
        for one in (text, text.lower(), folded(text))
        for form in (one, json.dumps(one)[1:-1])
        if form
    }


def found_in_bytes(home: Path, texts: Iterable[str]) -> dict[str, list[str]]:
    """Return in which files of a home, its database included, each text stands."""
    wanted = {text: forms(text) for text in texts}
    files = [*database_files(), *(one for one in sorted(home.rglob("*")) if one.is_file())]
    found: dict[str, list[str]] = {}
    for file in files:
        raw = file.read_bytes()
        for text, ways in wanted.items():
            if any(way in raw for way in ways):
                found.setdefault(text, []).append(file.name)
    return found
