"""Zulip: the official export of an organization, as a folder, a zip or a tar file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from operator import attrgetter

import msgspec

from jibungoto.gather.batch import Batch
from jibungoto.gather.contents.json_lists import (
    LARGEST_WHOLE,
    JsonLists,
    Refusals,
    Unreadable,
    pieces_of,
)
from jibungoto.gather.people.crowd import Crowd
from jibungoto.gather.people.reacting import Reactions
from jibungoto.gather.reader import Choices, Conceal, Reading
from jibungoto.gather.readers import zulip_words as words
from jibungoto.gather.readers.zulip_joins import Joins
from jibungoto.gather.readers.zulip_records import Messages
from jibungoto.gather.readers.zulip_shapes import Beside, Message, MessageFile, Reaction
from jibungoto.gather.readers.zulip_survey import Survey, Tables, second_of, survey_of
from jibungoto.gather.shelves.complaints import spelled
from jibungoto.gather.shelves.entry import Entry
from jibungoto.gather.shelves.export import Export
from jibungoto.ledger.accounting import LeftOut, Refusal
from jibungoto.ledger.problems import ExportProblem
from jibungoto.ledger.source import SOURCE_NAMES, CanTell, SourceKind

_LIST = "realm.json"
_HEAD = 1 << 16
_TABLE = re.compile(rb'"zerver_(?:realm|userprofile|stream|recipient|defaultstream|client)\w*"')
_MESSAGES = re.compile(r"messages-\d+\.json")
_BESIDE = re.compile(
    r"attachment\.json|analytics\.json|migration_status\.json|(?:realm|user|records)\.json"
    r"|(?:avatars|uploads|emoji|realm_icons)/.*|.*\.(?:md|txt)",
    re.IGNORECASE,
)
_MOST_AT_ONCE = 5_000
_BY_ID = attrgetter("id")
_DELIVERED = b'"zerver_usermessage"'
"""To whom each message was delivered: several lines for each of them."""
_OPENS = re.compile(rb"\s*:\s*\[")

MESSAGES = JsonLists(Message, "zerver_message")
_REACTIONS = JsonLists(Reaction)
_FILE = msgspec.json.Decoder(MessageFile)


class ZulipReader:
    """Reads the export that ``manage.py export`` or an administrator's settings page makes.

    Known from the code that writes it, old and new, and from others that read it (no real export
    of an organization was at hand): realm.json with one list per table, and messages-000001.json
    and on, with the reactions in either. Direct messages never come in; channels that need an
    invitation only where chosen; a message in no known channel may be private and stays out.

    ============================== ==========================================================
    record                         kind
    ============================== ==========================================================
    first message of a topic       topic
    other message in it            reply, to the topic's opener or to the message it quotes
    message without a topic        message
    message of Zulip's own bots    admin
    reaction                       reaction, not before its message and the account
    account, subscription          join (by the audit log: exact; else not before)
    channel with its creator       start, unless everybody is put into it
    ============================== ==========================================================
    """

    source = SourceKind("zulip", SOURCE_NAMES["zulip"])

    def recognises(self, export: Export) -> bool:
        """Say from the content whether there is a realm.json of Zulip's."""
        return any(_is_realm(export, entry) for entry in _realms(export))

    def read(
        self, export: Export, *, conceal: Conceal, choices: Choices, reading: Reading
    ) -> Iterator[Batch]:
        """Hand out joins and channels, then messages in the order of their files."""
        crowd = Crowd(conceal)
        reactions = Reactions(crowd)
        realm, files, opening = _sorted_out(export)
        tables = Tables(export, realm)
        survey = survey_of(tables, crowd, choices=choices, batch=opening)
        reading.zones = crowd.zones()
        yield opening
        joins = Joins(survey, tables)
        yield from joins.told()
        del tables
        yield from _messages_in(export, files, survey=survey, reactions=reactions)
        yield from reactions.held()
        yield Batch(handles=crowd.handles())
        reading.can_tell = _can_tell(survey, joins, reactions=reactions)


def _realms(export: Export) -> Iterator[Entry]:
    return (entry for entry in export.entries if entry.path.endswith(_LIST) and entry.name == _LIST)


def _is_realm(export: Export, entry: Entry) -> bool:
    try:
        return _TABLE.search(export.peek(entry, _HEAD)) is not None
    except ExportProblem:
        return False


