"""How many to accept follows from who came before, and never lets too many stand at the door."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import betabinom

from jibungoto.engine.steps import Params
from jibungoto.engine.turnouts import shown_at_venues
from jibungoto.understand.gatherings import turnout_of
from jibungoto.understand.overbooking import (
    ENOUGH_EVENTS,
    FREE,
    PAID,
    Turnouts,
    most_to_accept,
    shown,
    turnouts,
)
from tests.understand.communities import AS_OF, ZONE
from tests.understand.gathered import eventful
from tests.understand.reading import midnight
from tests.understand.relations import connection

GOLDEN = json.loads(
    (Path(__file__).parents[1] / "golden" / "domain_golden.json").read_text("utf-8")
)["overbook"]
EVENTS = list(zip(GOLDEN["attended"], GOLDEN["registered"], strict=True))
SEATS = GOLDEN["cap"]


def test_five_events_tell_by_themselves_as_the_golden_numbers_do() -> None:
    believed = turnouts(EVENTS)
    assert [believed.a, believed.b] == pytest.approx(GOLDEN["mom_beta"], abs=2)
    assert most_to_accept(SEATS, Turnouts(*GOLDEN["mom_beta"])) == GOLDEN["max_accept_mom"]
    assert most_to_accept(SEATS, believed) == GOLDEN["max_accept_mom"]
    assert most_to_accept(SEATS, Turnouts(*GOLDEN["posterior"])) == GOLDEN["max_accept_pooled"]


def test_before_any_event_what_others_saw_counts() -> None:
    assert [FREE.a, FREE.b, PAID.a, PAID.b] == [*GOLDEN["prior_free"], *GOLDEN["prior_paid"]]
    assert most_to_accept(SEATS, turnouts([])) == GOLDEN["max_accept_prior_only_free"]
    paid = turnouts([], before=PAID)
    assert most_to_accept(SEATS, paid) == GOLDEN["max_accept_prior_only_paid"]


def test_few_events_are_added_to_what_was_believed() -> None:
    assert turnouts([(41, 58), (0, 0)]) == Turnouts(6.75 + 41, 3.25 + 17)


def test_events_that_differ_much_leave_more_room_than_their_sum() -> None:
    alike = [(30, 50)] * ENOUGH_EVENTS
    apart = [(10, 50), (50, 50), (20, 50), (40, 50), (30, 50)]
    assert most_to_accept(50, turnouts(apart)) < most_to_accept(50, turnouts(alike))


@pytest.mark.parametrize("came", [0, 40], ids=["nobody", "everybody"])
def test_where_all_events_were_alike_to_the_last_no_more_are_accepted_than_seats(came: int) -> None:
    assert most_to_accept(SEATS, turnouts([(came, 40)] * ENOUGH_EVENTS)) == SEATS


@given(
    seats=st.integers(0, 80),
    a=st.floats(0.5, 60),
    b=st.floats(0.5, 60),
)
def test_one_more_would_be_too_many(seats: int, a: float, b: float) -> None:
    accepted = most_to_accept(seats, Turnouts(a, b))
    assert seats <= accepted <= max(seats, 10 * seats)
    assert accepted == seats or betabinom.sf(seats, accepted, a, b) <= 0.05
    if accepted < 10 * seats:
        assert betabinom.sf(seats, accepted + 1, a, b) > 0.05


@pytest.mark.parametrize("seed", [0, 3])
def test_what_became_of_registrations_is_the_same_by_rule_and_by_the_log(seed: int) -> None:
    log = eventful(seed)
    by_rule = shown(turnout_of(log, AS_OF), until=midnight(AS_OF, ZONE))
    assert list(shown_at_venues(connection(log), Params(AS_OF, ZONE))) == by_rule
    assert by_rule
