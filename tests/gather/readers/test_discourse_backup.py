"""What the Discourse reader makes of a backup: the dump of its database, packed or not."""

from __future__ import annotations

import gzip
import tarfile
from datetime import date
from pathlib import Path

import pytest

from jibungoto.gather.readers import discourse_words as words
from jibungoto.gather.readers.discourse import DiscourseReader
from jibungoto.gather.shelves.entry import Limits
from jibungoto.gather.shelves.export import Export
from jibungoto.gather.shelves.tarball import TarShelf
from jibungoto.ledger.activity import AtPrecision, TieKind, Visibility
from jibungoto.ledger.kinds import Kind
from tests.gather.discourse_made import AN, BO, CY, HELP, STAFF, at, dump, post, tables
from tests.gather.made import concealed, folder_of
from tests.gather.told import Told, tell

MIDNIGHT = 1_700_006_400


def read(tmp_path: Path, *posts: tuple[object, ...], **more: list[tuple[object, ...]]) -> Told:
    content = dump(tables(posts=list(posts), **more))
    return tell(DiscourseReader(), folder_of({"dump.sql": content}, tmp_path / "backup"))


def test_posts_become_topics_and_replies_whatever_their_order(tmp_path: Path) -> None:
    raw = (
        'so\n[quote="an, post:1"]\nwhy?\n[/quote]\n\\o/ @an `@cy` see [it](https://x.example.com/)'
    )
    found = read(
        tmp_path,
        post(3, CY, "yes", reply_to_post_number=2, reply_to_user_id=BO),
        post(2, BO, raw),
        post(1, AN, "これは質問ですか"),
    )
    topic = found.one(Kind.TOPIC)
    assert (topic.key, topic.thread, topic.is_question) == ("7/1", "7/1", True)
    third, second = found.of_kind(Kind.REPLY)
    assert (second.is_question, second.hosts) == (False, "x.example.com")
    assert (third.in_reply_to, third.happened_at) == ("7/2", MIDNIGHT + 180)
    an, bo, cy = str(AN), str(BO), str(CY)
    assert found.tied(TieKind.REPLY) == [(cy, bo), (bo, an)]
    assert found.tied(TieKind.MENTION) == [(bo, an)]


def test_a_topics_tags_are_facts_of_its_first_post(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        post(1, AN),
        post(2, BO),
        tags=[(1, "Maps"), (2, "maps"), (3, "yamabiko")],
        topic_tags=[(1, 7, 1), (2, 7, 3), (3, 7, 9), (4, 8, 3)],
    )
    tags = found.of_kind(Kind.TAG)
    assert [(one.record, one.thread, one.place, one.actor) for one in tags] == [
        ("7/1", "7/1", "maps", None),
        ("7/1", "7/1", "yamabiko", None),
    ]
    plain = read(tmp_path / "plain", post(1, AN), post(2, BO))
    assert plain.of_kind(Kind.TAG) == []
    changed = {one.key for one in found.records} - {one.key for one in plain.records}
    before = {one.key: one.content for one in plain.records}
    differing = {one.key for one in found.records if before.get(one.key) != one.content}
    assert (changed, differing) == (set(), {"7/1"})


def test_likes_are_dated_and_taken_back_ones_gone(tmp_path: Path) -> None:
    actions: list[tuple[object, ...]] = [
        (1, 101, BO, 2, None, at(30)),
        (2, 101, CY, 2, at(40), at(30)),
        (3, 101, CY, 3, None, at(30)),
        (4, 101, AN, 2, None, at(30)),
        (5, 999, BO, 2, None, at(30)),
    ]
    found = read(tmp_path, post(1, AN), post_actions=actions)
    like = found.one(Kind.REACTION)
    assert (like.key, like.record) == (f"7/1/reaction/{concealed(str(BO))}", "7/1")
    assert (like.happened_at, like.at_precision) == (MIDNIGHT + 1800, AtPrecision.EXACT)
    assert (like.emoji, like.filed_at) == ("heart", MIDNIGHT + 60)
    assert found.tied(TieKind.REACTION) == [(str(BO), str(AN))]


def test_accounts_join_and_categories_are_started_by_people(tmp_path: Path) -> None:
    found = read(tmp_path)
    joins = [(one.actor, one.happened_at) for one in found.of_kind(Kind.JOIN)]
    assert joins == [
        (concealed(str(AN)), MIDNIGHT + 60),
        (concealed(str(BO)), MIDNIGHT + 120),
    ]
    assert found.one(Kind.START).place == str(HELP)
    assert [one.name for one in found.initiatives] == ["Help"]
    told = found.reading.can_tell
    assert (told.joins, told.reactions, told.creators, told.deletions) == (True,) * 4
    assert (told.complete_since, found.reading.zones) == (date(2023, 11, 15), {"Asia/Tokyo": 1})
    assert (found.read, found.counted) == (0, [])


