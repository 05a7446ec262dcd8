"""Which file of a Slack export belongs to which channel, by id, through renames."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from jibungoto.gather.readers.slack_shapes import Channel
from jibungoto.gather.shelves.entries import Entries, Picked
from jibungoto.gather.shelves.entry import Entry
from jibungoto.gather.shelves.export import Export
from jibungoto.ledger.problems import ExportProblem

DAY = re.compile(r"\d{4}-\d\d-\d\d\.json", re.ASCII)
DATED = re.compile(
    r"((?:19|20)\d\d)([-_.])(\d\d?)\2(\d\d?)(?:[ _-]?(?:\(\d+\)|copy|コピー|のコピー).*)?\.json",
    re.ASCII | re.IGNORECASE,
)
"""A day written in another way, or a second download of it."""

USER_LISTS = ("users.json", "org_users.json")
CHANNEL_LISTS = ("channels.json", "groups.json", "mpims.json", "dms.json")
SUMMARY = "summary.json"

_DIRECT = re.compile(r"D(?=[A-Z]*\d)[A-Z0-9]{7,}|mpdm-.+", re.DOTALL)
_GROUP = re.compile(r"G(?=[A-Z]*\d)[A-Z0-9]{7,}")
_LIST_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*\[\s*\{")
_SLACK_TS = re.compile(rb'"ts"\s*:\s*"?\d{10}\.\d{1,6}\b')
_SAID = re.compile(rb'"(?:user|bot_id|username|subtype|text)"\s*:')
_SLACK_ID = re.compile(rb'"id"\s*:\s*"(?:[UWCGD][A-Z0-9]{6,}|USLACKBOT)"')
_SNIFFED = 1 << 16
_MOST_SNIFFED_DAYS = 20
_MOST_SNIFFED_FILES = 400


@dataclass(slots=True)
class Place:
    """One channel of a delivery: its files in the order of their days.

    ``channel`` is what a list or a summary says of it, or None where no id could be found;
    ``first_day`` is the name of its earliest file that is named for a day.
    """

    name: str
    channel: Channel | None = None
    is_private: bool = False
    entries: Picked = field(default_factory=lambda: Picked(Entries()))
    first_day: str | None = None

    def take(self, entries: Picked) -> None:
        """Add files that are in the order of their days."""
        names = (path.rpartition("/")[2] for path in entries.paths())
        first = next(filter(DAY.fullmatch, names), None)
        self.first_day = min(filter(None, (self.first_day, first)), default=None)
        self.entries.take(entries)

    @property
    def key(self) -> str:
        """The channel's id, or a word made from its name where the export tells no id."""
        return self.channel.id if self.channel else f"name:{self.name}"


@dataclass(slots=True)
class Root:
    """One folder of an export that holds channels: as folders of days or as one file each.

    ``strays`` are the files below it that are neither, so that they can be named.
    """

    path: str
    lists: dict[str, Picked] = field(default_factory=dict)
    folders: dict[str, Picked] = field(default_factory=dict)
    files: dict[str, Picked] = field(default_factory=dict)
    strays: Picked = field(default_factory=lambda: Picked(Entries()))


def is_direct(name: str) -> bool:
    """Tell whether a folder or file is named as Slack names direct messages."""
    return _DIRECT.fullmatch(name) is not None


def is_group(name: str) -> bool:
    """Tell whether a folder or file is named by the id of a private channel."""
    return _GROUP.fullmatch(name) is not None


def composed(name: str) -> str:
    """Return a name in the one form of Unicode in which names are compared."""
    return name if name.isascii() else unicodedata.normalize("NFC", name)


def looks_like_slack(export: Export) -> bool:
    """Say from the content whether an export holds Slack's lists or Slack's messages."""
    lists = export.entries.named({*USER_LISTS, *CHANNEL_LISTS})
    if any(_holds(export, export.entries[at], pattern=_SLACK_ID) for at, _ in lists):
        return True
    days: list[int] = []
    others: list[int] = []
    for number, path in enumerate(export.entries.paths()):
        name = path.rpartition("/")[2]
        if is_list_name(name) or not is_json(name):
            continue
        kept, most = (
            (days, _MOST_SNIFFED_DAYS) if DAY.fullmatch(name) else (others, _MOST_SNIFFED_FILES)
        )
        if len(kept) < most:
            kept.append(number)
    return any(
        _holds(export, export.entries[number], pattern=_SLACK_TS) for number in (*days, *others)
    )


def is_list_name(name: str) -> bool:
    """Tell whether a file is named as Slack names its lists of people and channels."""
    return name in USER_LISTS or name in CHANNEL_LISTS


def is_json(name: str) -> bool:
    """Tell whether a file's ending says JSON, in large or small letters."""
    return name[-5:].lower() == ".json"


def stem_of(entry: Entry) -> str:
    """Return the name of a JSON file without its ending, in the form names are compared in."""
    return composed(entry.name[:-5])


def holds_messages(export: Export, entry: Entry) -> bool:
    """Say from its start whether a file is a list of records with Slack's times."""
    return _holds(export, entry, pattern=_SLACK_TS)


def is_said(export: Export, entry: Entry) -> bool:
    """Say from its start whether a file of any name is a list of what people said."""
    return holds_messages(export, entry) and _holds(export, entry, pattern=_SAID)


def _holds(export: Export, entry: Entry, *, pattern: re.Pattern[bytes]) -> bool:
    try:
        start = export.peek(entry, _SNIFFED)
    except ExportProblem:
        return False
    return _LIST_START.match(start) is not None and pattern.search(start) is not None


def by_day(entries: Picked) -> Picked:
    """Return a channel's files in the order of their days."""
    return entries.sorted_by(_day_of)


def _day_of(path: str) -> tuple[str, str]:
    """Return the day a file is named for, whichever way it is written, and the name itself."""
    name = path.rpartition("/")[2]
    found = None if DAY.fullmatch(name) else DATED.match(name)
    day = f"{found[1]}-{found[3]:0>2}-{found[4]:0>2}" if found else name[:10]
    return day, name
