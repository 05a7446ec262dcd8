"""The rules V01 to V26: each is broken by what it is about, and by nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from msgspec import structs

from jibungoto.plan.facts import Acknowledgement, PlanFacts, Reported, Verdict
from jibungoto.plan.owwh import (
    Assumption,
    AssumptionState,
    How,
    LegalCheck,
    Period,
    Place,
    Plan,
)
from jibungoto.plan.rulebook import RULEBOOK
from jibungoto.plan.states import Outcome
from jibungoto.plan.text import Text, same
from jibungoto.plan.validate import RULES, is_how_locked, is_valid, issues_of, with_how
from jibungoto.plan.victory import Baseline, Bound, ByHand, Operator, Scope, VictoryCondition
from tests.plan.made import (
    FACTS,
    KNOWN,
    LEFT,
    PLAN,
    ROUND,
    TODAY,
    aimed,
    done_by,
    found,
    issues,
    won_by,
)

YOUNG = replace(FACTS, community_since=date(2025, 9, 1))
ENDED = replace(FACTS, today=date(2026, 10, 1), last_reviewed=date(2026, 9, 1))
ACTIVE: dict[str, Any] = {"measure": "active", "unit": "persons", "target": 0.3}
MESSAGES = {
    "V01": ("勝利条件がありません", "no measurable victory condition"),
    "V02": ("測れない指標です", "metric cannot be computed yet"),
    "V03": ("基準値がありません", "no baseline"),
    "V04": ("期日が不適切", "due date"),
    "V05": ("目標が現状とかけ離れています", "target far from history"),
    "V06": ("How が先に決まっています", "How before Objective and Who"),
    "V07": ("層がつながっていません", "broken layer chain"),
    "V08": ("活動量だけが目標です", "activity only"),
    "V09": ("立ち上げ期の売上目標", "sales target at launch"),
    "V10": ("人数だけの目標", "head count only"),
    "V11": ("「誰でも」は Who ではありません", "everyone is not a Who"),
    "V12": ("1番ピンが未定", "no first pin"),
    "V13": ("提供価値が機能名です", "What is a feature list"),
    "V14": ("メンバー側の目的がありません", "no member-side objective"),
    "V15": ("多すぎます", "too many"),
    "V16": ("人手が足りません", "over capacity"),
    "V17": ("担当/代理がいません", "no owner / deputy"),
    "V18": ("やめる条件がありません", "no stop rule"),
    "V19": ("合意の記録がありません", "not acknowledged"),
    "V20": ("Who が混在", "mixed audiences"),
    "V21": ("場の偏り", "one-sided place"),
    "V22": ("アウトプットの導線なし", "no output path"),
    "V23": ("法務確認なし", "no legal check"),
    "V24": ("見直し期限切れ", "review overdue"),
    "V25": ("層の取り違え", "layer mix in report"),
    "V26": ("結果の記録が必要", "verdict needed"),
}
ERRORS = {"V01", "V02", "V03", "V04", "V06", "V07", "V11", "V17", "V26"}


def test_a_sound_plan_breaks_no_rule() -> None:
    assert issues_of(PLAN, FACTS) == ()
    assert is_valid(issues_of(PLAN, FACTS))


def test_every_rule_says_what_the_domain_says_and_is_as_grave() -> None:
    said = {one.number: (one.what.ja, one.what.en.lower()) for one in RULEBOOK}
    assert said == {number: (ja, en.lower()) for number, (ja, en) in MESSAGES.items()}
    assert {one.number for one in RULEBOOK if one.level == "E"} == ERRORS
    assert list(RULES) == list(MESSAGES)


def with_(**changed: Any) -> PlanFacts:
    return replace(FACTS, **changed)


def who(**changed: Any) -> Plan:
    return structs.replace(PLAN, who=(structs.replace(PLAN.who[0], **changed),))


def what(**changed: Any) -> Plan:
    return structs.replace(PLAN, what=(structs.replace(PLAN.what[0], **changed),))


def many_hows(n: int) -> Plan:
    hows = tuple(structs.replace(ROUND, key=f"h{at}", hours_per_month=1) for at in range(n))
    return structs.replace(PLAN, how=hows)


def assumed(state: AssumptionState) -> Plan:
    one = Assumption(key="a", text=same("返事は行動を増やす"), due=date(2026, 4, 30), state=state)
    return structs.replace(PLAN, assumptions=(one,))


def victories(n: int) -> Plan:
    return aimed(victory=tuple(structs.replace(LEFT, key=k) for k in ("left", "b", "c", "d")[:n]))


def also(plan: Plan) -> PlanFacts:
    return with_(neighbours=(plan,))


OTHER = who(interest_axis=same("長く使っている人"))
V = "objective.victory[0]"
BROKEN: list[tuple[str, str, Plan, PlanFacts, list[tuple[str, str]]]] = [
    ("V01", "none", aimed(victory=()), FACTS, [("E", "objective.victory")]),
    ("V01", "no target", won_by(target=None), FACTS, [("E", V)]),
    ("V01", "no operator", won_by(operator=None), FACTS, [("E", V)]),
    ("V01", "blank unit", won_by(unit=" "), FACTS, [("E", V)]),
    ("V01", "no due date", won_by(due=None), FACTS, [("E", V)]),
    ("V02", "no such measure", won_by(measure="joy"), FACTS, [("E", f"{V}.measure")]),
    ("V02", "counted by nobody", won_by(measure="joy", by_hand=ByHand(who=same("あき"))), FACTS,
     [("E", f"{V}.measure")]),
    ("V02", "of a scope", won_by(scope=Scope(segment="new")), FACTS, [("E", f"{V}.measure")]),
    ("V02", "lost its data", PLAN, with_(measures={LEFT.bound: replace(KNOWN, now=None)}),
     [("E", f"{V}.measure")]),
    ("V03", "no value", won_by(baseline=Baseline()), FACTS, [("E", f"{V}.baseline")]),
    ("V03", "no days", won_by(baseline=Baseline(value=0.4)), FACTS, [("E", f"{V}.baseline")]),
    ("V04", "no period", structs.replace(PLAN, period=Period()), FACTS, [("E", "period")]),
    ("V04", "ends before it begins",
     structs.replace(PLAN, period=Period(first=TODAY, last=date(2026, 4, 1))), FACTS,
     [("E", "period")]),
    ("V04", "after the end", won_by(due=date(2026, 10, 1)), FACTS, [("E", f"{V}.due")]),
    ("V04", "27 days in", won_by(due=date(2026, 4, 28)), FACTS, [("E", f"{V}.due")]),
    ("V05", "far below", won_by(target=0.17), FACTS, [("W", f"{V}.target")]),
    ("V05", "won at most", won_by(target=0.4), FACTS, [("E", f"{V}.target")]),
    ("V05", "won at least", won_by(operator=Operator.AT_LEAST, target=0.3), FACTS,
     [("E", f"{V}.target")]),
    ("V05", "won and far", won_by(target=2.0), with_(measures={}), [("E", f"{V}.target")]),
    ("V06", "no objective", aimed(company=Text(), member=Text()), FACTS, [("E", "objective")]),
    ("V06", "no who", structs.replace(PLAN, who=()), FACTS, [("E", "who")]),
    ("V07", "how for nothing", done_by(serves=()), FACTS, [("E", "how[0].serves")]),
    ("V07", "how for what is gone", done_by(serves=("x",)), FACTS, [("E", "how[0].serves")]),
    ("V07", "victory that is gone", done_by(victories=("x",)), FACTS, [("E", "how[0].victories")]),
    ("V07", "what for nobody", what(who=""), FACTS, [("E", "what[0].who")]),
    ("V07", "who without objective", aimed(company=Text(), member=Text()), FACTS,
     [("E", "objective")]),
    ("V07", "segment that is gone", who(behaviour="old"), FACTS, [("E", "who[0].behaviour")]),
    ("V07", "one key twice", structs.replace(PLAN, who=(PLAN.who[0], PLAN.who[0])), FACTS,
     [("E", "who")]),
    ("V08", "only heads", won_by(**ACTIVE), FACTS, [("W", "objective.victory")]),
    ("V09", "sales", won_by(measure="売上", by_hand=ByHand(who=same("あき"), every_days=30)), YOUNG,
     [("W", f"{V}.measure")]),
    ("V09", "deals", won_by(measure="new_deals"), YOUNG, [("W", f"{V}.measure")]),
    ("V10", "only heads", won_by(**ACTIVE), YOUNG, [("W", "objective.victory")]),
    ("V11", "nobody", structs.replace(PLAN, who=()), FACTS, [("E", "who")]),
    ("V11", "blank", who(interest_axis=Text()), FACTS, [("E", "who[0].interest_axis")]),
    ("V12", "nobody named", who(first_pins=()), YOUNG, [("W", "who[0].first_pins")]),
    ("V13", "features", what(gain=same("API、SDK、画面")), FACTS, [("W", "what[0].gain")]),
    ("V13", "English features", what(gain=same("API keys, dashboards, single sign-on")), FACTS,
     [("W", "what[0].gain")]),
    ("V14", "empty", aimed(member=Text()), FACTS, [("W", "objective.member")]),
    ("V14", "copied", aimed(member=same("同じ問い合わせを 減らす".replace(" ", ""))), FACTS,
     [("W", "objective.member")]),
    ("V15", "four victories", victories(4), FACTS, [("W", "objective.victory")]),
    ("V15", "eight hows", many_hows(8), FACTS, [("W", "how")]),
    ("V15", "four hows at half time", many_hows(4), with_(fte=0.5), [("W", "how")]),
    ("V16", "too few hours", done_by(hours_per_month=41), FACTS, [("W", "how")]),
    ("V17", "no owner", done_by(owner=" "), FACTS, [("E", "how[0].owner")]),
    ("V17", "no deputy", done_by(deputy=""), FACTS, [("W", "how[0].deputy")]),
    ("V17", "own deputy", done_by(deputy="あき"), FACTS, [("W", "how[0].deputy")]),
    ("V18", "never stops", done_by(stop_rule=Text()), FACTS, [("W", "how[0].stop_rule")]),
    ("V19", "nobody", PLAN, with_(acknowledgements=()), [("W", "stakeholders")]),
    ("V19", "of an older version", PLAN, with_(version=2), [("W", "stakeholders")]),
    ("V19", "of little influence", PLAN,
     with_(acknowledgements=(Acknowledgement("x", 1, 1, TODAY),)), [("W", "stakeholders")]),
    ("V19", "too late", PLAN,
     with_(acknowledgements=(Acknowledgement("x", 3, 1, date(2026, 5, 2)),)),
     [("W", "stakeholders")]),
    ("V20", "for others too", PLAN, also(OTHER), [("W", "how[0]")]),
    ("V21", "no venue", done_by(places=(Place.ONLINE,)), FACTS, [("W", "one_place_reason")]),
    ("V21", "nothing online", done_by(places=(Place.VENUE,)), FACTS, [("W", "one_place_reason")]),
    ("V22", "no output", done_by(yields_output=False), FACTS, [("W", "how")]),
    ("V23", "prize", done_by(incentive=same("大賞")), FACTS, [("W", "how[0].legal_check")]),
    ("V24", "101 days", PLAN, with_(today=date(2026, 7, 11)), [("W", "review")]),
    ("V24", "untested", assumed(AssumptionState.OPEN), FACTS, [("W", "assumptions[0].state")]),
    ("V24", "past due", PLAN, ENDED, [("W", f"{V}.due")]),
    ("V25", "strange measure", PLAN, with_(reports=(Reported("役員", ("ttfr", "reach_total")),)),
     [("W", "objective.victory")]),
    ("V26", "no verdict", PLAN, ENDED, [("E", "period.to")]),
    ("V26", "no lesson", PLAN, replace(ENDED, verdict=Verdict(Outcome.WON, " ", TODAY)),
     [("E", "period.to")]),
]  # fmt: skip
KEPT: list[tuple[str, str, Plan, PlanFacts]] = [
    ("V02", "counted by hand",
     won_by(measure="joy", by_hand=ByHand(who=same("あき"), every_days=30)), FACTS),
    ("V03", "no history", won_by(baseline=Baseline(no_history=True)), FACTS),
    ("V04", "28 days in", won_by(due=date(2026, 4, 29)), FACTS),
    ("V04", "the last day", won_by(due=date(2026, 9, 30)), FACTS),
    ("V05", "half the least", won_by(target=0.175), FACTS),
    ("V05", "a share has no more than all",
     won_by(operator=Operator.AT_LEAST, target=1.0), FACTS),
    ("V05", "no baseline to have won at",
     won_by(operator=Operator.AT_LEAST, target=0.3, baseline=Baseline(no_history=True)), FACTS),
    ("V05", "no operator to have won by", won_by(operator=None, target=0.4), FACTS),
    ("V05", "no history", won_by(target=0.01), with_(measures={})),
    ("V06", "an idea may wait", structs.replace(PLAN, who=(), how=(How(key="i"),)), FACTS),
    ("V07", "an idea serves nothing yet", structs.replace(PLAN, how=(
        ROUND, structs.replace(ROUND, key="i", serves=(), victories=()))), FACTS),
    ("V08", "one of conduct beside it",
     aimed(victory=(LEFT, structs.replace(LEFT, key="b", measure="active"))), FACTS),
    ("V09", "sales of an old community", won_by(measure="売上"), FACTS),
    ("V09", "age unknown", won_by(measure="売上"), with_(community_since=None)),
    ("V10", "heads of an old community", won_by(**ACTIVE), FACTS),
    ("V11", "everyone who does something", who(interest_axis=same("全員"), behaviour="b"),
     with_(segments={"b": 3})),
    ("V12", "an old community", who(first_pins=()), FACTS),
    ("V13", "what a member says", what(gain=same("API"), sentence=same("I shipped it")), FACTS),
    ("V15", "seven hows", many_hows(7), FACTS),
    ("V15", "one of eight has stopped", structs.replace(
        many_hows(8), how=(*many_hows(7).how, structs.replace(
            ROUND, key="h8", stops=date(2026, 4, 30)))), FACTS),
    ("V16", "stopped by now", done_by(hours_per_month=900, stops=date(2026, 4, 30)), FACTS),
    ("V15", "three victories", victories(3), FACTS),
    ("V16", "hours unknown", done_by(hours_per_month=900), with_(team_hours=None)),
    ("V20", "another how for others", PLAN, also(structs.replace(
        OTHER, how=(structs.replace(ROUND, title=same("別のこと")),)))),
    ("V20", "the same people", PLAN, also(PLAN)),
    ("V21", "a reason", structs.replace(
        done_by(places=(Place.ONLINE,)), one_place_reason=same("配信だけの企画")), FACTS),
    ("V23", "looked at", done_by(incentive=same("大賞"), legal_check=LegalCheck(
        checked_by="法務", day=TODAY)), FACTS),
    ("V24", "100 days", PLAN, with_(today=date(2026, 7, 10))),
    ("V24", "tested", assumed(AssumptionState.FAILED), FACTS),
    ("V24", "to be tested today", assumed(AssumptionState.OPEN), with_(today=date(2026, 4, 30))),
    ("V24", "a draft", PLAN, replace(ENDED, in_force_since=None)),
    ("V25", "in the tree", PLAN, with_(reports=(Reported("役員", ("unanswered72", "ttfr")),))),
    ("V26", "a draft", PLAN, replace(ENDED, in_force_since=None)),
    ("V26", "verdict and lesson", PLAN,
     replace(ENDED, verdict=Verdict(Outcome.LOST, "早く返す人を増やす", TODAY))),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "plan", "facts", "wanted"),
    [pytest.param(r, p, f, w, id=f"{r} {name}") for r, name, p, f, w in BROKEN],
)
def test_a_rule_is_broken(
    rule: str, plan: Plan, facts: PlanFacts, wanted: list[tuple[str, str]]
) -> None:
    assert found(rule, plan, facts) == wanted
    told = issues(rule, plan, facts)
    assert all(one.rule == rule and one.next_step.ja and one.next_step.en for one in told)


@pytest.mark.parametrize(
    ("rule", "plan", "facts"), [pytest.param(r, p, f, id=f"{r} {name}") for r, name, p, f in KEPT]
)
def test_a_rule_is_kept(rule: str, plan: Plan, facts: PlanFacts) -> None:
    assert found(rule, plan, facts) == []


def test_every_rule_is_broken_somewhere_here() -> None:
    assert {rule for rule, *_ in BROKEN} == set(RULES)


@pytest.mark.parametrize(
    ("text", "is_who"),
    [
        ("誰でも", False), ("みんな", False), ("全ユーザー向け", False), ("すべての利用者", False),
        ("ユーザー", False), ("当社の顧客全員", False), ("our customers", False), ("People", False),
        ("everyone", False), ("All users", False), ("anybody who uses it", False),
        ("20代女性", False), ("首都圏在住の会社員", False), ("Students aged 18-25", False),
        ("women in Tokyo", False), ("３０代の男性", False),
        ("はじめて本番で使う人", True), ("誰でも参加できる翻訳に関心がある人", True),
        ("ユーザー会を開きたい人", True), ("Members who translate", True),
        ("顧客サポートの担当者", True),
        ("地図づくりに関心がある学生", True), ("People who run it in production", True),
        ("everyone who has shipped with the product", True), ("女性エンジニア", False),
        ("all the people who asked twice", True),
    ],
)  # fmt: skip
def test_everyone_and_mere_demographics_are_no_who(text: str, is_who: bool) -> None:
    assert (found("V11", who(interest_axis=same(text))) == []) is is_who


def test_a_who_that_became_nobody_is_said_and_locks_nothing() -> None:
    plan = who(behaviour="new")
    facts = with_(segments={"new": 0})
    (issue,) = issues("V11", plan, facts)
    assert (issue.level, issue.what.en) == ("W", "The Who is nobody")
    assert not is_how_locked(plan, facts)


def test_a_measure_that_lost_its_data_says_why() -> None:
    gone = replace(KNOWN, now=None, reason=KNOWN.name)
    (issue,) = issues("V02", PLAN, with_(measures={LEFT.bound: gone}))
    assert issue.next_step.ja.startswith(KNOWN.name.ja)
    assert issue.said.ja.startswith("測れない指標です。放置率")


def test_a_scope_that_cannot_be_asked_for_is_told_from_a_measure_that_is_unknown() -> None:
    (scoped,) = issues("V02", won_by(scope=Scope(segment="new")))
    (twice,) = issues("V02", won_by(scope=Scope(segment="new", series="live")))
    (unknown,) = issues("V02", won_by(measure="joy"))
    assert scoped.next_step.en.startswith("It cannot be worked out for this scope;")
    assert "one at a time" in twice.next_step.en
    assert unknown.next_step.en.startswith("“joy” is not in the catalogue")


def test_how_waits_for_a_victory_and_a_who() -> None:
    assert not is_how_locked(PLAN, FACTS)
    assert is_how_locked(aimed(victory=()), FACTS)
    assert is_how_locked(won_by(target=None), FACTS)
    assert is_how_locked(who(interest_axis=same("誰でも")), FACTS)


def test_a_second_victory_half_written_locks_nothing() -> None:
    plan = aimed(victory=(LEFT, VictoryCondition(key="b")))
    assert found("V01", plan) == [("E", "objective.victory[1]")]
    assert not is_how_locked(plan, FACTS)


def test_a_how_pasted_too_early_goes_in_as_an_idea() -> None:
    locked = aimed(victory=())
    assert with_how(locked, ROUND, facts=FACTS).ideas == (structs.replace(ROUND, victories=()),)
    added = with_how(PLAN, structs.replace(ROUND, key="b"), facts=FACTS)
    assert [how.key for how in added.deeds] == ["round", "b"]


def test_an_empty_plan_is_told_all_it_lacks_and_breaks_nothing_else() -> None:
    empty = issues_of(Plan(), PlanFacts(today=TODAY))
    assert [one.rule for one in empty] == ["V01", "V04", "V11", "V14", "V19"]


def test_a_range_below_zero_is_read_the_other_way_round() -> None:
    shrinking = replace(KNOWN, unit="persons", now=None, history=(
        replace(KNOWN.history[0], value=-10.0), replace(KNOWN.history[1], value=4.0)))  # fmt: skip
    facts = with_(measures={LEFT.bound: shrinking})
    assert found("V05", won_by(target=-30.0), facts) == []
    up = won_by(operator=Operator.AT_LEAST)
    assert found("V05", won_by(up, target=12.0), facts) == []
    assert found("V05", won_by(up, target=12.1), facts) == [("W", f"{V}.target")]


def test_what_was_won_before_it_began_says_which_target_would_not_be() -> None:
    baseline = Baseline(value=0.39, first=date(2026, 1, 1), last=date(2026, 3, 31))
    plan = won_by(operator=Operator.AT_LEAST, target=0.3, baseline=baseline)
    (issue,) = issues("V05", plan)
    assert issue.said.ja == (
        "目標に、始める前から届いています。基準値の39%が、もう「30%以上」を満たしています。"
        "39%より大きい目標にするか、以上・以下の向きを確かめてください。"
    )
    assert issue.said.en == (
        "Won before it begins. The baseline of 39% is at least 30% already. Set a target above "
        "39%, or see whether “at least” and “at most” are the wrong way round."
    )
    assert not is_valid(issues_of(plan, FACTS))
    (other,) = issues("V05", won_by(target=0.4))
    assert other.next_step.ja.startswith(
        "基準値の40%が、もう「40%以下」を満たしています。40%より小"
    )


def test_texts_in_both_languages_are_both_looked_at() -> None:
    assert found("V11", who(interest_axis=Text(ja="本番で使う人", en="everybody"))) == [
        ("E", "who[0].interest_axis")
    ]


def test_a_difference_that_shows_an_association_is_nothing_to_win() -> None:
    gap = won_by(measure="bridge_gap", unit="points")
    known = replace(FACTS, measures={Bound("bridge_gap"): KNOWN})
    assert found("V02", gap, known) == [("E", "objective.victory[0].measure")]
    by_hand = won_by(
        measure="bridge_gap", by_hand=ByHand(name=same("差"), who=same("あき"), every_days=7)
    )
    (issue,) = issues("V02", by_hand, known)
    assert issue.next_step.ja.startswith("関連を示す差なので、勝ち負けは決められません。")
    assert "nothing to win" in issue.next_step.en
    assert not is_valid(issues_of(gap, known))
