"""People are found by whatever Slack calls them, and stand in the order of their readings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from jibungoto.desk.acting import Acting
from jibungoto.desk.people.look_up import PeopleFilter, people
from jibungoto.desk.understand.refresh import refresh
from jibungoto.records.models import HandleRow, LookAlikeRow
from tests.desk.making import official
from tests.desk.memory import Memory
from tests.gather.slack_made import AN, BO, CY, said

if TYPE_CHECKING:
    from tests.desk.conftest import BringIn


def account(outside_id: str, name: str, real: str, **more: str) -> dict[str, Any]:
    return {"id": outside_id, "name": name, "profile": {"real_name": real, **more}}


ACCOUNTS = [
    account(AN, "t.yama3", "山田太郎", display_name="タロさん", pronunciation="ヤマダ　タロウ"),
    account(BO, "rin", "阿部 凛", pronunciation="あべ りん"),
    account(CY, "sato", "佐藤", display_name="sato"),
]


@pytest.fixture
def three(bring_in: BringIn, acting: Acting, tmp_path: Path, memory: Memory, home: Path) -> Acting:
    """Return the administrator of a community of these three, answered."""

    def make() -> None:
        bring_in(official(tmp_path, [said(AN, 60), said(BO, 61), said(CY, 62)], ACCOUNTS))
        refresh(acting.community)

    memory.made(acting, home, make)
    return acting


@pytest.mark.parametrize(
    "search", ["やまだ", "ﾔﾏﾀﾞ", "yamada", "山田", "タロさん", "t.yama3", "T.YAMA3", "やまだたろう"]
)
def test_a_person_is_found_by_every_name_and_the_reading(three: Acting, search: str) -> None:
    found = people(three, PeopleFilter(search=search))
    assert [row.person.name for row in found] == ["タロさん"]


def test_people_stand_in_the_order_of_their_readings(three: Acting) -> None:
    shown = [row.person.name for row in people(three, PeopleFilter())]
    assert shown.index("rin") < shown.index("タロさん")


def test_a_user_name_is_no_account_elsewhere(
    bring_in: BringIn, acting: Acting, tmp_path: Path
) -> None:
    bring_in(official(tmp_path, [said(AN, 60), said(CY, 61)], ACCOUNTS))
    rows = HandleRow.objects.values_list("outside_id", "user_name", "links")
    called = {outside: (user_name, links) for outside, user_name, links in rows}
    assert (called[AN], called[CY]) == (("t.yama3", ""), ("", ""))
    assert not LookAlikeRow.objects.filter(community=acting.community).exists()
