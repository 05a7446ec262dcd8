"""A zip inside a zip is read where it stands alone, and bounded like everything handed in."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from jibungoto.gather.recognise import recognise
from jibungoto.gather.shelves.entry import Limits
from jibungoto.gather.shelves.export import open_export
from jibungoto.ledger.problems import (
    DamagedExport,
    DiskProblem,
    EncryptedExport,
    NotAnExport,
    UnsafeExport,
)
from tests.gather.made import Files, folder_of, zip_of
from tests.gather.slack_made import AN, export, said

SLACK = export([said(AN, 1)])


def packed(files: Files, folder: Path, name: str = "inner.zip") -> bytes:
    return zip_of(files, folder / name).read_bytes()


def kept_apart(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Path:
    """Let copies be made in a folder of their own."""
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.mark.parametrize("way", ["zip", "folder", "zip in a folder in a zip"])
def test_a_zip_that_stands_alone_is_read_as_what_is_in_it(
    tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    copies = kept_apart(monkeypatch, tmp_path / "copies")
    inner = packed(SLACK, tmp_path)
    beside = {"__MACOSX/._inner.zip": b"x", ".DS_Store": b"x"}
    if way == "folder":
        path = folder_of({"inner.zip": inner}, tmp_path / "given")
    else:
        name = "inner.zip" if way == "zip" else "deep/inner.zip"
        path = zip_of({name: inner, **beside}, tmp_path / "given.zip")
    with open_export(path) as opened, open_export(tmp_path / "inner.zip") as plain:
        assert recognise(opened).source.key == "slack"
        assert {one.path: bytes(opened.read(one)) for one in opened.entries} == {
            one.path: bytes(plain.read(one)) for one in plain.entries
        }
        assert opened.name == path.name
    assert list(copies.iterdir()) == []


def test_a_zip_two_deep_stays_a_file_and_is_named(tmp_path: Path) -> None:
    middle = packed({"inner.zip": packed(SLACK, tmp_path)}, tmp_path, "middle.zip")
    path = zip_of({"middle.zip": middle}, tmp_path / "given.zip")
    with open_export(path) as opened, pytest.raises(NotAnExport) as raised:
        recognise(opened)
    assert raised.value.what.en == "Exports are packed into it together: inner.zip"


def test_several_zips_are_to_be_handed_in_one_by_one(tmp_path: Path) -> None:
    inner = packed(SLACK, tmp_path)
    path = zip_of({f"{n}.zip": inner for n in range(5)}, tmp_path / "given.zip")
    with open_export(path) as opened, pytest.raises(NotAnExport) as raised:
        recognise(opened)
    told = raised.value
    assert told.what.ja == "書き出しファイルがまとめて入っています: 0.zip、1.zip、2.zip、ほか2個"
    assert told.what.en == "Exports are packed into it together: 0.zip, 1.zip, 2.zip and 2 more"
    assert told.next_step.en == "Take them out and hand them in one by one."


def test_a_broken_zip_inside_is_named_and_leaves_no_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copies = kept_apart(monkeypatch, tmp_path / "copies")
    path = zip_of({"inner.zip": packed(SLACK, tmp_path)[:-30]}, tmp_path / "given.zip")
    with pytest.raises(DamagedExport) as raised:
        open_export(path)
    assert (raised.value.place, list(copies.iterdir())) == ("inner.zip", [])


def test_two_harmless_ratios_do_not_make_a_bomb(tmp_path: Path) -> None:
    zeros = packed({f"{n}.json": b" " * 900_000 for n in range(40)}, tmp_path)
    path = zip_of({"inner.zip": zeros}, tmp_path / "given.zip")
    limits = Limits(small=1_000, entry_ratio=2_000, whole_ratio=2_000)
    with open_export(tmp_path / "inner.zip", limits) as alone:
        assert len(alone.entries) == 40
    with pytest.raises(UnsafeExport):
        open_export(path, limits)


def test_what_a_disk_has_no_room_for_is_not_taken_out(tmp_path: Path) -> None:
    path = zip_of({"inner.zip": packed(SLACK, tmp_path)}, tmp_path / "given.zip")
    with pytest.raises(DiskProblem) as raised:
        open_export(path, Limits(free_bytes=1 << 60))
    assert raised.value.next_step.en == "Take the zip inside out yourself and hand that in."


def test_a_locked_zip_inside_says_so(tmp_path: Path) -> None:
    inner = bytearray(packed({"users.json": b"[]"}, tmp_path))
    for at in (inner.find(b"PK\x03\x04") + 6, inner.find(b"PK\x01\x02") + 8):
        inner[at] |= 1
    path = zip_of({"inner.zip": bytes(inner)}, tmp_path / "given.zip")
    with pytest.raises(EncryptedExport):
        open_export(path)
