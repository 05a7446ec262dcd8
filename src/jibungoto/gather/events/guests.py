"""Lists of participants, whichever service wrote them: one file an event, one line a person."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from jibungoto.gather.batch import Batch
from jibungoto.gather.contents.table import Knows, Line, Table, tables_in
from jibungoto.gather.events.attendance import (
    Registration,
    State,
    begins_at,
    event_of,
    key_of,
    mode_of,
    remember,
    take,
)
from jibungoto.gather.moments import is_shortened, moment_of
from jibungoto.gather.people.roll import Roll, Tally, Told, email_in, plain_name
from jibungoto.gather.reader import Choices, Conceal, Reading
from jibungoto.gather.shelves.entry import Entry
from jibungoto.gather.shelves.export import Export
from jibungoto.gather.text import digest63, normalised
from jibungoto.ledger.initiative import Initiative, Mode
from jibungoto.ledger.problems import ExportProblem, Undecided
from jibungoto.ledger.words import Words

_AT_ONCE = 10_000
_CAME = {"済", "済み", "出席", "チェックイン済み", "○", "〇", "yes", "y", "true", "1", "checked in"}
_READING = re.compile(
    r"(?:[ごお]?(?:名前|氏名|姓名))?の?[(\[【]?(?:フリガナ|ふりがな|カナ|かな|よみがな|ヨミガナ|読み仮名|読みがな|読み方)[)\]】]?"
    r"(?:\((?:全角)?(?:カタカナ|カナ|ひらがな)\))?"
)
"""How organisers head the question for a name's reading."""
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\u30fc\u30fb\s]+")
_DID_NOT_COME = {"", "未", "欠席", "-", "×", "no", "n", "false", "0", "not checked in"}

NO_EVENT = Words(
    "どのイベントのものか分からないため読み取れません。イベントを指定して、単独で渡してください。",
    "It does not say which event it belongs to. Hand it in alone, and say which.",
)
NO_NAME = Words("誰の行か分かりません。", "It does not say whose line it is.")
ODD_STATE = Words(
    "参加の状態が、知られているもののどれでもありません。",
    "What it says of taking part is none of the words known.",
)
NO_TIME = Words("日時を読み取れません。", "A time in it cannot be read.")
SHORTENED = Words(
    "表計算ソフトが番号を短くしているため、誰の行か分かりません。もとのファイルを渡してください。",
    "A spreadsheet has shortened its number, so it cannot be told from others. "
    "Hand in the original file.",
)


