"""Registered, the stock at the stages and the ladder's page are one total, of real size too."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import User
from django.test import Client

from jibungoto.demo.community import write_demo
from jibungoto.desk.acting import Acting, administrator
from jibungoto.desk.gather.carry_out import carry_out
from jibungoto.desk.gather.claim import claimed
from jibungoto.desk.gather.queue import bring_in
from jibungoto.desk.house.begin import Beginning, begin
from jibungoto.desk.people.staff import answer_as_proposed
from jibungoto.desk.understand.measures import measured
from jibungoto.desk.understand.refresh import refresh
from jibungoto.engine.disk import keep_to_owner
from jibungoto.records.models import MembershipRow, Role
from jibungoto.web.pages.ladder import NOBODY_SEEN
from tests.web.conftest import AGAINST
from tests.web.test_ladder import counts, page_of

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

HOUSTON = "slack-export-houston"


@pytest.fixture
def fresh(transactional_db: None, settings: Settings, home: Path) -> Acting:
    """Return the administrator of a community that nothing has been brought into."""
    keep_to_owner(home)
    settings.HOME = home
    return administrator(begin(Beginning("やまびこ", slug="yamabiko")))


def page_after(acting: Acting, export: Path, client: Client) -> str:
    """Bring an export in, answer for it, and return the ladder as its manager sees it."""
    claim = claimed(bring_in(acting, export))
    assert claim is not None and carry_out(claim).state == "in"
    answer_as_proposed(acting)
    refresh(acting.community)
    user = User.objects.create(username="hana")
    MembershipRow.objects.create(user=user, community=acting.community, role=Role.MANAGER)
    client.force_login(user, AGAINST)
    return page_of(client)


def must_be_one_total(acting: Acting, page: str) -> None:
    """Compare the newest day on the page, and every month end among the findings."""
    found = {one.measure.key: one for one in measured(acting)}
    registered, stock = found["registered"], found["stage_stock"]
    assert sum(count for _, count in counts(page)) == registered.now[""].value
    for whole in registered.history[""]:
        at_stages = [
            one.value
            for series in stock.history.values()
            for one in series
            if one.as_of == whole.as_of and one.value is not None
        ]
        assert sum(at_stages) == whole.value


@pytest.mark.real_inputs
def test_houston_adds_up_and_says_what_it_cannot_tell(
    fresh: Acting, client: Client, real_inputs: Path
) -> None:
    page = page_after(fresh, real_inputs / HOUSTON, client)
    must_be_one_total(fresh, page)
    found = {one.measure.key: one.now for one in measured(fresh)}
    untold = {part for part, one in found["stage_stock"].items() if one.value is None}
    assert untold == {"S3", "S3.dormant", "S5", "S5.dormant"}
    assert found["act30"][""].quality == "partial_source"
    assert NOBODY_SEEN.ja in page


@pytest.mark.torture
def test_the_demo_adds_up(fresh: Acting, client: Client, tmp_path: Path) -> None:
    (export,) = write_demo(tmp_path / "demo", last_day=date(2026, 11, 21))
    must_be_one_total(fresh, page_after(fresh, export, client))
