"""Peatix: the list of attendees that an event's organiser downloads."""

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
    written_check,
)
from jibungoto.gather.moments import moment_of
from jibungoto.gather.people.roll import Roll, Told, clean, email_in, plain_name
from jibungoto.gather.reader import Choices, Conceal, Reading
from jibungoto.gather.shelves.export import Export
from jibungoto.gather.text import normalised
from jibungoto.ledger.source import SOURCE_NAMES, CanTell, SourceKind
from jibungoto.ledger.words import Words

_NAME = ("参加者名", "attendeename")
_READING = ("参加者名(カナ)", "参加者名(かな)", "フリガナ", "ふりがな", "attendeename(kana)")
_TICKET = ("チケット名", "ticketname")
_SALE = ("販売id", "salesid")
_TICKET_NUMBER = ("チケットid", "ticketid")
_ORDERED = ("注文日時", "orderdate")
_CAME = (
    "チェックイン日時",
    "チェックイン",
    "受付日時",
    "checkedinat",
    "checkintime",
    "checkin",
    "check-in",
)
_UNPAID = {"支払待ち", "支払い待ち", "入金待ち", "未払い", "未払", "pending", "unpaid"}
_STATES: dict[str, State | None] = {
    **dict.fromkeys(("支払済", "支払済み", "支払い済み", "購入済", "購入済み"), State.BOOKED),
    **dict.fromkeys(("無料", "申込済", "申込済み", "確定", "完了", ""), State.BOOKED),
    **dict.fromkeys(("paid", "free", "confirmed", "complete", "completed"), State.BOOKED),
    **dict.fromkeys(("キャンセル待ち", "waitlist", "waitlisted"), State.WAITING),
    **dict.fromkeys(("キャンセル", "キャンセル済", "キャンセル済み"), State.CANCELLED),
    **dict.fromkeys(("払戻済", "払戻済み", "返金済", "返金済み"), State.CANCELLED),
    **dict.fromkeys(("cancelled", "canceled", "refunded"), State.CANCELLED),
    **dict.fromkeys(_UNPAID, None),
}


def _knows(headings: frozenset[str]) -> bool:
    return all(
        not headings.isdisjoint(names)
        for names in (
            _NAME,
            _TICKET,
            (*_SALE, *_TICKET_NUMBER),
            (*_ORDERED, "ステータス", "status"),
        )
    )


_MARKS = Marks(_knows)


def _guest_of(line: Line, sheet: Sheet) -> Guest | Words:
    """Understand one line: one sale of one kind of ticket."""
    name = clean(line.get(*_NAME))
    numbers = [checked_number(line.get(*names)) for names in (_SALE, _TICKET_NUMBER)]
    status = normalised(line.get("ステータス", "status")).casefold()
    check = written_check(line.get(*_CAME), sheet.zone)
    written = line.get(*_ORDERED)
    ordered = moment_of(written, sheet.zone)
    for spoilt in (*numbers, check):
        if isinstance(spoilt, Words):
            return spoilt
    if not name:
        return NO_NAME
    if status not in _STATES:
        return ODD_STATE
    if written and ordered is None:
        return NO_TIME
    account = checked_number(line.get("ユーザーid", "userid"))
    if isinstance(account, Words):
        return account
    told: Told = {
        "name": name,
        "display_name": line.get("アカウント名", "accountname"),
        "reading": line.get(*_READING),
        "typed_email": email_in(line.get("メールアドレス", "email", "eメール", "e-mail")),
        "organisation": line.get("会社名", "所属", "勤務先", "company", "organization"),
    }
    if not account:
        told["is_name_only"] = True
    return Guest(
        who=clean(account) or f"name:{plain_name(name)}",
        state=_STATES[status],
        told=told,
        serial="/".join(number for number in numbers if isinstance(number, str) and number),
        ticket=clean(line.get(*_TICKET)),
        registered_at=ordered.seconds if ordered else None,
        has_attended=not isinstance(check, Words) and check.has_come,
        attended_at=None if isinstance(check, Words) else check.at,
    )


_FORM = ListForm(
    source="peatix",
    knows=_knows,
    guest_of=_guest_of,
    number=re.compile(r"(?:peatix|event)[_-]?(\d{5,})", re.IGNORECASE),
)


class PeatixReader:
    """Reads Peatix's list of attendees, as CSV or as a spreadsheet saved from it.

    No genuine file was seen. The Japanese headings come from a public tool's test that calls its
    file close to Peatix's own, the English ones from the same tool's parser; the columns for the
    name in kana and for checking in are assumed, as are most words for the state of a sale: a
    line whose word is not known is refused. Peatix gives no e-mail unless the form asked for it.

    | record | kind |
    | --- | --- |
    | line, paid or free | registration at the time of the order |
    | line, cancelled or refunded | registration and cancellation (not after the event began) |
    | line, on the waiting list | waiting |
    | line, not paid yet | nothing, until it is |
    | line, checked in | attendance as well |
    """

    source = SourceKind("peatix", SOURCE_NAMES["peatix"])

    def recognises(self, export: Export) -> bool:
        """Say from the headings whether this is Peatix's."""
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
