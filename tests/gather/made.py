"""Small exports made on the spot, and everything a reader hands out of them in one value."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from jibungoto.gather.batch import Batch, Record
from jibungoto.gather.events.spells import united
from jibungoto.gather.reader import Choices, Reading
from jibungoto.gather.recognise import recognise
from jibungoto.gather.shelves.export import open_export
from jibungoto.ledger.accounting import LeftOut, Refusal
from jibungoto.ledger.activity import Activity, Tie, TieKind
from jibungoto.ledger.initiative import Initiative
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.person import Handle

Files = Mapping[str, object]


def folder_of(files: Files, path: Path) -> Path:
    """Write files below a folder; what is not bytes is written as JSON."""
    for name, content in files.items():
        target = path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(as_bytes(content))
    return path


def zip_of(files: Files, path: Path, *, method: int = zipfile.ZIP_DEFLATED) -> Path:
    """Write files into a zip."""
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, as_bytes(content))
    return path


def as_bytes(content: object) -> bytes:
    if isinstance(content, bytes):
        return content
    return json.dumps(content, ensure_ascii=True, indent=4).encode()


def concealed(outside_id: str) -> str:
    """Stand in for the community's HMAC."""
    return hashlib.blake2b(outside_id.encode(), digest_size=16).hexdigest()


@dataclass(slots=True)
class Gathered:
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
        """Return the activities of some kinds, spells united as the log has them."""
        return [activity for activity in united(self.activities) if activity.kind in kinds]

    def tied(self, kind: TieKind) -> list[tuple[str, str | None]]:
        """Return who turned to whom, as outside ids."""
        known = {handle.actor: handle.outside_id for handle in self.handles}
        return [
            (known[tie.from_actor], known[tie.to_actor] if tie.to_actor else None)
            for tie in self.ties
            if tie.kind is kind and tie.from_actor is not None
        ]

    def handle(self, outside_id: str) -> Handle:
        (handle,) = (one for one in self.handles if one.outside_id == outside_id)
        return handle


def gather(path: Path, *, private: Iterable[str] = (), zone: str = "UTC") -> Gathered:
    """Read what stands at a path to its end."""
    gathered = Gathered(Reading())
    with open_export(path) as export:
        gathered.batches.extend(
            recognise(export).read(
                export,
                conceal=concealed,
                choices=Choices(frozenset(private), zone=zone),
                reading=gathered.reading,
            )
        )
    return gathered
