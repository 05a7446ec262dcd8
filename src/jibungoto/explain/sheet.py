"""Fits a document on one sheet by shortening it: what is taken off it stands in an annex."""

from __future__ import annotations

from dataclasses import dataclass, replace

from jibungoto.explain.document import Cell, Document, Section, Table
from jibungoto.ledger.words import Words

ROWS_MORE = Words("ほかに{n}行", "{n} more")
IN_ANNEX = Words("付録にあります", "in the annex")
LINES_MORE = Words("ほかに{n}項目が付録にあります。", "{n} more in the annex.")
ALL_IN_ANNEX = Words("付録にあります。", "See the annex.")
REST_OF = Words("{heading}(続き)", "{heading} (continued)")
EVERYTHING = 10_000


@dataclass(frozen=True, slots=True)
class Room:
    """How much of each section a sheet keeps: lines of notes, rows, lines of text, claims.

    ``small`` is how many lines stand below the claims of a section.
    """

    notes: int = EVERYTHING
    rows: int = EVERYTHING
    small: int = EVERYTHING
    claims: int = EVERYTHING


ROOMS: tuple[Room, ...] = (
    Room(notes=8),
    Room(notes=5),
    Room(notes=3, rows=6),
    Room(notes=2, rows=5),
    Room(notes=0, rows=5),
    Room(notes=0, rows=4),
    Room(notes=0, rows=4, small=1),
    Room(notes=0, rows=3, small=1),
    Room(notes=0, rows=3, small=1, claims=2),
    Room(notes=0, rows=2, small=0, claims=1),
)
"""From the most a sheet may hold to the least: notes give way first, claims last."""


def shortened(document: Document, room: Room) -> Document:
    """Return the document with no more in each section than there is room for.

    What is taken off is not lost: it stands in the annex, under the heading it was taken from.
    The first section with claims is the answer, and keeps all of them and its lines.
    """
    answer = next((at for at, one in enumerate(document.sections) if one.claims), None)
    kept: list[Section] = []
    annex: list[Section] = []
    for at, section in enumerate(document.sections):
        mine = replace(room, claims=EVERYTHING, small=EVERYTHING) if at == answer else room
        short, rest = _note(section, mine) if section.is_note else _body(section, mine)
        kept.append(short)
        annex += [rest] if rest is not None else []
    return replace(document, sections=tuple(kept), annex=(*document.annex, *annex))


def _note(section: Section, room: Room) -> tuple[Section, Section | None]:
    text, more = section.text[: room.notes], section.text[room.notes :]
    if not more:
        return section, None
    told = LINES_MORE.filled(n=len(more)) if text else ALL_IN_ANNEX
    rest = replace(section, text=more, claims=(), tables=(), heading=_rest(section, bool(text)))
    return replace(section, text=(*text, told)), rest


def _body(section: Section, room: Room) -> tuple[Section, Section | None]:
    claims, more_claims = section.claims[: room.claims], section.claims[room.claims :]
    text, more_text = section.text[: room.small], section.text[room.small :]
    tables = [_split(table, room.rows) for table in section.tables]
    more_tables = tuple(rest for _short, rest in tables if rest is not None)
    if not (more_claims or more_text or more_tables):
        return section, None
    left = len(more_claims) + len(more_text)
    told = (LINES_MORE.filled(n=left),) if left else ()
    short = replace(
        section, claims=claims, text=(*text, *told), tables=tuple(one for one, _ in tables)
    )
    heading = _rest(section, True)
    same = [
        replace(one, title=heading) if one.title == section.heading else one for one in more_tables
    ]
    return short, Section(heading, more_claims, more_text, tables=tuple(same))


def _split(table: Table, rows: int) -> tuple[Table, Table | None]:
    """Return the first rows with a line that says how many are left out, and those."""
    if len(table.rows) <= rows + 1:  # the line would take the place of the one row
        return table, None
    kept, more = table.rows[:rows], table.rows[rows:]
    last = (Cell(ROWS_MORE.filled(n=len(more))), Cell(IN_ANNEX))
    return replace(table, rows=(*kept, last)), replace(table, rows=more)


def _rest(section: Section, is_rest: bool) -> Words:
    if not is_rest:
        return section.heading
    return Words(
        REST_OF.ja.format(heading=section.heading.ja), REST_OF.en.format(heading=section.heading.en)
    )
