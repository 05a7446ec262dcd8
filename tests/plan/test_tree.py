"""The tree of measures: from the victory conditions down to what is done, with reasons."""

from __future__ import annotations

from msgspec import structs

from jibungoto.plan.known import catalogue_facts
from jibungoto.plan.owwh import Plan, Spaces
from jibungoto.plan.text import Text, same
from jibungoto.plan.tree import Edge, Layer, Node, outcomes_of, reachable, tree_of
from jibungoto.plan.tree_defaults import ACTIVITY, BEHAVIOUR, DEFAULTS, OUTCOMES
from jibungoto.understand.catalogue import CATALOGUE
from tests.plan.made import PLAN, aimed, done_by, won_by

KEYS = {measure.key for measure in CATALOGUE}


def drawn(plan: Plan) -> list[tuple[str, str]]:
    return [
        (edge.parent.measure, edge.child.measure or f"how {edge.child.how}")
        for edge in tree_of(plan)
    ]


def test_every_measure_of_the_defaults_is_in_the_catalogue() -> None:
    named = {key for edges in DEFAULTS.values() for one in edges for key in (one.parent, one.child)}
    named |= ACTIVITY | BEHAVIOUR | {key for keys in OUTCOMES.values() for key in keys}
    assert named <= KEYS


def test_every_spaces_type_has_its_outcomes_and_its_edges() -> None:
    assert set(OUTCOMES) == set(Spaces)
    assert set(DEFAULTS) == {None, *Spaces}
    assert outcomes_of(PLAN) == ("unanswered72", "ttfr")
    assert outcomes_of(aimed(spaces=None)) == ()


def test_the_tree_leads_from_the_victory_to_what_is_done() -> None:
    assert drawn(PLAN) == [
        ("unanswered72", "ttfr"),
        ("unanswered72", "staff_share"),
        ("ttfr", "stickiness"),
        ("stickiness", "active"),
        ("ttfr", "how round"),
    ]
    assert [edge.child.layer for edge in tree_of(PLAN)] == [
        Layer.HEALTH,
        Layer.HEALTH,
        Layer.HEALTH,
        Layer.ACTIVITY,
        Layer.ACTIVITY,
    ]
    assert tree_of(PLAN)[0].parent.layer is Layer.OUTCOME


def test_the_default_edges_never_lead_upwards() -> None:
    order = list(Layer)
    for spaces in Spaces:
        for measure in KEYS:
            plan = structs.replace(
                won_by(measure=measure),
                objective=structs.replace(won_by(measure=measure).objective, spaces=spaces),
            )
            assert all(
                order.index(edge.parent.layer) <= order.index(edge.child.layer)
                for edge in tree_of(plan)
            )


def test_a_measure_the_defaults_do_not_know_is_joined_by_the_plans_own_theory() -> None:
    theory = Text(ja="声をかけると質問できる", en="Who is greeted dares to ask")
    watching = done_by(leading_measure="intro_rate")
    plan = structs.replace(watching, objective=aimed(theory=theory).objective)
    joined = next(edge for edge in tree_of(plan) if edge.child.measure == "intro_rate")
    assert joined.parent == Node(Layer.OUTCOME, measure="unanswered72")
    assert (joined.reason.ja, joined.reason.en) == (
        "声をかけると質問できる",
        "Who is greeted dares to ask",
    )


def test_a_how_for_two_victory_conditions_stands_below_both() -> None:
    also = structs.replace(PLAN.objective.victory[0], key="ret", measure="ret_k")
    done = structs.replace(PLAN.how[0], victories=("left", "ret"))
    objective = structs.replace(PLAN.objective, victory=(*PLAN.objective.victory, also))
    plan = structs.replace(PLAN, objective=objective, how=(done,))
    found = drawn(plan)
    assert [edge for edge in found if edge[1] == "ttfr"] == [
        ("unanswered72", "ttfr"),
        ("ret_k", "ttfr"),
    ]
    assert found.count(("ttfr", "how round")) == 1


def test_a_how_that_watches_nothing_stands_below_its_victory_with_its_gain_as_reason() -> None:
    last: Edge = tree_of(done_by(leading_measure=""))[-1]
    assert (last.parent.measure, last.child) == (
        "unanswered72",
        Node(Layer.ACTIVITY, how="round"),
    )
    assert last.reason.ja == "「その日のうちに解決できる」のために行います。"


def test_an_idea_is_not_in_the_tree() -> None:
    assert "how round" not in {child for _, child in drawn(done_by(victories=()))}


def test_a_report_may_quote_what_is_in_the_tree() -> None:
    assert reachable(PLAN) == {"unanswered72", "ttfr", "staff_share", "stickiness", "active"}
    assert reachable(Plan(title=same("x"))) == frozenset()


def test_the_catalogue_is_known_with_all_its_parts_and_no_values() -> None:
    known = catalogue_facts()
    assert {bound.measure for bound in known} == KEYS
    assert len(known) == sum(1 + len(measure.parts) for measure in CATALOGUE)
    assert all(facts.now is None and facts.reason for facts in known.values())
