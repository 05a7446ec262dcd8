"""The rules of the ladder, one by one, at their edges; rule and steps are asked together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from jibungoto.engine.steps import stages
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.person import PersonKind
from jibungoto.ledger.source import CanTell
from jibungoto.understand.answers import PersonStage, Stage, Unknown
from tests.understand.reading import Reading
from tests.understand.stories import Story


def standing(story: Story, as_of: str, person: int = 1) -> PersonStage:
    """Return where a member stands, having checked that rule and steps say the same."""
    found = {each.person: each for each in stages(story.told(as_of, names=("evidence",)))}
    nights = Reading(story.log(date.fromisoformat(as_of)), date.fromisoformat(as_of)).nights
    if person in nights:
        last = nights[person][-1]
        stood = found[person]
        assert (last.stage, last.satisfied) == (stood.stage, stood.satisfied)
        assert last.is_dormant == stood.is_dormant
    return found[person]


def stage(story: Story, as_of: str, person: int = 1) -> Stage:
    return standing(story, as_of, person).stage


def starting(at: str = "2023-02-01 12:00") -> Story:
    """Let 1 start a channel."""
    story = Story()
    story.start(1, at, "club")
    return story


def owning(months: tuple[str, ...], helped: tuple[int, ...] = (2, 3, 4)) -> Story:
    """Let 1 start a channel on 1 January and act in it, with others, on the given days."""
    story = starting("2023-01-01 09:00")
    for other in helped:
        story.act(other, f"2023-01-02 10:{other:02d}", initiative="club")
    for day in months:
        story.act(2, f"{day} 08:00", initiative="club")
        story.act(3, f"{day} 08:30", initiative="club")
        story.act(1, f"{day} 09:00", initiative="club")
    return story


def test_whoever_has_a_handle_and_did_nothing_is_registered() -> None:
    story = Story()
    story.act(2, "2023-01-05 10:00")
    story.person(1)
    assert stage(story, "2023-02-01") is Stage.REGISTERED


def test_joining_is_no_act() -> None:
    story = Story()
    story.join(1, "2023-01-05 10:00")
    story.act(2, "2023-01-05 10:00")
    assert stage(story, "2023-02-01") is Stage.REGISTERED


def test_a_reaction_is_attending_and_never_speaking() -> None:
    story = Story()
    post = story.act(2, "2023-01-05 10:00")
    for day in ("06", "07", "08"):
        story.react(1, f"2023-01-{day} 10:00", story.act(2, f"2023-01-{day} 09:00"))
    assert stage(story, "2023-02-01") is Stage.ATTENDING
    assert post.key == "0000"


def test_reacting_to_oneself_is_nothing() -> None:
    story = Story()
    story.person(2)
    post = story.act(1, "2023-01-05 10:00")
    story.react(1, "2023-03-20 10:00", post)
    stood = standing(story, "2023-04-10")
    assert stood.last_day == date(2023, 1, 5)
    assert stood.is_dormant


def test_two_posts_on_one_local_day_are_one_day() -> None:
    story = Story()
    story.act(1, "2023-01-05 00:10")
    story.act(1, "2023-01-05 23:50")
    assert stage(story, "2023-02-01") is Stage.ATTENDING
    story.act(1, "2023-01-06 00:10")
    assert stage(story, "2023-02-01") is Stage.SPEAKING


def test_the_day_itself_is_not_seen_yet() -> None:
    story = Story()
    story.act(1, "2023-01-05 10:00")
    story.act(1, "2023-01-09 10:00")
    assert stage(story, "2023-01-09") is Stage.ATTENDING
    assert stage(story, "2023-01-10") is Stage.SPEAKING


def helping(*openers: int) -> Story:
    """Let 1 reply once in a thread of each opener."""
    story = Story()
    for number, opener in enumerate(openers):
        post = story.act(opener, f"2023-01-05 1{number}:00")
        story.reply(1, f"2023-01-06 1{number}:00", post)
    return story


def test_replies_in_threads_of_two_others_are_contributing() -> None:
    assert stage(helping(2, 3), "2023-02-01") is Stage.CONTRIBUTING


def test_two_threads_of_one_other_are_not_yet_contributing() -> None:
    assert stage(helping(2, 2), "2023-02-01") is Stage.ATTENDING


def test_replies_in_ones_own_thread_are_not_contributing() -> None:
    assert stage(helping(1, 1), "2023-02-01") is Stage.SPEAKING


@pytest.mark.parametrize("kind", [PersonKind.STAFF, PersonKind.BOT])
def test_replying_to_staff_or_a_bot_benefits_no_other(kind: PersonKind) -> None:
    story = helping(2, 3)
    story.who[3] = []
    story.person(3, kind)
    assert stage(story, "2023-02-01") is Stage.ATTENDING


def test_replying_to_somebody_who_opted_out_benefits_nobody_known() -> None:
    story = helping(2, 3)
    story.who[3] = []
    story.person(3, opted_out=True)
    found = {each.person for each in stages(story.told("2023-02-01"))}
    assert found == {1, 2}
    assert stage(story, "2023-02-01") is Stage.ATTENDING


def test_greeting_newcomers_is_speaking_and_not_contributing() -> None:
    story = Story()
    for other in (2, 3):
        post = story.act(other, f"2023-01-05 1{other}:00", initiative="intro")
        story.reply(1, f"2023-01-0{other} 15:00", post)
    assert stage(story, "2023-02-01") is Stage.SPEAKING


def test_one_substantial_output_is_contributing() -> None:
    story = Story()
    story.kinds = tuple(replace(k, output=k.kind is Kind.COMMENT) for k in story.kinds)
    story.act(1, "2023-01-05 10:00", Kind.COMMENT)
    assert stage(story, "2023-02-01") is Stage.CONTRIBUTING
    story.kinds = tuple(replace(k, output=False) for k in story.kinds)
    assert stage(story, "2023-02-01") is Stage.ATTENDING


def test_a_start_qualifies_on_the_day_its_second_other_comes() -> None:
    story = starting()
    story.act(2, "2023-02-02 10:00", initiative="club")
    story.act(2, "2023-02-03 10:00", initiative="club")
    assert stage(story, "2023-02-20") is Stage.ATTENDING
    story.react(3, "2023-02-10 10:00", story.activities[1])
    assert stage(story, "2023-02-10") is Stage.ATTENDING
    stood = standing(story, "2023-02-11")
    assert stood.stage is Stage.STARTING
    assert stood.since == date(2023, 2, 10)


@pytest.mark.parametrize(
    ("second", "expected"),
    [("2023-03-03 11:59", Stage.STARTING), ("2023-03-03 12:00", Stage.ATTENDING)],
)
def test_thirty_days_are_thirty_times_24_hours(second: str, expected: Stage) -> None:
    story = starting()
    story.act(2, "2023-02-02 10:00", initiative="club")
    story.act(3, second, initiative="club")
    assert stage(story, "2023-03-10") is expected


def test_joining_staff_and_bots_do_not_qualify_a_start() -> None:
    story = starting()
    story.person(3, PersonKind.STAFF)
    story.person(4, PersonKind.BOT)
    story.act(2, "2023-02-02 10:00", initiative="club")
    story.act(3, "2023-02-02 10:00", initiative="club")
    story.act(4, "2023-02-02 10:00", initiative="club")
    story.act(5, "2023-02-02 10:00", Kind.JOIN, initiative="club")
    assert stage(story, "2023-03-10") is Stage.ATTENDING


def test_nobody_starts_a_default_channel() -> None:
    story = Story()
    story.act(1, "2023-01-01 09:00", Kind.START, initiative="general")
    for other in (2, 3):
        story.act(other, "2023-01-02 10:00", initiative="general")
    assert stage(story, "2023-02-01") is Stage.REGISTERED


def test_what_somebody_started_as_staff_is_not_their_own_start() -> None:
    story = starting()
    for other in (2, 3):
        story.act(other, "2023-02-02 10:00", initiative="club")
    story.who[1] = []
    story.person(1, PersonKind.STAFF, to_day=date(2023, 3, 1))
    story.person(1, from_day=date(2023, 3, 1))
    assert stage(story, "2023-03-10") is Stage.REGISTERED
    assert [each.person for each in stages(story.told("2023-02-20"))] == [2, 3]


def test_two_qualified_starts_and_three_others_are_owning() -> None:
    story = owning((), helped=(2, 3))
    story.start(1, "2023-01-05 09:00", "club2")
    for other in (2, 3):
        story.act(other, "2023-01-06 10:00", initiative="club2")
    assert stage(story, "2023-02-01") is Stage.STARTING
    story.reply(1, "2023-01-07 10:00", story.act(4, "2023-01-07 09:00"))
    stood = standing(story, "2023-02-01")
    assert stood.stage is Stage.OWNING
    assert stood.unknown == (Unknown.PROMPTED,)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (("2023-02-01", "2023-03-01", "2023-05-02"), Stage.OWNING),
        (("2023-02-01", "2023-03-01", "2023-05-01"), Stage.STARTING),
        (("2023-02-01", "2023-05-01", "2023-05-02"), Stage.STARTING),
    ],
    ids=["three months, 90 days", "89 days", "two months"],
)
def test_keeping_alive_takes_three_months_and_ninety_days(
    days: tuple[str, ...], expected: Stage
) -> None:
    assert stage(owning(days), "2023-05-20") is expected


def test_the_month_of_the_start_itself_sustains_nothing() -> None:
    assert stage(owning(("2023-01-20", "2023-03-01", "2023-05-01")), "2023-05-20") is Stage.STARTING


def test_a_month_with_one_other_sustains_nothing_until_the_second_comes() -> None:
    story = owning(("2023-02-01", "2023-03-01"))
    story.act(1, "2023-05-10 09:00", initiative="club")
    story.act(2, "2023-05-11 09:00", initiative="club")
    assert stage(story, "2023-05-15") is Stage.STARTING
    story.act(3, "2023-05-20 09:00", initiative="club")
    assert stage(story, "2023-05-20") is Stage.STARTING
    assert stage(story, "2023-05-21") is Stage.OWNING


def test_doing_only_what_one_was_asked_for_is_not_owning() -> None:
    story = owning(())
    story.person(9, PersonKind.STAFF)
    for number in range(2, 5):
        story.mention(9, f"2023-01-0{number} 10:00", 1)
        story.start(1, f"2023-01-0{number} 11:00", f"club{number}")
        for other in (2, 3):
            story.act(other, f"2023-01-0{number} 12:0{other}", initiative=f"club{number}")
    assert standing(story, "2023-02-01").satisfied is Stage.STARTING
    for number in range(5, 7):
        story.start(1, f"2023-01-2{number} 11:00", f"club{number}")
    assert standing(story, "2023-02-01").satisfied is Stage.OWNING


def test_two_asked_efforts_are_too_few_to_say() -> None:
    story = owning(())
    story.activities.pop(0)
    story.person(9, PersonKind.STAFF)
    for number in range(2, 4):
        story.mention(9, f"2023-01-0{number} 10:00", 1)
        story.start(1, f"2023-01-0{number} 11:00", f"club{number}")
        for other in (2, 3, 4):
            story.act(other, f"2023-01-0{number} 12:0{other}", initiative=f"club{number}")
    assert stage(story, "2023-02-01") is Stage.OWNING


def test_one_is_promoted_at_once_and_falls_only_at_a_quarters_end() -> None:
    story = helping(2, 3)
    assert stage(story, "2023-01-07") is Stage.CONTRIBUTING
    assert standing(story, "2023-07-06").satisfied is Stage.ATTENDING
    assert stage(story, "2023-09-30") is Stage.CONTRIBUTING
    assert stage(story, "2023-10-01") is Stage.ATTENDING


def test_one_falls_to_the_better_of_the_last_two_month_ends() -> None:
    story = helping(2, 3)
    story.act(1, "2023-06-03 10:00")
    story.act(1, "2023-06-04 10:00")
    assert stage(story, "2023-09-30") is Stage.CONTRIBUTING
    assert standing(story, "2023-10-01").satisfied is Stage.ATTENDING
    assert stage(story, "2023-10-01") is Stage.SPEAKING
    assert stage(story, "2024-01-01") is Stage.ATTENDING


def test_silence_makes_dormant_after_90_days_and_starters_after_180() -> None:
    story = helping(2, 3)
    assert not standing(story, "2023-04-06").is_dormant
    assert standing(story, "2023-04-07").is_dormant
    club = starting("2023-01-06 10:00")
    for other in (2, 3):
        club.act(other, "2023-01-07 10:00", initiative="club")
    assert not standing(club, "2023-07-05").is_dormant
    assert standing(club, "2023-07-06").is_dormant
    assert standing(club, "2023-07-06").stage is Stage.STARTING


def test_a_copy_in_another_place_is_no_second_act() -> None:
    story = Story()
    story.act(1, "2023-01-05 23:59", text_hash=7)
    story.act(1, "2023-01-06 00:30", text_hash=7, initiative="general")
    assert stage(story, "2023-02-01") is Stage.ATTENDING
    story.act(1, "2023-01-06 00:31", text_hash=7)
    assert stage(story, "2023-02-01") is Stage.ATTENDING
    story.act(1, "2023-01-08 10:00", text_hash=7)
    assert stage(story, "2023-02-01") is Stage.SPEAKING


def test_a_short_log_reads_at_least_unless_the_person_certainly_came_later() -> None:
    short = Story(replace(Story().can_tell, complete_since=None))
    short.act(1, "2023-01-05 10:00")
    short.join(2, "2023-01-05 10:00")
    found = {each.person: each.is_at_least for each in stages(short.told("2023-06-01"))}
    assert found == {1: True, 2: False}
    assert not standing(short, "2024-02-01").is_at_least


def test_what_a_source_cannot_tell_is_unknown_and_not_denied() -> None:
    story = Story(CanTell(joins=True))
    story.act(1, "2023-01-05 10:00")
    assert standing(story, "2023-02-01").unknown == (Unknown.HELP, Unknown.START)
    told = Story()
    told.act(1, "2023-01-05 10:00")
    assert standing(told, "2023-02-01").unknown == ()


def test_the_evidence_is_the_rows_that_satisfy_the_stage() -> None:
    story = helping(2, 3)
    story.act(1, "2023-01-09 10:00")
    replies = tuple(("slack", a.key) for a in story.activities if a.kind is Kind.REPLY)
    assert standing(story, "2023-02-01").evidence.rows == replies
    assert standing(story, "2023-09-30").evidence.rows == replies


def test_the_evidence_of_a_start_is_the_start_and_who_came() -> None:
    story = starting()
    keys = [story.activities[0].key]
    keys += [story.act(who, "2023-02-02 10:00", initiative="club").key for who in (2, 3)]
    story.act(2, "2023-02-03 10:00", initiative="club")
    assert standing(story, "2023-03-01").evidence.rows == tuple(("slack", key) for key in keys)


def legs(story: Story, as_of: str, person: int = 1) -> list[tuple[str, str]]:
    """Return the evidence with the clause each row belongs to, in its order."""
    con = story.told(as_of, names=("evidence",))
    return con.execute(
        "select leg, key from evidence where person = $person order by position", {"person": person}
    ).fetchall()


def test_the_evidence_of_starting_names_those_who_made_it_a_start() -> None:
    story = starting()
    first = [story.act(who, f"2023-02-0{who} 10:00", initiative="club").key for who in (2, 3)]
    for who in range(4, 16):
        story.act(who, f"2023-02-{who:02d} 10:00", initiative="club")
    assert legs(story, "2023-03-01") == [
        ("started", story.activities[0].key),
        ("came", first[0]),
        ("came", first[1]),
    ]


def test_the_evidence_of_owning_begins_with_the_starts_and_goes_by_date_in_each_clause() -> None:
    story = owning(("2023-02-05", "2023-03-05", "2023-05-10"))
    story.start(1, "2023-04-01 09:00", "salon")
    for other in (4, 3, 2):
        story.act(other, f"2023-04-02 1{other}:00", initiative="salon")
    assert stage(story, "2023-05-20") is Stage.OWNING
    found = legs(story, "2023-05-20")
    when = {each.key: each.happened_at for each in story.activities}
    clauses = list(dict.fromkeys(leg for leg, _ in found))
    assert clauses == ["started", "came", "kept", "activated"]
    for clause in clauses:
        moments = [when[key] for leg, key in found if leg == clause]
        assert moments == sorted(moments)
    starts = [each.key for each in story.activities if each.kind is Kind.START]
    assert [key for leg, key in found if leg == "started"] == starts
    assert len(set(found)) == len(found)


def test_owning_by_keeping_alive_names_the_start_of_more_than_a_year_ago() -> None:
    story = owning(("2024-01-05", "2024-02-05", "2024-04-10"))
    helped = [story.act(other, "2024-04-11 09:00") for other in (2, 3, 4)]
    for post in helped:
        story.reply(1, "2024-04-12 09:00", post)
    assert stage(story, "2024-04-20") is Stage.OWNING
    found = legs(story, "2024-04-20")
    assert found[0] == ("started", story.activities[0].key)
    assert [leg for leg, _ in found] == ["started", *["kept"] * 3, *["activated"] * 3]
