"""Whether anybody wrote to the database: one cheap question instead of many looks."""

from __future__ import annotations

from types import TracebackType

from django.db import DEFAULT_DB_ALIAS, connections


class Touched:
    """Watches the database on a connection of its own; used by the thread that made it.

    SQLite counts for each connection what others commit. Of another database this is not known,
    and it counts as written to each time.
    """

    def __init__(self) -> None:
        self._connection = connections.create_connection(DEFAULT_DB_ALIAS)
        self._seen: int | None = None

    def __enter__(self) -> Touched:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()

    def since_asked(self) -> bool:
        """Say whether anything was committed since this was asked last; at first, that it was."""
        if self._connection.vendor != "sqlite":
            return True
        with self._connection.cursor() as cursor:
            cursor.execute("PRAGMA data_version")
            was, self._seen = self._seen, cursor.fetchone()[0]
        return was != self._seen
