"""The manifest: which files make up one version of one community's log."""

from __future__ import annotations

import msgspec


class Part(msgspec.Struct, frozen=True):
    """One Parquet file of the log, by its path below the community's folder."""

    path: str
    rows: int


class Tier(msgspec.Struct, frozen=True):
    """The files of the three relations that a delivery or a month consists of."""

    record: tuple[Part, ...] = ()
    activity: tuple[Part, ...] = ()
    tie: tuple[Part, ...] = ()

    def paths(self) -> tuple[str, ...]:
        """Return the paths of all files."""
        return tuple(part.path for part in (*self.record, *self.activity, *self.tie))

    @property
    def depth(self) -> int:
        """How many files of one relation have to be read for its rows."""
        return max(len(self.record), len(self.activity), len(self.tie))

    def joined(self, other: Tier) -> Tier:
        """Return the files of both."""
        return Tier(
            record=self.record + other.record,
            activity=self.activity + other.activity,
            tie=self.tie + other.tie,
        )


class Month(msgspec.Struct, frozen=True):
    """The files that hold rows filed under one month (yyyymm)."""

    month: int
    files: Tier


class Delivery(msgspec.Struct, frozen=True):
    """What one intake delivered, by month: the truth the live months are derived from."""

    intake: int
    source: str
    fingerprint: str
    months: tuple[Month, ...]

    def month(self, month: int) -> Tier:
        """Return what was delivered for one month."""
        return next((m.files for m in self.months if m.month == month), Tier())


class Manifest(msgspec.Struct, frozen=True):
    """One version of the log. The empty manifest is version 0.

    ``months`` hold one row per key, and are all that measures read. Files never change, so a
    month whose rows all come from one delivery names that delivery's own files. ``meant`` says
    which known event a report's own event is (``zoom:123@456``, ``connpass:7``): months hold its
    rows under the known event's key, deliveries as they were told.
    """

    version: int = 0
    deliveries: tuple[Delivery, ...] = ()
    months: tuple[Month, ...] = ()
    meant: tuple[tuple[str, str], ...] = ()

    def delivered(self, fingerprint: str) -> Delivery | None:
        """Return the delivery of exactly this content, if the log holds it."""
        return next((d for d in self.deliveries if d.fingerprint == fingerprint), None)

    def month(self, month: int) -> Tier:
        """Return the files of one month; no files where the month is empty."""
        return next((m.files for m in self.months if m.month == month), Tier())

    def paths(self) -> frozenset[str]:
        """Return every file this version names."""
        named = [*self.months, *(month for d in self.deliveries for month in d.months)]
        return frozenset(path for month in named for path in month.files.paths())

    def live(self) -> Tier:
        """Return the files that measures read: those of all months."""
        everything = Tier()
        for month in self.months:
            everything = everything.joined(month.files)
        return everything

    def with_months(self, changed: dict[int, Tier]) -> tuple[Month, ...]:
        """Return the months after replacing the changed ones; months without rows go."""
        kept = {m.month: m.files for m in self.months} | changed
        return tuple(Month(m, kept[m]) for m in sorted(kept) if kept[m].paths())


def encode(manifest: Manifest) -> bytes:
    """Return the manifest as JSON."""
    return msgspec.json.encode(manifest)


def decode(text: bytes | str) -> Manifest:
    """Return the manifest written in JSON; raises ``msgspec.ValidationError`` on anything else."""
    return msgspec.json.decode(text, type=Manifest)
