"""Tables of anybody's making (CSV, TSV, Excel): columns mean what headings, cells or people say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from zoneinfo import ZoneInfo

import msgspec

from jibungoto.gather.batch import Batch, Record
from jibungoto.gather.contents.table import Table, is_workbook, plain, tables_in
from jibungoto.gather.events.attendance import UNDATED, mode_of
from jibungoto.gather.moments import moment_of
from jibungoto.gather.people.roll import Roll, Tally, clean, plain_name
from jibungoto.gather.reader import Choices, Conceal, Reading
from jibungoto.gather.readers import csv_words as words
from jibungoto.gather.readers.csv_columns import columns_of, settle
from jibungoto.gather.readers.csv_headings import known_headings
from jibungoto.gather.readers.csv_rows import Row, RowShape
from jibungoto.gather.shelves.entry import Entry
from jibungoto.gather.shelves.export import Export
from jibungoto.gather.text import digest63
from jibungoto.ledger.activity import Activity, AtPrecision, Tie, TieKind
from jibungoto.ledger.initiative import Initiative, InitiativeKind
from jibungoto.ledger.problems import ExportProblem
from jibungoto.ledger.source import SOURCE_NAMES, CanTell, SourceKind

_MOST_AT_ONCE = 5_000
_MOST_SNIFFED = 20
_SNIFFED = 1 << 16
_LARGEST_WORKBOOK = 64 << 20
_LOOKED_AT = 20
_MOSTLY = 0.8
_LONGEST_HEADING = 60
_UTC = ZoneInfo("UTC")
_NO_TABLES = ("{", "[", "<", "%PDF")
_pack = msgspec.msgpack.Encoder().encode


class CsvReader:
    """Reads tables nobody else knows; ask it last.

    Nothing is assumed of them but a line of headings. Tried on tables made by hand, in UTF-8
    with and without mark, UTF-16, cp932 and EUC, with commas, tabs and semicolons, and on Excel
    sheets; none is a real export.

    A line is the kind its own column names (``csv_kinds`` has the words), else what the heading
    of its time says (出席日時: an attendance), else a message; one that answers another, a reply.
    """

    source = SourceKind("csv", SOURCE_NAMES["csv"])

    def recognises(self, export: Export) -> bool:
        """Say whether a table with headings stands in it."""
        return any(_looks_like_table(export, one) for one in export.entries[:_MOST_SNIFFED])

    def read(
        self, export: Export, *, conceal: Conceal, choices: Choices, reading: Reading
    ) -> Iterator[Batch]:
        """Hand out all tables; raises Undecided where nobody can say what their columns mean."""
        delivery = _Delivery(Roll(conceal), choices, reading)
        for entry in sorted(export.entries, key=lambda one: one.path):
            yield from delivery.records(export, entry)
        yield Batch(handles=delivery.roll.handles())
        reading.can_tell = delivery.can_tell()


class _Delivery:
    """All tables of one export."""

    def __init__(self, roll: Roll, choices: Choices, reading: Reading) -> None:
        self.roll = roll
        self._choices = choices
        self._reading = reading
        self._zone = ZoneInfo(choices.zone)
        self._seen: set[str] = set()
        self._named: set[str] = set()
        self._has_replies = False

    def records(self, export: Export, entry: Entry) -> Iterator[Batch]:
        """Hand out the tables of one file."""
        tally = Tally(entry.path, Batch())
        try:
            tables = list(_tables_in(export.read(entry), self._choices.columns, place=entry.path))
        except ExportProblem as problem:
            if len(export.entries) == 1:
                raise
            tally.refuse("", problem.what)
            tables = []
        else:
            if not tables:
                tally.leave_out(words.NOT_A_TABLE)
        for table in tables:
            yield from self._lines(table, tally, place=entry.path)
        yield tally.close()

    def can_tell(self) -> CanTell:
        """Return what these tables carried."""
        return CanTell(replies=self._has_replies, threads=self._has_replies)

    def _lines(self, table: Table, tally: Tally, *, place: str) -> Iterator[Batch]:
        columns = columns_of(table, self._choices.columns, place=place)
        self._reading.columns |= {one: told.value for one, told in columns.meanings.items()}
        settle(columns, place=place)
        shape = RowShape(columns, self.roll, self._zone)
        self._has_replies = self._has_replies or shape.has_replies
        rows = []
        for line in table.lines:
            row = shape.row_of(line)
            if isinstance(row, Row):
                rows.append(row)
            else:
                sheet = f"{clean(table.name)}, " if table.name else ""
                tally.refuse(f"{sheet}line {line.number}", row)
        threads = _Threads(shape, rows)
        for row in rows:
            tally.batch.read += 1
            key = threads.key_of(row)
            if key in self._seen:
                tally.batch.repeated += 1
            else:
                self._seen.add(key)
                self._write(row, threads, batch=tally.batch)
            if tally.batch.read >= _MOST_AT_ONCE:
                yield tally.turn()

    def _write(self, row: Row, threads: _Threads, *, batch: Batch) -> None:
        key, filed_at = threads.key_of(row), threads.filed_at(row)
        act = self._activity(row, threads, batch=batch)
        kept = (act.kind, act.actor, act.happened_at, act.at_precision, act.place, act.initiative)
        more = (act.in_reply_to, act.url, act.length, row.text)
        batch.records.append(Record(key, digest63(_pack((kept, more))), filed_at))
        batch.activities.append(act)
        parent = threads.parent_of(row)
        to = parent.actor if parent else None
        if row.reply_to and to != row.actor:
            batch.ties.append(Tie(key, key, row.actor, to, TieKind.REPLY, row.at, filed_at))

    def _activity(self, row: Row, threads: _Threads, *, batch: Batch) -> Activity:
        facts, key = row.facts, threads.key_of(row)
        place, initiative = self._where(row, batch)
        filed_at = threads.filed_at(row)
        return Activity(
            record=key,
            key=key,
            actor=row.actor,
            kind=row.kind,
            happened_at=row.at,
            at_precision=AtPrecision.EXACT if row.has_time else AtPrecision.NOT_BEFORE,
            place=place,
            thread=threads.thread_of(row),
            in_reply_to=threads.parent_key_of(row),
            initiative=initiative,
            length=facts.length if facts else None,
            is_question=facts.is_question if facts else None,
            text_hash=facts.text_hash if facts else None,
            hosts=(facts.hosts if facts else None) or row.site,
            url=row.url,
            filed_at=filed_at if filed_at != row.at else None,
        )

    def _where(self, row: Row, batch: Batch) -> tuple[str | None, str | None]:
        """Return place and initiative: an event with how one took part, or else a channel."""
        choices = self._choices
        event = choices.event or choices.events.get(row.event)
        if row.event or event:
            mode = mode_of(row.ticket, choices.modes) if row.ticket else None
            if row.ticket:
                self._reading.tickets[row.ticket] = mode
            if event is None:
                event = self._named_so(row.event, InitiativeKind.EVENT)
            self._tell(event, batch)
            return mode.value if mode else None, event.key
        if not row.place:
            return None, None
        channel = self._named_so(row.place, InitiativeKind.CHANNEL)
        self._tell(channel, batch)
        return channel.key.partition(":")[2], channel.key

    def _named_so(self, name: str, kind: InitiativeKind) -> Initiative:
        """Return an initiative of which only the name is known, under a number made of it."""
        number = digest63(f"{kind.value} {plain_name(name)}".encode("utf-8", "replace"))
        return Initiative(f"csv:{number:016x}", kind, clean(name))

    def _tell(self, initiative: Initiative, batch: Batch) -> None:
        if initiative.key not in self._named:
            self._named.add(initiative.key)
            batch.initiatives.append(initiative)


class _Threads:
    """Which row answers which, by the numbers the table gives them.

    In a table whose rows answer one another, a row's number is its key, so that an answer in a
    later export finds it. In others the time belongs to the key, for forms count from one again;
    and numbers that only count the lines off are none.
    """

    def __init__(self, shape: RowShape, rows: list[Row]) -> None:
        self._shape = shape
        self._by_serial: dict[str, Row] = {}
        self._threads: dict[int, str | None] = {}
        for row in rows:
            if row.serial:
                self._by_serial.setdefault(row.serial, row)
        self._is_counted_off = not shape.has_replies and _are_counted_off([*self._by_serial])

    def key_of(self, row: Row) -> str:
        """Return a row's key."""
        if not row.serial or self._is_counted_off:
            return row.fingerprint
        if self._shape.has_replies:
            return self._numbered(row.serial)
        return f"{self._numbered(row.serial)}/{row.at}"

    def filed_at(self, row: Row) -> int:
        """Return the time that follows from a row's key, or that none does."""
        return UNDATED if row.serial and self._shape.has_replies else row.at

    def parent_of(self, row: Row) -> Row | None:
        """Return the row that one answers, if it stands in this table."""
        return self._by_serial.get(row.reply_to) if row.reply_to else None

    def parent_key_of(self, row: Row) -> str | None:
        """Return the key of what a row answers, also where that stands in another table."""
        return self._numbered(row.reply_to) if row.reply_to else None

    def thread_of(self, row: Row) -> str | None:
        """Return the key of the row a thread began with, or None for a row that answers none."""
        path: list[Row] = []
        at: Row | None = row
        while at is not None and at.line not in self._threads:
            self._threads[at.line] = self._numbered(at.reply_to) if at.reply_to else None
            path.append(at)
            at = self.parent_of(at)
        if at is not None and at not in path:
            thread = self._threads[at.line] or self.key_of(at)
        else:
            thread = self._threads[path[-1].line] or self.key_of(path[-1])
        for one in path:
            self._threads[one.line] = thread if one.reply_to else None
        return self._threads[row.line]

    def _numbered(self, serial: str) -> str:
        return f"{self._shape.name}/{digest63(serial.encode('utf-8', 'replace')):016x}"


