"""Tables somebody handed in: CSV, TSV and Excel sheets, as lines under the headings they stand in.

A table is found by the headings its reader knows, not by a guess at its shape: what stands above
(a preamble), the delimiter and the encoding follow from where those headings are.
"""

from __future__ import annotations

import csv
import io
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from jibungoto.gather.contents.encodings import decodings
from jibungoto.gather.text import normalised
from jibungoto.ledger.problems import DamagedExport
from jibungoto.ledger.words import Words

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

    from jibungoto.gather.shelves.entry import Entry
    from jibungoto.gather.shelves.export import Export

_DELIMITERS = (",", "\t", ";")
_HEADING_WITHIN = 60
_LONGEST_RECORD = 200
_FEWEST_CELLS = 3
"""Lines of a text may well hold one comma each, as those of a table with two columns."""
_HEAD = 32_768
_EXCEL = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_LARGEST_WORKBOOK = 32 << 20
_LARGEST_UNPACKED = 512 << 20
_MOST_CELLS = 20_000_000
_CELL = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,3})(\d{1,7})["']""")

CUT_RECORD = Words(
    '引用符(")の対応が取れないため、列に分けられません。',
    "Its quotation marks do not match, so it cannot be split into columns.",
)
SWALLOWED = Words(
    '閉じられていない引用符(")で前後の行とつながっています。引用符を直してから渡してください。',
    "A quotation mark that was never closed joins it to other lines. Mend the quotation marks and "
    "hand it in again.",
)
NOT_A_WORKBOOK = Words(
    "Excel のファイルとして開けません。", "It cannot be opened as an Excel workbook."
)
TOO_LARGE = Words(
    "展開すると大きすぎる Excel のファイルです。", "It is an Excel workbook too large to unpack."
)
ONCE_MORE = Words(
    "もう一度書き出してから渡してください。", "Export it once more and hand it in again."
)

Knows = Callable[[frozenset[str]], bool]
"""Says whether these headings (as ``plain`` returns them) are those of a table one knows."""


@dataclass(frozen=True, slots=True)
class Line:
    """One record of a table: where it stands, and its cells by heading, as ``plain`` returns it.

    ``problem`` says why a line could not be split; its cells are empty then. ``surplus`` are the
    cells that stand under no heading.
    """

    number: int
    cells: dict[str, str]
    surplus: tuple[str, ...] = ()
    problem: Words | None = None

    def get(self, *headings: str) -> str:
        """Return the first of these cells that holds something, or an empty text."""
        for heading in headings:
            if found := self.cells.get(heading, ""):
                return found
        return ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it stands in a file: its headings as written, and its lines.

    ``headings`` keep their order; a second column of a name is called ``name (2)``. ``preamble``
    are the rows above the headings, ``name`` is a sheet's.
    """

    headings: tuple[str, ...]
    lines: tuple[Line, ...]
    preamble: tuple[tuple[str, ...], ...] = ()
    name: str = ""


def plain(heading: str) -> str:
    """Return a heading as it is compared: NFKC, without case, spaces and marks around it."""
    return "".join(normalised(heading).casefold().split()).strip("\ufeff*:")


def is_workbook(head: bytes) -> bool:
    """Say whether a file begins as Excel's do."""
    return head.startswith(_EXCEL)


def table_in(content: bytes | bytearray, knows: Knows, *, place: str = "") -> Table | None:
    """Return the first table whose headings are known, or None; raises DamagedExport."""
    return next(tables_in(content, knows, place=place), None)


def tables_in(content: bytes | bytearray, knows: Knows, *, place: str = "") -> Iterator[Table]:
    """Yield the table of a CSV or TSV file, or those of a workbook's sheets, that are known."""
    for name, rows in _sheets_of(bytes(content), knows, place=place):
        at = _headings_at([cells for _, cells, _ in rows[:_HEADING_WITHIN]], knows)
        if at is not None:
            yield _table(rows, at, name=name)


def sections_in(content: bytes | bytearray, knows: Knows, *, place: str = "") -> Iterator[Table]:
    """Yield all known tables of a file, also where several stand one below the other.

    A row with a single cell directly above the headings is a section's title; it stands in that
    section's ``preamble``.
    """
    for name, rows in _sheets_of(bytes(content), knows, place=place):
        found = [at for at, (_, cells, _) in enumerate(rows) if _is_heading(cells, knows)]
        begins = [0, *(at - 1 if _is_title(rows[at - 1][1]) else at for at in found[1:])]
        ends = [*begins[1:], len(rows)]
        for begin, at, end in zip(begins, found, ends, strict=False):
            yield _table(rows[begin:end], at - begin, name=name)


