"""What the GitHub reader makes of issues, requests, comments and reviews, in each dialect."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jibungoto.gather.readers.github import GitHubReader
from jibungoto.gather.readers.slack import SlackReader
from jibungoto.ledger.activity import AtPrecision, TieKind
from jibungoto.ledger.kinds import Kind
from tests.gather.github_made import NINE, PLACE, SITE, Json, graphql, issue, request, rest, time
from tests.gather.made import Gathered, as_bytes, folder_of
from tests.gather.with_reader import (
    check,
    check_whatever_it_is,
    keys_of,
    read_files,
    read_with,
    recognised_by,
)

READER = GitHubReader()
READER = GitHubReader()


def acts(found: Gathered) -> list[tuple[str, str, int]]:
    known = {handle.actor: handle.outside_id for handle in found.handles}
    return sorted(
        (a.kind.value, known[a.actor or ""], (a.happened_at - NINE) // 60) for a in found.activities
    )


def test_issues_are_topics_and_what_answers_them_are_replies(tmp_path: Path) -> None:
    found = read_files(READER, rest(), tmp_path / "rest")
    assert acts(found) == [
        ("merge", "ken", 40),
        ("pull_request", "ken", 1),
        ("reply", "hana", 6),
        ("reply", "ken", 5),
        ("reply", "ken", 11),
        ("reply", "ken", 13),
        ("reply", "mio", 10),
        ("review", "mio", 12),
        ("topic", "hana", 0),
    ]
    assert (found.read, found.repeated, found.refusals, found.left_out) == (9, 1, [], [])
    assert sorted(found.tied(TieKind.REPLY)) == [
        ("ken", "hana"),
        ("ken", "mio"),
        ("mio", "ken"),
        ("mio", "ken"),
    ]
    told = found.reading.can_tell
    assert (told.replies, told.threads, told.mentions, told.bots) == (True, True, True, True)
    assert (told.reactions, told.creators, told.emails, told.complete_since) == (
        False,
        False,
        False,
        None,
    )


def test_a_reply_names_its_topic_and_what_it_answers(tmp_path: Path) -> None:
    found = read_files(READER, rest(), tmp_path / "rest")
    by_key = {act.key: act for act in found.activities}
    answer = by_key[f"{PLACE}#2/discussion_r22"]
    assert (answer.thread, answer.in_reply_to) == (f"{PLACE}#2", f"{PLACE}#2/discussion_r21")
    topic = by_key[f"{PLACE}#1"]
    assert (topic.thread, topic.in_reply_to, topic.is_question) == (topic.key, None, True)
    merge = by_key[f"{PLACE}#2/merge"]
    assert (merge.record, merge.filed_at, merge.happened_at) == (
        f"{PLACE}#2",
        NINE + 60,
        NINE + 2400,
    )
    (project,) = found.initiatives
    assert (project.key, project.name) == (f"github:{PLACE}", "garden/paths")


def test_only_those_who_act_here_can_be_mentioned(tmp_path: Path) -> None:
    found = read_files(READER, rest(), tmp_path / "rest")
    assert found.tied(TieKind.MENTION) == [("ken", "mio")]


def test_nothing_names_a_person_or_a_repository_in_an_activity(tmp_path: Path) -> None:
    found = read_files(READER, rest(), tmp_path / "rest")
    shown = repr(found.activities) + repr(found.ties)
    assert [word for word in ("hana", "ken", "mio", "garden", "lead") if word in shown] == []


def test_graphql_tells_the_same_and_who_reacted(tmp_path: Path) -> None:
    found = read_files(READER, {"answer.json": graphql()}, tmp_path / "graphql")
    plain = read_files(READER, rest(), tmp_path / "rest")
    assert set(keys_of(found)) == set(keys_of(plain)) - {f"{PLACE}#2/pullrequestreview-32"}
    (reaction,) = found.of_kind(Kind.REACTION)
    assert (reaction.emoji, reaction.happened_at) == ("heart thumbs_up", NINE + 1200)
    assert (reaction.at_precision, reaction.filed_at) == (AtPrecision.EXACT, NINE)
    assert found.tied(TieKind.REACTION) == [("mio", "hana")]
    assert found.reading.can_tell.reactions


def test_labels_are_facts_of_the_issue_or_of_what_was_taken_in(tmp_path: Path) -> None:
    labels = [{"id": 1, "name": "Hacktoberfest"}, {"name": "good first issue"}, "docs", {"id": 2}]
    files = {
        "issues.json": [issue(1, labels=labels[:1])],
        "pulls.json": [
            request(2, labels=labels, merged_at=time(40)),
            request(3, labels={"nodes": [{"name": "docs"}]}),
        ],
    }
    found = read_files(READER, files, tmp_path / "labels")
    told = {(one.thread, one.place) for one in found.of_kind(Kind.TAG)}
    assert told == {
        (f"{PLACE}#1", "hacktoberfest"),
        (f"{PLACE}#2/merge", "hacktoberfest"),
        (f"{PLACE}#2/merge", "goodfirstissue"),
        (f"{PLACE}#2/merge", "docs"),
        (f"{PLACE}#3", "docs"),
    }
    assert {one.actor for one in found.of_kind(Kind.TAG)} == {None}


def test_what_gh_writes_is_read_with_its_own_word_for_bots(tmp_path: Path) -> None:
    listed = [
        {
            "number": 3,
            "title": "Bump",
            "url": f"{SITE}/pull/3",
            "author": {"login": "app/renovate", "is_bot": True},
            "createdAt": time(1),
            "body": "",
            "mergedAt": None,
            "reviews": [
                {
                    "id": "PRR_1",
                    "author": {"login": "hana"},
                    "state": "APPROVED",
                    "submittedAt": time(2),
                    "body": "",
                }
            ],
            "comments": [{"author": {"login": "ken"}, "createdAt": time(3), "body": "?"}],
        }
    ]
    found = read_files(READER, {"pulls.json": listed}, tmp_path / "gh")
    assert acts(found) == [
        ("pull_request", "renovate[bot]", 1),
        ("reply", "ken", 3),
        ("review", "hana", 2),
    ]
    assert found.handle("renovate[bot]").is_bot


def test_pages_in_a_row_lists_of_lists_and_lines_are_read_alike(tmp_path: Path) -> None:
    one, two = [issue(1)], [issue(2, "ken")]
    ways = {
        "row": json.dumps(one) + json.dumps(two),
        "slurped": json.dumps([one, two]),
        "lines": json.dumps(one[0]) + "\r\n" + json.dumps(two[0]) + "\n",
        "marked": "\ufeff" + json.dumps([*one, *two]),
        "search": json.dumps({"total_count": 2, "items": [*one, *two]}),
        "values": json.dumps(one[0], indent=1) + "\n" + json.dumps(two[0], indent=1),
    }
    kept = [
        keys_of(read_files(READER, {"a.json": text.encode()}, tmp_path / name))
        for name, text in ways.items()
    ]
    assert len(kept[0]) == 2
    assert kept == [kept[0]] * len(ways)


def test_a_discussion_is_a_topic_whose_answers_can_be_answered(tmp_path: Path) -> None:
    def said(login: str, minute: int, own: int, **more: Any) -> Json:
        url = f"{SITE}/discussions/7#discussioncomment-{own}"
        told = {"author": {"login": login}, "createdAt": time(minute), "body": "x", "url": url}
        return {**told, **more}

    replies = {"nodes": [said("hana", 2, 72)]}
    talk = {
        "number": 7,
        "title": "Ideas",
        "url": f"{SITE}/discussions/7",
        "author": {"login": "hana"},
        "createdAt": time(0),
        "comments": {"nodes": [said("ken", 1, 71, replies=replies)]},
    }
    answer = {"data": {"repository": {"discussions": {"nodes": [talk]}}}}
    found = read_files(READER, {"a.json": answer}, tmp_path / "talk")
    assert acts(found) == [("reply", "hana", 2), ("reply", "ken", 1), ("topic", "hana", 0)]
    by_key = {act.key: act for act in found.activities}
    inner = by_key[f"{PLACE}#7/discussioncomment-72"]
    assert inner.in_reply_to == f"{PLACE}#7/discussioncomment-71"
    assert sorted(found.tied(TieKind.REPLY)) == [("hana", "ken"), ("ken", "hana")]


def test_a_broken_record_costs_itself(tmp_path: Path) -> None:
    listed = [
        issue(1),
        issue(2, created_at="soon"),
        issue(3, user=7),
        issue(4, user=None),
        "words",
        {"number": 5, "title": "nowhere"},
        {"odd": 1},
        issue(6, "ken"),
    ]
    found = read_files(READER, {"a.json": listed}, tmp_path / "broken")
    assert [act.key for act in found.activities] == [f"{PLACE}#1", f"{PLACE}#6"]
    assert [one.place for one in found.refusals] == [
        f"a.json, record {number}" for number in (2, 3, 5, 6, 7)
    ]
    assert [one.records for one in found.left_out] == [1]


@pytest.mark.parametrize("wrong", [b"\xff", b"\n", b"\\x"])
def test_a_record_with_a_wrong_byte_costs_itself(tmp_path: Path, wrong: bytes) -> None:
    listed = as_bytes([issue(1), issue(2, body="HERE"), issue(3), issue(4)])
    broken = listed.replace(b"HERE", wrong)
    for name, content in (("flat", broken), ("pages", b"[" + broken + b"]"), ("row", broken * 2)):
        found = read_files(READER, {"a.json": content}, tmp_path / name)
        assert [act.key for act in found.activities] == [f"{PLACE}#{n}" for n in (1, 3, 4)]
        times = 2 if name == "row" else 1
        assert [one.place for one in found.refusals] == ["a.json, record 2", "a.json, record 6"][
            :times
        ]


def test_json_in_utf16_is_read(tmp_path: Path) -> None:
    content = as_bytes([issue(1), issue(2)]).decode().encode("utf-16")
    found = read_files(READER, {"a.json": content}, tmp_path / "wide")
    assert [act.key for act in found.activities] == [f"{PLACE}#1", f"{PLACE}#2"]


def test_a_file_that_was_cut_off_gives_what_it_holds(tmp_path: Path) -> None:
    content = as_bytes([issue(1), issue(2)])[:-40]
    found = read_files(READER, {"a.json": content}, tmp_path / "cut")
    assert ([act.key for act in found.activities], len(found.refusals)) == ([f"{PLACE}#1"], 1)


def test_a_later_export_with_an_edit_is_another_version_of_the_same(tmp_path: Path) -> None:
    before = keys_of(read_files(READER, {"a.json": [issue(1)]}, tmp_path / "1"))
    again = keys_of(read_files(READER, {"a.json": [issue(1)]}, tmp_path / "2"))
    after = keys_of(read_files(READER, {"a.json": [issue(1, body="Here now")]}, tmp_path / "3"))
    assert before == again
    assert before.keys() == after.keys()
    assert before != after


def test_other_files_beside_are_left_out_and_other_sources_not_taken(tmp_path: Path) -> None:
    other = {"package.json": {"name": "x"}, "empty.json": [], "README.md": b"#"}
    found = read_files(READER, rest() | other, tmp_path / "mixed")
    assert [one.place for one in found.left_out] == ["package.json"]
    link: Json = {"type": "message", "user": "U0000000AN", "ts": "1700000000.000100"}
    link |= {"text": f"<{SITE}/issues/1>", "attachments": [{"from_url": f"{SITE}/issues/1"}]}
    assert not recognised_by(READER, folder_of({"talk/2023-11-15.json": [link]}, tmp_path / "s"))
    assert not recognised_by(SlackReader(), folder_of(rest(), tmp_path / "rest"))


def test_another_host_is_another_repository(tmp_path: Path) -> None:
    there = issue(1) | {"html_url": "https://git.example.com/garden/paths/issues/1"}
    found = read_files(READER, {"a.json": [issue(1), there]}, tmp_path / "two")
    assert sorted(one.name for one in found.initiatives) == [
        "garden/paths",
        "git.example.com/garden/paths",
    ]


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 99),
    st.text(max_size=9),
    st.sampled_from(["\ud800", "ghost", time(1), f"{SITE}/pull/9#discussion_r1", "[bot]", "1e9"]),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.sampled_from(["login", "nodes", "number"]), st.integers(), max_size=2),
)


def spots_in(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        inside = list(value.items())
    elif isinstance(value, list):
        inside = list(enumerate(value))
    return [path, *(spot for key, one in inside for spot in spots_in(one, (*path, key)))]


@st.composite
def mangled(draw: st.DrawFn) -> bytes:
    value: Any = draw(st.sampled_from([list(rest().values()), graphql()]))
    value = json.loads(json.dumps(value))
    for _ in range(draw(st.integers(1, 4))):
        spot = draw(st.sampled_from([one for one in spots_in(value) if one]))
        at = value
        for key in spot[:-1]:
            at = at[key]
        at[spot[-1]] = draw(ODD)
    content = bytearray(json.dumps(value).encode("utf-8", "surrogatepass"))
    for _ in range(draw(st.integers(0, 2))):
        content[draw(st.integers(0, len(content) - 1))] = draw(st.integers(0, 255))
    return bytes(content[: draw(st.integers(0, len(content)) | st.none())])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mangled())
def test_whatever_stands_in_a_file_is_accounted_for(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        files = {"a.json": content, "b.json": as_bytes([issue(90)])}
        check_whatever_it_is(READER, folder_of(files, Path(folder)))


@pytest.fixture(scope="module")
def week() -> Gathered:
    return read_with(READER, Path(os.environ["JIBUNGOTO_REAL_INPUTS"]) / "dd2030-week/raw/github")


@pytest.mark.real_inputs
def test_the_week_of_dd2030_is_in_whole(week: Gathered) -> None:
    check(week)
    assert len(week.of_kind(Kind.TOPIC)) == 64
    assert len(week.of_kind(Kind.PULL_REQUEST)) == 29
    assert len(week.of_kind(Kind.MERGE)) == 22
    assert (len(week.counted), week.refusals) == (93, [])
    assert len(week.initiatives) == 5


@pytest.mark.real_inputs
def test_the_weeks_summaries_are_left_out_and_say_how_far_it_reaches(week: Gathered) -> None:
    assert sum(one.records for one in week.left_out) == 93
    assert str(week.reading.covered_until) == "2025-04-18"
    told = week.reading.can_tell
    assert (told.replies, told.threads, told.reactions, told.mentions) == (
        False,
        False,
        False,
        True,
    )
    assert [handle.name for handle in week.handles if handle.is_bot] == [
        "devin-ai-integration[bot]"
    ]
