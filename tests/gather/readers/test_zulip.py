"""What the Zulip reader makes of an organization's export, and what it never opens."""

from __future__ import annotations

import tarfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jibungoto.gather.events.attendance import UNDATED
from jibungoto.gather.readers import zulip_words as words
from jibungoto.gather.readers.zulip import ZulipReader
from jibungoto.gather.shelves.entry import Limits
from jibungoto.gather.shelves.export import Export
from jibungoto.gather.shelves.tarball import TarShelf
from jibungoto.ledger.activity import AtPrecision, TieKind, Visibility
from jibungoto.ledger.initiative import PlaceTag
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.problems import DamagedExport
from tests.gather.made import as_bytes, concealed, folder_of, zip_of
from tests.gather.told import Told, tell
from tests.gather.zulip_made import (
    AN,
    BO,
    BORN,
    BOT,
    CORE,
    CY,
    GENERAL,
    SYSTEM,
    TO_AN,
    TO_CORE,
    TO_GENERAL,
    TO_GROUP,
    export,
    realm,
    said,
    user,
)


def read(tmp_path: Path, *messages: Any, **tables: Any) -> Told:
    return tell(ZulipReader(), folder_of(export(*messages, **tables), tmp_path / "export"))


def test_a_message_says_who_when_where_and_how_long_but_not_what(tmp_path: Path) -> None:
    text = "Is [this](https://Blog.Example.com/a) right @**Bo**? :tada:"
    topic = read(tmp_path, said(1, AN, text)).one(Kind.TOPIC)
    assert (topic.key, topic.record, topic.actor) == ("1", "1", concealed(str(AN)))
    assert (topic.happened_at, topic.sequence) == (int(BORN) + 1001, 1)
    assert (topic.place, topic.initiative) == (str(GENERAL), f"zulip:{GENERAL}")
    assert (topic.length, topic.is_question) == (len("Is this right ?"), True)
    assert (topic.hosts, topic.visibility) == ("blog.example.com", Visibility.MEMBERS)


def test_the_first_message_of_a_topic_opens_it_and_the_others_answer_it(tmp_path: Path) -> None:
    found = read(tmp_path, said(1, AN), said(2, BO), said(3, AN), said(4, CY, subject=" PLANS "))
    topic = found.one(Kind.TOPIC)
    assert (topic.thread, topic.in_reply_to) == ("1", None)
    assert [(one.thread, one.in_reply_to) for one in found.of_kind(Kind.REPLY)] == [("1", "1")] * 3
    assert found.tied(TieKind.REPLY) == [(str(BO), str(AN)), (str(CY), str(AN))]


def test_a_reply_that_quotes_a_message_answers_that_one(tmp_path: Path) -> None:
    link = "https://zulip.example.com/#narrow/channel/21-general/topic/plans/near/2"
    quoting = f"@_**Bo|{BO}** [said]({link}):\n```quote\nyes?\n```\nwell"
    found = read(tmp_path, said(1, AN), said(2, BO), said(3, CY, quoting))
    assert found.of_kind(Kind.REPLY)[1].in_reply_to == "2"
    assert found.of_kind(Kind.REPLY)[1].is_question is False
    assert found.tied(TieKind.REPLY)[1] == (str(CY), str(BO))
    assert found.tied(TieKind.MENTION) == []


def test_a_message_without_a_topic_is_a_message(tmp_path: Path) -> None:
    found = read(tmp_path, said(1, AN, subject=""), said(2, BO, subject="(no topic)"))
    assert [one.thread for one in found.of_kind(Kind.MESSAGE)] == [None, None]


def test_mentions_name_whom_a_name_or_a_number_leaves_no_doubt_of(tmp_path: Path) -> None:
    users = [user(AN, "An"), user(BO, "Bo"), user(CY, "Twin"), user(BOT, "Twin")]
    text = f"@**Bo** @**Twin** @**Twin|{CY}** @**all** @_**An** @**An** @*admins* `@x`"
    found = read(tmp_path, said(1, AN, text), zerver_userprofile=users)
    assert found.tied(TieKind.MENTION) == [(str(AN), str(BO)), (str(AN), str(CY))]


