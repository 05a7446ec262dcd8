"""One line of a table as an act: who, when, what, where, and in answer to what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import msgspec

from jibungoto.gather.addresses import account_in, canonical, site_of
from jibungoto.gather.contents.table import Line
from jibungoto.gather.day_order import year_first
from jibungoto.gather.moments import Moment, is_shortened, moment_of
from jibungoto.gather.people.roll import Roll, email_in, plain_name
from jibungoto.gather.readers import csv_words as words
from jibungoto.gather.readers.csv_columns import Columns
from jibungoto.gather.readers.csv_headings import Meaning
from jibungoto.gather.readers.csv_kinds import kind_named, kind_told_by
from jibungoto.gather.text import TextFacts, digest63, facts_of
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.words import Words

_pack = msgspec.msgpack.Encoder().encode


@dataclass(frozen=True, slots=True)
class Row:
    """One line that can be read; ``serial`` is its number in the table, where it has one."""

    line: int
    actor: str
    at: int
    has_time: bool
    kind: Kind
    serial: str
    reply_to: str
    place: str
    event: str
    ticket: str
    url: str | None
    site: str | None
    facts: TextFacts | None
    text: int

    @property
    def fingerprint(self) -> str:
        """What tells a row without a number from every other."""
        kept = (self.actor, self.at, self.kind, self.place, self.event, self.url, self.text)
        return f"{digest63(_pack(kept)):016x}"


class RowShape:
    """How the lines of one table are read."""

    def __init__(self, columns: Columns, roll: Roll, zone: ZoneInfo) -> None:
        self._headings: Mapping[Meaning, str] = {
            one: heading for one in Meaning if (heading := columns.heading(one)) is not None
        }
        self._order = columns.order
        self._roll = roll
        self._zone = zone
        self._usual = kind_told_by(self._headings[Meaning.WHEN])
        identity = (Meaning.WHEN, Meaning.WHO, Meaning.NAME, Meaning.EMAIL, Meaning.ROW)
        named = [(one.value, self._headings[one]) for one in identity if one in self._headings]
        self.name = f"{digest63(_pack(named)):016x}"
        """A name for all tables of these headings, so that numbers of different ones differ."""

    @property
    def has_replies(self) -> bool:
        """Whether a column says what a line answers."""
        return Meaning.REPLY_TO in self._headings

    @property
    def has_text(self) -> bool:
        """Whether a column holds what was said."""
        return Meaning.TEXT in self._headings

    def row_of(self, line: Line) -> Row | Words:
        """Return what a line says, or why it cannot be read."""
        if line.problem is not None:
            return line.problem
        if line.surplus:
            return words.SHIFTED
        moment = self._moment(line)
        if isinstance(moment, Words):
            return moment
        numbers = (Meaning.WHO, Meaning.ROW, Meaning.REPLY_TO)
        if any(is_shortened(self._cell(line, one)) for one in numbers):
            return words.SHORTENED
        actor = self._actor(line)
        if actor is None:
            return words.NO_AUTHOR
        return self._row(line, actor, moment=moment)

    def _row(self, line: Line, actor: str, *, moment: Moment) -> Row:
        text = self._cell(line, Meaning.TEXT)
        address = canonical(self._cell(line, Meaning.URL)) or ""
        reply_to = _unpadded(self._cell(line, Meaning.REPLY_TO))
        kind = kind_named(self._cell(line, Meaning.KIND)) or self._usual
        if reply_to and kind is Kind.MESSAGE:
            kind = Kind.REPLY
        return Row(
            line=line.number,
            actor=actor,
            at=moment.seconds,
            has_time=moment.has_time,
            kind=kind,
            serial=_unpadded(self._cell(line, Meaning.ROW)),
            reply_to=reply_to,
            place=self._cell(line, Meaning.PLACE),
            event=self._cell(line, Meaning.EVENT),
            ticket=self._cell(line, Meaning.MODE),
            url=address if address and account_in(address) is None else None,
            site=site_of(address) if address else None,
            facts=facts_of(text) if self.has_text else None,
            text=digest63(text.encode("utf-8", "replace")) if text else 0,
        )

    def _cell(self, line: Line, meaning: Meaning) -> str:
        heading = self._headings.get(meaning)
        return line.cells.get(heading, "") if heading is not None else ""

    def _moment(self, line: Line) -> Moment | Words:
        written = self._cell(line, Meaning.WHEN)
        ordered = year_first(written, self._order)
        if ordered is None:
            return words.NO_ORDER
        return moment_of(ordered, self._zone) or words.NO_TIME

    def _actor(self, line: Line) -> str | None:
        """Return whose line it is: by id, else by address, else by name alone."""
        own = _unpadded(self._cell(line, Meaning.WHO))
        name, email = self._cell(line, Meaning.NAME), email_in(self._cell(line, Meaning.EMAIL))
        reading = self._cell(line, Meaning.READING)
        organisation = self._cell(line, Meaning.ORGANISATION)
        if own:
            outside_id = email_in(own) or f"{own} {self.name}"
            email = email or email_in(own)
        elif email:
            outside_id = email
        elif plain_name(name):
            outside_id = f"name:{plain_name(name)}"
        else:
            return None
        return self._roll.meet(
            outside_id,
            name=name or own,
            typed_email=email,
            reading=reading,
            organisation=organisation,
            is_name_only=outside_id.startswith("name:"),
        )


def _unpadded(number: str) -> str:
    """Return a number without the zeros before it, which Excel takes off and others keep."""
    plain = number.strip()
    return (plain.lstrip("0") or "0") if plain.isascii() and plain.isdigit() else plain
