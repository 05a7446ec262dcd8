"""Whatever is done to an export of a chat or forum, the sum holds and only Problems come out."""

from __future__ import annotations

import copy
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jibungoto.gather.reader import Reader
from jibungoto.gather.readers.discord import DiscordReader
from jibungoto.gather.readers.discourse import DiscourseReader
from jibungoto.gather.readers.zulip import ZulipReader
from jibungoto.gather.shelves.export import open_export
from jibungoto.ledger.problems import Problem
from tests.gather import discord_made as discord
from tests.gather import discourse_made as discourse
from tests.gather import zulip_made as zulip
from tests.gather.made import as_bytes, folder_of
from tests.gather.told import tell

ODD: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=20),
    st.sampled_from(["", "\x00", "-1", "1e309", "9" * 19, "../../x", "é", "\ud800", 10**30, -1]),
    st.lists(st.integers(), max_size=3),
    st.dictionaries(st.text(max_size=5), st.integers(), max_size=3),
)


def of_discord() -> dict[str, Any]:
    d = discord
    emoji = {"emoji": {"name": "x"}, "count": 1, "users": [d.user(d.BO)]}
    line = f'"{d.AN}","an","14-Nov-23 10:13 PM","x","",""'
    return {
        "hall.json": d.channel(
            d.said(1, d.AN, reactions=[emoji], mentions=[d.user(d.CY)]),
            d.answer(2, d.BO, 1),
            d.answer(3, d.BO, None),
            d.said(4, d.CY, type="GuildMemberJoin"),
            d.said(4, d.CY),
        ),
        "side.json": d.thread(1, d.said(5, d.AN), d.answer(6, d.BO, 5)),
        "direct.json": d.channel(d.said(7, d.AN), id="5", type="DirectTextChat"),
        "old.csv": f"AuthorID,Author,Date,Content,Attachments,Reactions\n{line}\n{line}\n".encode(),
    }


def of_tables() -> dict[str, Any]:
    """Return the tables of Discord, in each form the tool has had and in the ways people save."""
    d = discord_tables()
    return {
        f"Server - hall [{discord.HALL}].csv": d["new"].encode(),
        "Server - old [1001].csv": d["old"].encode("utf-16"),
        "Server - days [1002].csv": d["days"].encode("utf-8-sig"),
        "Server - saved.csv": d["saved"].encode("cp932"),
    }


def discord_tables() -> dict[str, str]:
    new = "AuthorID,Author,Date,Content,Attachments,Reactions"
    at = "2023-11-14T22:13:20.1230000+00:00"
    said = "\n".join(
        f'"{discord.AN}","an#0000","{at}","{text}","","👍 (2)"'
        for text in ("Joined the server.", 'Is it ""so""?\nyes', "Pinned a message.")
    )
    return {
        "new": f"{new}\n{said}\n",
        "old": 'Author;Date;Content;Attachments;\n"An#1";"14-Nov-23 10:13 PM";"hi";"";\n',
        "days": f"{new}\n{discord.BO},bo,13/11/2023 22:13,x,,\n{discord.BO},bo,14/11/2023 1:00,y,,",
        "saved": f"春の会\r\n{new}\r\n1.05E+17,花,2023/11/14 22:13,はい。,,\r\n",
    }


def of_discourse() -> dict[str, Any]:
    d = discourse
    return {
        "7.json": d.topic(d.said(1, d.AN), d.said(2, d.BO, reply_to_user={"username": "an"})),
        "9.json": d.topic(d.said(1, d.AN), id=9, category_id=d.STAFF),
        "posts.json": {"latest_posts": [d.said(3, d.CY, raw="@an?"), d.said(2, d.BO)]},
        "categories.json": d.categories(),
    }


def of_backup() -> dict[str, Any]:
    d = discourse
    likes: list[tuple[object, ...]] = [(1, 101, d.BO, 2, None, d.at(30))]
    posts = [d.post(1, d.AN), d.post(2, d.BO, "@an\n?"), d.post(3, d.CY, post_type=4)]
    return {"dump.sql": d.dump(d.tables(posts=posts, post_actions=likes))}


