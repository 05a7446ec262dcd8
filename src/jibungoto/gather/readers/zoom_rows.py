"""One row of a Zoom report: who it is, how long they were there, and how they registered."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from jibungoto.gather.contents.table import Line, plain
from jibungoto.gather.day_order import Clock
from jibungoto.gather.events.attendance import State
from jibungoto.gather.events.spells import Row
from jibungoto.gather.people.roll import clean, email_in
from jibungoto.gather.text import normalised
from jibungoto.ledger.words import Words

_NAMES = (
    *("name(originalname)", "username(originalname)", "名前(元の名前)", "ユーザー名(元の名前)"),
    *("名前(オリジナル名)", "ユーザー名(オリジナル名)", "表示名(元の名前)"),
)
_PLAIN_NAMES = ("name", "username", "名前", "ユーザー名")
_EMAILS = ("useremail", "email", "ユーザーメール", "ユーザーのメール", "メール", "メールアドレス")
_JOINED = ("jointime", "参加時刻", "参加時間", "入室時刻")
_LEFT = ("leavetime", "退出時刻", "退出時間", "退室時刻")
_LENGTHS = (
    *("duration(minutes)", "totalduration(minutes)", "timeinsession(minutes)"),
    *("所要時間(分)", "合計所要時間(分)", "合計時間(分)", "期間(分)", "セッション時間(分)"),
)
_WAITING_ROOM = ("inwaitingroom", "待機室内", "待機室", "待合室")
_ATTENDED = ("attended", "出席", "出席済み", "参加済み")
_REGISTERED = ("registrationtime", "登録時刻", "登録日時", "登録時間")
_APPROVAL = ("approvalstatus", "承認ステータス", "承認状況")
_FIRST, _LAST = ("firstname", "名"), ("lastname", "姓")

_YES, _NO = {"yes", "はい", "y", "true"}, {"no", "いいえ", "n", "false"}
_STATES = {
    **dict.fromkeys(("approved", "承認済み", "承認", ""), State.BOOKED),
    **dict.fromkeys(("pending", "pendingapproval", "承認待ち", "保留中"), State.WAITING),
    **dict.fromkeys(("cancelled", "canceled", "キャンセル", "キャンセル済み"), State.CANCELLED),
}
_DENIED = {"denied", "拒否", "却下", "拒否済み"}
_NOTHING = {"", "-", "--"}
_UNREADABLE = -1
_PHONE = re.compile(r"[+\d][\d\s().*x#-]{4,}|(?:call-in user|phone user|電話ユーザー)\D*\d*")
_BRACKETS = re.compile(r"(.*\S)\s*[(\uff08]([^()\uff08\uff09]+)[)\uff09]")
_RECORDER = re.compile(
    r"\bread\.?ai\b|\botter(?:\.ai|\s*pilot)\b|^otter$|\bfireflies\b|\btl;?dv\b|\bfathom\b.*note"
    r"|\bnotta\b|\bmeetgeek\b|\bavoma\b|\bsembly\b|\bsupernormal\b|\bcircleback\b|\bgrain\b.*record"
    r"|\bairgram\b|\bfellow\b.*note|\brecall\.ai\b|\bmeeting ?notes?\b|\bnote[ -]?taker\b|議事録"
)

BAD_TIME = Words("参加か退出の時刻が読み取れません。", "When somebody came or left is unreadable.")
BAD_LENGTH = Words("所要時間が読み取れません。", "How long somebody stayed cannot be read.")
BAD_ANSWER = Words(
    "参加したかどうか、または承認の状態が読み取れません。",
    "Whether somebody came, or was approved, cannot be read.",
)
WAITING_ROOM = Words(
    "待機室にいた時間は、参加に数えません。", "Time in the waiting room is no attendance."
)
TURNED_DOWN = Words("主催者が断った登録です。", "A registration that the host turned down.")


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody in a report; ``is_phone`` says that no name is known."""

    name: str
    address: str | None
    row: Row
    is_phone: bool

    @property
    def outer_name(self) -> str:
        """The name without what stands in brackets behind it."""
        found = _BRACKETS.fullmatch(self.name)
        return found[1] if found else self.name

    @property
    def is_recorder(self) -> bool:
        """Whether the name is one under which recording bots join."""
        return _RECORDER.search(normalised(self.name).casefold()) is not None


@dataclass(frozen=True, slots=True)
class NotTaken:
    """Why a row is nobody's attendance."""

    reason: Words
    is_refused: bool


