"""Plans as YAML: what goes out comes in again, and what does not fit comes in not at all."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from msgspec import Struct

from jibungoto.ledger.problems import InvalidChoice
from jibungoto.plan.bounds import FIRST_DAY, LAST_DAY, LONGEST_TEXT, MOST_OF_A_KIND, must_fit
from jibungoto.plan.facts import PlanFacts
from jibungoto.plan.owwh import (
    Assumption,
    AssumptionState,
    Cost,
    How,
    LegalCheck,
    Objective,
    Period,
    Place,
    Plan,
    ReviewRhythm,
    Spaces,
    What,
    Who,
)
from jibungoto.plan.shape import slots_of
from jibungoto.plan.stored import from_stored, to_stored
from jibungoto.plan.text import Text, same
from jibungoto.plan.validate import issues_of
from jibungoto.plan.victory import Baseline, ByHand, Operator, Scope, VictoryCondition
from jibungoto.plan.yaml_file import MOST_BYTES, read_plan, written
from tests.plan.made import PLAN

STRINGS = st.text(
    st.characters(exclude_categories=("Cc", "Cs"))
    | st.sampled_from("\n\t「」、。: #-'\"[]{}&*!|>%@`"),
    max_size=30,
)
KEYS = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=12)
TEXTS = st.builds(Text, ja=STRINGS, en=STRINGS) | st.builds(same, STRINGS)
DAYS = st.none() | st.dates(FIRST_DAY, LAST_DAY)
NUMBERS = st.none() | st.floats(allow_nan=False, allow_infinity=False)
AMOUNTS = st.none() | st.integers(0, 2**53)
WHOLE = st.none() | st.integers(-(2**53), 2**53)


def several(one: SearchStrategy[object]) -> SearchStrategy[tuple[object, ...]]:
    return st.lists(one, max_size=2).map(tuple)


VICTORIES = st.builds(
    VictoryCondition,
    key=KEYS,
    measure=KEYS,
    part=STRINGS,
    scope=st.builds(Scope, segment=STRINGS, chapter=STRINGS, series=STRINGS),
    baseline=st.builds(
        Baseline,
        value=NUMBERS,
        first=DAYS,
        last=DAYS,
        no_history=st.booleans(),
        of=STRINGS,
        proposed=st.booleans(),
    ),
    operator=st.none() | st.sampled_from(Operator),
    target=NUMBERS,
    unit=STRINGS,
    due=DAYS,
    if_won=TEXTS,
    if_lost=TEXTS,
    by_hand=st.builds(ByHand, name=TEXTS, who=TEXTS, every_days=WHOLE),
)
HOWS = st.builds(
    How,
    key=KEYS,
    title=TEXTS,
    victories=several(KEYS),
    serves=several(KEYS),
    recipe=STRINGS,
    owner=STRINGS,
    deputy=STRINGS,
    cadence=TEXTS,
    hours_per_month=st.none() | st.floats(0, allow_nan=False, allow_infinity=False),
    cost=st.builds(Cost, amount=AMOUNTS, currency=KEYS),
    leading_measure=KEYS,
    starts=DAYS,
    stops=DAYS,
    stop_rule=TEXTS,
    places=several(st.sampled_from(Place)),
    yields_output=st.booleans(),
    incentive=TEXTS,
    legal_check=st.builds(LegalCheck, checked_by=STRINGS, day=DAYS, result=TEXTS),
)
PLANS = st.builds(
    Plan,
    title=TEXTS,
    programme=STRINGS,
    period=st.builds(Period, first=DAYS, last=DAYS),
    owner=STRINGS,
    parent=STRINGS,
    objective=st.builds(
        Objective,
        company=TEXTS,
        member=TEXTS,
        spaces=st.none() | st.sampled_from(Spaces),
        theory=TEXTS,
        not_goals=several(TEXTS),
        victory=several(VICTORIES),
    ),
    who=several(
        st.builds(
            Who,
            key=KEYS,
            interest_axis=TEXTS,
            behaviour=KEYS,
            first_pins=several(STRINGS),
            excluded=TEXTS,
            size_estimate=AMOUNTS,
            how_we_know=TEXTS,
        )
    ),
    what=several(
        st.builds(What, key=KEYS, who=KEYS, job=TEXTS, gain=TEXTS, sentence=TEXTS, proof=TEXTS)
    ),
    how=several(HOWS),
    assumptions=several(
        st.builds(
            Assumption,
            key=KEYS,
            text=TEXTS,
            test=TEXTS,
            due=DAYS,
            state=st.sampled_from(AssumptionState),
        )
    ),
    stakeholders=several(STRINGS),
    review=st.builds(ReviewRhythm, every_days=WHOLE, next=DAYS),
    one_place_reason=TEXTS,
    reconstructed=st.booleans(),
)


@settings(max_examples=40, deadline=None)
@given(PLANS)
def test_every_plan_comes_back_as_it_went_out(plan: Plan) -> None:
    must_fit(plan)
    assert read_plan(written(plan).encode()) == plan
    assert from_stored(to_stored(plan)) == plan


def test_a_file_is_read_by_people_too() -> None:
    plan = Plan(
        title=Text(ja="迎える", en="Welcome"),
        period=Period(first=date(2026, 4, 1)),
        objective=Objective(company=same("続く"), victory=(VictoryCondition(key="v", target=3.0),)),
    )
    assert written(plan) == (
        "title:\n  ja: 迎える\n  en: Welcome\n"
        "period:\n  from: 2026-04-01\n"
        "objective:\n  company: 続く\n  victory:\n  - key: v\n    target: 3\n"
    )


def test_a_text_of_one_language_stays_of_one() -> None:
    plan = read_plan(b"title: {ja: a}\nowner: x\n")
    assert plan.title == Text(ja="a")
    assert written(plan) == "title:\n  ja: a\nowner: x\n"


def test_what_has_no_key_is_given_one_by_its_order() -> None:
    plan = read_plan(b"who: [{behaviour: a}, {key: x}]\nhow: [{}]\nassumptions: [{}]\n")
    assert [who.key for who in plan.who] == ["who-1", "x"]
    assert [plan.how[0].key, plan.assumptions[0].key] == ["how-1", "assumption-1"]


def test_what_is_left_empty_is_not_said() -> None:
    assert read_plan(b"title:\nowner: null\nhow:\nperiod: {from: }\nx-y: 1"[:40]) == Plan()


def refusal(content: bytes) -> tuple[str, str]:
    with pytest.raises(InvalidChoice) as caught:
        read_plan(content)
    assert caught.value.what.ja and caught.value.next_step.ja
    return caught.value.place, f"{caught.value.what.en} {caught.value.next_step.en}"


@pytest.mark.parametrize(
    ("content", "place", "said"),
    [
        ("titel: x", "titel", "Line 1: “titel” is unknown. Do you mean “title”?"),
        (
            "title: x\nhow:\n  - title: y\n    stop_rul: z",
            "how[0].stop_rul",
            "Line 4: “stop_rul” is unknown. Do you mean “stop_rule”?",
        ),
        (
            "objective: {victory: [{metric: x}]}",
            "objective.victory[0].metric",
            "Line 1: “metric” is unknown. Here it can be one of: key, measure",
        ),
        ("title: {fr: x}", "title.fr", "Here it can be one of: ja, en"),
        ("1: x", "1", "Line 1: “1” is unknown."),
        ("? [a]\n: b", "?", "Line 1: “?” is unknown."),
        ("title: x\ntitle: y", "title", "Line 2 says “title” again. Keep one of the two."),
        ("a: &a 1\nb: *a", "", "Line 2 holds a reference (*)."),
        ("title: x\n<<: {owner: y}", "<<", "Line 2: “<<” is unknown."),
        ("title: 2026", "title", "The value on line 1 does not fit. Put it in quotes"),
        ("owner: yes", "owner", "Put it in quotes"),
        ("how: 3", "how", "Write a list"),
        ("period: x", "period", "Write its keys below it."),
        ("who: [x]", "who[0]", "Write its keys below it."),
        ("period: {from: soon}", "period.from", "Write days as 2026-04-01."),
        ("period: {from: 2026-13-01}", "", "Line 1 cannot be read: month must be in 1..12."),
        ("period: {to: 9999-12-31}", "period.to", "31 December 9999 is no day for a plan."),
        ("who:\n- size_estimate: 1.5", "who[0].size_estimate", "Write a whole number."),
        ("reconstructed: 1", "reconstructed", "Write true or false."),
        ("objective: {spaces: X}", "objective.spaces", "Use one of: S, P, A, C, E, S2"),
        ("objective: {victory: [{target: .nan}]}", "objective.victory[0].target", "no number"),
        ("who: [{size_estimate: 99999999999999999}]", "who[0].size_estimate", "too large"),
        ("title: !!python/object/apply:os.system [x]", "", "Line 1 holds a tag (!)."),
        ("objective:\n  victory: [{target: !!timestamp x}]", "", "Line 2 holds a tag (!)."),
        ("reconstructed: !!bool x", "", "Line 1 holds a tag (!)."),
        ("!!map {title: x}", "", "Line 1 holds a tag (!)."),
        ("title: ! x", "", "write the value alone; put a text in quotes."),
        ('title: "\\UFFFFFFFF"', "", "cannot be read"),
        ('title: "a\\0b"', "title.ja", "There is a control character in it. Remove it."),
        ("title: a\0b", "", "special characters are not allowed"),
        (f"owner: {'x' * (LONGEST_TEXT + 1)}", "owner", "This is too long (4001 characters)."),
        (f"who: [{{key: {'x' * 61}}}]", "who[0].key", "Keep to 60 characters."),
        (f"who: [{'{}, ' * 101}]", "who", f"too many ({MOST_OF_A_KIND + 1})"),
        ("[a]", "", "This is not the file of a plan."),
        ("", "", "This is not the file of a plan."),
        ("a: b\n---\nc: d", "", "cannot be read"),
        ("a: [", "", "cannot be read"),
        ("\ta: b", "", "Line 1 cannot be read"),
        ("[" * 5_000, "", "It is nested too deeply."),
        ("- " * 5_000, "", "It is nested too deeply."),
    ],
)
def test_what_does_not_fit_is_named_by_line_and_place(content: str, place: str, said: str) -> None:
    where, sentence = refusal(content.encode())
    assert where == place
    assert said in sentence


TAGS = st.sampled_from(
    ["!!timestamp", "!!bool", "!!int", "!!float", "!!binary", "!!omap", "!!pairs", "!!set"]
    + ["!!merge", "!!value", "!!null", "!!str", "!!seq", "!!map", "!x", "!", "!<y>", "!!", "!%zz"]
)
VALUES = STRINGS | st.sampled_from(
    ["x", "[x]", "{a: b}", "1:60", "0x_", "2026-02-30", "=", "<<", ".inf", "9" * 5_000, '"\\U9"']
)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(["title", "reconstructed", "period", "how", "? "]), TAGS, VALUES)
def test_whatever_is_tagged_is_refused_and_nothing_breaks(key: str, tag: str, value: str) -> None:
    refusal(f"{key}: {tag} {value}".encode())
    refusal(f"owner: x\nobjective: {{victory: [{{target: {tag} {value}}}]}}".encode())


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(["title", "reconstructed", "period", "how"]), VALUES)
def test_whatever_stands_there_is_read_or_refused(key: str, value: str) -> None:
    content = f"{key}: {value}\nobjective: {{victory: [{{target: {value}}}]}}".encode()
    try:
        assert isinstance(read_plan(content), Plan)
    except InvalidChoice as refused:
        assert refused.what.en and refused.next_step.en


def test_a_bomb_of_references_is_refused_before_it_goes_off() -> None:
    levels = "\n".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 10))
    began = time.process_time()
    assert refusal(f"l0: &l0 [x, x]\n{levels}".encode())[1].startswith("Line 2 holds a reference")
    assert time.process_time() - began < 1


def test_a_file_of_ten_megabytes_is_refused_unread() -> None:
    began = time.process_time()
    assert refusal(b"title: x\n" * 1_200_000)[1].startswith("The file is too large")
    assert time.process_time() - began < 0.2


def test_the_largest_file_that_is_read_takes_a_moment() -> None:
    content = b"how:\n" + b"- {title: xxxxxxxxxxxxxxxx}\n" * 4_500
    assert len(content) < MOST_BYTES
    assert refusal(content)[1].startswith("There are too many (4500)")


def test_other_encodings_are_told() -> None:
    assert refusal("title: 計画".encode("cp932"))[1].startswith("The file is not in UTF-8.")
    assert read_plan("\ufefftitle: 計画".encode()) == Plan(title=same("計画"))


def test_a_sound_plan_in_a_file_is_still_sound() -> None:
    assert read_plan(written(PLAN).encode()) == PLAN


def every_key(struct: type[Struct]) -> set[str]:
    """Return the keys a struct and all below it may have in a file."""
    slots = slots_of(struct)
    below = (slot.struct for slot in slots.values() if slot.struct)
    return {*slots, *(key for inner in below for key in every_key(inner))}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_key_and_every_choice_stands_in_the_reference(language: str) -> None:
    root = Path(__file__).resolve().parents[2]
    page = (root / "docs" / language / "reference" / "plan-file.md").read_text(encoding="utf-8")
    wanted = every_key(Plan) - {"ja", "en"}
    wanted |= {one.value for kind in (Spaces, Place, Operator, AssumptionState) for one in kind}
    assert sorted(key for key in wanted if f"`{key}`" not in page) == []


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_example_of_the_reference_is_read(language: str) -> None:
    root = Path(__file__).resolve().parents[2]
    page = (root / "docs" / language / "reference" / "plan-file.md").read_text(encoding="utf-8")
    example = page.partition("```yaml\n")[2].partition("```")[0]
    plan = read_plan(example.encode())
    found = issues_of(plan, PlanFacts(today=date(2026, 4, 1)))
    assert [one.rule for one in found if one.level == "E"] == ["V02"]  # there is no data


def test_what_says_nothing_is_not_written() -> None:
    plan = read_plan(b"objective: {victory: [{measure: active, scope: {}, by_hand: {name: {}}}]}\n")
    assert written(plan) == "objective:\n  victory:\n  - key: victory-1\n    measure: active\n"
