"""Registrations and attendances: which kind, when, how sure, and counted once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jibungoto.gather.batch import Batch
from jibungoto.gather.events.attendance import (
    UNDATED,
    Registration,
    State,
    event_of,
    is_attendance,
    key_of,
    mode_of,
    take,
    united_minutes,
)
from jibungoto.gather.reader import Choices
from jibungoto.ledger.activity import Activity, AtPrecision
from jibungoto.ledger.initiative import Mode
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.problems import Asked, Undecided
from tests.gather.lists_made import EVENING, SPRING

BOOKED = Registration("an", State.BOOKED)
DAY = 86_400


def taken(one: Registration) -> tuple[list[Activity], int]:
    """Return a row's activities and its record's digest."""
    batch = Batch()
    take(batch, SPRING, registration=one)
    record, *beside = batch.told_records()
    assert (record.key, record.filed_at) == (key_of(SPRING, one), UNDATED)
    waited = [] if one.state is not State.WAITING else [(f"{record.key}/waiting", UNDATED, False)]
    assert [(each.key, each.filed_at, each.is_counted) for each in beside] == waited
    return list(batch.activities), record.content


def kinds(one: Registration) -> list[Kind]:
    return [act.kind for act in taken(one)[0]]


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (BOOKED, [Kind.REGISTRATION]),
        (replace(BOOKED, state=State.WAITING), [Kind.WAITING]),
        (replace(BOOKED, state=State.CANCELLED), [Kind.REGISTRATION, Kind.CANCELLATION]),
        (replace(BOOKED, has_attended=True), [Kind.REGISTRATION, Kind.ATTENDANCE]),
        (replace(BOOKED, state=None, has_attended=True), [Kind.ATTENDANCE]),
        (replace(BOOKED, state=None), []),
        (replace(BOOKED, brought_by="bo"), [Kind.REGISTRATION, Kind.REFERRAL]),
        (replace(BOOKED, brought_by="an"), [Kind.REGISTRATION]),
    ],
    ids=str,
)
def test_what_a_row_tells(one: Registration, expected: list[Kind]) -> None:
    assert kinds(one) == expected


def test_without_a_column_that_says_when_it_was_not_after_the_event_began() -> None:
    (act,), _ = taken(BOOKED)
    assert (act.happened_at, act.at_precision) == (EVENING, AtPrecision.NOT_AFTER)
    (act,), _ = taken(replace(BOOKED, registered_at=EVENING - DAY))
    assert (act.happened_at, act.at_precision) == (EVENING - DAY, AtPrecision.EXACT)


@pytest.mark.parametrize(
    ("attended_at", "counted"),
    [
        (None, EVENING),
        (EVENING + 60, EVENING + 60),
        (EVENING - 3_600, EVENING - 3_600),
        (EVENING + 2 * DAY, EVENING),
        (EVENING - 2 * DAY, EVENING),
    ],
    ids=["unsaid", "at the door", "early", "marked two days later", "marked before"],
)
def test_an_attendance_lies_at_its_event_whenever_somebody_marked_it(
    attended_at: int | None, counted: int
) -> None:
    acts, _ = taken(replace(BOOKED, has_attended=True, attended_at=attended_at))
    assert (acts[1].happened_at, acts[1].at_precision) == (counted, AtPrecision.EXACT)


def test_a_referral_is_by_who_brought_somebody() -> None:
    acts, _ = taken(replace(BOOKED, brought_by="bo"))
    assert [(act.kind, act.actor) for act in acts] == [
        (Kind.REGISTRATION, "an"),
        (Kind.REFERRAL, "bo"),
    ]


def test_having_waited_is_a_fact_of_its_own_that_a_later_list_does_not_take_back() -> None:
    early, late = Batch(), Batch()
    take(early, SPRING, registration=replace(BOOKED, state=State.WAITING, serial="7"))
    take(late, SPRING, registration=replace(BOOKED, serial="7", has_attended=True))
    row = key_of(SPRING, replace(BOOKED, serial="7"))
    waited = {act.record: act.kind for act in early.activities}
    assert waited == {f"{row}/waiting": Kind.WAITING}
    assert waited.keys().isdisjoint(record.key for record in late.told_records())
    assert {act.record for act in late.activities} == {row}


def test_the_digest_changes_with_whatever_is_kept() -> None:
    rows = [
        BOOKED,
        replace(BOOKED, state=State.WAITING),
        replace(BOOKED, mode=Mode.ONLINE),
        replace(BOOKED, registered_at=EVENING),
        replace(BOOKED, has_attended=True),
        replace(BOOKED, actor="bo"),
        replace(BOOKED, actor=None, serial="1"),
        replace(BOOKED, brought_by="bo"),
    ]
    assert len({taken(one)[1] for one in rows}) == len(rows)
    assert taken(BOOKED)[1] == taken(BOOKED)[1]


def test_the_key_is_the_serial_number_or_else_whose_row_it_is() -> None:
    assert key_of(SPRING, BOOKED) == "connpass:4410/an"
    assert key_of(SPRING, replace(BOOKED, serial="77")) == "connpass:4410/77"


@pytest.mark.parametrize(
    ("ticket", "mode"),
    [
        ("現地参加", Mode.VENUE),
        ("会場参加枠(先着)", Mode.VENUE),
        ("オフライン", Mode.VENUE),
        ("In-person ticket", Mode.VENUE),
        ("配信参加", Mode.ONLINE),
        ("ｵﾝﾗｲﾝ参加", Mode.ONLINE),
        ("リアルタイム配信", Mode.ONLINE),
        ("Zoom", Mode.ONLINE),
        ("Live-stream", Mode.ONLINE),
        ("会場またはオンライン", None),
        ("一般", None),
        ("LT枠", None),
        ("", None),
    ],
)
def test_a_tickets_name_says_how_people_take_part(ticket: str, mode: Mode | None) -> None:
    assert mode_of(ticket, {}) is mode


def test_what_somebody_corrected_counts_before_the_rule() -> None:
    assert mode_of("配信参加", {"配信参加": Mode.VENUE}) is Mode.VENUE
    assert mode_of("一般", {"一般": Mode.ONLINE}) is Mode.ONLINE


def test_what_a_person_says_counts_before_the_file() -> None:
    other = replace(SPRING, key="connpass:1")
    choices = Choices(event=other, events={SPRING.key: SPRING})
    assert event_of(choices, SPRING.key, place="x") == other
    assert event_of(replace(choices, event=None), SPRING.key, place="x") == SPRING


@pytest.mark.parametrize("key", [None, "connpass:9"])
def test_an_event_nobody_knows_is_asked_for(key: str | None) -> None:
    with pytest.raises(Undecided) as problem:
        event_of(Choices(events={SPRING.key: SPRING}), key, place="list.csv")
    assert (problem.value.asked, problem.value.place) == (Asked.EVENT, "list.csv")


def test_an_event_without_a_beginning_is_asked_for() -> None:
    with pytest.raises(Undecided):
        event_of(Choices(event=replace(SPRING, starts_at=None)), None, place="list.csv")


@given(st.lists(st.tuples(st.integers(0, 6_000), st.integers(0, 6_000)), max_size=8))
def test_spells_together_cover_each_second_once(spells: list[tuple[int, int]]) -> None:
    seconds = {at for begin, end in spells for at in range(begin, end)}
    assert united_minutes(spells) == len(seconds) // 60


@pytest.mark.parametrize(
    ("minutes", "length", "answer"),
    [(None, None, True), (10, None, True), (9, None, False), (9, 45, True), (8, 45, False)],
)
def test_ten_minutes_or_a_fifth_is_attending(
    minutes: int | None, length: int | None, answer: bool
) -> None:
    assert is_attendance(minutes, length) is answer
