"""What a reader hands out while it reads: records, and the activities and names in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

import msgspec

from jibungoto.ledger.accounting import LeftOut, Refusal
from jibungoto.ledger.activity import Activity, Tie
from jibungoto.ledger.initiative import Initiative
from jibungoto.ledger.person import Handle

Row = TypeVar("Row", bound=msgspec.Struct)


class Record(msgspec.Struct, frozen=True, gc=False):
    """One record of an export that was read.

    ``content`` is a 63-bit digest of what the log keeps of it: equal digests mean unchanged.
    ``filed_at`` (UTC seconds) says under which month the record is filed. It must follow from
    ``key`` alone, so that a later version of the record is found in the same month.
    ``is_counted`` is False for facts that are no record of the export's own (a channel's
    creation in a list of channels). ``is_tombstone`` says: what was known under this key is gone.
    """

    key: str
    content: int
    filed_at: int
    is_counted: bool = True
    is_tombstone: bool = False


class Rows(Generic[Row]):
    """Rows of one kind, all their values in one list: a column is every so-many-th of them.

    ``append`` takes a row as it is, which is all that most readers need. ``put`` takes the values
    of one row (all of them, in the order of the kind's fields): for lines that run a million
    times, because it makes no object per row. Iterating gives the rows back.
    """

    __slots__ = ("_values", "fields", "kind", "put")

    def __init__(self, kind: type[Row], rows: Iterable[Row] = ()) -> None:
        self.kind = kind
        self.fields = kind.__struct_fields__
        self._values: list[object] = []
        self.put = self._values.extend
        for row in rows:
            self.append(row)

    def append(self, row: Row) -> None:
        """Add one row."""
        self.put(msgspec.structs.astuple(row))

    def join(self, others: Rows[Row]) -> None:
        """Add all rows of others."""
        self._values += others._values

    def column(self, name: str) -> list[object]:
        """Return the values of one field, one for each row."""
        return self._values[self.fields.index(name) :: len(self.fields)]

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self._values) // len(self.fields)

    def __iter__(self) -> Iterator[Row]:
        """Give back row after row."""
        width = len(self.fields)
        for at in range(0, len(self._values), width):
            yield self.kind(*self._values[at : at + width])


class Batch(msgspec.Struct):
    """What a reader found since its last batch.

    ``read`` counts the export's records of this batch; ``repeated`` those of them that are second
    copies inside this delivery. Counted records + repeated + left_out + refused = read.
    ``entries`` is how many of the export's files this batch finished, for progress.
    """

    read: int = 0
    repeated: int = 0
    entries: int = 0
    records: Rows[Record] = msgspec.field(default_factory=lambda: Rows(Record))
    activities: Rows[Activity] = msgspec.field(default_factory=lambda: Rows(Activity))
    ties: Rows[Tie] = msgspec.field(default_factory=lambda: Rows(Tie))
    handles: list[Handle] = []
    initiatives: list[Initiative] = []
    left_out: list[LeftOut] = []
    refusals: list[Refusal] = []
