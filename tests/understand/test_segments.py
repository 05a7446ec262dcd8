"""A segment is a rule over people that can be kept as JSON and read aloud."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import Words
from jibungoto.understand.answers import Stage
from jibungoto.understand.segment_words import words_of
from jibungoto.understand.segments import (
    Segment,
    Somebody,
    is_in,
    segment_told,
    told,
)

DAY = date(2026, 11, 21)
AKI = Somebody(
    stage=Stage.STARTING,
    sources=frozenset({"slack"}),
    organisations=("やまびこ商店",),
    names="髙橋 亜紀\n高橋亜紀",
    first_seen=date(2026, 9, 1),
    last_seen=date(2026, 11, 20),
    has_attended=True,
    has_started=True,
    moved="up",
    came_to=frozenset({"series:maps"}),
    counted=frozenset({"starters"}),
)


@pytest.mark.parametrize(
    ("rule", "means_her"),
    [
        (Segment(), True),
        (Segment(kind="staff"), False),
        (Segment(kind="all"), True),
        (Segment(stages=("starting", "owning")), True),
        (Segment(stages=("owning",)), False),
        (Segment(dormant=False), True),
        (Segment(dormant=True), False),
        (Segment(sources=("slack", "connpass")), True),
        (Segment(sources=("connpass",)), False),
        (Segment(organisation="商店"), True),
        (Segment(organisation="銀行"), False),
        (Segment(seen_from=date(2026, 9, 1)), True),
        (Segment(seen_from=date(2026, 9, 2)), False),
        (Segment(seen_before=date(2026, 9, 1)), False),
        (Segment(new_days=82), True),
        (Segment(new_days=81), False),
        (Segment(recent_days=2), True),
        (Segment(recent_days=1), False),
        (Segment(attended=True), True),
        (Segment(attended=False), False),
        (Segment(started=True), True),
        (Segment(started=False), False),
        (Segment(named="亜紀"), True),
        (Segment(named="花子"), False),
        (Segment(moved="up"), True),
        (Segment(moved="down"), False),
        (Segment(came_to="series:maps"), True),
        (Segment(came_to="series:talks"), False),
        (Segment(counted="starters"), True),
        (Segment(counted="new"), False),
    ],
)
def test_every_part_of_a_rule_narrows(rule: Segment, means_her: bool) -> None:
    assert is_in(rule, AKI, day=DAY) is means_her


def test_who_asked_not_to_be_counted_is_in_no_segment() -> None:
    assert not is_in(Segment(kind="all"), replace(AKI, is_opted_out=True), day=DAY)


def test_who_never_acted_is_neither_active_nor_dormant() -> None:
    quiet = Somebody(is_dormant=True)
    assert [is_in(Segment(dormant=way), quiet, day=DAY) for way in (True, False)] == [False, False]


def test_who_was_never_seen_is_in_no_span_of_days() -> None:
    spans = (Segment(new_days=30), Segment(recent_days=30), Segment(seen_before=DAY))
    assert [is_in(one, Somebody(), day=DAY) for one in spans] == [False] * 3


FULL = Segment(
    stages=("starting", "owning"),
    dormant=False,
    sources=("slack",),
    organisation="A",
    seen_from=date(2026, 1, 1),
    seen_before=date(2026, 10, 1),
    new_days=90,
    recent_days=30,
    attended=True,
    started=False,
    named="b",
    moved="down",
    came_to="chapter:osaka",
    counted="welcome48:no",
)


def test_a_rule_comes_back_from_json_as_it_was() -> None:
    import json

    for rule in (Segment(), FULL):
        assert segment_told(json.loads(json.dumps(told(rule)))) == rule


def test_json_holds_only_what_narrows() -> None:
    assert told(Segment(dormant=True)) == {"kind": "member", "dormant": True}


@pytest.mark.parametrize(
    "said",
    [
        {"stages": ["asleep"]},
        {"stages": "starting"},
        {"kind": "boss"},
        {"new_days": 0},
        {"new_days": "30"},
        {"unheard": 1},
        {"named": "x" * 101},
        {"moved": "sideways"},
        {"came_to": "osaka"},
        {"came_to": "club:osaka"},
        {"came_to": "series:"},
        {"counted": "no_such_measure"},
        {"counted": "events_held"},
        {"counted": "staff_share:x"},
        [],
        None,
    ],
    ids=str,
)
def test_what_is_no_rule_is_refused(said: object) -> None:
    with pytest.raises(InvalidChoice):
        segment_told(said)


def test_a_rule_can_be_read_aloud_in_both_languages() -> None:
    assert words_of(Segment()) == Words("すべてのメンバー", "all members")
    assert words_of(Segment(kind="staff")) == Words("すべてのスタッフ", "all staff")
    assert words_of(Segment(stages=("contributing",), dormant=False, attended=True)) == Words(
        "メンバーのうち、段が「貢献」である、休眠していない、イベントに参加したことがある人",
        "members who stand at “Contributing”, are active and have been at an event",
    )
    assert words_of(Segment(kind="all", new_days=30)) == Words(
        "直近30日に初めて現れた人", "people who were first seen in the last 30 days"
    )


def test_every_part_is_read_aloud() -> None:
    said = words_of(FULL)
    assert said.ja.count("、") == 15
    assert said.en.count(",") + said.en.count(" and ") == 14


@pytest.mark.parametrize(
    ("rule", "ja", "en"),
    [
        (
            Segment(moved="up"),
            "メンバーのうち、この28日間に段が上がった人",
            "members who moved up in the last 28 days",
        ),
        (
            Segment(kind="all", came_to="series:maps"),
            "「地図の夕べ」に参加したことがある人",
            "people who have been at “地図の夕べ”",
        ),
        (
            Segment(kind="all", came_to="event:gone"),
            "「gone」に参加したことがある人",
            "people who have been at “gone”",
        ),
        (
            Segment(kind="all", counted="new"),
            "指標「新規」の根拠の記録にいる人",
            "people who stand behind “Newcomers”",
        ),
        (
            Segment(kind="all", counted="stage_stock:S4"),
            "指標「段ごとの人数」の根拠の記録(起点)にいる人",
            "people who stand behind “Members at each stage” (Starting)",
        ),
        (
            Segment(kind="all", counted="new:no"),
            "指標「新規」の根拠の記録(対象のうち、それ以外)にいる人",
            "people who stand behind “Newcomers” (counted, without it)",
        ),
    ],
)
def test_what_people_did_lately_is_read_aloud_with_its_names(
    rule: Segment, ja: str, en: str
) -> None:
    assert words_of(rule, {"series:maps": "地図の夕べ"}) == Words(ja, en)