def knows(headings: frozenset[str]) -> bool:
    """Say whether these are the headings of a list in one of Zoom's reports."""
    if headings.intersection(_REGISTERED) and headings.intersection(_APPROVAL):
        return True
    if not headings.intersection(_LENGTHS):
        return False
    has_times = headings.intersection(_JOINED) and headings.intersection(_LEFT)
    return bool(
        headings.intersection(_NAMES) or (headings.intersection(_PLAIN_NAMES) and has_times)
    )


def attendee_of(line: Line, clock: Clock) -> Attendee | NotTaken:
    """Return who a row is of, or why it is nobody's."""
    if _answer(line, _WAITING_ROOM) in _YES:
        return NotTaken(WAITING_ROOM, is_refused=False)
    row = _row_of(line, clock)
    if isinstance(row, NotTaken):
        return row
    name = clean(line.get(*_NAMES, *_PLAIN_NAMES))
    name = name or clean(f"{line.get(*_FIRST)} {line.get(*_LAST)}")
    written = line.get(*_EMAILS)
    address = None if {"*", "…"}.intersection(written) else email_in(written)
    is_phone = address is None and (
        not name or _PHONE.fullmatch(normalised(name).casefold()) is not None
    )
    return Attendee(name, address, row, is_phone)


def first_joined(lines: Iterable[Line], clock: Clock) -> int | None:
    """Return when the first of the people in a list came, in UTC seconds."""
    joined = (_moment(line.get(*_JOINED), clock) for line in lines if line.problem is None)
    return min((at for at in joined if at is not None and at != _UNREADABLE), default=None)


def _row_of(line: Line, clock: Clock) -> Row | NotTaken:
    state = _state_of(line)
    registered = _moment(line.get(*_REGISTERED), clock)
    attended = _has_attended(line)
    if isinstance(state, NotTaken):
        return state
    if attended is None or registered == _UNREADABLE:
        return NotTaken(BAD_ANSWER if attended is None else BAD_TIME, is_refused=True)
    if not attended:
        return Row(has_attended=False, state=state, registered_at=registered)
    stay = _stay_of(line, clock)
    if isinstance(stay, Words):
        return NotTaken(stay, is_refused=True)
    spell, minutes = stay
    return Row(spell, minutes, state=state, registered_at=registered)


def _state_of(line: Line) -> State | NotTaken | None:
    written = _answer(line, _APPROVAL)
    if written in _DENIED:
        return NotTaken(TURNED_DOWN, is_refused=False)
    if written in _NOTHING and not line.get(*_REGISTERED):
        return None
    return _STATES.get(written) or NotTaken(BAD_ANSWER, is_refused=True)


def _has_attended(line: Line) -> bool | None:
    written = _answer(line, _ATTENDED)
    if written in _YES | _NO:
        return written in _YES
    if written not in _NOTHING:
        return None
    has_column = any(heading in line.cells for heading in (*_LENGTHS, *_JOINED))
    return has_column and not _asks_attendance(line)


def _stay_of(line: Line, clock: Clock) -> tuple[tuple[int, int] | None, int | None] | Words:
    """Return a spell, or else minutes, or why neither can be read."""
    written = line.get(*_LENGTHS)
    minutes = _minutes(written)
    joined, left = _moment(line.get(*_JOINED), clock), _moment(line.get(*_LEFT), clock)
    if minutes is None and written not in _NOTHING:
        return BAD_LENGTH
    if _UNREADABLE in (joined, left):
        return BAD_TIME
    if joined is None:
        return (None, minutes) if minutes is not None or _asks_attendance(line) else BAD_LENGTH
    if left is None:
        return BAD_TIME if minutes is None else ((joined, joined + minutes * 60), minutes)
    if left < joined:
        return BAD_TIME
    # Times may be written without seconds; then Zoom's own minutes are the better measure.
    if minutes is not None and abs(left - joined - minutes * 60) <= 60:
        left = joined + minutes * 60
    return (joined, left), minutes


def _asks_attendance(line: Line) -> bool:
    return any(heading in line.cells for heading in _ATTENDED)


def _moment(written: str, clock: Clock) -> int | None:
    """Return a time in UTC seconds, None where there is none, -1 where it cannot be read."""
    if written in _NOTHING:
        return None
    moment = clock.moment(written)
    return moment.seconds if moment is not None and moment.has_time else _UNREADABLE


def _minutes(written: str) -> int | None:
    digits = normalised(written).replace(",", "")
    return int(digits) if digits.isdecimal() and len(digits) <= 6 else None


def _answer(line: Line, headings: tuple[str, ...]) -> str:
    return plain(line.get(*headings))
