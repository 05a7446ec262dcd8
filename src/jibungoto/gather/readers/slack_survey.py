"""What a Slack export says of itself before its messages are read, and what of it stays shut."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeVar

import msgspec

from jibungoto.gather.entry import Entry
from jibungoto.gather.export import Export
from jibungoto.gather.reader import Choices
from jibungoto.gather.readers import slack_words as words
from jibungoto.gather.readers.slack_files import LARGEST_WHOLE, RecordFile, Unreadable
from jibungoto.gather.readers.slack_layout import (
    SUMMARY,
    USER_LISTS,
    Place,
    Root,
    by_day,
    composed,
    is_direct,
    roots_of,
)
from jibungoto.gather.readers.slack_shapes import Channel, Message, Summary, User
from jibungoto.ledger.accounting import LeftOut, Refusal
from jibungoto.ledger.problems import ExportProblem
from jibungoto.ledger.words import Words

MESSAGES = RecordFile(Message)
_CHANNELS = RecordFile(Channel)
_USERS = RecordFile(User)
_LONGEST_ID = 40

Shape = TypeVar("Shape", bound=msgspec.Struct)


@dataclass(slots=True)
class Survey:
    """Everything a delivery says about itself apart from its messages."""

    users: list[User] = field(default_factory=list)
    channels: dict[str, Channel] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    is_official: bool = False


@dataclass(slots=True)
class _Names:
    """The channels of one root, by id and by name; ``shut`` are never or not yet to be opened."""

    open: dict[str, Channel] = field(default_factory=dict)
    private: dict[str, Channel] = field(default_factory=dict)
    direct: dict[str, Channel] = field(default_factory=dict)
    is_unsure: bool = False


def survey_of(export: Export, choices: Choices) -> Survey:
    """Look through an export's lists and say which file belongs to which channel."""
    survey = Survey()
    for root in roots_of(export):
        _Surveyor(export, choices, survey).look_at(root)
    return survey