def _are_counted_off(serials: list[str]) -> bool:
    """Say whether rows are numbered as they stand: then a number follows its line, not the act."""
    numbers = sorted(int(one) for one in serials if one.isascii() and one.isdigit())
    return len(numbers) == len(serials) and numbers == list(range(1, len(numbers) + 1))


def _looks_like_table(export: Export, entry: Entry) -> bool:
    try:
        start = export.peek(entry, _SNIFFED)
        if is_workbook(start[:4]):
            if entry.size > _LARGEST_WORKBOOK:
                return False
            return any(_tables_in(export.read(entry), {}, place=entry.path))
        head = start if entry.size <= _SNIFFED else start.rpartition(b"\n")[0]
        return any(_tables_in(head, {}, place=entry.path))
    except ExportProblem:
        return False


def tables_of(export: Export, chosen: Mapping[str, str]) -> Iterator[Table]:
    """Yield the tables of an export that would be read; a file that cannot be opened has none."""
    for entry in sorted(export.entries, key=lambda one: one.path):
        try:
            yield from _tables_in(export.read(entry), chosen, place=entry.path)
        except ExportProblem:
            continue


def _tables_in(
    content: bytes | bytearray, chosen: Mapping[str, str], *, place: str
) -> Iterator[Table]:
    """Yield the tables of a file: below headings one knows, or else below any line of words."""
    is_text = not is_workbook(bytes(content[:4]))
    if is_text and bytes(content[:64]).decode("latin-1").lstrip("\xef\xbb\xbf \r\n").startswith(
        _NO_TABLES
    ):
        return
    wanted = {plain(one) for one in chosen}

    def knows(headings: frozenset[str]) -> bool:
        return known_headings(headings) >= 2 or bool(wanted and wanted <= headings)

    found = False
    for table in tables_in(content, knows, place=place):
        found = True
        yield table
    if not found:
        yield from filter(_is_even, tables_in(content, _are_words, place=place))


def _are_words(headings: frozenset[str]) -> bool:
    """Say whether a line can be headings: two or more, short, and no numbers, times or links."""
    if len(headings) < 2:
        return False
    return all(
        len(one) <= _LONGEST_HEADING
        and not one.replace(".", "").isdigit()
        and "@" not in one
        and "://" not in one
        and moment_of(one, _UTC) is None
        for one in headings
    )


def _is_even(table: Table) -> bool:
    """Say whether most lines have a cell for each heading, as prose with commas has not."""
    lines = list(islice(table.lines, _LOOKED_AT))
    even = [one for one in lines if not one.surplus and len(one.cells) == len(table.headings)]
    return len(lines) > 0 and len(even) >= _MOSTLY * len(lines)
