"""What one reader hands out of one export, in one value, however it tells records and ties."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from jibungoto.gather.reader import Choices, Reader, Reading
from jibungoto.gather.shelves.export import Export, open_export
from jibungoto.ledger.activity import Activity
from jibungoto.ledger.kinds import Kind
from tests.gather.made import Gathered, concealed


class Told(Gathered):
    """Everything that came out of one delivery, with what holds for every reader."""

    __slots__ = ()

    def one(self, kind: Kind) -> Activity:
        (activity,) = self.of_kind(kind)
        return activity

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