class _Surveyor:
    """Looks at one root and adds what it finds to the survey."""

    def __init__(self, export: Export, choices: Choices, survey: Survey) -> None:
        self._export = export
        self._chosen = choices.private_places
        self._survey = survey
        self._names = _Names()

    def look_at(self, root: Root) -> None:
        """Read the root's lists, then give every folder and file its channel."""
        self._read_lists(root)
        for folder in sorted(root.folders):
            entries = list(by_day(root.folders[folder]))
            self._place(folder, entries, where=entries[0].folder or folder)
        for name in sorted(root.files):
            self._place(name, [root.files[name]], where=root.files[name].path)

    def _read_lists(self, root: Root) -> None:
        names = self._names
        for name in USER_LISTS:
            if entry := root.lists.get(name):
                self._survey.users.extend(self._listed(entry, _USERS, reason=words.NOT_A_USER))
        if entry := root.lists.get("channels.json"):
            self._read_open_channels(entry)
        if entry := root.lists.get("groups.json"):
            self._add(self._channels_in(entry, is_private=True), names.private)
        for name in ("mpims.json", "dms.json"):
            if entry := root.lists.get(name):
                self._add(self._channels_in(entry, is_private=True), names.direct)
        if entry := root.lists.get(SUMMARY):
            self._read_summary(entry)

    def _read_open_channels(self, entry: Entry) -> None:
        self._survey.is_official = True
        self._add(self._channels_in(entry), self._names.open)
        for channel in self._names.open.values():  # Also those in which nobody ever wrote.
            self._keep(Place(channel.name or channel.id, channel), [])

    def _channels_in(self, entry: Entry, *, is_private: bool = False) -> Iterator[Channel]:
        refused = len(self._survey.refusals)
        for channel in self._listed(entry, _CHANNELS, reason=words.NOT_A_CHANNEL):
            if _is_id(channel.id):
                yield channel
            else:
                self._survey.refusals.append(Refusal(entry.path, words.NOT_A_CHANNEL))
        if is_private and len(self._survey.refusals) > refused:
            self._names.is_unsure = True

    def _add(self, channels: Iterator[Channel], names: dict[str, Channel]) -> None:
        for channel in channels:
            names[channel.id] = channel
            if channel.name:
                names[composed(channel.name)] = channel

    def _listed(self, entry: Entry, shape: RecordFile[Shape], *, reason: Words) -> Iterator[Shape]:
        for number, one in enumerate(shape.records_in(self._export, entry), 1):
            if not isinstance(one, Unreadable):
                yield one
                continue
            place = shown(entry.path) if one.is_whole else f"{shown(entry.path)}, record {number}"
            said = one.reason if one.is_whole else reason
            self._survey.refusals.append(Refusal(place, said))

    def _read_summary(self, entry: Entry) -> None:
        """Take the ids of a dump's channels; another tool's file of this name says nothing."""
        if entry.size > LARGEST_WHOLE:
            return
        try:
            summary = msgspec.json.decode(self._export.read(entry), type=Summary)
        except (ValueError, RecursionError, ExportProblem):
            return
        for told in summary.channels:
            if not _is_id(told.id):
                continue
            channel = Channel(id=told.id, name=told.name)
            stem = told.file.rsplit("/", 1)[-1].removesuffix(".json")
            kept = self._names.private if told.is_private else self._names.open
            kept = self._names.direct if is_direct(told.id) else kept
            for name in {told.id, composed(told.name), composed(stem)} - {""}:
                kept.setdefault(name, channel)

    def _place(self, name: str, entries: list[Entry], *, where: str) -> None:
        names = self._names
        if is_direct(name) or name in names.direct:
            self._leave_out(_secret(name, names.direct.get(name), where=where), words.DIRECT)
            return
        channel = names.open.get(name)
        if channel is None and name in names.private:
            self._place_private(names.private[name], name, entries=entries)
            return
        if channel is None and names.is_unsure:
            self._leave_out(shown(where), words.MAYBE_PRIVATE)
            return
        if channel is None and (names.open or names.private):
            channel = self._renamed(entries)
            if channel is not None and channel.id in names.private:
                self._place_private(channel, name, entries=entries)
                return
        self._keep(Place(channel.name if channel and channel.name else name, channel), entries)

    def _place_private(self, channel: Channel, name: str, *, entries: list[Entry]) -> None:
        if {channel.id, composed(channel.name), name} & self._chosen:
            self._keep(Place(channel.name or name, channel, is_private=True), entries)
        else:
            self._leave_out(shown(channel.name or name), words.PRIVATE)

    def _keep(self, place: Place, entries: list[Entry]) -> None:
        known = self._survey.places.setdefault(place.key, place)
        known.entries.extend(entries)
        if place.channel is not None:
            self._survey.channels.setdefault(place.channel.id, place.channel)

    def _leave_out(self, place: str, reason: Words) -> None:
        self._survey.left_out.append(LeftOut(place, reason))

    def _renamed(self, entries: list[Entry]) -> Channel | None:
        """Return the channel whose renaming stands in the files of a folder with an old name."""
        found = None
        for entry in entries:
            for one in MESSAGES.records_in(self._export, entry):
                if isinstance(one, Unreadable) or one.subtype not in _RENAMINGS or not one.name:
                    continue
                name = composed(one.name)
                found = self._names.open.get(name) or self._names.private.get(name) or found
        return found


_RENAMINGS = frozenset({"channel_name", "group_name"})


def shown(path: str) -> str:
    """Return a path as it can be written down, whatever bytes its name is made of."""
    return path.encode("utf-8", "replace").decode()


def _secret(name: str, channel: Channel | None, *, where: str) -> str:
    """Name direct messages by their id: a group's name lists the people in it."""
    if channel is not None:
        return channel.id
    return name if not name.startswith("mpdm-") else where.replace(name, "mpdm")


def _is_id(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_ID and text.isascii() and text.isalnum()
