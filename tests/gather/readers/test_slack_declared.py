"""How far a dump reaches by its own word, and which of its channels stay shut by it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from jibungoto.gather.readers.slack_time import last_whole_day
from tests.gather.made import folder_of, gather
from tests.gather.slack_made import AN, BO, BORN, GENERAL, TALK, channel, export, said

END = "2025-04-18T23:59:59+00:00"
DAY_FILE = "2023-11-15.json"


@pytest.mark.parametrize(
    ("declared", "zone", "day"),
    [
        (END, "UTC", date(2025, 4, 18)),
        (END, "Asia/Tokyo", date(2025, 4, 18)),
        (END, "America/New_York", date(2025, 4, 17)),
        ("2025-04-18T23:59:59Z", "UTC", date(2025, 4, 18)),
        ("2025-04-18T12:00:00", "UTC", date(2025, 4, 17)),
        ("2025-04-18", "Asia/Tokyo", date(2025, 4, 18)),
        ("9999-12-31", "UTC", None),
        ("yesterday", "UTC", None),
        ("", "UTC", None),
        (17, "UTC", None),
        (None, "UTC", None),
    ],
)
def test_an_end_is_covered_to_its_last_whole_local_day(
    declared: object, zone: str, day: date | None
) -> None:
    assert last_whole_day([declared], ZoneInfo(zone)) == day


def test_of_several_ends_the_latest_counts() -> None:
    ends = ["2025-04-18", None, "2025-05-02", "2025-04-30"]
    assert last_whole_day(ends, ZoneInfo("UTC")) == date(2025, 5, 2)
    assert last_whole_day([], ZoneInfo("UTC")) is None


def dumped(folder: Path, summary: dict[str, Any], **files: Any) -> Path:
    folder.mkdir()
    (folder / "summary.json").write_text(json.dumps(summary))
    for name, content in files.items():
        (folder / f"{name}.json").write_text(json.dumps(content))
    return folder


def test_a_dump_is_covered_to_its_declared_end_whatever_came_later(tmp_path: Path) -> None:
    told = {"id": GENERAL, "name": "general", "file": "general.json"}
    summary = {"period": {"end": END}, "channels": [told]}
    late = said(BO, 90_000_000)
    folder = dumped(tmp_path / "dump", summary, general=[said(AN, 1), late])
    found = gather(folder, zone="Asia/Tokyo")
    assert found.reading.covered_until == date(2025, 4, 18)
    assert found.read == found.accounted == 2


@pytest.mark.parametrize(
    ("told", "is_direct"),
    [
        ({"is_im": True}, True),
        ({"is_mpim": True, "is_group": True}, True),
        ({"id": "D77"}, True),
        ({"name": "mpdm-an--bo-1"}, True),
        ({"is_private": True}, False),
        ({"is_group": True}, False),
        ({"id": "G9"}, False),
    ],
)
def test_what_a_list_of_open_channels_marks_as_closed_stays_closed(
    tmp_path: Path, told: dict[str, Any], is_direct: bool
) -> None:
    listed = {**channel("C00000000S", "secret", BORN), **told}
    files = export([said(AN, 1)], **{f"{listed['name']}/{DAY_FILE}": [said(BO, 2)]})
    files["channels.json"] = [*files["channels.json"], listed]
    found = gather(folder_of(files, tmp_path / "export"))
    assert [one.place for one in found.activities if one.actor and "secret" in str(one)] == []
    assert found.read == found.accounted == 2
    (shut,) = found.left_out
    assert ("Direct" in shut.reason.en) == is_direct
    assert listed["id"] not in {one.place for one in found.activities}
    again = gather(folder_of(files, tmp_path / "again"), private=[listed["id"]])
    assert (listed["id"] in {one.place for one in again.activities}) == (not is_direct)


def test_a_dump_opens_a_private_group_only_when_it_is_chosen(tmp_path: Path) -> None:
    files = {TALK: [said(AN, 1)], "G0PRIV111": [said(BO, 2)], "D0ABCDEF123": [said(BO, 3)]}
    folder = dumped(tmp_path / "dump", {"channels": []}, **files)
    found = gather(folder)
    assert {one.place for one in found.left_out} == {"G0PRIV111", "D0ABCDEF123"}
    chosen = gather(folder, private=["G0PRIV111"])
    assert [one.place for one in chosen.left_out] == ["D0ABCDEF123"]
