"""Who asked not to be recorded leaves nothing behind, whatever shape their records have."""

from __future__ import annotations

import msgspec

from jibungoto.engine.intake import without_refused
from jibungoto.gather.batch import Batch, Record
from jibungoto.ledger.activity import Activity, Tie, TieKind
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
    assert [one.key for one in kept.activities if one.actor] == ["C1/2"]
    after = without_refused(later, REFUSED, gone=gone)
    assert [one.key for one in after.activities if one.actor] == [f"C1/2/{AN}/+1"]
    assert gone == {"C1/1"}


def test_a_message_of_somebody_else_stays_though_they_reacted_to_it() -> None:
    batch = Batch(read=1)
    batch.records.append(Record("C1/2", 1, 0))
    batch.activities.append(Activity("C1/2", "C1/2", None, Kind.MESSAGE, 10, place="C1"))
    batch.activities.append(liked(BO, "C1/2"))
    kept = without_refused(batch, REFUSED, gone=set())
    assert [one.key for one in kept.activities][:1] == ["C1/2"]
    assert ([one.is_counted for one in kept.records], kept.left_out) == ([True, False], [])


def test_what_they_started_names_nobody() -> None:
    batch = Batch(initiatives=[Initiative("slack:C1", InitiativeKind.CHANNEL, "c", started_by=BO)])
    assert without_refused(batch, REFUSED, gone=set()).initiatives[0].started_by is None


def test_that_somebody_answered_is_kept_and_nothing_else_of_them() -> None:
    batch = Batch(read=2)
    batch.activities.append(said(AN, "C1/2"))
    answer = Activity(
        f"{BO}/3",
        f"{BO}/3",
        BO,
        Kind.REPLY,
        20,
        place="C1",
        thread="C1/2",
        in_reply_to="C1/2",
        towards=AN,
        mentioned=f"{BO} {AN}",
        length=9,
        is_question=True,
        text_hash=7,
        hosts="example.jp",
        content=3,
    )
    batch.activities.append(answer)
    kept = without_refused(batch, REFUSED, gone=set())
    trace = list(kept.activities)[-1]
    assert trace == Activity(
        trace.key,
        trace.key,
        None,
        Kind.REPLY,
        20,
        place="C1",
        thread="C1/2",
        in_reply_to="C1/2",
        mentioned=AN,
    )
    assert BO not in trace.key
    assert [(one.key, one.is_counted) for one in kept.records] == [(trace.key, False)]
    assert [(tie.from_actor, tie.to_actor) for tie in kept.told_ties()] == [(None, AN)]
    assert [one.place for one in kept.left_out] == ["…/3"]


def test_a_tie_of_theirs_keeps_only_that_somebody_was_mentioned() -> None:
    batch = Batch()
    for kind in (TieKind.MENTION, TieKind.REPLY):
        batch.ties.append(Tie("C1/3", "C1/3", BO, AN, kind, 20))
    batch.ties.append(Tie("C1/4", "C1/4", AN, BO, TieKind.MENTION, 21))
    kept = list(without_refused(batch, REFUSED, gone={"C1/3"}).ties)
    assert [(tie.from_actor, tie.to_actor, tie.kind) for tie in kept] == [
        (None, AN, TieKind.MENTION)
    ]


def test_what_slack_only_counts_goes_with_the_record_it_answers() -> None:
    batch = Batch(read=1)
    batch.activities.append(said(BO, f"{BO}/1"))
    batch.records.append(Record(f"{BO}/1/replies", 1, 0, is_counted=False))
    counted = Activity(f"{BO}/1/replies", f"{BO}/1/replies", None, Kind.REPLY, 10)
    batch.activities.append(msgspec.structs.replace(counted, in_reply_to=f"{BO}/1"))
    kept = without_refused(batch, REFUSED, gone=set())
    assert not any(BO in one.key or BO in (one.in_reply_to or "") for one in kept.activities)
    assert not any(BO in one.key for one in kept.records)
