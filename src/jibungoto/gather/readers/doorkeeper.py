"""Doorkeeper: answers of its API, and the sheet of participants of its organisers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from jibungoto.gather.batch import Batch
from jibungoto.gather.contents.pile import Marks, is_among, pile_of
from jibungoto.gather.contents.table import Line
from jibungoto.gather.events.attendance import State
from jibungoto.gather.events.guests import (
    NO_NAME,
    NO_TIME,
    ODD_STATE,
    Guest,
    GuestLists,
    ListForm,
    Sheet,
    checked_number,
    day_of,
    latest_of,
    written_check,
)
from jibungoto.gather.moments import moment_of
from jibungoto.gather.people.roll import Roll, Told, clean, email_in, plain_name
from jibungoto.gather.reader import Choices, Conceal, Reading
from jibungoto.gather.readers.doorkeeper_api import Answers
from jibungoto.gather.shelves.export import Export
from jibungoto.gather.text import normalised
from jibungoto.ledger.source import SOURCE_NAMES, CanTell, SourceKind
from jibungoto.ledger.words import Words

_NAME = ("名前", "氏名", "お名前", "参加者名", "name")
_ADDRESS = ("メールアドレス", "eメール", "メール", "email", "e-mail", "emailaddress")
_TICKET = ("チケット名", "チケットの種類", "チケットタイプ", "チケット", "tickettype", "ticket")
_NUMBER = ("チケット番号", "受付番号", "ticketnumber", "ticketid")
_STATUS = ("ステータス", "状態", "status")
_ORDERED = ("申込日時", "申し込み日時", "申込日", "登録日時", "registeredat", "registrationdate")
_CAME = (
    "チェックイン日時",
    "チェックイン",
    "出席",
    "checkedinat",
    "checkedin",
    "checkin",
    "check-in",
)
_SHEETS = {
    **dict.fromkeys(("参加者", "participants", "attendees"), State.BOOKED),
    **dict.fromkeys(("キャンセル待ち", "補欠", "waitlist", "waitlisted"), State.WAITING),
    **dict.fromkeys(("キャンセル", "cancelled", "canceled"), State.CANCELLED),
}
_STATES = _SHEETS | dict.fromkeys(
    (
        "参加",
        "参加予定",
        "参加確定",
        "出席",
        "支払済",
        "支払済み",
        "attending",
        "confirmed",
        "paid",
    ),
    State.BOOKED,
)


def _knows(headings: frozenset[str]) -> bool:
    named = [names for names in (_ADDRESS, _TICKET) if not headings.isdisjoint(names)]
    return bool(named) and not headings.isdisjoint(_NAME)


_MARKS = Marks(
    _knows,
    (
        (b'"event"', b'"starts_at"', b'"venue_name"'),
        (b'"group"', b'"country_code"', b'"logo"'),
    ),
    sheets=frozenset(_SHEETS),
)


def _state_of(line: Line, sheet: Sheet) -> State | None:
    """Return what a line's own words, or else the sheet it stands in, say of taking part."""
    written = normalised(line.get(*_STATUS)).casefold()
    if written:
        return _STATES.get(written)
    return _SHEETS.get(normalised(sheet.name).casefold(), State.BOOKED)


def _guest_of(line: Line, sheet: Sheet) -> Guest | Words:
    """Understand one line: one ticket."""
    name, address = clean(line.get(*_NAME)), email_in(line.get(*_ADDRESS))
    serial = checked_number(line.get(*_NUMBER))
    state = _state_of(line, sheet)
    written = line.get(*_ORDERED)
    ordered = moment_of(written, sheet.zone)
    check = written_check(line.get(*_CAME), sheet.zone)
    if isinstance(serial, Words) or isinstance(check, Words):
        return serial if isinstance(serial, Words) else NO_TIME
    if not name and not address:
        return NO_NAME
    if state is None:
        return ODD_STATE
    if written and ordered is None:
        return NO_TIME
    told: Told = {"name": name, "display_name": name, "typed_email": address}
    if not address:
        told["is_name_only"] = True
    return Guest(
        who=f"email:{address}" if address else f"name:{plain_name(name)}",
        state=state,
        told=told,
        serial=serial,
        ticket=clean(line.get(*_TICKET)),
        registered_at=ordered.seconds if ordered else None,
        has_attended=check.has_come,
        attended_at=check.at,
    )


_FORM = ListForm(
    source="doorkeeper",
    knows=_knows,
    guest_of=_guest_of,
    number=re.compile(r"-tickets-(\d+)", re.IGNORECASE),
)


class DoorkeeperReader:
    """Reads Doorkeeper: its API's answers and its organisers' sheets, alone or together.

    The API is known from two clients' recorded answers, in Japanese and in English. Of the sheet
    (xlsx) only the name of its file and of its sheet 参加者, and that answers to questions begin in
    the seventh column, are known from a public tool: a workbook is taken for Doorkeeper's by such a
    sheet, and the headings read in it are assumed. Somebody is known by their address.

    | record | kind |
    | --- | --- |
    | event | initiative with its head counts; the API names no owner, so nobody's start |
    | group | initiative (series) |
    | line of 参加者 | registration; attendance as well where it is checked in |
    | line of キャンセル待ち | waiting |
    | line of キャンセル | registration and cancellation |
    """

    source = SourceKind("doorkeeper", SOURCE_NAMES["doorkeeper"])

    def recognises(self, export: Export) -> bool:
        """Say from an answer's own words, or from headings, whether this is Doorkeeper's."""
        return is_among(export, _MARKS)

    def read(
        self, export: Export, *, conceal: Conceal, choices: Choices, reading: Reading
    ) -> Iterator[Batch]:
        """Hand out the API's answers first: they say when the events of the sheets began."""
        zone = ZoneInfo(choices.zone)
        pile = pile_of(export, _MARKS)
        roll = Roll(conceal)
        answers = Answers()
        lists = GuestLists(_FORM, roll, conceal=conceal, choices=choices, reading=reading)
        yield pile.opening(export)
        yield from answers.read(export, pile.documents)
        has_more = bool(pile.documents)
        yield from lists.read(
            export, pile.tables, zone=zone, known=answers.events, has_more=has_more
        )
        yield Batch(handles=roll.handles())
        reading.can_tell = CanTell()
        reading.covered_until = day_of(latest_of(answers.latest, lists.latest), zone)
