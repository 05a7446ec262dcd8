"""What touches the disk in a way that must survive a power cut; the one place that knows POSIX."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jibungoto.engine.unbroken import unbroken
from jibungoto.ledger.problems import DiskProblem
from jibungoto.ledger.words import Words


def keep_to_owner(home: Path) -> None:
    """Make a home, and all this process writes from now on, readable by its owner alone."""
    os.umask(0o077)
    home.mkdir(parents=True, exist_ok=True)
    if os.name != "nt":
        home.chmod(0o700)


def is_open_to_others(home: Path) -> bool:
    """Say whether other accounts of this machine can look into a home."""
    return os.name != "nt" and bool(home.stat().st_mode & 0o077)


def put_to_disk(path: Path) -> None:
    """Make sure a file, or the entries of a folder, are on disk and not only promised to be."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_whole(path: Path, content: bytes) -> None:
    """Replace a file in one step: a reader sees the old content or the new, never half of it."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with fresh.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    os.replace(fresh, path)
    put_to_disk(path.parent)


@contextmanager
def telling_disk_problems(place: str) -> Iterator[None]:
    """Turn what the machine or DuckDB says of a disk or of memory into a ``DiskProblem``."""
    try:
        yield
    except OSError as error:
        raise disk_problem(error, place) from error
    except _said_by_duckdb() as error:
        raise disk_problem(OSError(str(error).splitlines()[0]), place) from error


def _said_by_duckdb() -> tuple[type[Exception], ...]:
    """Return what DuckDB raises; nothing where it was never needed, so that it is not loaded."""
    if "duckdb" not in sys.modules:
        return ()
    with unbroken():
        import duckdb

    return duckdb.IOException, duckdb.OutOfMemoryException


def disk_problem(error: OSError, place: str) -> DiskProblem:
    """Say what the machine refused and what to do about it."""
    said = error.strerror or str(error)
    return DiskProblem(
        Words(
            f"ファイルを読み書きできませんでした({said})。",
            f"The machine could not read or write a file ({said}).",
        ),
        Words(
            "ディスクの空きと権限を確かめて、同じファイルをもう一度取り込んでください。"
            "途中までの内容は残っていません。",
            "Check free space and permissions, then bring the same file in again."
            " Nothing is half in.",
        ),
        place=place,
    )
