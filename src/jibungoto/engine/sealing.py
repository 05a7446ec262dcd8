"""Seals what a log holds before a day: written beside it once a month, read with every new day."""

from __future__ import annotations

import secrets
import shutil
import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from jibungoto.engine import relations
from jibungoto.engine.disk import put_to_disk, write_whole
from jibungoto.engine.extracts import EXTRACTS, extract
from jibungoto.engine.log import LogVersion, opened
from jibungoto.engine.onward import run_onward
from jibungoto.engine.rollups import PAGES, pages_of, write
from jibungoto.engine.sealed import BELOW, MonthSeen, Seal, lay, mark_of, newest_seal, seen
from jibungoto.engine.since import PIECES, SEALED
from jibungoto.engine.steps import Params, run, run_lean
from jibungoto.understand.stepbook import row_queries

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

LEAST = 200_000
"""So many rows are answered from nothing as fast as from a seal."""
OPEN_DAYS = 31
"""So long what is said of a day may still change: late files, and reactions, which bear no date."""
_DAY = 86_400
_INDEX = (
    "select hash(source, key) as place, day from activity where {days} union all"
    " select hash(source, in_reply_to, 'again') as place, day from activity"
    " where kind = 'reaction' and in_reply_to is not null and {days}"
)
_KNOWN = (
    "select distinct what, name from ("
    " select distinct 'actor' as what, actor as name from activity where {days}"
    " union all select distinct 'actor', from_actor from tie where {days}"
    " union all select distinct 'actor', to_actor from tie where {days}"
    " union all select distinct 'initiative', initiative from activity where {days}"
    " union all select distinct 'source', source from activity where {days}"
    ") where name is not null"
)
GROWING = frozenset(
    {name for name, piece in PIECES.items() if piece.grows}
    | {"index", "known"}
    | {f"page_{name}" for name in PAGES}
)
_ASKED = sorted({"evidence", "candidate_rows"}.union(*(query.reads for query in row_queries())))
_MEMORY = "500MB"


def run_current(
    con: DuckDBPyConnection, log: LogVersion, *, params: Params, least: int = LEAST
) -> Seal | None:
    """Run every step, from the newest seal where the log is large; return the seal used.

    Where facts change by the hour a seal is made once a day at most, and all else from nothing.
    """
    rows = sum(part.rows for part in log.manifest.live().activity)
    seal = newest_seal(log, params) if rows >= least else None
    if rows < least or (seal is None and not _is_rested(log.folder / BELOW)):
        run_lean(con, params)
        return None
    seal = _until(log, params, held=seal)
    lay(con, seal, folder=log.folder)
    run_onward(con, params, cut=seal.cut)
    return seal


def run_some(
    con: DuckDBPyConnection,
    log: LogVersion,
    *,
    params: Params,
    names: Iterable[str],
    least: int = LEAST,
) -> Seal | None:
    """Run the steps that some need, on from a seal if one holds; return it. None is made here."""
    rows = sum(part.rows for part in log.manifest.live().activity)
    seal = newest_seal(log, params) if rows >= least else None
    if seal is None:
        run(con, params, names=names)
    else:
        lay(con, seal, folder=log.folder)
        run_onward(con, params, cut=seal.cut, names=names)
    return seal


def sealed_until(log: LogVersion, params: Params) -> Seal:
    """Return a seal of everything but the newest days, made if there is none that holds."""
    return _until(log, params, held=newest_seal(log, params))


def _until(log: LogVersion, params: Params, *, held: Seal | None) -> Seal:
    cut = (params.as_of - timedelta(days=OPEN_DAYS)).replace(day=1)
    if held is not None and held.cut >= cut:
        _sweep(log.folder / BELOW, newest=f"{Path(held.facts).parent.name}.json")
        return held
    return sealed(log, replace(params, as_of=cut, nights=()), before=held)


def _is_rested(folder: Path) -> bool:
    yesterday = time.time() - _DAY
    return all(path.stat().st_mtime < yesterday for path in folder.glob("*.json"))