def of_zulip() -> dict[str, Any]:
    z = zulip
    audit = {"id": 1, "event_type": 301, "event_time": z.BORN + 70, "modified_user": z.AN}
    return z.export(
        z.said(1, z.AN, "@**Bo** ?"),
        z.said(2, z.BO),
        z.said(3, z.AN, recipient=z.TO_AN),
        z.said(4, z.CY, recipient=z.TO_CORE),
        z.said(2, z.BO),
        reactions=[{"user_profile": z.BO, "message": 1, "emoji_name": "x"}],
        zerver_realmauditlog=[{**audit, "modified_stream": z.GENERAL}],
        zerver_subscription=[{"user_profile": z.BO, "recipient": z.TO_GENERAL, "active": True}],
        zerver_reaction=[{"user_profile": z.CY, "message": 2, "emoji_name": "y"}],
    )


MADE: list[tuple[Reader, dict[str, Any]]] = [
    (DiscordReader(), of_discord()),
    (DiscordReader(), of_tables()),
    (DiscourseReader(), of_discourse()),
    (DiscourseReader(), of_backup()),
    (ZulipReader(), of_zulip()),
]
IDS = ["discord", "tables", "discourse", "backup", "zulip"]


def spots_in(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the way to every value inside a value."""
    found = [path] if path else []
    if isinstance(value, dict):
        inside: list[tuple[Any, Any]] = list(value.items())
    else:
        inside = list(enumerate(value)) if isinstance(value, list) else []
    for key, one in inside:
        found += spots_in(one, (*path, key))
    return found


def put(value: Any, path: tuple[Any, ...], *, odd: Any) -> None:
    for key in path[:-1]:
        value = value[key]
    value[path[-1]] = odd


def mutilated(data: st.DataObject, whole: dict[str, Any]) -> dict[str, bytes]:
    files = copy.deepcopy(whole)
    for _ in range(data.draw(st.integers(0, 4))):
        spots = [one for one in spots_in(files) if len(one) > 1]
        if spots:
            put(files, data.draw(st.sampled_from(spots)), odd=data.draw(ODD))
    written = {name: as_bytes(content) for name, content in files.items()}
    for name in data.draw(st.lists(st.sampled_from(sorted(written)), max_size=2)):
        content = bytearray(written[name])
        for _ in range(data.draw(st.integers(0, 3))):
            at = data.draw(st.integers(0, max(len(content) - 1, 0)))
            content[at : at + 1] = data.draw(st.binary(max_size=4))
        written[name] = bytes(content[: data.draw(st.integers(0, len(content)) | st.none())])
    return written


@pytest.mark.parametrize(("reader", "whole"), MADE, ids=IDS)
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_mutilated_export_is_read_as_far_as_it_goes(
    reader: Reader, whole: dict[str, Any], data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = folder_of(mutilated(data, whole), Path(folder))
        with open_export(path) as export:
            if not reader.recognises(export):
                return
        try:
            tell(reader, path)
        except Problem as problem:
            assert problem.what.ja and problem.next_step.en


@pytest.mark.parametrize(("reader", "whole"), MADE, ids=IDS)
def test_the_untouched_export_is_read_whole(
    tmp_path: Path, reader: Reader, whole: dict[str, Any]
) -> None:
    found = tell(reader, folder_of(whole, tmp_path / "export"))
    assert found.refusals == []
    assert len(found.counted) > 1


@pytest.mark.parametrize(("reader", "whole"), MADE, ids=IDS)
def test_no_reader_takes_anothers_export(
    tmp_path: Path, reader: Reader, whole: dict[str, Any]
) -> None:
    with open_export(folder_of(whole, tmp_path / "export")) as export:
        others = [one for one, _ in MADE if one.source != reader.source]
        assert not any(one.recognises(export) for one in others)
