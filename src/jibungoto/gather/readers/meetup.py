"""Meetup: lists of members and attendees of its organisers, and archives of events."""

from __future__ import annotations

import re
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from jibungoto.gather.batch import Batch
from jibungoto.gather.contents.pile import Marks, is_among, pile_of
from jibungoto.gather.contents.table import Line, holds_table
from jibungoto.gather.events.attendance import State
from jibungoto.gather.events.guests import (
    NO_NAME,
    NO_TIME,
    ODD_STATE,
    Guest,
    GuestLists,
    ListForm,
    Sheet,
    day_of,
    latest_of,
)
from jibungoto.gather.moments import moment_of
from jibungoto.gather.people.roll import Roll, Told, clean, plain_name
from jibungoto.gather.reader import Choices, Conceal, Reading
from jibungoto.gather.readers.meetup_events import Archive
from jibungoto.gather.readers.meetup_members import (
    MemberLists,
    is_of_members,
    is_organiser,
    member_of,
)
from jibungoto.gather.shelves.export import Export
from jibungoto.gather.text import normalised
from jibungoto.ledger.source import SOURCE_NAMES, CanTell, SourceKind
from jibungoto.ledger.words import Words

_STATES: dict[str, State | None] = {
    "yes": State.BOOKED,
    "waitlist": State.WAITING,
    "waitlisted": State.WAITING,
    "waiting": State.WAITING,
    "no": None,
    "maybe": None,
    "": None,
}
_CAME = {"y": True, "yes": True, "attended": True, "n": False, "no": False, "": False}


def _is_of_attendees(headings: frozenset[str]) -> bool:
    return headings >= {"name", "userid", "rsvp"} and not headings.isdisjoint(
        {"attendance", "rsvpedon"}
    )


_MARKS = Marks(
    lambda headings: _is_of_attendees(headings) or is_of_members(headings),
    ((b'"dateTime"', b'"eventUrl"', b"meetup.com/"),),
)


def _guest_of(line: Line, sheet: Sheet) -> Guest | Words:
    """Understand one line: one member's answer; a plain No leaves nothing but its record."""
    name, number = clean(line.get("name")), member_of(line)
    state = normalised(line.get("rsvp")).casefold()
    came = normalised(line.get("attendance")).casefold()
    written = line.get("rsvpedon")
    answered = moment_of(written, sheet.zone, is_month_first=True)
    if not name and not number:
        return NO_NAME
    if state not in _STATES or came not in _CAME:
        return ODD_STATE
    if written and answered is None:
        return NO_TIME
    told: Told = {"name": name, "display_name": name, "is_admin": is_organiser(line)}
    if not number:
        told["is_name_only"] = True
    return Guest(
        who=number or f"name:{plain_name(name)}",
        state=_STATES[state],
        told=told,
        registered_at=answered.seconds if answered else None,
        has_attended=_CAME[came],
    )


_FORM = ListForm(
    source="meetup",
    knows=_is_of_attendees,
    guest_of=_guest_of,
    number=re.compile(r"(?<!\d)(\d{8,12})(?!\d)"),
)


class MeetupReader:
    """Reads Meetup: lists of members and attendees, and archives of events, alone or together.

    The lists are tab-separated although they are named .xls; their headings come from public tools
    (the member list in three forms, a row of it in one tool's manual; its newer CSV has Events
    attended). No genuine list was seen. The archive is a real one of 1,123 events from 2012 to
    2018: one JSON list a year, as a public archive of chapters keeps it.

    | record | kind |
    | --- | --- |
    | member | join on the day they joined the group; a name |
    | attendee, RSVP Yes | registration on the day of the answer |
    | attendee, RSVP Waitlist | waiting |
    | attendee, RSVP No or Maybe | nothing |
    | attendee, Attendance Y | attendance as well, when the event began |
    | event | initiative with its head counts; no host is named, so nobody's start |
    """

    source = SourceKind("meetup", SOURCE_NAMES["meetup"])

    def recognises(self, export: Export) -> bool:
        """Say from headings, or from an archive's own words, whether this is Meetup's."""
        return is_among(export, _MARKS)

    def read(
        self, export: Export, *, conceal: Conceal, choices: Choices, reading: Reading
    ) -> Iterator[Batch]:
        """Hand out the archive first: it says when the events of the lists began."""
        zone = ZoneInfo(choices.zone)
        pile = pile_of(export, _MARKS)
        attended = [one for one in pile.tables if holds_table(export, one, knows=_is_of_attendees)]
        listed = [one for one in pile.tables if one not in attended]
        roll = Roll(conceal)
        archive, members = Archive(), MemberLists(roll, zone)
        lists = GuestLists(_FORM, roll, conceal=conceal, choices=choices, reading=reading)
        yield pile.opening(export)
        yield from archive.read(export, pile.documents)
        yield from members.read(export, listed)
        has_more = bool(pile.documents or listed)
        yield from lists.read(export, attended, zone=zone, known=archive.events, has_more=has_more)
        yield Batch(handles=roll.handles())
        reading.can_tell = CanTell(joins=members.has_joins)
        latest = latest_of(archive.latest, members.latest, lists.latest)
        reading.covered_until = day_of(latest, zone)