def sealed(log: LogVersion, params: Params, *, before: Seal | None) -> Seal:
    """Seal everything before a day, beginning where another seal ends if there is one."""
    below = f"{BELOW}/{params.as_of}-{secrets.token_hex(8)}"
    (log.folder / below).mkdir(parents=True)
    with opened(log, threads=1) as con:
        if before is None:
            run_lean(con, params, kept=SEALED)
        else:
            lay(con, before, folder=log.folder)
            run_onward(con, params, cut=before.cut, names=(*SEALED, *_ASKED))
        tables = _written(con, log.folder / below, params=params, before=before)
    shutil.copytree(log.folder / log.facts, log.folder / below / "facts")
    seal = Seal(
        mark=mark_of(params),
        cut=params.as_of,
        facts=f"{below}/facts",
        files=_named(tables, below=below, before=before),
        months=_months(log, before, cut=params.as_of),
    )
    for path in (log.folder / BELOW).glob("*.json"):
        path.touch()  # whoever reads an older one may go on for a day
    for written in sorted((log.folder / below).rglob("*.parquet")):
        put_to_disk(written)
    write_whole(log.folder / f"{below}.json", msgspec.json.encode(seal))
    _sweep(log.folder / BELOW, newest=Path(f"{below}.json").name)
    return seal


def _written(
    con: DuckDBPyConnection, folder: Path, *, params: Params, before: Seal | None
) -> list[str]:
    """Write each table, or what it gained, and return their names."""
    days = f"day >= date '{before.cut if before else date.min}' and day < date '{params.as_of}'"
    tables = {
        name: f"select * from {name}{'_since' if before and name in GROWING else ''}"
        for name in SEALED
    }
    tables |= {"index": _INDEX.format(days=days), "known": _KNOWN.format(days=days)}
    rules = params.thresholds
    for name in EXTRACTS:
        chosen = extract(name, is_onward=before is not None, rules=rules, cut=params.as_of)
        con.execute(f"create table {name} as {chosen}")
        tables[name] = f"select * from {name}"
    for name, sql in tables.items():
        target = str(folder / f"{name}.parquet").replace("'", "''")
        con.execute(f"copy ({sql}) to '{target}' (format parquet, compression lz4)")
    pages = folder / "pages"
    pages.mkdir()
    since = before.cut if before else None
    for name, chosen in pages_of(con, night=params.as_of, since=since, is_ahead=True).items():
        write(con, name, chosen=chosen, folder=pages)
    return list(tables)


def _named(tables: list[str], *, below: str, before: Seal | None) -> dict[str, tuple[str, ...]]:
    """Return the files of each table: those of the seal before too where it only grows."""
    new = {name: f"{below}/{name}.parquet" for name in tables}
    new |= {f"page_{name}": f"{below}/pages/{name}.parquet" for name in PAGES}
    held = before.files if before else {}
    return {
        name: (*(held.get(name, ()) if name in GROWING else ()), path) for name, path in new.items()
    }


def _months(log: LogVersion, before: Seal | None, *, cut: date) -> dict[str, MonthSeen]:
    """Return what each month comes to; one that is as it was, and all sealed, is not read again."""
    held = before.months if before else {}
    found = {}
    con = relations.connect(_MEMORY, log.folder / "spill")
    try:
        for month in log.manifest.months:
            name, files = str(month.month), (month.files.activity, month.files.tie)
            paths = tuple(sorted(part.path for parts in files for part in parts))
            was = held.get(name)
            is_same = was is not None and was.paths == paths and was.is_whole
            found[name] = was if was and is_same else seen(con, log, files=files, cut=cut)
    finally:
        con.close()
    return found


def _sweep(folder: Path, *, newest: str) -> None:
    """Delete older seals a day after another took over, and files that no seal names."""
    oldest = time.time() - _DAY
    named: set[str] = set()
    for path in sorted(folder.glob("*.json")):
        if path.name != newest and path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
            continue
        seal = msgspec.json.decode(path.read_bytes(), type=Seal)
        named |= {file.split("/")[1] for files in seal.files.values() for file in files}
    for path in sorted(folder.iterdir()):
        if path.is_dir() and path.name not in named and path.stat().st_mtime < oldest:
            shutil.rmtree(path, ignore_errors=True)
