"""One person's spells at one event, united: how long somebody was there, never added twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

from jibungoto.gather.batch import Batch, Record
from jibungoto.gather.events.attendance import (
    UNDATED,
    Registration,
    State,
    key_of,
    take,
    united_minutes,
)
from jibungoto.gather.text import digest63
from jibungoto.ledger.initiative import Initiative, Mode

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
        """Take in one row; a second copy of it is counted as such."""
        rows = self._rows.setdefault(actor, {})
        if row.stamp in rows:
            batch.repeated += 1
            return
        rows[row.stamp] = row

    def write(self, batch: Batch) -> None:
        """Write everybody's one registration and attendance, and a record for each row."""
        for actor, rows in self._rows.items():
            united = _united(actor, list(rows.values()))
            take(batch, self.event, registration=united)
            key = key_of(self.event, united)
            # The rows after the first are in it already; each is a record and no activity.
            for stamp in sorted(rows)[1:]:
                batch.records.append(Record(f"{key}/{stamp}", digest63(_pack(stamp)), UNDATED))


def _united(actor: str, rows: list[Row]) -> Registration:
    spells = [row.spell for row in rows if row.spell is not None and row.has_attended]
    registered = [row.registered_at for row in rows if row.registered_at is not None]
    return Registration(
        actor=actor,
        state=next((row.state for row in rows if row.state is not None), None),
        mode=Mode.ONLINE,
        registered_at=min(registered, default=None),
        has_attended=any(row.has_attended for row in rows),
        attended_at=min((begin for begin, _ in spells), default=None),
        minutes=max(_lengths(rows, spells), default=None),
    )


def _lengths(rows: list[Row], spells: list[tuple[int, int]]) -> Iterator[int]:
    """Yield what is known of a stay: its spells together, or the longest total told."""
    if spells:
        yield united_minutes(spells)
    yield from (row.minutes for row in rows if row.minutes is not None and row.spell is None)
