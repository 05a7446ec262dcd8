"""Who was at some events: read from the months they lie in, once for the same files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from jibungoto.engine import relations
from jibungoto.engine.log import LogVersion
from jibungoto.engine.spells import FILED
from jibungoto.ledger.kinds import Kind

_MEMORY = "200MB"

Held = tuple[str, date | None]
"""The key of an event and the day of its beginning, as far as that is known."""


@dataclass(frozen=True, slots=True)
class Gathering:
    """Some events, the files of the log they lie in, and the night up to which they count."""

    folder: Path
    paths: tuple[str, ...]
    events: tuple[str, ...]
    night: date


def gathering(log: LogVersion, events: Sequence[Held], *, night: date) -> Gathering:
    """Return where to look for who was there: most of it is filed apart, the rest by the month.

    Everywhere, if one of them has no day.
    """
    days = [day for _key, day in events if day is not None]
    near = {day + timedelta(days=by) for day in days for by in (-1, 0, 1)}  # months are of UTC
    filed = {FILED, *(day.year * 100 + day.month for day in near)}
    paths = [
        part.path
        for month in log.manifest.months
        if len(days) < len(events) or month.month in filed
        for part in month.files.activity
    ]
    return Gathering(log.folder, tuple(paths), tuple(key for key, _day in events), night)


@lru_cache(maxsize=64)  # files of the log never change
def attendees(asked: Gathering) -> tuple[str, ...]:
    """Return the actors the log saw at these events."""
    stored = relations.reading(asked.folder, asked.paths, columns=relations.STORED_ACTIVITY)
    marks = ", ".join("?" for _ in asked.events) or "null"
    connection = relations.connect(_MEMORY)
    try:
        rows = connection.execute(
            f"select distinct actor from ({stored}) as activity"
            f" where kind = ? and initiative in ({marks}) and actor is not null and day < ?"
            " order by actor",
            [Kind.ATTENDANCE.value, *asked.events, asked.night],
        ).fetchall()
    finally:
        connection.close()
    return tuple(str(actor) for (actor,) in rows)
