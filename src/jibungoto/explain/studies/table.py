"""Business records read from a CSV or Excel file, row by row: read, repeated, or put aside.

Every row ends in exactly one of the three; nothing is guessed and nothing filled in.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from jibungoto.explain.studies import refusing as why
from jibungoto.explain.studies.accounts import Record
from jibungoto.explain.studies.amounts import amount_of
from jibungoto.explain.studies.headings import Column, columns_of, is_known
from jibungoto.explain.studies.periods import Period, period_from, period_of
from jibungoto.explain.studies.refusing import Refused
from jibungoto.gather.contents.table import Line, Table, table_in
from jibungoto.gather.text import normalised
from jibungoto.ledger.problems import InvalidChoice

MOST_ROWS = 200_000
LARGEST = 1e15
"""No value of one account in one period is as large; beyond it sums lose their last digits."""
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the person says of the file: the outcome it holds, and whether minus is meant."""

    outcome: str
    fiscal_month: int = 1
    allows_negative: bool = False
    is_share: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What a file tells: ``read`` = ``records`` + ``repeated`` + ``refused``, always.

    ``other`` counts rows of other outcomes, which stand in the file but are not asked for, and
    ``gaps`` names accounts that lack periods between their first and last one.
    """

    read: int
    records: tuple[Record, ...]
    repeated: int
    refused: tuple[Refused, ...]
    other: int = 0
    gaps: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    """One row that could be read by itself."""

    number: int
    record: Record
    cells: str


@dataclass(slots=True)
class _Sorting:
    """Rows on their way to where they end."""

    rows: list[_Row] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    other: int = 0


@lru_cache(65_536)  # an account stands in a file once for every period
def account_key(name: str) -> str:
    """Return what an account is known by, however its name is typed."""
    return "".join(normalised(name).casefold().split())[:_LONGEST]


def read_records(content: bytes, wanted: Wanted, *, place: str = "") -> Told:
    """Read one outcome from a file; raises InvalidChoice where it is no table of records."""
    table = table_in(content, lambda headings: is_known(headings, wanted.outcome), place=place)
    if table is None:
        raise InvalidChoice(why.NO_TABLE, why.NEEDED_COLUMNS, place=place)
    if len(table.lines) > MOST_ROWS:
        raise InvalidChoice(why.TOO_MANY, why.SPLIT_FILE, place=place)
    sorting = _each(table, wanted)
    for settle in (_one_grain, _one_joining, _one_value):
        settle(sorting)
    records, repeated = _once(sorting.rows)
    return Told(
        read=len(table.lines) - sorting.other,
        records=records,
        repeated=repeated,
        refused=tuple(sorted(sorting.refused, key=lambda one: one.row)),
        other=sorting.other,
        gaps=tuple(_gaps(records)),
    )


def _each(table: Table, wanted: Wanted) -> _Sorting:
    columns = columns_of(table.headings, wanted.outcome)
    sorting = _Sorting()
    for line in table.lines:
        cells = {column: line.cells.get(heading, "") for column, heading in columns.items()}
        said = normalised(cells.get(Column.OUTCOME, "")).strip()
        if said and account_key(said) != account_key(wanted.outcome):
            sorting.other += 1
            continue
        found = _row(line, cells, wanted=wanted)
        if isinstance(found, Refused):
            sorting.refused.append(found)
        else:
            sorting.rows.append(found)
    return sorting


def _row(line: Line, cells: dict[Column, str], *, wanted: Wanted) -> _Row | Refused:
    shown = " | ".join(cell[:_LONGEST] for cell in cells.values())
    if line.problem is not None:
        return why.refused(line.number, why.CUT, cells=shown)
    wrong = _amiss(cells, wanted)
    if wrong is not None:
        reason, column = wrong
        said = cells.get(column, "")[:_LONGEST]
        is_doubtful = reason is why.NO_DATE
        account = account_key(cells[Column.ACCOUNT]) if is_doubtful else ""
        return why.refused(line.number, reason, cells=shown, cell=said, doubtful=account)
    return _Row(line.number, _record(cells, wanted), shown)


def _amiss(cells: dict[Column, str], wanted: Wanted) -> tuple[why.Why, Column] | None:
    """Return the first thing that keeps a row from being read, and in which column it stands."""
    if not account_key(cells[Column.ACCOUNT]):
        return why.NO_ACCOUNT, Column.ACCOUNT
    if period_of(cells[Column.PERIOD], wanted.fiscal_month) is None:
        return why.NO_PERIOD, Column.PERIOD
    wrong = _amiss_in_value(cells[Column.VALUE], wanted)
    if wrong is not None:
        return wrong, Column.VALUE
    for column in (Column.JOINED, Column.SINCE):
        if _date(cells, column, wanted=wanted) is None:
            return why.NO_DATE, column
    return None


def _amiss_in_value(cell: str, wanted: Wanted) -> why.Why | None:
    amount = amount_of(cell)
    if amount.number is None:
        return why.NO_VALUE if amount.is_empty else why.NO_NUMBER
    if abs(amount.number) >= LARGEST:
        return why.TOO_LARGE
    if amount.number < 0 and not wanted.allows_negative:
        return why.NEGATIVE
    return why.NO_SHARE if wanted.is_share and abs(amount.number) > 1 else None


def _record(cells: dict[Column, str], wanted: Wanted) -> Record:
    name = normalised(cells[Column.ACCOUNT]).strip()
    period = period_of(cells[Column.PERIOD], wanted.fiscal_month)
    amount = amount_of(cells[Column.VALUE])
    return Record(
        account=account_key(name),
        name=name[:_LONGEST],
        outcome=wanted.outcome,
        period=period.key if period else "",
        value=amount.number or 0.0,
        segment=normalised(cells.get(Column.SEGMENT, "")).strip()[:_LONGEST],
        joined=_date(cells, Column.JOINED, wanted=wanted) or "",
        since=_date(cells, Column.SINCE, wanted=wanted) or "",
    )


def _date(cells: dict[Column, str], column: Column, *, wanted: Wanted) -> str | None:
    """Return the key of the period a date lies in, "" for an empty cell, None for no date."""
    said = cells.get(column, "")
    if amount_of(said).is_empty:
        return ""
    period = period_of(said, wanted.fiscal_month)
    return period.key if period else None


def _put_aside(sorting: _Sorting, wrong: dict[int, Refused]) -> None:
    """Move rows, by number, from what can be read to what cannot."""
    sorting.rows = [row for row in sorting.rows if row.number not in wrong]
    sorting.refused += wrong.values()


def _one_grain(sorting: _Sorting) -> None:
    """Put aside the rarer of months and quarters: values of both cannot stand in one row."""
    grains = Counter(period_from(row.record.period).grain for row in sorting.rows)
    if len(grains) < 2:
        return
    usual, _ = max(grains.items(), key=lambda pair: (pair[1], pair[0]))
    wrong = {
        row.number: why.refused(row.number, why.OTHER_GRAIN, cells=row.cells)
        for row in sorting.rows
        if period_from(row.record.period).grain != usual
    }
    _put_aside(sorting, wrong)


def _one_joining(sorting: _Sorting) -> None:
    """Put an account aside whole where its date of joining is unclear: it would be misplaced."""
    dates: dict[str, set[str]] = defaultdict(set)
    for row in sorting.rows:
        if row.record.joined:
            dates[row.record.account].add(row.record.joined)
    unclear = {refused.doubtful for refused in sorting.refused if refused.doubtful}
    unclear |= {account for account, said in dates.items() if len(said) > 1}
    unclear |= {row.record.account for row in sorting.rows if _is_too_coarse(row.record)}
    wrong = {
        row.number: why.refused(row.number, why.UNCLEAR_DATE, cells=row.cells)
        for row in sorting.rows
        if row.record.account in unclear
    }
    _put_aside(sorting, wrong)


def _is_too_coarse(record: Record) -> bool:
    if not record.joined:
        return False
    return period_from(record.joined).months > period_from(record.period).months


def _one_value(sorting: _Sorting) -> None:
    """Put aside all rows of an account and period that say different values."""
    said: dict[tuple[str, str], list[_Row]] = defaultdict(list)
    for row in sorting.rows:
        said[row.record.account, row.record.period].append(row)
    wrong = {
        row.number: why.refused(row.number, why.TWICE, cells=row.cells, cell=_numbers(rows))
        for rows in said.values()
        if len({one.record.value for one in rows}) > 1
        for row in rows
    }
    _put_aside(sorting, wrong)


def _numbers(rows: Sequence[_Row]) -> str:
    return ", ".join(str(row.number) for row in rows[:5])


def _once(rows: Iterable[_Row]) -> tuple[tuple[Record, ...], int]:
    """Return each value once, and how many rows only repeat one."""
    kept: dict[tuple[str, str], Record] = {}
    repeated = 0
    for row in rows:
        key = row.record.account, row.record.period
        repeated += key in kept
        kept.setdefault(key, row.record)
    return tuple(kept.values()), repeated


def _gaps(records: Sequence[Record]) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Yield the accounts that lack periods between their first and last, with those periods."""
    held: dict[str, list[Period]] = defaultdict(list)
    names = {one.account: one.name for one in records}
    for one in records:
        held[one.account].append(period_from(one.period))
    for account, periods in held.items():
        first, last = min(periods), max(periods)
        all_of_them = range(first.first, last.first + 1, first.months)
        missing = sorted(set(all_of_them) - {one.first for one in periods})
        if missing:
            yield names[account], tuple(Period(at, first.months).key for at in missing)
