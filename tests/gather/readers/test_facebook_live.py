"""Facebook Live: comments from the Graph API or a table, and viewers somebody wrote down."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jibungoto.gather.events.spells import united
from jibungoto.gather.reader import Choices
from jibungoto.gather.readers import facebook_live, facebook_live_comments
from jibungoto.gather.readers.facebook_live import FacebookLiveReader
from jibungoto.ledger.activity import TieKind
from jibungoto.ledger.initiative import Initiative, InitiativeKind
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.problems import Undecided
from tests.gather.made import Gathered
from tests.gather.with_reader import check_whatever_it_is, keys_of, read_files, recognised_by

STARTS = 1_776_592_800
EVENT = Initiative("connpass:1", InitiativeKind.EVENT, "x", starts_at=STARTS)
CHOICES = Choices(event=EVENT, zone="Asia/Tokyo")
TIME = "2026-04-19T10:01:00+0000"


def comment(number: int, who: str, **more: Any) -> dict[str, Any]:
    return {
        "id": f"900_{number}",
        "created_time": TIME,
        "from": {"id": f"7{number}", "name": who},
        "message": "hello",
        **more,
    }


PAGE = {
    "data": [
        comment(1, "An", comments={"data": [comment(2, "Bo")]}),
        comment(3, "Cy", parent={"id": "900_1"}),
        comment(4, "Dee"),
    ],
    "paging": {},
}
FLAT = f"""id,created_time,from.id,from.name,message,parent.id
900_1,{TIME},71,An,hello,
900_2,{TIME},72,Bo,hello,900_1
900_3,{TIME},73,Cy,hello,900_1
900_4,{TIME},74,Dee,hello,
"""
OWN = "Facebook 名,コメント,日時\n花子,こんにちは,2026/4/19 19:05\n太郎,はい,2026/4/19 19:06\n"
VIEWERS = (
    "Facebook name,watched from,watched until,minutes\n"
    "An,2026-04-19 19:00,2026-04-19 19:20,\nAn,2026-04-19 19:10,2026-04-19 19:30,\nBo,,,4\nCy,,,\n"
)


def read(content: object, tmp_path: Path) -> Gathered:
    return read_files(FacebookLiveReader(), {"live": content}, tmp_path, CHOICES)


@pytest.mark.parametrize(
    "content", [PAGE, PAGE["data"], FLAT.encode()], ids=["page", "list", "csv"]
)
def test_comments_are_messages_and_answers_are_replies(content: object, tmp_path: Path) -> None:
    found = read(content, tmp_path)
    who = {one.actor: one.name for one in found.handles}
    assert [who[a.actor or ""] for a in found.of_kind(Kind.MESSAGE)] == ["An", "Dee"]
    root = found.of_kind(Kind.MESSAGE)[0]
    replies = found.of_kind(Kind.REPLY)
    assert [who[a.actor or ""] for a in replies] == ["Bo", "Cy"]
    assert {(a.thread, a.in_reply_to, a.place) for a in replies} == {(root.key, root.key, "online")}
    assert found.tied(TieKind.REPLY) == [("id:72", "id:71"), ("id:73", "id:71")]
    assert found.reading.can_tell.replies
    assert keys_of(found) == keys_of(read(FLAT.encode(), tmp_path / "flat"))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932"])
def test_a_table_of_our_own_needs_names_only(encoding: str, tmp_path: Path) -> None:
    found = read(OWN.encode(encoding), tmp_path)
    assert [a.happened_at for a in found.of_kind(Kind.MESSAGE)] == [STARTS + 300, STARTS + 360]
    assert {one.is_name_only for one in found.handles} == {True}


def test_viewers_spells_are_united(tmp_path: Path) -> None:
    found = read(VIEWERS.encode(), tmp_path)
    who = {one.actor: one.name for one in found.handles}
    stayed = {who[a.actor or ""]: (a.kind, a.length) for a in united(found.activities)}
    assert stayed == {
        "An": (Kind.ATTENDANCE, 30),
        "Bo": (Kind.GLIMPSE, 4),
        "Cy": (Kind.ATTENDANCE, None),
    }
    assert (found.read, len(found.counted)) == (4, 4)


def test_a_broken_record_is_refused_alone(tmp_path: Path) -> None:
    odd = [comment(1, "An"), comment(2, "Bo", created_time="soon"), {"id": 3}, comment(4, "x")]
    del odd[3]["from"]
    found = read({"data": odd}, tmp_path / "json")
    assert [(one.place, one.reason) for one in found.refusals] == [
        ("live, comment 2", facebook_live_comments.NO_TIME),
        ("live, comment 3", facebook_live.NOT_A_COMMENT),
        ("live, comment 4", facebook_live_comments.NO_AUTHOR),
    ]
    found = read((VIEWERS + "Dee,soon,later,\r\nEve,,,long\r\n").encode(), tmp_path / "csv")
    assert [one.reason for one in found.refusals] == [
        facebook_live_comments.NO_TIME,
        facebook_live.NO_SPELL,
    ]


def test_the_same_comments_twice_are_second_copies(tmp_path: Path) -> None:
    files = {"a.json": PAGE, "b.csv": FLAT.encode(), "c.txt": b"hello"}
    found = read_files(FacebookLiveReader(), files, tmp_path, CHOICES)
    assert (found.read, len(found.counted), found.repeated) == (9, 4, 4)
    assert [one.place for one in found.left_out] == ["c.txt"]


def test_without_an_event_it_is_asked_which(tmp_path: Path) -> None:
    with pytest.raises(Undecided):
        read_files(FacebookLiveReader(), {"a.json": PAGE}, tmp_path)


@pytest.mark.parametrize(
    "content", [b"name,comment,time\n", b'[{"message": "x"}]', b"name,watched from\n"]
)
def test_what_does_not_say_facebook_is_not_facebooks(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(content)
    assert not recognised_by(FacebookLiveReader(), tmp_path / "a")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whatever_is_done_to_a_file_the_sum_holds(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    whole = [json.dumps(PAGE).encode(), FLAT.encode(), VIEWERS.encode()]
    content = bytearray(data.draw(st.sampled_from(whole)))
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + 1] = data.draw(st.binary(max_size=3))
    path = tmp_path_factory.mktemp("facebook") / "live"
    path.write_bytes(bytes(content))
    check_whatever_it_is(FacebookLiveReader(), path, CHOICES)
