"""What the machine underneath can refuse, said as problems: files, the database, the engine."""

from __future__ import annotations

import sqlite3

from jibungoto.ledger.problems import DiskProblem, HomeBusy, Problem
from jibungoto.ledger.words import Words

CANNOT_READ_OR_WRITE = Words(
    "ファイルを読み書きできませんでした({said})。",
    "The machine could not read or write a file ({said}).",
)
CHECK_DISK = Words(
    "ディスクの空きと権限を確かめて、もう一度お試しください。途中までの内容は残っていません。",
    "Check free space and permissions, then try again. Nothing is half in.",
)
IS_LOCKED = Words(
    "データベースを、ほかのプログラムが使い続けています。",
    "Another program keeps the database to itself.",
)
WAIT = Words(
    "少し待ってから、もう一度お試しください。"
    "続くときは、ほかの jibungoto やバックアップが動いていないか確かめてください。",
    "Wait a little and try again. If it stays so, look for another jibungoto or a backup running.",
)
CANNOT_USE = Words("データベースを使えません({said})。", "The database cannot be used ({said}).")
IS_DAMAGED = Words("データベースが壊れています({said})。", "The database is damaged ({said}).")
RESTORE = Words(
    "ホームのフォルダーをバックアップから戻してください。",
    "Restore the home folder from a backup.",
)

_BUSY = {"BUSY", "LOCKED"}
_REFUSED = {"CANTOPEN", "FULL", "IOERR", "PERM", "READONLY"}
_DAMAGED = {"CORRUPT", "NOTADB"}


def problem_behind(error: BaseException) -> Problem | None:
    """Return the problem a person can do something about; None where the error is a bug."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, OSError):
        return disk_fault(error)
    return _of_database(error) or _of_engine(error)


def disk_fault(error: OSError, place: str = "") -> DiskProblem:
    """Say what the machine refused and what to do about it."""
    reason = error.strerror or str(error)
    where = place or (str(error.filename) if error.filename else "")
    return DiskProblem(CANNOT_READ_OR_WRITE.filled(said=reason), CHECK_DISK, place=where)


def _of_database(error: BaseException) -> Problem | None:
    cause = error.__cause__ if not isinstance(error, sqlite3.Error) else error
    if not isinstance(cause, sqlite3.Error):
        return None
    kind = getattr(cause, "sqlite_errorname", "").removeprefix("SQLITE_").split("_")[0]
    if kind in _BUSY:
        return HomeBusy(IS_LOCKED, WAIT)
    if kind in _REFUSED:
        return DiskProblem(CANNOT_USE.filled(said=cause), CHECK_DISK)
    if kind in _DAMAGED:
        return DiskProblem(IS_DAMAGED.filled(said=cause), RESTORE)
    return None


def _of_engine(error: BaseException) -> Problem | None:
    from duckdb import IOException

    if not isinstance(error, IOException):
        return None
    first = str(error).splitlines()[0]
    return DiskProblem(CANNOT_READ_OR_WRITE.filled(said=first), CHECK_DISK)
