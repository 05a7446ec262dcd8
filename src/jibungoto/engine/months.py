"""Months: the derived tier, one row per key, copy-on-write, and all that measures read."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec

from jibungoto.engine import relations
from jibungoto.engine.manifest import Delivery, Manifest, Month, Part, Tier
from jibungoto.engine.parts import by_month, copied, part_at

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_MEMORY = "200MB"
_CROWDED = 8

_VERDICT = """
create temp table verdict as
select
    d.* exclude (version),
    case
        when k.key is null and d.is_tombstone then 'left_out'
        when k.key is null then 'new'
        when k.content = d.content and k.is_tombstone = d.is_tombstone then 'unchanged'
        else 'updated'
    end as verdict,
    coalesce(k.version, 0) + 1 as version
from delivered_record as d
left join known as k on k.key = d.key and k.source = d.source and k.month = d.month
"""

_CHOSEN = """
create temp table chosen as
select * exclude (verdict) from verdict
where verdict in ('new', 'updated') and not list_contains($shared, month)
"""

_CHAIN = """
create temp table chosen as
with alive as (
    select r.*, o.place,
        bool_or(not r.is_tombstone) over (
            partition by r.source, r.key order by o.place rows unbounded preceding
        ) as has_been
    from delivered_record as r join delivered_in as o on o.intake = r.intake
),
compared as (
    select *,
        lag(content) over chain is distinct from content
        or lag(is_tombstone) over chain is distinct from is_tombstone as is_change
    from alive where has_been
    window chain as (partition by source, key order by place)
),
counted as (
    select * exclude (version), cast(sum(cast(is_change as integer)) over (
        partition by source, key order by place rows unbounded preceding
    ) as integer) as version
    from compared
)
select * from counted where is_change
qualify row_number() over (partition by source, key order by place desc) = 1
"""


_RECORD_OF = {
    "record": "{row}.key",
    "activity": "coalesce({row}.record, {row}.key)",
    "tie": "{row}.record",
}
"""Which record a stored row belongs to."""


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What a delivery meant for the log: the next manifest, and how its records compare."""

    manifest: Manifest
    new: int
    updated: int
    unchanged: int
    unknown_tombstones: tuple[str, ...]
    activities: int


@dataclass(frozen=True, slots=True)
class _Compared:
    """How the records of some months compare with the log."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    shared: frozenset[int] = frozenset()
    rewritten: frozenset[int] = frozenset()
    unknown_tombstones: tuple[str, ...] = ()


class _Scribe:
    """Writes the months of one new version."""

    def __init__(self, folder: Path, connection: DuckDBPyConnection, version: int) -> None:
        self._folder = folder
        self._connection = connection
        self._below = folder / "months" / f"{version:06d}-{secrets.token_hex(4)}"
        self._below.mkdir(parents=True)
        self.written: dict[int, Tier] = {}
        self.activities = 0

    def spread(self, relation: str, chosen: str) -> None:
        """Write rows (with a column ``filed``, their month) into their months."""
        files = copied(self._connection, chosen, target=self._below / relation, partition="filed")
        for month, parts in by_month(self._folder, files).items():
            self._note(month, relation, parts=parts)

    def keep(self, month: int, relation: str, *, chosen: str) -> None:
        """Write the rows of one month into one file of its own."""
        files = copied(self._connection, chosen, target=self._below / f"{month}-{relation}.parquet")
        parts = tuple(part_at(self._folder, path, rows=rows) for path, rows in files)
        self._note(month, relation, parts=parts)

    def _note(self, month: int, relation: str, *, parts: tuple[Part, ...]) -> None:
        held = self.written.get(month, Tier())
        self.written[month] = held.joined(msgspec.structs.replace(Tier(), **{relation: parts}))


def reconcile(
    folder: Path,
    manifest: Manifest,
    *,
    delivery: Delivery,
    known: Mapping[int, int] = MappingProxyType({}),
) -> Reconciled:
    """Compare a delivery with the log and derive the next version; nothing is committed.

    A month the log knows nothing of, and one in which every record is new, takes the delivery's
    own files. Months with updated records, and months that gathered many small files, are
    written again without what was superseded; other months gain a file.

    ``known`` tells for months in which nothing is said to be gone how many records they have: if
    the log has none of them, nothing needs to be read.
    """
    unmet = {m.month for m in delivery.months if not manifest.month(m.month).paths()}
    if unmet == {m.month for m in delivery.months} and unmet <= known.keys():
        new = sum(known[month] for month in unmet)
        compared, scribe = _Compared(new=new, shared=frozenset(unmet)), None
    else:
        compared, scribe = _written_anew(folder, manifest, delivery=delivery)
    return _reconciled(manifest, delivery, compared=compared, scribe=scribe)


def _written_anew(
    folder: Path, manifest: Manifest, *, delivery: Delivery
) -> tuple[_Compared, _Scribe]:
    """Compare a delivery with the log, and write the months that are not the delivery's own."""
    connection = relations.connect(_MEMORY, folder / "spill")
    try:
        compared = _compare(connection, folder, manifest=manifest, delivery=delivery)
        scribe = _Scribe(folder, connection, manifest.version + 1)
        _append(connection, scribe, rewritten=compared.rewritten)
        scribe.activities = sum(p.rows for tier in scribe.written.values() for p in tier.activity)
        for month in sorted(compared.rewritten):
            scribe.activities += _rewrite(
                connection, folder, manifest=manifest, scribe=scribe, month=month
            )
    finally:
        connection.close()
    return compared, scribe


