"""Lists of records inside JSON files: what is readable is handed out, the rest is named.

A file that decodes whole is decoded whole; one that does not, record by record; a very large one
piece by piece where its lines show where records end, else as a stream.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, BinaryIO, Generic, TypeVar

import ijson
import msgspec

from jibungoto.gather.batch import Batch
from jibungoto.gather.contents.encodings import in_utf8
from jibungoto.gather.contents.json_pieces import list_at, members_in
from jibungoto.gather.shelves.complaints import spelled
from jibungoto.gather.shelves.entry import Entry
from jibungoto.gather.shelves.export import Export
from jibungoto.ledger.accounting import Refusal
from jibungoto.ledger.problems import ExportProblem
from jibungoto.ledger.words import Words

LARGEST_WHOLE = 32 << 20
"""Larger files are read in pieces, so that memory does not grow with them."""

NOT_A_RECORD = Words(
    "記録の形ではありません。", "It does not have the shape of a record of this source."
)
NOT_A_LIST = Words("記録の一覧(JSON)ではありません。", "It is not JSON with a list of records.")
CUT_OFF = Words(
    "ここから先は JSON として読み取れません。もう一度書き出してください。",
    "From here on it is not readable JSON. Export it once more.",
)

_BOM = b"\xef\xbb\xbf"
_PIECE = 8 << 20
_LONGEST = 64 << 20
_MOST_NAMED = 50

Shape = TypeVar("Shape", bound=msgspec.Struct)


class Unreadable(msgspec.Struct, frozen=True, gc=False):
    """A record that does not have its shape, or, if ``is_whole``, a file of which none has."""

    reason: Words
    is_whole: bool = False


class JsonLists(Generic[Shape]):
    """Files with a list of records of one shape: ``within`` are the keys that lead to it."""

    def __init__(self, shape: type[Shape], *within: str) -> None:
        self._shape = shape
        self._within = within
        self._one = msgspec.json.Decoder(shape)
        self._list = msgspec.json.Decoder(list[shape])  # type: ignore[valid-type]  # a run-time shape
        self._raw_list = msgspec.json.Decoder(list[msgspec.Raw])
        self._all = msgspec.json.Decoder(_nested(list[shape], within))  # type: ignore[valid-type]  # the same
        self._raw = msgspec.json.Decoder(_nested(list[msgspec.Raw], within))

    def records_in(self, export: Export, entry: Entry) -> Iterable[Shape | Unreadable]:
        """Return a file's records in order: a list where every one of them could be read."""
        if entry.size > LARGEST_WHOLE:
            return self._records_from_export(export, entry)
        try:
            content = export.read(entry)
        except ExportProblem as problem:
            return (Unreadable(problem.what, is_whole=True),)
        return self.records_of(content)

    def records_of(self, content: bytes | bytearray) -> Iterable[Shape | Unreadable]:
        """Return the records in a file's bytes."""
        try:
            return self._inside(self._all.decode(content))
        except (ValueError, RecursionError):
            pass
        content = in_utf8(bytes(content))
        try:
            return map(self._record_of, self._inside(self._raw.decode(content)))
        except RecursionError:  # Nothing these tools write is nested a thousand times.
            return (Unreadable(NOT_A_LIST, is_whole=True),)
        except ValueError:
            begins = list_at(content, self._within)
            if begins is None:
                return self._records_from(io.BytesIO(content))
            return self._members_of(content, begins)

    def rows_of(self, raw: msgspec.Raw | bytes) -> Iterable[Shape | Unreadable]:
        """Return the records of one list alone, as it stands in a larger file."""
        try:
            return self._list.decode(raw)
        except (ValueError, RecursionError):
            pass
        try:
            return map(self._record_of, self._raw_list.decode(raw))
        except RecursionError:
            return (Unreadable(NOT_A_LIST, is_whole=True),)
        except ValueError:
            return self._members_of(bytes(raw), 0)

    def _inside(self, found: Any) -> list[Any]:
        for name in self._within:
            found = getattr(found, name)
        return found  # type: ignore[no-any-return]  # the shape was made for it

    def _record_of(self, raw: msgspec.Raw) -> Shape | Unreadable:
        try:
            return self._one.decode(raw)
        except (ValueError, RecursionError):
            return Unreadable(NOT_A_RECORD)

    def _members_of(self, content: bytes, begins: int) -> Iterator[Shape | Unreadable]:
        """Hand out the members of a list that is broken somewhere, and say where it was cut off."""
        for before, piece in enumerate(members_in(content, begins)):
            if piece is None:
                yield Unreadable(CUT_OFF if before else NOT_A_LIST, is_whole=not before)
                return
            yield self._leniently(piece)

    def _leniently(self, piece: bytes) -> Shape | Unreadable:
        """Read a record on its own; half a surrogate, as old exports have them, is no reason."""
        strict = self._record_of(msgspec.Raw(piece))
        if not isinstance(strict, Unreadable):
            return strict
        try:
            return self._converted(json.loads(piece))
        except (ValueError, RecursionError):
            return strict

    def _records_from_export(self, export: Export, entry: Entry) -> Iterator[Shape | Unreadable]:
        try:
            with export.open(entry) as stream:
                head = stream.read(_PIECE)
                layout = _Layout.of(head, self._within[-1]) if self._within else None
                if layout is None:
                    yield from self._records_from(_Rejoined(head, stream))
                    return
                for piece in layout.pieces(head, stream):
                    yield from self.rows_of(piece)
        except ExportProblem as problem:
            yield Unreadable(problem.what, is_whole=True)

    def _records_from(self, stream: BinaryIO | _Rejoined) -> Iterator[Shape | Unreadable]:
        """Hand out records until the stream ends or stops being JSON; then name what is left."""
        count = 0
        where = ".".join((*self._within, "item"))
        try:
            for one in ijson.items(stream, where, use_float=True):
                count += 1
                yield self._converted(one)
            if count:
                return
            reason = NOT_A_LIST
        except ExportProblem as problem:
            reason = problem.what
        except (ijson.JSONError, ValueError, RecursionError):
            reason = CUT_OFF if count else NOT_A_LIST
        yield Unreadable(reason, is_whole=not count)

    def _converted(self, one: object) -> Shape | Unreadable:
        try:
            return msgspec.convert(one, self._shape)
        except (ValueError, RecursionError):
            return Unreadable(NOT_A_RECORD)


