"""A pile of files somebody collected: which of them are tables or documents of one source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

import msgspec

from jibungoto.gather.batch import Batch
from jibungoto.gather.contents.beside import ANOTHERS
from jibungoto.gather.contents.encodings import in_utf8
from jibungoto.gather.contents.json_pieces import list_at, members_in
from jibungoto.gather.contents.sheets import put_aside
from jibungoto.gather.contents.table import Knows, holds_table
from jibungoto.gather.shelves.entry import Entry
from jibungoto.gather.shelves.export import Export
from jibungoto.ledger.problems import ExportProblem
from jibungoto.ledger.words import Words

_MOST_LOOKED_AT = 200
_HEAD = 65_536
_LARGEST_DOCUMENT = 256 << 20
_BLANK = b"\xef\xbb\xbf \t\r\n"
_ABOUT_ITSELF = re.compile(r"(?:\.|readme|licen[cs]e)", re.IGNORECASE)

NOT_JSON = Words("JSON として読み取れません。", "It cannot be read as JSON.")
TOO_LARGE = Words("大きすぎるため読み取れません。", "It is too large to be read.")


@dataclass(frozen=True, slots=True)
class Marks:
    """What one source's files look like.

    ``knows`` recognises the headings of its tables; where ``sheets`` are given, those stand only in
    workbooks, on a sheet called one of them (as ``plain`` returns it). A JSON document is one of
    its own if all the texts of one of the groups in ``documents`` stand near its beginning.
    """

    knows: Knows
    documents: tuple[tuple[bytes, ...], ...] = ()
    sheets: frozenset[str] = frozenset()


@dataclass(slots=True)
class Pile:
    """The files of one export by what they are; ``strangers`` are of another source or none."""

    tables: list[Entry] = field(default_factory=list)
    documents: list[Entry] = field(default_factory=list)
    strangers: list[Entry] = field(default_factory=list)

    def opening(self, export: Export) -> Batch:
        """Return a batch that accounts for what is not read."""
        batch = Batch(read=len(export.refused), refusals=list(export.refused))
        named = [one for one in self.strangers if not _ABOUT_ITSELF.match(one.name)]
        put_aside(batch, [one.path for one in named], reason=ANOTHERS)
        batch.entries += len(self.strangers) - len(named)
        return batch


def is_among(export: Export, marks: Marks) -> bool:
    """Say whether one of an export's first files is of this source."""
    first = islice(export.entries, _MOST_LOOKED_AT)
    return any(
        _is_document(export, one, marks=marks) or _is_table(export, one, marks=marks)
        for one in first
    )


def pile_of(export: Export, marks: Marks) -> Pile:
    """Sort the files of an export by what they are, each group by its path."""
    pile = Pile()
    for entry in sorted(export.entries, key=lambda one: one.path):
        if _is_document(export, entry, marks=marks):
            pile.documents.append(entry)
        elif _is_table(export, entry, marks=marks):
            pile.tables.append(entry)
        else:
            pile.strangers.append(entry)
    return pile


def parts_of(
    export: Export, entry: Entry, *, lists: Sequence[str] = ()
) -> Sequence[object] | Words:
    """Return what a JSON document, or one JSON text a line, consists of; or why it is none.

    One that is broken somewhere falls apart into the members of its list, or of its ``lists`` by
    these names; in place of a broken member stands None.
    """
    if entry.size > _LARGEST_DOCUMENT:
        return TOO_LARGE
    try:
        content = in_utf8(bytes(export.read(entry)))
    except ExportProblem as problem:
        return problem.what
    for decode in (msgspec.json.decode, msgspec.json.Decoder().decode_lines):
        try:
            found = decode(content)
        except (ValueError, RecursionError):
            continue
        return found if isinstance(found, list) else [found]
    return _mended(content, lists) or NOT_JSON


def _mended(content: bytes, lists: Sequence[str]) -> Sequence[object]:
    """Return what of a broken document can be read; nothing where that is nothing."""
    if content.lstrip().startswith(b"["):
        members = list(_members_in(content, 0))
        return members if any(one is not None for one in members) else ()
    begins = ((name, list_at(content, (name,))) for name in lists)
    found = {name: list(_members_in(content, at)) for name, at in begins if at is not None}
    is_any = any(one is not None for members in found.values() for one in members)
    return [found] if is_any else ()


def _members_in(content: bytes, at: int) -> Iterator[object]:
    for piece in members_in(content, at):
        try:
            yield None if piece is None else msgspec.json.decode(piece)
        except (ValueError, RecursionError):
            yield None


def _is_document(export: Export, entry: Entry, *, marks: Marks) -> bool:
    if not marks.documents:
        return False
    try:
        head = export.peek(entry, _HEAD)
    except ExportProblem:
        return False
    head = in_utf8(head)
    if head.lstrip(_BLANK)[:1] not in {b"{", b"["}:
        return False
    return any(all(mark in head for mark in group) for group in marks.documents)


def _is_table(export: Export, entry: Entry, *, marks: Marks) -> bool:
    try:
        return holds_table(export, entry, knows=marks.knows, sheets=marks.sheets)
    except ExportProblem:
        return False
