"""Head counts: how many people somebody counted at an event, without their names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import msgspec

from jibungoto.gather.batch import Batch, Record
from jibungoto.gather.contents.sheets import holds_known, known_tables, lines_of
from jibungoto.gather.contents.table import Line
from jibungoto.gather.events.attendance import UNDATED
from jibungoto.gather.people.roll import Tally, plain_name
from jibungoto.gather.reader import Choices, Conceal, Reading
from jibungoto.gather.shelves.export import Export
from jibungoto.gather.text import digest63, normalised
from jibungoto.ledger.initiative import HeadCounts, Initiative
from jibungoto.ledger.source import SOURCE_NAMES, CanTell, SourceKind
from jibungoto.ledger.words import Words

_EVENTS = ("event", "イベント", "イベント番号")
_COLUMNS = {
    "registered": ("registered", "申し込み", "申込数", "申込者数", "登録者数"),
    "waiting": ("waiting", "キャンセル待ち", "補欠"),
    "attended": ("attended", "attendees", "参加者数", "来場者数", "出席者数"),
    "viewers": ("viewers", "視聴者数", "視聴者", "視聴数"),
}
_KNOWN = frozenset(heading for headings in _COLUMNS.values() for heading in headings)
_NOTES = ("note", "notes", "メモ", "備考")
_MOST = 100_000_000
_pack = msgspec.msgpack.Encoder().encode

WHICH_EVENT = Words(
    "どのイベントの人数か分かりません。イベントの番号か、登録された名前を書いてください。",
    "It does not say which event was counted. Write the event's number, or its name as it is "
    "known here.",
)
NO_COUNT = Words("人数が数字ではありません。", "A count is not a whole number.")


class HeadCountReader:
    """Reads a small table of counts: a column for the event, and one or more for the numbers.

    The form is our own, so that counts of a stream's viewers or of a hall can be brought in at
    all: ``event`` with ``viewers``, ``attended``, ``registered`` or ``waiting``, or the same in
    Japanese. A line is a record that says something of its event and is nobody's activity.
    """

    source = SourceKind("headcount", SOURCE_NAMES["headcount"])

    def recognises(self, export: Export) -> bool:
        """Say from the headings whether this is a table of head counts."""
        return holds_known(export, _knows)

    def read(
        self, export: Export, *, conceal: Conceal, choices: Choices, reading: Reading
    ) -> Iterator[Batch]:
        """Hand out one batch with the events' counts."""
        batch = Batch()
        counted: dict[str, Initiative] = {}
        for entry, sections in known_tables(export, _knows, batch=batch):
            tally = Tally(entry.path, batch)
            for line in (line for section in sections for line in lines_of(section, tally)):
                event, counts = _event_of(line, choices), _counts_of(line)
                if event is None or counts is None:
                    reason = WHICH_EVENT if event is None else NO_COUNT
                    tally.refuse(f"line {line.number}", reason)
                    continue
                batch.read += 1
                if event.key in counted:
                    batch.repeated += 1
                    continue
                counted[event.key] = replace(event, counts=_joined(event.counts, counts))
                content = digest63(_pack(counts))
                batch.records.append(Record(f"count/{event.key}", content, UNDATED))
            tally.close()
        batch.initiatives.extend(counted.values())
        yield batch
        reading.can_tell = CanTell()


def _knows(headings: frozenset[str]) -> bool:
    """A table of counts holds nothing else: a list of people has other columns."""
    return bool(headings & _KNOWN) and headings <= _KNOWN.union(_EVENTS, _NOTES)


def _event_of(line: Line, choices: Choices) -> Initiative | None:
    written = line.get(*_EVENTS)
    if not written:
        return choices.event
    known = choices.events.get(written)
    if known is not None:
        return known
    name = plain_name(written)
    named = [one for one in choices.events.values() if plain_name(one.name) == name]
    return named[0] if len(named) == 1 else None


def _counts_of(line: Line) -> HeadCounts | None:
    """Return what a line counts, or None where a number cannot be read or none is there."""
    told: dict[str, int] = {}
    for field, headings in _COLUMNS.items():
        written = normalised(line.get(*headings)).replace(",", "").removesuffix("人")
        if written:
            if not written.isdecimal() or len(written) > 9 or int(written) > _MOST:
                return None
            told[field] = int(written)
    return HeadCounts(**told) if told else None


def _joined(known: HeadCounts, counts: HeadCounts) -> HeadCounts:
    """Return what was known before with what was counted now."""
    return HeadCounts(
        registered=known.registered if counts.registered is None else counts.registered,
        waiting=known.waiting if counts.waiting is None else counts.waiting,
        attended=known.attended if counts.attended is None else counts.attended,
        viewers=known.viewers if counts.viewers is None else counts.viewers,
    )
