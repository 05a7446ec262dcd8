"""Zoom: who took part in a meeting or a webinar, and for how long."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from jibungoto.gather.batch import Batch
from jibungoto.gather.contents.sheets import holds_known, known_tables, lines_of
from jibungoto.gather.contents.table import Table
from jibungoto.gather.day_order import Clock
from jibungoto.gather.events.attendance import (
    begins_at,
    event_of,
    known_by,
    listed_near,
    remember,
)
from jibungoto.gather.events.spells import Stays
from jibungoto.gather.people.roll import Roll, Tally, plain_name
from jibungoto.gather.reader import Choices, Conceal, Reading
from jibungoto.gather.readers.zoom_clock import begins_by_rows, clock_of
from jibungoto.gather.readers.zoom_meeting import Meeting, meeting_in
from jibungoto.gather.readers.zoom_rows import Attendee, attendee_of, knows
from jibungoto.gather.shelves.export import Export
from jibungoto.ledger.initiative import Initiative, InitiativeKind, Mode
from jibungoto.ledger.source import SOURCE_NAMES, CanTell, SourceKind
from jibungoto.ledger.words import Words

_FAR = 14 * 86_400

BY_PHONE = Words(
    "電話などで加わった、名前のない人です。人数だけを数えます。",
    "Somebody without a name, who joined by phone for example, is only counted.",
)
OTHER_DAY = Words(
    "イベントから2週間より離れた日時です。どのイベントか、日付の月と日の順を確かめてください。",
    "It lies more than two weeks from the event. Check which event was named, and whether its "
    "dates write the month before the day.",
)


class ZoomReader:
    """Reads participants reports of meetings and attendee reports of webinars.

    Known: the Japanese report with a row per join and no preamble (real sample); English and
    Japanese reports with a row per join or per person, with the meeting's facts above (headings
    seen in public code); the webinar report in its sections and the registration report (headings
    only). A person is an address, where a whole one is written, or else the name alone.

    | record | kind |
    |---|---|
    | rows of one person who was there | one attendance, or one glimpse where it was short |
    | a registrant's row | registration; waiting where pending, cancellation where cancelled |
    | a row in the waiting room, without a name, or turned down by the host | none: left out |
    """

    source = SourceKind("zoom", SOURCE_NAMES["zoom"])

    def recognises(self, export: Export) -> bool:
        """Say from the headings whether this is one of Zoom's reports."""
        return holds_known(export, knows)

    def read(
        self, export: Export, *, conceal: Conceal, choices: Choices, reading: Reading
    ) -> Iterator[Batch]:
        """Read all files, then hand out event after event: one may lie in several files."""
        delivery = _Delivery(choices, Roll(conceal), reading=reading)
        batch = Batch()
        for entry, sections in known_tables(export, knows, batch=batch):
            tally = Tally(entry.path, batch)
            if not any(section.lines for section in sections):
                tally.close()
                continue
            clock = clock_of(sections, choices, place=entry.path)
            stays = delivery.stays_of(sections, clock, path=entry.path)
            for section in sections:
                delivery.take(section, stays, clock=clock, tally=tally)
            tally.close()
        yield batch
        yield from delivery.closing()
        reading.can_tell = CanTell()


class _Delivery:
    """All of the events that one export's reports belong to."""

    def __init__(self, choices: Choices, roll: Roll, *, reading: Reading) -> None:
        self._choices = choices
        self._reading = reading
        self._roll = roll
        self._stays: dict[str, Stays] = {}
        self._unnamed: dict[str, set[str]] = {}

    def stays_of(self, sections: Sequence[Table], clock: Clock, *, path: str) -> Stays:
        """Return the event a report is of, with whoever was there; raises Undecided.

        It is what the person says, else the meeting's own if it is known, else the only event
        known to have begun around the same time, or when the first of the people came.
        """
        choices, meeting = self._choices, meeting_in(sections[0], clock)
        began = meeting.starts_at or begins_by_rows(sections, clock)
        known = choices.event or (known_by(meeting.key, choices) if meeting.key else None)
        if known is None and began is not None:
            known = listed_near(choices, began)
        if known is None and meeting.key is not None:
            event = _own(meeting)
        else:
            told = None if known is None else _with_times(known, meeting)
            event = event_of(replace(choices, event=told), None, place=path, began=began)
        remember(self._reading, meeting.key, choices=choices, event=event)
        held = self._stays.setdefault(event.key, Stays(event))
        held.event = _with_times(held.event, meeting)
        return held

    def take(self, section: Table, stays: Stays, *, clock: Clock, tally: Tally) -> None:
        """Take in the rows of one section."""
        for line in lines_of(section, tally):
            found = attendee_of(line, clock)
            if isinstance(found, Attendee):
                self._admit(found, stays, tally=tally, where=f"line {line.number}")
            elif found.is_refused:
                tally.refuse(f"line {line.number}", found.reason)
            else:
                tally.leave_out(found.reason)

    def closing(self) -> Iterator[Batch]:
        """Hand out the events, then everybody met."""
        for key, stays in self._stays.items():
            unnamed = len(self._unnamed.get(key, ()))
            event = stays.event
            if unnamed:
                counts = replace(event.counts, viewers=unnamed)
                event = replace(event, counts=counts)
            batch = Batch(initiatives=[event])
            stays.write(batch)
            yield batch
        yield Batch(handles=self._roll.handles())

    def _admit(self, found: Attendee, stays: Stays, *, tally: Tally, where: str) -> None:
        spell = found.row.spell
        if spell is not None and abs(spell[0] - begins_at(stays.event)) > _FAR:
            tally.refuse(where, OTHER_DAY)
        elif found.is_phone:
            tally.leave_out(BY_PHONE)
            if found.row.has_attended:
                self._unnamed.setdefault(stays.event.key, set()).add(found.name or where)
        else:
            tally.batch.read += 1
            stays.add(self._actor(found), found.row, batch=tally.batch)

    def _actor(self, found: Attendee) -> str:
        if found.address is not None:
            return self._roll.meet(
                f"email:{found.address}",
                name=found.outer_name,
                display_name=found.name,
                typed_email=found.address,
                is_bot=found.is_recorder,
            )
        return self._roll.meet(
            f"name:{plain_name(found.name)}",
            name=found.outer_name,
            display_name=found.name,
            is_bot=found.is_recorder,
            is_name_only=True,
        )


def _own(meeting: Meeting) -> Initiative:
    return Initiative(
        key=meeting.key or "",
        kind=InitiativeKind.EVENT,
        name=meeting.topic or "Zoom",
        mode=Mode.ONLINE,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
    )


def _with_times(event: Initiative, meeting: Meeting) -> Initiative:
    """Return an event with what only the report says of its times."""
    if event.starts_at is None:
        return replace(event, starts_at=meeting.starts_at, ends_at=meeting.ends_at)
    if event.ends_at is None and meeting.ends_at is not None:
        return replace(event, ends_at=max(meeting.ends_at, event.starts_at))
    return event
