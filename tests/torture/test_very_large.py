"""A file of 2 GB and zips of a million files come in within the memory and time promised.

On two cores making and importing them takes about a minute each, two where others work too.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.torture.large import CHANNELS, PEOPLE, day_files, empty_files, write_dump, write_zip

HERE = Path(__file__).parent
MILLION = 1_000_000
MEGABYTES = 500
"""The most memory an import may take."""
SECONDS = 300
"""The most seconds of work an import may take, five times what it does: a wait that grows with
the square would not fit. How busy the machine is besides does not count."""

pytestmark = [
    pytest.mark.torture,
    pytest.mark.skipif(os.name != "posix", reason="memory is measured the POSIX way"),
]


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import printed, and what it took."""

    told: dict[str, Any]
    megabytes: int
    seconds: float


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """Return a folder for large files; they are gone when the test is over."""
    folder = tmp_path / "large"
    folder.mkdir()
    yield folder
    shutil.rmtree(folder)


def worked() -> float:
    """Return how many seconds of work the processes took that this one waited for."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def imported(export: Path, home: Path) -> Imported:
    """Import in a process of its own, measured."""
    command = [sys.executable, str(HERE / "measured_import.py"), str(home), str(export)]
    environment = os.environ | {"LC_ALL": "C.UTF-8"}
    before = worked()
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=12 * SECONDS, check=True
    )
    told, megabytes = done.stdout.splitlines()
    return Imported(json.loads(told), int(megabytes), worked() - before)


def counts(told: dict[str, Any]) -> tuple[int, int, int, int]:
    """Return how many records were read, are new, were refused, and in how many activities."""
    refused = sum(one["records"] for one in told["refused"])
    return told["read"], told["new"], refused, told["activities"]


def test_one_file_of_two_gigabytes_is_streamed(place: Path, tmp_path: Path) -> None:
    export = place / "general.json"
    messages = write_dump(export, size=2 << 30)
    assert export.stat().st_size >= 2 << 30
    done = imported(export, tmp_path / "home")
    assert counts(done.told) == (messages, messages, 0, messages)
    assert (done.megabytes < MEGABYTES, done.seconds < SECONDS) == (True, True), done


def test_a_zip_of_a_million_small_files_comes_in_whole(place: Path, tmp_path: Path) -> None:
    export = place / "export.zip"
    write_zip(export, day_files(MILLION))
    done = imported(export, tmp_path / "home")
    # Each channel is a start as well.
    assert counts(done.told) == (MILLION, MILLION, 0, MILLION + CHANNELS)
    assert done.told["handles"] == PEOPLE
    assert (done.megabytes < MEGABYTES, done.seconds < SECONDS) == (True, True), done


def test_a_zip_of_a_million_empty_files_is_told_without_listing_each(
    place: Path, tmp_path: Path
) -> None:
    export = place / "export.zip"
    write_zip(export, empty_files(MILLION))
    done = imported(export, tmp_path / "home")
    assert counts(done.told) == (MILLION, 0, MILLION, CHANNELS)
    assert len(done.told["refused"]) < 3_000
    assert (done.megabytes < MEGABYTES, done.seconds < SECONDS) == (True, True), done
