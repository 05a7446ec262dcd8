"""What the Discord reader makes of DiscordChatExporter's JSON, and what it never opens."""

from __future__ import annotations

import gc
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from jibungoto.gather.batch import Sheet
from jibungoto.gather.contents import json_lists
from jibungoto.gather.contents.beside import ANOTHERS
from jibungoto.gather.reader import Choices, Reading
from jibungoto.gather.readers import discord
from jibungoto.gather.readers import discord_words as words
from jibungoto.gather.readers.discord import DiscordReader
from jibungoto.gather.shelves.export import open_export
from jibungoto.ledger.activity import AtPrecision, TieKind, Visibility
from jibungoto.ledger.kinds import Kind
from tests.gather.discord_made import (
    AN,
    BO,
    BORN,
    BOT,
    CY,
    DELETED,
    FORUM,
    HALL,
    answer,
    channel,
    number,
    said,
    thread,
    user,
)
from tests.gather.made import as_bytes, concealed, folder_of, zip_of
from tests.gather.told import Told, tell


def read(tmp_path: Path, *messages: Any, **files: Any) -> Told:
    whole = {"Server - hall.json": channel(*messages), **files}
    return tell(DiscordReader(), folder_of(whole, tmp_path / "export"))


def test_a_message_says_who_when_where_and_how_long_but_not_what(tmp_path: Path) -> None:
    found = read(tmp_path, said(60, AN, "Is https://Blog.Example.com/a right? <:tada:123>"))
    message = found.one(Kind.MESSAGE)
    assert message.key == message.record == str(number(60))
    assert (message.actor, message.happened_at) == (concealed(AN), BORN + 60)
    assert (message.place, message.initiative) == (HALL, f"discord:{HALL}")
    assert (message.is_question, message.hosts) == (True, "blog.example.com")
    assert (message.thread, message.at_precision) == (None, AtPrecision.EXACT)
    assert message.visibility is Visibility.MEMBERS
    assert [one.filed_at for one in found.counted] == [BORN + 60]
    assert found.reading.covered_until == date(2024, 1, 5)


def test_messages_of_one_second_keep_their_order(tmp_path: Path) -> None:
    early, late = said(60, AN), {**said(60, BO), "id": str(number(60) + (7 << 22))}
    found = read(tmp_path, late, early)
    assert [one.sequence for one in found.of_kind(Kind.MESSAGE)] == [7 << 22, 0]


def test_a_reply_answers_its_parent_within_the_thread_of_the_first(tmp_path: Path) -> None:
    found = read(tmp_path, said(1, AN), answer(2, BO, 1), answer(3, CY, 2), answer(4, CY, 3))
    replies = found.of_kind(Kind.REPLY)
    first = str(number(1))
    assert [(one.thread, one.in_reply_to) for one in replies] == [
        (first, first),
        (first, str(number(2))),
        (first, str(number(3))),
    ]
    assert found.tied(TieKind.REPLY) == [(BO, AN), (CY, BO)]


def test_a_reply_to_what_is_not_in_the_file_is_left_to_the_log(tmp_path: Path) -> None:
    found = read(tmp_path, answer(9, BO, 1), answer(10, BO, None))
    unseen, gone = found.of_kind(Kind.REPLY)
    assert (unseen.thread, unseen.in_reply_to) == (str(number(1)), str(number(1)))
    assert (gone.thread, gone.in_reply_to) == (None, None)
    assert found.tied(TieKind.REPLY) == [(BO, None)]


def test_mentions_tie_but_the_one_who_is_answered_is_not_mentioned_too(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        said(1, AN),
        answer(2, BO, 1, mentions=[user(AN), user(CY), user(BO), user(CY)]),
    )
    assert found.tied(TieKind.MENTION) == [(BO, CY)]
    assert found.handle(CY).is_mentioned_only


def test_a_thread_belongs_to_its_channel_and_answers_the_message_it_was_begun_at(
    tmp_path: Path,
) -> None:
    begun = {"id": str(number(50)), "type": "21", "content": ""}
    side = thread(1, {**said(50, AN), **begun}, said(51, BO), answer(52, CY, 51), said(53, AN))
    found = read(tmp_path, said(1, AN), **{"a thread.json": side})
    assert {one.place for one in found.activities} == {HALL}
    root, parent = str(number(1)), str(number(51))
    assert [(one.thread, one.in_reply_to) for one in found.of_kind(Kind.REPLY)] == [
        (root, root),
        (root, parent),
        (root, root),
    ]
    assert found.tied(TieKind.REPLY) == [(BO, AN), (CY, BO)]
    assert [one.name for one in found.initiatives] == ["hall"]


