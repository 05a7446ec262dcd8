"""What one reader hands out of one export, in one value, however it tells records and ties."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from jibungoto.gather.batch import Batch, Record
from jibungoto.gather.reader import Choices, Reader, Reading
from jibungoto.gather.shelves.export import Export, open_export
from jibungoto.ledger.accounting import LeftOut, Refusal
from jibungoto.ledger.activity import Activity, Tie, TieKind
from jibungoto.ledger.initiative import Initiative
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.person import Handle
from tests.gather.made import concealed


@dataclass(slots=True)
class Told:
    """Everything that came out of one delivery."""

    reading: Reading
    batches: list[Batch] = field(default_factory=list)

    @property
    def read(self) -> int:
        return sum(batch.read for batch in self.batches)

    @property
    def repeated(self) -> int:
        return sum(batch.repeated for batch in self.batches)

    @property
    def entries(self) -> int:
        return sum(batch.entries for batch in self.batches)

    @property
    def records(self) -> list[Record]:
        return [record for batch in self.batches for record in batch.told_records()]

    @property
    def counted(self) -> list[Record]:
        return [record for record in self.records if record.is_counted]

    @property
    def activities(self) -> list[Activity]:
        return [activity for batch in self.batches for activity in batch.activities]

    @property
    def ties(self) -> list[Tie]:
        return [tie for batch in self.batches for tie in batch.told_ties()]

    @property
    def handles(self) -> list[Handle]:
        return [handle for batch in self.batches for handle in batch.handles]

    @property
    def initiatives(self) -> list[Initiative]:
        return [initiative for batch in self.batches for initiative in batch.initiatives]

    @property
    def left_out(self) -> list[LeftOut]:
        return [one for batch in self.batches for one in batch.left_out]

    @property
    def refusals(self) -> list[Refusal]:
        return [one for batch in self.batches for one in batch.refusals]

    @property
    def accounted(self) -> int:
        """Counted records, second copies, what was left out and what was refused."""
        left_out = sum(one.records for one in self.left_out)
        refused = sum(one.records for one in self.refusals)
        return len(self.counted) + self.repeated + left_out + refused

    def of_kind(self, *kinds: Kind) -> list[Activity]:
        return [activity for activity in self.activities if activity.kind in kinds]

    def one(self, kind: Kind) -> Activity:
        (activity,) = self.of_kind(kind)
        return activity

    def tied(self, kind: TieKind) -> list[tuple[str, str | None]]:
        """Return who turned to whom, as outside ids."""
        known = {handle.actor: handle.outside_id for handle in self.handles}
        return [
            (known[tie.from_actor], known[tie.to_actor] if tie.to_actor else None)
            for tie in self.ties
            if tie.kind is kind
        ]

    def handle(self, outside_id: str) -> Handle:
        (handle,) = (one for one in self.handles if one.outside_id == outside_id)
        return handle

    def check(self) -> None:
        """Check what holds for every reader, whatever the export."""
        assert self.accounted == self.read
        keys = [activity.key for activity in self.activities]
        assert len(keys) == len(set(keys))
        records = [record.key for record in self.records]
        assert len(records) == len(set(records))
        assert {activity.record for activity in self.activities} <= set(records)
        known = {handle.actor for handle in self.handles}
        assert {one.actor for one in self.activities if one.actor} <= known
        assert {tie.to_actor for tie in self.ties if tie.to_actor} <= known
        assert all(tie.from_actor != tie.to_actor for tie in self.ties)
        assert all(0 <= one.happened_at < 1 << 33 for one in self.activities)
        told = [
            [a.key, a.place, a.thread, a.in_reply_to, a.emoji, a.hosts] for a in self.activities
        ]
        "".join(str(one) for one in told).encode()


def tell(
    reader: Reader, path: Path | Export, *, private: Iterable[str] = (), zone: str = "UTC"
) -> Told:
    """Read an export with one reader to its end, and check what always holds."""
    told = Told(Reading())
    with open_export(path) if isinstance(path, Path) else path as export:
        assert reader.recognises(export)
        choices = Choices(frozenset(private), zone=zone)
        told.batches.extend(
            reader.read(export, conceal=concealed, choices=choices, reading=told.reading)
        )
    told.check()
    return told