def _sorted_out(export: Export) -> tuple[Entry, list[Entry], Batch]:
    """Return realm.json, the files of messages in their order, and what is left out."""
    realms = [entry for entry in _realms(export) if _is_realm(export, entry)]
    realm = min(realms, key=lambda entry: (entry.path.count("/"), entry.path))
    batch = Batch(read=sum(one.records for one in export.refused), refusals=list(export.refused))
    files = []
    for entry in export.entries:
        inside = entry.path.removeprefix(f"{realm.folder}/") if realm.folder else entry.path
        if entry.folder == realm.folder and _MESSAGES.fullmatch(entry.name):
            files.append(entry)
            continue
        batch.entries += 1
        if entry is not realm and not _BESIDE.fullmatch(inside):
            batch.read += 1
            batch.left_out.append(LeftOut(spelled(entry.path), words.NOT_MESSAGES))
    return realm, sorted(files, key=_number_of), batch


def _number_of(entry: Entry) -> int:
    return int(entry.name[len("messages-") : -len(".json")])


def _messages_in(
    export: Export, files: list[Entry], *, survey: Survey, reactions: Reactions
) -> Iterator[Batch]:
    taken = Messages(survey, reactions)
    batch = Batch()
    for entry in files:
        refused = Refusals(entry.path)
        found, beside = _content_of(export, entry, batch=batch)
        survey.has_reactions = survey.has_reactions or bool(beside)
        for before, piece in pieces_of(found, _MOST_AT_ONCE):
            batch.read += len(piece)
            for number, one in taken.take_all(piece, batch, reactions=beside):
                whole = one.is_whole
                refused.add(before + number, one.reason, batch=batch, is_whole=whole)
            if batch.read >= _MOST_AT_ONCE:
                taken.left_out(spelled(entry.path), batch)
                taken.write(batch)
                yield batch
                batch = Batch()
        refused.close(batch)
        taken.left_out(spelled(entry.path), batch)
        batch.entries += 1
    taken.write(batch)
    yield batch


def _content_of(
    export: Export, entry: Entry, *, batch: Batch
) -> tuple[Iterable[Message | Unreadable], dict[int, list[Reaction]]]:
    """Return the messages of a file and, by message, the reactions that stand beside them."""
    if entry.size > LARGEST_WHOLE:  # Zulip puts a thousand messages into a file.
        return MESSAGES.records_in(export, entry), {}
    try:
        content = export.read(entry)
    except ExportProblem as problem:
        return (Unreadable(problem.what, is_whole=True),), {}
    try:
        both = _decoded(content)
    except (ValueError, RecursionError):
        return MESSAGES.records_of(content), _reactions_in(content, entry, batch=batch)
    by_message: dict[int, list[Reaction]] = {}
    for reaction in both.zerver_reaction:
        by_message.setdefault(reaction.message, []).append(reaction)
    both.zerver_message.sort(key=_BY_ID)
    return both.zerver_message, by_message


def _decoded(content: bytes | bytearray) -> MessageFile:
    """Decode a file, if that can be without the longest of its lists, of which nothing is read.

    No text holds a quote without a stroke before it, so the list's name is where it is named. If
    that is somewhere else all the same, what is left is no whole file.
    """
    named = content.find(_DELIVERED)
    found = _OPENS.match(content, named + len(_DELIVERED)) if named > 0 else None
    end = content.find(b"]", found.end()) if found is not None else -1
    if content[named - 1 : named] == b"\\":
        end = -1
    if found is not None and end >= 0:
        try:
            return _FILE.decode(content[: found.end()] + content[end:])
        except (ValueError, RecursionError):
            pass
    return _FILE.decode(content)


def _reactions_in(
    content: bytes | bytearray, entry: Entry, *, batch: Batch
) -> dict[int, list[Reaction]]:
    by_message: dict[int, list[Reaction]] = {}
    try:
        beside = msgspec.json.decode(content, type=Beside)
    except (ValueError, RecursionError):
        return by_message
    for number, one in enumerate(_REACTIONS.rows_of(beside.zerver_reaction), 1):
        if isinstance(one, Unreadable):
            batch.read += 1
            place = f"{spelled(entry.path)}, zerver_reaction, record {number}"
            batch.refusals.append(Refusal(place, words.NOT_A_ROW))
        else:
            by_message.setdefault(one.message, []).append(one)
    return by_message


def _can_tell(survey: Survey, joins: Joins, *, reactions: Reactions) -> CanTell:
    handles = survey.crowd.listed
    return CanTell(
        replies=True,
        threads=True,
        reactions=reactions.are_seen or survey.has_reactions,
        mentions=True,
        joins=joins.are_seen,
        creators=joins.has_creators,
        bots=True,
        deletions=False,
        emails=any(member.email for member in handles),
        zones=any(member.zone for member in handles),
        complete_since=_complete_since(survey),
    )


def _complete_since(survey: Survey) -> date | None:
    """Return the day the organization was made, unless it lets old messages go."""
    created = second_of(survey.realm.date_created)
    if created is None or (survey.realm.message_retention_days or -1) > 0:
        return None
    return datetime.fromtimestamp(created, UTC).date()
