"""What a Slack export says of itself before its messages are read, and what of it stays shut."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeVar

import msgspec

from jibungoto.gather.reader import Choices
from jibungoto.gather.readers import slack_words as words
from jibungoto.gather.readers.slack_files import LARGEST_WHOLE, RecordFile, Unreadable
from jibungoto.gather.readers.slack_layout import (
    CHANNEL_LISTS,
    SUMMARY,
    USER_LISTS,
    Place,
    Root,
    by_day,
    composed,
    is_direct,
    is_group,
)
from jibungoto.gather.readers.slack_names import (
    Names,
    hidden,
    is_chosen,
    is_id,
    kept_among,
    shown,
)
from jibungoto.gather.readers.slack_shapes import Channel, Message, Summary, User
from jibungoto.gather.readers.slack_sorting import Known, Sorting
from jibungoto.gather.shelves.entries import Picked
from jibungoto.gather.shelves.entry import Entry
from jibungoto.gather.shelves.export import Export
from jibungoto.ledger.accounting import LeftOut, Refusal
from jibungoto.ledger.problems import ExportProblem
from jibungoto.ledger.words import Words

MESSAGES = RecordFile(Message)
_CHANNELS = RecordFile(Channel)
_USERS = RecordFile(User)

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
    ends: list[object] = field(default_factory=list)
    """When what the delivery holds ends, as its summaries declare it."""
    outside: list[str] = field(default_factory=list)
    """The files that are none of Slack's."""


def survey_of(export: Export, choices: Choices) -> Survey:
    """Look through an export's lists and say which file belongs to which channel."""
    survey = Survey()
    survey.refusals += [
        Refusal(hidden(one.place), one.reason, one.records) for one in export.refused
    ]
    surveyors = {
        root.path: _Surveyor(export, choices, survey=survey, root=root)
        for root in _roots_with_lists(export)
    }
    sorting = Sorting(
        export,
        {path: surveyor.root for path, surveyor in surveyors.items()},
        {path: surveyor.known() for path, surveyor in surveyors.items()},
    )
    for root in sorting.sort():
        above = sorting.root_with_lists(root.path)
        if above is None:
            surveyor = _Surveyor(export, choices, survey=survey, root=root)
        else:
            surveyor = surveyors[above]
        surveyor.look_at(root)
    survey.outside += [hidden(path) for path in sorting.outside]
    return survey


def users_in(export: Export) -> Iterator[User]:
    """Return the users that an export lists, without looking at anything else in it."""
    for root in _roots_with_lists(export):
        for entry in _of(root, *USER_LISTS):
            for one in _USERS.records_in(export, entry):
                if not isinstance(one, Unreadable):
                    yield one


def _roots_with_lists(export: Export) -> list[Root]:
    """Return the folders that say of themselves what they hold, in the order of their paths."""
    roots: dict[str, Root] = {}
    for number, path in export.entries.named({SUMMARY, *USER_LISTS, *CHANNEL_LISTS}):
        folder, _, name = path.rpartition("/")
        if _is_list(export, export.entries[number]):
            root = roots.setdefault(folder, Root(folder))
            root.lists.setdefault(name, Picked(export.entries)).pick(number)
    return [roots[path] for path in sorted(roots)]


def _is_list(export: Export, entry: Entry) -> bool:
    """Tell whether a file is the list it is named as; in direct messages nothing is looked into."""
    if any(is_direct(part) for part in entry.folder.split("/")):
        return False
    return entry.name != SUMMARY or _summary_in(export, entry) is not None


def _summary_in(export: Export, entry: Entry) -> Summary | None:
    """Return a dump's summary; another tool's file of this name says nothing."""
    if entry.size > LARGEST_WHOLE:
        return None
    try:
        return msgspec.json.decode(export.read(entry), type=Summary)
    except (ValueError, RecursionError, ExportProblem):
        return None


