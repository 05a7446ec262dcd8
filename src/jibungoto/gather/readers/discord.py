"""Discord: what DiscordChatExporter writes, one JSON or CSV file for each channel."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from datetime import UTC, date, datetime, timedelta

from jibungoto.gather.batch import Batch
from jibungoto.gather.contents.beside import put_beside
from jibungoto.gather.contents.json_lists import (
    NOT_A_LIST,
    JsonLists,
    Refusals,
    pieces_of,
)
from jibungoto.gather.contents.table import table_in
from jibungoto.gather.people.crowd import Crowd
from jibungoto.gather.people.reacting import Reactions
from jibungoto.gather.people.scribe import Scribe
from jibungoto.gather.places import tag_of
from jibungoto.gather.reader import Choices, Conceal, Reading
from jibungoto.gather.readers.discord_csv import CsvRecords
from jibungoto.gather.readers.discord_records import (
    ChannelRecords,
    People,
    number_of,
    second_of,
)
from jibungoto.gather.readers.discord_shapes import Message
from jibungoto.gather.readers.discord_survey import (
    Place,
    Survey,
    knows,
    looks_like_discord,
    survey_of,
)
from jibungoto.gather.shelves.complaints import spelled
from jibungoto.gather.shelves.entry import Entry
from jibungoto.gather.shelves.export import Export
from jibungoto.ledger.initiative import Initiative, InitiativeKind
from jibungoto.ledger.problems import ExportProblem
from jibungoto.ledger.source import SOURCE_NAMES, CanTell, SourceKind

_MOST_AT_ONCE = 5_000
_SOON = timedelta(days=14)
"""Within so many days of its making a server has its first messages."""

MESSAGES = JsonLists(Message, "messages")


class DiscordReader:
    """Reads files of DiscordChatExporter; Discord itself has no export of a server.

    Known from the code that writes them, old and new (no real export was at hand): JSON, in newer
    versions with the users behind each reaction; CSV with ``AuthorID`` and ``Reactions`` (commas,
    semicolons in older versions), and the oldest with ``Author;Date;Content;Attachments`` alone.
    A CSV has neither ids of messages nor replies, so JSON is read where both are there.

    ======================================= =================================================
    record                                  kind
    ======================================= =================================================
    message, also by a command              message
    reply; message in a thread              reply, to the parent or to the thread's first
    first message of a forum's post         topic
    "joined the server"                     join, to the channel everybody comes in by
    pin, renaming, thread begun, boost ...  admin
    reaction with its users                 reaction, not before its message
    ======================================= =================================================
    """

    source = SourceKind("discord", SOURCE_NAMES["discord"])

    def recognises(self, export: Export) -> bool:
        """Say from the content whether these are files of DiscordChatExporter."""
        return looks_like_discord(export)

    def read(
        self, export: Export, *, conceal: Conceal, choices: Choices, reading: Reading
    ) -> Iterator[Batch]:
        """Hand out channels one after the other, threads after the channels they began in."""
        survey = survey_of(export, choices.private_places)
        yield _opening(export, survey)
        delivery = _Delivery(export, survey, Crowd(conceal), zone=choices.zone)
        yield from delivery.records()
        yield from delivery.reactions.held()
        yield Batch(handles=delivery.crowd.handles())
        reading.can_tell = delivery.can_tell()
        reading.covered_until = survey.covered_until


def _opening(export: Export, survey: Survey) -> Batch:
    """Return what is not read, with the reasons."""
    refused = list(export.refused)
    batch = Batch(
        read=len(survey.left_out) + sum(one.records for one in refused),
        entries=survey.entries,
        left_out=survey.left_out,
        refusals=refused,
    )
    put_beside(batch, survey.outside)
    return batch


class _Delivery:
    """One export on its way in."""

    def __init__(self, export: Export, survey: Survey, crowd: Crowd, *, zone: str) -> None:
        self._export = export
        self._survey = survey
        self._zone = zone
        self._read: dict[str, ChannelRecords] = {}
        self._tables: list[CsvRecords] = []
        self._named: set[str] = set()
        self.crowd = crowd
        self.reactions = Reactions(crowd)
        self._people = People(crowd)
        self._scribe = Scribe(crowd, self.reactions)

    def records(self) -> Iterator[Batch]:
        """Hand out all messages."""
        batch = Batch()
        for place in self._survey.in_order():
            batch = yield from self._messages_of(place, batch)
            batch = yield from self._lines_of(place, batch)
            self._open(place, batch)
        self._scribe.write(batch)
        yield batch

    def can_tell(self) -> CanTell:
        """Return what this delivery's records carry (domain.md 0, BR1)."""
        channels = self._read.values()
        return CanTell(
            replies=any(one.has_replies or one.has_threads for one in channels),
            threads=any(one.has_threads or one.has_replies for one in channels),
            reactions=self.reactions.are_seen,
            mentions=bool(self._read),
            joins=any(one.has_joins for one in channels)
            or any(one.has_joins for one in self._tables),
            bots=bool(self._read),
            complete_since=self._complete_since(),
        )

    def _complete_since(self) -> date | None:
        """Return the day the server was made, if all files reach back to their beginnings.

        The first message has to come soon after that day; without its oldest channel, whoever
        was there all along would look like a newcomer.
        """
        made = number_of(self._survey.guild or "")
        firsts = [one.first for one in self._read.values() if one.first is not None]
        is_cut = any(place.is_cut for place in self._survey.places.values())
        if made is None or not firsts or is_cut or self._tables:
            return None
        began = datetime.fromtimestamp(second_of(made), UTC)
        soon = datetime.fromtimestamp(min(firsts), UTC) <= began + _SOON
        return began.date() if soon else None

    def _messages_of(self, place: Place, batch: Batch) -> Generator[Batch, None, Batch]:
        if not place.json:
            return batch
        above = self._read.get(place.channel.categoryId or "")
        records = ChannelRecords(place, self._people, self._scribe, above=above)
        self._read[place.key] = records
        for entry in place.json:
            refused = Refusals(entry.path)
            found = MESSAGES.records_in(self._export, entry)
            for before, piece in pieces_of(found, _MOST_AT_ONCE):
                batch.read += len(piece)
                for number, one in records.take_all(piece, batch):
                    whole = one.is_whole
                    refused.add(before + number, one.reason, batch=batch, is_whole=whole)
                if batch.read >= _MOST_AT_ONCE:
                    self._scribe.write(batch)
                    yield batch
                    batch = Batch()
            refused.close(batch)
            batch.entries += 1
        return batch

    def _lines_of(self, place: Place, batch: Batch) -> Generator[Batch, None, Batch]:
        if not place.csv:
            return batch
        records = CsvRecords(place, self.crowd, zone=self._zone)
        self._tables.append(records)
        self._scribe.write(batch)
        for entry in place.csv:
            self._take_table(entry, records, batch=batch)
            batch.entries += 1
            yield batch
            batch = Batch()
        return batch

    def _take_table(self, entry: Entry, records: CsvRecords, *, batch: Batch) -> None:
        refused = Refusals(entry.path)
        try:
            table = table_in(self._export.read(entry), knows, place=spelled(entry.path))
        except ExportProblem as problem:
            table, reason = None, problem.what
        else:
            reason = NOT_A_LIST
        if table is None:
            batch.read += 1
            refused.add(0, reason, batch=batch, is_whole=True)
            return
        records.begin(table)
        for line in table.lines:
            batch.read += 1
            if (problem_of := records.take(line, batch)) is not None:
                refused.add(line.number, problem_of, batch=batch)
        refused.close(batch)

    def _open(self, place: Place, batch: Batch) -> None:
        """Add a channel as an initiative; a thread only where its channel has no file."""
        channel = place.channel
        records = self._read.get(place.key)
        key = records.initiative if records else f"discord:{place.key}"
        if key in self._named:
            return
        self._named.add(key)
        name = (channel.category or "") if place.is_thread else channel.name
        tables_joined = any(one.has_joins and one.place == place.key for one in self._tables)
        batch.initiatives.append(
            Initiative(
                key=key,
                kind=InitiativeKind.CHANNEL,
                name=spelled(name) or key.partition(":")[2],
                is_default=tables_joined or (records is not None and records.has_joins),
                tag=tag_of(name),
            )
        )
