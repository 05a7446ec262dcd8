"""Who asked not to be recorded leaves nothing behind, whatever shape their records have."""

from __future__ import annotations

from jibungoto.engine.intake import without_refused
from jibungoto.gather.batch import Batch, Record
from jibungoto.ledger.activity import Activity
from jibungoto.ledger.initiative import Initiative, InitiativeKind
from jibungoto.ledger.kinds import Kind

AN, BO = "a" * 32, "b" * 32
REFUSED = frozenset({BO})


def entry(actor: str, *, at: int = 10) -> Batch:
    """Return a registration as event lists tell it: a record with two activities below it."""
    key = f"event/E1/{actor}"
    batch = Batch(read=1)
    batch.records.append(Record(key, 1, 0))
    for kind in (Kind.REGISTRATION, Kind.ATTENDANCE):
        batch.activities.append(Activity(key, f"{key}/{kind.value}", actor, kind, at))
    return batch


def said(actor: str, key: str) -> Activity:
    return Activity(key, key, actor, Kind.MESSAGE, 10, place="C1", content=1)


def liked(actor: str, key: str) -> Activity:
    return Activity(key, f"{key}/{actor}/+1", actor, Kind.REACTION, 10, place="C1")


def test_a_registration_goes_with_its_record_and_names_nobody() -> None:
    gone: set[str] = set()
    kept = without_refused(entry(BO), REFUSED, gone=gone)
    assert (len(kept.records), len(kept.activities)) == (0, 0)
    assert [one.place for one in kept.left_out] == ["event/E1/…"]
    assert len(without_refused(entry(AN), REFUSED, gone=gone).activities) == 2


def test_what_hangs_on_their_message_goes_too_even_batches_later() -> None:
    gone: set[str] = set()
    first, later = Batch(read=2), Batch()
    first.activities.append(said(BO, "C1/1"))
    first.activities.append(said(AN, "C1/2"))
    later.activities.append(liked(AN, "C1/1"))
    later.activities.append(liked(AN, "C1/2"))
    later.activities.append(liked(BO, "C1/2"))
    kept = without_refused(first, REFUSED, gone=gone)
    assert [one.key for one in kept.activities] == ["C1/2"]
    after = without_refused(later, REFUSED, gone=gone)
    assert [one.key for one in after.activities] == [f"C1/2/{AN}/+1"]
    assert gone == {"C1/1"}


def test_a_message_of_somebody_else_stays_though_they_reacted_to_it() -> None:
    batch = Batch(read=1)
    batch.records.append(Record("C1/2", 1, 0))
    batch.activities.append(Activity("C1/2", "C1/2", None, Kind.MESSAGE, 10, place="C1"))
    batch.activities.append(liked(BO, "C1/2"))
    kept = without_refused(batch, REFUSED, gone=set())
    assert [one.key for one in kept.activities] == ["C1/2"]
    assert (len(kept.records), kept.left_out) == (1, [])


def test_what_they_started_names_nobody() -> None:
    batch = Batch(initiatives=[Initiative("slack:C1", InitiativeKind.CHANNEL, "c", started_by=BO)])
    assert without_refused(batch, REFUSED, gone=set()).initiatives[0].started_by is None
