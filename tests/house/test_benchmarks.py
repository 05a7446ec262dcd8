"""What the benchmarks measure on is what they say: right in number and shape, and repeatable."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from make_slack import make, slack_json
from raw_read import inflate_all


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("benchmark") / "export.zip"
    make(path, messages=1_000, seed=7)
    return path


def day_files(path: Path) -> dict[str, list[dict[str, object]]]:
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if "/" in name]
        return {name: json.loads(archive.read(name)) for name in names}


def test_an_export_holds_as_many_messages_as_asked_for(export: Path) -> None:
    days = day_files(export)
    keys = [(name.split("/")[0], one["ts"]) for name, day in days.items() for one in day]
    assert len(keys) == len(set(keys)) == 1_000


def test_the_same_seed_gives_the_same_bytes(export: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.zip"
    make(again, messages=1_000, seed=7)
    assert again.read_bytes() == export.read_bytes()


def test_every_reply_answers_a_root_that_counts_it(export: Path) -> None:
    records = [one for day in day_files(export).values() for one in day]
    replies = [one["ts"] for one in records if "parent_user_id" in one]
    counted = [reply["ts"] for one in records for reply in as_list(one.get("replies", []))]
    assert sorted(map(str, replies)) == sorted(map(str, counted))


def as_list(value: object) -> list[dict[str, object]]:
    assert isinstance(value, list)
    return value


def test_files_look_as_slack_writes_them() -> None:
    assert slack_json([{"a": "日/本"}]) == b'[\n    {\n        "a": "\\u65e5\\/\\u672c"\n    }\n]'


@pytest.mark.parametrize("library", ["zlib", "libdeflate"])
def test_the_raw_read_inflates_every_byte(export: Path, library: str) -> None:
    with zipfile.ZipFile(export) as archive:
        assert inflate_all(export, library) == sum(entry.file_size for entry in archive.infolist())
