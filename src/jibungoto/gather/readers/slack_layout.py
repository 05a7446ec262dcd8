"""Which file of a Slack export belongs to which channel, by id, through renames."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from jibungoto.gather.entry import Entry
from jibungoto.gather.export import Export
from jibungoto.gather.readers.slack_shapes import Channel
from jibungoto.ledger.problems import ExportProblem

DAY = re.compile(r"\d{4}-\d\d-\d\d\.json", re.ASCII)
USER_LISTS = ("users.json", "org_users.json")
CHANNEL_LISTS = ("channels.json", "groups.json", "mpims.json", "dms.json")
SUMMARY = "summary.json"

_NO_MESSAGES = frozenset(
    (
        *("integration_logs.json", "canvases.json", "lists.json", "workflows.json"),
        *("huddle_transcripts.json", "file_conversations.json"),
    )
)
_DIRECT = re.compile(r"D(?=[A-Z]*\d)[A-Z0-9]{7,}|mpdm-.+", re.DOTALL)
_LIST_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*\[\s*\{")
_SLACK_TS = re.compile(rb'"ts"\s*:\s*"?\d{10}\.\d{1,6}\b')
_SLACK_ID = re.compile(rb'"id"\s*:\s*"(?:[UWCGD][A-Z0-9]{6,}|USLACKBOT)"')
_SNIFFED = 1 << 16
_MOST_SNIFFED_DAYS = 20
_MOST_SNIFFED_FILES = 400


@dataclass(slots=True)
class Place:
    """One channel of a delivery: its files in the order of their days.

    ``channel`` is what a list or a summary says of it, or None where no id could be found.
    """

    name: str
    channel: Channel | None = None
    is_private: bool = False
    entries: list[Entry] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The channel's id, or a word made from its name where the export tells no id."""
        return self.channel.id if self.channel else f"name:{self.name}"


@dataclass(slots=True)
class Root:
    """One folder of an export that holds channels: as folders of days or as one file each."""

    path: str
    lists: dict[str, Entry] = field(default_factory=dict)
    folders: dict[str, list[Entry]] = field(default_factory=dict)
    files: dict[str, Entry] = field(default_factory=dict)


def is_direct(name: str) -> bool:
    """Tell whether a folder or file is named as Slack names direct messages."""
    return _DIRECT.fullmatch(name) is not None


def composed(name: str) -> str:
    """Return a name in the one form of Unicode in which names are compared."""
    return name if name.isascii() else unicodedata.normalize("NFC", name)


def looks_like_slack(export: Export) -> bool:
    """Say from the content whether an export holds Slack's lists or Slack's messages."""
    lists: list[Entry] = []
    days: list[Entry] = []
    others: list[Entry] = []
    for entry in export.entries:
        name = entry.name
        if name in USER_LISTS or name in CHANNEL_LISTS:
            lists.append(entry)
        elif not name.endswith(".json"):
            continue
        elif DAY.fullmatch(name):
            if len(days) < _MOST_SNIFFED_DAYS:
                days.append(entry)
        elif len(others) < _MOST_SNIFFED_FILES:
            others.append(entry)
    return (
        any(_holds(export, entry, pattern=_SLACK_ID) for entry in lists)
        or any(_holds(export, entry, pattern=_SLACK_TS) for entry in days)
        or any(_holds(export, entry, pattern=_SLACK_TS) for entry in others)
    )


def roots_of(export: Export) -> list[Root]:
    """Sort an export's files into the folders that hold channels, in the order of their paths."""
    roots: dict[str, Root] = {}
    others: list[Entry] = []
    for entry in export.entries:
        name = entry.name
        if name in USER_LISTS or name in CHANNEL_LISTS or name == SUMMARY:
            roots.setdefault(entry.folder, Root(entry.folder)).lists[name] = entry
        elif not name.endswith(".json"):
            continue
        elif DAY.fullmatch(name):
            above, _, folder = entry.folder.rpartition("/")
            root = roots.setdefault(above, Root(above))
            root.folders.setdefault(composed(folder or export.wrapper), []).append(entry)
        elif name not in _NO_MESSAGES:
            others.append(entry)
    _add_dumps(export, others, roots=roots)
    return [roots[path] for path in sorted(roots)]


def _add_dumps(export: Export, others: Iterable[Entry], *, roots: dict[str, Root]) -> None:
    """Add the files that are a channel each: outside of day folders, and of Slack's content."""
    day_folders = {
        f"{root.path}/{folder}".lstrip("/") for root in roots.values() for folder in root.folders
    }
    for entry in others:
        if composed(entry.folder) in day_folders:
            continue
        name = composed(entry.name.removesuffix(".json"))
        if is_direct(name) or _holds(export, entry, pattern=_SLACK_TS):
            roots.setdefault(entry.folder, Root(entry.folder)).files[name] = entry


def _holds(export: Export, entry: Entry, *, pattern: re.Pattern[bytes]) -> bool:
    try:
        start = export.peek(entry, _SNIFFED)
    except ExportProblem:
        return False
    return _LIST_START.match(start) is not None and pattern.search(start) is not None


def by_day(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Return a channel's files in the order of their days."""
    return iter(sorted(entries, key=lambda entry: entry.name))