def holds_table(
    export: Export, entry: Entry, *, knows: Knows, sheets: frozenset[str] = frozenset()
) -> bool:
    """Say from the beginning of a file whether it is a table that is known; costs a peek.

    Where ``sheets`` are given, it has to be a workbook's, and the sheet be called one of them.
    """
    head = export.peek(entry, _HEAD)
    if is_workbook(head):
        if entry.size > _LARGEST_WORKBOOK:
            return False
        head = bytes(export.read(entry))
    elif len(head) == _HEAD:  # Half a character at the end would look like another encoding.
        head = head[: head.rfind(b"\n") + 1] or head
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"[", b"<", b""}:
        return False
    found = tables_in(head, knows, place=entry.path)
    return any(not sheets or plain(table.name) in sheets for table in found)


def _sheets_of(content: bytes, knows: Knows, *, place: str) -> Iterator[tuple[str, list[_Row]]]:
    """Yield the rows of each sheet, or those of a text as its headings are found in it."""
    if is_workbook(content):
        yield from _sheets_of_workbook(content, place=place)
        return
    for text in decodings(content):
        lines = _lines_of(text)
        for delimiter in _DELIMITERS:
            rows = list(_rows_of(lines, delimiter, most=_HEADING_WITHIN))
            if _headings_at([cells for _, cells, _ in rows], knows) is not None:
                yield "", _whole_rows(lines, delimiter, knows=knows)
                return


def _sheets_of_workbook(content: bytes, *, place: str) -> Iterator[tuple[str, list[_Row]]]:
    from python_calamine import CalamineError, load_workbook

    _refuse_bombs(content, place=place)
    try:
        workbook = load_workbook(io.BytesIO(content))
        sheets = [workbook.get_sheet_by_index(n) for n in range(len(workbook.sheet_names))]
    except (CalamineError, ValueError, OSError) as error:
        raise DamagedExport(NOT_A_WORKBOOK, ONCE_MORE, place=place) from error
    for sheet in sheets:
        yield sheet.name, [(number, cells, None) for number, cells in _rows_of_sheet(sheet)]


def _refuse_bombs(content: bytes, *, place: str) -> None:
    """Refuse a workbook, which is a zip, that would not fit the machine once unpacked.

    Two cells in opposite corners of a sheet take no room in the file and all there is in memory.
    """
    if not content.startswith(_EXCEL[0]):
        return
    try:
        with ZipFile(io.BytesIO(content)) as packed:
            is_large = sum(one.file_size for one in packed.infolist()) > _LARGEST_UNPACKED
            is_workbook = "xl/workbook.xml" in packed.namelist()
            is_large = is_large or (is_workbook and _most_cells(packed) > _MOST_CELLS)
    except (
        BadZipFile,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OSError,
        zlib.error,
    ) as error:
        raise DamagedExport(NOT_A_WORKBOOK, ONCE_MORE, place=place) from error
    if is_large or not is_workbook:
        raise DamagedExport(TOO_LARGE if is_large else NOT_A_WORKBOOK, ONCE_MORE, place=place)


def _most_cells(packed: ZipFile) -> int:
    """Return how many cells the largest sheet spans, from the first to the last in use."""
    most = 0
    for name in packed.namelist():  # Any file of it may be called a sheet by another.
        columns, rows = 0, 0
        for column, row in set(_CELL.findall(packed.read(name))):
            columns, rows = max(columns, _column(column)), max(rows, int(row))
        most = max(most, columns * rows)
    return most


def _column(letters: bytes) -> int:
    """Return the number of a column by its letters: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _rows_of_sheet(sheet: CalamineSheet) -> Iterator[tuple[int, list[str]]]:
    first = sheet.start[0] + 1 if sheet.start is not None else 1
    for number, cells in enumerate(sheet.to_python(), first):
        yield number, [_written(cell) for cell in cells]


def _written(cell: object) -> str:
    """Return a cell as a person reads it: whole numbers without a point, times in ISO 8601."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if hasattr(cell, "isoformat") else str(cell)


_Row = tuple[int, list[str], Words | None]


