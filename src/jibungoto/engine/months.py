"""Months: the derived tier, one row per key, copy-on-write, and all that measures read."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec.structs import replace

from jibungoto.engine import relations, spells
from jibungoto.engine.chosen import (
    RECORD_OF,
    choose,
    joined,
    make_view,
    records_of,
    rows_of,
    rows_united,
    stored,
    views_of,
)
from jibungoto.engine.manifest import Delivery, Manifest, Part, Tier
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
    united: frozenset[int] = frozenset()
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
        self.written[month] = held.joined(replace(Tier(), **{relation: parts}))


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
    written again without what was superseded; other months gain a file. Where spells are told,
    what this source told of the month is derived anew from all of its deliveries, for an
    attendance may be made of spells from several.

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
        for month in sorted(compared.rewritten - compared.united):
            scribe.activities += _rewrite(
                connection, folder, manifest=manifest, scribe=scribe, month=month
            )
        for month in sorted(compared.united):
            scribe.activities += _unite(
                connection, folder, manifest=manifest, scribe=scribe, delivery=delivery, month=month
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
        manifest=replace(
            manifest,
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


def _compare(
    connection: DuckDBPyConnection, folder: Path, *, manifest: Manifest, delivery: Delivery
) -> _Compared:
    unmet = [m for m in delivery.months if not manifest.month(m.month).paths()]
    views_of(connection, folder, months=unmet, meant=dict(manifest.meant))
    rows = connection.execute(
        "select month, count(*) filter (where is_counted), bool_or(is_tombstone)"
        " from delivered_record group by month"
    ).fetchall()
    told = _to_unite(connection, folder, manifest=manifest, delivery=delivery)
    fresh = {
        int(month): int(new)
        for month, new, has_tombstones in rows
        if not has_tombstones and month not in told
    }
    contested = [m for m in delivery.months if m.month not in fresh]
    views_of(connection, folder, months=contested, meant=dict(manifest.meant))
    held = joined(manifest.month(m.month) for m in contested)
    make_view(connection, "known", sql=records_of(folder, held))
    connection.execute(_VERDICT)
    return _judged(connection, manifest, fresh=fresh, told=told)


def _to_unite(
    connection: DuckDBPyConnection, folder: Path, *, manifest: Manifest, delivery: Delivery
) -> frozenset[int]:
    """Return the months of a delivery that hold spells, or own events that known ones are."""
    files = [month for month in delivery.months if month.month == spells.FILED]
    if files and delivery.source in {own.partition(":")[0] for own, _known in manifest.meant}:
        return frozenset({spells.FILED})
    views_of(connection, folder, months=files)
    return frozenset(int(month) for (month,) in connection.execute(spells.TELLING).fetchall())


def _judged(
    connection: DuckDBPyConnection,
    manifest: Manifest,
    *,
    fresh: dict[int, int],
    told: frozenset[int],
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
    updated = {m for m, _, has_updates, _ in months if has_updates}
    gaining = {m for m, *_, has_new in months if has_new}
    united = told & (updated | gaining)
    shared = {m for m, all_new, *_ in months if all_new} - crowded - united
    connection.execute(_CHOSEN, {"shared": sorted(shared)})
    return _Compared(
        new=sum(fresh.values()) + int(counts.get("new", 0)),
        updated=int(counts.get("updated", 0)),
        unchanged=int(counts.get("unchanged", 0)),
        shared=frozenset(shared | set(fresh)),
        rewritten=frozenset(updated | (crowded & gaining) | united),
        united=united,
        unknown_tombstones=tuple(key for (key,) in tombstones),
    )


def _append(connection: DuckDBPyConnection, scribe: _Scribe, *, rewritten: frozenset[int]) -> None:
    left = f" where filed not in ({', '.join(map(str, sorted(rewritten)))})" if rewritten else ""
    if connection.execute(f"select 1 from (select month as filed from chosen){left}").fetchone():
        for relation in relations.STORED:
            scribe.spread(relation, f"select * from ({rows_of(relation)}){left}")


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
        make_view(connection, "held", sql=stored(folder, parts, relation=relation))
        record = RECORD_OF[relation].format(row="held")
        named = ", ".join(f'"{name}"' for name in relations.STORED[relation])
        kept = (
            f"select {named} from held where not exists (select 1 from chosen"
            f" where chosen.key = {record} and chosen.source = held.source)"
        )
        fresh = f"select {named} from ({rows_of(relation)}) where filed = {month}"
        scribe.keep(month, relation, chosen=f"{kept} union all {fresh}")
    row = connection.execute(
        f"select count(*) from ({rows_of('activity')}) where filed = {month}"
    ).fetchone()
    return int(row[0]) if row else 0


def _unite(
    connection: DuckDBPyConnection,
    folder: Path,
    *,
    manifest: Manifest,
    scribe: _Scribe,
    delivery: Delivery,
    month: int,
) -> int:
    """Write one month again, what this source told of it anew from all it ever delivered."""
    told = (*manifest.deliveries, delivery)
    own = replace(manifest, deliveries=tuple(d for d in told if d.source == delivery.source))
    choose(connection, folder, manifest=own, wanted={month})
    held = manifest.month(month)
    held_parts = {"record": held.record, "activity": held.activity, "tie": held.tie}
    for relation, parts in held_parts.items():
        make_view(connection, "held", sql=stored(folder, parts, relation=relation))
        named = ", ".join(f'"{name}"' for name in relations.STORED[relation])
        others = (
            f"select {named} from held"
            " where not exists (select 1 from chosen where chosen.source = held.source)"
        )
        fresh = f"select {named} from ({rows_united(relation)})"
        scribe.keep(month, relation, chosen=f"{others} union all {fresh}")
    row = connection.execute(
        f"select count(*) from ({rows_united('activity')}) where intake = ?", [delivery.intake]
    ).fetchone()
    return int(row[0]) if row else 0


def rebuild(folder: Path, manifest: Manifest, *, months: Iterable[int]) -> Manifest:
    """Derive some months anew from the deliveries of a manifest, as the next version.

    Gives row for row what bringing in the same deliveries in the same order gives.
    """
    wanted = set(months)
    connection = relations.connect(_MEMORY, folder / "spill")
    try:
        choose(connection, folder, manifest=manifest, wanted=wanted)
        scribe = _Scribe(folder, connection, manifest.version + 1)
        for relation in relations.STORED:
            scribe.spread(relation, rows_united(relation))
    finally:
        connection.close()
    changed = {month: scribe.written.get(month, Tier()) for month in wanted}
    following = manifest.version + 1
    return replace(manifest, version=following, months=manifest.with_months(changed))


def as_meant(folder: Path, manifest: Manifest, *, meant: dict[str, str]) -> Manifest:
    """Derive the next version with these reports' own events taken for the known ones they are."""
    said = replace(manifest, meant=tuple(sorted(meant.items())))
    return rebuild(folder, said, months={spells.FILED} if manifest.deliveries else ())
