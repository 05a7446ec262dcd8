"""Slack's JSON files, record by record: what is readable is handed out, the rest is named."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Generic, TypeVar

import ijson
import msgspec

from jibungoto.gather.contents.json_pieces import members_in
from jibungoto.gather.readers import slack_words as words
from jibungoto.gather.shelves.entry import Entry
from jibungoto.gather.shelves.export import Export
from jibungoto.ledger.problems import ExportProblem
from jibungoto.ledger.words import Words

LARGEST_WHOLE = 32 << 20
"""Larger files are read as a stream, so that memory does not grow with them."""

_BOM = b"\xef\xbb\xbf"

Shape = TypeVar("Shape", bound=msgspec.Struct)


class Unreadable(msgspec.Struct, frozen=True, gc=False):
    """A record that does not have its shape, or, if ``is_whole``, a file of which none has."""

    reason: Words
    is_whole: bool = False


class RecordFile(Generic[Shape]):
    """Files that are one JSON list of records of one shape."""

    def __init__(self, shape: type[Shape]) -> None:
        self._shape = shape
        self._one = msgspec.json.Decoder(shape)
        self._all = msgspec.json.Decoder(list[shape])  # type: ignore[valid-type]  # a run-time shape
        self._raw = msgspec.json.Decoder(list[msgspec.Raw])

    def records_in(self, export: Export, entry: Entry) -> Iterable[Shape | Unreadable]:
        """Return a file's records in order; a damaged file is one unreadable whole."""
        if entry.size > LARGEST_WHOLE:
            return self._records_from_export(export, entry)
        try:
            content = export.read(entry)
        except ExportProblem as problem:
            return (Unreadable(problem.what, is_whole=True),)
        try:
            records: list[Shape] = self._all.decode(content)
        except (ValueError, RecursionError):
            return self._records_one_by_one(content)
        return records

    def _records_one_by_one(self, content: bytes | bytearray) -> Iterable[Shape | Unreadable]:
        content = content.removeprefix(_BOM)
        try:
            found = self._raw.decode(content)
        except RecursionError:  # Nothing Slack writes is nested a thousand times.
            return (Unreadable(words.NOT_A_LIST, is_whole=True),)
        except ValueError:
            return self._members_of(bytes(content))
        return map(self._record_of, found)

    def _members_of(self, content: bytes) -> Iterator[Shape | Unreadable]:
        """Hand out the members of a list that is broken somewhere, and say where it was cut off."""
        members = members_in(content) if content.lstrip().startswith(b"[") else (None,)
        for before, piece in enumerate(members):
            if piece is None:
                yield Unreadable(words.CUT_OFF if before else words.NOT_A_LIST, is_whole=not before)
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

    def _record_of(self, raw: msgspec.Raw) -> Shape | Unreadable:
        try:
            return self._one.decode(raw)
        except (ValueError, RecursionError) as error:
            return Unreadable(_reason_of(error))

    def _records_from_export(self, export: Export, entry: Entry) -> Iterator[Shape | Unreadable]:
        with export.open(entry) as stream:
            yield from self._records_from(stream)

    def _records_from(self, stream: BinaryIO) -> Iterator[Shape | Unreadable]:
        """Hand out records until the stream ends or stops being JSON; then name what is left."""
        count = 0
        try:
            start = _after_mark(stream)
            if start == b"[":
                for one in ijson.items(_Rejoined(start, stream), "item", use_float=True):
                    count += 1
                    yield self._converted(one)
                return
            reason = words.NOT_A_LIST
        except ExportProblem as problem:
            reason = problem.what
        except (ijson.JSONError, ValueError, RecursionError):
            reason = words.CUT_OFF if count else words.NOT_A_LIST
        yield Unreadable(reason, is_whole=not count)

    def _converted(self, one: object) -> Shape | Unreadable:
        try:
            return msgspec.convert(one, self._shape)
        except (ValueError, RecursionError) as error:
            return Unreadable(_reason_of(error))


class _Rejoined:
    """A stream whose first byte has been looked at already."""

    def __init__(self, start: bytes, stream: BinaryIO) -> None:
        self._start = start
        self._stream = stream

    def read(self, size: int = -1) -> bytes:
        if self._start and size:
            start, self._start = self._start, b""
            return start
        return self._stream.read(size)


def _after_mark(stream: BinaryIO) -> bytes:
    """Return the first byte that is neither a byte order mark nor white space."""
    start = stream.read(1)
    if start == _BOM[:1] and stream.read(2) == _BOM[1:]:
        start = stream.read(1)
    while start and start.isspace():
        start = stream.read(1)
    return start


def _reason_of(error: Exception) -> Words:
    if isinstance(error, UnicodeDecodeError):
        return words.NOT_UTF8
    is_date = str(error).endswith(("`ts`", "`$.ts`"))
    return words.NO_DATE if is_date else words.NOT_A_RECORD