class _Surveyor:
    """Looks at one root and adds what it finds to the survey."""

    def __init__(self, export: Export, choices: Choices, *, survey: Survey, root: Root) -> None:
        self.root = root
        self._export = export
        self._chosen = choices.private_places
        self._survey = survey
        self._names = Names()
        self._read_lists(root)

    def known(self) -> Known:
        """Return what the root's lists call its channels."""
        return self._names.known(self._chosen)

    def look_at(self, root: Root) -> None:
        """Give every folder and file of a root that these lists speak of its channel."""
        for folder in sorted(root.folders):
            entries = by_day(root.folders[folder])
            self._place(folder, entries, where=entries[0].folder or folder)
        for name in sorted(root.files):
            self._place(name, root.files[name], where=root.files[name][0].path)
        for entry in root.strays:
            self._leave_out(hidden(entry.path), words.NOT_MESSAGES)

    def _read_lists(self, root: Root) -> None:
        names = self._names
        for entry in _of(root, *USER_LISTS):
            self._survey.users.extend(self._listed(entry, _USERS, reason=words.NOT_A_USER))
        for entry in _of(root, "channels.json"):
            self._read_open_channels(entry)
        for entry in _of(root, "groups.json"):
            for channel in self._channels_in(entry, is_private=True):
                is_direct_one = kept_among(names, channel) is names.direct
                self._add(iter((channel,)), names.direct if is_direct_one else names.private)
        for entry in _of(root, "mpims.json", "dms.json"):
            self._add(self._channels_in(entry, is_private=True), names.direct)
        for entry in _of(root, SUMMARY):
            self._read_summary(entry)

    def _read_open_channels(self, entry: Entry) -> None:
        self._survey.is_official = True
        for channel in self._channels_in(entry):
            self._add(iter((channel,)), kept_among(self._names, channel))
        for channel in self._names.open.values():  # Also those in which nobody ever wrote.
            self._keep(Place(channel.name or channel.id, channel))

    def _channels_in(self, entry: Entry, *, is_private: bool = False) -> Iterator[Channel]:
        refused = len(self._survey.refusals)
        for channel in self._listed(entry, _CHANNELS, reason=words.NOT_A_CHANNEL):
            if is_id(channel.id):
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
        """Take the ids of a dump's channels."""
        summary = _summary_in(self._export, entry)
        if summary is None:
            return
        self._survey.ends.append(summary.end)
        for told in summary.channels:
            if not is_id(told.id):
                continue
            channel = Channel(id=told.id, name=told.name)
            stem = told.file.rsplit("/", 1)[-1].removesuffix(".json")
            kept = kept_among(self._names, told)
            for name in {told.id, composed(told.name), composed(stem)} - {""}:
                kept.setdefault(name, channel)

    def _place(self, name: str, entries: Picked, *, where: str) -> None:
        names = self._names
        if is_direct(name) or name in names.direct:
            self._leave_out(_secret(name, names.direct.get(name), where=where), words.DIRECT)
            return
        channel = names.open.get(name)
        if channel is None and (name in names.private or is_group(name)):
            private = names.private.get(name) or Channel(id=name)
            self._place_private(private, name, entries=entries)
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

    def _place_private(self, channel: Channel, name: str, *, entries: Picked) -> None:
        if is_chosen(channel, name, chosen=self._chosen):
            self._keep(Place(channel.name or name, channel, is_private=True), entries)
        else:
            self._leave_out(shown(channel.name or name), words.PRIVATE)

    def _keep(self, place: Place, entries: Picked | None = None) -> None:
        known = self._survey.places.setdefault(place.key, place)
        if entries is not None:
            known.take(entries)
        if place.channel is not None:
            self._survey.channels.setdefault(place.channel.id, place.channel)

    def _leave_out(self, place: str, reason: Words) -> None:
        self._survey.left_out.append(LeftOut(place, reason))

    def _renamed(self, entries: Picked) -> Channel | None:
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


def _of(root: Root, *names: str) -> list[Entry]:
    """Return a root's lists of these names, in the order of the names."""
    return [entry for name in names for entry in root.lists.get(name, ())]


def _secret(name: str, channel: Channel | None, *, where: str) -> str:
    """Name direct messages by their id: a group's name lists the people in it."""
    if channel is not None:
        return channel.id
    return name if not name.startswith("mpdm-") else hidden(composed(where))
