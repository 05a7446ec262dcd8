"""Which reader fits is said by the content, and who brings something else is told what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from jibungoto.gather.recognise import READERS, recognise
from jibungoto.gather.shelves.export import open_export
from jibungoto.ledger.problems import NotAnExport
from tests.gather.made import Files, folder_of, zip_of
from tests.gather.slack_made import AN, DAY, export, said


@pytest.mark.parametrize(
    "files",
    [
        export([said(AN, 1)]),
        {"users.json": export()["users.json"]},
        {f"x/{DAY}": [said(AN, 1)]},
        {"deep/down/here.json": [said(AN, 1)]},
        {"channels.json": b"[{", f"x/{DAY}": [said(AN, 1)]},
    ],
    ids=["whole", "users only", "one day", "a dump", "a broken list"],
)
def test_slack_is_recognised_by_its_content(tmp_path: Path, files: Files) -> None:
    with open_export(zip_of(files, tmp_path / "any name.zip")) as opened:
        assert recognise(opened).source.key == "slack"


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"readme.md": b"# hello"},
        {"users.json": [{"id": 1, "login": "octocat"}], "channels.json": {"a": 1}},
        {"general/2024-01-01.json": [{"id": 1}]},
        {"general.json": {"ts": "1700000000.000100"}},
        {"users.json": b"\xff\x00"},
    ],
    ids=["empty", "text", "another tool's users", "another tool's days", "no list", "bytes"],
)
def test_anything_else_is_no_export_and_the_next_step_is_said(tmp_path: Path, files: Files) -> None:
    (tmp_path / "given").mkdir()
    path = folder_of(files, tmp_path / "given")
    with open_export(path) as opened, pytest.raises(NotAnExport) as raised:
        recognise(opened)
    assert raised.value.place == "given"
    assert raised.value.next_step.ja
    assert raised.value.next_step.en


@pytest.mark.parametrize(
    ("files", "wanted"),
    [
        ({}, "There are no files in it."),
        ({"export.json": b""}, "It is empty (0 bytes)."),
        ({"readme.md": b"# hello"}, "No reader recognises what is in it."),
        (
            {"users.json": b"[]", "general/2024-01-01.json": b" " * (2 << 20)},
            "No reader recognises what is in it. It holds a file that stayed closed: "
            "general/2024-01-01.json: It would grow more than 400 times when unpacked, as a zip "
            "bomb does.",
        ),
    ],
    ids=["no files", "no bytes", "something else", "a bomb"],
)
def test_why_nobody_recognises_it_is_said_as_far_as_known(
    tmp_path: Path, files: Files, wanted: str
) -> None:
    path = zip_of(files, tmp_path / "given.zip")
    with open_export(path) as opened, pytest.raises(NotAnExport) as raised:
        recognise(opened)
    assert raised.value.what.en == wanted


def test_every_reader_has_a_key_and_a_name_of_its_own() -> None:
    keys = [reader.source.key for reader in READERS]
    assert len(keys) == len(set(keys))
    assert all(reader.source.name.ja and reader.source.name.en for reader in READERS)
