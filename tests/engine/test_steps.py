"""What a connection answers after the steps have run: findings, ladder, history, rows, today."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache

import pytest
from duckdb import DuckDBPyConnection

from jibungoto.engine.steps import (
    Params,
    findings,
    ladder_table,
    rows_behind,
    run,
    stage_history,
    stages,
    today,
    until,
)
from jibungoto.ledger.finding import Finding, Quality
from jibungoto.ledger.source import CanTell
from jibungoto.understand.answers import Move, RowBehind, Stage, StageChange
from jibungoto.understand.catalogue import CATALOGUE
from jibungoto.understand.reasons import CANNOT_TELL, NO_INTRO, NOT_YET
from jibungoto.understand.stepbook import steps
from jibungoto.understand.today import NOBODY
from tests.understand.communities import AS_OF, ZONE, community
from tests.understand.relations import connection
from tests.understand.stories import Story


def club() -> Story:
    """Let 1 start a club in which 2 and 3 act, and 4 ask what nobody answers."""
    story = Story()
    story.start(1, "2023-02-01 09:00", "club")
    story.act(2, "2023-02-02 09:00", initiative="club")
    story.act(3, "2023-02-03 09:00", initiative="club")
    story.act(4, "2023-02-04 09:00", initiative="quiet", is_question=True)
    return story


@cache
def club_told() -> DuckDBPyConnection:
    """Return the engine that answers for the club as of 20 February."""
    return club().told("2023-02-20")


@cache
def village() -> DuckDBPyConnection:
    """Return an engine that has answered for one of the communities."""
    con = connection(community(1))
    run(con, Params(AS_OF, ZONE))
    return con


def one(found: tuple[Finding, ...], key: str, part: str = "") -> Finding:
    (finding,) = [each for each in found if (each.measure, each.part) == (key, part)]
    return finding


def test_a_day_begins_at_local_midnight() -> None:
    assert until(date(2023, 2, 1), "Asia/Tokyo") == datetime(2023, 1, 31, 15)
    assert until(date(2023, 7, 1), "Europe/Berlin") == datetime(2023, 6, 30, 22)


def test_every_step_is_a_table_and_a_second_run_gives_the_same() -> None:
    con = village()
    before = (findings(con), stages(con), stage_history(con), today(con))
    assert run(con, Params(AS_OF, ZONE)) == tuple(step.name for step in steps())
    assert (findings(con), stages(con), stage_history(con), today(con)) == before


def test_a_count_has_its_interval_and_a_share_its_denominator() -> None:
    found = findings(club_told(), keys=["active", "unanswered72", "starter_rate"])
    active = one(found, "active")
    assert (active.value, active.n, active.denominator) == (4, 4, None)
    assert active.interval is not None
    unanswered = one(found, "unanswered72")
    assert (unanswered.value, unanswered.numerator, unanswered.denominator) == (1.0, 1, 1)
    assert unanswered.quality is Quality.SMALL_N
    assert one(found, "starter_rate").numerator == 1


def test_one_run_answers_for_earlier_nights_too() -> None:
    nights = ("2023-02-20", "2023-02-03", "2022-12-01")
    found = findings(club().told(*nights, names=("tally_active",)), keys=["active"])
    values = {each.as_of: each.value for each in found if not each.part}
    assert values == {date(2022, 12, 1): None, date(2023, 2, 3): 2, date(2023, 2, 20): 4}
    assert found[0].reason == NOT_YET


def test_an_earlier_night_equals_a_run_of_that_night() -> None:
    night = date(2024, 3, 1)
    con = connection(community(4))
    run(con, Params(AS_OF, ZONE, (night,)))
    then = {(f.measure, f.part): f.value for f in findings(con) if f.as_of == night}
    run(con, Params(night, ZONE))
    alone = {(f.measure, f.part): f.value for f in findings(con)}
    assert {key: then[key] for key in then if key[0] != "registered"} == {
        key: alone[key] for key in alone if key[0] != "registered"
    }


def test_what_no_source_can_tell_is_unknown_with_the_reason_and_never_zero() -> None:
    story = club()
    story.can_tell = CanTell()
    found = findings(story.told("2023-02-20"))
    for key, lacking in {
        "unanswered72": "threads",
        "ttfr": "threads",
        "act7": "joins",
        "new": "joins",
        "starters": "creators",
        "starter_rate": "creators",
    }.items():
        finding = one(found, key)
        assert (finding.value, finding.quality) == (None, Quality.UNKNOWN)
        assert finding.reason == CANNOT_TELL[lacking]
    assert one(found, "active").value == 4


def test_without_a_place_for_introductions_nobody_can_say() -> None:
    story = club()
    del story.initiatives[1]
    told = story.told("2023-02-20", names=("tally_newcomers",))
    assert one(findings(told, keys=["intro_rate"]), "intro_rate").reason == NO_INTRO


def test_every_measure_is_answered_in_every_part() -> None:
    answered = {each.measure for each in findings(village())}
    assert answered == {measure.key for measure in CATALOGUE}


def test_the_ladder_shows_who_stands_where_and_who_moved() -> None:
    con = club_told()
    table = ladder_table(con)
    assert [row.stage for row in table.rows] == list(reversed(Stage))
    assert [row.active for row in table.rows] == [(), (1,), (), (), (2, 3, 4), ()]
    assert table.moved_up[0] == Move(1, Stage.REGISTERED, Stage.STARTING, date(2023, 2, 3))
    assert (len(table.moved_up), table.moved_down) == (4, ())


def test_a_persons_history_is_every_change_in_order() -> None:
    history = stage_history(club_told(), person=1)
    assert history == (
        StageChange(1, date(2023, 2, 1), Stage.ATTENDING, Stage.ATTENDING, Stage.REGISTERED, False),
        StageChange(1, date(2023, 2, 3), Stage.STARTING, Stage.STARTING, Stage.ATTENDING, False),
    )


@pytest.mark.parametrize("seed", [1, pytest.param(4, marks=pytest.mark.torture), 9])
def test_the_rows_behind_a_count_are_as_many_as_it_says(seed: int) -> None:
    con = connection(community(seed))
    night = date(2024, 3, 1)
    run(con, Params(AS_OF, ZONE, (night,)))
    found = [each for each in findings(con) if each.as_of == night and each.value is not None]
    counted = ("active", "new", "unanswered72", "stage_stock", "stage_share", "act7", "act30")
    for finding in found:
        rows = rows_behind(con, finding.measure, as_of=night, part=finding.part)
        if finding.measure in counted:
            expected = finding.numerator if finding.numerator is not None else finding.value
            assert len({row.person for row in rows} if "7" not in finding.measure else rows) == (
                expected
            ), finding


def test_the_rows_behind_growth_say_on_which_act_each_move_rests() -> None:
    con = club_told()
    rows = rows_behind(con, "growth", as_of=date(2023, 2, 20))
    assert rows == tuple(RowBehind("first_acts", n, "slack", f"000{n - 1}") for n in (1, 2, 3, 4))


def test_today_names_one_of_each_reason_first_or_says_nobody() -> None:
    answer = today(club().told("2023-02-10", names=("candidate_rows",)))
    assert [(each.reason.value, each.person) for each in answer.chosen] == [
        ("unanswered_first_post", 3),
        ("first_start", 1),
        ("unanswered_first_post", 4),
    ]
    story = Story()
    story.act(1, "2023-01-05 10:00")
    assert today(story.told("2023-12-01", names=("candidate_rows",))).nobody == NOBODY
