"""What a reader hands out while it reads: records, and the activities and names in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar

import msgspec

from jibungoto.ledger.accounting import LeftOut, Refusal
from jibungoto.ledger.activity import Activity, Tie, TieKind
from jibungoto.ledger.initiative import Initiative
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.person import Handle

Row = TypeVar("Row", bound=msgspec.Struct)


class Record(msgspec.Struct, frozen=True, gc=False):
    """One record of an export that was read.

    ``content`` is a 63-bit digest of what the log keeps of it: equal digests mean unchanged.
    ``filed_at`` (UTC seconds) says under which month the record is filed. It must follow from
    ``key`` alone, so that a later version of the record is found in the same month.
    ``is_counted`` is False for facts that are no record of the export's own (a channel's
    creation in a list of channels). ``is_tombstone`` says: what was known under this key is gone.

    A record that is one activity needs none of these: the activity's own ``content`` says it.
    """

    key: str
    content: int
    filed_at: int
    is_counted: bool = True
    is_tombstone: bool = False


class Like(msgspec.Struct, frozen=True):
    """Stands for a value that is, in every row of a sheet, that of another field."""

    field: str


class Sheet(Generic[Row]):
    """Rows of one kind that share the values in ``same``; ``fields`` are those that differ.

    All values stand in one list: a column is every so-many-th of them. ``put`` takes the values
    of one row in the order of ``fields``: for lines that run a million times, because it makes no
    object per row. Iterating gives whole rows back.
    """

    __slots__ = ("_values", "fields", "kind", "put", "same")

    def __init__(self, kind: type[Row], fields: Sequence[str], same: dict[str, object]) -> None:
        defaults = kind.__struct_defaults__
        optional = kind.__struct_fields__[len(kind.__struct_fields__) - len(defaults) :]
        self.kind = kind
        self.fields = tuple(fields)
        self.same = dict(zip(optional, defaults, strict=True)) | same
        self._values: list[object] = []
        self.put = self._values.extend

    def column(self, name: str) -> list[object]:
        """Return the values of one field, one for each row."""
        if name not in self.fields:
            same = self.same[name]
            return self.column(same.field) if isinstance(same, Like) else [same] * len(self)
        return self._values[self.fields.index(name) :: len(self.fields)]

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self._values) // len(self.fields)

    def __iter__(self) -> Iterator[Row]:
        """Give back row after row."""
        columns = [self.column(name) for name in self.kind.__struct_fields__]
        yield from map(self.kind, *columns)


class Columns(Sheet[Row]):
    """A sheet made whole: for each of its fields a list of values, a NumPy array or cells.

    Where ``key`` is ``Stamped`` and the other texts are made of the same times, the log takes them
    in as numbers: that is the quickest way.
    """

    __slots__ = ("columns",)

    def __init__(
        self, kind: type[Row], columns: Mapping[str, Any], same: dict[str, object]
    ) -> None:
        super().__init__(kind, tuple(columns), same)
        self.columns = columns

    def column(self, name: str) -> list[object]:
        """Return the values of one field, one for each row."""
        if name not in self.columns:
            return super().column(name)
        held = self.columns[name]
        values: list[object] = held.tolist() if hasattr(held, "tolist") else list(held)
        return values

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.columns[self.fields[0]])


class Rows(Generic[Row]):
    """Rows of one kind: rows as they are, and sheets of rows that share some of their values."""

    __slots__ = ("fields", "kind", "put", "sheets")

    def __init__(self, kind: type[Row], rows: Iterable[Row] = ()) -> None:
        self.kind = kind
        self.fields = kind.__struct_fields__
        self.sheets: list[Sheet[Row]] = [Sheet(kind, self.fields, {})]
        self.put = self.sheets[0].put
        for row in rows:
            self.append(row)

    def append(self, row: Row) -> None:
        """Add one row, which is all that most readers need."""
        self.put(msgspec.structs.astuple(row))

    def sheet(self, *fields: str, **same: object) -> Sheet[Row]:
        """Begin a sheet of these rows: its rows differ in ``fields`` and share ``same``.

        What is named in neither has the value it has by default.
        """
        begun = Sheet(self.kind, fields, same)
        self.sheets.append(begun)
        return begun

    def add_columns(self, columns: Mapping[str, Any], **same: object) -> None:
        """Add a whole sheet of rows, column by column."""
        self.sheets.append(Columns(self.kind, columns, same))

    def column(self, name: str) -> list[object]:
        """Return the values of one field, one for each row."""
        return [value for sheet in self.sheets for value in sheet.column(name)]

    def __len__(self) -> int:
        """Return how many rows there are."""
        return sum(map(len, self.sheets))

    def __iter__(self) -> Iterator[Row]:
        """Give back row after row."""
        for sheet in self.sheets:
            yield from sheet


class Batch(msgspec.Struct):
    """What a reader found since its last batch.

    ``read`` counts the export's records of this batch; ``repeated`` those of them that are second
    copies inside this delivery. Counted records + repeated + left_out + refused = read, where an
    activity with ``content`` is one counted record.
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

    def told_records(self) -> Iterator[Record]:
        """Return all records: those handed over and those that are activities."""
        yield from self.records
        for one in self.activities:
            if one.content is not None:
                filed_at = one.happened_at if one.filed_at is None else one.filed_at
                yield Record(one.key, one.content, filed_at)

    def told_ties(self) -> Iterator[Tie]:
        """Return all ties: those handed over and those that activities say of themselves."""
        for one in self.activities:
            yield from _ties_of(one)
        yield from self.ties


def _ties_of(one: Activity) -> Iterator[Tie]:
    told = [(actor, TieKind.MENTION) for actor in (one.mentioned or "").split()]
    if one.towards is not None and one.actor is not None:
        kind = TieKind.REACTION if one.kind is Kind.REACTION else TieKind.REPLY
        told.append((one.towards, kind))
    for actor, kind in told:
        yield Tie(one.record, one.key, one.actor, actor, kind, one.happened_at, one.filed_at)
