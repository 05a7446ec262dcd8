"""A person's acts are the same on every page, wherever they are read from."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from jibungoto.desk.acting import Acting
from jibungoto.desk.gather.current import current_log
from jibungoto.desk.people.look_up import Story, story
from jibungoto.desk.understand.refresh import refresh
from jibungoto.desk.understand.rolled_up import rolled_up
from jibungoto.desk.understand.today import newest_answer
from jibungoto.engine import rollups
from jibungoto.engine.look_up import LogLine
from jibungoto.ledger.problems import UnknownName
from jibungoto.records.home import log_folder
from jibungoto.records.models import PersonRow
from tests.desk.conftest import BringIn
from tests.desk.making import maps_export, post
from tests.desk.memory import Memory

HOUR = 3_600
BEGUN = 1_698_700_000  # a day before the end of a month, in UTC and in Tokyo at different hours
ACTS = 190
A_PAGE = 50


@pytest.fixture
def aki(acting: Acting, bring_in: BringIn, tmp_path: Path, memory: Memory, home: Path) -> int:
    """Return the number of somebody who wrote every seventh hour, and at times twice at once."""

    def make() -> None:
        moments = [BEGUN + 7 * HOUR * (at - at % 3 // 2) for at in range(ACTS)]
        posts = [post(f"{moment}.{at:06d}") for at, moment in enumerate(moments)]
        bring_in(maps_export(tmp_path / "slack", posts))
        refresh(acting.community)

    memory.made(acting, home, make)
    return PersonRow.objects.get(name="Aki").number


def pages(acting: Acting, number: int) -> list[tuple[LogLine, ...]]:
    told = (story(acting, number, limit=A_PAGE, offset=at) for at in range(0, ACTS + 1, A_PAGE))
    return [one.lines for one in told]


def test_every_page_is_the_same_from_what_was_kept_as_from_the_whole_log(
    acting: Acting, aki: int
) -> None:
    told = pages(acting, aki)
    assert [len(lines) for lines in told] == [50, 50, 50, 41]  # with the channel they started
    assert len({line.key for lines in told for line in lines}) == ACTS + 1
    moments = [line.happened_at for lines in told for line in lines]
    assert moments == sorted(moments, reverse=True)

    shutil.rmtree(log_folder(acting.community.slug) / "rollups")
    assert pages(acting, aki) == told


@pytest.mark.parametrize("offset", [3, 49, 51, 77, 150, 189])
def test_a_page_may_begin_anywhere(acting: Acting, aki: int, offset: int) -> None:
    everything = story(acting, aki, limit=1_000).lines
    told = story(acting, aki, limit=7, offset=offset).lines
    assert told == everything[offset : offset + 7]


def test_beyond_the_last_act_there_is_none(acting: Acting, aki: int) -> None:
    assert story(acting, aki, limit=A_PAGE, offset=1_000).lines == ()


def test_what_proves_a_stage_is_told_on_every_page(acting: Acting, aki: int) -> None:
    def proof(told: Story) -> list[str]:
        return [line.key for line in told.evidence]

    first = proof(story(acting, aki, limit=A_PAGE))
    assert first
    assert proof(story(acting, aki, limit=A_PAGE, offset=A_PAGE)) == first


def test_while_newer_answers_are_made_a_page_reads_what_was_kept_with_the_old_ones(
    acting: Acting, aki: int
) -> None:
    before = pages(acting, aki)
    type(acting.community).objects.update(facts_stamp=acting.community.facts_stamp + 7)
    answer, current = newest_answer(acting), current_log(acting.community)
    assert answer is not None and current is not None
    night = answer.as_of + timedelta(days=1)
    assert not rollups.rollups_of(current[1], night).are_kept
    assert rolled_up(acting, answer).are_kept
    assert pages(acting, aki) == before


def test_a_number_that_is_not_here_is_told(acting: Acting, aki: int) -> None:
    with pytest.raises(UnknownName):
        story(acting, aki + 1_000)
