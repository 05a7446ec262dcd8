"""Which files of an export are tables a reader knows, found at little cost and read one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from jibungoto.gather.batch import Batch
from jibungoto.gather.contents.table import Knows, Line, Table, is_workbook, sections_in
from jibungoto.gather.people.roll import Tally
from jibungoto.gather.shelves.complaints import spelled
from jibungoto.gather.shelves.entry import Entry
from jibungoto.gather.shelves.export import Export
from jibungoto.ledger.accounting import LeftOut
from jibungoto.ledger.problems import DamagedExport
from jibungoto.ledger.words import Words

_MOST_LOOKED_AT = 20
_MOST_NAMED = 50
_PEEKED = 1 << 16
_LARGEST_WORKBOOK = 1 << 26

NO_SUCH_TABLE = Words(
    "このデータ元の表ではないため読み取りません。",
    "It is no table of this source, so it is not read.",
)


def holds_known(export: Export, knows: Knows) -> bool:
    """Say whether one of the first files is a table with headings one knows."""
    return any(
        _is_known(export, entry, knows=knows) for entry in islice(export.entries, _MOST_LOOKED_AT)
    )


def known_tables(
    export: Export, knows: Knows, *, batch: Batch
) -> Iterator[tuple[Entry, list[Table]]]:
    """Yield each file that holds tables one knows; all others are accounted for in ``batch``."""
    others: list[str] = []
    for entry in export.entries:
        try:
            found = list(sections_in(export.read(entry), knows, place=entry.path))
        except DamagedExport as damage:
            tally = Tally(entry.path, batch)
            tally.refuse("", damage.what)
            tally.close()
            continue
        if found:
            yield entry, found
        else:
            others.append(entry.path)
    put_aside(batch, others, reason=NO_SUCH_TABLE)
    batch.read += len(export.refused)
    batch.refusals.extend(export.refused)


def lines_of(table: Table, tally: Tally) -> Iterator[Line]:
    """Yield the lines of a table that hold something; broken ones are refused."""
    for line in table.lines:
        if line.problem is not None:
            tally.refuse(f"line {line.number}", line.problem)
        elif any(line.cells.values()) or line.surplus:
            yield line


def put_aside(batch: Batch, paths: Sequence[str], *, reason: Words) -> None:
    """Leave out whole files, one record each: the first by name, the others by their number."""
    for path in paths[:_MOST_NAMED]:
        batch.left_out.append(LeftOut(spelled(path), reason))
    more = paths[_MOST_NAMED:]
    if more:
        batch.left_out.append(LeftOut(f"{spelled(more[0])} …", reason, len(more)))
    batch.read += len(paths)
    batch.entries += len(paths)


def _is_known(export: Export, entry: Entry, *, knows: Knows) -> bool:
    try:
        head: bytes | bytearray = export.peek(entry, _PEEKED)
        if is_workbook(bytes(head[:4])):
            if entry.size > _LARGEST_WORKBOOK:
                return False
            head = export.read(entry)
        elif len(head) == _PEEKED:  # Half a character at the end would look like another encoding.
            head = head[: head.rfind(b"\n") + 1]
        return next(sections_in(head, knows, place=entry.path), None) is not None
    except DamagedExport:
        return False
