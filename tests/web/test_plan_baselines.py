"""A baseline belongs to its measure: another measure takes it along only if somebody says so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from msgspec import structs

from jibungoto.desk.acting import Acting
from jibungoto.ledger.words import day_words
from jibungoto.plan.owwh import Assumption
from jibungoto.plan.stored import to_stored
from jibungoto.plan.text import same
from jibungoto.plan.victory import Baseline
from jibungoto.records.models import PlanVersionRow
from tests.web.plan_writing import (
    PLANS,
    TODAY,
    V0,
    begun,
    fields,
    get,
    held,
    in_force,
    texts,
    write,
)

OPEN = {f"{V0}.baseline.{name}": "" for name in ("value", "from", "to")}


@pytest.fixture
def draft(manager: Client) -> str:
    """Return the address at which a new plan is written."""
    return begun(manager)


def chosen(client: Client, address: str, **more: str) -> str:
    """Choose as a browser without script does: all the page shows is sent along."""
    sent = {**fields(get(client, address)), "step": "save"}
    sent |= {f"{V0}.{name.replace('__', '.')}": value for name, value in more.items()}
    return client.post(address, sent, follow=True).content.decode()


def of(acting: Acting) -> Baseline:
    return held(acting).objective.victory[0].baseline


def test_what_the_data_proposed_goes_with_its_measure(
    manager: Client, acting: Acting, draft: str
) -> None:
    chosen(manager, draft, measure="starters")
    proposed = of(acting)
    assert (proposed.of, proposed.proposed) == ("starters", True)
    for measure in ("unanswered72", "active", "welcome48", "starter_rate", "starters"):
        page = chosen(manager, draft, measure=measure)
        found = of(acting)
        assert found.of in ("", measure), "never that of the measure before"
        assert found.proposed is (found.value is not None)
        assert "was taken of" not in texts(page)
    assert of(acting) == proposed
    chosen(manager, draft, measure="events_held")
    assert of(acting) == Baseline(), "nothing is known of it, so nothing is proposed"


def test_a_part_and_a_scope_are_another_baseline(
    manager: Client, acting: Acting, draft: str
) -> None:
    chosen(manager, draft, measure="active")
    whole = of(acting)
    assert whole.of == "active"
    chosen(manager, draft, part="without_reaction_only", measure="active")
    assert of(acting).of == "active.without_reaction_only"
    chosen(manager, draft, measure="active", part="", scope__chapter="nowhere")
    assert of(acting) == Baseline()
    chosen(manager, draft, measure="active", scope__chapter="")
    assert of(acting) == whole


def test_a_part_goes_with_its_measure(manager: Client, acting: Acting, draft: str) -> None:
    chosen(manager, draft, measure="active", part="without_reaction_only")
    page = chosen(manager, draft, measure="starters", part="without_reaction_only")
    assert held(acting).objective.victory[0].part == ""
    assert "is not in the catalogue" not in texts(page)


def test_what_somebody_wrote_stays_and_is_asked_about(
    manager: Client, acting: Acting, draft: str
) -> None:
    chosen(manager, draft, measure="starters", baseline__value="7")
    assert (of(acting).value, of(acting).of, of(acting).proposed) == (7.0, "starters", False)
    page = chosen(manager, draft, measure="starter_rate")
    assert of(acting).value == 7.0, "seven people are not seven per cent"
    assert "This baseline (7) was taken of “Starters”." in texts(page)
    assert "The baseline is right as it stands" in page
    asked = {**fields(page), f"{V0}.measure": "starters", "step": "save"}
    manager.post(draft, asked)
    assert (of(acting).value, of(acting).of) == (7.0, "starters")
    assert "was taken of" not in texts(get(manager, draft))

    chosen(manager, draft, measure="active")
    sent = {**fields(get(manager, draft)), f"{V0}.measure": "active", "step": f"same:{V0}"}
    page = manager.post(draft, sent, follow=True).content.decode()
    assert (of(acting).value, of(acting).of) == (7.0, "active")
    assert "was taken of" not in texts(page)


def test_the_value_now_can_be_taken_in_place_of_one_of_another_measure(
    manager: Client, acting: Acting, draft: str
) -> None:
    chosen(manager, draft, measure="starters", baseline__value="7")
    page = chosen(manager, draft, measure="active")
    assert f'value="baseline:{V0}"' in page
    sent = {**fields(page), f"{V0}.measure": "active", "step": f"baseline:{V0}"}
    manager.post(draft, sent)
    assert (of(acting).of, of(acting).proposed) == ("active", True)
    assert of(acting).value != 7.0


def test_a_baseline_emptied_by_hand_stays_empty(
    manager: Client, acting: Acting, draft: str
) -> None:
    chosen(manager, draft, measure="starters")
    chosen(manager, draft, measure="starters", baseline__value="")
    assert of(acting).value is None
    chosen(manager, draft, measure="starters")
    assert of(acting).value is None


def test_the_target_says_in_what_it_is_counted(manager: Client, draft: str) -> None:
    assert "Target</label>" in get(manager, draft)
    assert "Target (%)</label>" in chosen(manager, draft, measure="starter_rate")
    assert "Target (people)</label>" in chosen(manager, draft, measure="starters")


@pytest.mark.parametrize("step", ["save", "idea", "add:what"])
def test_an_idea_is_kept_whichever_button_sends_it(
    manager: Client, acting: Acting, draft: str, step: str
) -> None:
    page = write(manager, draft, {"idea": "Monthly meetup with pizza"}, step=step)
    (idea,) = held(acting).how[1:]
    assert idea.title.en == "Monthly meetup with pizza" and idea.is_idea
    assert "Monthly meetup with pizza" in texts(page)


def test_an_idea_half_written_is_not_kept_while_the_page_saves_itself(
    manager: Client, acting: Acting, draft: str
) -> None:
    sent = {**fields(get(manager, draft)), "idea": "Monthly mee"}
    manager.post(draft, sent, headers={"HX-Request": "true", "HX-Source": "form#plan"})
    assert held(acting).how == ()


def test_what_is_less_than_nothing_is_said_beside_its_field(
    manager: Client, acting: Acting, draft: str
) -> None:
    page = write(
        manager, draft, {"how[0].hours_per_month": "-500", "who[0].first_pins": "\n".join("abcdef")}
    )
    assert held(acting).how[0].hours_per_month is None
    assert "Enter 0 or more." in page and "These are too many: 5 at most." in page


def test_an_assumption_past_its_test_and_a_verdict_past_due_are_said_on_the_review_page(
    manager: Client, acting: Acting, draft: str
) -> None:
    in_force(manager, draft)
    plan = held(acting)
    past = TODAY - timedelta(days=2)
    said = day_words(past).en
    over = structs.replace(plan.objective.victory[0], due=past)
    later = structs.replace(
        plan,
        objective=structs.replace(plan.objective, victory=(over,)),
        assumptions=(Assumption(key="a", text=same("Maps bring people"), due=past),),
    )
    PlanVersionRow.objects.update(value=to_stored(later))  # as it is some months on
    page = texts(get(manager, f"{PLANS}starts/review/"))
    assert "What waits to be looked at" in page
    assert f"The assumption “Maps bring people” was to be tested by {said}" in page
    assert f"It was due on {said}; note whether it was won or lost." in page
    assert "on track" not in page.partition("Look back")[2].partition("What waits")[0]
