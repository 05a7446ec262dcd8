"""Sorts every file of an export: to a channel, to Slack's lists, to what is ignored, or astray."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jibungoto.gather.readers.slack_layout import (
    DATED,
    DAY,
    Root,
    composed,
    holds_messages,
    is_direct,
    is_group,
    is_json,
    is_said,
    stem_of,
)
from jibungoto.gather.shelves.entries import Picked
from jibungoto.gather.shelves.entry import Entry
from jibungoto.gather.shelves.export import Export

_NO_MESSAGES = frozenset(
    (
        *("integration_logs.json", "canvases.json", "lists.json", "workflows.json"),
        *("huddle_transcripts.json", "file_conversations.json"),
    )
)
"""What Slack writes beside its messages."""

_CLUTTER = re.compile(
    r"(?:^|/)(?:__MACOSX|@eaDir|\.git|\.github|\.hg|\.svn|\.idea|\.vscode)/"
    r"|(?:^|/)(?:\.DS_Store|\.localized|\._[^/]*|Thumbs\.db|desktop\.ini"
    r"|\.git(?:ignore|attributes|keep|modules)"
    r"|\.?(?:README|LICEN[CS]E|COPYING|NOTICE|SOURCE|CHANGELOG)(?:\.(?:md|txt|rst|html))?)$",
    re.IGNORECASE,
)
"""What computers and people lay beside an export, in whatever folder."""

_DOCUMENT = re.compile(
    r"[^/]*\.(?:md|txt|rst|html?|pdf|docx?|xlsx?|pptx?|csv|tsv|css|js|svg|png|jpe?g|gif|webp)",
    re.IGNORECASE,
)
"""What is read by people: beside the channels it is no part of the export."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the lists of a root say: all its channels' names, and those that stay unopened."""

    names: frozenset[str] = frozenset()
    shut: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Channel:
    """The channel a folder belongs to; ``is_shut`` where nothing in it may be looked into."""

    root: str
    name: str
    is_shut: bool


class Sorting:
    """One export on its way into roots; ``known`` are the roots with lists, by path."""

    def __init__(self, export: Export, roots: dict[str, Root], known: dict[str, Known]) -> None:
        self._export = export
        self._roots = roots
        self._known = known
        self._channels: dict[str, _Channel | None] = {}
        self._strays = Picked(export.entries)
        self.outside: list[str] = []
        """Files that lie outside of everything of Slack's, or are there for people to read."""

    def sort(self) -> list[Root]:
        """Return the roots in the order of their paths, with every file that is not ignored."""
        listed = {
            number
            for root in self._roots.values()
            for entries in root.lists.values()
            for number in entries.numbers
        }
        odd = Picked(self._export.entries)
        of_folder: dict[str, Picked] = {}  # nearly all files are one more day of a folder
        for number, path in enumerate(self._export.entries.paths()):
            if number in listed:
                continue
            folder, _, name = path.rpartition("/")
            if DAY.fullmatch(name):
                if folder not in of_folder:
                    of_folder[folder] = self._files_of(folder, is_day=True)
                of_folder[folder].pick(number)
            elif not _CLUTTER.search(path):
                odd.pick(number)
        for number, entry in zip(odd.numbers, odd, strict=True):
            self._sort_odd(number, entry)
        for number, entry in zip(self._strays.numbers, self._strays, strict=True):
            self._leave(number, entry)
        return [self._roots[path] for path in sorted(self._roots)]

    def root_with_lists(self, path: str) -> str | None:
        """Return the nearest root with lists at or above a path."""
        return next((above for above in _ways_up(path) if above in self._known), None)

    def _sort_odd(self, number: int, entry: Entry) -> None:
        channel = self._channel_of(entry.folder)
        if channel is not None and channel.is_shut:
            self._files_of(entry.folder).pick(number)
        elif not is_json(entry.name):
            self._strays.pick(number)
        elif is_direct(stem_of(entry)) or is_group(stem_of(entry)):
            self._file_of(entry).pick(number)
        elif channel is not None or self._is_dated(entry):
            if is_said(self._export, entry):
                self._files_of(entry.folder).pick(number)
            else:
                self._strays.pick(number)
        else:
            self._sort_dump(number, entry)

    def _sort_dump(self, number: int, entry: Entry) -> None:
        """Take a file for a channel of its own if it holds messages."""
        is_slacks = entry.name in _NO_MESSAGES
        if is_slacks and entry.folder in self._known:
            return
        if (is_said if is_slacks else holds_messages)(self._export, entry):
            self._file_of(entry).pick(number)
        else:
            self._strays.pick(number)

    def _is_dated(self, entry: Entry) -> bool:
        """Tell whether a file is a day of its folder, in a folder that lists no channels."""
        return entry.folder not in self._known and DATED.fullmatch(entry.name) is not None

    def _files_of(self, path: str, *, is_day: bool = False) -> Picked:
        """Return the files of the channel a folder is in; a day makes its folder a channel's."""
        channel = self._channel_of(path)
        if channel is None:
            above, _, folder = path.rpartition("/")
            channel = _Channel(above, composed(folder or self._export.wrapper), is_shut=False)
            if is_day and path not in self._known:
                self._channels[path] = channel
        folders = self._root(channel.root).folders
        return folders.setdefault(channel.name, Picked(self._export.entries))

    def _file_of(self, entry: Entry) -> Picked:
        """Return the files of the channel that a file is alone."""
        files = self._root(entry.folder).files
        return files.setdefault(stem_of(entry), Picked(self._export.entries))

    def _channel_of(self, folder: str) -> _Channel | None:
        if folder not in self._channels:
            self._channels[folder] = self._direct_above(folder) or self._known_above(folder)
        return self._channels[folder]

    def _direct_above(self, folder: str) -> _Channel | None:
        """Return the direct messages a folder lies in, however deep; they are never opened."""
        around = composed(self._export.wrapper)
        if is_direct(around) and not self._known:
            return _Channel("", around, is_shut=True)
        parts = folder.split("/")
        at = next((at for at, part in enumerate(parts) if is_direct(composed(part))), None)
        if at is None:
            return None
        return _Channel("/".join(parts[:at]), composed(parts[at]), is_shut=True)

    def _known_above(self, folder: str) -> _Channel | None:
        """Return the listed channel a folder lies in, however deep."""
        for root in _ways_up(folder):
            known = self._known.get(root)
            name = composed(folder[len(root) :].lstrip("/").split("/", 1)[0])
            if known is not None and name in known.names:
                return _Channel(root, name, is_shut=name in known.shut)
        return None

    def _root(self, path: str) -> Root:
        return self._roots.setdefault(path, Root(path))

    def _leave(self, number: int, entry: Entry) -> None:
        """Name a file that is no channel's: among Slack's own, or outside of everything of them."""
        above = [path for path in _ways_up(entry.folder) if path in self._roots]
        if above and not (above == [entry.folder] and _DOCUMENT.fullmatch(entry.name)):
            strays = self._roots[above[0]].strays
            strays.take(Picked(self._export.entries, (number,)))
        else:
            self.outside.append(entry.path)


def _ways_up(path: str) -> Iterator[str]:
    """Return a folder, the folder it lies in, and so on up to the top."""
    while path:
        yield path
        path = path.rpartition("/")[0]
    yield ""
