"""Feed files as they are saved: what they are, and what feedparser makes of them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from jibungoto.gather.readers import feed_words as words
from jibungoto.gather.readers.feed_mending import in_utf8, mended
from jibungoto.gather.shelves.entry import Entry
from jibungoto.gather.shelves.export import Export
from jibungoto.ledger.problems import ExportProblem
from jibungoto.ledger.words import Words

Json = Mapping[str, Any]

LARGEST = 32 << 20
_SNIFFED = 4_096
_BEFORE = rb"(?:\s|<\?[^>]*\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>)*"
_FEED = re.compile(_BEFORE + rb"<(?:\w+:)?(?:rss|feed|RDF)\b", re.DOTALL)
_OPML = re.compile(_BEFORE + rb"<opml\b", re.DOTALL)
_ENTITY = re.compile(rb"<!ENTITY\b", re.IGNORECASE)
_END = re.compile(rb"</(?:\w+:)?(?:rss|feed|RDF)\s*>\s*(?:<!--.*?-->\s*)*\Z", re.DOTALL)
_FAILURES = (
    ValueError, LookupError, AttributeError, TypeError, AssertionError, RecursionError,
    ArithmeticError,
)  # fmt: skip
"""What feedparser raises on the strangest of files, instead of marking them as malformed."""


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed: what it says of itself, its entries, and whether its end is missing."""

    channel: Json
    entries: tuple[Json, ...]
    is_rss: bool
    is_cut: bool
    broken: frozenset[int] = frozenset()
    """Which of its entries, counted from 1, are not among ``entries``: their tags do not match."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One feed of a list: its title, the address of its page, and its own."""

    title: str
    page: str
    address: str


def is_feed(export: Export, entry: Entry) -> bool:
    """Say from its start whether a file is an RSS or Atom feed."""
    return _FEED.match(_start_of(export, entry)) is not None


def is_list(export: Export, entry: Entry) -> bool:
    """Say from its start whether a file is a list of feeds (OPML)."""
    return _OPML.match(_start_of(export, entry)) is not None


def feed_in(export: Export, entry: Entry) -> Feed | Words:
    """Return a feed, or why it cannot be read."""
    import feedparser

    content = _content_of(export, entry)
    if isinstance(content, Words):
        return content
    whole = mended(in_utf8(content))
    try:
        found = feedparser.parse(
            io.BytesIO(whole.content), resolve_relative_uris=False, sanitize_html=False
        )
        entries = tuple(one for one in found.entries if isinstance(one, Mapping))
        version = str(dict.get(found, "version", ""))
    except _FAILURES:
        return words.NOT_A_FEED
    is_cut = _END.search(content.replace(b"\0", b"")[-_SNIFFED:]) is None
    if not entries and not whole.broken and (is_cut or not version):
        return words.NOT_A_FEED
    return Feed(found.feed, entries, not version.startswith("atom"), is_cut, whole.broken)


def listed_in(export: Export, entry: Entry) -> Iterator[Listed | Words]:
    """Yield the feeds of a list, or why it cannot be read."""
    content = _content_of(export, entry)
    if isinstance(content, Words):
        yield content
        return
    try:
        tree = ElementTree.fromstring(content)
    except (ElementTree.ParseError, ValueError, LookupError):
        yield words.NOT_A_FEED
        return
    for one in tree.iter("outline"):
        if address := one.get("xmlUrl", ""):
            yield Listed(one.get("title") or one.get("text") or "", one.get("htmlUrl", ""), address)


def _content_of(export: Export, entry: Entry) -> bytes | Words:
    if entry.size > LARGEST:
        return words.TOO_LARGE.filled(limit=LARGEST)
    try:
        content = bytes(export.read(entry))
    except ExportProblem as problem:
        return problem.what
    # A bomb may hide in UTF-16, whose letters stand between zeros.
    return words.BOMB if _ENTITY.search(content.replace(b"\0", b"")) else content


def _start_of(export: Export, entry: Entry) -> bytes:
    try:
        start = export.peek(entry, _SNIFFED)
    except ExportProblem:
        return b""
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        start = start.removeprefix(mark)
    return start.replace(b"\0", b"")
