"""Slack: the official export, and dumps of conversation histories with one file per channel."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from jibungoto.gather.batch import Batch, Record
from jibungoto.gather.contents.beside import put_beside
from jibungoto.gather.reader import Choices, Conceal, Reading
from jibungoto.gather.readers import slack_words as words
from jibungoto.gather.readers.slack_files import LARGEST_WHOLE, Unreadable
from jibungoto.gather.readers.slack_layout import Place, looks_like_slack
from jibungoto.gather.readers.slack_names import shown
from jibungoto.gather.readers.slack_people import People, Person
from jibungoto.gather.readers.slack_plain import PlainMessages, PlainRecords
from jibungoto.gather.readers.slack_reactions import Reactions
from jibungoto.gather.readers.slack_records import Seen
from jibungoto.gather.readers.slack_shapes import Channel, Message
from jibungoto.gather.readers.slack_spot import Spot
from jibungoto.gather.readers.slack_survey import MESSAGES, Survey, survey_of, users_in
from jibungoto.gather.readers.slack_time import last_whole_day, seconds_of
from jibungoto.gather.shelves.entry import Entry
from jibungoto.gather.shelves.export import Export
from jibungoto.gather.text import digest63
from jibungoto.ledger.accounting import Refusal
from jibungoto.ledger.activity import Activity
from jibungoto.ledger.initiative import Initiative, InitiativeKind, PlaceTag
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.problems import ExportProblem
from jibungoto.ledger.source import CanTell, SourceKind
from jibungoto.ledger.words import Words

_MOST_AT_ONCE = 5_000
_TAKEN_AT_ONCE = 10_000
_MOST_NAMED = 50
_SOON = timedelta(days=14)
"""Within so many days of its first channel a workspace has its first messages."""

_INTRO = re.compile(
    r"自己紹介|(?:^|[^a-z])(?:self)?(?:intros?|introductions?|introduce(?:[-_]?yourself)?)(?:[^a-z]|$)"
)
_ANNOUNCE = re.compile(r"お知らせ|おしらせ|アナウンス|(?:^|[^a-z])announce(?:ments?)?(?:[^a-z]|$)")


_Group = tuple[list[Entry], PlainMessages | None]


class SlackReader:
    """Reads Slack; one delivery at a time, its channels one after the other."""

    source = SourceKind("slack", Words("Slack", "Slack"))

    def recognises(self, export: Export) -> bool:
        """Say from the content whether this is a Slack export or a dump of one."""
        return looks_like_slack(export)

    def zones_in(self, export: Export) -> dict[str, int]:
        """Count the time zones of those who have an account."""
        people = People(lambda outside_id: outside_id)
        for user in users_in(export):
            people.introduce(user)
        return people.zones()

    def read(
        self, export: Export, *, conceal: Conceal, choices: Choices, reading: Reading
    ) -> Iterator[Batch]:
        """Hand out everything in batches; reactions whose date was open, and handles, come last."""
        survey = survey_of(export, choices)
        delivery = _Delivery(export, survey, People(conceal))
        opening = delivery.opening()
        reading.zones = delivery.people.zones()
        yield opening
        yield from delivery.records()
        yield from delivery.reactions.held()
        yield Batch(handles=delivery.people.handles())
        reading.can_tell = delivery.can_tell()
        reading.covered_until = last_whole_day(survey.ends, ZoneInfo(choices.zone))


class _Delivery:
    """One export on its way in."""

    def __init__(self, export: Export, survey: Survey, people: People) -> None:
        self._export = export
        self._survey = survey
        self._seen = Seen()
        general = [c for c in survey.channels.values() if c.is_general]
        self._general_created = {seconds_of(channel.created) for channel in general}
        self._batch = Batch()
        self.people = people
        self.reactions = Reactions(people)

    def opening(self) -> Batch:
        """Return what stays shut, what a list could not say, and the channels with their starts."""
        survey = self._survey
        shut = len(survey.left_out) + sum(one.records for one in survey.refusals)
        left = sum(len(place.entries) for place in survey.places.values())
        batch = Batch(
            read=shut,
            entries=len(self._export.entries) - left,
            left_out=survey.left_out,
            refusals=survey.refusals,
        )
        put_beside(batch, survey.outside)
        for user in survey.users:
            if not self.people.introduce(user):
                batch.read += 1
                batch.refusals.append(Refusal("users.json", words.NOT_A_USER))
        for place in survey.places.values():
            self._open(place, batch)
        return batch

    def records(self) -> Iterator[Batch]:
        """Hand out all messages: one channel after the other, each in the order of its days."""
        for place in self._survey.places.values():
            records = PlainRecords(_spot_of(place), self.people, self.reactions, seen=self._seen)
            for entries, plain in self._groups_of(place):
                if plain is not None and records.take_plain(plain, self._batch):
                    self._batch.read += len(plain)
                    self._batch.entries += len(entries)
                else:
                    for entry in entries:
                        yield from self._one_by_one(entry, records)
                yield from self._full()
            records.finish(self._batch)
        yield self._batch

    def _groups_of(self, place: Place) -> Iterator[_Group]:
        """Read a channel's files in groups of some messages; a file of other records is alone."""
        entries: list[Entry] = []
        plain = PlainMessages(self.people)
        for entry in place.entries:
            is_plain = self._is_taken(entry, plain)
            if is_plain:
                entries.append(entry)
            if entries and (len(plain.stamps) >= _TAKEN_AT_ONCE or not is_plain):
                yield entries, plain
                entries, plain = [], PlainMessages(self.people)
            if not is_plain:
                yield [entry], None
        if entries:
            yield entries, plain

    def _is_taken(self, entry: Entry, plain: PlainMessages) -> bool:
        """Take in a file's messages if all are plain and by somebody of the list of users."""
        if entry.size > LARGEST_WHOLE or not self._survey.users:
            return False
        try:
            return plain.take(self._export.read(entry))
        except ExportProblem:
            return False

    def _one_by_one(self, entry: Entry, records: PlainRecords) -> Iterator[Batch]:
        refused = _Refused(entry.path)
        found = MESSAGES.records_in(self._export, entry)
        if isinstance(found, list):
            records.foresee(found)
        for before, piece in _pieces(found):
            self._batch.read += len(piece)
            for number, one in records.take_all(piece, self._batch):
                refused.add(before + number, one, batch=self._batch)
            yield from self._full()
        refused.close(self._batch)
        self._batch.entries += 1

    def _full(self) -> Iterator[Batch]:
        """Hand out the batch if enough has come together, and begin another."""
        if self._batch.read >= _MOST_AT_ONCE:
            full, self._batch = self._batch, Batch()
            yield full

    def can_tell(self) -> CanTell:
        """Return what this delivery's records carry (domain.md 0, BR1)."""
        users = self._survey.users
        created = [seconds_of(channel.created) for channel in self._survey.channels.values()]
        dated = [at for at in created if at is not None]
        has_creators = any(channel.creator for channel in self._survey.channels.values())
        return CanTell(
            replies=self._seen.has_threads,
            threads=self._seen.has_threads,
            reactions=self.reactions.are_seen,
            mentions=True,
            joins=self._seen.has_joins,
            creators=has_creators,
            bots=True,
            deletions=self._seen.has_deletions,
            emails=any(handle.email for handle in self.people.handles()),
            zones=any(user.tz for user in users),
            complete_since=self._complete_since(dated),
        )

    def _complete_since(self, created: list[int]) -> date | None:
        """Return the day the workspace began, if this export reaches back to it.

        Free plans leave out what is older than a year, and a range may have been chosen: then
        the first day of messages comes long after the first channel, and whoever was there all
        along would look like a newcomer. Such an export does not say since when it is complete.
        """
        if not self._survey.is_official or not created:
            return None
        days = (place.first_day for place in self._survey.places.values())
        first = min(filter(None, days), default=None)
        began = datetime.fromtimestamp(min(created), UTC).date()
        return began if first and first[:10] <= (began + _SOON).isoformat() else None

    def _open(self, place: Place, batch: Batch) -> None:
        """Add a channel as an initiative; who created it started it, unless it is a default."""
        spot = _spot_of(place)
        channel = place.channel or Channel(id="")
        creator = self.people.of(channel.creator) if channel.creator else None
        created = seconds_of(channel.created)
        is_default = self._is_default(channel, created)
        initiative = Initiative(
            key=spot.initiative,
            kind=InitiativeKind.CHANNEL,
            name=place.name,
            started_by=creator.actor if creator else None,
            started_at=created,
            is_default=is_default,
            is_archived=channel.is_archived,
            tag=tag_of(place.name),
        )
        batch.initiatives.append(initiative)
        if creator is not None and created is not None:
            creator.is_seen(created)
            if not is_default:
                _start(spot, creator, created=created, batch=batch)

    def _is_default(self, channel: Channel, created: int | None) -> bool:
        return channel.is_general or (created is not None and created in self._general_created)


