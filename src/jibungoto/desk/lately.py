"""What was worked out lately is shown again, for as long as nothing in the database has changed.

For pages that gather from a dozen rooms: no list of what they read could stay complete, so any
commit of any process makes them new. Within a transaction nothing is taken from here.
"""

from __future__ import annotations

import os
import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Hashable
from pathlib import Path
from threading import Lock
from typing import TypeVar, cast

from django.db import connection

Told = TypeVar("Told")

_AT_MOST = 64
_kept: OrderedDict[Hashable, tuple[Hashable, object]] = OrderedDict()
_guard = Lock()


def lately(key: Hashable, work_out: Callable[[], Told]) -> Told:
    """Return what was worked out under this key, anew where anything was committed since.

    ``key`` names all the answer depends on beside the database: whose, for whom, of which day, in
    which language. What is returned belongs to several readers: nobody may change it.
    """
    stamp = _stamp()
    if stamp is None:
        return work_out()
    with _guard:
        held = _kept.get(key)
        if held is not None and held[0] == stamp:
            _kept.move_to_end(key)
            return cast("Told", held[1])
    told = work_out()
    with _guard:
        _kept[key] = (stamp, told)
        _kept.move_to_end(key)
        while len(_kept) > _AT_MOST:
            _kept.popitem(last=False)
    return told


def _stamp() -> Hashable | None:
    """Return what is another after every commit; None where that cannot be told."""
    if connection.in_atomic_block:
        return None
    if connection.vendor == "sqlite":
        return _watcher.stamp(str(connection.settings_dict["NAME"]))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_wal_insert_lsn()")
            return str(cursor.fetchone()[0])
    return None


class _Watcher:
    """Sees every commit to a SQLite file: ``data_version`` counts those of all but its own."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._opened: tuple[Hashable, sqlite3.Connection] | None = None
        self._turn = 0

    def stamp(self, name: str) -> Hashable | None:
        """Return a stamp of the database of this name; a file put in its place is another one."""
        try:
            with self._lock:
                watching = self._watching(name)
                [version] = watching.execute("PRAGMA data_version").fetchone()
                return (os.getpid(), self._turn, version)
        except (OSError, sqlite3.Error):  # without a stamp everything is worked out anew
            return None

    def _watching(self, name: str) -> sqlite3.Connection:
        found = Path(name).stat()
        file = (name, found.st_dev, found.st_ino, os.getpid())
        if self._opened is None or self._opened[0] != file:
            if self._opened is not None:
                self._opened[1].close()
            self._turn += 1
            address = f"{Path(name).as_uri()}?mode=ro"
            fresh = sqlite3.connect(address, uri=True, check_same_thread=False, timeout=0.1)
            self._opened = (file, fresh)
        return self._opened[1]


_watcher = _Watcher()
