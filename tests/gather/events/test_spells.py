"""Spells of one person are united, and each row of a report keeps a record of its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jibungoto.gather.batch import Batch
from jibungoto.gather.events.attendance import State
from jibungoto.gather.events.spells import Row, Stays, united
from jibungoto.ledger.activity import Activity
from jibungoto.ledger.initiative import Initiative, InitiativeKind
from jibungoto.ledger.kinds import Kind

EVENT = Initiative("zoom:1", InitiativeKind.EVENT, "x", starts_at=0, ends_at=3600)
MINUTES = st.integers(0, 90)


def written(*rows: Row) -> Batch:
    stays, batch = Stays(EVENT), Batch(read=len(rows))
    for row in rows:
        stays.add("an", row, batch=batch)
    stays.write(batch)
    return batch


def length(*rows: Row) -> int | None:
    (act,) = (a for a in stays(*rows) if a.kind in {Kind.ATTENDANCE, Kind.GLIMPSE})
    return act.length


def stays(*rows: Row) -> list[Activity]:
    return list(united(written(*rows).activities))


@given(st.lists(st.tuples(MINUTES, MINUTES), min_size=1, max_size=8))
def test_a_stay_is_the_minutes_in_any_spell_in_whatever_order(
    spells: list[tuple[int, int]],
) -> None:
    rows = [Row((min(one) * 60, max(one) * 60)) for one in spells]
    minutes = {minute for one in spells for minute in range(min(one), max(one))}
    assert length(*rows) == length(*reversed(rows)) == len(minutes)


@given(st.lists(st.tuples(MINUTES, MINUTES), max_size=8))
def test_every_row_is_a_record_or_a_second_copy(spells: list[tuple[int, int]]) -> None:
    batch = written(*(Row((min(one), max(one))) for one in spells))
    keys = [one.key for one in batch.records if one.is_counted]
    assert len(keys) + batch.repeated == batch.read
    assert len(keys) == len(set(keys))


def test_totals_are_never_added() -> None:
    assert length(Row(minutes=30), Row(minutes=45)) == 45


def test_who_registered_and_never_came_is_not_there() -> None:
    batch = written(Row(has_attended=False, state=State.BOOKED, registered_at=-60))
    assert [(a.kind, a.happened_at) for a in batch.activities] == [(Kind.REGISTRATION, -60)]


def test_two_rows_of_a_registrant_are_one_registration_of_the_first_time() -> None:
    found = stays(
        Row((0, 600), state=State.BOOKED, registered_at=-60),
        Row((900, 1800), state=State.BOOKED, registered_at=-90),
    )
    assert [(a.kind, a.happened_at) for a in found] == [
        (Kind.REGISTRATION, -90),
        (Kind.ATTENDANCE, 0),
    ]


@pytest.mark.parametrize(
    ("minutes", "kind"), [(9, Kind.GLIMPSE), (10, Kind.ATTENDANCE), (None, Kind.ATTENDANCE)]
)
def test_less_than_ten_minutes_is_a_glimpse(minutes: int | None, kind: Kind) -> None:
    assert [one.kind for one in stays(Row(minutes=minutes))] == [kind]


def test_a_spell_far_from_the_event_is_there_when_it_began() -> None:
    (act,) = stays(Row((86_400, 88_200)))
    assert (act.happened_at, act.length) == (0, 30)


def test_who_did_not_come_and_is_no_registrant_takes_no_registration_away() -> None:
    registered, absent = (
        {record.key for record in written(row).records}
        for row in (Row(has_attended=False, state=State.BOOKED), Row(has_attended=False))
    )
    assert registered == {"zoom:1/an"}
    assert absent == {"zoom:1/an/absent"}
