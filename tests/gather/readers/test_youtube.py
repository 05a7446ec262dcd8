"""A YouTube live chat: who wrote, what was taken away, and what is no message."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jibungoto.gather.reader import Choices
from jibungoto.gather.readers import youtube_chat
from jibungoto.gather.readers.youtube import NOT_A_CHAT, YouTubeReader
from jibungoto.gather.text import facts_of
from jibungoto.ledger.activity import Visibility
from jibungoto.ledger.initiative import Initiative, InitiativeKind, Mode
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.problems import Undecided
from jibungoto.ledger.source import CanTell
from tests.gather.made import Gathered, concealed
from tests.gather.with_reader import check_whatever_it_is, keys_of, read_files, recognised_by

BEGAN = 1_776_592_800
EVENT = Initiative("connpass:1", InitiativeKind.EVENT, "x", starts_at=BEGAN)
NAME = "April live [abcdefghijk].live_chat.json"


def said(
    who: str,
    second: int,
    text: str = "hello",
    kind: str = "liveChatTextMessageRenderer",
    **more: Any,
) -> dict[str, Any]:
    renderer = {
        "id": f"m-{who}-{second}",
        "timestampUsec": str((BEGAN + second) * 1_000_000 + 7),
        "authorName": {"simpleText": f"@{who}"},
        "authorExternalChannelId": f"UC{who}",
        "message": {"runs": [{"text": text}]},
        **more,
    }
    return action({"addChatItemAction": {"item": {kind: renderer}, "clientId": "c"}})


def action(*actions: dict[str, Any]) -> dict[str, Any]:
    replay = {"actions": list(actions), "videoOffsetTimeMsec": "12500"}
    return {"clickTrackingParams": "x", "replayChatItemAction": replay}


def chat(*lines: Any) -> bytes:
    return b"".join(
        one if isinstance(one, bytes) else json.dumps(one, ensure_ascii=False).encode() + b"\n"
        for one in lines
    )


def read(tmp_path: Path, *lines: Any, choices: Choices | None = None, **files: Any) -> Gathered:
    choices = choices or Choices(event=EVENT)
    return read_files(YouTubeReader(), {NAME: chat(*lines), **files}, tmp_path, choices)


def test_a_message_says_who_and_when_and_not_what(tmp_path: Path) -> None:
    runs = [{"text": "これは何ですか？"}, {"emoji": {"emojiId": "🎉"}}]
    runs += [{"emoji": {"emojiId": "UC1/x", "isCustomEmoji": True, "shortcuts": [":_own:"]}}]
    found = read(tmp_path, said("an", 5, message={"runs": runs}))
    (message,) = found.of_kind(Kind.MESSAGE)
    assert message.actor == concealed("UCan")
    assert (message.happened_at, message.sequence) == (BEGAN + 5, 7)
    assert (message.place, message.initiative) == ("online", "connpass:1")
    assert (message.length, message.is_question) == (facts_of("これは何ですか？🎉").length, True)
    assert message.visibility is Visibility.PUBLIC
    assert "an" not in message.key
    assert found.handle("UCan").name == "@an"
    assert found.reading.can_tell == CanTell(deletions=True)


@pytest.mark.parametrize(
    "kind",
    [
        "liveChatPaidMessageRenderer",
        "liveChatPaidStickerRenderer",
        "liveChatMembershipItemRenderer",
    ],
)
def test_paid_messages_and_members_messages_are_messages_too(kind: str, tmp_path: Path) -> None:
    found = read(tmp_path, said("an", 1), said("bo", 2, kind=kind, purchaseAmountText={}))
    assert len(found.of_kind(Kind.MESSAGE)) == 2


def test_what_is_no_message_is_left_out(tmp_path: Path) -> None:
    notice = {"liveChatViewerEngagementMessageRenderer": {"id": "x"}}
    member = {"liveChatMembershipItemRenderer": {"id": "y", "headerSubtext": {}}}
    found = read(
        tmp_path,
        said("an", 1),
        action({"addChatItemAction": {"item": notice}}, {"addChatItemAction": {"item": member}}),
        action({"addLiveChatTickerItemAction": {"item": {}}}),
        action(),
    )
    assert [(one.reason, one.records) for one in found.left_out] == [(youtube_chat.NOT_SAID, 4)]


def test_a_deleted_message_never_gets_in(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        said("an", 1),
        said("bo", 2),
        action({"markChatItemAsDeletedAction": {"targetItemId": "m-bo-2"}}),
        action({"removeChatItemAction": {"targetItemId": "gone long ago"}}),
    )
    assert [a.actor for a in found.of_kind(Kind.MESSAGE)] == [concealed("UCan")]
    assert [(one.filed_at, one.is_tombstone) for one in found.records][1] == (BEGAN + 2, True)
    assert found.repeated == 1
    assert [one.reason for one in found.left_out] == [youtube_chat.NOT_HERE]


def test_hosts_and_known_bots_are_proposed_as_such(tmp_path: Path) -> None:
    badge = {"liveChatAuthorBadgeRenderer": {"icon": {"iconType": "MODERATOR"}}}
    found = read(tmp_path, said("an", 1, authorBadges=[badge]), said("Nightbot", 2))
    assert [(one.is_admin, one.is_bot) for one in found.handles] == [(True, False), (False, True)]


def test_a_broken_line_is_refused_alone(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        said("an", 1),
        b'{"replayChatItemAction": {"acti\n',
        b"\r\n",
        said("bo", 2, timestampUsec="soon"),
        said("cy", 3, authorExternalChannelId=""),
        said("dee", 4),
    )
    assert [(one.place, one.reason) for one in found.refusals] == [
        (f"{NAME}, line 2", youtube_chat.NOT_A_LINE),
        (f"{NAME}, line 4", youtube_chat.NO_TIME),
        (f"{NAME}, line 5", youtube_chat.NO_AUTHOR),
    ]
    assert len(found.of_kind(Kind.MESSAGE)) == 2


def test_the_file_beside_a_chat_says_which_video_it_is(tmp_path: Path) -> None:
    video = {"id": "abcdefghijk", "extractor_key": "Youtube", "title": "April live"}
    video |= {"release_timestamp": BEGAN, "duration": 3600}  # type: ignore[dict-item] # numbers
    files = {"April live [abcdefghijk].info.json": video, "notes.txt": b"hello"}
    found = read(tmp_path, said("an", 1), choices=Choices(), **files)
    (event,) = found.initiatives
    assert (event.key, event.name, event.mode) == ("youtube:abcdefghijk", "April live", Mode.ONLINE)
    assert (event.starts_at, event.ends_at) == (BEGAN, BEGAN + 3600)
    assert [(one.place, one.reason) for one in found.left_out] == [("notes.txt", NOT_A_CHAT)]
    assert found.entries == 3


def test_a_name_alone_decides_nothing_unless_the_community_knows_the_event(tmp_path: Path) -> None:
    with pytest.raises(Undecided):
        read(tmp_path / "a", said("an", 1), choices=Choices())
    known = Choices(events={"youtube:abcdefghijk": EVENT})
    found = read(tmp_path / "b", said("an", 1), choices=known)
    assert found.activities[0].initiative == "connpass:1"


def test_the_same_chat_twice_is_a_second_copy_with_the_same_keys(tmp_path: Path) -> None:
    once = read(tmp_path / "a", said("an", 1), said("bo", 2))
    lines = chat(said("bo", 2), said("an", 1))
    twice = read(tmp_path / "b", said("an", 1), said("bo", 2), more=lines)
    assert (twice.read, len(twice.counted), twice.repeated) == (4, 2, 2)
    assert keys_of(once) == keys_of(twice)


def test_other_json_is_no_chat(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b'[{"type": "message", "ts": "1.2"}]\n{"a": 1}\n')
    assert not recognised_by(YouTubeReader(), tmp_path / "a.json")


WHOLE = chat(
    said("an", 1),
    said("bo", 2, kind="liveChatPaidMessageRenderer"),
    action({"markChatItemAsDeletedAction": {"targetItemId": "m-bo-2"}}),
    said("cy", 3),
)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whatever_is_done_to_a_chat_the_sum_holds(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    content = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + 1] = data.draw(st.binary(max_size=3))
    path = tmp_path_factory.mktemp("youtube") / NAME
    path.write_bytes(bytes(content))
    check_whatever_it_is(YouTubeReader(), path, Choices(event=EVENT))
