"""GitHub's JSON files: lists, lists of lists, several values in a row, lines, and cut-off ones."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import BinaryIO

import ijson
import msgspec

from jibungoto.gather.contents.encodings import in_utf8
from jibungoto.gather.contents.json_pieces import members_in
from jibungoto.gather.readers import github_words as words
from jibungoto.gather.shelves.entry import Entry
from jibungoto.gather.shelves.export import Export
from jibungoto.ledger.problems import ExportProblem
from jibungoto.ledger.words import Words

LARGEST_WHOLE = 64 << 20
"""Larger files are read as a stream, so that memory does not grow with them."""

_SNIFFED = 1 << 15
_PAGE = re.compile(
    rb'"(?:html_url|url|issue_url|pull_request_url)"\s*:\s*'
    rb'"https?://[^/"\s]+/(?:[^"\s]*/)?(?:issues|pulls?|discussions)/\d+'
)
_TIMED = re.compile(rb'"(?:created_at|createdAt|submitted_at|submittedAt)"\s*:')
_NUMBERED = re.compile(rb'"(?:number|issue_url|pull_request_url|author|user)"\s*:')
_SUMMARY = re.compile(rb'\s*\{\s*"period"\s*:\s*\{[^{}]*\}\s*,\s*"repo"\s*:')
_SOMETHING = re.compile(r"\S")
_EMPTY = re.compile(rb"\s*\[\s*\]\s*")


def holds_records(export: Export, entry: Entry) -> bool:
    """Say from its start whether a file holds what GitHub tells of issues and requests."""
    start = _start_of(export, entry)
    return all(one.search(start) is not None for one in (_PAGE, _TIMED, _NUMBERED))


def is_readable(export: Export, entry: Entry) -> bool:
    """Say whether a file beside such files belongs to them: a summary, or a list of nothing."""
    start = _start_of(export, entry)
    return holds_records(export, entry) or bool(_SUMMARY.match(start) or _EMPTY.fullmatch(start))


def values_in(export: Export, entry: Entry) -> Iterator[object | Words]:
    """Yield a file's values in order; where it stops being JSON, say so and stop."""
    try:
        if entry.size > LARGEST_WHOLE:
            with export.open(entry) as stream:
                yield from _members_of(stream)
            return
        content = in_utf8(bytes(export.read(entry)))
    except ExportProblem as problem:
        yield problem.what
        return
    try:
        yield msgspec.json.decode(content)
    except (ValueError, RecursionError):
        yield from _piecemeal(content)


def _piecemeal(content: bytes) -> Iterator[object | Words]:
    lines = content.split(b"\n")
    if sum(1 for line in lines[:3] if _is_whole(line)) > 1:
        for line in filter(bytes.strip, lines):
            try:
                yield msgspec.json.decode(line)
            except (ValueError, RecursionError):
                yield words.NOT_A_RECORD
    elif content.lstrip().startswith(b"["):
        yield from _pieces_of(content)
    else:
        yield from _in_a_row(content.decode("utf-8", "replace"))


def _pieces_of(content: bytes) -> Iterator[object | Words]:
    """Yield the members of lists that are broken somewhere, also of lists inside them."""
    for piece in members_in(content):
        if piece is None:
            yield words.CUT_OFF
            return
        try:
            yield msgspec.json.decode(piece)
        except (ValueError, RecursionError):
            is_list = piece.startswith(b"[") and not piece.startswith(b"[[")
            yield from _pieces_of(piece) if is_list else (words.NOT_A_RECORD,)


def _members_of(stream: BinaryIO) -> Iterator[object | Words]:
    """Yield the members of one list, or of several lists in a row."""
    try:
        yield from ijson.items(stream, "item", use_float=True, multiple_values=True)
    except ExportProblem as problem:
        yield problem.what
    except (ijson.JSONError, ValueError, RecursionError):
        yield words.CUT_OFF


def _in_a_row(text: str) -> Iterator[object | Words]:
    decoder = json.JSONDecoder(strict=False)
    at = 0
    while (found := _SOMETHING.search(text, at)) is not None:
        try:
            value, at = decoder.raw_decode(text, found.start())
        except (ValueError, RecursionError):
            yield words.CUT_OFF
            return
        yield value


def _is_whole(line: bytes) -> bool:
    try:
        return isinstance(msgspec.json.decode(line), (dict, list))
    except (ValueError, RecursionError):
        return False


def _start_of(export: Export, entry: Entry) -> bytes:
    try:
        start = in_utf8(export.peek(entry, _SNIFFED))
    except ExportProblem:
        return b""
    return start if start.lstrip()[:1] in {b"[", b"{"} else b""