@dataclass(frozen=True, slots=True)
class Guest:
    """One line of a list, as its reader understood it; nobody in it is concealed yet.

    ``who`` is the source's id, or None for an account that is gone. ``brought_by`` is a name, an
    address or an id as it stands there. ``is_met`` is False for who was only asked: then nothing
    is kept of them. ``stated`` is the latest time the line states, in UTC seconds.
    """

    who: str | None
    state: State | None
    told: Told = field(default_factory=Told)
    serial: str = ""
    ticket: str = ""
    registered_at: int | None = None
    has_attended: bool = False
    attended_at: int | None = None
    brought_by: str = ""
    is_met: bool = True
    stated: int | None = None

    @property
    def rank(self) -> int:
        """How much a line says, where two are of one person and the source numbers neither."""
        ranks = {None: 0, State.CANCELLED: 1, State.WAITING: 2, State.BOOKED: 3}
        return 4 if self.has_attended else ranks[self.state]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where a line stands: the zone of its times, and the name of the sheet in a workbook."""

    zone: ZoneInfo
    name: str = ""


@dataclass(frozen=True, slots=True)
class ListForm:
    """How one service writes its lists.

    ``number`` finds the event's id in a file's name, as a proposal; ``event_in`` finds it in the
    table itself where it stands there.
    """

    source: str
    knows: Knows
    guest_of: Callable[[Line, Sheet], Guest | Words]
    number: re.Pattern[str] = re.compile(r"(?!)")
    event_in: Callable[[Table], str | None] = lambda table: None


def number_of(cell: str) -> str:
    """Return a number or id as it is compared: spreadsheets take leading zeros off."""
    plain = normalised(cell).strip()
    return (plain.lstrip("0") or "0") if plain.isdecimal() else plain


def with_reading(guest: Guest, line: Line) -> Guest:
    """Return a guest with the reading of their name, where a question asked for it in kana."""
    told = (normalised(cell) for heading, cell in line.cells.items() if _READING.fullmatch(heading))
    reading = next((kana for kana in told if _KANA.fullmatch(kana)), "")
    if not reading or guest.told.get("reading"):
        return guest
    return replace(guest, told={**guest.told, "reading": reading})


class GuestLists:
    """Reads the lists of one delivery; ``latest`` is the latest time that they state."""

    def __init__(
        self, form: ListForm, roll: Roll, *, conceal: Conceal, choices: Choices, reading: Reading
    ) -> None:
        self._form = form
        self._roll = roll
        self._conceal = conceal
        self._choices = choices
        self._reading = reading
        self._written: set[str] = set()
        self._undecided: list[tuple[Tally, int, Undecided]] = []
        self.latest: int | None = None

    def read(
        self,
        export: Export,
        entries: Sequence[Entry],
        *,
        zone: ZoneInfo,
        known: Mapping[str, Initiative],
        has_more: bool = False,
    ) -> Iterator[Batch]:
        """Hand out all lists; raises Undecided if nothing of the delivery can be read without it.

        ``known`` are the events that other files of this delivery tell of, ``has_more`` says that
        there are other files. What a person chose as the event counts where there is one list.
        """
        event = self._choices.event if len(entries) == 1 else None
        choices = replace(self._choices, event=event, events={**self._choices.events, **known})
        for entry in entries:
            tally = Tally(entry.path, Batch())
            try:
                tables = [*tables_in(export.read(entry), self._form.knows, place=entry.path)]
            except ExportProblem as problem:
                tally.refuse("", problem.what)
                yield tally.close()
                continue
            yield from self._read_file(entry, tables, tally=tally, choices=choices, zone=zone)
        yield from self._left_undecided(has_more=has_more or bool(self._written))

    def _read_file(
        self,
        entry: Entry,
        tables: Sequence[Table],
        *,
        tally: Tally,
        choices: Choices,
        zone: ZoneInfo,
    ) -> Iterator[Batch]:
        lines = sum(len(table.lines) for table in tables)
        key = self._key_of(entry, tables)
        try:
            event = event_of(choices, key, place=entry.path)
        except Undecided as problem:
            if lines:
                self._undecided.append((tally, lines, problem))
            else:
                yield tally.close()
            return
        remember(self._reading, key, choices=choices, event=event)
        tally.batch.initiatives.append(event)
        guests: list[Guest] = []
        for table in tables:
            sheet = Sheet(zone, table.name)
            for line in table.lines:
                guest = line.problem or self._form.guest_of(line, sheet)
                if isinstance(guest, Words):
                    tally.refuse(f"line {line.number}", guest)
                else:
                    tally.batch.read += 1
                    guests.append(with_reading(guest, line))
        yield from self._written_out(guests, event, tally=tally)

    def _key_of(self, entry: Entry, tables: Sequence[Table]) -> str | None:
        """Return which event a file says it is of: by its content, or else by its name."""
        for table in tables:
            if number := self._form.event_in(table):
                return f"{self._form.source}:{number}"
        found = self._form.number.search(entry.name)
        return f"{self._form.source}:{number_of(found[1])}" if found else None

    def _written_out(
        self, guests: Sequence[Guest], event: Initiative, *, tally: Tally
    ) -> Iterator[Batch]:
        by_key = self._by_key(guests, event, batch=tally.batch)
        names = _Names(guests)
        for key, (guest, one) in by_key.items():
            if key in self._written:
                tally.batch.repeated += 1
                continue
            self._written.add(key)
            self._note(guest, event)
            brought = replace(one, brought_by=self._bringer(guest, names))
            take(tally.batch, event, registration=brought)
            if len(tally.batch.records) >= _AT_ONCE:
                yield tally.turn()
        yield tally.close()

    def _by_key(
        self, guests: Sequence[Guest], event: Initiative, *, batch: Batch
    ) -> dict[str, tuple[Guest, Registration]]:
        """Return each record's line; of lines with one key, the one that says most."""
        found: dict[str, tuple[Guest, Registration]] = {}
        gone: Counter[int] = Counter()
        for guest in guests:
            one = self._registration(guest, event, gone=gone)
            key = key_of(event, one)
            if key in found and found[key][1].actor != one.actor:
                one = replace(one, serial=f"{one.serial}/{one.actor}")
                key = key_of(event, one)
            if key in found:
                batch.repeated += 1
                if found[key][0].rank >= guest.rank:
                    continue
            found[key] = (guest, one)
        return found

    def _registration(self, guest: Guest, event: Initiative, *, gone: Counter[int]) -> Registration:
        serial = guest.serial
        if guest.who is None and not serial:
            alike = digest63(f"{guest.ticket} {guest.state} {guest.stated}".encode())
            gone[alike] += 1
            serial = f"gone-{alike}-{gone[alike]}"
        return Registration(
            actor=None if guest.who is None else self._conceal(guest.who),
            state=guest.state,
            serial=serial,
            mode=self._mode_of(guest.ticket, event),
            registered_at=guest.registered_at,
            has_attended=guest.has_attended,
            attended_at=guest.attended_at,
        )

    def _mode_of(self, ticket: str, event: Initiative) -> Mode | None:
        mode = None
        if ticket:
            mode = mode_of(ticket, self._choices.modes)
            self._reading.tickets[ticket] = mode
        return mode or (None if event.mode is Mode.HYBRID else event.mode)

    def _note(self, guest: Guest, event: Initiative) -> None:
        """Remember who stands in a line, and the latest time it states."""
        if guest.who is not None and guest.is_met:
            self._roll.meet(guest.who, **guest.told)
        came = begins_at(event) if guest.has_attended else None
        times = (guest.stated, guest.registered_at, guest.attended_at, came)
        self.latest = latest_of(self.latest, *times)

    def _bringer(self, guest: Guest, names: _Names) -> str | None:
        """Return the pseudonym of whom a line names as the one who brought them."""
        if not guest.brought_by or guest.state is None:
            return None
        if (known := names.who(guest.brought_by)) is not None:
            return self._roll.meet(known)
        if (address := email_in(guest.brought_by)) is not None:
            return self._roll.meet(f"email:{address}", typed_email=address)
        if not plain_name(guest.brought_by):
            return None
        return self._roll.meet_by_name(guest.brought_by)

    def _left_undecided(self, *, has_more: bool) -> Iterator[Batch]:
        """Refuse the lists whose event nobody knows, or ask if there is nothing else."""
        if self._undecided and not has_more:
            raise self._undecided[0][2]
        for tally, lines, _ in self._undecided:
            for _ in range(lines):
                tally.refuse("", NO_EVENT)
            yield tally.close()


