"""Measures what it costs to answer everything: from nothing, and again after one new day."""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from jibungoto.engine.manifest import Manifest, Month
    from jibungoto.records.models import CommunityRow

LAST = date(2026, 3, 20)
DAYS = 3_650
FIRST = LAST - timedelta(days=DAYS)
NEW = 2_500
CHANNELS = 400
PEOPLE = 30_000


@dataclass(frozen=True, slots=True)
class Size:
    """How large a log is made: its activities over ten years, and the people who come."""

    rows: int
    people: int = PEOPLE


def macros(size: Size) -> str:
    """Return SQL that says of each number who did what, when and where; nothing is random.

    Two thirds are done by a core of people, Zipf by rank, that changes every two years; the rest
    by whoever arrived lately. One channel in the end holds a sixth of everything.
    """
    per_row = DAYS * 86_400 / size.rows
    done = f"(least(i, {size.rows}) / {size.rows}.0)"
    return f"""
    create macro u(i, salt) as ((hash(i * 16 + salt) >> 11) / 9007199254740992.0);
    create macro sec(i) as cast(epoch(date '{FIRST}') as bigint) + cast(floor(
        least(i, {size.rows}) * {per_row} + greatest(i - {size.rows}, 0) * {86_400 / NEW}
    ) as bigint);
    create macro arrived(i) as 40 + cast(floor({done} * {size.people - 41}) as bigint);
    create macro person(i) as case
        when u(i, 1) < 0.66 then (cast(floor(pow({size.people // 20}, u(i, 2))) as bigint) * 17
            + cast(floor(i * 5.0 / {size.rows}) as bigint) * 1009) % arrived(i)
        else arrived(i) - 1
            - cast(floor(least(arrived(i), {size.people} * 0.1) * pow(u(i, 3), 2)) as bigint)
        end;
    create macro actor(p) as md5('' || p);
    create macro opened(i) as 2 + cast(floor({done} * {CHANNELS - 3}) as bigint);
    create macro channel(i) as cast(floor(pow({CHANNELS}, u(i, 4))) as bigint) % opened(i);
    create macro place(c) as 'C' || (1000 + c);
    create macro key(i) as place(channel(i)) || '/' || sec(i) || '.'
        || lpad('' || (i % 1000000), 6, '0');
    create macro root(i) as greatest(0, i - 20 - cast(floor(300 * pow(u(i, 5), 3)) as bigint) * 20
        - i % 20 + cast(floor(9 * u(i, 6)) as bigint));
    create macro moment(i) as make_timestamp(sec(i) * 1000000);
    create macro filed(t) as year(t) * 100 + month(t);
    """


def activities(first: int, until: int) -> str:
    """Return SQL for the activities of these numbers: messages, replies, reactions."""
    own = {
        "source": "'slack'", "key": "key(i)", "record": "key(i)", "version": "1", "intake": "1",
        "actor": "actor(person(i))", "at_precision": "'exact'", "happened_at": "moment(i)",
        "kind": "case when i % 20 < 9 then 'message' else 'reply' end",
        "day": "cast(moment(i) as date)", "sequence": "i % 1000000", "length": "40 + i % 300",
        "place": "place(channel(case when i % 20 < 9 then i else root(i) end))",
        "initiative": "'slack:' || place(channel(case when i % 20 < 9 then i else root(i) end))",
        "thread": "case when i % 20 >= 9 then key(root(i)) end",
        "in_reply_to": "case when i % 20 >= 9 then key(root(i)) end",
        "is_question": "u(i, 7) < 0.12", "visibility": "'public'",
        "text_hash": "case when u(i, 8) < 0.5 then cast(hash(i) >> 1 as bigint) end",
    }  # fmt: skip
    reacting = own | {
        "key": "key(root(i)) || '/' || actor(person(i)) || '/+1'",
        "record": "key(root(i))", "kind": "'reaction'", "at_precision": "'not_before'",
        "happened_at": "moment(root(i))", "day": "cast(moment(root(i)) as date)",
        "is_question": "null", "text_hash": "null", "emoji": "'+1'", "length": "null",
        "thread": "null",
    }  # fmt: skip
    rows = f"from range({first}, {until}) as t(i)"
    return (
        f"{_chosen(own)} {rows} where i % 20 < 14 union all "
        f"select distinct on (key) * from ({_chosen(reacting)} {rows} where i % 20 >= 14)"
    )


