"""connpass: lists of participants of its organisers, and answers of its API."""

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
)
from jibungoto.gather.moments import moment_of
from jibungoto.gather.people.roll import Roll, clean
from jibungoto.gather.reader import Choices, Conceal, Reading
from jibungoto.gather.readers.connpass_api import Answers
from jibungoto.gather.shelves.export import Export
from jibungoto.gather.text import normalised
from jibungoto.ledger.source import SOURCE_NAMES, CanTell, SourceKind
from jibungoto.ledger.words import Words

_TOKYO = ZoneInfo("Asia/Tokyo")
_HEADINGS = frozenset({"参加枠名", "ユーザー名", "表示名", "参加ステータス"})
_GONE = re.compile(r"\(?退会(?:済み)?ユーザー\)?")
_STATES = {
    "参加": State.BOOKED,
    "補欠": State.WAITING,
    "参加キャンセル": State.CANCELLED,
    "補欠キャンセル": State.CANCELLED,
    "キャンセル": State.CANCELLED,
}
_ATTENDED = {"出席": True, "欠席": False, "未設定": False, "-": False, "": False}


def _knows(headings: frozenset[str]) -> bool:
    return headings >= _HEADINGS


_MARKS = Marks(
    _knows,
    (
        (b'"results_returned"', b'"results_available"', b'"events"'),
        (b'"results_returned"', b'"results_available"', b'"groups"'),
        (b'"results_returned"', b'"results_available"', b'"users"'),
        (b'"results_returned"', b'"results_available"', b'"presentations"'),
    ),
)


def _guest_of(line: Line, sheet: Sheet) -> Guest | Words:
    """Understand one line; 更新日時 says how far the list reaches, and nothing of the person."""
    name = clean(normalised(line.get("ユーザー名")))
    serial = checked_number(line.get("受付番号"))
    state = _STATES.get(normalised(line.get("参加ステータス")))
    came = _ATTENDED.get(normalised(line.get("出欠ステータス")))
    if isinstance(serial, Words):
        return serial
    if not name:
        return NO_NAME
    if state is None or came is None:
        return ODD_STATE
    written = line.get("出席日時")
    attended = moment_of(written, sheet.zone)
    if written and attended is None:
        return NO_TIME
    updated = moment_of(line.get("更新日時"), sheet.zone)
    shown = line.get("表示名") or name
    is_gone = _GONE.fullmatch(name) is not None
    is_absent = normalised(line.get("出欠ステータス")) == "欠席"
    return Guest(
        who=None if is_gone else name,
        state=state,
        told={"name": shown, "display_name": shown},
        serial=serial,
        ticket=clean(line.get("参加枠名")),
        has_attended=came or (attended is not None and not is_absent),
        attended_at=attended.seconds if attended else None,
        stated=updated.seconds if updated else None,
    )


_FORM = ListForm(
    source="connpass",
    knows=_knows,
    guest_of=_guest_of,
    number=re.compile(r"event_(\d+)_participants", re.IGNORECASE),
)


class ConnpassReader:
    """Reads connpass: its organisers' CSV files and its API's answers, alone or together.

    The CSV is known in three generations, from public tools that read it and no genuine file: 2019
    (a whole header and a row), 2023 (a whole header, with 利用開始日 and the payment columns) and
    2025 (the first eight columns, with 出席日時). They are told by their headings' names, in
    any order and with any questions between them; cp932, Shift_JIS-2004 and UTF-8. A spreadsheet
    saved from one is read too. The API is known from a client's recorded answers (v2); v1's other
    names (event_id, series) are taken as well. Nobody has seen a CSV in English.

    | record | kind |
    | --- | --- |
    | line, 参加 | registration (not after the event began: no column says when) |
    | line, 補欠 | waiting |
    | line, 参加キャンセル | registration and cancellation |
    | line, 出席 or 出席日時 | attendance as well, at 出席日時 where that is about the event |
    | line of (退会ユーザー) | the same, by nobody |
    | event | initiative; start by its owner (not after its last change, or its beginning) |
    | group | initiative (series) |
    | user | a name |
    | presentation | slides, video or article by its type, else talk (not after it was entered) |
    """

    source = SourceKind("connpass", SOURCE_NAMES["connpass"])

    def recognises(self, export: Export) -> bool:
        """Say from headings or an answer's own words whether this is connpass's."""
        return is_among(export, _MARKS)

    def read(
        self, export: Export, *, conceal: Conceal, choices: Choices, reading: Reading
    ) -> Iterator[Batch]:
        """Hand out the API's answers first: they say when the events of the lists began."""
        pile = pile_of(export, _MARKS)
        roll = Roll(conceal)
        answers = Answers(roll, conceal=conceal, choices=choices)
        lists = GuestLists(_FORM, roll, conceal=conceal, choices=choices, reading=reading)
        yield pile.opening(export)
        yield from answers.read(export, pile.documents)
        has_more = bool(pile.documents)
        yield from lists.read(
            export, pile.tables, zone=_TOKYO, known=answers.events, has_more=has_more
        )
        yield Batch(handles=roll.handles())
        reading.can_tell = CanTell(creators=answers.has_owners)
        reading.covered_until = day_of(latest_of(answers.latest, lists.latest), _TOKYO)