def _reconciled(
    manifest: Manifest, delivery: Delivery, *, compared: _Compared, scribe: _Scribe | None
) -> Reconciled:
    written = scribe.written if scribe is not None else {}
    activities = scribe.activities if scribe is not None else 0
    changed = {m: manifest.month(m).joined(tier) for m, tier in written.items()}
    changed |= {m: written[m] for m in compared.rewritten}
    for month in compared.shared:
        changed[month] = manifest.month(month).joined(delivery.month(month))
        activities += sum(part.rows for part in delivery.month(month).activity)
    return Reconciled(
        manifest=Manifest(
            version=manifest.version + 1,
            deliveries=(*manifest.deliveries, delivery),
            months=manifest.with_months(changed),
        ),
        new=compared.new,
        updated=compared.updated,
        unchanged=compared.unchanged,
        unknown_tombstones=compared.unknown_tombstones,
        activities=activities,
    )


def _stored(folder: Path, parts: Iterable[Part], *, relation: str) -> str:
    """Return SQL that reads parts of one relation as they are stored."""
    return relations.reading(
        folder, [part.path for part in parts], columns=relations.STORED[relation]
    )


def _make_view(connection: DuckDBPyConnection, name: str, *, sql: str) -> None:
    connection.execute(f"create or replace temp view {name} as {sql}")


def _records_of(folder: Path, files: Tier) -> str:
    """Return SQL for the records of a tier, whether they stand alone or are activities."""
    return relations.records_in(
        f"({_stored(folder, files.record, relation='record')})",
        f"({_stored(folder, files.activity, relation='activity')})",
    )


def _views_of(connection: DuckDBPyConnection, folder: Path, *, months: Iterable[Month]) -> None:
    """Make the views delivered_record, delivered_activity and delivered_tie of some months."""
    files = _joined(month.files for month in months)
    _make_view(connection, "delivered_record", sql=_records_of(folder, files))
    for relation, parts in (("activity", files.activity), ("tie", files.tie)):
        _make_view(
            connection, f"delivered_{relation}", sql=_stored(folder, parts, relation=relation)
        )


def _joined(tiers: Iterable[Tier]) -> Tier:
    files = Tier()
    for tier in tiers:
        files = files.joined(tier)
    return files


def _compare(
    connection: DuckDBPyConnection, folder: Path, *, manifest: Manifest, delivery: Delivery
) -> _Compared:
    unmet = [m for m in delivery.months if not manifest.month(m.month).paths()]
    _views_of(connection, folder, months=unmet)
    rows = connection.execute(
        "select month, count(*) filter (where is_counted), bool_or(is_tombstone)"
        " from delivered_record group by month"
    ).fetchall()
    fresh = {int(month): int(new) for month, new, has_tombstones in rows if not has_tombstones}
    contested = [m for m in delivery.months if m.month not in fresh]
    _views_of(connection, folder, months=contested)
    held = _joined(manifest.month(m.month) for m in contested)
    _make_view(connection, "known", sql=_records_of(folder, held))
    connection.execute(_VERDICT)
    return _judged(connection, manifest, fresh=fresh)