def test_a_thread_without_its_channel_names_it_and_leaves_its_root_to_the_log(
    tmp_path: Path,
) -> None:
    begun = {**said(50, AN), "type": "ThreadStarterMessage"}
    path = folder_of({"t.json": thread(1, begun, said(51, BO))}, tmp_path / "export")
    found = tell(DiscordReader(), path)
    assert found.one(Kind.REPLY).thread == str(number(1))
    assert found.tied(TieKind.REPLY) == [(BO, None)]
    assert [(one.key, one.name) for one in found.initiatives] == [(f"discord:{HALL}", "hall")]


def test_a_thread_begun_from_nothing_is_opened_by_its_first_message(tmp_path: Path) -> None:
    added = {**said(49, AN), "type": "RecipientAdd"}
    found = read(tmp_path, **{"t.json": thread(40, added, said(50, AN), said(51, BO))})
    assert found.one(Kind.MESSAGE).thread == str(number(50))
    assert found.one(Kind.REPLY).in_reply_to == str(number(50))
    assert found.one(Kind.ADMIN).thread is None


def test_the_first_message_of_a_forums_post_is_a_topic(tmp_path: Path) -> None:
    post = thread(7, said(7, AN), said(8, BO), categoryId=FORUM, category="help")
    found = read(tmp_path, **{"post.json": post})
    topic = found.one(Kind.TOPIC)
    assert (topic.key, topic.thread, topic.place) == (str(number(7)), str(number(7)), FORUM)
    assert found.tied(TieKind.REPLY) == [(BO, AN)]


def test_reactions_name_persons_only_in_newer_files(tmp_path: Path) -> None:
    emoji = {"id": "", "name": "🎉", "code": "tada", "isAnimated": False, "imageUrl": "x"}
    plus = {"name": "👍"}
    new = [
        {"emoji": emoji, "count": 3, "users": [user(BO), user(CY), user(DELETED)]},
        {"emoji": plus, "count": 2, "users": [user(BO), user(AN)]},
    ]
    found = read(tmp_path, said(1, AN, reactions=new), said(90, CY))
    by_cy, by_bo = sorted(found.of_kind(Kind.REACTION), key=lambda one: one.emoji or "")
    assert (by_bo.emoji, by_bo.happened_at) == ("tada 👍", BORN + 1)
    assert (by_cy.emoji, by_cy.happened_at) == ("tada", BORN + 90)
    assert by_cy.at_precision is AtPrecision.NOT_BEFORE
    assert by_bo.key == f"{number(1)}/reaction/{concealed(BO)}"
    assert found.tied(TieKind.REACTION) == [(BO, AN), (CY, AN)]
    old = read(tmp_path / "old", said(1, AN, reactions=[{"emoji": plus, "count": 2}]))
    assert old.of_kind(Kind.REACTION) == []
    assert (found.reading.can_tell.reactions, old.reading.can_tell.reactions) == (True, False)


def test_joining_the_server_makes_a_channel_the_entry_and_notices_never_count(
    tmp_path: Path,
) -> None:
    notices = ("ChannelPinnedMessage", "8", "ThreadCreated", "ChannelNameChange", 24)
    found = read(
        tmp_path,
        said(1, AN, "Joined the server.", type="GuildMemberJoin"),
        *(said(2 + at, AN, type=kind) for at, kind in enumerate(notices)),
    )
    join = found.one(Kind.JOIN)
    assert (join.happened_at, join.length, join.initiative) == (BORN + 1, None, f"discord:{HALL}")
    assert len(found.of_kind(Kind.ADMIN)) == len(notices)
    assert found.initiatives[0].is_default
    assert found.reading.can_tell.joins


