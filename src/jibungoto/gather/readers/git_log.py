"""The text ``git log`` writes, commit by commit: the documented form, and its usual forms."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TextIO
from zoneinfo import ZoneInfo

from jibungoto.gather.contents.encodings import encoding_of
from jibungoto.gather.moments import moment_of
from jibungoto.gather.readers.git_people import Author
from jibungoto.gather.shelves.entry import Entry
from jibungoto.gather.shelves.export import Export
from jibungoto.ledger.problems import ExportProblem
from jibungoto.ledger.words import Words

FORM = (
    "%x1e%H%x1f%P%x1f%at%x1f%ct%x1f%an%x1f%ae%x1f"
    "%(trailers:key=Co-authored-by,valueonly,unfold,separator=%x1d)"
)
"""What ``git log --pretty=format:`` is asked for: no word of what the commit is about."""

_START, _FIELD, _ONE = "\x1e", "\x1f", "\x1d"
_SNIFFED = 4_096
_TELLING = 1 << 20
"""So much of a log says which encoding it is in: most commits are by people of plain letters."""
_HASH = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_PERSON = re.compile(r"(?P<name>.*?)\s*<(?P<email>[^<>]*)>\s*")
_PLAIN = re.compile(r"\s*commit (?P<key>[0-9a-f]{7,64})\b")
_SEEMS_PLAIN = re.compile(
    r"\s*commit [0-9a-f]{7,64}\b[^\n]*\r?\n(?:Merge:[^\n]*\r?\n)?Author: [^\n]*<"
)
_SEEMS_MARKED = re.compile(r"\s*\x1e[0-9a-f]{40,64}\x1f")
_RAW = re.compile(r"(\d{1,12})(?: [+-]\d{4})?")
_DEFAULT = re.compile(
    r"[A-Z][a-z]{2} (?P<month>[A-Z][a-z]{2}) +(?P<day>\d{1,2}) (?P<time>\d\d:\d\d:\d\d) "
    r"(?P<year>\d{4}) ?(?P<zone>[+-]\d{4})?"
)
_AUTHOR = "Author:"
_WITH = re.compile(r"\s+co-authored-by:\s*(?P<who>.+?)\s*", re.IGNORECASE)

NOT_A_COMMIT = Words(
    "git log が書くコミットの形ではありません。", "It does not have the shape git log writes."
)
SHORTENED = Words(
    "コミットの番号が途中で切られています。番号を縮めずに書き出してください。",
    "The commit's number is shortened. Write the log again with whole numbers.",
)
NO_AUTHOR = Words("書いた人が分かりません。", "It does not say who wrote it.")


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit: its hash, those it follows, its times in UTC seconds and its authors."""

    key: str
    parents: tuple[str, ...]
    authored: int | None
    committed: int | None
    author: Author
    others: tuple[Author, ...] = ()


def holds_log(export: Export, entry: Entry) -> bool:
    """Say from its start whether a file is what ``git log`` writes."""
    try:
        start = export.peek(entry, _SNIFFED)
    except ExportProblem:
        return False
    text = start.decode(encoding_of(start), "replace")
    return bool(_SEEMS_MARKED.match(text) or _SEEMS_PLAIN.match(text))


def commits_in(export: Export, entry: Entry, *, zone: ZoneInfo) -> Iterator[Commit | Words]:
    """Yield a file's commits, newest first, or why one cannot be read."""
    with _text_of(export, entry) as lines:
        first = next((line for line in lines if line.strip()), "")
        rest = _chained(first, lines)
        if first.startswith(_START):
            yield from marked(rest)
        else:
            yield from _plain(rest, zone)


def roots_in(export: Export, entry: Entry) -> tuple[str, ...]:
    """Return the commits that follow none, as far as the log says which follow which."""
    with _text_of(export, entry) as lines:
        found = [line.split(_FIELD, 2) for line in lines if line.startswith(_START)]
        begun = (one[0][1:] for one in found if len(one) == 3 and not one[1])
        return tuple(key for key in begun if _HASH.fullmatch(key))


