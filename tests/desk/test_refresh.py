"""Answers are kept per version, facts and day; Today reads those of the newest covered day."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from jibungoto.desk.acting import Acting
from jibungoto.desk.house.covered import covered_days, must_be_covered
from jibungoto.desk.people.look_up import PeopleFilter, evidence_lines, people, story
from jibungoto.desk.people.staff import answer
from jibungoto.desk.understand.measures import measured, rows_behind
from jibungoto.desk.understand.refresh import is_current, refresh, waiting_for_answers
from jibungoto.desk.understand.rolled_up import is_rolled_up
from jibungoto.desk.understand.today import newest_answer, today
from jibungoto.ledger.problems import InvalidChoice, UnknownName
from jibungoto.records.home import log_folder
from jibungoto.records.models import AnswerRow
from tests.desk.making import official
from tests.desk.memory import Memory
from tests.gather.slack_made import AN, BO, said

if TYPE_CHECKING:
    from tests.desk.conftest import BringIn

POSTS = [said(AN, 60), said(BO, 3 * 86_400)]


@pytest.fixture
def filled(bring_in: BringIn, acting: Acting, tmp_path: Path) -> Acting:
    """Return the administrator of a community with one intake."""
    bring_in(official(tmp_path / "a", POSTS))
    return acting


@pytest.fixture
def answered(
    bring_in: BringIn, acting: Acting, tmp_path: Path, memory: Memory, home: Path
) -> Acting:
    """Return the same after everything was worked out."""

    def make() -> None:
        bring_in(official(tmp_path / "a", POSTS))
        refresh(acting.community)

    memory.made(acting, home, make)
    return acting


def test_an_empty_community_has_no_answer(acting: Acting) -> None:
    assert refresh(acting.community) is None
    assert is_current(acting.community)
    assert not list(waiting_for_answers())
    assert newest_answer(acting) is None
    assert today(acting).as_of is None


def test_asking_again_answers_with_what_was_kept(filled: Acting) -> None:
    first = refresh(filled.community)
    again = refresh(filled.community)
    assert first == again and first is not None
    assert first.as_of == date(2023, 11, 18)
    assert AnswerRow.objects.count() == 1


def test_pages_never_read_the_answers_of_another_day(answered: Acting) -> None:
    newest = refresh(answered.community)
    earlier = refresh(answered.community, date(2023, 11, 16))
    assert earlier is not None and earlier.is_of_another_day
    assert newest_answer(answered) == newest
    assert today(answered).as_of == date(2023, 11, 18)


def test_what_pages_read_is_kept_too_by_whoever_asks_for_the_newest_day_by_name(
    answered: Acting,
) -> None:
    asked = refresh(answered.community, date(2023, 11, 18))
    assert asked is not None and not asked.is_of_another_day
    assert is_rolled_up(answered.community, asked)


def test_what_pages_read_is_made_again_where_it_is_gone(answered: Acting) -> None:
    first = refresh(answered.community)
    assert first is not None and not list(waiting_for_answers())
    shutil.rmtree(log_folder(answered.community.slug) / "rollups")
    assert is_current(answered.community)
    (waiting,) = waiting_for_answers()
    assert refresh(waiting) == first
    assert is_rolled_up(waiting, first) and not list(waiting_for_answers())


def test_an_answer_that_was_not_finished_is_not_read(answered: Acting) -> None:
    assert refresh(answered.community) is not None
    AnswerRow.objects.update(is_complete=False)
    assert newest_answer(answered) is None
    (waiting,) = waiting_for_answers()
    refresh(waiting)
    assert newest_answer(answered) is not None


def test_answers_are_old_once_staff_is_marked(answered: Acting) -> None:
    refresh(answered.community)
    assert is_current(answered.community)
    answer(answered, [1])
    assert not is_current(answered.community)
    (waiting,) = waiting_for_answers()
    refresh(waiting)
    assert not list(waiting_for_answers())


def test_the_covered_days_are_those_of_the_log(filled: Acting) -> None:
    assert covered_days(filled.community) == (date(2023, 11, 15), date(2023, 11, 18))
    must_be_covered(filled.community, date(2023, 11, 15))
    for outside in (date(2023, 11, 14), date(2023, 11, 19)):
        with pytest.raises(InvalidChoice, match=str(outside)):
            must_be_covered(filled.community, outside)


def test_people_are_found_by_part_of_a_name_in_any_case(answered: Acting) -> None:
    refresh(answered.community)
    assert [row.person.name for row in people(answered, PeopleFilter(search="AN"))] == ["an"]
    assert list(people(answered, PeopleFilter(search="nobody"))) == []
    assert len(people(answered, PeopleFilter(kind=""))) >= len(people(answered, PeopleFilter()))


def test_a_persons_page_tells_only_their_own_rows(answered: Acting) -> None:
    refresh(answered.community)
    (row,) = people(answered, PeopleFilter(search="an"))
    told = story(answered, row.person.number)
    assert {line.actor for line in told.lines} == {handle.actor for handle in told.handles}
    with pytest.raises(UnknownName):
        story(answered, 999)


def test_pages_show_the_same_with_and_without_what_was_kept_for_them(answered: Acting) -> None:
    refresh(answered.community)
    (kept,) = (log_folder(answered.community.slug) / "rollups").iterdir()
    numbers = [row.person.number for row in people(answered, PeopleFilter(kind=""))]
    keys = ("registered", "active", "act7", "ttfr", "stage_stock", "caf50", "multi_share")

    def shown() -> tuple[object, ...]:
        stories = [story(answered, number) for number in numbers]
        behind = [rows_behind(answered, key) for key in keys]
        named = [(row.source, row.key) for rows in behind for row in rows]
        lines = evidence_lines(answered, [(s, k) for s, k in named if s and k])
        return [(s.days, s.lines, s.evidence, s.suggested) for s in stories], behind, lines

    quickly = shown()
    shutil.rmtree(kept)
    assert shown() == quickly
    assert any(days for days, *_ in quickly[0])  # type: ignore[attr-defined]  # stories


def test_a_measure_that_is_not_there_is_named_among_those_that_are(answered: Acting) -> None:
    refresh(answered.community)
    (one,) = measured(answered, keys=("active",))
    assert one.measure.key == "active" and one.as_of == date(2023, 11, 18)
    with pytest.raises(UnknownName, match="heat of the moment"):
        measured(answered, keys=("heat of the moment",))
