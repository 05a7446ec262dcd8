"""What the Slack reader makes of records: who did what, where, to whom, and what counts once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from jibungoto.gather.reader import Choices, Reading
from jibungoto.gather.readers.slack import SlackReader
from jibungoto.gather.shelves.export import open_export
from jibungoto.ledger.activity import AtPrecision, TieKind, Visibility
from jibungoto.ledger.kinds import Kind
from tests.gather.made import Gathered, concealed, folder_of, gather
from tests.gather.slack_made import (
    ADMIN,
    AN,
    BO,
    BORN,
    CY,
    DAY,
    GENERAL,
    TALK,
    export,
    said,
    ts,
)


def read(tmp_path: Path, *general: Any, **more: Any) -> Gathered:
    gathered = gather(folder_of(export(list(general), **more), tmp_path / "export"))
    assert gathered.accounted == gathered.read
    return gathered


def test_a_message_says_who_when_where_and_how_long_but_not_what(tmp_path: Path) -> None:
    text = "Is <https://Blog.Example.com/a|this> right? :tada:"
    found = read(tmp_path, said(AN, 60, text))
    (message,) = found.of_kind(Kind.MESSAGE)
    assert message.key == message.record == f"{GENERAL}/{ts(60)}"
    assert message.actor == concealed(AN)
    assert (message.happened_at, message.sequence) == (BORN + 60, 100)
    assert message.at_precision is AtPrecision.EXACT
    assert (message.place, message.initiative) == (GENERAL, f"slack:{GENERAL}")
    assert (message.thread, message.in_reply_to) == (None, None)
    assert (message.length, message.is_question) == (len("Is this right?"), True)
    assert (message.hosts, message.text_hash) == ("blog.example.com", None)
    assert message.visibility is Visibility.MEMBERS
    assert [record.key for record in found.counted] == [message.key]
    assert found.counted[0].filed_at == BORN + 60


def test_a_reply_is_a_reply_to_the_person_who_opened_the_thread_days_ago(tmp_path: Path) -> None:
    reply = said(BO, 100_000, thread_ts=ts(0))
    found = read(
        tmp_path,
        said(AN, 0, thread_ts=ts(0), reply_count=1),
        **{"general/2023-11-16.json": [reply]},
    )
    (root,), (answer,) = found.of_kind(Kind.MESSAGE), found.of_kind(Kind.REPLY)
    assert (root.thread, root.in_reply_to) == (root.key, None)
    assert (answer.thread, answer.in_reply_to) == (root.key, root.key)
    assert found.tied(TieKind.REPLY) == [(BO, AN)]
    assert found.reading.can_tell.threads
    assert found.reading.can_tell.replies


def test_a_root_that_comes_after_its_reply_is_still_whom_the_reply_is_to(tmp_path: Path) -> None:
    found = read(tmp_path, said(BO, 9, thread_ts=ts(0)), said(AN, 0, thread_ts=ts(0)))
    assert found.tied(TieKind.REPLY) == [(BO, AN)]


def test_a_root_in_another_delivery_is_named_by_the_reply_or_left_to_the_log(
    tmp_path: Path,
) -> None:
    found = read(
        tmp_path,
        said(BO, 9, thread_ts=ts(0), parent_user_id=AN),
        said(CY, 10, thread_ts=ts(1), root={"user": AN, "ts": ts(1)}),
        said(CY, 11, thread_ts=ts(2)),
    )
    assert found.tied(TieKind.REPLY) == [(BO, AN), (CY, AN), (CY, None)]


def test_answering_oneself_is_a_reply_without_a_tie(tmp_path: Path) -> None:
    found = read(tmp_path, said(AN, 0, thread_ts=ts(0)), said(AN, 9, thread_ts=ts(0)))
    assert [activity.kind for activity in found.of_kind(Kind.REPLY)] == [Kind.REPLY]
    assert found.ties == []


def test_a_thread_broadcast_its_second_copy_and_its_roots_copy_count_once(tmp_path: Path) -> None:
    root = said(AN, 0, thread_ts=ts(0), reply_count=1)
    copied = {**root, "reactions": [{"name": "+1", "users": [CY], "count": 1}]}
    shown = said(BO, 9, thread_ts=ts(0), subtype="thread_broadcast", root=copied)
    again = {**shown, "reactions": [{"name": "eyes", "users": [CY], "count": 1}]}
    found = read(tmp_path, root, shown, again, **{"general/2023-11-16.json": [shown]})
    assert (found.read, len(found.counted), found.repeated) == (4, 2, 2)
    assert [activity.kind for activity in found.activities if activity.place == GENERAL] == [
        Kind.MESSAGE,
        Kind.REPLY,
    ]
    assert found.tied(TieKind.REPLY) == [(BO, AN)]


def test_a_reaction_is_one_activity_per_person_and_message_with_all_its_emojis(
    tmp_path: Path,
) -> None:
    reactions = [
        {"name": "tada", "users": [BO, CY], "count": 2},
        {"name": "+1::skin-tone-2", "users": [BO], "count": 1},
        {"name": "+1", "users": [BO, AN], "count": 2},
    ]
    found = read(tmp_path, said(AN, 60, reactions=reactions))
    by_bo, by_cy = found.of_kind(Kind.REACTION)
    key = f"{GENERAL}/{ts(60)}"
    assert (by_bo.actor, by_bo.emoji) == (concealed(BO), "+1 tada")
    assert (by_cy.actor, by_cy.emoji) == (concealed(CY), "tada")
    assert by_bo.key == f"{key}/reaction/{concealed(BO)}"
    assert (by_bo.record, by_bo.in_reply_to) == (key, key)
    assert by_bo.at_precision is AtPrecision.NOT_BEFORE
    assert found.tied(TieKind.REACTION) == [(BO, AN), (CY, AN)]
    assert found.reading.can_tell.reactions


@pytest.mark.parametrize(
    ("reactors_first", "expected"),
    [(None, 60), (10, 60), (500, 500)],
    ids=["never seen otherwise", "seen before", "seen only later"],
)
def test_a_reaction_is_not_before_its_message_nor_before_its_reactor_was_first_seen(
    tmp_path: Path, reactors_first: int | None, expected: int
) -> None:
    later = [] if reactors_first is None else [said(BO, reactors_first)]
    reactions = [{"name": "+1", "users": [BO], "count": 1}]
    found = read(tmp_path, said(AN, 60, reactions=reactions), **{f"talk/{DAY}": later})
    (reaction,) = found.of_kind(Kind.REACTION)
    assert reaction.happened_at == BORN + expected


def test_mentions_are_ties_once_each_and_never_to_oneself(tmp_path: Path) -> None:
    stranger = "U0STRANGER"
    found = read(tmp_path, said(AN, 0, f"<@{BO}> <@{BO}|bo> <@{AN}> <@{stranger}>!"))
    assert found.tied(TieKind.MENTION) == [(AN, BO), (AN, stranger)]
    assert found.handle(stranger).is_mentioned_only
    assert not found.handle(BO).is_mentioned_only


def test_joins_and_leaves_are_kinds_of_their_own_and_mention_nobody(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        said(BO, 1, f"<@{BO}> has joined the channel", subtype="channel_join", inviter=AN),
        said(BO, 2, f"<@{BO}> has left", subtype="channel_leave"),
    )
    assert [one.kind for one in found.of_kind(Kind.JOIN, Kind.LEAVE)] == [Kind.JOIN, Kind.LEAVE]
    assert found.of_kind(Kind.JOIN)[0].length is None
    assert found.ties == []
    assert found.reading.can_tell.joins


@pytest.mark.parametrize(
    "subtype",
    ["channel_topic", "channel_purpose", "channel_name", "channel_archive", "pinned_item"]
    + ["bot_add", "tabbed_canvas_updated", "channel_something_new"],
)
def test_settings_are_administration(tmp_path: Path, subtype: str) -> None:
    found = read(tmp_path, said(AN, 1, subtype=subtype, name="general", bot_id="B0000001"))
    (setting,) = found.of_kind(Kind.ADMIN)
    assert (setting.actor, setting.length) == (concealed(AN), None)
    assert "B0000001" not in {handle.outside_id for handle in found.handles}


def test_bots_and_workflow_posts_stand_apart(tmp_path: Path) -> None:
    old = {"type": "message", "subtype": "bot_message", "ts": ts(1), "text": "x"}
    found = read(
        tmp_path,
        {**old, "bot_id": "B00000001", "username": "Feed"},
        {**old, "ts": ts(2), "username": "Nameless hook", "bot_id": None},
        said("U000000BOT", 3, bot_id="B00000002", bot_profile={"name": "Polly"}),
        said("USLACKBOT", 4),
        said(AN, 5, bot_id="B00000003"),
    )
    bots = {handle.outside_id: handle.name for handle in found.handles if handle.is_bot}
    assert bots == {
        "B00000001": "Feed",
        "username:Nameless hook": "Nameless hook",
        "U000000BOT": "Polly",
        "USLACKBOT": "",
    }
    assert not found.handle(AN).is_bot
    assert [one.kind for one in found.activities if one.place == GENERAL] == [Kind.MESSAGE] * 5


def test_a_bots_two_ids_are_one_handle_where_the_list_of_users_says_so(tmp_path: Path) -> None:
    files = export([said("U000000BOT", 1), {"ts": ts(2), "text": "x", "bot_id": "B00000001"}])
    files["users.json"].append(
        {"id": "U000000BOT", "name": "polly", "is_bot": True, "profile": {"bot_id": "B00000001"}}
    )
    found = gather(folder_of(files, tmp_path))
    actors = {activity.actor for activity in found.of_kind(Kind.MESSAGE)}
    assert actors == {concealed("U000000BOT")}


def test_an_edit_makes_a_new_content_and_reading_twice_does_not(tmp_path: Path) -> None:
    first = read(tmp_path / "1", said(AN, 1))
    again = read(tmp_path / "2", said(AN, 1, user_team="T9", client_msg_id="x"))
    edited = read(tmp_path / "3", said(AN, 1, edited={"user": AN, "ts": ts(5)}))
    assert first.counted == again.counted
    assert [record.key for record in first.counted] == [record.key for record in edited.counted]
    assert first.counted[0].content != edited.counted[0].content


def test_a_reaction_that_came_or_went_makes_a_new_content_whatever_its_order(
    tmp_path: Path,
) -> None:
    def content(name: str, *users: str) -> int:
        reactions = [{"name": "+1", "users": list(users), "count": 1}]
        return read(tmp_path / name, said(AN, 1, reactions=reactions)).counted[0].content

    both = content("1", BO, CY)
    assert content("2", CY, BO) == both
    assert content("3", BO) != both


def test_a_tombstone_is_a_record_without_activities_and_nobody_is_answered(
    tmp_path: Path,
) -> None:
    gone = said("USLACKBOT", 0, "deleted", subtype="tombstone", thread_ts=ts(0), hidden=True)
    answer = said(BO, 9, thread_ts=ts(0), parent_user_id="USLACKBOT")
    found = read(tmp_path, gone, answer)
    assert [record.is_tombstone for record in found.counted] == [True, False]
    assert [activity.actor for activity in found.of_kind(Kind.MESSAGE, Kind.REPLY)] == [
        concealed(BO)
    ]
    assert found.tied(TieKind.REPLY) == []
    assert found.reading.can_tell.deletions


def test_logs_of_deletions_and_edits_bury_and_repeat(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        said(AN, 1),
        said(AN, 2),
        {"type": "message", "subtype": "message_deleted", "ts": ts(8), "deleted_ts": ts(1)},
        {"type": "message", "subtype": "message_changed", "ts": ts(9), "message": said(AN, 2)},
    )
    assert {record.key: record.is_tombstone for record in found.counted} == {
        f"{GENERAL}/{ts(1)}": True,
        f"{GENERAL}/{ts(2)}": False,
    }
    assert (found.read, found.repeated) == (4, 2)


def test_what_the_plan_hides_is_kept_without_its_text(tmp_path: Path) -> None:
    found = read(tmp_path, said(AN, 1, "", is_hidden_by_limit=1))
    (message,) = found.of_kind(Kind.MESSAGE)
    assert (message.length, message.is_question) == (None, None)


def test_a_file_comment_is_by_whom_the_comment_names(tmp_path: Path) -> None:
    comment = {
        "type": "message",
        "subtype": "file_comment",
        "text": f"<@{BO}> commented on {AN}'s file: Which year?",
        "comment": {"user": BO, "comment": "Which year?"},
        "file": {"user": AN},
        "ts": ts(1),
    }
    (found,) = read(tmp_path, comment).of_kind(Kind.COMMENT)
    assert (found.actor, found.is_question, found.length) == (concealed(BO), True, 11)


def test_a_message_counts_on_its_own_day_whatever_the_file_is_called(tmp_path: Path) -> None:
    found = read(tmp_path, said(AN, 10 * 86_400))
    assert found.of_kind(Kind.MESSAGE)[0].happened_at == BORN + 10 * 86_400


def test_users_are_handles_with_what_slack_says_of_them(tmp_path: Path) -> None:
    files = export([said("U0FOREIGN1", 1, user_team="T9", user_profile={"real_name": "Fay"})])
    files["users.json"] += [
        {"id": "U0GUEST001", "name": "gus", "is_ultra_restricted": True, "tz": "Asia/Tokyo"},
        {"id": "U0GONE0001", "name": "gone", "deleted": True, "tz": "Europe/Paris"},
    ]
    found = gather(folder_of(files, tmp_path))
    an, admin = found.handle(AN), found.handle(ADMIN)
    assert (an.name, an.display_name, an.email, an.zone) == (
        "An",
        "an",
        "an@example.jp",
        "Asia/Tokyo",
    )
    assert (an.is_admin, admin.is_admin) == (False, True)
    assert found.handle("U0GUEST001").is_guest
    assert found.handle("U0FOREIGN1").is_guest
    assert found.handle("U0FOREIGN1").name == "Fay"
    assert found.handle("U0GONE0001").is_deleted
    assert found.reading.zones == {"Asia/Tokyo": 2}
    assert found.reading.can_tell.emails
    assert found.reading.can_tell.zones


def test_a_channel_is_started_by_its_creator_unless_everybody_is_put_into_it(
    tmp_path: Path,
) -> None:
    files = export(**{f"talk/{DAY}": [], f"random/{DAY}": []})
    files["channels.json"].append(
        {"id": "C00000000R", "name": "random", "created": str(BORN), "creator": ADMIN}
    )
    found = gather(folder_of(files, tmp_path))
    (start,) = found.of_kind(Kind.START)
    assert (start.key, start.actor, start.happened_at) == (
        f"channel:{TALK}",
        concealed(ADMIN),
        BORN + 1000,
    )
    assert (start.place, start.initiative) == (TALK, f"slack:{TALK}")
    assert [(record.key, record.is_counted) for record in found.records] == [
        (f"channel:{TALK}", False)
    ]
    assert {one.name: one.is_default for one in found.initiatives} == {
        "general": True,
        "random": True,
        "talk": False,
    }
    assert found.reading.can_tell.creators
    assert str(found.reading.can_tell.complete_since) == "2023-11-14"


def test_no_outside_id_of_a_person_stands_in_what_enters_the_log(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        said(AN, 1, f"<@{BO}>", thread_ts=ts(1)),
        said(CY, 2, thread_ts=ts(1), reactions=[{"name": "+1", "users": [BO], "count": 1}]),
    )
    written = repr([*found.records, *found.activities, *found.ties])
    assert [one for one in (AN, BO, CY, ADMIN) if one in written] == []


def test_nobody_is_concealed_twice(tmp_path: Path) -> None:
    from jibungoto.gather.reader import Choices, Reading
    from jibungoto.gather.recognise import recognise
    from jibungoto.gather.shelves.export import open_export

    asked: list[str] = []

    def conceal(outside_id: str) -> str:
        asked.append(outside_id)
        return concealed(outside_id)

    path = folder_of(export([said(AN, 1), said(AN, 2, f"<@{AN}> <@{BO}>")]), tmp_path)
    with open_export(path) as opened:
        reader = recognise(opened)
        list(reader.read(opened, conceal=conceal, choices=Choices(), reading=Reading()))
    assert sorted(asked) == sorted({AN, BO, CY, ADMIN})


def test_the_zones_of_the_people_are_known_with_the_first_batch(tmp_path: Path) -> None:
    reading = Reading()
    with open_export(folder_of(export([said(AN, 0)]), tmp_path / "export")) as opened:
        batches = SlackReader().read(opened, conceal=concealed, choices=Choices(), reading=reading)
        next(iter(batches))
        assert reading.zones == {"Asia/Tokyo": 1}
        assert SlackReader().zones_in(opened) == reading.zones


def test_a_reaction_is_filed_with_its_message_even_if_it_must_be_later(tmp_path: Path) -> None:
    month = 40 * 86_400
    early = said(AN, 0, reactions=[{"name": "+1", "users": [BO], "count": 1}])
    found = read(tmp_path, early, said(BO, month))
    (reaction,) = found.of_kind(Kind.REACTION)
    (tie,) = (tie for tie in found.ties if tie.kind is TieKind.REACTION)
    assert (reaction.happened_at, reaction.filed_at) == (BORN + month, BORN)
    assert (tie.happened_at, tie.filed_at) == (BORN + month, BORN)


@pytest.mark.parametrize(
    ("first_day", "complete"), [("2023-11-20", "2023-11-14"), ("2024-11-20", "None")]
)
def test_an_export_that_leaves_out_the_beginning_does_not_say_since_when_it_is_complete(
    tmp_path: Path, first_day: str, complete: str
) -> None:
    files = export()
    files[f"talk/{first_day}.json"] = files.pop(f"general/{DAY}")
    found = gather(folder_of(files, tmp_path))
    assert str(found.reading.can_tell.complete_since) == complete
