"""The zip is an official Slack export in every detail a reader may lean on."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from jibungoto.demo.truth import Truth
from tests.demo.reading import Workspace

CHANNEL_KEYS = [
    "id", "name", "created", "creator", "is_archived", "is_general", "members", "topic", "purpose",
]  # fmt: skip


def with_subtype(workspace: Workspace, subtype: str) -> list[dict[str, Any]]:
    return [one for _, one in workspace.messages if one.get("subtype") == subtype]


def test_the_zip_is_whole_and_its_times_are_fixed(export: Path) -> None:
    with ZipFile(export) as archive:
        assert archive.testzip() is None
        assert {entry.date_time for entry in archive.infolist()} == {(2000, 1, 1, 0, 0, 0)}
        assert archive.namelist()[:3] == ["users.json", "channels.json", "integration_logs.json"]
        assert len(archive.namelist()) == len(set(archive.namelist()))


def test_files_are_printed_as_slack_prints_them(export: Path) -> None:
    with ZipFile(export) as archive:
        name = next(one for one in archive.namelist() if one.startswith("自己紹介/"))
        text = archive.read(name).decode("ascii")
    assert text.startswith('[\n    {\n        "user": "U')
    assert re.search(r"\\u[0-9a-f]{4}", text)


def test_slashes_are_escaped(export: Path) -> None:
    with ZipFile(export) as archive:
        assert b'"https:\\/\\/avatars.slack.example\\/' in archive.read("users.json")


def test_every_record_lies_in_the_file_of_its_utc_day(workspace: Workspace) -> None:
    names = {one["name"] for one in workspace.channels}
    for path, records in workspace.files.items():
        channel, day = path.removesuffix(".json").split("/")
        assert channel in names
        days = {datetime.fromtimestamp(float(one["ts"]), UTC).date().isoformat() for one in records}
        assert days == {day}
        assert [one["ts"] for one in records] == sorted(one["ts"] for one in records)


def test_time_stamps_are_unique_in_a_channel_and_have_six_digits(workspace: Workspace) -> None:
    stamps = [(name, one["ts"]) for name, one in workspace.messages]
    assert len(stamps) == len(set(stamps))
    assert all(re.fullmatch(r"\d{10}\.\d{6}", ts) for _, ts in stamps)


def test_everybody_in_a_record_is_in_the_list_of_users(workspace: Workspace) -> None:
    known = {one["id"] for one in workspace.users}
    assert len(known) == len(workspace.users)
    seen: set[str] = set()
    for _, one in workspace.messages:
        seen |= {one["user"]} if "user" in one else set()
        seen |= {*one.get("reply_users", []), one.get("parent_user_id", "USLACKBOT")}
        seen |= {user for mood in one.get("reactions", []) for user in mood["users"]}
        seen |= set(re.findall(r"<@(U\w+)>", one["text"]))
    for channel in workspace.channels:
        seen |= {channel["creator"], *channel["members"]}
    assert seen - known == {"USLACKBOT"}


def test_the_two_default_channels_were_created_in_one_second(workspace: Workspace) -> None:
    first, second = workspace.channels[:2]
    assert (first["name"], first["is_general"]) == ("general", True)
    assert (second["name"], second["is_general"]) == ("雑談", False)
    assert first["created"] == second["created"]
    later = [one["created"] for one in workspace.channels[2:]]
    assert first["created"] not in later


def test_channels_say_what_slack_says(workspace: Workspace) -> None:
    for channel in workspace.channels:
        assert [key for key in channel if key != "pins"] == CHANNEL_KEYS
        assert isinstance(channel["created"], int)
    assert [one["name"] for one in workspace.channels if one["is_archived"]] == ["将棋部"]
    assert [one["name"] for one in workspace.channels if "pins" in one] == ["関東_もくもく会"]


def test_nobody_acts_before_a_channel_is_there_or_before_joining_it(workspace: Workspace) -> None:
    created = {one["name"]: one["created"] for one in workspace.channels}
    joined: set[tuple[str, str]] = set()
    for name, one in sorted(workspace.messages, key=lambda pair: pair[1]["ts"]):
        assert float(one["ts"]) >= created[name]
        if one.get("subtype") == "channel_join":
            assert (name, one["user"]) not in joined
            joined.add((name, one["user"]))
        elif one.get("subtype") is None and "bot_id" not in one:
            assert (name, one["user"]) in joined


def test_threads_agree_from_both_ends(workspace: Workspace) -> None:
    records = {(name, one["ts"]): one for name, one in workspace.messages}
    answers: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for name, one in sorted(workspace.messages, key=lambda pair: pair[1]["ts"]):
        if one.get("thread_ts", one["ts"]) != one["ts"]:
            answers.setdefault((name, one["thread_ts"]), []).append(one)
    for key, replies in answers.items():
        root = records[key]
        assert root["replies"] == [{"user": one["user"], "ts": one["ts"]} for one in replies]
        assert root["reply_count"] == len(replies)
        assert root["latest_reply"] == replies[-1]["ts"]
        assert set(root["reply_users"]) == {one["user"] for one in replies}
        assert {one["parent_user_id"] for one in replies} == {root["user"]}
    assert len(answers) == sum("reply_count" in one for _, one in workspace.messages)


def test_some_answers_come_in_another_days_file(workspace: Workspace) -> None:
    late = [
        one
        for _, one in workspace.messages
        if int(float(one.get("thread_ts", one["ts"]))) // 86400 < int(float(one["ts"])) // 86400
    ]
    assert len(late) > 300


def test_a_broadcast_carries_the_copy_of_its_root(workspace: Workspace) -> None:
    records = {one["ts"]: one for _, one in workspace.messages}
    broadcasts = with_subtype(workspace, "thread_broadcast")
    assert len(broadcasts) > 50
    for one in broadcasts:
        assert one["root"]["ts"] == one["thread_ts"]
        assert one["root"]["text"] == records[one["thread_ts"]]["text"]


def test_reactions_name_each_person_once_and_count_them(workspace: Workspace) -> None:
    moods = [mood for _, one in workspace.messages for mood in one.get("reactions", [])]
    assert len(moods) > 3_000
    assert all(mood["count"] == len(set(mood["users"])) == len(mood["users"]) for mood in moods)


def test_every_kind_of_record_occurs(workspace: Workspace) -> None:
    kinds = {one.get("subtype") for _, one in workspace.messages}
    assert kinds == {
        None, "channel_join", "channel_leave", "channel_name", "channel_topic", "channel_purpose",
        "channel_archive", "bot_message", "thread_broadcast", "file_share", "tombstone",
    }  # fmt: skip
    assert any("edited" in one for _, one in workspace.messages)
    assert all("user" not in one for one in with_subtype(workspace, "bot_message"))
    assert all(one["reply_count"] for one in with_subtype(workspace, "tombstone"))
    assert all(
        one["files"][0]["id"].startswith("F0") for one in with_subtype(workspace, "file_share")
    )
    renames = {one["old_name"]: one["name"] for one in with_subtype(workspace, "channel_name")}
    assert renames == {"random": "雑談", "tokyo_mokumoku": "関東_もくもく会"}


def test_blocks_say_what_the_text_says(workspace: Workspace) -> None:
    for _, one in workspace.messages:
        for block in one.get("blocks", []):
            (section,) = block["elements"]
            assert "".join(map(as_text, section["elements"])) == one["text"]


def as_text(element: dict[str, str]) -> str:
    if element["type"] == "user":
        return f"<@{element['user_id']}>"
    if element["type"] == "link":
        label = f"|{element['text']}" if "text" in element else ""
        return f"<{element['url']}{label}>"
    return element.get("text", f":{element.get('name')}:")


def test_users_say_what_slack_says(workspace: Workspace, facts: Truth) -> None:
    users = {one["id"]: one for one in workspace.users}
    assert {one for one in users if users[one].get("is_admin")} == {a.user for a in facts.staff}
    assert [one["id"] for one in workspace.users if one.get("is_owner")] == [facts.staff[0].user]
    assert {one for one in users if users[one]["is_bot"]} == {one.user for one in facts.bots}
    assert {one for one in users if users[one]["deleted"]} == {one.user for one in facts.deleted}
    assert {one for one in users if users[one].get("is_restricted")} == {
        one.user for one in facts.guests
    }
    assert {one["tz"] for one in workspace.users if not one["deleted"]} == {"Asia/Tokyo"}
    assert len({one["name"] for one in workspace.users}) == len(users)