def _headings_at(rows: Sequence[list[str]], knows: Knows) -> int | None:
    return next((at for at, cells in enumerate(rows) if _is_heading(cells, knows)), None)


def _is_heading(cells: Sequence[str], knows: Knows) -> bool:
    return knows(frozenset(plain(cell) for cell in cells if cell))


def _is_title(cells: Sequence[str]) -> bool:
    return sum(1 for cell in cells if cell.strip()) == 1


def _table(rows: Sequence[_Row], at: int, *, name: str = "") -> Table:
    headings = _told_apart([cell.strip() for cell in rows[at][1]])
    keys = [plain(heading) for heading in headings]
    return Table(
        headings=tuple(headings),
        lines=tuple(
            _line(row, keys)
            for row in rows[at + 1 :]
            if row[2] or any(cell.strip() for cell in row[1])
        ),
        preamble=tuple(tuple(cells) for _, cells, _ in rows[:at]),
        name=name,
    )


def _line(row: _Row, keys: Sequence[str]) -> Line:
    number, cells, problem = row
    stripped = [cell.strip() for cell in cells]
    surplus = tuple(cell for cell in stripped[len(keys) :] if cell)
    return Line(number, dict(zip(keys, stripped, strict=False)), surplus, problem)


def _told_apart(headings: Sequence[str]) -> list[str]:
    """Return headings of which no two are alike."""
    met: dict[str, int] = {}
    told = []
    for heading in headings:
        met[plain(heading)] = count = met.get(plain(heading), 0) + 1
        told.append(heading if count == 1 else f"{heading} ({count})")
    return told


def _lines_of(text: str) -> list[str]:
    """Return the lines of a text, each with its end, whichever ends they have."""
    return io.StringIO(text.replace("\0", ""), newline=None).readlines()


def _whole_rows(lines: list[str], delimiter: str, *, knows: Knows) -> list[_Row]:
    """Return all rows; lines that a broken quotation mark makes one cell are refused."""
    rows = list(_rows_of(lines, delimiter))
    if not any("\n" in cell for _, cells, _ in rows for cell in cells):
        return rows
    widths = frozenset(len(cells) for _, cells, _ in rows if _is_heading(cells, knows))
    return list(_rows_of(lines, delimiter, widths=widths))


def _rows_of(
    lines: list[str],
    delimiter: str,
    *,
    most: int | None = None,
    widths: frozenset[int] = frozenset(),
) -> Iterator[_Row]:
    """Yield (line number, cells, problem) of each record; a broken one costs itself alone."""
    at = 0
    for _ in islice(iter(int, 1), most):
        if at >= len(lines):
            return
        cells, taken = _record_at(lines, at, delimiter=delimiter)
        if taken > 1 and _are_rows(lines[at + 1 : at + taken], delimiter, widths=widths):
            yield from ((number + 1, [], SWALLOWED) for number in range(at, at + taken))
        else:
            yield (at + 1, cells, None) if cells is not None else (at + 1, [], CUT_RECORD)
        at += taken


def _are_rows(lines: list[str], delimiter: str, *, widths: frozenset[int]) -> bool:
    """Say whether most lines inside one cell are rows: as many cells as headings, and no prose."""
    found = sum(1 for line in lines if _width(line, delimiter) in widths)
    return 2 * found > len(lines)


def _width(line: str, delimiter: str) -> int:
    """Return how many cells a line has, or 0 for one that may as well be prose."""
    if '"' in line and not line.count('"') % 2:
        return len(next(csv.reader([line], delimiter=delimiter)))
    count = line.count(delimiter) + 1
    return 0 if f"{delimiter} " in line or count < _FEWEST_CELLS else count


def _record_at(lines: list[str], at: int, *, delimiter: str) -> tuple[list[str] | None, int]:
    """Return the cells of the record that begins in a line, and how many lines it takes."""
    if '"' not in lines[at]:
        return lines[at].rstrip("\n").split(delimiter), 1
    marks = 0
    for taken, line in enumerate(lines[at : at + _LONGEST_RECORD], 1):
        marks += line.count('"')
        if taken > 1 and ('"' not in line or marks % 2):
            continue  # Only an even number of quotation marks can end what one of them began.
        try:
            return next(csv.reader(lines[at : at + taken], delimiter=delimiter, strict=True)), taken
        except csv.Error as error:
            if "unexpected end of data" not in str(error):
                break
    return None, 1