def test_only_an_account_that_was_activated_has_a_verified_address(tmp_path: Path) -> None:
    found = read(tmp_path)
    an, bo, cy = (found.handle(str(number)) for number in (AN, BO, CY))
    assert (an.email, an.is_admin, an.zone) == ("an@example.jp", True, "Asia/Tokyo")
    assert (bo.email, bo.typed_email, bo.name) == (None, "bo@example.jp", "bo")
    assert (cy.name, cy.display_name) == ("C y\\", "cy")


def test_personal_messages_whispers_and_closed_categories_stay_out(tmp_path: Path) -> None:
    posts = [
        post(1, AN, topic_id=8),
        post(1, AN, topic_id=9),
        post(1, AN, topic_id=404),
        post(2, AN, post_type=4),
        post(1, BO, topic_id=10),
        post(3, BO, user_deleted=True),
    ]
    found = read(tmp_path, *posts)
    assert [(one.place, one.reason) for one in found.left_out] == [
        ("dump.sql", words.DIRECT),
        ("Staff", words.PRIVATE),
        ("dump.sql", words.NO_TOPIC),
        ("dump.sql", words.WHISPER),
    ]
    assert [(one.key, one.is_tombstone) for one in found.counted] == [("10/1", True), ("7/3", True)]
    path = folder_of({"dump.sql": dump(tables(posts=posts))}, tmp_path / "again")
    chosen = tell(DiscourseReader(), path, private=[str(STAFF)])
    assert chosen.one(Kind.TOPIC).visibility is Visibility.PRIVATE


def test_broken_rows_are_refused_by_their_line_and_the_others_are_in(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        post(1, AN),
        ("x",) * 13,
        (1, 2),
        post(2, AN, created_at="infinity"),
        post(3, BO),
        users=[(AN, "an", at(1), "An", True, False, False, False), (1, "x")],
    )
    assert [one.key for one in found.counted] == ["7/1", "7/3"]
    assert (found.read, len(found.refusals)) == (6, 4)
    content = (tmp_path / "backup" / "dump.sql").read_bytes().split(b"\n")
    numbers = [int(one.place.rsplit(" ", 1)[1]) for one in found.refusals]
    assert content[numbers[0] - 1] == b"1\tx"
    assert all(content[number - 1].startswith((b"x", b"1\t2", b"102")) for number in numbers[1:])


def test_a_dump_cut_off_gives_what_it_still_holds_and_says_so(tmp_path: Path) -> None:
    ordered = tables(posts=[post(1, AN), post(2, BO)])
    moved = dump({**{n: r for n, r in ordered.items() if n != "posts"}, "posts": ordered["posts"]})
    cut = moved[: moved.index(b"102\t12")]
    found = tell(DiscourseReader(), folder_of({"d.sql": cut}, tmp_path / "backup"))
    assert [one.key for one in found.counted] == ["7/1"]
    assert [one.reason for one in found.refusals] == [words.CUT_OFF]


@pytest.mark.parametrize("form", ["sql", "sql.gz", "tar", "tar.gz", "several gzips"])
def test_however_a_backup_is_packed_it_gives_the_same(tmp_path: Path, form: str) -> None:
    content = dump(tables(posts=[post(1, AN), post(2, BO)]))
    plain = tell(DiscourseReader(), folder_of({"dump.sql": content}, tmp_path / "plain"))
    path = tmp_path / f"forum-2024-01-01-v2024.{form}"
    if form.startswith("tar"):
        inside = folder_of({"dump.sql.gz": gzip.compress(content)}, tmp_path / "in")
        with tarfile.open(path, "w:gz" if form == "tar.gz" else "w") as tar:
            tar.add(inside / "dump.sql.gz", arcname="dump.sql.gz")
            tar.add(inside / "dump.sql.gz", arcname="uploads/default/original/1X/a.png")
        shelf = Export(TarShelf(path, Limits(), name=path.name), name=path.name)
        found = tell(DiscourseReader(), shelf)
    else:
        half = len(content) // 2
        packed = gzip.compress(content[:half]) + gzip.compress(content[half:]) + b"\0" * 9
        forms = {"sql": content, "sql.gz": gzip.compress(content), "several gzips": packed}
        path.write_bytes(forms[form])
        found = tell(DiscourseReader(), path)
    assert found.records == plain.records
    assert found.activities == plain.activities


def test_a_packed_dump_cut_off_says_so(tmp_path: Path) -> None:
    packed = gzip.compress(dump(tables(posts=[post(n, AN) for n in range(1, 60)])))
    path = tmp_path / "x.sql.gz"
    path.write_bytes(packed[:-40])
    found = tell(DiscourseReader(), path)
    assert len(found.refusals) == 1
    assert found.refusals[0].records == 1
