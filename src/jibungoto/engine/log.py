"""The log of one community, opened at one version: the relations SQL sees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from jibungoto.engine import relations
from jibungoto.engine.manifest import Manifest
from jibungoto.engine.parts import copied

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FACTS: dict[str, dict[str, str]] = {
    "who": relations.WHO,
    "kinds": relations.KINDS,
    "initiative": relations.INITIATIVE,
    "source": relations.SOURCE,
}
"""The relations that are written again from the database when they change."""


@dataclass(frozen=True, slots=True)
class LogVersion:
    """One version of one community's log: its folder, its files and the facts beside them.

    ``facts`` is the folder, below ``folder``, that holds who, kinds, initiative and source.
    """

    folder: Path
    manifest: Manifest
    facts: str


def write_facts(
    folder: Path, below: str, *, rows: Mapping[str, Sequence[tuple[object, ...]]]
) -> None:
    """Write the relations of ``FACTS`` as Parquet; rows are tuples in the order of the columns."""
    (folder / below).mkdir(parents=True, exist_ok=True)
    connection = relations.connect("200MB")
    try:
        for name, columns in FACTS.items():
            _load(connection, name, columns=columns, rows=rows.get(name, ()))
            copied(connection, f"select * from {name}", target=folder / below / f"{name}.parquet")
    finally:
        connection.close()


def _load(
    connection: DuckDBPyConnection,
    name: str,
    *,
    columns: dict[str, str],
    rows: Sequence[tuple[object, ...]],
) -> None:
    if not rows:
        connection.execute(f"create temp table {name} as {relations.empty(columns)}")
        return
    import numpy as np

    loaded = {}
    for column, values in zip(columns, zip(*rows, strict=True), strict=True):
        held = np.empty(len(values), dtype=object)
        held[:] = values
        loaded[column] = held
    named = ", ".join(f'cast("{name}" as {kind}) as "{name}"' for name, kind in columns.items())
    connection.register("loaded", loaded)
    connection.execute(f"create temp table {name} as select {named} from loaded")
    connection.unregister("loaded")


@contextmanager
def opened(
    version: LogVersion, memory: str = "1GB", *, threads: int = 2
) -> Iterator[DuckDBPyConnection]:
    """Open one version for questions: views activity, tie, who, kinds, initiative and source."""
    connection = relations.connect(memory, version.folder / "spill", threads=threads)
    connection.execute("set parquet_metadata_cache = true")  # a file of the log never changes
    try:
        live = version.manifest.live()
        activity, tie = (
            f"({relations.reading(version.folder, [p.path for p in parts], columns=columns)})"
            for parts, columns in (
                (live.activity, relations.STORED_ACTIVITY),
                (live.tie, relations.TIE),
            )
        )
        connection.execute(f"create view activity as {relations.activities_in(activity)}")
        connection.execute(f"create view tie as {relations.ties_in(tie, activity)}")
        for name, columns in FACTS.items():
            sql = relations.reading(
                version.folder, [f"{version.facts}/{name}.parquet"], columns=columns
            )
            nothing = relations.empty(columns)  # facts of an earlier release may lack a column
            connection.execute(f"create view {name} as {nothing} union all by name {sql}")
        yield connection
    finally:
        connection.close()
