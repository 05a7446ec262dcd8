"""Small stories of events: who came again, from the waiting list, how full, and what was made."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import pytest

from jibungoto.engine.steps import Params, findings, rows_behind, run, stages
from jibungoto.ledger.finding import Finding
from jibungoto.ledger.initiative import InitiativeKind, Mode
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.person import PersonKind
from jibungoto.ledger.source import CanTell
from jibungoto.understand import reasons
from jibungoto.understand.answers import Stage
from jibungoto.understand.catalogue import CATALOGUE
from jibungoto.understand.log import (
    Log,
    LoggedActivity,
    LoggedInitiative,
    LoggedSource,
    Standing,
)
from jibungoto.understand.stepbook import row_query
from tests.understand.communities import ZONE, local_day
from tests.understand.reading import midnight
from tests.understand.relations import connection

AS_OF = date(2024, 6, 1)
DAY = 86_400
NOW = midnight(AS_OF, ZONE)
PEOPLE = {name: number for number, name in enumerate(("an", "bo", "chie", "dai", "staff"))}


@dataclass
class Story:
    """What happened, told in days before the night that is asked for."""

    activities: list[LoggedActivity] = field(default_factory=list)
    events: dict[str, LoggedInitiative] = field(default_factory=dict)

    def held(self, key: str, days_ago: float, **more: object) -> None:
        """Let an event of two hours end so many days ago."""
        ends = NOW - int(days_ago * DAY)
        plain = LoggedInitiative(
            key, "connpass", kind=InitiativeKind.EVENT, starts_at=ends - 7_200, ends_at=ends
        )
        self.events[key] = replace(plain, **more)  # type: ignore[arg-type]

    def did(self, who: str | None, kind: Kind, event: str, **more: object) -> None:
        """Let somebody register, wait or come."""
        began = self.events[event].starts_at or NOW
        record = f"{event}/{who}"
        told = f"{record}/waiting" if kind is Kind.WAITING else record
        self._log("connpass", who, kind, began, "", initiative=event, record=told, **more)

    def made(self, who: str, kind: Kind, days_ago: float, *tags: str, source: str = "feed") -> None:
        """Let somebody make something that bears these tags."""
        at = NOW - int(days_ago * DAY)
        key = f"{source}/{len(self.activities)}"
        self._log(source, who, kind, at, key, record=key)
        for tag in tags:
            self._log(source, None, Kind.TAG, at, "", place=tag, thread=key, record=key)

    def _log(
        self, source: str, who: str | None, kind: Kind, at: int, key: str, **more: object
    ) -> None:
        self.activities.append(
            LoggedActivity(
                source=source,
                key=key or f"{len(self.activities):03d}",
                actor=None if who is None else f"{source}-{who}",
                kind=kind,
                happened_at=at,
                day=local_day(at),
                **more,  # type: ignore[arg-type]
            )
        )

    def log(self) -> Log:
        """Return everything, with a handle of everybody in every source."""
        sources = ("connpass", "feed", "github", "discourse")
        who = [
            Standing(
                f"{source}-{name}",
                number,
                PersonKind.STAFF if name == "staff" else PersonKind.MEMBER,
                source,
            )
            for source in sources
            for name, number in PEOPLE.items()
        ]
        logged = [
            LoggedSource(
                source,
                CanTell(replies=True, threads=True),
                date(2020, 1, 1),
                AS_OF - timedelta(days=1),
            )
            for source in sources
        ]
        return Log(self.activities, [], who, [*self.events.values()], logged)

    def found(self, *keys: str) -> dict[tuple[str, str], Finding]:
        """Return what some measures find of it on the night."""
        con = connection(self.log())
        run(con, Params(AS_OF, ZONE), names={one.step for one in CATALOGUE if one.key in keys})
        return {(one.measure, one.part): one for one in findings(con, keys=keys)}


def test_the_second_edition_of_a_yearly_summit_brings_its_first_guests_back() -> None:
    story = Story()
    for edition, days_ago in enumerate((730, 380, 20), 1):
        story.held(f"s{edition}", days_ago, series="summit")
    for who in ("an", "bo", "chie"):
        story.did(who, Kind.ATTENDANCE, "s1")
    story.did("an", Kind.ATTENDANCE, "s2")
    story.did("bo", Kind.ATTENDANCE, "s3")
    again = story.found("ret_event")["ret_event", ""]
    assert (again.numerator, again.denominator) == (2, 3)


def test_while_the_next_two_of_a_series_are_not_over_nothing_is_said_of_its_first_timers() -> None:
    story = Story()
    story.held("s1", 200, series="summit")
    story.held("s2", 20, series="summit")
    story.held("s3", -30, series="summit")
    story.held("alone", 200)
    story.did("an", Kind.ATTENDANCE, "s1")
    story.did("bo", Kind.ATTENDANCE, "alone")
    again = story.found("ret_event")["ret_event", ""]
    assert (again.numerator, again.denominator) == (0, 1)


def test_a_series_that_rests_for_400_days_is_not_waited_for() -> None:
    story = Story()
    story.held("s1", 450, series="summit")
    story.did("an", Kind.ATTENDANCE, "s1")
    assert story.found("ret_event")["ret_event", ""].denominator == 1
    story.held("s2", 51, series="summit")
    assert story.found("ret_event")["ret_event", ""].reason == reasons.NOBODY


def seats(story: Story) -> Finding:
    return story.found("seat_use")["seat_use", ""]


def test_everybody_at_the_venue_takes_a_seat_whoever_they_are() -> None:
    story = Story()
    story.held("e", 9, mode=Mode.VENUE, capacity=8)
    for who in ("an", "bo", "staff"):
        story.did(who, Kind.ATTENDANCE, "e")
    story.did(None, Kind.ATTENDANCE, "e")
    story.did("chie", Kind.ATTENDANCE, "e", place="online")
    assert (seats(story).value, seats(story).n) == (0.5, 1)


def test_more_heads_that_were_counted_than_named_take_seats_too() -> None:
    story = Story()
    story.held("e", 9, mode=Mode.VENUE, capacity=20, attended=25)
    story.did("an", Kind.ATTENDANCE, "e")
    assert seats(story).value == 1.25


@pytest.mark.parametrize(
    "more",
    [
        {"mode": Mode.HYBRID, "capacity": 8},
        {"mode": Mode.ONLINE, "capacity": 8},
        {"mode": Mode.VENUE, "capacity": None},
    ],
    ids=["venue and online", "online", "no seats told"],
)
def test_where_the_seats_of_the_venue_are_not_told_nothing_is_said(more: dict[str, object]) -> None:
    story = Story()
    story.held("e", 9, **more)
    story.did("an", Kind.ATTENDANCE, "e", place="venue")
    assert (seats(story).value, seats(story).reason) == (None, reasons.UNTOLD["seat_use"])


def test_who_got_a_seat_from_the_waiting_list_and_came() -> None:
    story = Story()
    story.held("e", 9, mode=Mode.VENUE)
    for who in ("an", "bo", "chie"):
        story.did(who, Kind.REGISTRATION, "e")
    for who in ("an", "bo", "dai"):
        story.did(who, Kind.WAITING, "e")
    for who in ("an", "chie"):
        story.did(who, Kind.ATTENDANCE, "e")
    found = story.found("wait_conv")["wait_conv", ""]
    assert (found.numerator, found.denominator) == (1, 2)
    assert story.found("show")["show", ""].denominator == 3


def test_a_waiting_list_alone_does_not_tell_who_got_a_seat() -> None:
    story = Story()
    story.held("e", 9, mode=Mode.VENUE)
    story.did("an", Kind.REGISTRATION, "e")
    story.did("an", Kind.ATTENDANCE, "e")
    story.did("bo", Kind.WAITING, "e")
    found = story.found("wait_conv")["wait_conv", ""]
    assert (found.value, found.reason) == (None, reasons.UNTOLD["wait_conv"])


def tagged_season() -> Story:
    story = Story()
    story.held("summit", 40, hashtag="summit")
    story.held("live", 35)
    for who in ("an", "bo"):
        story.did(who, Kind.ATTENDANCE, "summit")
    story.did("chie", Kind.ATTENDANCE, "live")
    story.made("chie", Kind.ARTICLE, 34, "summit", "maps")
    story.made("dai", Kind.ARTICLE, 33, "summit")
    story.made("an", Kind.ARTICLE, 32)
    story.made("an", Kind.MERGE, 31, "summit", source="github")
    story.made("bo", Kind.MERGE, 31, "maps", source="github")
    story.made("bo", Kind.TOPIC, 30, "summit", source="discourse")
    story.made("an", Kind.TOPIC, 30, "maps", source="discourse")
    story.made("dai", Kind.ARTICLE, 10, "summit")
    return story


def test_what_bears_an_events_tag_is_its_own_and_stands_in_a_line_of_its_own() -> None:
    found = tagged_season().found("outputs", "heat", "outputters")
    lines = ("", "named", "tagged", "guests", "feed", "posts")
    assert [found["outputs", line].value for line in lines] == [4, 0, 3, 1, 3, 1]
    assert [round(found["heat", line].value or 0) for line in lines] == [133, 0, 100, 33, 100, 33]
    assert found["outputters", ""].value == 3


def test_the_rows_behind_a_line_are_what_it_counts() -> None:
    con = connection(tagged_season().log())
    run(con, Params(AS_OF, ZONE), names=row_query("outputs").reads)
    behind = {
        part: {row.source for row in rows_behind(con, "outputs", as_of=AS_OF, part=part)}
        for part in ("tagged", "guests", "posts")
    }
    assert behind == {"tagged": {"feed", "github"}, "guests": {"feed"}, "posts": {"discourse"}}


def test_while_no_source_tells_tags_the_lines_about_them_are_unknown_and_not_nought() -> None:
    story = Story()
    story.held("summit", 40)
    story.did("an", Kind.ATTENDANCE, "summit")
    story.made("an", Kind.SLIDES, 39, "summit")
    found = story.found("outputs", "heat")
    assert found["outputs", ""].value == 1
    for line in ("tagged", "posts"):
        for key in ("outputs", "heat"):
            place = f"{key}.{line}"
            assert (found[key, line].value, found[key, line].reason) == (
                None,
                reasons.UNTOLD[place],
            )
    assert found["outputs", "feed"].value == 1


@pytest.mark.parametrize(
    ("kind", "is_substantial"),
    [
        (Kind.ARTICLE, True),
        (Kind.TALK, True),
        (Kind.MERGE, True),
        (Kind.COMMIT, False),
        (Kind.PULL_REQUEST, False),
    ],
)
def test_one_article_talk_or_merged_change_is_a_contribution_and_a_commit_is_not(
    kind: Kind, is_substantial: bool
) -> None:
    story = Story()
    story.made("an", kind, 20, source="github")
    con = connection(story.log())
    run(con, Params(AS_OF, ZONE), names=["evidence"])
    (an,) = (one for one in stages(con) if one.person == PEOPLE["an"])
    assert (an.stage is Stage.CONTRIBUTING) is is_substantial


def test_a_talk_at_an_event_is_no_output_of_it() -> None:
    story = Story()
    story.held("e", 40)
    story.did("an", Kind.ATTENDANCE, "e")
    story.made("an", Kind.TALK, 39.9, source="connpass")
    story.made("an", Kind.SLIDES, 39, source="connpass")
    assert story.found("outputs")["outputs", ""].value == 1


def test_every_topic_of_a_forum_waits_for_an_answer_and_the_next_one_gives_none() -> None:
    story = Story()
    story.held("e", 9)
    for who, days_ago in (("an", 20), ("bo", 19.5), ("chie", 19), ("staff", 18)):
        story.made(who, Kind.TOPIC, days_ago, source="discourse")
    topics = [
        replace(one, thread=one.key, place="help", is_question=False)
        if one.kind is Kind.TOPIC
        else one
        for one in story.activities
    ]
    asked = next(one for one in topics if one.kind is Kind.TOPIC)
    answer = replace(
        asked,
        key="answer",
        record="answer",
        actor="discourse-dai",
        kind=Kind.REPLY,
        in_reply_to=asked.key,
        happened_at=asked.happened_at + 3_600,
    )
    story.activities = [*topics, answer]
    found = story.found("unanswered72", "ttfr")
    left = found["unanswered72", ""]
    assert (left.numerator, left.denominator) == (2, 3)
    assert (found["unanswered72", "no_visible_reply"].numerator) == 0
    assert found["ttfr", ""].n == 3