@pytest.mark.parametrize("where", ["beside the messages", "in realm.json"])
def test_a_reaction_is_not_before_its_message_and_its_account(tmp_path: Path, where: str) -> None:
    given = [
        {"user_profile": BO, "message": 1, "emoji_name": "tada"},
        {"user_profile": BO, "message": 1, "emoji_name": "+1"},
        {"user_profile": AN, "message": 1, "emoji_name": "heart"},
        {"user_profile": CY, "message": 1, "emoji_name": "heart"},
    ]
    late = [user(AN, "An"), user(BO, "Bo"), user(CY, "Cy", date_joined=BORN + 9000)]
    tables: dict[str, Any] = {"zerver_userprofile": late}
    tables |= {"reactions": given} if where.startswith("beside") else {"zerver_reaction": given}
    found = read(tmp_path, said(1, AN), **tables)
    by_bo, by_cy = found.of_kind(Kind.REACTION)
    assert (by_bo.emoji, by_bo.happened_at) == ("+1 tada", int(BORN) + 1001)
    assert (by_cy.happened_at, by_cy.at_precision) == (int(BORN) + 9000, AtPrecision.NOT_BEFORE)
    assert (by_cy.record, by_cy.key) == ("1", f"1/reaction/{concealed(str(CY))}")
    assert (by_cy.filed_at, by_cy.in_reply_to) == (int(BORN) + 1001, "1")
    assert found.tied(TieKind.REACTION) == [(str(BO), str(AN)), (str(CY), str(AN))]
    assert found.reading.can_tell.reactions


def test_direct_messages_and_those_of_nobody_knows_where_never_come_in(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        said(1, AN, recipient=TO_AN),
        said(2, AN, recipient=TO_GROUP),
        said(3, AN, recipient=999),
        said(4, AN, recipient=TO_CORE),
    )
    assert found.counted == []
    told = [(one.place, one.reason, one.records) for one in found.left_out]
    path = "messages-000001.json"
    assert told == [
        (path, words.DIRECT, 2),
        (path, words.NO_CHANNEL, 1),
        ("core", words.PRIVATE, 1),
    ]


@pytest.mark.parametrize("chosen", ["core", str(CORE)])
def test_a_channel_by_invitation_comes_in_where_chosen(tmp_path: Path, chosen: str) -> None:
    path = folder_of(export(said(1, AN, recipient=TO_CORE)), tmp_path / "export")
    found = tell(ZulipReader(), path, private=[chosen])
    assert found.one(Kind.TOPIC).visibility is Visibility.PRIVATE
    assert [one.name for one in found.initiatives] == ["general", "core"]


def test_joins_come_from_accounts_the_audit_log_and_else_from_subscriptions(
    tmp_path: Path,
) -> None:
    audit = [
        {"id": 1, "event_type": 301, "event_time": BORN + 70, "modified_user": AN,
         "modified_stream": GENERAL},
        {"id": 2, "event_type": 303, "event_time": BORN + 80, "modified_user": AN,
         "modified_stream": GENERAL},
        {"id": 3, "event_type": 301, "event_time": BORN + 80, "modified_user": AN,
         "modified_stream": CORE},
        {"id": 4, "event_type": 301, "event_time": BORN, "modified_user": BO,
         "modified_stream": GENERAL, "backfilled": True},
        {"id": 5, "event_type": 101, "event_time": BORN, "modified_user": BO},
    ]  # fmt: skip
    subscribed = [
        {"user_profile": AN, "recipient": TO_GENERAL, "active": False},
        {"user_profile": BO, "recipient": TO_GENERAL, "active": True},
        {"user_profile": BO, "recipient": TO_AN, "active": True},
    ]
    found = read(tmp_path, zerver_realmauditlog=audit, zerver_subscription=subscribed)
    to_places = [one for one in found.of_kind(Kind.JOIN) if one.place]
    assert len(found.of_kind(Kind.JOIN)) == 4 + 2
    assert [(one.key, one.happened_at - int(BORN), one.at_precision) for one in to_places] == [
        ("audit:1", 70, AtPrecision.EXACT),
        (f"subscription:{GENERAL}/{concealed(str(BO))}", 60, AtPrecision.NOT_BEFORE),
    ]
    assert to_places[1].filed_at == UNDATED
    assert found.one(Kind.LEAVE).key == "audit:2"
    assert (found.read, found.counted) == (0, [])