def arrivals(size: Size) -> str:
    """Return SQL for what happens once: everybody joins, every channel is started."""
    row = f"cast(floor((p - 40) * {size.rows}.0 / {size.people - 41}) as bigint)"
    born = f"cast(floor((c - 2) * {size.rows}.0 / {CHANNELS - 3}) as bigint)"
    join = {
        "source": "'slack'", "key": "'join/' || p", "record": "'join/' || p", "version": "1",
        "intake": "1", "actor": "actor(p)", "kind": "'join'", "at_precision": "'exact'",
        "happened_at": "moment(s)", "day": "cast(moment(s) as date)", "place": "place(0)",
        "initiative": "'slack:' || place(0)", "sequence": "0",
    }  # fmt: skip
    start = join | {
        "key": "'start/' || c", "record": "'start/' || c", "kind": "'start'",
        "actor": "actor(person(s))", "place": "place(c)", "initiative": "'slack:' || place(c)",
    }  # fmt: skip
    return (
        f"{_chosen(join)} from (select p, greatest(0, {row}) as s from range({size.people}) t(p))"
        f" union all {_chosen(start)} from (select c, greatest(0, {born}) as s"
        f" from range(1, {CHANNELS}) t(c))"
    )


def ties(first: int, until: int) -> str:
    """Return SQL for replies and reactions to people, and for every tenth message a mention."""
    own = {
        "source": "'slack'", "key": "key(i)", "record": "key(i)", "intake": "1",
        "from_actor": "actor(person(i))", "to_actor": "actor(person(root(i)))",
        "kind": "case when i % 20 < 9 then 'mention' else 'reply' end",
        "happened_at": "moment(i)", "day": "cast(moment(i) as date)",
    }  # fmt: skip
    return (
        f"{_chosen(own, 'tie')} from range({first}, {until}) as t(i)"
        " where i % 20 < 14 and (i % 20 >= 9 or u(i, 10) < 0.1)"
    )


def _chosen(own: dict[str, str], relation: str = "activity") -> str:
    from jibungoto.engine import relations

    columns = relations.STORED[relation]
    terms = (f'cast({own.get(n, "null")} as {kind}) as "{n}"' for n, kind in columns.items())
    return f"select {', '.join(terms)}"


def made_log(folder: Path, size: Size) -> Manifest:
    """Write a log of this size, month by month, and return its manifest."""
    from jibungoto.engine.manifest import Manifest

    (folder / "made").mkdir(parents=True)
    con = _connected(folder, size)
    months = _written(con, folder, below="made", rows=(0, size.rows), more=arrivals(size))
    con.close()
    return Manifest(1, (), months)


def a_day_later(folder: Path, manifest: Manifest, *, size: Size, number: int) -> Manifest:
    """Return the next version: one more day of ``NEW`` records, delivered as files of its own."""
    import msgspec

    from jibungoto.engine.manifest import Tier

    (folder / f"day-{number}").mkdir()
    first = size.rows + number * NEW
    con = _connected(folder, size)
    months = _written(con, folder, below=f"day-{number}", rows=(first, first + NEW), more="")
    con.close()
    changed: dict[int, Tier] = {}
    for month in months:
        changed[month.month] = manifest.month(month.month).joined(month.files)
    return msgspec.structs.replace(
        manifest, version=manifest.version + 1, months=manifest.with_months(changed)
    )


def _connected(folder: Path, size: Size) -> DuckDBPyConnection:
    from jibungoto.engine import relations

    con = relations.connect("3GB", spill=folder / "spill", threads=2)
    con.execute(macros(size))
    return con


def _written(
    con: DuckDBPyConnection, folder: Path, *, below: str, rows: tuple[int, int], more: str
) -> tuple[Month, ...]:
    import msgspec

    from jibungoto.engine.manifest import Manifest, Tier
    from jibungoto.engine.parts import by_month, copied

    tiers: dict[int, Tier] = {}
    for name, chosen in (
        ("activity", activities(*rows) + (f" union all {more}" if more else "")),
        ("tie", ties(*rows)),
    ):
        filed = f"select *, filed(happened_at) as filed from ({chosen})"
        files = copied(con, filed, target=folder / below / name, partition="filed")
        for month, parts in by_month(folder, files).items():
            one = msgspec.structs.replace(Tier(), **{name: parts})
            tiers[month] = tiers.get(month, Tier()).joined(one)
    return Manifest().with_months(tiers)


def settled(size: Size) -> tuple[CommunityRow, Manifest]:
    """Make a community that holds such a log, with its people, handles and channels as rows."""
    from jibungoto.desk.gather.commit import keep_version
    from jibungoto.desk.house.begin import Beginning, begin
    from jibungoto.records.home import log_folder

    community = begin(Beginning("large", slug=f"large-{size.rows}", zone="UTC"))
    manifest = made_log(log_folder(community.slug), size)
    _people(community, size)
    _channels(community)
    _told(community, LAST)
    keep_version(community, manifest, cause="benchmark")
    return community, manifest


