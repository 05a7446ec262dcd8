"""What changes from version to version, and the states it goes through."""

from __future__ import annotations

import pytest
from msgspec import Struct, structs

from jibungoto.ledger.words import Words
from jibungoto.plan.again import once_more
from jibungoto.plan.changes import changes_between
from jibungoto.plan.keys import free_key, keyed
from jibungoto.plan.names import FIELDS, KINDS, VALUES, told
from jibungoto.plan.owwh import Assumption, AssumptionState, How, Place, Plan, Spaces, Who
from jibungoto.plan.shape import slots_of
from jibungoto.plan.states import State, may_move
from jibungoto.plan.text import Text, same
from jibungoto.plan.victory import Baseline, Operator
from tests.plan.made import LEFT, PLAN, ROUND, aimed, done_by, won_by


def said(before: Plan, after: Plan) -> list[tuple[str, str, str]]:
    return [(one.place, one.words.ja, one.words.en) for one in changes_between(before, after)]


def test_the_same_plan_differs_in_nothing() -> None:
    assert said(PLAN, PLAN) == []


def test_a_changed_field_is_told_with_what_stood_there() -> None:
    assert said(PLAN, won_by(target=0.1)) == [
        (
            "objective.victory.left.target",
            "目的 › 勝利条件 › unanswered72 › 目標値: 「0.2」→「0.1」",
            "Objective › Victory conditions › unanswered72 › Target: “0.2” became “0.1”",
        )
    ]


def test_what_changed_in_one_language_alone_is_shown_to_readers_of_both() -> None:
    before = structs.replace(PLAN, title=Text(ja="迎える", en="Welcoming"))
    ja = structs.replace(PLAN, title=Text(ja="もっと迎える", en="Welcoming"))
    en = structs.replace(PLAN, title=Text(ja="迎える", en="Welcoming more"))
    ((_, _, told_in_english),) = said(before, ja)
    ((_, told_in_japanese, _),) = said(before, en)
    assert "“迎える (in Japanese)” became “もっと迎える (in Japanese)”" in told_in_english
    assert "「Welcoming(英語)」→「Welcoming more(英語)」" in told_in_japanese


def test_what_is_added_and_what_is_gone_are_told_by_what_people_call_them() -> None:
    second = How(key="clinic", title=Text(ja="相談会", en="Clinic"))
    more = structs.replace(PLAN, how=(ROUND, second))
    assert said(PLAN, more) == [
        ("how.clinic", "どうやってに「相談会」を加えた", "How: added “Clinic”")
    ]
    assert said(more, PLAN) == [
        ("how.clinic", "どうやっての「相談会」をなくした", "How: took out “Clinic”")
    ]


def test_a_field_filled_in_and_one_emptied_are_told() -> None:
    pinned = structs.replace(PLAN, who=(structs.replace(PLAN.who[0], excluded=same("営業")),))
    place = "who.first.excluded"
    assert said(PLAN, pinned) == [
        (
            place,
            "誰に › はじめて本番で使う人 › 対象にしない人に「営業」を加えた",
            "Who › はじめて本番で使う人 › Left out: added “営業”",
        )
    ]
    assert [where for where, *_ in said(pinned, PLAN)] == [place]


def test_another_order_is_one_change() -> None:
    two = aimed(victory=(LEFT, structs.replace(LEFT, key="b", measure="ttfr")))
    turned = aimed(victory=two.objective.victory[::-1])
    assert [(place, en) for place, _, en in said(two, turned)] == [
        (
            "objective.victory",
            "Objective › Victory conditions: “unanswered72, ttfr” became “ttfr, unanswered72”",
        )
    ]


def test_lists_choices_and_yes_or_no_are_told_in_words() -> None:
    after = done_by(places=(Place.VENUE,), yields_output=False)
    assert [en for _, _, en in said(PLAN, after)] == [
        "How › 朝の見回り › Place: “Online, Venue” became “Venue”",
        "How › 朝の見回り › Leads to output: “yes” became “no”",
    ]


def test_every_field_and_every_choice_has_a_name() -> None:
    known: list[type[Struct]] = [Plan, Text, Baseline, *KINDS]
    known += [slot.struct for slot in slots_of(Plan).values() if slot.struct]
    named = {one.name for struct in known for one in structs.fields(struct)}
    assert named - set(FIELDS) == {"ja", "en"}
    chosen = {*Spaces, *Place, *Operator, *AssumptionState}
    assert set(VALUES) == chosen


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (None, None), ("", None), ((), None), (Text(), None), (Baseline(), Words("いいえ", "no")),
        (0.25, Words("0.25", "0.25")), (True, Words("はい", "yes")), (0, Words("0", "0")),
        ((Place.VENUE, Place.ONLINE), Words("会場、オンライン", "Venue, Online")),
        (Text(ja="あ"), Words("あ", "あ")),
    ],
)  # fmt: skip
def test_a_value_is_told_in_words(value: object, wanted: Words | None) -> None:
    assert told(value) == wanted


def test_a_version_moves_from_draft_to_force_and_never_back() -> None:
    moves = {(now, then) for now in State for then in State if may_move(now, then)}
    assert moves == {
        (State.DRAFT, State.VALID),
        (State.VALID, State.DRAFT),
        (State.VALID, State.ACKNOWLEDGED),
        (State.VALID, State.ACTIVE),
        (State.ACKNOWLEDGED, State.DRAFT),
        (State.ACKNOWLEDGED, State.ACTIVE),
        (State.ACTIVE, State.CLOSED),
    }
    assert [state for state in State if state.is_editable] == [
        State.DRAFT,
        State.VALID,
        State.ACKNOWLEDGED,
    ]


def test_a_plan_once_more_has_its_baselines_and_assumptions_open() -> None:
    held = Assumption(key="a", text=same("x"), state=AssumptionState.HELD)
    again = once_more(structs.replace(PLAN, assumptions=(held,)))
    assert again.objective.victory[0].baseline == Baseline()
    assert again.assumptions[0].state is AssumptionState.OPEN
    assert (again.who, again.what, again.how) == (PLAN.who, PLAN.what, PLAN.how)


def test_keys_are_given_where_there_are_none_and_kept_where_there_are() -> None:
    plan = keyed(Plan(who=(Who(), Who(key="who-1"), Who()), how=(How(),)))
    assert [who.key for who in plan.who] == ["who-2", "who-1", "who-3"]
    assert [how.key for how in plan.how] == ["how-1"]
    assert keyed(plan) == plan
    assert free_key(Who, plan.who) == "who-4"


def test_a_text_written_once_stands_for_both_until_it_is_written_in_the_other() -> None:
    text = Text().rewritten("ja", text="迎える")
    assert text == same("迎える")
    both = Text(ja="迎える", en="Welcome")
    assert both.rewritten("ja", text="招く") == Text(ja="招く", en="Welcome")
    assert both.rewritten("en", text="Invite") == Text(ja="迎える", en="Invite")
    assert Text(ja="迎える").rewritten("ja", text="招く") == same("招く")
    assert (Text(ja="あ").said_in("en"), Text(en="a").said_in("ja-JP")) == ("あ", "a")
    assert Text(ja=" ", en="\n").is_empty
