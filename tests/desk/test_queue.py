"""An upload is kept under a name of ours, and never takes more of the disk than it may."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from jibungoto.desk.acting import Acting
from jibungoto.desk.gather.queue import receive
from jibungoto.gather.shelves.entry import Limits
from jibungoto.ledger.problems import DiskProblem, UnsafeExport
from jibungoto.records.home import upload_folder
from jibungoto.records.models import IntakeRow


@pytest.mark.parametrize(
    ("name", "called", "kept"),
    [
        ("export.zip", "export.zip", "upload.zip"),
        ("../../etc/書き出し.ZIP", "書き出し.ZIP", "upload.zip"),
        ("C:\\Users\\an\\general.json", "general.json", "upload.json"),
        ("書" * 100 + ".zip", "書" * 100 + ".zip", "upload.zip"),
        ("x" * 400 + ".zip", "x" * 296 + ".zip", "upload.zip"),
        ("a\x00b", "ab", "upload"),
        ("日本/../", "..", "upload"),
        ("", "upload", "upload"),
    ],
    ids=["plain", "path", "windows", "japanese", "long", "nul", "dots", "empty"],
)
def test_the_persons_name_stands_in_the_row_alone(
    acting: Acting, name: str, called: str, kept: str
) -> None:
    intake = receive(acting, name, chunks=[b"P", b"K"])
    path = Path(intake.path)
    assert (intake.name, path.name, path.read_bytes()) == (called, kept, b"PK")
    assert path.parent.parent == upload_folder().resolve()


def test_an_upload_that_is_too_large_is_stopped_and_nothing_stays(acting: Acting) -> None:
    taken = 0

    def endless() -> Iterator[bytes]:
        nonlocal taken
        while True:
            taken += 1
            yield b"x" * 1_000

    with pytest.raises(UnsafeExport) as raised:
        receive(acting, "e.zip", chunks=endless(), limits=Limits(upload_bytes=5_500))
    assert (taken, raised.value.place) == (6, "e.zip")
    assert "larger than an upload may be" in raised.value.said_in("en")
    assert "jibungoto import" in raised.value.said_in("ja")
    assert (list(upload_folder().iterdir()), IntakeRow.objects.count()) == ([], 0)


def test_an_upload_that_would_fill_the_disk_is_stopped_and_nothing_stays(acting: Acting) -> None:
    with pytest.raises(DiskProblem) as raised:
        receive(acting, "e.zip", chunks=[b"x"], limits=Limits(free_bytes=1 << 60))
    assert "Make room" in raised.value.said_in("en")
    assert "空き" in raised.value.said_in("ja")
    assert (list(upload_folder().iterdir()), IntakeRow.objects.count()) == ([], 0)


def test_an_upload_whose_sender_goes_away_leaves_nothing(acting: Acting) -> None:
    def torn() -> Iterator[bytes]:
        yield b"x"
        raise ConnectionResetError("gone")

    with pytest.raises(DiskProblem):
        receive(acting, "e.zip", chunks=torn())
    assert (list(upload_folder().iterdir()), IntakeRow.objects.count()) == ([], 0)