def test_a_channel_is_started_by_its_creator_unless_everybody_is_put_into_it(
    tmp_path: Path,
) -> None:
    streams = [
        {"id": 1, "name": "all", "date_created": BORN, "creator": AN},
        {"id": 2, "name": "自己紹介", "date_created": BORN + 9, "creator": BO},
        {"id": 3, "name": "old", "date_created": BORN + 9, "deactivated": True},
        {"id": 4, "name": "made by Zulip", "date_created": BORN + 9, "creator": SYSTEM},
    ]
    audit = [{"id": 7, "event_type": 601, "event_time": BORN, "acting_user": CY,
              "modified_stream": 3}]  # fmt: skip
    found = read(
        tmp_path,
        zerver_stream=streams,
        zerver_defaultstream=[{"stream": 1}],
        zerver_realmauditlog=audit,
    )
    starts = found.of_kind(Kind.START)
    assert [(one.place, one.actor) for one in starts] == [
        ("2", concealed(str(BO))),
        ("3", concealed(str(CY))),
    ]
    assert [one.is_default for one in found.initiatives] == [True, False, False, False]
    assert found.initiatives[1].tag is PlaceTag.INTRO
    assert found.initiatives[2].is_archived
    assert found.reading.can_tell.creators


def test_people_keep_their_flags_and_only_an_accounts_own_address_is_verified(
    tmp_path: Path,
) -> None:
    dummy = [user(40, "Old", email="old@example.jp", is_active=False)]
    found = read(tmp_path, zerver_userprofile_mirrordummy=dummy)
    an, cy, bot = (found.handle(str(number)) for number in (AN, CY, BOT))
    assert (an.name, an.email, an.zone, an.is_admin) == ("An", "an@example.jp", "Asia/Tokyo", True)
    assert (cy.is_guest, cy.is_deleted, bot.is_bot, bot.email) == (True, True, True, None)
    old = found.handle("40")
    assert (old.email, old.typed_email) == (None, "old@example.jp")
    assert found.handle(str(SYSTEM)).is_bot
    assert found.reading.zones == {"Asia/Tokyo": 2}


def test_before_zulip_2_an_address_and_a_date_had_other_names(tmp_path: Path) -> None:
    old = {**user(AN, "An"), "email": "an@example.org"}
    del old["delivery_email"]
    message = {**said(1, AN), "pub_date": BORN + 5}
    del message["date_sent"]
    found = read(tmp_path, message, zerver_userprofile=[old])
    assert found.handle(str(AN)).email == "an@example.org"
    assert found.one(Kind.TOPIC).happened_at == int(BORN) + 5


def test_what_zulips_own_bots_write_never_counts(tmp_path: Path) -> None:
    found = read(tmp_path, said(1, SYSTEM, subject="channel events"), said(2, AN))
    assert found.one(Kind.ADMIN).length is None
    assert found.one(Kind.TOPIC).key == "2"


@pytest.mark.parametrize("days", [None, -1, 30], ids=["unsaid", "forever", "a month"])
def test_an_organization_that_lets_messages_go_is_not_complete(
    tmp_path: Path, days: int | None
) -> None:
    rows = [{"date_created": BORN, "message_retention_days": days}]
    found = read(tmp_path, said(1, AN), zerver_realm=rows)
    assert found.reading.can_tell.complete_since == (None if days == 30 else date(2023, 11, 14))
    assert found.reading.can_tell.deletions is False


def test_a_broken_record_is_refused_by_its_place_and_the_others_are_in(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        said(1, AN),
        {**said(2, AN), "sender": "me"},
        said(3, AN, date_sent=None),
        said(-4, AN),
        said(5, BO),
        zerver_userprofile=[user(AN, "An"), {"id": "x"}],
        zerver_stream=[*realm()["zerver_stream"], {"id": 1}],
    )
    assert [one.key for one in found.counted] == ["1", "5"]
    assert [one.place for one in found.refusals] == [
        "realm.json, zerver_userprofile, record 2",
        "realm.json, zerver_stream, record 3",
        *(f"messages-000001.json, record {number}" for number in (2, 3, 4)),
    ]


REACTION = {"user_profile": BO, "message": 1, "emoji_name": "tada"}
LINE = {"id": 1, "user_profile": AN, "message": 1, "flags_mask": 1}


@pytest.mark.parametrize(
    "delivered",
    [[], [LINE], [{**LINE, "note": 'a ] "zerver_message": ['}], {"odd": [1]}],
    ids=["none", "lines", "signs in a line", "no list"],
)
def test_to_whom_messages_were_delivered_changes_nothing(tmp_path: Path, delivered: object) -> None:
    named = '"zerver_usermessage": [ "x" ] {"zerver_usermessage": [{'
    files = export(said(1, AN, named), said(2, BO))
    told = {**files["messages-000001.json"], "zerver_reaction": [REACTION]}
    files["messages-000001.json"] = {
        "zerver_message": told.pop("zerver_message"), "zerver_usermessage": delivered, **told
    }  # fmt: skip
    found = tell(ZulipReader(), folder_of(files, tmp_path / "export"))
    assert [(one.key, one.length) for one in found.of_kind(Kind.TOPIC)] == [("1", len(named))]
    assert [one.key for one in found.counted] == ["1", "2"]
    assert len(found.of_kind(Kind.REACTION)) == 1
    assert found.refusals == []


