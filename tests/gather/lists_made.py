"""Lists of participants made on the spot, in every dress they come in, and what comes of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from jibungoto.gather.reader import Choices, Reader, Reading
from jibungoto.gather.shelves.export import open_export
from jibungoto.ledger.activity import Activity
from jibungoto.ledger.initiative import Initiative, InitiativeKind
from tests.gather.made import Gathered, concealed

EVENING = 1_776_592_800
"""2026-04-19 19:00 in Japan."""

SPRING = Initiative(
    "connpass:4410",
    InitiativeKind.EVENT,
    "Spring",
    starts_at=EVENING,
    ends_at=EVENING + 7_200,
)
CHOSEN = Choices(event=SPRING, zone="Asia/Tokyo")

ENCODINGS = ("utf-8", "utf-8-sig", "cp932", "shift_jis_2004", "euc_jis_2004", "utf-16")


def table_of(*rows: Sequence[Any], delimiter: str = ",", ends: str = "\r\n") -> str:
    """Return rows as the text of a table."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=ends).writerows(rows)
    return text.getvalue()


def workbook_of(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> bytes:
    """Return an Excel workbook of these sheets; numbers stay numbers."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return made.getvalue()


def written(path: Path, content: str | bytes, *, encoding: str = "utf-8") -> Path:
    """Write one file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def read_with(reader: Reader, path: Path, choices: Choices = CHOSEN) -> Gathered:
    """Read what stands at a path to its end with one reader that recognises it."""
    gathered = Gathered(Reading())
    with open_export(path) as export:
        assert reader.recognises(export)
        gathered.batches.extend(
            reader.read(export, conceal=concealed, choices=choices, reading=gathered.reading)
        )
    assert gathered.accounted == gathered.read
    return gathered


def is_recognised(reader: Reader, path: Path) -> bool:
    """Say whether a reader takes what stands at a path."""
    with open_export(path) as export:
        return reader.recognises(export)


def told(found: Gathered) -> list[tuple[str, str]]:
    """Return (kind, who by outside id) of every activity, sorted."""
    known = {handle.actor: handle.outside_id for handle in found.handles}
    return sorted((a.kind.value, known[a.actor] if a.actor else "") for a in found.activities)


def only(activities: Sequence[Activity]) -> Activity:
    """Return the one activity there is."""
    (one,) = activities
    return one


def places(found: Gathered) -> list[str]:
    """Return where the refused records stand."""
    return [one.place for one in found.refusals]
