"""Whom to talk to today: each reason at its edges, the choice among many, and the sentences."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import duckdb
import pytest

from jibungoto.engine.steps import Params, candidates, run, today
from jibungoto.ledger.activity import AtPrecision
from jibungoto.ledger.evidence import Evidence
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.person import PersonKind
from jibungoto.ledger.source import CanTell
from jibungoto.understand import candidates as rules
from jibungoto.understand.acts import MEMBER
from jibungoto.understand.answers import Stage
from jibungoto.understand.size import deleted_on, standing_on
from jibungoto.understand.today import (
    LIMITS,
    NOBODY,
    Candidate,
    Reason,
    choose,
    days_behind,
    sentence_of,
)
from tests.understand.communities import AS_OF, ZONE, community
from tests.understand.reading import Reading, midnight
from tests.understand.relations import connection
from tests.understand.stories import SLACK, Story

FOUND = ("candidate_rows",)
Named = set[tuple[str, int, date]]


def named(con: duckdb.DuckDBPyConnection) -> Named:
    return {(each.reason.value, each.person, each.day) for each in candidates(con)}


@cache
def by_rule(seed: int, as_of: date) -> Named:
    reading = Reading(community(seed), as_of)
    until = midnight(as_of, ZONE)
    stages = {who: nights[-1].stage for who, nights in reading.nights.items()}
    posts = rules.unanswered_first_posts(
        reading.openings, reading.firsts, until=until, threaded=reading.threaded
    )
    found = {
        *((Reason.UNANSWERED_FIRST_POST.value, each.act.person, each.act.day) for each in posts),
        *(
            (Reason.FIRST_START.value, each.act.person, each.act.day)
            for each in rules.first_starts(reading.starts, as_of)
        ),
        *(
            (Reason.SILENT_CONTRIBUTOR.value, each.person, each.last_day)
            for each in rules.silent_contributors(reading.doings, stages, as_of=as_of)
        ),
    }
    members = {who for who, kind in standing_on(reading.log, as_of).items() if kind is MEMBER}
    members -= deleted_on(reading.log, as_of)
    return {each for each in found if each[1] in members}


def interesting_days(seed: int) -> list[date]:
    """Return the newest day, and one shortly after somebody joined and somebody started."""
    days = [AS_OF]
    for kind in (Kind.JOIN, Kind.START):
        moments = [each.day for each in community(seed).activities if each.kind is kind]
        days += [min(AS_OF, max(moments) + timedelta(days=4))] if moments else []
    return days


def a_day(seed: int) -> date:
    """Return one of the days: the communities take turns."""
    days = interesting_days(seed)
    return days[(seed + 1) % len(days)]


def by_steps(seed: int, as_of: date) -> Named:
    con = connection(community(seed))
    run(con, Params(as_of, ZONE), names=FOUND)
    return named(con)


@pytest.mark.parametrize("seed", range(20))
def test_rule_and_steps_name_the_same_people(seed: int) -> None:
    assert by_steps(seed, a_day(seed)) == by_rule(seed, a_day(seed))


@pytest.mark.torture
@pytest.mark.parametrize("seed", range(20))
def test_rule_and_steps_name_the_same_people_on_other_days_too(seed: int) -> None:
    for as_of in interesting_days(seed):
        assert by_steps(seed, as_of) == by_rule(seed, as_of)


def test_the_communities_give_every_reason() -> None:
    found = {reason for seed in range(20) for reason, *_ in by_rule(seed, a_day(seed))}
    assert found == {reason.value for reason in Reason}


def welcome() -> Story:
    """Let 1 join and post for the first time on 10 February at noon; 2 was there before."""
    story = Story()
    story.act(2, "2023-01-05 10:00", initiative="general")
    story.join(1, "2023-02-10 11:00")
    story.act(1, "2023-02-10 12:00")
    return story


def posters(story: Story, as_of: str = "2023-02-14") -> list[int]:
    found = candidates(story.told(as_of, names=FOUND))
    return [each.person for each in found if each.reason is Reason.UNANSWERED_FIRST_POST]


def test_a_first_post_that_nobody_answered_is_named_with_its_row() -> None:
    con = welcome().told("2023-02-14", names=FOUND)
    (found,) = candidates(con)
    assert (found.reason, found.person) == (Reason.UNANSWERED_FIRST_POST, 1)
    assert (found.day, found.place) == (date(2023, 2, 10), "talk")
    assert found.evidence == Evidence((("slack", "0002"),))


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [("2023-02-11", []), ("2023-02-12", [1]), ("2023-02-24", [1]), ("2023-02-25", [])],
)
def test_it_is_named_from_a_day_to_two_weeks_later(as_of: str, expected: list[int]) -> None:
    assert posters(welcome(), as_of) == expected


@pytest.mark.parametrize("how", ["reply", "mention", "reaction", "undated reaction", "same place"])
def test_any_sign_from_another_person_ends_the_waiting(how: str) -> None:
    story = welcome()
    post = story.activities[2]
    if how == "reply":
        story.reply(2, "2023-02-12 10:00", post)
    elif how == "mention":
        story.mention(2, "2023-02-12 10:00", 1, initiative="general")
    elif how == "same place":
        story.act(2, "2023-02-12 10:00")
    else:
        dated = AtPrecision.NOT_BEFORE if "undated" in how else AtPrecision.EXACT
        story.react(2, "2023-02-12 10:00", post, dated)
    assert posters(story) == []


@pytest.mark.parametrize("how", ["bot", "oneself", "elsewhere"])
def test_bots_oneself_and_other_places_end_nothing(how: str) -> None:
    story = welcome()
    post = story.activities[2]
    story.person(3, PersonKind.BOT)
    if how == "elsewhere":
        story.act(2, "2023-02-12 10:00", initiative="general")
    else:
        story.reply(3 if how == "bot" else 1, "2023-02-12 10:00", post)
    assert posters(story) == [1]


def test_the_answer_of_somebody_who_opted_out_or_is_staff_is_an_answer() -> None:
    for capacity in (PersonKind.MEMBER, PersonKind.STAFF):
        story = welcome()
        story.person(3, capacity, opted_out=capacity is PersonKind.MEMBER)
        story.reply(3, "2023-02-12 10:00", story.activities[2])
        assert posters(story) == []


def test_an_answer_to_a_copy_is_an_answer() -> None:
    story = welcome()
    story.activities.pop()
    story.act(1, "2023-02-10 12:00", text_hash=5)
    copy = story.act(1, "2023-02-10 12:05", text_hash=5, initiative="help")
    assert posters(story) == [1]
    story.reply(2, "2023-02-12 10:00", copy)
    assert posters(story) == []


def test_nobody_who_may_have_been_there_before_is_called_new() -> None:
    story = welcome()
    story.can_tell = CanTell(True, True, True, True, True, True)
    assert posters(story) == [1]
    story.activities.pop(1)
    assert posters(story) == []


@pytest.mark.parametrize("kind", [PersonKind.STAFF, PersonKind.BOT, PersonKind.GUEST])
def test_only_members_are_named(kind: PersonKind) -> None:
    story = welcome()
    story.who[1] = []
    story.person(1, kind)
    assert posters(story) == []


@pytest.mark.parametrize("gone", ["opted_out", "is_deleted"])
def test_who_opted_out_or_left_is_never_named(gone: str) -> None:
    story = welcome()
    story.who[1] = []
    story.person(1, opted_out=gone == "opted_out", is_deleted=gone == "is_deleted")
    assert posters(story) == []


def test_a_source_without_threads_names_nobody_and_says_why() -> None:
    story = welcome()
    story.can_tell = CanTell(joins=True, creators=True, complete_since=date(2022, 12, 31))
    answer = today(story.told("2023-02-14", names=FOUND))
    assert (answer.chosen, answer.nobody) == ((), NOBODY)
    assert answer.limits == (LIMITS["threads"].filled(source="Slack"),)


@pytest.mark.parametrize(("as_of", "expected"), [("2023-02-24", [1]), ("2023-02-25", [])])
def test_a_first_start_is_named_for_two_weeks(as_of: str, expected: list[int]) -> None:
    story = Story()
    story.start(1, "2023-02-10 10:00", "club")
    story.start(1, "2023-02-12 10:00", "club2")
    found = candidates(story.told(as_of, names=FOUND))
    assert [each.person for each in found] == expected
    assert all(each.evidence.rows == (("slack", "0000"),) for each in found)


def quiet(days: tuple[int, ...]) -> Story:
    """Let 1 help two others on these days of January."""
    story = Story()
    for number, day in enumerate(days):
        post = story.act(2 + number % 2, f"2023-01-{day:02d} 09:00")
        story.reply(1, f"2023-01-{day:02d} 10:00", post)
    return story


def silent(story: Story, as_of: str) -> list[Candidate]:
    found = candidates(story.told(as_of, names=FOUND))
    return [each for each in found if each.reason is Reason.SILENT_CONTRIBUTOR]


def test_a_contributor_gone_quiet_is_named_after_thirty_silent_days() -> None:
    story = quiet((1, 3, 5, 7, 9, 11))
    assert silent(story, "2023-02-10") == []
    (found,) = [each for each in silent(story, "2023-02-11") if each.person == 1]
    assert (found.silent_days, found.median_gap, found.stage) == (30, 2.0, Stage.CONTRIBUTING)
    assert len(found.evidence) == 6


def test_the_silence_is_twice_the_usual_gap() -> None:
    story = Story()
    for number, day in enumerate(("01-01", "01-21", "02-10", "03-02", "03-22", "04-11")):
        post = story.act(2 + number % 2, f"2023-{day} 09:00")
        story.reply(1, f"2023-{day} 10:00", post)
    assert silent(story, "2023-05-21") == []
    assert [each.silent_days for each in silent(story, "2023-05-22")] == [40]


def test_fewer_than_five_gaps_say_nothing_of_a_usual_one() -> None:
    assert [each for each in silent(quiet((1, 3, 5, 7, 9)), "2023-03-01") if each.person == 1] == []


def candidate(person: int, reason: Reason, day: int) -> Candidate:
    return Candidate(
        reason=reason,
        person=person,
        day=date(2023, 2, day),
        happened_at=None,
        place="talk",
        silent_days=34,
        median_gap=2.5,
        stage=Stage.CONTRIBUTING,
        evidence=Evidence(),
    )


POST, START, SILENT = Reason


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([(1, POST, 3), (2, POST, 1), (3, START, 5), (4, SILENT, 2)], [2, 3, 4]),
        ([(1, POST, 3), (2, POST, 1), (3, POST, 2), (4, POST, 4)], [2, 3, 1]),
        ([(1, SILENT, 1), (2, SILENT, 2), (3, START, 9)], [3, 1, 2]),
        ([(1, POST, 1), (1, START, 1), (2, START, 2)], [1, 2]),
        ([], []),
    ],
    ids=["one of each", "oldest first", "seconds fill up", "nobody twice", "nobody"],
)
def test_at_most_three_one_of_each_reason_first(
    found: list[tuple[int, Reason, int]], expected: list[int]
) -> None:
    chosen = choose([candidate(*each) for each in found], met={}, on=date(2023, 3, 1))
    assert [each.person for each in chosen] == expected


def test_whoever_was_met_is_left_alone_until_the_day_comes() -> None:
    found = [candidate(1, POST, 1), candidate(2, POST, 2)]
    met = {1: date(2023, 3, 2)}
    before = choose(found, met=met, on=date(2023, 3, 1))
    after = choose(found, met=met, on=date(2023, 3, 2))
    assert [each.person for each in before] == [2]
    assert [each.person for each in after] == [1, 2]


def test_today_says_how_many_more_there_are_and_never_ranks() -> None:
    story = Story()
    for person in range(1, 6):
        story.start(person, f"2023-02-10 1{person}:00", f"club{person}")
    answer = today(story.told("2023-02-14", names=FOUND), met={1: date(2023, 3, 1)})
    assert [each.person for each in answer.chosen] == [2, 3, 4]
    assert (answer.more, answer.nobody, answer.limits) == (1, None, ())


@pytest.mark.parametrize(
    ("reason", "japanese", "english"),
    [
        (
            POST,
            "2023年2月1日に雑談で初めて投稿しましたが、まだ返信も反応もありません。",
            "Posted for the first time on 1 February 2023 in 雑談; nobody has replied or reacted "
            "yet.",
        ),
        (
            START,
            "2023年2月1日に雑談を始めました。この人にとって初めての起点です。",
            "Started 雑談 on 1 February 2023, the first thing this person has started.",
        ),
        (
            SILENT,
            "ふだんは2.5日おきに活動していますが、2023年2月1日を最後に34日間、姿が見えません。",
            "Usually around every 2.5 days; last seen on 1 February 2023, silent for 34 days.",
        ),
    ],
)
def test_the_sentence_says_the_facts_in_both_languages(
    reason: Reason, japanese: str, english: str
) -> None:
    words = sentence_of(candidate(1, reason, 1), place="雑談")
    assert (words.ja, words.en) == (japanese, english)


def test_a_join_alone_is_no_post() -> None:
    story = Story(SLACK)
    story.join(1, "2023-02-10 11:00")
    story.act(1, "2023-02-10 11:30", Kind.ADMIN)
    assert posters(story) == []


@pytest.mark.parametrize(
    ("days", "told"), [(0, None), (1, None), (14, None), (15, 15), (3_771, 3_771)]
)
def test_records_are_too_old_for_today_once_no_reason_looks_so_far_back(
    days: int, told: int | None
) -> None:
    end = date(2026, 11, 3)
    assert days_behind(end, now=end + timedelta(days=days)) == told


def test_records_that_end_tomorrow_are_not_old() -> None:
    assert days_behind(date(2026, 11, 4), now=date(2026, 11, 3)) is None
