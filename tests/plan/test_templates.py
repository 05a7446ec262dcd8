"""The templates: sound but for what only their users know, and marked as reconstructed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from msgspec import Struct, structs

from jibungoto.ledger.problems import UnknownName
from jibungoto.plan.facts import PlanFacts, Point
from jibungoto.plan.known import catalogue_facts
from jibungoto.plan.owwh import Plan
from jibungoto.plan.templates import KEYS, Template, beginning, template_of, templates
from jibungoto.plan.text import Text
from jibungoto.plan.tree import tree_of
from jibungoto.plan.validate import is_how_locked, issues_of
from jibungoto.plan.victory import Baseline, Operator, VictoryCondition
from jibungoto.plan.yaml_file import written
from jibungoto.understand.catalogue import CATALOGUE

EACH = pytest.mark.parametrize("template", templates(), ids=lambda one: one.key)
BEGUN = date(2026, 4, 1)


def facts() -> PlanFacts:
    known = {bound: replace(one, now=Point(BEGUN, 0.4)) for bound, one in catalogue_facts().items()}
    return PlanFacts(today=BEGUN, measures=known, made=BEGUN)


def texts(value: object) -> list[Text]:
    if isinstance(value, Text):
        return [] if value.is_empty else [value]
    if isinstance(value, tuple):
        return [text for one in value for text in texts(one)]
    if isinstance(value, Struct):
        return [text for one in structs.fields(value) for text in texts(getattr(value, one.name))]
    return []


@EACH
def test_only_what_its_users_know_is_left_open(template: Template) -> None:
    found = {one.rule for one in issues_of(template.plan, facts())}
    assert found - {"V23"} == {"V03", "V17", "V19"}
    assert ("V23" in found) is (template.key == "guide-contest")
    assert not is_how_locked(template.plan, facts())


@EACH
def test_a_baseline_short_of_the_target_leaves_no_error_of_its_own(template: Template) -> None:
    victory = tuple(
        structs.replace(one, baseline=Baseline(value=_short_of(one), first=BEGUN, last=BEGUN))
        for one in template.plan.objective.victory
    )
    objective = structs.replace(template.plan.objective, victory=victory)
    found = issues_of(structs.replace(template.plan, objective=objective), facts())
    assert {one.rule for one in found if one.level == "E"} == {"V17"}


def _short_of(one: VictoryCondition) -> float:
    """Return a baseline from which there is still some way to go."""
    return (one.target or 0.0) * (1.5 if one.operator is Operator.AT_MOST else 0.5)


@EACH
def test_no_baseline_owner_or_name_is_invented(template: Template) -> None:
    plan = template.plan
    assert plan.reconstructed
    assert {one.baseline for one in plan.objective.victory} == {Baseline()}
    assert {(how.owner, how.deputy) for how in plan.how} == {("", "")}
    assert [who.first_pins for who in plan.who] == [()]
    assert plan.stakeholders == ()


@EACH
def test_every_text_is_there_in_both_languages(template: Template) -> None:
    said = texts(template.plan)
    assert len(said) > 20
    assert [text for text in said if not text.ja or not text.en or text.ja == text.en] == []


@EACH
def test_its_measures_are_in_the_catalogue_or_counted_by_hand(template: Template) -> None:
    known = {measure.key: measure for measure in CATALOGUE}
    for one in template.plan.objective.victory:
        if one.measure in known:
            assert one.part in ("", *known[one.measure].parts)
            assert one.unit == known[one.measure].unit
        else:
            assert one.by_hand.is_complete
    assert {how.leading_measure for how in template.plan.how} <= set(known)
    assert {edge.child.how for edge in tree_of(template.plan)} >= {
        how.key for how in template.plan.how
    }


@EACH
def test_its_file_is_written_as_an_export_is(template: Template) -> None:
    from importlib.resources import files

    path = files("jibungoto.plan") / "examples" / f"{template.key}.yaml"
    assert path.read_text(encoding="utf-8") == written(template.plan)


@EACH
def test_it_begins_on_any_day_with_everything_as_far_apart(template: Template) -> None:
    moved = beginning(template.plan, date(2027, 1, 15))
    period, due = moved.period, moved.objective.victory[0].due
    assert period.first == date(2027, 1, 15)
    assert period.last is not None and due is not None and due <= period.last
    assert template.plan.period.first is not None
    assert beginning(moved, template.plan.period.first) == template.plan


def test_there_are_six_and_an_unknown_one_is_told() -> None:
    assert [one.key for one in templates()] == list(KEYS)
    with pytest.raises(UnknownName) as caught:
        template_of("webinar")
    assert "whats-new" in caught.value.next_step.en
    assert beginning(Plan(), BEGUN) == Plan()
