"""Records that claim to be of the future: refused by their dates, whichever reader made them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

import msgspec

from jibungoto.gather.batch import Batch, Columns, Record, Rows, Sheet
from jibungoto.ledger.accounting import Refusal
from jibungoto.ledger.activity import Activity, AtPrecision, Tie
from jibungoto.ledger.initiative import Initiative, InitiativeKind
from jibungoto.ledger.words import Words

TOLERANCE = 86_400
"""So many seconds clocks and time zones may be apart."""
FROM_THE_FUTURE = Words(
    "日時が未来になっています。書き出し元の日時か、このコンピューターの時計を確かめてください。",
    "Its date lies in the future. Check the date where it was exported, and this computer's clock.",
)


def without_future(batch: Batch, now: int, *, gone: set[str]) -> Batch:
    """Refuse the records of a batch that happened later than a day after ``now``.

    What is only said to happen by then, as an event that is yet to come, stays. ``gone`` are the
    keys of all records refused so far: what hangs on one of them goes as well.
    """
    latest = now + TOLERANCE
    late = [sheet for sheet in batch.activities.sheets if _newest(sheet) > latest]
    begun = [one for one in batch.initiatives if _begins_after(one, latest)]
    if not (late or begun or gone):
        return batch
    gone |= {
        one.record
        for sheet in late
        for one in sheet
        if _is_late(one, latest) and one.at_precision is AtPrecision.EXACT
    }
    counted = sorted(r.key for r in batch.told_records() if r.key in gone and r.is_counted)
    return msgspec.structs.replace(
        batch,
        records=Rows(Record, (r for r in batch.records if r.key not in gone)),
        activities=_activities_of(batch, latest, gone=gone),
        ties=Rows(Tie, (t for t in batch.ties if t.record not in gone)),
        initiatives=[_undated(one, latest) for one in batch.initiatives],
        refusals=[*batch.refusals, *(Refusal(key, FROM_THE_FUTURE) for key in counted)],
    )


def _newest(sheet: Sheet[Activity]) -> int:
    if not len(sheet):
        return 0
    held: Any = sheet.columns.get("happened_at") if isinstance(sheet, Columns) else None
    times: Any = held if hasattr(held, "max") else sheet.column("happened_at")
    return int(held.max() if hasattr(held, "max") else max(times))


def _is_late(one: Activity, latest: int) -> bool:
    return one.happened_at > latest and one.at_precision is not AtPrecision.NOT_AFTER


def _activities_of(batch: Batch, latest: int, *, gone: Collection[str]) -> Rows[Activity]:
    """Return what stays; a reaction is not before its message if nothing better is known."""
    kept = Rows(Activity)
    for one in batch.activities:
        if one.record in gone:
            continue
        is_vague = _is_late(one, latest) and one.filed_at is not None
        kept.append(msgspec.structs.replace(one, happened_at=one.filed_at) if is_vague else one)
    return kept


def _begins_after(one: Initiative, latest: int) -> bool:
    is_place = one.kind is InitiativeKind.CHANNEL
    return is_place and one.started_at is not None and one.started_at > latest


def _undated(one: Initiative, latest: int) -> Initiative:
    return replace(one, started_at=None) if _begins_after(one, latest) else one
