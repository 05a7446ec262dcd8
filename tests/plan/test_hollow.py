"""A plan that says nothing, counts only doings, or names days and numbers that cannot be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from msgspec import structs

from jibungoto.ledger.problems import InvalidChoice
from jibungoto.plan.bounds import must_fit
from jibungoto.plan.facts import PlanFacts
from jibungoto.plan.lexicon import has_verb
from jibungoto.plan.owwh import Cost, Period, Plan, What
from jibungoto.plan.text import Text, same
from jibungoto.plan.tree_defaults import ACTIVITY, BEHAVIOUR, HEAD_COUNTS
from jibungoto.plan.validate import is_valid, issues_of
from jibungoto.plan.victory import Baseline, ByHand, VictoryCondition
from tests.plan.made import FACTS, LEFT, PLAN, ROUND, TODAY, aimed, done_by, found, issues, won_by

YOUNG = replace(FACTS, community_since=date(2025, 9, 1))
V = "objective.victory[0]"


def counted(name: str, unit: str = "件") -> Plan:
    by_hand = ByHand(name=same(name), who=same("あき"), every_days=30)
    return won_by(measure="by-hand-1", unit=unit, by_hand=by_hand)


def test_a_plan_without_what_or_how_is_not_valid() -> None:
    for plan, place in (
        (structs.replace(PLAN, what=()), "what"),
        (structs.replace(PLAN, what=(What(key="same-day", who="first"),)), "what"),
        (structs.replace(PLAN, how=()), "how"),
        (done_by(victories=()), "how"),
    ):
        assert ("E", place) in found("V07", plan)
        assert not is_valid(issues_of(plan, FACTS))
    (issue,) = issues("V07", structs.replace(PLAN, what=(), how=()))
    assert issue.said.ja == (
        "層がつながっていません。What が一つもありません。その人が何を得るかを書いてください。"
    )
    (issue,) = issues("V07", structs.replace(PLAN, how=()))
    assert issue.said.en == (
        "Broken layer chain. There is no How; write what is done, and choose the victory condition "
        "it is for."
    )


@pytest.mark.parametrize(
    "text",
    [
        "興味のある人ならどなたでも",
        "Everyone who uses our product",
        "どなたでも",
        "anyone interested",
        "潜在顧客",
        "見込み客",
        "社員",
        "women in their 30s",
        "東京在住の20代エンジニア",
        "a",
        "-",
        "？？",
        "ユーザーの皆様",
        "すべてのエンジニア",
        "マーケター",
        "IT企業の社員",
        "IT系の会社員",
        "all developers",
        "people who are interested",
        "大企業の情報システム部門",
        "コミュニティの人たち",
        "世の中の人",
        "地域の方",
        "新規ユーザー",
        "20代の営業職",
        "年収500万以上",
        "managers",
        "engineers in Tokyo",
        "people aged 20-30 in Osaka",
        "中小企業",
        "子育て中の女性",
        "リード",
        "Ｅｖｅｒｙｏｎｅ",
    ],
)
def test_what_is_true_of_anybody_or_of_a_market_is_no_who(text: str) -> None:
    plan = structs.replace(PLAN, who=(structs.replace(PLAN.who[0], interest_axis=same(text)),))
    assert found("V11", plan) == [("E", "who[0].interest_axis")]


@pytest.mark.parametrize(
    "text",
    [
        "やまびこを使い始めたばかりで、ほかの人の使い方を知りたい人",
        "Kubernetesに興味のある人",
        "猫",
        "R に関心がある人",
        "夜間に障害対応をしている人",
        "地域の課題をITで解決したい人",
        "新しく入った人",
        "members who have shipped with the product",
        "people who already know the product",
        "developers who debug at night",
        "子どもに読み聞かせをしたい親",
        "Maps of their own town",
    ],
)
def test_an_interest_or_a_behaviour_is_a_who(text: str) -> None:
    plan = structs.replace(PLAN, who=(structs.replace(PLAN.who[0], interest_axis=same(text)),))
    assert found("V11", plan) == []


@pytest.mark.parametrize("measure", sorted(ACTIVITY))
def test_counts_of_what_was_held_or_who_was_there_are_activity(measure: str) -> None:
    assert found("V08", won_by(measure=measure)) == [("W", "objective.victory")]
    assert bool(found("V10", won_by(measure=measure), YOUNG)) is (measure in HEAD_COUNTS)


def test_no_measure_is_both_an_activity_and_what_members_do_of_their_own_accord() -> None:
    assert {"events_held", "rsvps", "rsvps_per_event", "seat_use", "wait_conv"} <= ACTIVITY
    assert not ACTIVITY & BEHAVIOUR


@pytest.mark.parametrize(
    "name",
    ["イベント開催数", "投稿数", "events held", "Number of posts", "再生数", "勉強会の開催回数"],
)
def test_what_is_counted_by_hand_under_the_name_of_an_activity_is_one(name: str) -> None:
    assert found("V08", counted(name)) == [("W", "objective.victory")]
    assert found("V10", counted(name), YOUNG) == []


@pytest.mark.parametrize("name", ["会員数", "参加者数", "Members", "registrations", "フォロワー数"])
def test_heads_counted_by_hand_are_heads(name: str) -> None:
    assert found("V08", counted(name, "人")) == [("W", "objective.victory")]
    assert found("V10", counted(name, "人"), YOUNG) == [("W", "objective.victory")]


@pytest.mark.parametrize(
    "name", ["売上", "revenue", "GMV", "有料会員", "商談数", "Paying customers"]
)
def test_sales_counted_by_hand_are_sales(name: str) -> None:
    assert found("V09", counted(name, "円"), YOUNG) == [("W", f"{V}.measure")]


@pytest.mark.parametrize("name", ["事例を話した人", "返事のあった投稿の割合", "guides reused"])
def test_what_people_do_is_neither_activity_nor_heads_nor_sales(name: str) -> None:
    for rule in ("V08", "V09", "V10"):
        assert found(rule, counted(name), YOUNG) == []


@pytest.mark.parametrize(
    "text",
    [
        "Easy-to-use dashboard",
        "The new write API",
        "通知する機能",
        "ログを検索できる機能",
        "share button, export, SSO",
        "最大10人まで使える無料プラン",
        "Get Started templates",
        "Help center and talk feature",
        "ダッシュボード、API、SSO",
        "AI による要約機能",
    ],
)
def test_parts_of_a_product_say_nothing_of_what_a_member_does(text: str) -> None:
    assert not has_verb(text)


@pytest.mark.parametrize(
    "text",
    [
        "その日のうちに解決できる",
        "can draw a map and explain it",
        "Know where to begin",
        "I use the API",
        "Learn how to use the dashboard",
        "自分でAPIを呼び出せる",
        "find people to talk to",
    ],
)
def test_what_a_member_can_do_is_told_from_what_a_product_has(text: str) -> None:
    assert has_verb(text)


@pytest.mark.parametrize(
    ("company", "member"),
    [("問い合わせを減らす", "問い合わせを減らす。"), ("Ｆｅｗｅｒ questions", "fewer  questions!")],
)
def test_a_member_side_that_differs_in_signs_width_or_case_is_the_company_side(
    company: str, member: str
) -> None:
    plan = aimed(company=same(company), member=same(member))
    assert found("V14", plan) == [("W", "objective.member")]
    one = aimed(company=Text(ja="a", en="b"), member=Text(ja="違うこと", en="B."))
    assert found("V14", one) == [("W", "objective.member")]


def test_how_many_hows_can_be_kept_up_is_rounded_down() -> None:
    hows = tuple(structs.replace(ROUND, key=f"h{at}", hours_per_month=1) for at in range(3))
    (issue,) = issues("V15", structs.replace(PLAN, how=hows), replace(FACTS, fte=0.375))
    assert issue.next_step.en == "This team can keep up 2; make ideas of the others."
    assert found("V15", structs.replace(PLAN, how=hows[:2]), replace(FACTS, fte=0.375)) == []


def began(**changed: Any) -> Plan:
    return won_by(baseline=structs.replace(LEFT.baseline, **changed))


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (began(first=date(2026, 3, 31), last=date(2026, 1, 1)), "the wrong way round"),
        (began(first=date(2030, 1, 1), last=date(2030, 3, 1)), "still to come"),
        (
            won_by(
                baseline=structs.replace(LEFT.baseline, last=date(2026, 4, 30)),
                due=date(2026, 4, 29),
            ),
            "after the due date of 29 April 2026",
        ),
        (began(value=45.0), "from 0 % to 100 %"),
        (began(value=3.0, of="events_held"), "This baseline (3) was taken of “Events held”."),
        (began(of="unanswered72.seen segment:tokyo"), "“Left unanswered ("),
    ],
)
def test_a_baseline_that_cannot_be_is_none(plan: Plan, said: str) -> None:
    (issue,) = issues("V03", plan)
    assert (issue.level, issue.place) == ("E", f"{V}.baseline")
    assert issue.what.en == "No baseline" and said in issue.next_step.en


def test_a_baseline_of_this_very_measure_is_one() -> None:
    assert found("V03", began(of="unanswered72")) == []


def test_a_target_beyond_all_of_a_share_is_an_error() -> None:
    plan = won_by(target=45.0, operator="at_least", baseline=Baseline(no_history=True))
    assert found("V05", plan) == [("E", f"{V}.target")]


def test_what_leads_has_to_be_a_measure() -> None:
    plan = done_by(leading_measure="nonsense")
    assert found("V02", plan) == [("E", "how[0].leading_measure")]


def test_a_how_that_stops_before_it_starts_has_no_days() -> None:
    plan = done_by(starts=date(2027, 1, 1), stops=date(2026, 1, 1))
    assert found("V04", plan) == [("E", "how[0].stops")]


def test_a_plan_whose_period_is_over_is_not_put_in_force() -> None:
    draft = replace(FACTS, today=date(2026, 10, 1), in_force_since=None)
    assert found("V04", PLAN, draft) == [("E", "period.to")]
    assert found("V04", PLAN, replace(draft, in_force_since=date(2026, 4, 1))) == []
    assert found("V04", PLAN, replace(draft, today=date(2026, 9, 30))) == []


@pytest.mark.parametrize(
    ("plan", "place", "said"),
    [
        (done_by(hours_per_month=-500.0), "how[0].hours_per_month", "-500 is less than nothing."),
        (done_by(cost=Cost(amount=-1)), "how[0].cost.amount", "-1 is less than nothing."),
        (
            structs.replace(PLAN, who=(structs.replace(PLAN.who[0], size_estimate=-4),)),
            "who[0].size_estimate",
            "-4 is less than nothing.",
        ),
        (
            structs.replace(PLAN, who=(structs.replace(PLAN.who[0], first_pins=tuple("abcdef")),)),
            "who[0].first_pins",
            "There are too many (6).",
        ),
    ],
)
def test_less_than_nothing_and_more_than_five_first_pins_are_refused(
    plan: Plan, place: str, said: str
) -> None:
    with pytest.raises(InvalidChoice) as refused:
        must_fit(plan)
    assert (refused.value.place, refused.value.what.en) == (place, said)


def test_an_empty_plan_is_told_of_layers_one_after_the_other() -> None:
    empty = issues_of(Plan(period=Period()), PlanFacts(today=TODAY))
    assert "V07" not in {one.rule for one in empty}
    assert VictoryCondition().bound.written == ""
