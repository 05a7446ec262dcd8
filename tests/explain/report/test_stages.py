"""The ladder as outsiders see it: no small cell, and none that follows by subtraction."""

from __future__ import annotations

import pytest

from jibungoto.explain.facts import LadderFacts, StageCount
from jibungoto.explain.report.stages import COVERED, covered_cells, ladder_of
from jibungoto.ledger.words import Words
from jibungoto.understand.answers import Stage, Unknown

OWN, SPEAK, REST = Stage.OWNING, Stage.SPEAKING, Stage.REGISTERED


def actives(*counts: tuple[Stage, int]) -> list[str]:
    lines = ladder_of(LadderFacts(now=[StageCount(stage, n) for stage, n in counts]))
    return [line.active.en for line in lines]


def test_the_highest_stage_comes_first() -> None:
    lines = ladder_of(LadderFacts(now=[StageCount(REST, 9), StageCount(OWN, 7)]))
    assert [line.name for line in lines] == [
        Words("自分ゴト", "Owning"),
        Words("登録", "Registered"),
    ]


def test_a_lone_small_cell_takes_the_next_larger_one_with_it() -> None:
    assert actives((OWN, 3), (SPEAK, 12), (REST, 90)) == ["<5", "hidden", "90"]


def test_two_small_cells_hide_each_other() -> None:
    assert actives((OWN, 3), (SPEAK, 2), (REST, 90)) == ["<5", "<5", "90"]


@pytest.mark.parametrize("n", [1, 4], ids=["the least", "the most"])
def test_two_small_cells_whose_sum_leaves_one_way_take_a_third_along(n: int) -> None:
    assert actives((OWN, n), (SPEAK, n), (REST, 90)) == ["<5", "<5", "hidden"]


def test_without_a_small_cell_nothing_is_covered() -> None:
    assert covered_cells({(OWN, False): 5, (SPEAK, True): 0}) == set()


def test_dormant_members_count_as_cells_of_their_own() -> None:
    (line,) = ladder_of(LadderFacts(now=[StageCount(SPEAK, 20, 4)], before=[StageCount(SPEAK, 21)]))
    assert (line.active, line.dormant.en, line.before, line.share) == (COVERED, "<5", COVERED, None)


def test_a_stage_that_cannot_be_told_is_a_dash_and_not_nought() -> None:
    facts = LadderFacts(
        now=[StageCount(Stage.CONTRIBUTING, 0), StageCount(SPEAK, 20)], untold=[Unknown.HELP]
    )
    assert [line.active.en for line in ladder_of(facts)] == ["-", "20"]


@pytest.mark.parametrize(
    ("part", "told"), [(Unknown.HELP, ["-", "0"]), (Unknown.START, ["-", "-"])]
)
def test_owning_needs_both_help_and_starts_to_be_told(part: Unknown, told: list[str]) -> None:
    counts = [StageCount(OWN, 0), StageCount(Stage.STARTING, 0), StageCount(REST, 9)]
    lines = ladder_of(LadderFacts(now=counts, untold=[part]))
    assert [line.active.en for line in lines][:2] == told


def test_a_ladder_on_which_nobody_stands_is_not_shown() -> None:
    assert ladder_of(LadderFacts(now=[StageCount(OWN, 0)])) == ()
