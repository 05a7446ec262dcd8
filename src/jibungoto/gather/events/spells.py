"""One person's spells at one event: told one by one, united in the log, never added twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

import msgspec

from jibungoto.gather.batch import Batch, Record
from jibungoto.gather.events.attendance import (
    NEAR,
    UNDATED,
    Registration,
    State,
    begins_at,
    is_attendance,
    key_of,
    take,
    united_minutes,
)
from jibungoto.gather.text import digest63
from jibungoto.ledger.activity import Activity, AtPrecision
from jibungoto.ledger.initiative import Initiative, Mode
from jibungoto.ledger.kinds import Kind

_pack = msgspec.msgpack.Encoder().encode


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a report of who was there online: a spell, a total, or neither.

    ``spell`` is from and to in UTC seconds; ``minutes`` a person's total where there are no times.
    """

    spell: tuple[int, int] | None = None
    minutes: int | None = None
    has_attended: bool = True
    state: State | None = None
    registered_at: int | None = None

    @property
    def stamp(self) -> str:
        """What tells this row from the person's others."""
        if self.spell is not None:
            return f"{self.spell[0]}-{self.spell[1]}"
        return f"total-{self.minutes}" if self.has_attended else "absent"


@dataclass(slots=True)
class Stays:
    """Everybody's rows of one event; handed out once all of its files are read."""

    event: Initiative
    _rows: dict[str, dict[str, Row]] = field(default_factory=dict)

    def add(self, actor: str, row: Row, *, batch: Batch) -> None:
        """Take in one row; a second copy counts as such, and adds what it says of registering."""
        rows = self._rows.setdefault(actor, {})
        known = rows.get(row.stamp)
        if known is None:
            rows[row.stamp] = row
            return
        batch.repeated += 1
        registered = [at for at in (known.registered_at, row.registered_at) if at is not None]
        rows[row.stamp] = replace(
            known, state=known.state or row.state, registered_at=min(registered, default=None)
        )

    def write(self, batch: Batch) -> None:
        """Write everybody's registration, and each spell as a record of its own.

        Registering and having been there are different facts under different keys, and so are two
        spells: a report that tells of one of them takes nothing away that another report told.
        """
        for actor, rows in self._rows.items():
            told = list(rows.values())
            if any(row.state is not None for row in told):
                registered = _registered(actor, told)
                take(batch, self.event, registration=registered, is_counted="absent" in rows)
            elif "absent" in rows:
                key = f"{self._key_of(actor)}/absent"
                batch.records.append(Record(key, digest63(b"absent"), UNDATED))
            for row in told:
                if row.has_attended:
                    self._write_spell(actor, row, batch=batch)
        if any(row.has_attended for rows in self._rows.values() for row in rows.values()):
            self._write_length(batch)

    def _key_of(self, actor: str) -> str:
        return key_of(self.event, Registration(actor, None))

    def _write_spell(self, actor: str, row: Row, *, batch: Batch) -> None:
        """Write one spell; its length is in seconds, and exact only if the row says from when."""
        key = f"{self._key_of(actor)}/{row.stamp}"
        length = None if row.minutes is None else row.minutes * 60
        begins, precision = begins_at(self.event), AtPrecision.NOT_BEFORE
        if row.spell is not None:
            begins, length = row.spell[0], row.spell[1] - row.spell[0]
            precision = AtPrecision.EXACT
        self._tell(batch, key, at=begins, actor=actor, length=length, precision=precision)

    def _write_length(self, batch: Batch) -> None:
        """Write what uniting the spells takes: when the event begins and how long it is."""
        begins, ends = begins_at(self.event), self.event.ends_at
        length = None if ends is None else max(ends - begins, 0)
        key = f"{self.event.key}/spells/{'whole' if length is not None else 'open'}"
        self._tell(batch, key, at=begins, actor=None, length=length)

    def _tell(
        self,
        batch: Batch,
        key: str,
        *,
        at: int,
        actor: str | None,
        length: int | None,
        precision: AtPrecision = AtPrecision.EXACT,
    ) -> None:
        content = digest63(_pack((at, length, precision)))
        batch.records.append(Record(key, content, UNDATED, is_counted=actor is not None))
        one = Activity(
            record=key,
            key=key,
            actor=actor,
            kind=Kind.SPELL,
            happened_at=at,
            at_precision=precision,
            place=Mode.ONLINE.value,
            initiative=self.event.key,
            length=length,
            filed_at=UNDATED,
        )
        batch.activities.append(one)


def _registered(actor: str, rows: list[Row]) -> Registration:
    registered = [row.registered_at for row in rows if row.registered_at is not None]
    return Registration(
        actor=actor,
        state=next((row.state for row in rows if row.state is not None), None),
        mode=Mode.ONLINE,
        registered_at=min(registered, default=None),
    )


def united(acts: Iterable[Activity]) -> Iterator[Activity]:
    """Yield activities with everybody's spells at an event as one attendance, or one glimpse.

    This is the rule, readable; the log does the same in SQL (``engine.spells``).
    """
    events: dict[str | None, list[Activity]] = defaultdict(list)
    stays: dict[tuple[str | None, str], list[Activity]] = defaultdict(list)
    for one in acts:
        if one.kind is not Kind.SPELL:
            yield one
        elif one.actor is None:
            events[one.initiative].append(one)
        else:
            stays[one.initiative, one.actor].append(one)
    for (initiative, _), spells in stays.items():
        yield _stay(spells, events[initiative])


def _stay(spells: list[Activity], told: list[Activity]) -> Activity:
    """Return one person's attendance or glimpse, by their spells and what is told of the event."""
    begins = told[-1].happened_at
    lasts = max((one.length for one in told if one.length is not None), default=None)
    timed = [one for one in spells if one.at_precision is AtPrecision.EXACT]
    came = min((one.happened_at for one in timed), default=begins)
    minutes = max(_lengths(spells, timed), default=None)
    is_there = is_attendance(minutes, None if lasts is None else lasts // 60)
    kind = Kind.ATTENDANCE if is_there else Kind.GLIMPSE
    key = f"{spells[0].initiative}/{spells[0].actor}/{kind.value}"
    # Who is there long before or after an event was told with a wrong clock, or of another day.
    is_near = begins - NEAR <= came <= begins + (lasts or 0) + NEAR
    return msgspec.structs.replace(
        spells[0],
        record=key,
        key=key,
        kind=kind,
        happened_at=came if is_near else begins,
        at_precision=AtPrecision.EXACT,
        length=minutes,
    )


def _lengths(spells: list[Activity], timed: list[Activity]) -> Iterator[int]:
    """Yield what is known of a stay: its spells together, or the longest total told."""
    if timed:
        ways = ((one.happened_at, one.happened_at + (one.length or 0)) for one in timed)
        yield united_minutes(ways)
    totals = (one for one in spells if one.at_precision is not AtPrecision.EXACT)
    yield from (one.length // 60 for one in totals if one.length is not None)
