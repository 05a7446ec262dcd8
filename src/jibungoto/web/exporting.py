"""Lists as files: what a page shows, as CSV or XLSX in which no cell can start a formula."""

from __future__ import annotations

import csv
import re
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import IO, TYPE_CHECKING, Any, TypeVar

from django.http import FileResponse, Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.http import content_disposition_header

from jibungoto.explain.formats.formulas import could_start_formula, neutralised
from jibungoto.web.language import page_language

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Row = TypeVar("Row")
Column = tuple[str, Callable[[Row], object]]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32_767
ROWS_OF_A_SHEET = 1_048_576
LONGEST_NAME = 80
BYTE_ORDER_MARK = "\ufeff"
LINES_AT_ONCE = 500
_KEPT = (int, float, date)
"""What a spreadsheet holds as more than a text."""


def exported(
    columns: Sequence[Column[Row]], rows: Iterable[Row], *, name: str, ending: str
) -> HttpResponseBase:
    """Return rows as a file to download; ``ending`` is csv or xlsx, anything else is 404.

    A column is its head and the function that reads its cell: a text, a number, a date, a moment
    or None. Rows are read one after the other, so a list may be as long as it likes.
    """
    if ending == "csv":
        response: HttpResponseBase = StreamingHttpResponse(
            _csv_lines(columns, rows), content_type="text/csv; charset=utf-8"
        )
    elif ending == "xlsx":
        response = FileResponse(_workbook(columns, rows), content_type=XLSX)
    else:
        raise Http404
    header = content_disposition_header(True, f"{safe_name(name)}.{ending}")
    response.headers["Content-Disposition"] = header or "attachment"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def safe_name(name: str) -> str:
    """Return a file name without path, control characters or anything a shell would mind."""
    plain = unicodedata.normalize("NFC", name)
    kept = re.sub(r"[^\w.-]+", "-", plain).strip("-._")
    return kept[:LONGEST_NAME].rstrip("-._") or "jibungoto"


def _cell(value: object) -> str | int | float | date:
    """Return what a cell holds; a moment is written out, for spreadsheets know no zones."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, _KEPT) and not isinstance(value, bool):
        return value
    return str(value).encode("utf-8", "replace").decode()


def _written(value: object) -> str | int | float:
    cell = _cell(value)
    if isinstance(cell, str):
        return neutralised(cell)
    return cell.isoformat() if isinstance(cell, date) else cell


class _Line:
    """The file that csv writes a line to: it only hands the line on."""

    def write(self, line: str) -> str:
        return line


def _csv_lines(columns: Sequence[Column[Row]], rows: Iterable[Row]) -> Iterator[bytes]:
    """Yield the file piece by piece, in the language of the request that asked for it."""
    language = page_language()
    writer = csv.writer(_Line())
    heads = writer.writerow([neutralised(head) for head, _read in columns])
    yield f"{BYTE_ORDER_MARK}{heads}".encode()
    cells = [read for _head, read in columns]
    coming = iter(rows)
    is_over = False
    while not is_over:
        with translation.override(language):
            some = list(islice(coming, LINES_AT_ONCE))
            lines = [writer.writerow([_written(read(row)) for read in cells]) for row in some]
        is_over = len(some) < LINES_AT_ONCE
        yield "".join(lines).encode()


def _workbook(columns: Sequence[Column[Row]], rows: Iterable[Row]) -> IO[bytes]:
    """Write an XLSX file to a temporary place; it is gone once it has been sent."""
    from xlsxwriter import Workbook

    file = tempfile.TemporaryFile()  # noqa: SIM115  # the response closes it once it is sent
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with Workbook(file, options) as book:
        formats = {
            "head": book.add_format({"bold": True}),
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
            "text": book.add_format({"quote_prefix": True}),
        }
        sheet: Any = None
        for at, row in enumerate(rows):
            line = at % (ROWS_OF_A_SHEET - 1)
            if line == 0:
                sheet = _sheet(book.add_worksheet(), columns, formats=formats)
            for column, (_head, read) in enumerate(columns):
                _put(sheet, _cell(read(row)), at=(line + 1, column), formats=formats)
        if sheet is None:
            _sheet(book.add_worksheet(), columns, formats=formats)
    file.seek(0)
    return file


def _sheet(
    sheet: Worksheet, columns: Sequence[Column[Row]], *, formats: dict[str, Format]
) -> Worksheet:
    sheet.freeze_panes(1, 0)
    for column, (head, _read) in enumerate(columns):
        sheet.set_column(column, column, 22)
        sheet.write_string(0, column, head, formats["head"])
    return sheet


def _put(
    sheet: Worksheet, cell: object, *, at: tuple[int, int], formats: dict[str, Format]
) -> None:
    if isinstance(cell, str):
        shown = cell[:LONGEST_CELL]
        sheet.write_string(*at, shown, formats["text"] if could_start_formula(shown) else None)
    elif isinstance(cell, date):
        sheet.write_datetime(*at, cell, formats["date"])
    elif isinstance(cell, int | float):
        sheet.write_number(*at, cell)
