"""LINE: the talk of an open chat or a group, as the phone apps save it in a text file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from jibungoto.gather.batch import Batch
from jibungoto.gather.contents.encodings import decoded
from jibungoto.gather.contents.sheets import put_aside
from jibungoto.gather.moments import moment_of
from jibungoto.gather.people.roll import Roll, Tally, clean, plain_name
from jibungoto.gather.reader import Choices, Conceal, Reading
from jibungoto.gather.readers.line_rows import Opening, Spoken, opening_of, rows_of
from jibungoto.gather.readers.line_talk import Talk, people_in
from jibungoto.gather.shelves.entry import Entry
from jibungoto.gather.shelves.export import Export
from jibungoto.gather.text import digest63
from jibungoto.ledger.accounting import LeftOut
from jibungoto.ledger.initiative import Initiative, InitiativeKind
from jibungoto.ledger.problems import DamagedExport
from jibungoto.ledger.source import SOURCE_NAMES, CanTell, SourceKind
from jibungoto.ledger.words import Words

_MOST_AT_ONCE = 10_000
_MOST_LOOKED_AT = 20
_PEEKED = 4_096
_FEWEST = 3

NOT_A_TALK = Words(
    "LINE のトーク履歴ではないため読み取りません。", "It is no LINE talk, so it is not read."
)
DIRECT = Words("二人だけのトークは読み取りません。", "A talk of two people is never read.")


class LineReader:
    """Reads talks saved by LINE's phone apps, in Japanese and English.

    Known from public parsers, not from a genuine open chat: a title, the time it was saved, lines
    with a date, rows of time, name and text with tabs between, texts of several lines in quotation
    marks, and what happened (joined, left, invited, unsent). Names are all there is: namesakes are
    one, and whoever changes their name becomes another. A talk of two people is never read; where
    a title does not say that it is a group's, three names have to appear in it.

    | record | kind |
    |---|---|
    | a message, a photo, a sticker | message |
    | joined, left | join, leave |
    | somebody invited or added somebody | referral |
    | an unsent message | none: takes away what an earlier export held there |
    | a call, one of LINE's own notices | none: left out |
    """

    source = SourceKind("line", SOURCE_NAMES["line"])

    def recognises(self, export: Export) -> bool:
        """Say from the first lines of the first files whether there is a talk among them."""
        first = islice(export.entries, _MOST_LOOKED_AT)
        return any(_opening_in(export, entry) is not None for entry in first)

    def read(
        self, export: Export, *, conceal: Conceal, choices: Choices, reading: Reading
    ) -> Iterator[Batch]:
        """Hand out talk after talk in batches; everybody met comes last."""
        delivery = _Delivery(export, Roll(conceal), ZoneInfo(choices.zone))
        yield from delivery.batches()
        yield Batch(handles=delivery.roll.handles())
        reading.can_tell = CanTell(
            mentions=any(talk.has_mentions for talk in delivery.talks),
            joins=any(talk.has_joins for talk in delivery.talks),
            deletions=any(talk.has_deletions for talk in delivery.talks),
        )
        if delivery.saved:
            # The day on which it was saved was not over yet.
            saved = datetime.fromtimestamp(min(delivery.saved), delivery.zone)
            reading.covered_until = saved.date() - timedelta(days=1)


class _Delivery:
    """All talks of one export."""

    def __init__(self, export: Export, roll: Roll, zone: ZoneInfo) -> None:
        self._export = export
        self._seen: set[str] = set()
        self.roll = roll
        self.zone = zone
        self.talks: list[Talk] = []
        self.saved: list[int] = []

    def batches(self) -> Iterator[Batch]:
        others: list[str] = []
        for number, entry in enumerate(self._export.entries, 1):
            if _opening_in(self._export, entry) is None:
                others.append(entry.path)
            else:
                yield from self._talk(entry, number)
        batch = Batch(read=len(self._export.refused), refusals=list(self._export.refused))
        put_aside(batch, others, reason=NOT_A_TALK)
        yield batch

    def _talk(self, entry: Entry, number: int) -> Iterator[Batch]:
        tally = Tally(entry.path, Batch())
        try:
            lines = _lines_of(self._export.read(entry))
        except DamagedExport as damage:
            tally.refuse("", damage.what)
            yield tally.close()
            return
        opening = opening_of(lines)
        if opening is None:
            return
        names, count = people_in(rows_of(lines, self.zone))
        if opening.may_be_direct and len(names) < _FEWEST:
            # The name of the file is the name of a person.
            left = [LeftOut(f"[LINE] {number}", DIRECT, count)] if count else []
            yield Batch(read=count, entries=1, left_out=left)
            return
        self._note_saved(opening)
        yield from self._rows(lines, opening, names=names, tally=tally)

    def _rows(
        self, lines: Sequence[str], opening: Opening, *, names: frozenset[str], tally: Tally
    ) -> Iterator[Batch]:
        room = f"{digest63(plain_name(opening.name).encode()):016x}"
        talk = Talk(room, names, self.roll, seen=self._seen)
        self.talks.append(talk)
        title = "LINE" if _is_names(opening.name, names) else clean(opening.name) or "LINE"
        tally.batch.initiatives.append(Initiative(f"line:{room}", InitiativeKind.CHANNEL, title))
        for row in rows_of(lines, self.zone):
            if isinstance(row, Spoken):
                talk.take(row, tally)
            else:
                tally.refuse(f"line {row.number}", row.reason)
            if tally.batch.read >= _MOST_AT_ONCE:
                yield tally.turn()
        yield tally.close()

    def _note_saved(self, opening: Opening) -> None:
        moment = moment_of(opening.saved, self.zone, is_month_first=True)
        if moment is not None:
            self.saved.append(moment.seconds)


def _opening_in(export: Export, entry: Entry) -> Opening | None:
    try:
        head = export.peek(entry, _PEEKED)
    except DamagedExport:
        return None
    if b"LINE" not in head and b"L\x00I\x00N\x00E" not in head:
        return None
    if len(head) == _PEEKED:  # Half a character at the end would look like another encoding.
        head = head[: head.rfind(b"\n") + 1]
    return opening_of(_lines_of(head))


def _lines_of(content: bytes | bytearray) -> list[str]:
    """Return the lines of a file; marks inside a message that other programs break at stay."""
    return decoded(content).replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _is_names(title: str, names: frozenset[str]) -> bool:
    """Say whether a group without a name of its own is called after its people."""
    parts = [part.strip() for part in re.split(r"[、,]", title)]
    return all(part in names for part in parts if part)