def test_bots_are_marked_and_those_who_deleted_their_account_are_nobody(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        {**said(1, BOT, type="20"), "author": user(BOT, isBot=True)},
        said(2, DELETED),
        answer(3, AN, 2),
        {**said(4, CY), "author": user(CY, name="deleted_user_abc")},
    )
    assert [one.actor for one in found.of_kind(Kind.MESSAGE)][1] is None
    assert found.tied(TieKind.REPLY) == []
    assert found.handle(BOT).is_bot
    assert found.handle(CY).is_deleted
    assert DELETED not in {one.outside_id for one in found.handles}


@pytest.mark.parametrize("kind", ["DirectTextChat", "DirectGroupTextChat"])
def test_direct_messages_stay_shut_and_their_names_unsaid(tmp_path: Path, kind: str) -> None:
    direct = channel(said(1, AN), id="77", type=kind, name="an & bo")
    found = read(tmp_path, **{"d.json": direct})
    assert [(one.place, one.reason) for one in found.left_out] == [("77", words.DIRECT)]
    assert (found.read, found.counted) == (1, [])


def test_a_private_thread_is_read_only_when_chosen(tmp_path: Path) -> None:
    path = folder_of({"p.json": thread(1, said(5, AN), type="GuildPrivateThread")}, tmp_path / "e")
    assert [one.reason for one in tell(DiscordReader(), path).left_out] == [words.PRIVATE]
    chosen = tell(DiscordReader(), path, private=["side talk"])
    assert chosen.one(Kind.MESSAGE).visibility is Visibility.PRIVATE


def test_parts_and_second_copies_of_a_channel_count_once(tmp_path: Path) -> None:
    files = {
        "hall [1] [part 10].json": channel(said(30, AN), said(40, AN)),
        "hall [1] [part 2].json": channel(said(10, AN), answer(20, BO, 10)),
        "again/hall.json": channel(answer(20, BO, 10), said(5, AN)),
    }
    found = tell(DiscordReader(), folder_of(files, tmp_path / "export"))
    assert (found.read, len(found.counted), found.repeated) == (6, 5, 1)
    assert found.entries == 3


def test_a_broken_record_is_refused_by_its_place_and_the_others_are_in(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        said(1, AN),
        {**said(2, AN), "author": None},
        {**said(3, AN), "id": "12"},
        {**said(4, AN), "id": 12},
        "x",
        said(6, AN),
    )
    assert [one.key for one in found.counted] == [str(number(1)), str(number(6))]
    assert [one.place for one in found.refusals] == [
        f"Server - hall.json, record {place}" for place in (2, 3, 4, 5)
    ]


def test_messages_are_the_same_where_one_beside_them_is_broken(tmp_path: Path) -> None:
    emoji = {"emoji": {"name": "x"}, "count": 1, "users": [user(BO)]}
    messages = [
        said(1, AN, reactions=[emoji]),
        answer(2, BO, 1),
        answer(3, CY, 2, mentions=[user(AN)]),
        said(4, CY, type="GuildMemberJoin"),
    ]
    side = thread(1, said(5, AN), answer(6, BO, 5))
    whole = read(tmp_path / "whole", *messages, **{"side.json": side})
    broken = {**said(9, AN), "author": None}
    beside = read(tmp_path / "beside", broken, *messages, messages[0], **{"side.json": side})
    assert beside.activities == whole.activities
    assert beside.ties == whole.ties
    assert (len(beside.refusals), len(whole.refusals)) == (1, 0)


@pytest.mark.parametrize("wrong", [b"\xff", b"\n", b"\\x"])
def test_a_record_with_a_wrong_byte_costs_itself(tmp_path: Path, wrong: bytes) -> None:
    whole = as_bytes(channel(said(1, AN), said(2, AN, content="HERE"), said(3, AN)))
    files = {"hall.json": whole.replace(b"HERE", wrong)}
    found = tell(DiscordReader(), folder_of(files, tmp_path / "export"))
    assert [one.key for one in found.counted] == [str(number(1)), str(number(3))]
    assert [one.place for one in found.refusals] == ["hall.json, record 2"]


@pytest.mark.parametrize("wrong", ["9" * 19, "9223372036854775808"])
def test_an_id_of_after_the_year_2084_costs_its_record_alone(tmp_path: Path, wrong: str) -> None:
    found = read(tmp_path, said(1, AN), {**said(2, AN), "id": wrong}, answer(3, BO, 1))
    assert [one.key for one in found.counted] == [str(number(1)), str(number(3))]
    assert [one.reason for one in found.refusals] == [words.NO_ID]


