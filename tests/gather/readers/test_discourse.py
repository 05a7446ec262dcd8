"""What the Discourse reader makes of topics and posts as JSON, and what it never opens."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from jibungoto.gather.readers import discourse_words as words
from jibungoto.gather.readers.discourse import DiscourseReader
from jibungoto.gather.shelves.export import open_export
from jibungoto.ledger.activity import TieKind, Visibility
from jibungoto.ledger.kinds import Kind
from tests.gather.discourse_made import AN, BO, CY, HELP, STAFF, SYSTEM, categories, said, topic
from tests.gather.made import as_bytes, concealed, folder_of, zip_of
from tests.gather.told import Told, tell

MIDNIGHT = 1_700_006_400


def read(tmp_path: Path, *posts: Any, **more: Any) -> Told:
    files = {"t/7.json": topic(*posts, **more), "categories.json": categories()}
    return tell(DiscourseReader(), folder_of(files, tmp_path / "forum"))


def test_the_first_post_is_a_topic_and_says_who_when_where_but_not_what(tmp_path: Path) -> None:
    text = '<p>Is <a href="https://Blog.Example.com/a">this</a> right?</p>'
    found = read(tmp_path, said(1, AN, text))
    first = found.one(Kind.TOPIC)
    assert (first.key, first.thread, first.in_reply_to) == ("7/1", "7/1", None)
    assert (first.actor, first.happened_at) == (concealed(str(AN)), MIDNIGHT + 60)
    assert (first.place, first.initiative) == (str(HELP), f"discourse:{HELP}")
    assert (first.length, first.is_question) == (len("Is this right?"), True)
    assert (first.hosts, first.visibility) == ("blog.example.com", Visibility.MEMBERS)
    assert [one.name for one in found.initiatives] == ["Help"]


@pytest.mark.parametrize(
    ("tags", "told"),
    [
        (["Maps", "#yamabiko"], ["maps", "yamabiko"]),
        ([{"id": 3, "name": "Maps", "slug": "maps"}], ["maps"]),
        ("maps", []),
        (None, []),
    ],
    ids=str,
)
def test_a_topics_own_file_tells_its_tags(tmp_path: Path, tags: Any, told: list[str]) -> None:
    found = tell(
        DiscourseReader(),
        folder_of({"t.json": topic(said(1, AN), said(2, BO), tags=tags)}, tmp_path / "forum"),
    )
    assert [one.place for one in found.of_kind(Kind.TAG)] == told
    assert {one.thread for one in found.of_kind(Kind.TAG)} <= {"7/1"}


def test_a_reply_answers_the_post_it_names_or_else_the_first(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        said(1, AN),
        said(2, BO),
        said(3, CY, reply_to_post_number=2, reply_to_user={"username": "bo"}),
        said(4, CY, reply_to_post_number=1),
        said(5, AN),
        said(6, AN, reply_to_post_number=99),
    )
    replies = found.of_kind(Kind.REPLY)
    assert [one.in_reply_to for one in replies] == ["7/1", "7/2", "7/1", "7/1", "7/99"]
    assert {one.thread for one in replies} == {"7/1"}
    an, bo, cy = str(AN), str(BO), str(CY)
    told = [(bo, an), (cy, bo), (cy, an), (an, None)]
    assert sorted(found.tied(TieKind.REPLY), key=str) == sorted(told, key=str)


def test_quotes_are_not_the_writers_own_and_mentions_tie(tmp_path: Path) -> None:
    text = (
        '<aside class="quote"><blockquote><p>why?</p></blockquote></aside><p>so '
        '<a class="mention" href="/u/an">@an</a> <a class="mention" href="/u/no">@no</a> '
        "<code>@bo</code></p>"
    )
    found = read(tmp_path, said(1, AN), said(2, BO, text))
    assert found.of_kind(Kind.REPLY)[0].is_question is False
    assert found.tied(TieKind.MENTION) == [(str(BO), str(AN))]


def test_lists_of_posts_give_the_same_keys_as_topics(tmp_path: Path) -> None:
    posts = [said(2, BO, category_id=HELP, raw="a?"), said(1, AN, category_id=HELP, raw="b")]
    alone = tell(
        DiscourseReader(), folder_of({"posts.json": {"latest_posts": posts}}, tmp_path / "1")
    )
    assert [one.key for one in alone.counted] == ["7/2", "7/1"]
    assert alone.tied(TieKind.REPLY) == [(str(BO), None)]
    both = {"posts.json": {"latest_posts": posts}, "7.json": topic(said(1, AN), said(2, BO))}
    found = tell(DiscourseReader(), folder_of(both, tmp_path / "2"))
    assert (found.read, len(found.counted), found.repeated) == (4, 2, 2)
    assert found.tied(TieKind.REPLY) == [(str(BO), str(AN))]


def test_personal_messages_whispers_and_closed_categories_stay_out(tmp_path: Path) -> None:
    files = {
        "a.json": topic(said(1, AN), archetype="private_message"),
        "b.json": topic(said(1, AN, topic_id=9), said(2, AN), id=9, category_id=STAFF),
        "c.json": topic(said(1, AN), said(2, AN, post_type=4), id=10),
        "categories.json": categories(),
        "private.json": {"private_posts": [said(1, AN)]},
    }
    path = folder_of(files, tmp_path / "forum")
    found = tell(DiscourseReader(), path)
    assert sorted((one.place, one.reason.en, one.records) for one in found.left_out) == sorted([
        ("private.json", words.DIRECT.en, 1),
        ("a.json", words.DIRECT.en, 1),
        ("Staff", words.PRIVATE.en, 2),
        ("c.json", words.WHISPER.en, 1),
    ])  # fmt: skip
    assert [one.key for one in found.counted] == ["10/1"]
    chosen = tell(DiscourseReader(), path, private=["Staff"])
    assert chosen.of_kind(Kind.TOPIC)[0].visibility is Visibility.PRIVATE


def test_what_was_deleted_is_taken_back_and_what_is_hidden_stays(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        said(1, AN, hidden=True),
        said(2, BO, user_deleted=True),
        said(3, BO, deleted_at="2023-11-16T00:00:00Z"),
        said(4, SYSTEM, post_type=3, action_code="closed.enabled"),
        said(5, None),
    )
    assert [one.key for one in found.counted if one.is_tombstone] == ["7/2", "7/3"]
    assert found.one(Kind.ADMIN).length is None
    assert found.one(Kind.REPLY).actor is None
    assert found.handle(str(SYSTEM)).is_bot
    told = found.reading.can_tell
    assert (told.deletions, told.reactions, told.joins, told.emails) == (True, False, False, False)


def test_a_broken_record_is_refused_by_its_place_and_the_others_are_in(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        said(1, AN),
        {**said(2, AN), "post_number": "x"},
        said(3, AN, created_at="soon"),
        said(-1, AN),
        said(4, BO),
    )
    assert [one.key for one in found.counted] == ["7/1", "7/4"]
    assert [one.place for one in found.refusals] == [
        f"t/7.json, record {number}" for number in (2, 3, 4)
    ]


def test_a_file_cut_off_may_be_a_personal_message_and_stays_out(tmp_path: Path) -> None:
    content = as_bytes(topic(said(1, AN), said(2, BO), said(3, BO)))
    files = {"7.json": content[: content.index(b'"id": 103')], "8.json": topic(said(1, AN), id=8)}
    found = tell(DiscourseReader(), folder_of(files, tmp_path / "forum"))
    assert [one.key for one in found.counted] == ["8/1"]
    told = [(one.place, one.reason, one.records) for one in found.left_out]
    assert told == [("7.json", words.NO_TOPIC, 2)]
    assert len(found.refusals) == 1


@pytest.mark.parametrize("ends", [b"\n", b"\r\n"], ids=["lf", "crlf"])
def test_twice_the_same_and_zipped_give_the_same(tmp_path: Path, ends: bytes) -> None:
    content = b"\xef\xbb\xbf" + as_bytes(topic(said(1, AN), said(2, BO))).replace(b"\n", ends)
    folder = folder_of({"7.json": content, "x.png": b"x"}, tmp_path / "forum")
    told = [
        tell(DiscourseReader(), one)
        for one in (folder, folder / "7.json", zip_of({"7.json": content}, tmp_path / "f.zip"))
    ]
    assert told[0].records == told[1].records == told[2].records
    assert told[0].activities == told[1].activities == told[2].activities


def test_other_tools_files_are_not_discourses(tmp_path: Path) -> None:
    path = folder_of({"x.json": {"posts": []}, "y.sql": b"SELECT 1;"}, tmp_path / "other")
    with open_export(path) as export:
        assert not DiscourseReader().recognises(export)
