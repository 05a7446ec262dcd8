"""Every file of an export is read, ignored by the list, left out or refused."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.gather.made import Gathered, as_bytes, gather, zip_of
from tests.gather.slack_made import AN, BORN, channel, export, said, ts

FOLDERS = (
    *("", "general/", "talk/", "core/", "D0000000001/", "mpdm-an--bo-1/", "lost/"),
    *("general/sub/", "=1+1/", "Talk/", "../", "__MACOSX/general/", ".git/objects/"),
)
NAMES = (
    *("2025-01-01.json", "2025-01-01 (1).json", "2025-1-2.json", "2025.01.02.JSON", "x.JSON"),
    *("canvas.json", "x.json", "x", "photo.png", "more.zip", "README.md", "LICENSE", ".DS_Store"),
    *("integration_logs.json", "canvases.json", "summary.json", "a\\b.json", "mpdm-a--b-1.json"),
    *("2025-01-01.json.bak", "-1+1.json", "users.json.gz", "D0000000009.json", "コピー.json"),
)
IGNORED = re.compile(
    r"(__MACOSX|\.git)/.*|(.*/)?(\.DS_Store|\._[^/]*|README\.md|LICENSE)"
    r"|photo\.png|integration_logs\.json|canvases\.json"
)
SHUT = {"core": "core", "D0000000001": "D0000000001", "mpdm-an--bo-1": "mpdm"}

names = st.sampled_from(NAMES) | st.from_regex(
    r"[a-z0-9 ._{}\[\]<>&'=+-]{1,12}\.json", fullmatch=True
)
contents = st.sampled_from(["said", b"{bad", b"", b"[]", b"[{", [{"id": 1}], [{"ts": "x"}]])
odd_files = st.dictionaries(
    st.builds("{}{}".format, st.sampled_from(FOLDERS), names), contents, min_size=1, max_size=6
)


def is_accounted_for(path: str, found: Gathered, *, stamp: str | None) -> bool:
    """Say whether a file is in, ignored, or named as its path, its records' or its channel's."""
    top, name = path.split("/", maxsplit=1)[0], path.rpartition("/")[2]
    places = [one.place for one in found.left_out] + [one.place for one in found.refusals]
    named = re.sub(r"mpdm-[^/]*", "mpdm", path)
    wanted = {path, named, SHUT.get(top, path)}
    if name.startswith("D0"):
        wanted.add(name.removesuffix(".json"))
    return (
        any(place in wanted or place.startswith(f"{path}, record") for place in places)
        or any(record.key.endswith(f"/{stamp}") for record in found.records)
        or (not path.startswith("../") and IGNORED.fullmatch(path) is not None)
    )


def check(odd: dict[str, object], folder: Path) -> None:
    stamps = {path: ts(1_000 + number) for number, path in enumerate(odd)}
    files = export(
        [said(AN, 1)],
        **{
            "groups.json": [channel("G00000000P", "core", BORN)],
            **{
                path: [said(AN, 1_000 + number)] if content == "said" else content
                for number, (path, content) in enumerate(odd.items())
            },
        },
    )
    found = gather(zip_of({name: as_bytes(one) for name, one in files.items()}, folder / "e.zip"))
    assert found.accounted == found.read
    lost = [
        path
        for path, content in odd.items()
        if not is_accounted_for(path, found, stamp=stamps[path] if content == "said" else None)
        and not (content == b"[]" and re.search(r"(^|/)\d{4}-\d\d-\d\d\.json$", path))
    ]
    assert lost == []


@settings(max_examples=200, deadline=None)
@given(odd_files)
def test_no_file_of_an_export_vanishes(odd: dict[str, object]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        check(odd, Path(folder))


@pytest.mark.parametrize("content", ["said", b"{bad", b""], ids=["messages", "bad", "empty"])
def test_no_file_vanishes_whatever_its_folder_and_name(tmp_path: Path, content: object) -> None:
    check({f"{folder}{name}": content for folder in FOLDERS for name in NAMES}, tmp_path)


def test_the_check_finds_a_file_that_vanished(tmp_path: Path) -> None:
    found = gather(zip_of(export([said(AN, 1)]), tmp_path / "e.zip"))
    assert not is_accounted_for("general/2025-01-01 (1).json", found, stamp=ts(2))
