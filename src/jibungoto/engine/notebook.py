"""A log in a folder of one's own: exports in, measures out, with neither Django nor a database.

What a community manager's home adds, names that people confirm, plans and briefs, is not here.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from jibungoto.engine import steps
from jibungoto.engine.calendar import zone_named
from jibungoto.engine.intake import Delivered, Order, deliver, prepare, without
from jibungoto.engine.log import LogVersion, opened
from jibungoto.engine.months import as_meant
from jibungoto.engine.notebook_file import Kept, Told, read_kept, told_by, write_kept
from jibungoto.engine.pseudonym import new_key
from jibungoto.gather.events.attendance import meant_by
from jibungoto.gather.reader import Choices
from jibungoto.gather.recognise import recognise
from jibungoto.gather.shelves.export import fingerprint, open_export
from jibungoto.ledger.accounting import Account, LeftOut, Refusal
from jibungoto.ledger.finding import Finding
from jibungoto.ledger.person import PersonKind
from jibungoto.ledger.problems import HomeBusy, HomeMissing, InvalidChoice, UnknownName
from jibungoto.ledger.words import Words
from jibungoto.understand.answers import LadderTable, PersonStage, RowBehind
from jibungoto.understand.catalogue import CATALOGUE, must_be_measures
from jibungoto.understand.stepbook import needed_for, row_queries
from jibungoto.understand.today import Today

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection, DuckDBPyRelation

_DAY = timedelta(days=1)
_SECONDS = 86_400
_EMPTY = Words(
    "このログにはまだ何も入っていません。", "Nothing has been brought into this log yet."
)
_BRING_IN = Words("先に bring_in を呼んでください。", "Call bring_in first.")
_MOVED = Words(
    "ほかのプログラムが同じログを書き換えました。", "Another program changed this log meanwhile."
)
_AGAIN = Words("もう一度呼んでください。", "Call it again.")


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """What became of one export: its number here, its source, and where every record went.

    ``same_as`` is the number of an intake of exactly the same content, if there was one before.
    """

    number: int
    source: str
    account: Account
    left_out: tuple[LeftOut, ...] = ()
    refused: tuple[Refusal, ...] = ()
    same_as: int | None = None


class Answers:
    """One version of the log as of the end of ``as_of``; what is asked is worked out once."""

    def __init__(self, con: DuckDBPyConnection, as_of: date, *, zone: str) -> None:
        self.as_of = as_of
        self._con = con
        self._made: set[str] = set()
        steps.lay_params(con, steps.Params(as_of=as_of + _DAY, zone=zone))

    def findings(self, *keys: str) -> tuple[Finding, ...]:
        """Return the values of these measures, or of all; raises UnknownName for a wrong key."""
        must_be_measures(keys)
        self._make(one.step for one in CATALOGUE if not keys or one.key in keys)
        found = steps.findings(self._con, keys=keys or None)
        return tuple(replace(one, as_of=one.as_of - _DAY) for one in found)

    def rows_behind(self, key: str) -> tuple[RowBehind, ...]:
        """Return the rows the value of a measure rests on."""
        must_be_measures([key])
        self._make(name for query in row_queries() if query.name == key for name in query.reads)
        return steps.rows_behind(self._con, key, as_of=self.as_of + _DAY)

    def stages(self) -> tuple[PersonStage, ...]:
        """Return where every member stands, with the rows behind it."""
        self._make(["ladder", "evidence"])
        return steps.stages(self._con)

    def ladder(self) -> LadderTable:
        """Return who stands on which stage, and who moved in the period before."""
        self._make(["ladder", "stages"])
        return steps.ladder_table(self._con)

    def today(self) -> Today:
        """Return whom to talk to, at most three people, as if it were the morning after."""
        self._make(["candidates", "candidate_rows"])
        return steps.today(self._con)

    def sql(self, query: str) -> DuckDBPyRelation:
        """Ask the relations of the log in SQL."""
        return self._con.sql(query)

    def _make(self, names: Iterable[str]) -> None:
        for step in needed_for(frozenset(names)):
            if step.name not in self._made:
                steps.make(self._con, step)
                self._made.add(step.name)


class Log:
    """The log of one community in a folder; made there the first time.

    ``zone`` (such as ``Asia/Tokyo``) decides which local day a moment belongs to, and stays what
    it was when the log was made. Raises ``InvalidChoice`` where another is asked for later.
    """

    def __init__(self, folder: str | Path, *, zone: str | None = None) -> None:
        self.folder = Path(folder)
        kept = read_kept(self.folder)
        if kept is None:
            zone_named(zone or "UTC")
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            kept = write_kept(self.folder, Kept(key=new_key(), zone=zone or "UTC"))
        elif zone not in (None, kept.zone):
            raise InvalidChoice(
                Words(f"このログの時間帯は {kept.zone} です。", f"This log is in {kept.zone}."),
                Words("別のフォルダーを使ってください。", "Use another folder for another zone."),
            )
        self._kept = kept

    @property
    def zone(self) -> str:
        """The zone that local days are counted in."""
        return self._kept.zone

    @property
    def last_day(self) -> date | None:
        """The newest local day that any source covers; None before the first export."""
        return self._kept.last_day

    @property
    def intakes(self) -> tuple[Told, ...]:
        """What is in the log, in the order in which it came."""
        return self._kept.told

    @property
    def names(self) -> Mapping[int, str]:
        """What people are called, by the person's number."""
        found: dict[int, str] = {}
        for actor, handle in self._kept.handles.items():
            name = handle.display_name or handle.name or handle.outside_id
            found.setdefault(self._kept.people[actor], name)
        return found

    def bring_in(self, path: str | Path, *, choices: Choices | None = None) -> BroughtIn:
        """Bring in one export, whatever its source; raises what the home's import raises.

        ``choices`` say what only a person knows: the event of a file that does not name it, what
        columns mean, which private channels may be read. The same file twice changes nothing.
        """
        kept, path = self._kept, Path(path)
        mark = fingerprint(path)
        known = kept.manifest.delivered(mark)
        if known is not None:
            return self._known(known.intake)
        with open_export(path) as export:
            order = Order(
                number=kept.intakes + 1,
                fingerprint=mark,
                key=kept.key,
                zone=kept.zone,
                choices=replace(choices or Choices(), events=kept.events, zone=kept.zone),
                now=int(time.time()),
            )
            delivered = deliver(
                self.folder,
                export,
                reader=recognise(export),
                order=order,
                on_progress=lambda _: None,
            )
        return self._keep(delivered, path.name)

    def undo(self, number: int) -> None:
        """Take one intake out again: the log is as if it had never come in."""
        kept = self._kept
        if number not in {told.number for told in kept.told}:
            raise UnknownName(
                Words(f"{number} 番の取り込みはありません。", f"There is no intake {number}."),
                Words("intakes で番号を確かめてください。", "Look at intakes for the numbers."),
            )
        self._commit(
            msgspec.structs.replace(
                kept,
                manifest=without(self.folder, kept.manifest, intake=number),
                told=tuple(told for told in kept.told if told.number != number),
            )
        )

    def mark(self, person: int, kind: PersonKind) -> None:
        """Say in which capacity a person takes part: staff are no members."""
        if person not in self.names:
            raise UnknownName(
                Words(f"{person} 番の人はいません。", f"There is no person {person}."),
                Words("names で番号を確かめてください。", "Look at names for the numbers."),
            )
        kinds = self._kept.kinds | {person: PersonKind(kind)}
        self._commit(msgspec.structs.replace(self._kept, kinds=kinds))

    @contextmanager
    def answers(self, as_of: date | None = None) -> Iterator[Answers]:
        """Answer everything as of the end of a day: the newest covered if none is given."""
        last = as_of or self.last_day
        if last is None:
            raise HomeMissing(_EMPTY, _BRING_IN)
        version = LogVersion(self.folder, self._kept.manifest, self._kept.facts)
        with opened(version) as con:
            yield Answers(con, last, zone=self.zone)

    def _keep(self, delivered: Delivered, name: str) -> BroughtIn:
        kept = self._kept
        prepared = prepare(self.folder, kept.manifest, delivered=delivered)
        told = told_by(delivered, name, account=prepared.account)
        self._commit(
            msgspec.structs.replace(
                kept,
                manifest=prepared.manifest,
                told=(*kept.told, told),
                numbers=_numbered(kept.numbers, told),
                intakes=told.number,
            )
        )
        return BroughtIn(
            told.number, told.source, prepared.account, prepared.left_out, delivered.refusals
        )

    def _known(self, number: int) -> BroughtIn:
        told = next(one for one in self._kept.told if one.number == number)
        before = told.account
        unchanged = before.new + before.updated + before.unchanged
        account = replace(before, new=0, updated=0, unchanged=unchanged)
        return BroughtIn(number, told.source, account, same_as=number)

    def _commit(self, kept: Kept) -> None:
        """Make a version the log's own, if nobody else wrote one meanwhile."""
        found = read_kept(self.folder)
        if found is None or found.stamp != self._kept.stamp:
            raise HomeBusy(_MOVED, _AGAIN)
        meant = meant_by(kept.events)
        if meant != dict(kept.manifest.meant):
            manifest = as_meant(self.folder, kept.manifest, meant=meant)
            kept = msgspec.structs.replace(kept, manifest=manifest)
        self._kept = write_kept(self.folder, kept)
        self._sweep()

    def _sweep(self) -> None:
        """Delete what no version has named for a day: nobody reads it any more."""
        named = {self.folder / path for path in self._kept.manifest.paths()}
        named |= set((self.folder / self._kept.facts).iterdir())
        oldest = time.time() - _SECONDS
        for tier in ("deliveries", "months", "facts"):
            for path in (self.folder / tier).rglob("*.parquet"):
                if path not in named and path.stat().st_mtime < oldest:
                    path.unlink(missing_ok=True)


def _numbered(numbers: Mapping[str, int], told: Told) -> dict[str, int]:
    """Return the numbers of everybody, those who are new counted on."""
    found = dict(numbers)
    for handle in told.handles:
        found.setdefault(handle.actor, len(found) + 1)
    return found
