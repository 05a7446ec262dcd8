"""Measures what one new day costs on a large log: from decoded batch to committed version."""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path
from zoneinfo import ZoneInfo

BEGIN = 1_451_606_400  # 2016-01-01 UTC
YEARS = 10
SECONDS = YEARS * 365 * 86_400
NEW = 2_500


def large_log(folder: Path, rows: int) -> bytes:
    """Write a log of this many messages over ten years, month by month, as its manifest."""
    from jibungoto.engine import relations
    from jibungoto.engine.manifest import Delivery, Manifest, Tier, encode
    from jibungoto.engine.parts import by_month, copied

    connection = relations.connect("2GB", spill=folder / "spill", threads=2)
    step = SECONDS / rows
    connection.execute(
        f"""create view said as select i, {BEGIN} + cast(floor(i * {step}) as bigint) as seconds,
        'C' || (i % 40) || '/' || i as key, md5('' || (i * 7919 % 20000)) as actor
        from range({rows}) as t(i)"""
    )
    filed = (
        "year(make_timestamp(seconds * 1000000)) * 100 + month(make_timestamp(seconds * 1000000))"
    )
    own = {
        "source": "'slack'", "version": "1", "intake": "1", "kind": "'message'",
        "happened_at": "make_timestamp(seconds * 1000000)", "at_precision": "'exact'",
        "day": "cast(make_timestamp(seconds * 1000000) as date)", "place": "'C' || (i % 40)",
        "content": "i", "month": filed, "key": "key", "actor": "actor", "length": "40",
        "is_question": "i % 9 = 0",
    }  # fmt: skip
    tiers: dict[int, Tier] = {}
    (folder / "made").mkdir()
    columns = relations.STORED["activity"]
    terms = (f'cast({own.get(n, "null")} as {kind}) as "{n}"' for n, kind in columns.items())
    chosen = f"select {', '.join(terms)}, {filed} as filed from said"
    files = copied(connection, chosen, target=folder / "made" / "activity", partition="filed")
    for month, parts in by_month(folder, files).items():
        tiers[month] = Tier(activity=parts)
    connection.close()
    months = Manifest().with_months(tiers)
    return encode(Manifest(1, (Delivery(1, "slack", "made", months),), months))


def a_day(rows: int, number: int) -> object:
    """Return one decoded batch of new messages on the last day of the log."""
    from jibungoto.gather.batch import Batch
    from jibungoto.ledger.activity import Activity
    from jibungoto.ledger.kinds import Kind

    batch = Batch(read=NEW)
    for i in range(NEW):
        key, at = f"C1/new-{number}-{i}", BEGIN + SECONDS - 90_000 + i * 30
        actor = f"{i % 200:032x}"
        said = Activity(key, key, actor, Kind.MESSAGE, at, place="C1", content=i)
        batch.activities.append(said)
    return batch


def one_day(number: int, rows: int) -> float:
    """Bring one new day in and commit it; return the CPU seconds from batch to commit."""
    from jibungoto.desk.acting import administrator
    from jibungoto.desk.gather import queue
    from jibungoto.desk.gather.claim import claimed
    from jibungoto.desk.gather.commit import commit
    from jibungoto.desk.gather.current import newest_of
    from jibungoto.engine.intake import Delivered, prepare
    from jibungoto.engine.manifest import Delivery
    from jibungoto.engine.parts import PartWriter
    from jibungoto.gather.reader import Reading
    from jibungoto.records.home import log_folder
    from jibungoto.records.models import CommunityRow

    community = CommunityRow.objects.get()
    claim = claimed(queue.bring_in(administrator(community), Path(__file__)))
    if claim is None:
        raise SystemExit("somebody else took the intake up")
    folder, batch = log_folder(community.slug), a_day(rows, number)
    began = time.process_time()
    below = f"deliveries/{claim.intake.number:06d}"
    zone = ZoneInfo("Asia/Tokyo")
    writer = PartWriter(folder, below, zone=zone, source="slack", intake=claim.intake.number)
    writer.add(batch)  # type: ignore[arg-type]  # imported late, so that --help stays quick
    delivery = Delivery(claim.intake.number, "slack", f"day-{number}", writer.finish())
    delivered = Delivered(delivery, Reading(), writer.first_day, writer.last_day, read=NEW)
    parent, manifest = newest_of(community)
    prepared = prepare(folder, manifest, delivered=delivered)
    commit(claim, parent, delivered=delivered, prepared=prepared)
    return time.process_time() - began


def measure(rows: int, repeats: int) -> float:
    """Return the median cost of a new day on a log of this size."""
    from jibungoto.desk.gather.commit import keep_version
    from jibungoto.desk.house.begin import Beginning, begin
    from jibungoto.engine.manifest import decode
    from jibungoto.records.home import log_folder
    from jibungoto.records.models import CommunityRow

    CommunityRow.objects.all().delete()
    community = begin(Beginning("large", slug=f"large-{rows}"))
    manifest = decode(large_log(log_folder(community.slug), rows))
    keep_version(community, manifest, cause="benchmark")
    one_day(0, rows)  # the first one also loads libraries
    return statistics.median(one_day(number, rows) for number in range(1, repeats + 1))


def main() -> None:
    """Measure each size and print the ratio of the last to the first."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--rows", type=int, nargs="+", default=[5_000_000, 20_000_000])
    words.add_argument("--repeats", type=int, default=7)
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as home:
        from jibungoto.desk.house.open import open_home

        open_home(Path(home))
        costs = [measure(rows, asked.repeats) for rows in asked.rows]
    for rows, cost in zip(asked.rows, costs, strict=True):
        print(f"{rows:>12,} rows: {cost:.3f} CPU-s for {NEW:,} new records (bar 0.3)")
    print(f"ratio {costs[-1] / costs[0]:.2f} (bar 1.2)")


if __name__ == "__main__":
    main()
