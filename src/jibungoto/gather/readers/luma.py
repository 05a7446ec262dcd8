"""Luma: the list of guests that an event's host downloads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from jibungoto.gather.batch import Batch
from jibungoto.gather.contents.pile import Marks, is_among, pile_of
from jibungoto.gather.contents.table import Line, Table
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
)
from jibungoto.gather.moments import moment_of
from jibungoto.gather.people.roll import Roll, Told, clean, email_in, plain_name
from jibungoto.gather.reader import Choices, Conceal, Reading
from jibungoto.gather.shelves.export import Export
from jibungoto.ledger.source import SOURCE_NAMES, CanTell, SourceKind
from jibungoto.ledger.words import Words

_STATES: dict[str, State | None] = {
    "approved": State.BOOKED,
    "going": State.BOOKED,
    "pending": State.WAITING,
    "pending_approval": State.WAITING,
    "waitlist": State.WAITING,
    "waitlisted": State.WAITING,
    "declined": State.CANCELLED,
    "not_going": State.CANCELLED,
    "cancelled": State.CANCELLED,
    "invited": None,
}
_EVENT = re.compile(r"/check-in/(evt-\w+)")


def _knows(headings: frozenset[str]) -> bool:
    is_of_a_guest = not headings.isdisjoint({"guest_id", "api_id"})
    return is_of_a_guest and headings >= {"name", "created_at", "approval_status"}


_MARKS = Marks(_knows)


def _event_in(table: Table) -> str | None:
    """Return the event's id as the links for checking in carry it."""
    for line in table.lines:
        if found := _EVENT.search(line.get("qr_code_url")):
            return found[1]
    return None


def _guest_of(line: Line, sheet: Sheet) -> Guest | Words:
    """Understand one line: one guest of the event."""
    address = email_in(line.get("email"))
    name = clean(line.get("name") or f"{line.get('first_name')} {line.get('last_name')}")
    status = line.get("approval_status").casefold().replace(" ", "_")
    written = (line.get("created_at"), line.get("checked_in_at"))
    created, came = (moment_of(text, sheet.zone) for text in written)
    if not name and not address:
        return NO_NAME
    if status not in _STATES:
        return ODD_STATE
    if (written[0] and created is None) or (written[1] and came is None):
        return NO_TIME
    told: Told = {"name": name, "display_name": name, "typed_email": address}
    if not address:
        told["is_name_only"] = True
    return Guest(
        who=f"email:{address}" if address else f"name:{plain_name(name)}",
        state=_STATES[status],
        told=told,
        serial=clean(line.get("guest_id", "api_id")),
        ticket=clean(line.get("ticket_name")),
        registered_at=created.seconds if created else None,
        has_attended=came is not None,
        attended_at=came.seconds if came else None,
        brought_by=line.get("referred_by"),
        is_met=status != "invited" or came is not None,
    )


_FORM = ListForm(
    source="luma",
    knows=_knows,
    guest_of=_guest_of,
    number=re.compile(r"(evt-\w+)"),
    event_in=_event_in,
)


class LumaReader:
    """Reads Luma's list of guests.

    Both generations of headings come from public tools that read it: 2025 (api_id, custom_source)
    and 2026 (guest_id, utm_source, referrer, referred_by), with questions after them. The words of
    approval_status come from such tools' tests. That the link for checking in carries the event's
    id comes from there too. What referred_by holds was not seen: a name, an address and a guest's
    id are understood. Somebody is known by their address, which is what Luma signs people in with.

    | record | kind |
    | --- | --- |
    | guest, approved | registration at created_at |
    | guest, pending or on the waiting list | waiting |
    | guest, declined | registration, and cancellation (not after the event began) |
    | guest, invited without an answer | nothing, and no name is kept |
    | guest with checked_in_at | attendance as well |
    | guest with referred_by | referral by whom it names, as well |
    """

    source = SourceKind("luma", SOURCE_NAMES["luma"])

    def recognises(self, export: Export) -> bool:
        """Say from the headings whether this is Luma's."""
        return is_among(export, _MARKS)

    def read(
        self, export: Export, *, conceal: Conceal, choices: Choices, reading: Reading
    ) -> Iterator[Batch]:
        """Hand out every list, then everybody in them."""
        zone = ZoneInfo(choices.zone)
        pile = pile_of(export, _MARKS)
        roll = Roll(conceal)
        lists = GuestLists(_FORM, roll, conceal=conceal, choices=choices, reading=reading)
        yield pile.opening(export)
        yield from lists.read(export, pile.tables, zone=zone, known={})
        yield Batch(handles=roll.handles())
        reading.can_tell = CanTell()
        reading.covered_until = day_of(lists.latest, zone)
