"""What claims to be of the future is refused, in whichever reader's batch it stands."""

from __future__ import annotations

import numpy as np

from jibungoto.engine.future import FROM_THE_FUTURE, without_future
from jibungoto.gather.batch import Batch, Like, Record
from jibungoto.ledger.accounting import Refusal
from jibungoto.ledger.activity import Activity, AtPrecision, Tie, TieKind
from jibungoto.ledger.initiative import Initiative, InitiativeKind
from jibungoto.ledger.kinds import Kind

NOW = 1_700_000_000
DAY = 86_400
AN = "a" * 32


def said(key: str, at: int) -> Activity:
    return Activity(key, key, AN, Kind.MESSAGE, at, content=1)


def test_a_record_later_than_a_day_from_now_is_refused_with_its_reason() -> None:
    batch = Batch(read=3)
    for key, at in (("old", 0), ("soon", NOW + DAY), ("late", NOW + DAY + 1)):
        batch.activities.append(said(key, at))
    batch.ties.append(Tie("late", "late", AN, AN, TieKind.MENTION, NOW + DAY + 1))
    kept = without_future(batch, NOW, gone=set())
    assert [one.key for one in kept.activities] == ["old", "soon"]
    assert kept.refusals == [Refusal("late", FROM_THE_FUTURE)]
    assert (kept.read, len(kept.ties)) == (3, 0)
    assert len(list(kept.told_records())) + len(kept.refusals) == kept.read


def test_a_batch_of_columns_is_looked_at_as_well() -> None:
    batch = Batch(read=2)
    columns = {"key": ["a", "b"], "happened_at": np.array([NOW, NOW * 2]), "content": [1, 2]}
    same = {"actor": AN, "kind": Kind.MESSAGE, "record": Like("key")}
    batch.activities.add_columns(columns, **same)
    kept = without_future(batch, NOW, gone=set())
    assert [one.key for one in kept.activities] == ["a"]
    assert [one.place for one in kept.refusals] == ["b"]


def test_what_hangs_on_it_goes_too_batches_later() -> None:
    gone: set[str] = set()
    first, later = Batch(read=1), Batch()
    first.activities.append(said("late", NOW * 2))
    later.activities.append(
        Activity("late", "late/reaction", AN, Kind.REACTION, NOW, AtPrecision.NOT_BEFORE)
    )
    without_future(first, NOW, gone=gone)
    assert list(without_future(later, NOW, gone=gone).activities) == []


def test_a_reaction_whose_giver_is_dated_absurdly_falls_back_to_its_message() -> None:
    batch = Batch()
    reaction = Activity("m", "m/r", AN, Kind.REACTION, NOW * 2, AtPrecision.NOT_BEFORE)
    batch.activities.sheet("record", "key", "actor", "kind", "happened_at", "filed_at")
    sheet = batch.activities.sheet(
        *("record", "key", "actor", "kind", "happened_at", "filed_at"),
        at_precision=AtPrecision.NOT_BEFORE,
    )
    sheet.put((reaction.record, reaction.key, AN, Kind.REACTION, NOW * 2, NOW - 5))
    (kept,) = without_future(batch, NOW, gone=set()).activities
    assert kept.happened_at == NOW - 5


def test_an_event_that_is_yet_to_come_stays_with_those_who_registered() -> None:
    batch = Batch(read=1)
    batch.records.append(Record("E1/an", 1, NOW * 2))
    batch.activities.append(
        Activity("E1/an", "E1/an/r", AN, Kind.REGISTRATION, NOW * 2, AtPrecision.NOT_AFTER)
    )
    batch.initiatives.append(Initiative("e", InitiativeKind.EVENT, "e", started_at=NOW * 2))
    kept = without_future(batch, NOW, gone=set())
    assert (list(kept.activities), kept.initiatives, kept.refusals) == (
        list(batch.activities),
        batch.initiatives,
        [],
    )


def test_a_channel_created_in_the_future_has_no_date() -> None:
    batch = Batch(initiatives=[Initiative("c", InitiativeKind.CHANNEL, "c", started_at=NOW * 2)])
    (kept,) = without_future(batch, NOW, gone=set()).initiatives
    assert kept.started_at is None
