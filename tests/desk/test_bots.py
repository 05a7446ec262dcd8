"""Bots: proposed by the source, confirmed by a person, and their open share told."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from jibungoto.desk.acting import Acting
from jibungoto.desk.people.bots import answer_bots, suspects, unconfirmed_share
from jibungoto.desk.people.staff import answer
from jibungoto.desk.understand.refresh import refresh
from jibungoto.ledger.problems import NotAllowed
from jibungoto.records.models import PersonKindRow, StandingRow
from tests.desk.making import official
from tests.desk.memory import Memory
from tests.gather.slack_made import ADMIN, AN, BO, CY, said, user

if TYPE_CHECKING:
    from tests.desk.conftest import BringIn


@pytest.fixture
def filled(bring_in: BringIn, acting: Acting, tmp_path: Path, memory: Memory, home: Path) -> Acting:
    """Bring in two people and a bot that wrote three of five messages."""

    def make() -> None:
        people = [user(AN), user(BO), user(CY, is_bot=True), user(ADMIN, is_admin=True)]
        posts = [said(AN, 60), said(BO, 70), *(said(CY, 80 + at) for at in range(3))]
        bring_in(official(tmp_path / "a", posts, people))
        refresh(acting.community)

    memory.made(acting, home, make)
    return acting


def kind_of(name: str) -> str:
    standing = StandingRow.objects.filter(person__name=name).order_by("-roll_id").first()
    return standing.kind if standing else ""


def test_a_suspect_is_kept_out_and_told_until_somebody_confirms(filled: Acting) -> None:
    (suspect,) = suspects(filled)
    assert (suspect.name, suspect.is_bot, suspect.acts) == ("cy", None, 3)
    share = unconfirmed_share(filled)
    # The sixth act is the start of #talk.
    assert (share.suspects, share.acts, share.of) == (1, 3, 6)
    assert share.fraction == 0.5
    assert kind_of("cy") == "bot"

    answer_bots(filled, [suspect.number], bots=[suspect.number])
    assert [one.is_bot for one in suspects(filled)] == [True]
    share = unconfirmed_share(filled)
    assert (share.suspects, share.acts) == (0, 0)
    refresh(filled.community)
    assert kind_of("cy") == "bot"


def test_who_is_no_bot_after_all_counts_as_a_member(filled: Acting) -> None:
    number = suspects(filled)[0].number
    answer_bots(filled, [number], bots=[])
    assert [one.is_bot for one in suspects(filled)] == [False]
    refresh(filled.community)
    assert kind_of("cy") == "member"
    answer_bots(filled, [number], bots=[number])
    refresh(filled.community)
    assert kind_of("cy") == "bot"


def test_answering_twice_changes_nothing(filled: Acting) -> None:
    number = suspects(filled)[0].number
    answer_bots(filled, [number], bots=[number])
    filled.community.refresh_from_db()
    before = list(PersonKindRow.objects.values()), filled.community.facts_stamp
    answer_bots(filled, [number], bots=[number])
    filled.community.refresh_from_db()
    assert (list(PersonKindRow.objects.values()), filled.community.facts_stamp) == before


def test_only_whom_a_source_suspects_can_be_marked(filled: Acting) -> None:
    everybody = [person.number for person in filled.community.people.all()]
    answer_bots(filled, everybody, bots=everybody)
    assert [row.person.name for row in PersonKindRow.objects.all()] == ["cy"]


def test_staff_takes_the_place_of_what_was_said_before(filled: Acting) -> None:
    number = suspects(filled)[0].number
    answer_bots(filled, [number], bots=[])
    answer(filled, [number])
    assert [row.kind for row in PersonKindRow.objects.all()] == ["staff"]
    assert suspects(filled) == ()


def test_whoever_may_not_write_may_not_confirm(filled: Acting) -> None:
    reader = Acting(filled.community, "reader")  # type: ignore[arg-type]  # no such role yet
    with pytest.raises(NotAllowed):
        answer_bots(reader, [1], bots=[1])
