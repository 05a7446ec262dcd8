"""Facebook Live: who commented on a live video, and who is listed as a viewer of it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from zoneinfo import ZoneInfo

from jibungoto.gather.batch import Batch
from jibungoto.gather.contents.sheets import holds_known, lines_of, put_aside
from jibungoto.gather.contents.table import Line, Table, plain, sections_in
from jibungoto.gather.events.attendance import event_of
from jibungoto.gather.events.spells import Row, Stays
from jibungoto.gather.moments import moment_of
from jibungoto.gather.people.roll import Roll, Tally, clean
from jibungoto.gather.reader import Choices, Conceal, Reading
from jibungoto.gather.readers.facebook_live_comments import (
    NAMES,
    NO_AUTHOR,
    NO_TIME,
    TEXTS,
    TIMES,
    Comments,
    comment_of,
    comments_in,
)
from jibungoto.gather.shelves.entry import Entry
from jibungoto.gather.shelves.export import Export
from jibungoto.ledger.problems import DamagedExport
from jibungoto.ledger.source import SOURCE_NAMES, CanTell, SourceKind
from jibungoto.ledger.words import Words

_OWN_NAMES = ("facebookname", "facebook名")
_FROM = ("watchedfrom", "視聴開始")
_UNTIL = ("watcheduntil", "視聴終了")
_MINUTES = ("minutes", "minuteswatched", "視聴分数", "視聴時間(分)")
_MOST_LOOKED_AT = 20
_PEEKED = 1 << 20

NOT_A_LIST = Words(
    "Facebook ライブのコメントや視聴者の一覧ではないため読み取りません。",
    "It is no list of comments on, or viewers of, a Facebook live video, so it is not read.",
)
NOT_A_COMMENT = Words(
    "Facebook のコメントの形ではありません。", "It does not have the shape of a Facebook comment."
)
NO_SPELL = Words("視聴した時刻か分数が読み取れません。", "When or how long is missing or wrong.")


class FacebookLiveReader:
    """Reads comments on a live video, and lists of viewers somebody wrote down.

    Facebook offers no such export and no genuine file was found. Known: the documented shape of
    the Graph API (a page of comments, with answers inside or beside), the same as a table
    (``created_time``, ``from.name``, ``message``), and two tables of our own: ``Facebook name``
    with ``comment`` and ``commented at``, or with ``watched from``, ``watched until``, ``minutes``.
    Viewers without a name are brought in as a head count.

    | record | kind |
    |---|---|
    | a comment | message |
    | an answer to a comment | reply |
    | a person's rows in a list of viewers | one attendance, or one glimpse where it was short |
    """

    source = SourceKind("facebook_live", SOURCE_NAMES["facebook_live"])

    def recognises(self, export: Export) -> bool:
        """Say from the content whether these are comments on, or viewers of, a live video."""
        if holds_known(export, _knows):
            return True
        first = islice(export.entries, _MOST_LOOKED_AT)
        return any(_holds_comments(export, entry) for entry in first)

    def read(
        self, export: Export, *, conceal: Conceal, choices: Choices, reading: Reading
    ) -> Iterator[Batch]:
        """Read all files of the one event; attendance and ties come when everybody is known."""
        delivery = _Delivery(export, choices, Roll(conceal))
        yield from delivery.batches()
        reading.can_tell = CanTell(replies=delivery.has_answers, threads=delivery.has_answers)


class _Delivery:
    """All files of one export, which belong to one event."""

    def __init__(self, export: Export, choices: Choices, roll: Roll) -> None:
        self._export = export
        self._zone = ZoneInfo(choices.zone)
        self._roll = roll
        self._comments = Comments(roll, self._zone)
        self._stays = Stays(event_of(choices, None, place=export.name))
        self.has_answers = False

    def batches(self) -> Iterator[Batch]:
        batch = Batch(
            read=len(self._export.refused),
            refusals=list(self._export.refused),
            initiatives=[self._stays.event],
        )
        others = [one.path for one in self._export.entries if not self._take(one, batch)]
        put_aside(batch, others, reason=NOT_A_LIST)
        self._stays.write(batch)
        yield batch
        ties = self._comments.ties()
        self.has_answers = len(ties.ties) > 0
        ties.handles += self._roll.handles()
        yield ties

    def _take(self, entry: Entry, batch: Batch) -> bool:
        """Take in a file, or say that it is none of ours."""
        tally = Tally(entry.path, batch)
        try:
            content = self._export.read(entry)
            tables = list(sections_in(content, _knows, place=entry.path))
        except DamagedExport as damage:
            tally.refuse("", damage.what)
            tally.close()
            return True
        comments = None if tables else comments_in(content)
        if not tables and comments is None:
            return False
        for table in tables:
            self._take_table(table, tally)
        for number, one in enumerate(comments or (), 1):
            reason: Words | None = NOT_A_COMMENT
            if one is not None:
                reason = self._comments.take(one, self._stays.event, batch=batch)
            if reason is not None:
                tally.refuse(f"comment {number}", reason)
        tally.close()
        return True

    def _take_table(self, table: Table, tally: Tally) -> None:
        is_comments = _is_of_comments(frozenset(plain(one) for one in table.headings))
        for line in lines_of(table, tally):
            if is_comments:
                one = comment_of(line)
                reason = self._comments.take(one, self._stays.event, batch=tally.batch)
            else:
                reason = self._view(line, tally.batch)
            if reason is not None:
                tally.refuse(f"line {line.number}", reason)

    def _view(self, line: Line, batch: Batch) -> Words | None:
        name = clean(line.get(*_OWN_NAMES))
        row = _row_of(line, self._zone)
        if not name or isinstance(row, Words):
            return row if isinstance(row, Words) else NO_AUTHOR
        batch.read += 1
        self._stays.add(self._roll.meet_by_name(name), row, batch=batch)
        return None


def _row_of(line: Line, zone: ZoneInfo) -> Row | Words:
    written = line.get(*_FROM), line.get(*_UNTIL)
    minutes = line.get(*_MINUTES)
    if all(written):
        spell = [moment_of(one, zone) for one in written]
        begins, ends = (one.seconds if one and one.has_time else None for one in spell)
        if begins is None or ends is None:
            return NO_TIME
        return Row((begins, ends)) if begins <= ends else NO_SPELL
    if minutes.isdecimal() and len(minutes) < 6:
        return Row(minutes=int(minutes))
    return NO_SPELL if minutes or any(written) else Row()


def _is_of_comments(headings: frozenset[str]) -> bool:
    return all(headings.intersection(some) for some in (NAMES, TEXTS, TIMES))


def _knows(headings: frozenset[str]) -> bool:
    """Say whether these are a table of comments or viewers, and Facebook's."""
    is_facebook = bool({"created_time", "createdtime"} & headings) and "message" in headings
    is_own = bool(headings.intersection(_OWN_NAMES))
    if is_own and headings.intersection((*_FROM, *_MINUTES)):
        return True
    return (is_own or is_facebook) and _is_of_comments(headings)


def _holds_comments(export: Export, entry: Entry) -> bool:
    try:
        head = export.peek(entry, _PEEKED)
        if b'"created_time"' not in head or b'"message"' not in head:
            return False
        return comments_in(export.read(entry)) is not None
    except DamagedExport:
        return False