def test_json_in_utf16_is_read(tmp_path: Path) -> None:
    content = as_bytes(channel(said(1, AN))).decode().encode("utf-16")
    found = tell(DiscordReader(), folder_of({"hall.json": content}, tmp_path / "export"))
    assert [one.key for one in found.counted] == [str(number(1))]


@pytest.mark.parametrize("indent", [0, 2], ids=["in one line", "in lines"])
@pytest.mark.parametrize("is_cut", [False, True], ids=["whole", "cut off"])
def test_a_very_large_file_gives_the_same_in_pieces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, indent: int, is_cut: bool
) -> None:
    messages = [said(at, AN, 'a "b": [\n },\n {') for at in range(1, 200)]
    content = msgspec.json.encode(
        channel(*messages[:100], {**said(500, AN), "id": 1}, *messages[100:])
    )
    content = msgspec.json.format(content, indent=indent)
    path = folder_of({"c.json": content[:-400] if is_cut else content}, tmp_path / "export")
    whole = tell(DiscordReader(), path)
    monkeypatch.setattr(json_lists, "LARGEST_WHOLE", 1_000)
    monkeypatch.setattr(json_lists, "_PIECE", 5_000)
    pieces = tell(DiscordReader(), path)
    assert len(whole.counted) == (198 if is_cut else 199)
    assert pieces.records == whole.records
    assert len(pieces.refusals) == len(whole.refusals) == (2 if is_cut else 1)


def test_a_server_is_complete_where_its_files_reach_back_to_its_beginning(tmp_path: Path) -> None:
    day = date(2023, 11, 14)
    assert read(tmp_path / "1", said(60, AN)).reading.can_tell.complete_since == day
    cut = {"e.json": channel(said(60, AN), after="2023-11-14T00:00:00+00:00")}
    path = folder_of(cut, tmp_path / "2")
    assert tell(DiscordReader(), path).reading.can_tell.complete_since is None
    late = read(tmp_path / "3", said(86_400 * 30, AN))
    assert late.reading.can_tell.complete_since is None


def test_twice_the_same_and_zipped_give_the_same_keys_and_contents(tmp_path: Path) -> None:
    files = {"a.json": channel(said(1, AN), answer(2, BO, 1)), "a.json_Files/x.png": b"x"}
    folder = folder_of(files, tmp_path / "export")
    told = [
        tell(DiscordReader(), one) for one in (folder, folder, zip_of(files, tmp_path / "e.zip"))
    ]
    assert told[0].records == told[1].records == told[2].records
    assert told[0].activities == told[1].activities == told[2].activities


def test_what_is_of_another_kind_is_named_and_other_tools_are_not_discord(tmp_path: Path) -> None:
    found = read(tmp_path, said(1, AN), **{"x.html": b"<html>", "y.json": [], "z.png": b"x"})
    assert [(one.place, one.reason) for one in found.left_out] == [
        ("x.html", words.HTML),
        ("y.json", words.NOT_MESSAGES),
        ("z.png", ANOTHERS),
    ]
    other = folder_of({"x.json": {"guild": "x", "messages": []}}, tmp_path / "other")
    with open_export(other) as export:
        assert not DiscordReader().recognises(export)


def test_a_byte_order_mark_and_other_line_ends_change_nothing(tmp_path: Path) -> None:
    content = as_bytes(channel(said(1, AN), said(2, BO)))
    files = {"1.json": b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n")}
    found = tell(DiscordReader(), folder_of(files, tmp_path / "export"))
    assert len(found.counted) == 2


def test_channels_that_were_read_hold_no_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discord, "_MOST_AT_ONCE", 1)
    files = {f"{at}.json": channel(said(at, AN), id=str(number(0, at + 9))) for at in range(1, 40)}
    with open_export(folder_of(files, tmp_path / "export")) as export:
        told = DiscordReader().read(export, conceal=concealed, choices=Choices(), reading=Reading())
        gc.freeze()  # what is there already is not looked through for every batch
        alive = [sum(type(one) is Sheet for one in gc.get_objects()) for _ in told]
        gc.unfreeze()
    assert max(alive) < 20
