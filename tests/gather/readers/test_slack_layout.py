"""Which channel a file belongs to, and what of an export stays shut."""

from __future__ import annotations

import unicodedata
import zipfile
from pathlib import Path
from typing import Any

import pytest

from jibungoto.gather.contents.beside import ANOTHERS
from jibungoto.gather.readers import slack_words as words
from jibungoto.gather.readers.slack import tag_of
from jibungoto.ledger.activity import Visibility
from jibungoto.ledger.initiative import PlaceTag
from jibungoto.ledger.kinds import Kind
from tests.gather.made import Gathered, as_bytes, concealed, folder_of, gather, zip_of
from tests.gather.slack_made import (
    AN,
    BO,
    BORN,
    DAY,
    GENERAL,
    TALK,
    channel,
    export,
    said,
    ts,
    user,
)


def read(files: dict[str, Any], tmp_path: Path, **how: Any) -> Gathered:
    gathered = gather(folder_of(files, tmp_path / "export"), **how)
    assert gathered.accounted == gathered.read
    assert gathered.entries == len(files)
    return gathered


def places(found: Gathered) -> set[str | None]:
    return {activity.place for activity in found.of_kind(Kind.MESSAGE)}


def test_a_folder_with_an_old_name_is_the_channel_it_was_renamed_to(tmp_path: Path) -> None:
    renamed = said(AN, 5, subtype="channel_name", old_name="chat", name="talk")
    found = read(export(**{f"chat/{DAY}": [said(AN, 1), renamed]}), tmp_path)
    assert places(found) == {TALK}
    assert {one.name for one in found.initiatives} == {"general", "talk"}


def test_where_no_id_can_be_found_the_author_and_the_moment_are_the_key(tmp_path: Path) -> None:
    files = {f"lost/{DAY}": [said(AN, 1, thread_ts=ts(1)), said(BO, 2, thread_ts=ts(1))]}
    found = read(files, tmp_path)
    root, reply = found.of_kind(Kind.MESSAGE, Kind.REPLY)
    assert root.key == f"{concealed(AN)}/{ts(1)}"
    assert (reply.key, reply.in_reply_to) == (f"{concealed(BO)}/{ts(2)}", root.key)
    assert places(found) == {"name:lost"}
    assert found.reading.can_tell.complete_since is None
    assert not found.reading.can_tell.creators


def test_a_name_in_another_form_of_unicode_is_the_same_channel(tmp_path: Path) -> None:
    files = export(**{unicodedata.normalize("NFD", f"デザイン/{DAY}"): [said(AN, 1)]})
    files["channels.json"].append(channel("C00000000D", "デザイン", BORN + 5))
    assert places(read(files, tmp_path)) == {"C00000000D"}


def test_a_wrapping_folder_changes_nothing(tmp_path: Path) -> None:
    files = {f"My export/{name}": content for name, content in export([said(AN, 1)]).items()}
    files["__MACOSX/My export/._users.json"] = b"\x00\x05"
    files["My export/general/.DS_Store"] = b"\x00"
    found = gather(zip_of(files, tmp_path / "e.zip"))
    assert [one.key for one in found.of_kind(Kind.MESSAGE)] == [f"{GENERAL}/{ts(1)}"]


def test_a_dump_has_its_ids_from_its_summary(tmp_path: Path) -> None:
    files = {
        "raw/slack/summary.json": {"channels": [{"id": GENERAL, "name": "general"}]},
        "raw/slack/general.json": [said(AN, 1, user_name="An")],
        "raw/github/general.json": [{"id": 1, "title": "no Slack"}],
        "notes.md": b"# notes",
    }
    found = read(files, tmp_path)
    assert [one.key for one in found.of_kind(Kind.MESSAGE)] == [f"{GENERAL}/{ts(1)}"]
    assert found.handle(AN).name == "An"
    assert [(one.key, one.started_by) for one in found.initiatives] == [(f"slack:{GENERAL}", None)]


def test_a_dump_without_a_summary_has_its_name_from_its_file(tmp_path: Path) -> None:
    found = read({"自己紹介.json": [said(AN, 1)], "雑談.json": [said(AN, 2)]}, tmp_path)
    assert places(found) == {"name:自己紹介", "name:雑談"}
    assert {one.name: one.tag for one in found.initiatives} == {
        "自己紹介": PlaceTag.INTRO,
        "雑談": PlaceTag.NONE,
    }