class _Refused:
    """The unreadable records of one file: the first by their place, the others by their count."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._named = 0
        self._counted: dict[Words, int] = {}

    def add(self, number: int, one: Unreadable, *, batch: Batch) -> None:
        if self._named >= _MOST_NAMED:
            self._counted[one.reason] = self._counted.get(one.reason, 0) + 1
            return
        self._named += 1
        path = shown(self._path)
        place = path if one.is_whole else f"{path}, record {number}"
        batch.refusals.append(Refusal(place, one.reason))

    def close(self, batch: Batch) -> None:
        for reason, count in self._counted.items():
            batch.refusals.append(Refusal(shown(self._path), reason, count))


def _pieces(
    found: Iterable[Message | Unreadable],
) -> Iterator[tuple[int, Sequence[Message | Unreadable]]]:
    """Return a file's records in pieces, each with the number of records before it."""
    if isinstance(found, list) and len(found) <= _MOST_AT_ONCE:
        yield 0, found
        return
    before, one_by_one = 0, iter(found)
    while piece := list(islice(one_by_one, _MOST_AT_ONCE)):
        yield before, piece
        before += len(piece)


def tag_of(name: str) -> PlaceTag:
    """Propose from a channel's name what it is for (domain.md 0, BR10)."""
    name = name.lower()
    if _INTRO.search(name):
        return PlaceTag.INTRO
    return PlaceTag.ANNOUNCE if _ANNOUNCE.search(name) else PlaceTag.NONE


def _spot_of(place: Place) -> Spot:
    return Spot(place.key, has_id=place.channel is not None, is_private=place.is_private)


def _start(spot: Spot, creator: Person, *, created: int, batch: Batch) -> None:
    key = f"channel:{spot.place}"
    content = digest63(f"{creator.actor} {created}".encode())
    batch.records.append(Record(key, content, created, is_counted=False))
    batch.activities.append(
        Activity(
            record=key,
            key=key,
            actor=creator.actor,
            kind=Kind.START,
            happened_at=created,
            place=spot.place,
            initiative=spot.initiative,
            visibility=spot.visibility,
        )
    )
