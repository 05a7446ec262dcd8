"""Events as services list them: what is said of each, and who opened it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple
from datetime import timedelta
from typing import Any

import msgspec

from jibungoto.gather.batch import Batch, Record
from jibungoto.gather.events.attendance import UNDATED, says_online, says_venue
from jibungoto.gather.people.roll import Tally
from jibungoto.gather.text import digest63
from jibungoto.ledger.activity import Activity, AtPrecision
from jibungoto.ledger.initiative import Initiative, Mode
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.words import Words

_AT_ONCE = 5_000
_MOST_SEATS = 10_000_000
_DURATION = re.compile(
    r"P(?:(?P<days>\d{1,4})D)?(?:T(?:(?P<hours>\d{1,4})H)?(?:(?P<minutes>\d{1,6})M)?"
    r"(?:(?P<seconds>\d{1,8})S)?)?"
)
_pack = msgspec.msgpack.Encoder().encode

NOT_AN_EVENT = Words("イベントの形ではありません。", "It does not have the shape of an event.")


def mode_at(place: str | None, address: str | None = None) -> Mode | None:
    """Return how an event takes place by what is said of where; None where nothing is said."""
    place, address = (place or "").strip(), (address or "").strip()
    if not place and not address:
        return None
    if not says_online(f"{place} {address}"):
        return Mode.VENUE
    is_somewhere = bool(address) and not says_online(address)
    return Mode.HYBRID if is_somewhere or says_venue(f"{place} {address}") else Mode.ONLINE


def seconds_in(duration: str | None) -> int | None:
    """Return the seconds of an ISO 8601 duration such as PT2H30M; None for none or nothing."""
    found = _DURATION.fullmatch(duration or "")
    if found is None:
        return None
    parts = {name: int(value) for name, value in found.groupdict().items() if value}
    return int(timedelta(**parts).total_seconds()) or None


def seats_of(limit: int | None) -> int | None:
    """Return how many may take part; None where it is not said, or no number of people."""
    return limit if limit is not None and 0 < limit <= _MOST_SEATS else None


def tell(batch: Batch, initiative: Initiative, *, opened_by: int | None = None) -> None:
    """Write down an event or a series: its record and, where its starter is told, their start.

    No service says when an event was opened, only when it was not later than: ``opened_by``.
    """
    content = digest63(_pack(astuple(initiative)))
    batch.records.append(Record(initiative.key, content, UNDATED))
    batch.initiatives.append(initiative)
    if initiative.started_by is None or opened_by is None:
        return
    batch.activities.append(
        Activity(
            record=initiative.key,
            key=initiative.key,
            actor=initiative.started_by,
            kind=Kind.START,
            happened_at=opened_by,
            at_precision=AtPrecision.NOT_AFTER,
            initiative=initiative.key,
            filed_at=UNDATED,
        )
    )


def batches_of(
    parts: Iterable[object] | Words, *, path: str, take: Callable[[Any, Batch], Words | None]
) -> Iterator[Batch]:
    """Hand out what ``take`` makes of one file's records; why it takes one not is a refusal."""
    tally = Tally(path, Batch())
    if isinstance(parts, Words):
        tally.refuse("", parts)
        parts = ()
    for number, part in enumerate(parts, 1):
        reason = take(part, tally.batch)
        if reason is None:
            tally.batch.read += 1
        else:
            tally.refuse(f"record {number}", reason)
        if tally.batch.read >= _AT_ONCE:
            yield tally.turn()
    yield tally.close()
