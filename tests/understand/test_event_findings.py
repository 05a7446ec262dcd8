"""How far values about events can be relied on, and what is said where nobody tells."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from jibungoto.engine.steps import Params, findings, run
from jibungoto.ledger.finding import Finding, Quality
from jibungoto.ledger.initiative import InitiativeKind, Mode
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.person import PersonKind
from jibungoto.ledger.source import CanTell
from jibungoto.ledger.words import Words
from jibungoto.understand import reasons
from jibungoto.understand.catalogue import CATALOGUE, IntervalKind, Measure, measure_of
from jibungoto.understand.findings import Tally, finding_of_difference, finding_of_tally
from jibungoto.understand.intervals import poisson
from jibungoto.understand.log import (
    Log,
    LoggedActivity,
    LoggedInitiative,
    LoggedSource,
    Standing,
)
from jibungoto.understand.verdicts import Coverage, verdict_on
from tests.understand.communities import ZONE, local_day
from tests.understand.reading import midnight
from tests.understand.relations import connection

AS_OF = date(2024, 1, 1)
LAST = AS_OF - timedelta(days=1)
SLACK = LoggedSource("slack", CanTell(True, True, True, True, True, True), date(2020, 1, 1), LAST)
CONNPASS = LoggedSource("connpass", CanTell(), date(2020, 1, 1), LAST)
FEED = replace(CONNPASS, source="feed")


def measure(key: str) -> Measure:
    found = measure_of(key)
    assert found is not None
    return found


def judged(key: str, *sources: LoggedSource) -> tuple[Quality, Words | None]:
    verdict = verdict_on(measure(key), AS_OF, coverage=Coverage(sources, has_intro=True))
    return verdict.quality, verdict.reason


def ending(source: LoggedSource, *, days_ago: int) -> LoggedSource:
    return replace(source, covered_until=LAST - timedelta(days=days_ago))


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        ((SLACK, ending(CONNPASS, days_ago=45)), (Quality.OK, None)),
        (
            (SLACK, ending(CONNPASS, days_ago=46)),
            (Quality.STALE, reasons.OLD.filled(sources="connpass")),
        ),
        ((SLACK, ending(FEED, days_ago=45)), (Quality.OK, None)),
        (
            (ending(SLACK, days_ago=1), CONNPASS),
            (Quality.STALE, reasons.OLD.filled(sources="Slack")),
        ),
    ],
    ids=["no event for 45 days", "for 46", "no article for 45 days", "no message for a day"],
)
def test_events_and_articles_may_be_rare_and_messages_may_not(
    sources: tuple[LoggedSource, ...], expected: tuple[Quality, Words | None]
) -> None:
    assert judged("active", *sources) == expected


@pytest.mark.parametrize("key", ["ttfr", "unanswered72", "act30"])
def test_a_list_of_guests_is_no_partial_source_of_answers(key: str) -> None:
    joining = replace(CONNPASS, can_tell=CanTell(joins=True))
    assert judged(key, SLACK, joining, FEED) == (Quality.OK, None)
    chat = replace(SLACK, source="line", can_tell=CanTell(joins=True))
    left_out = Words(
        reasons.SOME_CANNOT.ja.format(sources="LINE オープンチャット"),
        reasons.SOME_CANNOT.en.format(sources="LINE OpenChat"),
    )
    assert judged(key, SLACK, chat) == (Quality.PARTIAL_SOURCE, left_out)


def test_a_list_of_guests_that_names_no_starter_is_a_partial_source_of_starts() -> None:
    assert judged("starters", SLACK, CONNPASS) == (
        Quality.PARTIAL_SOURCE,
        reasons.SOME_CANNOT.filled(sources="connpass"),
    )


def test_without_any_source_of_events_nothing_is_said_of_them() -> None:
    assert judged("show", SLACK, FEED) == (Quality.UNKNOWN, reasons.NO_EVENTS)
    assert judged("heat", CONNPASS) == (Quality.OK, None)


EVENTS = Coverage((CONNPASS,), has_intro=True)


@pytest.mark.parametrize(
    ("key", "tally"),
    [
        ("entries_total", Tally(AS_OF, "", 0, None, 2)),
        ("reach_total", Tally(AS_OF, "venue", 0, None, 2)),
        ("show", Tally(AS_OF, "", 0, 0, 40)),
        ("no_show", Tally(AS_OF, "online", 0, 0, 40)),
        ("switch", Tally(AS_OF, "", 0, 0, 40)),
        ("outputs", Tally(AS_OF, "", 0, None, 1)),
        ("heat", Tally(AS_OF, "", 0, 0, 1)),
        ("multi_share", Tally(AS_OF, "", 0, 0, 7)),
    ],
)
def test_what_nobody_recorded_is_unknown_and_not_nought(key: str, tally: Tally) -> None:
    found = finding_of_tally(measure(key), tally, coverage=EVENTS)
    assert (found.value, found.quality) == (None, Quality.UNKNOWN)
    assert found.reason == reasons.UNTOLD[key]


@pytest.mark.parametrize("key", sorted(reasons.UNSEEN))
def test_where_nobody_is_recorded_as_having_come_that_alone_is_the_reason(key: str) -> None:
    tally = Tally(AS_OF, "online", 0, 0, 40)
    found = finding_of_tally(measure(key), tally, coverage=EVENTS, is_unseen=True)
    assert (found.value, found.reason) == (None, reasons.UNSEEN[key])


def test_nobody_of_a_marked_list_is_nought() -> None:
    found = finding_of_tally(measure("show"), Tally(AS_OF, "", 0, 40, 0), coverage=EVENTS)
    assert (found.value, found.quality) == (0.0, Quality.OK)


def test_events_without_a_marked_list_are_named_beside_the_others() -> None:
    found = finding_of_tally(measure("show"), Tally(AS_OF, "", 30, 40, 12), coverage=EVENTS)
    assert (found.value, found.quality) == (0.75, Quality.PARTIAL_SOURCE)
    assert found.reason == reasons.DOUBTFUL["show"].filled(n=12)


def test_events_without_a_marked_list_are_named_where_the_log_is_short_too() -> None:
    young = replace(CONNPASS, covered_from=date(2023, 12, 1))
    coverage = Coverage((young,), has_intro=True)
    found = finding_of_tally(measure("show"), Tally(AS_OF, "", 30, 40, 12), coverage=coverage)
    short = reasons.SHORT.filled(since="2023-12-01")
    untold = reasons.DOUBTFUL["show"].filled(n=12)
    assert found.reason == Words(f"{short.ja} {untold.ja}", f"{short.en} {untold.en}")


def test_heat_is_for_every_hundred_who_came_and_is_no_share() -> None:
    found = finding_of_tally(measure("heat"), Tally(AS_OF, "", 12, 40, 0), coverage=EVENTS)
    assert (found.value, found.n, found.denominator) == (30.0, 40, None)
    around = poisson(12)
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == (around.low * 2.5, around.high * 2.5)


def evening(*acts: tuple[str, Kind, str, int | None]) -> dict[tuple[str, str], Finding]:
    """Hold one hybrid event three weeks ago, two hours long, and return what is found of it."""
    began = midnight(AS_OF, ZONE) - 21 * 86_400
    event = LoggedInitiative(
        "connpass:1",
        "connpass",
        kind=InitiativeKind.EVENT,
        mode=Mode.HYBRID,
        starts_at=began,
        ends_at=began + 7_200,
        viewers=9,
    )
    activities = [
        LoggedActivity(
            source="connpass",
            key=f"{number}",
            actor=actor,
            kind=kind,
            happened_at=began,
            day=local_day(began),
            place=place,
            initiative=event.key,
            length=minutes,
        )
        for number, (actor, kind, place, minutes) in enumerate(acts)
    ]
    actors = sorted({actor for actor, *_ in acts})
    who = [
        Standing(actor, number, PersonKind.MEMBER, "connpass")
        for number, actor in enumerate(actors)
    ]
    con = connection(Log(activities, [], who, [event], [CONNPASS]))
    run(con, Params(AS_OF, ZONE))
    return {(each.measure, each.part): each for each in findings(con)}


def test_an_evening_of_which_only_the_stream_is_recorded() -> None:
    found = evening(
        ("ai", Kind.REGISTRATION, "venue", None),
        ("bo", Kind.REGISTRATION, "venue", None),
        ("chie", Kind.REGISTRATION, "online", None),
        ("dai", Kind.REGISTRATION, "online", None),
        ("bo", Kind.ATTENDANCE, "online", 90),
        ("chie", Kind.ATTENDANCE, "online", 30),
        ("dai", Kind.GLIMPSE, "online", 4),
    )
    values = {place: each.value for place, each in found.items()}
    assert values["entries_total", ""] == 4
    assert (values["reach_total", ""], values["reach_total", "viewers"]) == (2, 9)
    assert (values["show", "venue"], values["no_show", "venue"]) == (None, None)
    assert found["show", "venue"].reason == reasons.UNSEEN["show"]
    assert (values["show", "online"], values["no_show", "online"]) == (0.5, 0.5)
    assert values["switch", ""] == 0.5
    assert values["first_time_rate", ""] == 1.0
    assert values["stay", ""] == 60
    assert values["stay_share", ""] == 0.5
    assert found["heat", ""].reason == reasons.UNTOLD["heat"]


def test_an_article_by_who_came_is_what_the_evening_drew() -> None:
    found = evening(
        ("ai", Kind.ATTENDANCE, "venue", None),
        ("bo", Kind.ATTENDANCE, "venue", None),
        ("bo", Kind.ARTICLE, "venue", None),
        ("chie", Kind.SLIDES, "venue", None),
    )
    values = {place: each.value for place, each in found.items()}
    assert (values["outputs", ""], values["outputters", ""]) == (2, 2)
    assert values["output_rate", ""] == 0.5
    assert values["heat", ""] == 100.0
    assert found["stay", ""].reason == reasons.UNTOLD["stay"]
    assert found["entries_total", ""].reason == reasons.UNTOLD["entries_total"]
    assert found["multi_share", ""].reason == reasons.UNTOLD["multi_share"]
    assert values["identity_coverage", ""] == 1.0


ARCHIVE = Coverage((), has_intro=True, events=(replace(CONNPASS, source="meetup"),))


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("active", reasons.ONLY_EVENTS),
        ("identity_coverage", reasons.ONLY_EVENTS),
        ("stickiness", reasons.NO_CHAT),
        ("show", reasons.UNTOLD["show"]),
        ("entries_total", reasons.UNTOLD["entries_total"]),
    ],
)
def test_events_alone_tell_nothing_of_people(key: str, reason: Words) -> None:
    verdict = verdict_on(measure(key), AS_OF, coverage=ARCHIVE)
    assert (verdict.quality, verdict.reason) == (Quality.UNKNOWN, reason)


@pytest.mark.parametrize("key", ["events_held", "event_gap", "rsvps", "rsvps_per_event"])
def test_events_alone_tell_how_many_were_held_and_what_is_reported(key: str) -> None:
    assert verdict_on(measure(key), AS_OF, coverage=ARCHIVE).quality is Quality.OK
    nothing = Coverage((SLACK,), has_intro=True)
    verdict = verdict_on(measure(key), AS_OF, coverage=nothing)
    assert (verdict.quality, verdict.reason) == (Quality.UNKNOWN, reasons.NO_EVENTS)


def archive(*events: tuple[int, bool, int | None]) -> dict[tuple[str, str], Finding]:
    """Return what is found of events alone: so many days ago, called off, so many registered."""
    told = [
        LoggedInitiative(
            f"meetup:{number}",
            "meetup",
            kind=InitiativeKind.EVENT,
            mode=Mode.VENUE,
            starts_at=midnight(AS_OF, ZONE) - days * 86_400,
            is_cancelled=is_off,
            registered=registered,
        )
        for number, (days, is_off, registered) in enumerate(events)
    ]
    source = LoggedSource("meetup", CanTell(), date(2020, 1, 1), LAST)
    con = connection(Log([], [], [], told, [source]))
    con.execute("update source set covered_from = null")
    run(con, Params(AS_OF, ZONE))
    return {(each.measure, each.part): each for each in findings(con)}


def test_an_archive_of_events_gives_their_number_their_rhythm_and_what_they_report() -> None:
    found = archive(
        (400, False, 5), (80, False, 14), (50, False, None), (20, False, 40), (10, True, 3)
    )
    values = {place: each.value for place, each in found.items()}
    assert (values["events_held", ""], values["events_held", "cancelled"]) == (3, 1)
    assert values["events_held", "venue"] == 3
    assert values["event_gap", ""] == 30
    assert values["rsvps", ""] == 54
    assert found["rsvps", ""].reason == reasons.DOUBTFUL["rsvps"].filled(n=1)
    assert values["rsvps_per_event", ""] == 27
    assert values["active", ""] is None
    assert found["reach_total", ""].reason == reasons.UNTOLD["reach_total"]


def test_where_no_head_counts_are_reported_none_are_made_up() -> None:
    found = archive((80, False, None), (50, False, None))
    assert found["rsvps", ""].value is None
    assert found["rsvps", ""].reason == reasons.UNTOLD["rsvps"]
    assert found["rsvps_per_event", ""].reason == reasons.UNTOLD["rsvps_per_event"]


def test_a_gap_of_two_shares_has_newcombes_interval_in_points() -> None:
    gap = measure("bridge_gap")
    coverage = Coverage((replace(SLACK, can_tell=CanTell(True, True, joins=True)),), has_intro=True)
    first, other = Tally(AS_OF, "several", 27, 40, 0), Tally(AS_OF, "one", 18, 42, 0)
    found = finding_of_difference(gap, first, other=other, coverage=coverage)
    assert found.value is not None and found.interval is not None
    numbers = (found.value, found.interval.low, found.interval.high)
    assert tuple(round(number, 4) for number in numbers) == (24.6429, 3.13, 43.1609)
    assert (found.n, found.numerator, found.denominator) == (82, None, None)


@pytest.mark.parametrize(
    ("first", "other", "doubtful", "reason"),
    [
        ((3, 9), (18, 42), 0, reasons.TOO_FEW_EITHER.filled(least=10, n=9)),
        ((0, 0), (0, 0), 0, reasons.NOBODY),
        ((0, 0), (0, 0), 12, reasons.UNTOLD["bridge_gap"]),
    ],
    ids=["too few in one", "nobody", "one kind of place"],
)
def test_a_gap_that_cannot_be_told_is_no_number(
    first: tuple[int, int], other: tuple[int, int], doubtful: int, reason: Words
) -> None:
    coverage = Coverage((replace(SLACK, can_tell=CanTell(True, True, joins=True)),), has_intro=True)
    found = finding_of_difference(
        measure("bridge_gap"),
        Tally(AS_OF, "several", *first, doubtful),
        other=Tally(AS_OF, "one", *other, 0),
        coverage=coverage,
    )
    assert (found.value, found.quality, found.reason) == (None, Quality.UNKNOWN, reason)


def test_a_difference_is_always_called_an_association() -> None:
    compared = [each for each in CATALOGUE if each.compared]
    assert [each.key for each in compared] == ["bridge_gap"]
    for each in compared:
        assert "関連" in each.name.ja and "association" in each.name.en
        assert "原因とは言えません" in each.definition.ja
        assert "not an effect" in each.definition.en
        assert each.interval is IntervalKind.NEWCOMBE
