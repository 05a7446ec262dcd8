"""What the connpass reader makes of the API's answers, alone and beside the lists."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from jibungoto.gather.contents.pile import NOT_JSON
from jibungoto.gather.events.gatherings import NOT_AN_EVENT
from jibungoto.gather.events.guests import NO_EVENT, NO_TIME
from jibungoto.gather.reader import Choices
from jibungoto.gather.readers.connpass import ConnpassReader
from jibungoto.gather.readers.connpass_api import NO_PRESENTER, NOT_AN_ANSWER
from jibungoto.ledger.activity import AtPrecision
from jibungoto.ledger.initiative import HeadCounts, InitiativeKind, Mode
from jibungoto.ledger.kinds import Kind
from tests.gather.lists_made import (
    EVENING,
    is_recognised,
    only,
    read_with,
    table_of,
    told,
    written,
)
from tests.gather.made import Gathered, concealed, folder_of

NOW_UTC = Choices(zone="UTC")
GROUP = {"id": 12, "subdomain": "yamabiko", "title": "やまびこ"}


def event(number: int = 4410, **more: Any) -> dict[str, Any]:
    return {
        "id": number,
        "title": "春の会",
        "catch": "",
        "started_at": "2026-04-19T19:00:00+09:00",
        "ended_at": "2026-04-19T21:00:00+09:00",
        "event_type": "participation",
        "open_status": "close",
        "group": GROUP,
        "address": "京都市下京区1-1",
        "place": "やまびこ会館",
        "lat": "35.0",
        "owner_id": 8,
        "owner_nickname": "hana",
        "owner_display_name": "高橋 花子",
        "accepted": 30,
        "waiting": 2,
        "updated_at": "2026-03-01T10:00:00+09:00",
        **more,
    }


def answer(name: str, *found: Any) -> dict[str, Any]:
    counts = {"results_returned": len(found), "results_available": 99, "results_start": 1}
    return {**counts, name: list(found)}


def read(tmp_path: Path, *answers: Any, choices: Choices = NOW_UTC) -> Gathered:
    files = {f"answer_{number}.json": one for number, one in enumerate(answers)}
    return read_with(ConnpassReader(), folder_of(files, tmp_path / "answers"), choices)


def test_an_event_is_an_initiative_with_its_group_and_head_counts(tmp_path: Path) -> None:
    found = read(tmp_path, answer("events", event()))
    one, series = found.initiatives
    assert (one.key, one.kind, one.name) == ("connpass:4410", InitiativeKind.EVENT, "春の会")
    assert (one.starts_at, one.ends_at, one.mode) == (EVENING, EVENING + 7_200, Mode.VENUE)
    assert (one.started_by, one.started_at) == (concealed("hana"), None)
    assert (one.series, one.counts) == ("connpass:group:12", HeadCounts(30, 2))
    assert not one.is_cancelled
    assert (series.key, series.kind, series.name) == (
        "connpass:group:12",
        InitiativeKind.SERIES,
        "やまびこ",
    )


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({}, (None, None)),
        ({"limit": 80, "hash_tag": "#BPStudy"}, (80, "bpstudy")),
        ({"limit": 0, "hash_tag": ""}, (None, None)),
        ({"limit": None, "hash_tag": None}, (None, None)),
        ({"limit": 80, "event_type": "advertisement"}, (None, None)),
    ],
    ids=str,
)
def test_an_event_may_tell_how_many_seats_it_has_and_its_tag(
    tmp_path: Path, more: dict[str, Any], told: tuple[int | None, str | None]
) -> None:
    one = read(tmp_path, answer("events", event(**more))).initiatives[0]
    assert (one.capacity, one.hashtag) == told


def test_its_owner_started_it_not_after_it_was_last_changed(tmp_path: Path) -> None:
    found = read(tmp_path, answer("events", event()))
    start = only(found.activities)
    assert (start.kind, start.actor, start.initiative) == (
        Kind.START,
        concealed("hana"),
        "connpass:4410",
    )
    assert (start.happened_at, start.at_precision) == (1_772_326_800, AtPrecision.NOT_AFTER)
    assert found.handle("hana").name == "高橋 花子"
    assert found.reading.can_tell.creators
    assert str(found.reading.covered_until) == "2026-03-01"
    late = read(tmp_path / "late", answer("events", event(updated_at="2026-05-01T10:00:00+09:00")))
    assert only(late.activities).happened_at == EVENING


@pytest.mark.parametrize(
    ("more", "mode"),
    [
        ({"place": "オンライン", "address": None}, Mode.ONLINE),
        ({"place": "会場とオンライン"}, Mode.HYBRID),
        ({"place": None, "address": None}, None),
    ],
)
def test_where_it_is_says_how_it_takes_place(
    tmp_path: Path, more: dict[str, Any], mode: Mode | None
) -> None:
    assert read(tmp_path, answer("events", event(**more))).initiatives[0].mode is mode


def test_a_cancelled_event_and_one_registered_for_elsewhere(tmp_path: Path) -> None:
    called_off = event(1, open_status="cancelled")
    elsewhere = event(2, event_type="advertisement", accepted=0, waiting=0)
    found = read(tmp_path, answer("events", called_off, elsewhere))
    first, second = (one for one in found.initiatives if one.kind is InitiativeKind.EVENT)
    assert (first.is_cancelled, second.is_cancelled) == (True, False)
    assert second.counts == HeadCounts()


def test_the_first_version_of_the_api_uses_other_names(tmp_path: Path) -> None:
    old = event(series=GROUP, event_id=4410)
    del old["id"], old["group"]
    found = read(tmp_path, answer("events", old))
    assert [one.key for one in found.initiatives] == ["connpass:4410", "connpass:group:12"]


def test_what_an_answer_leaves_out_is_not_told(tmp_path: Path) -> None:
    bare = {"id": 1, "title": None, "owner_nickname": None, "started_at": None}
    found = read(tmp_path, answer("events", bare))
    (one,) = found.initiatives
    assert (one.name, one.started_by, one.starts_at, one.series) == ("", None, None, None)
    assert (found.activities, found.reading.can_tell.creators) == ([], False)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("slide", Kind.SLIDES),
        ("movie", Kind.VIDEO),
        ("blog", Kind.ARTICLE),
        (None, Kind.TALK),
        ("other", Kind.TALK),
    ],
)
def test_a_presentation_by_its_type(tmp_path: Path, kind: str | None, expected: Kind) -> None:
    one = {
        "user": {"id": 8, "nickname": "hana"},
        "presenter": {"id": 9, "nickname": "taro"},
        "url": "https://slides.example.jp/a/1",
        "name": "はじめての山",
        "presentation_type": kind,
        "created_at": "2026-04-20T10:00:00+09:00",
    }
    files = {
        "event_4410_presentations.json": answer("presentations", one, one),
        "events.json": answer("events", event()),
    }
    found = read_with(ConnpassReader(), folder_of(files, tmp_path / "x"), NOW_UTC)
    made = only(found.of_kind(expected))
    assert (made.actor, made.initiative) == (concealed("taro"), "connpass:4410")
    assert (made.hosts, made.url) == ("slides.example.jp", "https://slides.example.jp/a/1")
    assert made.at_precision is AtPrecision.NOT_AFTER
    assert found.repeated == 1


def test_an_address_with_its_authors_name_in_it_is_not_kept(tmp_path: Path) -> None:
    one = {
        "presenter": {"nickname": "taro"},
        "url": "https://slides.example.jp/Taro/1",
        "presentation_type": "slide",
        "created_at": "2026-04-20T10:00:00+09:00",
    }
    made = only(read(tmp_path, answer("presentations", one)).activities)
    assert (made.hosts, made.url, made.initiative) == ("slides.example.jp", None, None)
    assert "taro" not in repr(made).casefold()


def test_people_and_groups_are_names(tmp_path: Path) -> None:
    people = answer("users", {"id": 8, "nickname": "hana", "display_name": "高橋 花子"})
    found = read(tmp_path, people, answer("groups", GROUP, GROUP))
    assert [(one.outside_id, one.name) for one in found.handles] == [("hana", "高橋 花子")]
    assert [one.key for one in found.initiatives] == ["connpass:group:12"]
    assert (len(found.counted), found.repeated, found.activities) == (2, 1, [])


def test_the_answers_say_when_the_events_of_the_lists_began(tmp_path: Path) -> None:
    headings = ("参加枠名", "ユーザー名", "表示名", "参加ステータス", "受付番号")
    row = ("一般", "ken", "健", "参加", "5")
    files = {
        "event_4410_participants.csv": table_of(headings, row).encode("cp932"),
        "event_9_participants.csv": table_of(headings, row).encode("cp932"),
        "events.json": answer("events", event()),
    }
    found = read_with(ConnpassReader(), folder_of(files, tmp_path / "both"), NOW_UTC)
    assert told(found) == [("registration", "ken"), ("start", "hana")]
    assert only(found.of_kind(Kind.REGISTRATION)).place == "venue"
    assert [one.reason for one in found.refusals] == [NO_EVENT]


def test_pages_of_answers_in_one_file_in_any_arrangement(tmp_path: Path) -> None:
    first, second = answer("events", event(1)), answer("events", event(2), event(1))
    lines = "\n".join(json.dumps(one) for one in (first, second)).encode()
    found = read(tmp_path, [first, second], lines)
    assert (found.read, len(found.counted), found.repeated) == (6, 2, 4)


@pytest.mark.parametrize(
    ("name", "broken", "reason"),
    [
        ("events", {"title": "x"}, NOT_AN_EVENT),
        ("events", {"id": "many"}, NOT_AN_EVENT),
        ("events", {"id": 1, "started_at": "soon"}, NO_TIME),
        ("events", 5, NOT_AN_EVENT),
        ("users", {"id": 1}, NOT_AN_ANSWER),
        ("users", {"nickname": " "}, NOT_AN_ANSWER),
        ("presentations", {"created_at": "2026-04-20"}, NO_PRESENTER),
        ("presentations", {"user": {"nickname": "a"}}, NO_TIME),
    ],
)
def test_a_broken_record_is_refused_and_the_others_get_in(
    tmp_path: Path, name: str, broken: Any, reason: object
) -> None:
    found = read(tmp_path, answer("events", event()), answer(name, broken))
    assert [(one.place, one.reason) for one in found.refusals] == [
        ("answer_1.json, record 1", reason)
    ]
    assert len(found.counted) == 1


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_stray_quote_costs_the_event_it_stands_in_alone(tmp_path: Path, number: int) -> None:
    events = [event(id=4410 + each, title=f"TITLE{each} x") for each in range(3)]
    content = json.dumps(answer("events", *events)).encode()
    found = read(tmp_path, content.replace(b"TITLE%d" % number, b'the "'))
    assert [one.place for one in found.refusals] == [f"answer_0.json, record {number + 1}"]
    kept = {f"connpass:{4410 + each}" for each in range(3) if each != number}
    assert {one.key for one in found.counted} == kept


def test_an_answer_that_was_saved_again_in_utf_16_is_read(tmp_path: Path) -> None:
    found = read(tmp_path, json.dumps(answer("events", event())).encode("utf-16"))
    assert (len(found.counted), found.refusals) == (1, [])


def test_a_file_that_ends_too_early_is_refused_whole(tmp_path: Path) -> None:
    cut = json.dumps(answer("events", event())).encode()[:-20]
    found = read(tmp_path, answer("events", event()), cut)
    assert [(one.place, one.reason) for one in found.refusals] == [("answer_1.json", NOT_JSON)]


def test_other_json_is_not_taken(tmp_path: Path) -> None:
    others = {
        "a.json": [{"event": {"id": 1, "starts_at": "", "venue_name": ""}}],
        "b.json": {"events": [event()]},
        "c.json": [{"type": "message", "user": "U1", "ts": "1.0"}],
    }
    for name, content in others.items():
        path = written(tmp_path / name, json.dumps(content))
        assert not is_recognised(ConnpassReader(), path)