def _judged(
    connection: DuckDBPyConnection, manifest: Manifest, *, fresh: dict[int, int]
) -> _Compared:
    counts = dict(
        connection.execute(
            "select verdict, count(*) from verdict where is_counted group by verdict"
        ).fetchall()
    )
    tombstones = connection.execute(
        "select key from verdict where verdict = 'left_out' and is_counted order by key"
    ).fetchall()
    months = connection.execute(
        "select month, bool_and(verdict = 'new'), bool_or(verdict = 'updated'),"
        " bool_or(verdict = 'new') from verdict group by month"
    ).fetchall()
    crowded = {m for m, *_ in months if manifest.month(m).depth >= _CROWDED}
    shared = {m for m, all_new, *_ in months if all_new} - crowded
    updated = {m for m, _, has_updates, _ in months if has_updates}
    gaining = {m for m, *_, has_new in months if has_new}
    connection.execute(_CHOSEN, {"shared": sorted(shared)})
    return _Compared(
        new=sum(fresh.values()) + int(counts.get("new", 0)),
        updated=int(counts.get("updated", 0)),
        unchanged=int(counts.get("unchanged", 0)),
        shared=frozenset(shared | set(fresh)),
        rewritten=frozenset(updated | (crowded & gaining)),
        unknown_tombstones=tuple(key for (key,) in tombstones),
    )


def _rows_of(relation: str) -> str:
    """Return SQL for the chosen rows of a relation, each with its month as ``filed``."""
    if relation == "record":
        named = ", ".join(f'"{name}"' for name in relations.RECORD)
        return f"select {named}, month as filed from chosen where is_own"
    version = " replace (c.version as version)" if relation == "activity" else ""
    record = _RECORD_OF[relation].format(row="d")
    return (
        f"select d.*{version}, c.month as filed from delivered_{relation} as d"
        f" join chosen as c on c.key = {record} and c.source = d.source and c.intake = d.intake"
    )


def _append(connection: DuckDBPyConnection, scribe: _Scribe, *, rewritten: frozenset[int]) -> None:
    left = f" where filed not in ({', '.join(map(str, sorted(rewritten)))})" if rewritten else ""
    if connection.execute(f"select 1 from (select month as filed from chosen){left}").fetchone():
        for relation in relations.STORED:
            scribe.spread(relation, f"select * from ({_rows_of(relation)}){left}")


def _rewrite(
    connection: DuckDBPyConnection,
    folder: Path,
    *,
    manifest: Manifest,
    scribe: _Scribe,
    month: int,
) -> int:
    """Write one month again without what was superseded; return how many activities it gained."""
    held = manifest.month(month)
    held_parts = {"record": held.record, "activity": held.activity, "tie": held.tie}
    for relation, parts in held_parts.items():
        _make_view(connection, "held", sql=_stored(folder, parts, relation=relation))
        record = _RECORD_OF[relation].format(row="held")
        named = ", ".join(f'"{name}"' for name in relations.STORED[relation])
        kept = (
            f"select {named} from held where not exists (select 1 from chosen"
            f" where chosen.key = {record} and chosen.source = held.source)"
        )
        fresh = f"select {named} from ({_rows_of(relation)}) where filed = {month}"
        scribe.keep(month, relation, chosen=f"{kept} union all {fresh}")
    row = connection.execute(
        f"select count(*) from ({_rows_of('activity')}) where filed = {month}"
    ).fetchone()
    return int(row[0]) if row else 0


def rebuild(folder: Path, manifest: Manifest, *, months: Iterable[int]) -> Manifest:
    """Derive some months anew from the deliveries of a manifest, as the next version.

    Gives row for row what bringing in the same deliveries in the same order gives.
    """
    wanted = set(months)
    connection = relations.connect(_MEMORY, folder / "spill")
    try:
        _choose(connection, folder, manifest=manifest, wanted=wanted)
        scribe = _Scribe(folder, connection, manifest.version + 1)
        for relation in relations.STORED:
            scribe.spread(relation, _rows_of(relation))
    finally:
        connection.close()
    changed = {month: scribe.written.get(month, Tier()) for month in wanted}
    return Manifest(
        version=manifest.version + 1,
        deliveries=manifest.deliveries,
        months=manifest.with_months(changed),
    )


def _choose(
    connection: DuckDBPyConnection, folder: Path, *, manifest: Manifest, wanted: set[int]
) -> None:
    concerned = [m for d in manifest.deliveries for m in d.months if m.month in wanted]
    _views_of(connection, folder, months=concerned)
    connection.execute("create temp table delivered_in (intake integer, place integer)")
    if manifest.deliveries:
        connection.executemany(
            "insert into delivered_in values (?, ?)",
            [(d.intake, place) for place, d in enumerate(manifest.deliveries)],
        )
    connection.execute(_CHAIN)