def test_messages_are_the_same_where_one_beside_them_is_broken(tmp_path: Path) -> None:
    messages = [said(1, AN), said(2, BO, "@**An** ?"), said(3, CY, recipient=TO_AN), said(4, AN)]
    whole = read(tmp_path / "whole", *messages)
    beside = read(tmp_path / "beside", {**said(1, AN), "id": -1}, *messages, said(2, BO))
    assert beside.activities == whole.activities
    assert beside.ties == whole.ties
    assert (len(beside.refusals), len(whole.refusals)) == (1, 0)


def test_a_file_cut_off_gives_what_it_still_holds(tmp_path: Path) -> None:
    files = export(said(1, AN))
    whole = as_bytes({"zerver_message": [said(2, AN), said(3, BO), said(4, BO)]})
    files["messages-000002.json"] = whole[: whole.index(b'"id": 4') + 20]
    files["messages-000003.json"] = b"{bad"
    found = tell(ZulipReader(), folder_of(files, tmp_path / "export"))
    assert [one.key for one in found.counted] == ["1", "2", "3"]
    assert len(found.refusals) == 2


def test_without_realm_json_nobody_knows_what_is_public(tmp_path: Path) -> None:
    files = export(said(1, AN))
    files["realm.json"] = as_bytes(files["realm.json"])[:-30]
    path = folder_of(files, tmp_path / "export")
    with pytest.raises(DamagedExport):
        tell(ZulipReader(), path)


def test_the_second_copy_counts_once_and_files_are_read_by_number(tmp_path: Path) -> None:
    files = export(said(1, AN))
    for number in (10, 9, 2):
        copied = [said(1, AN), said(number, BO)]
        files[f"messages-{number:06}.json"] = {"zerver_message": copied}
    found = tell(ZulipReader(), folder_of(files, tmp_path / "export"))
    assert [one.key for one in found.counted] == ["1", "2", "9", "10"]
    assert (found.read, found.repeated, found.entries) == (7, 3, 5)


def test_what_is_no_file_of_messages_is_named(tmp_path: Path) -> None:
    beside = {"attachment.json": {}, "uploads/1/a.png": b"x", "avatars/records.json": []}
    odd = {"messages-000002.json.partial": b"", "notes.json": {}}
    files = {f"zulip-x/{name}": one for name, one in (export(said(1, AN)) | beside | odd).items()}
    found = tell(ZulipReader(), zip_of(files, tmp_path / "export.zip"))
    assert sorted(one.place for one in found.left_out) == sorted(odd)
    assert found.entries == len(files)


def test_folder_zip_and_tar_file_give_the_same_keys_and_contents(tmp_path: Path) -> None:
    files = export(said(1, AN, "a?"), said(2, BO), reactions=[
        {"user_profile": BO, "message": 1, "emoji_name": "tada"}
    ])  # fmt: skip
    folder = folder_of(files, tmp_path / "zulip-export")
    packed = tmp_path / "zulip-export.tar.gz"
    with tarfile.open(packed, "w:gz") as tar:
        tar.add(folder, arcname="zulip-export")
    shelf = Export(TarShelf(packed, Limits(), name=packed.name), name=packed.name)
    told = [
        tell(ZulipReader(), one)
        for one in (folder, zip_of(files, tmp_path / "z.zip"), shelf, folder)
    ]
    assert all(one.records == told[0].records for one in told)
    assert all(one.activities == told[0].activities for one in told)


def test_content_changes_with_what_is_kept_and_with_an_edit(tmp_path: Path) -> None:
    ways = [
        export(said(1, AN)),
        export(said(1, AN, last_edit_time=BORN + 5000)),
        export(said(1, AN, "hello?")),
        export(said(1, AN), reactions=[{"user_profile": BO, "message": 1, "emoji_name": "x"}]),
        export(said(1, AN, subject="")),
    ]
    contents = {
        tell(ZulipReader(), folder_of(way, tmp_path / str(number))).counted[0].content
        for number, way in enumerate(ways)
    }
    assert len(contents) == len(ways)


def test_another_tools_files_are_not_zulips(tmp_path: Path) -> None:
    from jibungoto.gather.shelves.export import open_export

    path = folder_of({"realm.json": {"name": "x"}, "messages-000001.json": []}, tmp_path / "e")
    with open_export(path) as opened:
        assert not ZulipReader().recognises(opened)
