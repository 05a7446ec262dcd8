"""Intake: one export becomes one delivery, and the next version of the log is prepared."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from jibungoto.engine.calendar import zone_named
from jibungoto.engine.future import without_future
from jibungoto.engine.manifest import Delivery, Manifest
from jibungoto.engine.months import Reconciled, rebuild, reconcile
from jibungoto.engine.parts import PartWriter
from jibungoto.engine.pseudonym import concealer
from jibungoto.engine.somebody import records_of, traces_of, without_sender
from jibungoto.gather.batch import Batch, Record, Rows
from jibungoto.gather.reader import Choices, Reader, Reading
from jibungoto.gather.shelves.export import Export
from jibungoto.ledger.accounting import Account, LeftOut, Refusal
from jibungoto.ledger.activity import Activity, Tie
from jibungoto.ledger.initiative import Initiative
from jibungoto.ledger.person import Handle
from jibungoto.ledger.words import Words

_LISTED = 2_000
_ROWS_WITHOUT_LOOKING = 100_000
GONE = Words(
    "削除された投稿で、もとの投稿はまだ取り込まれていません",
    "a deleted post whose original was never brought in",
)


@dataclass(frozen=True, slots=True)
class Order:
    """What an intake needs to know: its number, the community's key and zone, the choices.

    Records later than a day after ``now`` (UTC seconds) are refused; without it none is.
    """

    number: int
    fingerprint: str
    key: str
    zone: str
    choices: Choices = field(default_factory=Choices)
    refused_actors: frozenset[str] = frozenset()
    now: int | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a reading has come: files done of files there are, and records read."""

    entries: int
    of_entries: int
    records: int