def _people(community: CommunityRow, size: Size) -> None:
    """Every twentieth person has a second account, five are staff, three accounts are bots."""
    import hashlib

    from jibungoto.records.models import HandleRow, PersonRow
    from jibungoto.records.models.people import PersonKindRow

    numbers = [p for p in range(size.people) if p % 20 or p == 0]
    PersonRow.objects.bulk_create(
        [PersonRow(community=community, number=p + 1, name=f"Person {p}", search=f"person {p}")
         for p in numbers], batch_size=5_000,
    )  # fmt: skip
    rows = dict(PersonRow.objects.filter(community=community).values_list("number", "pk"))
    HandleRow.objects.bulk_create(
        [HandleRow(community=community, person_id=rows[p + 1 if p % 20 or p == 0 else p],
                   source="slack", actor=hashlib.md5(str(p).encode()).hexdigest(),
                   outside_id=f"U{p}", name=f"person{p}", is_bot=p in (3, 5, 7))
         for p in range(size.people)], batch_size=5_000,
    )  # fmt: skip
    for p in (1, 2, 18, 35, 52):
        PersonKindRow.objects.create(person_id=rows[p + 1], kind="staff")


def _channels(community: CommunityRow) -> None:
    from jibungoto.records.models import InitiativeRow

    tags = {0: "announce", 1: "intro"}
    InitiativeRow.objects.bulk_create(
        InitiativeRow(community=community, source="slack", key=f"slack:C{1000 + c}",
                      kind="channel", name=f"channel-{c}", is_default=c == 0,
                      tag=tags.get(c, "none"))
        for c in range(CHANNELS)
    )  # fmt: skip


def _told(community: CommunityRow, last: date) -> None:
    from jibungoto.records.models import IntakeRow, IntakeState

    tells = ("replies", "threads", "reactions", "mentions", "joins", "creators", "bots")
    IntakeRow.objects.create(
        community=community, number=community.intakes.count() + 1, name="made", path="made",
        source="slack", state=IntakeState.IN, first_day=FIRST, last_day=last, read=1,
        can_tell=dict.fromkeys(tells, True) | {"complete_since": str(FIRST - timedelta(days=1))},
    )  # fmt: skip


def refreshed(community: CommunityRow) -> tuple[float, float]:
    """Answer everything for the newest version; return CPU and wall seconds."""
    from jibungoto.desk.understand.refresh import refresh

    began, cpu = time.monotonic(), time.process_time()
    refresh(community)
    return time.process_time() - cpu, time.monotonic() - began


def peak() -> float:
    """Return the most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def make(home: str, size: Size) -> None:
    """Make the home with its log, in a process of its own: what that holds is not measured."""
    from jibungoto.desk.house.open import open_home

    open_home(Path(home))
    settled(size)


def measure(home: Path, *, size: Size, days: int) -> Iterator[float]:
    """Yield the cost of answering everything from nothing, and after each of some new days."""
    from jibungoto.desk.house.open import open_home

    child = get_context("spawn").Process(target=make, args=(str(home), size))
    child.start()
    child.join()
    if child.exitcode:
        raise SystemExit("The log could not be made.")
    open_home(home)
    from jibungoto.desk.gather.commit import keep_version
    from jibungoto.desk.gather.current import newest_of
    from jibungoto.records.home import log_folder
    from jibungoto.records.models import CommunityRow

    community = CommunityRow.objects.get()
    _, manifest = newest_of(community)
    yield refreshed(community)[0]
    for number in range(days):
        manifest = a_day_later(log_folder(community.slug), manifest, size=size, number=number)
        _told(community, LAST + timedelta(days=number + 1))
        keep_version(community, manifest, cause="benchmark")
        yield refreshed(community)[0]


def main() -> None:
    """Make a log of the size asked for and print what each answering of it costs."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--rows", type=int, default=5_000_000)
    words.add_argument("--people", type=int, default=PEOPLE)
    words.add_argument("--days", type=int, default=2)
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as home:
        costs = measure(Path(home), size=Size(asked.rows, asked.people), days=asked.days)
        for number, cost in enumerate(costs):
            what = f"{NEW:,} more, day {number}" if number else f"{asked.rows:,} rows, from nothing"
            print(f"{what:>32}: {cost:6.1f} CPU-s, peak {peak():,.0f} MB", flush=True)


if __name__ == "__main__":
    main()
