"""People at the same plan at the same moment: nobody's words are lost, one version is in force."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import TYPE_CHECKING, TypeVar

import pytest
from django.db import connection
from msgspec import structs

from jibungoto.desk.acting import Acting, administrator
from jibungoto.desk.house.begin import Beginning, begin
from jibungoto.desk.plan.begin import revise
from jibungoto.desk.plan.decide import InForce, put_in_force
from jibungoto.desk.plan.save import Parted, Saved, save_draft
from jibungoto.engine.disk import keep_to_owner
from jibungoto.plan.owwh import Plan
from jibungoto.plan.states import State
from jibungoto.plan.stored import from_stored
from jibungoto.records.models import PlanVersionRow
from tests.desk.plan.at_work import SOUND, Desk

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

Done = TypeVar("Done")
PEOPLE = 6


@pytest.fixture
def acting(transactional_db: None, settings: Settings, home: Path) -> Acting:
    """Return the administrator of a community that several connections can see."""
    keep_to_owner(home)
    settings.HOME = home
    return administrator(begin(Beginning("やまびこ", slug="yamabiko")))


def at_once(act: Callable[[int], Done]) -> list[Done]:
    """Let several people act at the same moment, each on a connection of their own."""
    ready = Barrier(PEOPLE)

    def one(person: int) -> Done:
        try:
            ready.wait(timeout=300)
            return act(person)
        finally:
            connection.close()

    with ThreadPoolExecutor(PEOPLE) as pool:
        return list(pool.map(one, range(PEOPLE)))


def text_of(person: int) -> Plan:
    return structs.replace(SOUND, owner=f"person {person}")


def test_of_many_who_save_one_draft_one_is_first_and_all_are_kept(desk: Desk) -> None:
    stamp = desk.version().row.stamp
    done = at_once(
        lambda person: save_draft(
            desk.acting, desk.key, number=1, stamp=stamp, plan=text_of(person)
        )
    )
    assert [type(one) for one in done].count(Saved) == 1
    assert [type(one) for one in done].count(Parted) == PEOPLE - 1
    kept = PlanVersionRow.objects.order_by("number")
    assert [row.number for row in kept] == list(range(1, PEOPLE + 1))
    assert {from_stored(row.value).owner for row in kept} == {
        f"person {person}" for person in range(PEOPLE)
    }


def test_of_many_versions_put_in_force_at_once_one_is_in_the_end(desk: Desk) -> None:
    for _ in range(PEOPLE - 1):
        revise(desk.acting, desk.key)
    done = at_once(lambda person: put_in_force(desk.acting, desk.key, number=person + 1))
    assert {type(one) for one in done} == {InForce}
    states = list(PlanVersionRow.objects.values_list("state", flat=True))
    assert states.count(State.ACTIVE) == 1
    assert states.count(State.CLOSED) == PEOPLE - 1