@dataclass(slots=True)
class Delivered:
    """A delivery on disk that no version names yet, with all that is not in its files."""

    delivery: Delivery
    reading: Reading
    first_day: int | None
    last_day: int | None
    read: int = 0
    repeated: int = 0
    left_out: tuple[LeftOut, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    handles: dict[str, Handle] = field(default_factory=dict)
    initiatives: dict[str, Initiative] = field(default_factory=dict)
    known: dict[int, int] = field(default_factory=dict)
    """How many records each month has in which nothing is said to be gone, where that is known."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """The next version, ready for the one commit: manifest, account and what was left out."""

    manifest: Manifest
    account: Account
    left_out: tuple[LeftOut, ...]
    activities: int


class _Listing:
    """Entries with place and reason; beyond a bound only counted, so that nothing grows endless."""

    def __init__(self) -> None:
        self._listed: list[tuple[str, Words, int]] = []
        self._further: dict[Words, tuple[str, Words, int]] = {}

    def extend(self, entries: Iterable[LeftOut | Refusal]) -> None:
        for entry in entries:
            if len(self._listed) < _LISTED:
                self._listed.append((entry.place, entry.reason, entry.records))
                continue
            held = self._further.get(entry.reason)
            records = entry.records + (held[2] if held else 0)
            self._further[entry.reason] = (f"{entry.place} …", entry.reason, records)

    def entries(self) -> Iterator[tuple[str, Words, int]]:
        yield from self._listed
        yield from self._further.values()


def deliver(
    folder: Path,
    export: Export,
    *,
    reader: Reader,
    order: Order,
    on_progress: Callable[[Progress], None],
) -> Delivered:
    """Read an export to its end and write its delivery below ``folder``; commit nothing.

    ``on_progress`` is called after every batch. If anything fails, the files go again.
    """
    source = reader.source.key
    below = f"deliveries/{order.number:06d}-{order.fingerprint[:12]}"
    shutil.rmtree(folder / below, ignore_errors=True)
    zone = zone_named(order.zone)
    reading = Reading()
    conceal = concealer(order.key, source)
    try:
        writer = PartWriter(folder, below, zone=zone, source=source, intake=order.number)
        batches = reader.read(export, conceal=conceal, choices=order.choices, reading=reading)
        gathered = _gather(batches, writer, order=order, tell=_counting(export, on_progress))
        months = writer.finish()
    except BaseException:
        shutil.rmtree(folder / below, ignore_errors=True)
        raise
    return Delivered(
        delivery=Delivery(order.number, source, order.fingerprint, months),
        reading=reading,
        first_day=writer.first_day,
        last_day=writer.last_day,
        read=gathered.read,
        repeated=gathered.repeated,
        left_out=tuple(LeftOut(*entry) for entry in gathered.left_out.entries()),
        refusals=tuple(Refusal(*entry) for entry in gathered.refusals.entries()),
        handles=gathered.handles,
        initiatives=gathered.initiatives,
        known=writer.known(),
    )


class _Gathered:
    """What the batches of one reading add up to, besides the files."""

    def __init__(self) -> None:
        self.read = 0
        self.repeated = 0
        self.left_out = _Listing()
        self.refusals = _Listing()
        self.handles: dict[str, Handle] = {}
        self.initiatives: dict[str, Initiative] = {}

    def take(self, batch: Batch) -> None:
        self.read += batch.read
        self.repeated += batch.repeated
        self.left_out.extend(batch.left_out)
        self.refusals.extend(batch.refusals)
        for handle in batch.handles:
            held = self.handles.get(handle.actor)
            if held is None or held.is_mentioned_only:
                self.handles[handle.actor] = handle
        for initiative in batch.initiatives:
            self.initiatives[initiative.key] = initiative


def _gather(
    batches: Iterator[Batch],
    writer: PartWriter,
    *,
    order: Order,
    tell: Callable[[Batch], None],
) -> _Gathered:
    gathered = _Gathered()
    refused, gone, unborn = order.refused_actors, set[str](), set[str]()
    with _collecting_rarely():
        for batch in batches:
            dated = batch if order.now is None else without_future(batch, order.now, gone=unborn)
            kept = without_refused(dated, refused, gone=gone) if refused else dated
            gathered.take(kept)
            writer.add(kept)
            tell(batch)
    return gathered


@contextmanager
def _collecting_rarely() -> Iterator[None]:
    """Let Python look for garbage in circles seldom: readers make millions of rows, and none."""
    usual = gc.get_threshold()
    gc.set_threshold(_ROWS_WITHOUT_LOOKING, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _counting(export: Export, on_progress: Callable[[Progress], None]) -> Callable[[Batch], None]:
    of_entries = len(export.entries)
    done = [0, 0]

    def tell(batch: Batch) -> None:
        done[0] += batch.entries
        done[1] += batch.read
        on_progress(Progress(entries=done[0], of_entries=of_entries, records=done[1]))

    return tell


def without_refused(batch: Batch, refused: frozenset[str], *, gone: set[str]) -> Batch:
    """Leave out what people did who asked not to be kept; their records count as left out.

    ``gone`` are the keys of all records left out so far: what hangs on one of them goes as well,
    even where it comes batches later. That others were answered or mentioned by somebody is
    kept, without a name: they must not seem to be left alone.
    """
    gone |= _records_of(batch, refused)
    gone |= {a.record for a in batch.activities if a.actor is None and a.in_reply_to in gone}
    counted = {r.key for r in batch.told_records() if r.key in gone and r.is_counted}
    reason = Words("記録しないよう求めた人の活動", "by somebody who asked not to be recorded")
    left_out = [LeftOut(_without_names(key, refused), reason) for key in sorted(counted)]
    traces = traces_of(batch.activities, refused, gone=gone)
    others = [t for t in batch.ties if t.record not in gone or t.from_actor in refused]
    return Batch(
        read=batch.read,
        repeated=batch.repeated,
        entries=batch.entries,
        records=Rows(
            Record,
            [*(r for r in batch.records if r.key not in gone), *records_of(traces)],
        ),
        activities=Rows(
            Activity,
            [
                *(
                    _without_turning_to(a, refused)
                    for a in batch.activities
                    if a.actor not in refused and a.record not in gone
                ),
                *traces,
            ],
        ),
        ties=Rows(Tie, filter(None, (without_sender(t, refused) for t in others))),
        handles=[h for h in batch.handles if h.actor not in refused],
        initiatives=[_not_started_by(one, refused) for one in batch.initiatives],
        left_out=[*batch.left_out, *left_out],
        refusals=batch.refusals,
    )


def _records_of(batch: Batch, refused: frozenset[str]) -> set[str]:
    """Return the keys of the records that are refused people's own.

    A record is somebody's if the activity of its own key is, or, where it comes with several under
    other keys (a registration and what became of it), if all of them are.
    """
    told = {record.key for record in batch.records}
    own, theirs, others = set(), set(), set()
    for one in batch.activities:
        if one.actor not in refused:
            others.add(one.record)
        elif one.record == one.key:
            own.add(one.record)
        elif one.record in told:
            theirs.add(one.record)
    return own | (theirs - others)


def _without_names(key: str, refused: frozenset[str]) -> str:
    """Return a key without the pseudonyms of those who asked not to be kept."""
    return "/".join("…" if part in refused else part for part in key.split("/"))


def _not_started_by(initiative: Initiative, refused: frozenset[str]) -> Initiative:
    if initiative.started_by not in refused:
        return initiative
    return replace(initiative, started_by=None)


def _without_turning_to(activity: Activity, refused: frozenset[str]) -> Activity:
    """Return an activity that names nobody who asked not to be recorded."""
    mentioned = (activity.mentioned or "").split()
    kept = [actor for actor in mentioned if actor not in refused]
    if activity.towards not in refused and len(kept) == len(mentioned):
        return activity
    towards = None if activity.towards in refused else activity.towards
    return msgspec.structs.replace(activity, towards=towards, mentioned=" ".join(kept) or None)


def prepare(folder: Path, manifest: Manifest, *, delivered: Delivered) -> Prepared:
    """Derive the next version of the log with this delivery in it; commit nothing."""
    met: Reconciled = reconcile(
        folder, manifest, delivery=delivered.delivery, known=delivered.known
    )
    left_out = _Listing()
    left_out.extend(delivered.left_out)
    left_out.extend(LeftOut(key, GONE) for key in met.unknown_tombstones)
    entries = tuple(LeftOut(*entry) for entry in left_out.entries())
    account = Account(
        read=delivered.read,
        new=met.new,
        updated=met.updated,
        unchanged=met.unchanged,
        repeated=delivered.repeated,
        left_out=sum(entry.records for entry in entries),
        refused=sum(refusal.records for refusal in delivered.refusals),
    )
    return Prepared(met.manifest, account, entries, met.activities)


def without(folder: Path, manifest: Manifest, *, intake: int) -> Manifest:
    """Derive the next version of the log without one intake; commit nothing."""
    gone = [d for d in manifest.deliveries if d.intake == intake]
    kept = tuple(d for d in manifest.deliveries if d.intake != intake)
    rest = msgspec.structs.replace(manifest, deliveries=kept)
    return rebuild(folder, rest, months={month.month for d in gone for month in d.months})
