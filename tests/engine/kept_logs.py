"""Writes versions of a log of plain values as files, each beside the last."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from duckdb import DuckDBPyConnection

from jibungoto.engine import relations
from jibungoto.engine.log import FACTS, LogVersion
from jibungoto.engine.manifest import Manifest, Month, Part, Tier
from jibungoto.understand.log import Log
from tests.understand.relations import connection


def before(log: Log, night: date) -> Log:
    """Return what a log held on a night: what had happened, and whoever was known."""
    activities = [one for one in log.activities if one.day < night]
    ties = [one for one in log.ties if one.day < night]
    known = {one.actor for one in activities} | {one.from_actor for one in ties}
    later = {one.actor for one in log.activities} - known
    return replace(
        log,
        activities=activities,
        ties=ties,
        who=[one for one in log.who if one.actor not in later],
        sources=[
            replace(one, covered_until=min(one.covered_until, night - timedelta(days=1)))
            for one in log.sources
        ],
    )


class Kept:
    """A folder to which versions of a log are written, each as files of its own beside the last."""

    def __init__(self, folder: Path, name: str = "log") -> None:
        self.folder, self.name = folder, name
        self.files: tuple[Tier, ...] = ()

    def version(self, log: Log, *, since: date = date.min) -> LogVersion:
        """Write the rows since a day as new files, all facts anew, and return the version."""
        number = len(self.files) + 1
        con = connection(log)
        tier = Tier(
            activity=(self._written(con, "activity", number, since=since),),
            tie=(self._written(con, "tie", number, since=since),),
        )
        facts = f"facts/{self.name}-{number}"
        (self.folder / facts).mkdir(parents=True)
        for name in FACTS:
            con.execute(f"copy {name} to '{self.folder / facts / name}.parquet' (format parquet)")
        con.close()
        self.files = (*self.files, tier)
        months = tuple(Month(nth, each) for nth, each in enumerate(self.files))
        return LogVersion(self.folder, Manifest(number, (), months), facts)

    def _written(self, con: DuckDBPyConnection, name: str, number: int, *, since: date) -> Part:
        held = {row[0] for row in con.execute(f"describe {name}").fetchall()}
        told = ", ".join(
            f'"{column}"' if column in held else f'cast(null as {kind}) as "{column}"'
            for column, kind in relations.STORED[name].items()
        )
        path = f"{self.name}-{name}-{number}.parquet"
        rows = con.execute(
            f"copy (select {told} from {name} where day >= $since)"
            f" to '{self.folder / path}' (format parquet)",
            {"since": since},
        ).fetchall()
        return Part(path, rows[0][0])