def test_one_file_alone_is_a_dump(tmp_path: Path) -> None:
    folder_of({"general.json": [said(AN, 1)]}, tmp_path)
    assert places(gather(tmp_path / "general.json")) == {"name:general"}


def test_direct_messages_stay_shut_and_are_counted_without_naming_people(tmp_path: Path) -> None:
    files: dict[str, Any] = export()
    files.update(
        {
            "dms.json": [{"id": "D0000000001", "members": [AN, BO]}],
            "mpims.json": [{"id": "G0000000002", "name": "mpdm-an--bo-1", "created": BORN}],
            f"D0000000001/{DAY}": [said(AN, 1)],
            f"mpdm-an--bo-1/{DAY}": [said(AN, 2)],
            f"mpdm-bo--cy-1/{DAY}": b"not even JSON",
            "D0000000009.json": [said(AN, 3)],
        }
    )
    found = read(files, tmp_path, private=["D0000000001", "mpdm-an--bo-1", "G0000000002"])
    assert places(found) == set()
    assert sorted(one.place for one in found.left_out) == [
        "D0000000001",
        "D0000000009",
        "G0000000002",
        "mpdm",
    ]
    assert found.read == 4


def test_a_channel_in_which_nobody_ever_wrote_was_started_all_the_same(tmp_path: Path) -> None:
    found = read(export(), tmp_path)
    assert {one.key for one in found.initiatives} == {f"slack:{GENERAL}", f"slack:{TALK}"}
    assert [start.place for start in found.of_kind(Kind.START)] == [TALK]


@pytest.mark.parametrize("chosen", ["core", "G00000000P"])
def test_a_private_channel_is_read_only_when_chosen(tmp_path: Path, chosen: str) -> None:
    files = export(
        **{
            "groups.json": [channel("G00000000P", "core", BORN + 7)],
            f"core/{DAY}": [said(AN, 1)],
        }
    )
    shut = read(files, tmp_path)
    assert places(shut) == set()
    assert [(one.place, one.records) for one in shut.left_out] == [("core", 1)]
    assert {one.name for one in shut.initiatives} == {"general", "talk"}
    opened = read(files, tmp_path, private=[chosen])
    assert places(opened) == {"G00000000P"}
    assert opened.of_kind(Kind.MESSAGE)[0].visibility is Visibility.PRIVATE
    assert opened.left_out == []


def test_where_the_list_of_private_channels_is_broken_unknown_folders_stay_shut(
    tmp_path: Path,
) -> None:
    files = export([said(AN, 1)], **{"groups.json": b"[{", f"core/{DAY}": [said(AN, 1)]})
    found = read(files, tmp_path)
    assert places(found) == {GENERAL}
    assert [one.place for one in found.left_out] == ["core"]


def test_what_is_no_record_of_a_channel_is_named_or_on_the_list_of_what_is_ignored(
    tmp_path: Path,
) -> None:
    files = export(
        [said(AN, 1)],
        **{
            "integration_logs.json": [{"ts": ts(1)}],
            "README.md": b"# us",
            ".LICENSE": b"free",
            "logo.png": b"?",
            "general/README.md": b"# here",
            "general/canvas.json": [{"ts": ts(1)}],
            "general/2025-01-02 (1).json": b"{bad",
            "general/photo.png": b"?",
            "=1+1/x.json": b"{bad",
            "more.zip": b"PK",
        },
    )
    found = read(files, tmp_path)
    assert found.refusals == []
    assert sorted(one.place for one in found.left_out) == [
        "=1+1/x.json",
        "general/2025-01-02 (1).json",
        "general/canvas.json",
        "general/photo.png",
        "logo.png",
        "more.zip",
    ]
    reasons = {one.reason for one in found.left_out if one.place != "logo.png"}
    assert reasons == {words.NOT_MESSAGES}
    assert found.read == 6


@pytest.mark.parametrize(
    "name", ["2025-01-01 (1).json", "2025-1-2.json", "x.JSON", "sub/x.json", "コピー.json"]
)
def test_messages_in_a_channels_folder_are_read_whatever_the_file_is_called(
    tmp_path: Path, name: str
) -> None:
    found = read(export([said(AN, 1)], **{f"talk/{name}": [said(BO, 2)]}), tmp_path)
    assert places(found) == {GENERAL, TALK}
    assert len(found.counted) == 2
    alone = gather(folder_of(export(**{f"general/{name}": [said(BO, 2)]}), tmp_path / "alone"))
    assert places(alone) == {GENERAL}


