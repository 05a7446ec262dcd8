"""What a form sends becomes a plan; what cannot be read stays in its field and changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from django.http import QueryDict

from jibungoto.plan.owwh import How, Objective, Period, Place, Plan, Spaces, What, Who
from jibungoto.plan.text import Text, same
from jibungoto.plan.victory import Baseline, Operator, VictoryCondition
from jibungoto.web.pages.plan_choices import Choosing
from jibungoto.web.pages.plan_entered import Entered, at_place, entered, put, steps_of
from jibungoto.web.pages.plan_parts import added, removed
from jibungoto.web.pages.plan_shown import Look, shown_list

PLAN = Plan(
    title=same("Starts"),
    objective=Objective(
        victory=(
            VictoryCondition(key="v1", measure="starters", target=8),
            VictoryCondition(key="v2", measure="welcome48", target=0.5),
        )
    ),
    who=(Who(key="w1", interest_axis=same("maps"), first_pins=("Aki",)), Who(key="w2")),
    what=(What(key="g1", who="w1"),),
    how=(How(key="h1", title=same("Evening"), serves=("g1",), victories=("v1",)),),
)


def sent(**fields: object) -> QueryDict:
    form = QueryDict(mutable=True)
    for name, value in fields.items():
        form.setlist(name, value if isinstance(value, list) else [str(value)])
    return form


def read(fields: Mapping[str, object], *, language: str = "en") -> Entered:
    return entered(PLAN, sent(**fields), language=language)


@pytest.mark.parametrize(
    ("place", "entry", "value"),
    [
        ("title", "More starts", same("More starts")),
        ("owner", "  Hana  Abe ", "Hana Abe"),
        ("period.from", "2026-04-01", date(2026, 4, 1)),
        ("period.to", "2026/9/30".replace("/9/", "/09/"), date(2026, 9, 30)),
        ("period.to", "", None),
        ("objective.company", "a\r\nb", same("a\nb")),
        ("objective.spaces", "C", Spaces.CONTRIBUTION),
        ("objective.spaces", "", None),
        ("objective.not_goals", "x\n\n y ", (same("x"), same("y"))),
        ("objective.victory[0].target", "１，０００", 1000.0),
        ("objective.victory[0].target", "６０．５", 60.5),
        ("objective.victory[0].target", "", None),
        ("objective.victory[0].operator", "at_most", Operator.AT_MOST),
        ("objective.victory[0].scope.segment", "starters", "starters"),
        ("objective.victory[0].baseline.from", "2026-01-01", date(2026, 1, 1)),
        ("objective.victory[0].baseline.no_history", ["", "on"], True),
        ("objective.victory[1].target", "62.5", 0.625),
        ("objective.victory[1].target", "62.5 %", 0.625),
        ("objective.victory[1].baseline.value", "50", 0.5),
        ("who[0].first_pins", "Aki\nBen\n\nAki\n", ("Aki", "Ben")),
        ("who[1].size_estimate", "40", 40),
        ("how[0].serves", ["", "g1", "g1"], ("g1",)),
        ("how[0].victories", [""], ()),
        ("how[0].places", ["", "venue", "online"], (Place.VENUE, Place.ONLINE)),
        ("how[0].hours_per_month", "2.5", 2.5),
        ("how[0].hours_per_month", "６０", 60.0),
        ("how[0].yields_output", [""], False),
        ("how[0].legal_check.day", "2026-05-01", date(2026, 5, 1)),
    ],
)
def test_every_kind_of_field_is_read(place: str, entry: object, value: object) -> None:
    found = read({place: entry})
    assert found.wrong == {}
    assert at_place(found.plan, place) == value
    assert put(found.plan, steps_of(place), new=at_place(PLAN, place)) == PLAN


@pytest.mark.parametrize(
    ("place", "entry"),
    [
        ("period.from", "yesterday"),
        ("period.from", "0001-01-01"),
        ("objective.victory[0].target", "eight"),
        ("objective.victory[0].target", "nan"),
        ("objective.victory[0].target", "1e400"),
        ("who[0].size_estimate", "2.5"),
        ("objective.spaces", "Z"),
        ("how[0].places", ["moon"]),
        ("title", "x" * 4001),
    ],
)
def test_what_cannot_be_read_stays_in_its_field(place: str, entry: object) -> None:
    found = read({place: entry})
    assert found.plan == PLAN
    assert list(found.wrong) == [place]
    assert found.wrong[place].entered == (entry[-1] if isinstance(entry, list) else entry)
    assert str(found.wrong[place].why)


def test_a_field_that_was_not_sent_stays_as_it_is() -> None:
    assert read({}).plan == PLAN
    assert read({"who[7].excluded": "x", "nonsense": "1", "key": "x", "who[0].key": "x"}).plan == (
        PLAN
    )


def test_one_language_is_written_for_both_until_they_differ() -> None:
    both = read({"title.ja": "起点", "title.en": "Starts"}).plan
    assert both.title == Text(ja="起点", en="Starts")
    again = entered(both, sent(title="Beginnings"), language="en").plan
    assert again.title == Text(ja="起点", en="Beginnings")
    assert entered(both, sent(title="起点"), language="ja").plan == both


def test_a_number_is_read_in_the_unit_of_the_measure_chosen_with_it() -> None:
    form = {"objective.victory[0].measure": "welcome48", "objective.victory[0].target": "70"}
    assert read(form).plan.objective.victory[0].target == 0.7


def test_a_baseline_shown_rounded_stays_as_exact_as_it_is() -> None:
    place = "objective.victory[1].baseline.value"
    exact = put(PLAN, steps_of(place), new=0.38636364)
    choosing = Choosing(exact, segments=())
    parts = shown_list(choosing, "objective.victory", look=Look("en"))
    (field,) = [one for one in parts[1].fields if one.name == place]
    assert field.value == "38.6"
    for entry in (field.value, "38.6%", "３８．６％"):
        assert entered(exact, sent(**{place: entry}), language="en").plan == exact
    other = entered(exact, sent(**{place: "38.64"}), language="en").plan
    assert at_place(other, place) == 0.3864
    assert at_place(entered(exact, sent(**{place: ""}), language="en").plan, place) is None


def test_a_part_is_added_and_taken_away_with_what_led_to_it() -> None:
    more = added(PLAN, "who")
    assert more is not None and more.place == "who[2]"
    assert len({one.key for one in more.plan.who}) == 3
    less = removed(PLAN, "who[0]")
    assert less is not None
    assert ([one.key for one in less.plan.who], less.plan.what[0].who) == (["w2"], "")
    less = removed(PLAN, "what[0]")
    assert less is not None and less.plan.how[0].serves == ()
    less = removed(PLAN, "objective.victory[0]")
    assert less is not None and less.plan.how[0].victories == ()


@pytest.mark.parametrize("place", ["who[9]", "who", "title", "who[x]", "who[-1]", "[0]", "who[²]"])
def test_what_is_not_there_is_not_taken_away(place: str) -> None:
    assert removed(PLAN, place) is None


def test_there_is_nothing_to_add_to_what_is_no_list() -> None:
    assert added(PLAN, "title") is None


def test_a_plan_that_is_whole_keeps_its_shape() -> None:
    whole = read({"period.from": "2026-01-01", "objective.victory[0].baseline.value": "3"}).plan
    assert whole.period == Period(first=date(2026, 1, 1))
    assert whole.objective.victory[0].baseline == Baseline(value=3.0)