class Refusals:
    """The unreadable records of one file: the first by their place, the others by their count."""

    def __init__(self, path: str) -> None:
        self._path = spelled(path)
        self._named = 0
        self._counted: dict[Words, int] = {}

    def add(self, number: int, reason: Words, *, batch: Batch, is_whole: bool = False) -> None:
        """Refuse one record, or, if ``is_whole``, the file."""
        if self._named >= _MOST_NAMED:
            self._counted[reason] = self._counted.get(reason, 0) + 1
            return
        self._named += 1
        place = self._path if is_whole else f"{self._path}, record {number}"
        batch.refusals.append(Refusal(place, reason))

    def close(self, batch: Batch) -> None:
        """Name those beyond the first by their number."""
        for reason, count in self._counted.items():
            batch.refusals.append(Refusal(self._path, reason, count))
        self._counted.clear()


def pieces_of(
    found: Iterable[Shape | Unreadable], most: int
) -> Iterator[tuple[int, Sequence[Shape | Unreadable]]]:
    """Return records in pieces, each with the number of records before it."""
    if isinstance(found, list) and len(found) <= most:
        yield 0, found
        return
    before, one_by_one = 0, iter(found)
    while piece := list(islice(one_by_one, most)):
        yield before, piece
        before += len(piece)


def _nested(inner: Any, within: tuple[str, ...]) -> Any:
    """Return the shape of a file in which these keys, one inside the other, lead to a list."""
    for name in reversed(within):
        inner = msgspec.defstruct("Whole", [(name, inner)])
    return inner


class _Rejoined:
    """A stream of which the first bytes have been read already."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head = head.removeprefix(_BOM)
        self._stream = stream

    def read(self, size: int = -1) -> bytes:
        if not self._head or not size:
            return self._stream.read(size)
        size = len(self._head) if size < 0 else size
        given, self._head = self._head[:size], self._head[size:]
        return given


class _Layout:
    """How an indented file shows where a record ends: by line ends that no string can hold."""

    def __init__(self, begins: int, line_end: bytes, *, outer: bytes, inner: bytes) -> None:
        self._begins = begins
        self._end = line_end + outer + b"]"
        self._closing = line_end + inner + b"}"
        self._between = self._closing + b"," + line_end + inner + b"{"

    @classmethod
    def of(cls, head: bytes, name: str) -> _Layout | None:
        key = re.escape(name.encode())
        found = re.search(
            rb'(\r?\n)([ \t]*)"' + key + rb'"[ \t]*:[ \t]*\[(\r?\n)([ \t]+)(?=\{)', head
        )
        if found is None or found[1] != found[3]:
            return None
        return cls(found.end(), found[1], outer=found[2], inner=found[4])

    def pieces(self, head: bytes, stream: BinaryIO) -> Iterator[bytes]:
        """Yield lists of whole records; what follows the last whole one is the last piece."""
        held, more = head[self._begins :], head
        while more:
            end = held.find(self._end)
            if end >= 0:
                yield b"[" + held[:end] + b"]"
                return
            cut = held.rfind(self._between)
            if cut >= 0:
                whole = cut + len(self._closing)
                yield b"[" + held[:whole] + b"]"
                held = held[whole + 1 :]
            elif len(held) > _LONGEST:  # No record is as long as that.
                break
            more = stream.read(_PIECE)
            held += more
        yield from self._rest(held)

    def _rest(self, held: bytes) -> Iterator[bytes]:
        """Yield what a file that was cut off still holds whole, and what cannot be read."""
        last = held.rfind(self._closing)
        if last >= 0:
            yield b"[" + held[: last + len(self._closing)] + b"]"
        yield b"["