def test_a_day_written_in_another_way_is_a_day_of_a_channel_no_list_names(tmp_path: Path) -> None:
    files = {"lost/2025-1-2.json": [said(AN, 1)], "lost/2025-01-03 (1).json": [said(BO, 2)]}
    assert places(read({"a.json": [said(AN, 3)], **files}, tmp_path)) == {"name:a", "name:lost"}


def test_files_of_other_names_in_private_folders_stay_shut(tmp_path: Path) -> None:
    more: dict[str, Any] = {
        "groups.json": [channel("G00000000P", "core", BORN)],
        "mpims.json": [{"id": "G0000000002", "name": "mpdm-an--bo-1", "created": BORN}],
        "core/x.json": [said(AN, 1)],
        "core/users.json": [],
        "core/sub/y (1).json": [said(AN, 1)],
        "D0000000001/x.json": [said(AN, 1)],
        "D0000000001/users.json": [said(AN, 1)],
        "D0000000001/sub/2025-01-01.json": [said(AN, 1)],
        "mpdm-an--bo-1/photo.png": b"?",
        "general/D0000000003.json": [said(AN, 1)],
    }
    files = export(**more)
    found = read(files, tmp_path)
    assert places(found) == set()
    assert sorted(((one.place, one.reason) for one in found.left_out), key=str) == [
        ("D0000000001", words.DIRECT),
        ("D0000000003", words.DIRECT),
        ("G0000000002", words.DIRECT),
        ("core", words.PRIVATE),
    ]
    assert places(read(files, tmp_path, private=["core"])) == {"G00000000P"}


def test_what_lies_outside_of_slacks_folder_is_named_and_counts_as_no_record(
    tmp_path: Path,
) -> None:
    inside = {f"slack/{name}": content for name, content in export([said(AN, 1)]).items()}
    files = {**inside, "github/a.json": [{"id": 1}], "photo.xcf": b"?", "slack/x.bin": b"?"}
    found = read(files, tmp_path)
    assert [(one.place, one.reason, one.records) for one in found.left_out] == [
        ("slack/x.bin", words.NOT_MESSAGES, 1),
        ("photo.xcf", ANOTHERS, 0),
        ("github/a.json", ANOTHERS, 0),
    ]
    assert found.read == 2


def test_two_files_of_one_name_are_both_accounted_for(tmp_path: Path) -> None:
    path = tmp_path / "e.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("users.json", as_bytes([user(AN)]))
        archive.writestr("a.json", as_bytes([said(AN, 1)]))
        archive.writestr("b.json", as_bytes([user(BO)]))
    path.write_bytes(path.read_bytes().replace(b"b.json", b"a.json"))
    found = gather(path)
    assert (places(found), found.accounted) == ({"name:a"}, found.read)
    assert [one.place for one in found.left_out] == ["a.json"]


def test_what_stays_shut_in_the_zip_is_refused_by_name_and_the_rest_is_in(tmp_path: Path) -> None:
    files = export([said(AN, 1)], **{"../../etc/x.json": [said(AN, 2)]})
    files["../mpdm-an--bo-1/y.json"] = b"[]"
    found = gather(zip_of(files, tmp_path / "e.zip"))
    assert [one.place for one in found.refusals] == ["../../etc/x.json", "../mpdm/y.json"]
    assert (found.read, found.accounted, len(found.counted)) == (3, 3, 1)


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("1_自己紹介", PlaceTag.INTRO),
        ("intro", PlaceTag.INTRO),
        ("02_introductions", PlaceTag.INTRO),
        ("Introduce-Yourself", PlaceTag.INTRO),
        ("introvert-club", PlaceTag.NONE),
        ("0_全体お知らせ", PlaceTag.ANNOUNCE),
        ("announcements", PlaceTag.ANNOUNCE),
        ("アナウンス", PlaceTag.ANNOUNCE),
        ("general", PlaceTag.NONE),
    ],
)
def test_a_channels_name_proposes_what_it_is_for(name: str, tag: PlaceTag) -> None:
    assert tag_of(name) is tag