class _Names:
    """Whom a name, an address or an id in a list stands for, where it can be only one."""

    def __init__(self, guests: Sequence[Guest]) -> None:
        self._by_word: dict[str, set[str]] = {}
        for guest in guests:
            if guest.who is None or not guest.is_met:
                continue
            words = (guest.told.get("name", ""), guest.told.get("typed_email") or "", guest.serial)
            for word in filter(None, map(plain_name, words)):
                self._by_word.setdefault(word, set()).add(guest.who)

    def who(self, word: str) -> str | None:
        """Return the one it stands for, or None where it is nobody or several."""
        found = self._by_word.get(plain_name(word), set())
        return next(iter(found)) if len(found) == 1 else None


def checked_number(cell: str) -> str | Words:
    """Return a line's number as it is compared, or say that a spreadsheet has spoilt it."""
    return SHORTENED if is_shortened(cell) else number_of(cell)


@dataclass(frozen=True, slots=True)
class Check:
    """What a cell says of checking in: whether somebody came, and when if it says so."""

    has_come: bool
    at: int | None = None


def written_check(cell: str, zone: ZoneInfo) -> Check | Words:
    """Understand a cell about checking in, which holds a time or a word."""
    word = normalised(cell).strip().casefold()
    if word in _CAME or word in _DID_NOT_COME:
        return Check(word in _CAME)
    at = moment_of(cell, zone)
    return NO_TIME if at is None else Check(True, at.seconds)


def latest_of(*times: int | None) -> int | None:
    """Return the latest of the times that are known."""
    return max((at for at in times if at is not None), default=None)


def day_of(at: int | None, zone: ZoneInfo) -> date | None:
    """Return the local day of a time in UTC seconds."""
    return None if at is None else datetime.fromtimestamp(at, UTC).astimezone(zone).date()