def marked(lines: Iterable[str]) -> Iterator[Commit | Words]:
    """Yield the commits of the documented form, each on a line of its own."""
    for line in lines:
        if not line.strip():
            continue
        fields = line.rstrip("\r\n").removeprefix(_START).split(_FIELD)
        yield _marked(fields) if len(fields) == 7 else NOT_A_COMMIT


def _marked(fields: list[str]) -> Commit | Words:
    key, parents, authored, committed, name, email, others = fields
    if not _HASH.fullmatch(key):
        return NOT_A_COMMIT
    if not name.strip() and not email.strip():
        return NO_AUTHOR
    return Commit(
        key=key,
        parents=tuple(parents.split()),
        authored=_seconds(authored),
        committed=_seconds(committed),
        author=Author(name, email),
        others=tuple(_people_in(others.split(_ONE))),
    )


def _plain(lines: Iterable[str], zone: ZoneInfo) -> Iterator[Commit | Words]:
    """Yield the commits of git's medium, full and fuller forms."""
    block: list[str] = []
    for line in lines:
        if _PLAIN.match(line) and not line.startswith(" ") and block:
            yield _of_block(block, zone)
            block = []
        elif line.startswith(_AUTHOR) and any(one.startswith(_AUTHOR) for one in block):
            begins = len(block) - (2 if block[-1].startswith("Merge:") else 1)
            yield _of_block(block[:begins], zone)
            block = block[begins:]  # Its first line is that of a commit, and no longer says so.
        block.append(line.rstrip("\r\n"))
    if block:
        yield _of_block(block, zone)


def _of_block(block: list[str], zone: ZoneInfo) -> Commit | Words:
    key = _PLAIN.match(block[0])
    if key is None:
        return NOT_A_COMMIT
    if not _HASH.fullmatch(key["key"]):
        return SHORTENED
    told = _told_above(block)
    author = next(_people_in([told.get("Author", "")]), None)
    if author is None:
        return NO_AUTHOR
    others = (found["who"] for line in block if (found := _WITH.fullmatch(line)))
    return Commit(
        key=key["key"],
        parents=tuple(told.get("Merge", "").split()),
        authored=_time(told.get("AuthorDate") or told.get("Date", ""), zone),
        committed=_time(told.get("CommitDate", ""), zone),
        author=author,
        others=tuple(_people_in(others)),
    )


def _told_above(block: list[str]) -> dict[str, str]:
    """Return the words above a message, by their names."""
    told: dict[str, str] = {}
    for line in block[1:]:
        name, mark, value = line.partition(":")
        if not mark or line.startswith(" "):
            break
        told[name] = value.strip()
    return told


def _people_in(written: Iterable[str]) -> Iterator[Author]:
    for one in written:
        found = _PERSON.fullmatch(one)
        if found is not None and (found["name"] or found["email"]):
            yield Author(found["name"], found["email"])


def _time(written: str, zone: ZoneInfo) -> int | None:
    """Return a time in any form that ``--date`` gives it, but those that count from today."""
    raw = _RAW.fullmatch(written)
    if raw is not None:
        return _seconds(raw[1])
    usual = _DEFAULT.fullmatch(written)
    if usual is not None:
        written = f"{usual['day']} {usual['month']} {usual['year']} {usual['time']}"
        written += f" {usual['zone']}" if usual["zone"] else ""
    moment = moment_of(written, zone)
    return moment.seconds if moment else None


def _seconds(written: str) -> int | None:
    return int(written) if written.isascii() and written.isdigit() else None


def _text_of(export: Export, entry: Entry) -> TextIO:
    encoding = encoding_of(export.peek(entry, _TELLING))
    stream = export.open(entry)
    return io.TextIOWrapper(stream, encoding, errors="replace", newline="\n")


def _chained(first: str, rest: Iterable[str]) -> Iterator[str]:
    yield first
    yield from rest
