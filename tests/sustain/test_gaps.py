"""Gaps are said in words, the widest first, in both languages."""

from __future__ import annotations

from jibungoto.sustain.gaps import GapKind, gaps_of
from jibungoto.sustain.team import Team
from tests.sustain.teams import (
    MIO,
    RIKU,
    TODAY,
    WHOLE,
    ago,
    backs_up,
    holds,
    member,
    without,
)


def kinds(team: Team) -> list[tuple[GapKind, str | None]]:
    return [(gap.kind, gap.ability) for gap in gaps_of(team, TODAY)]


def test_a_whole_team_lacks_nothing() -> None:
    assert gaps_of(WHOLE, TODAY) == ()


def test_nothing_is_said_of_a_team_nobody_wrote_down() -> None:
    assert gaps_of(Team(), TODAY) == ()


def test_nobody_can_explain_upward_when_she_is_on_leave() -> None:
    team = without(WHOLE, "c1")
    (gap,) = gaps_of(Team(team.members, (*team.covers, holds("c1", 1, 8))), TODAY)
    assert gap.sentence.en == "Nobody can explain the community upward when Mio is on leave."
    assert gap.sentence.ja == "Mioさんが休むと、上に説明できる人がいません。"


def test_the_widest_gap_comes_first() -> None:
    team = Team((MIO,), (holds("a1", 1, 5), holds("b1", 1, 2), holds("b2", 1, None)))
    assert kinds(team) == [
        (GapKind.NOBODY, "c1"),
        (GapKind.NOBODY, "c2"),
        (GapKind.SHORT, "b1"),
        (GapKind.HOURS_UNKNOWN, "b2"),
        (GapKind.ALONE, "a1"),
    ]


def test_a_backup_nobody_used_for_a_quarter_is_one_on_paper() -> None:
    team = without(WHOLE, "c1")
    for used, said in ((ago(91), True), (ago(90), False), (None, True)):
        with_paper = (*team.covers, holds("c1", 1, 8), backs_up("c1", 2, used=used))
        assert kinds(Team(team.members, with_paper)) == [(GapKind.PAPER, "c1")] * said


def test_a_fresh_backup_has_time_to_be_used() -> None:
    team = without(WHOLE, "c1")
    fresh = (holds("c1", 1, 8), backs_up("c1", 2, since=ago(20), used=None))
    assert kinds(Team(team.members, (*team.covers, *fresh))) == []


def test_who_has_agreed_to_more_hours_than_they_have_is_named() -> None:
    busy = member(1, "Mio", hours=10)
    team = Team((busy, RIKU), WHOLE.covers)
    (gap,) = [one for one in gaps_of(team, TODAY) if one.kind is GapKind.OVER_PROMISED]
    assert gap.sentence.en == "Mio has agreed to 44 hours a month and has 10."


def test_hours_nobody_stated_are_no_broken_promise() -> None:
    team = Team((member(1, "Mio", hours=None), WHOLE.members[1]), WHOLE.covers)
    assert kinds(team) == []


def test_braces_in_a_name_stay_braces() -> None:
    team = Team((member(1, "{0} {who}"),), (holds("a1", 1),))
    gap = gaps_of(team, TODAY)[-1]
    assert "{0} {who}" in gap.sentence.en
