"""What several reports tell of one event is united, in whatever order they come, and undone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jibungoto.engine import relations
from jibungoto.engine.intake import Delivered, prepare, without
from jibungoto.engine.manifest import Delivery, Manifest
from jibungoto.engine.months import as_meant
from jibungoto.engine.parts import PartWriter
from jibungoto.gather.batch import Batch
from jibungoto.gather.events.attendance import State
from jibungoto.gather.events.spells import Row, Stays, united
from jibungoto.gather.reader import Reading
from jibungoto.ledger.activity import Activity
from jibungoto.ledger.initiative import Initiative, InitiativeKind
from jibungoto.ledger.kinds import Kind

BEGINS = 1_700_000_000
Told = list[tuple[str, str, Row]]
"""Rows of a report: of which event (long, short or of unknown length), of whom, and what."""
EVENTS = {
    name: Initiative(name, InitiativeKind.EVENT, name, starts_at=BEGINS, ends_at=ends)
    for name, ends in (("long", BEGINS + 7200), ("short", BEGINS + 1200), ("open", None))
}


def batch_of(told: Told) -> Batch:
    batch = Batch(read=len(told))
    stays = {name: Stays(event) for name, event in EVENTS.items()}
    for name, who, row in told:
        stays[name].add(who * 32, row, batch=batch)
    for one in stays.values():
        one.write(batch)
    return batch


def delivered(folder: Path, intake: int, told: Told, *, source: str = "toy") -> Delivered:
    writer = PartWriter(
        folder, f"deliveries/{intake}", zone=ZoneInfo("Asia/Tokyo"), source=source, intake=intake
    )
    batch = batch_of(told)
    writer.add(batch)
    months = writer.finish()
    return Delivered(
        delivery=Delivery(intake, source, f"print-{intake}", months),
        reading=Reading(),
        first_day=writer.first_day,
        last_day=writer.last_day,
        read=batch.read,
        repeated=batch.repeated,
        known=writer.known(),
    )


def brought_in(folder: Path, deliveries: list[tuple[int, Told]]) -> Manifest:
    manifest = Manifest()
    for intake, told in deliveries:
        manifest = prepare(folder, manifest, delivered=delivered(folder, intake, told)).manifest
    return manifest


def activities(folder: Path, manifest: Manifest) -> Sequence[object]:
    """Return every activity of the log but the numbers of intakes, sorted."""
    connection = relations.connect("200MB")
    paths = [part.path for part in manifest.live().activity]
    stored = relations.reading(folder, paths, columns=relations.STORED_ACTIVITY)
    named = ", ".join(f'"{name}"' for name in relations.ACTIVITY if name != "intake")
    sql = f"select {named} from ({relations.activities_in(f'({stored})')})"
    found = sorted(connection.execute(sql).fetchall(), key=repr)
    connection.close()
    return found


def stays(folder: Path, manifest: Manifest) -> dict[str, tuple[object, ...]]:
    connection = relations.connect("200MB")
    paths = [part.path for part in manifest.live().activity]
    stored = relations.reading(folder, paths, columns=relations.STORED_ACTIVITY)
    found = connection.execute(
        f"select key, kind, length, cast(epoch(happened_at) as bigint) from ({stored})"
    ).fetchall()
    connection.close()
    assert len({key for key, *_ in found}) == len(found)
    return {str(key): tuple(rest) for key, *rest in found}


def told_of(one: Activity) -> tuple[object, ...]:
    return one.kind.value, one.length, one.happened_at


moments = st.integers(-2, 70).map(lambda minute: BEGINS + minute * 60)
seconds = st.integers(0, 1500)
spells = st.builds(lambda begin, length: Row((begin, begin + length)), moments, seconds)
far = st.builds(
    lambda begin: Row((begin, begin + 900)),
    st.integers(-3, 3).map(lambda days: BEGINS + days * 86_400),
)
totals = st.builds(lambda minutes: Row(minutes=minutes), st.none() | st.integers(0, 60))
REGISTERED = Row(has_attended=False, state=State.BOOKED, registered_at=BEGINS - 86_400)
rows = spells | far | totals | st.just(REGISTERED) | st.just(Row(has_attended=False))
reports = st.lists(
    st.tuples(st.sampled_from(sorted(EVENTS)), st.sampled_from("abc"), rows), max_size=12
)
examples = pytest.mark.parametrize(
    "examples", [4, pytest.param(30, marks=pytest.mark.torture)], ids=["few", "many"]
)


@examples
def test_however_a_report_is_split_the_log_is_that_of_the_whole(
    tmp_path_factory: pytest.TempPathFactory, examples: int
) -> None:
    @settings(max_examples=examples, deadline=None)
    @given(reports, st.data())
    def holds(report: Told, data: st.DataObject) -> None:
        whole, folder = tmp_path_factory.mktemp("whole"), tmp_path_factory.mktemp("split")
        parts: dict[int, Told] = {1: [], 2: [], 3: []}
        for row in report:
            for number in data.draw(st.sets(st.integers(1, 3), min_size=1)):
                parts[number].append(row)

        split = brought_in(folder, list(parts.items()))
        at_once = brought_in(whole, [(1, report)])

        assert activities(folder, split) == activities(whole, at_once)
        expected = {one.key: told_of(one) for one in united(batch_of(report).activities)}
        assert stays(folder, split) == expected

    holds()


@examples
def test_undoing_any_of_them_equals_never_having_had_them(
    tmp_path_factory: pytest.TempPathFactory, examples: int
) -> None:
    @settings(max_examples=examples, deadline=None)
    @given(st.lists(reports, min_size=1, max_size=3), st.data())
    def holds(several: list[Told], data: st.DataObject) -> None:
        folder, other = tmp_path_factory.mktemp("log"), tmp_path_factory.mktemp("other")
        numbered = list(enumerate(several, start=1))
        gone = data.draw(st.sets(st.sampled_from([number for number, _ in numbered])))

        manifest = brought_in(folder, numbered)
        for number in sorted(gone, reverse=data.draw(st.booleans())):
            manifest = without(folder, manifest, intake=number)
        never = brought_in(other, [one for one in numbered if one[0] not in gone])

        assert activities(folder, manifest) == activities(other, never)

    holds()


@examples
def test_a_report_brought_in_again_is_nothing_new_and_its_account_balances(
    tmp_path_factory: pytest.TempPathFactory, examples: int
) -> None:
    @settings(max_examples=examples, deadline=None)
    @given(reports, reports)
    def holds(first: Told, second: Told) -> None:
        folder = tmp_path_factory.mktemp("log")
        manifest = brought_in(folder, [(1, first)])
        prepared = prepare(folder, manifest, delivered=delivered(folder, 2, second))
        again = prepare(folder, prepared.manifest, delivered=delivered(folder, 3, second))

        assert prepared.account.is_balanced
        assert again.account.is_balanced
        assert (again.account.new, again.account.updated, again.activities) == (0, 0, 0)
        assert again.manifest.months == prepared.manifest.months

    holds()


def test_a_complete_report_that_comes_later_gives_what_it_gives_alone(tmp_path: Path) -> None:
    early = [("long", "a", Row((BEGINS, BEGINS + 1800)))]
    complete = [*early, ("long", "a", Row((BEGINS + 2400, BEGINS + 3600)))]
    manifest = brought_in(tmp_path, [(1, early), (2, complete)])
    expected = ("attendance", 50, BEGINS)
    assert stays(tmp_path, manifest) == {f"long/{'a' * 32}/attendance": expected}


def test_registering_and_coming_are_kept_apart_in_either_order(tmp_path: Path) -> None:
    registered = [("long", "a", REGISTERED)]
    came = [("long", "a", Row((BEGINS, BEGINS + 1800)))]
    absent = [("long", "a", Row(has_attended=False))]
    orders = [(registered, came, absent), (came, absent, registered)]
    for number, told in enumerate(orders):
        folder = tmp_path / str(number)
        folder.mkdir()
        found = stays(folder, brought_in(folder, list(enumerate(told, start=1))))
        assert found == {
            f"long/{'a' * 32}/registration": ("registration", None, BEGINS - 86_400),
            f"long/{'a' * 32}/attendance": ("attendance", 30, BEGINS),
        }


@pytest.mark.parametrize("spell", [None, (BEGINS, BEGINS + 1800)])
def test_a_copy_that_says_more_of_registering_is_heard_in_either_order(
    tmp_path: Path, spell: tuple[int, int] | None
) -> None:
    silent = ("long", "a", Row(spell, has_attended=spell is not None))
    said = ("long", "a", replace(silent[2], state=State.BOOKED, registered_at=BEGINS - 86_400))
    for number, told in enumerate(([silent, said], [said, silent])):
        folder = tmp_path / str(number)
        folder.mkdir()
        found = stays(folder, brought_in(folder, [(1, told)]))
        key = f"long/{'a' * 32}/registration"
        assert found[key] == ("registration", None, BEGINS - 86_400)


def test_a_glimpse_becomes_an_attendance_with_the_second_report(tmp_path: Path) -> None:
    short = [("long", "a", Row((BEGINS + 3000, BEGINS + 3180)))]
    whole = [("long", "a", Row((BEGINS, BEGINS + 3600)))]
    manifest = brought_in(tmp_path, [(1, short)])
    assert [kind for kind, *_ in stays(tmp_path, manifest).values()] == [Kind.GLIMPSE]
    prepared = prepare(tmp_path, manifest, delivered=delivered(tmp_path, 2, whole))
    assert (prepared.account.new, prepared.activities) == (1, 1)
    found = stays(tmp_path, prepared.manifest)
    assert list(found.values()) == [("attendance", 60, BEGINS)]


def test_spells_that_two_services_tell_are_not_united(tmp_path: Path) -> None:
    told = [("long", "a", Row((BEGINS, BEGINS + 1800)))]
    manifest = brought_in(tmp_path, [(1, told)])
    other = delivered(tmp_path, 2, told, source="other")
    manifest = prepare(tmp_path, manifest, delivered=other).manifest
    assert len(activities(tmp_path, manifest)) == 2


@examples
def test_a_reports_own_event_is_told_under_the_one_that_is_meant_and_given_back(
    tmp_path_factory: pytest.TempPathFactory, examples: int
) -> None:
    @settings(max_examples=examples, deadline=None)
    @given(reports, reports)
    def holds(first: Told, second: Told) -> None:
        folder = tmp_path_factory.mktemp("log")
        manifest = brought_in(folder, [(1, first), (2, second)])
        told = stays(folder, manifest)

        meant = as_meant(folder, manifest, meant={"long": "toy:7"})
        expected = {re.sub(r"^long/", "toy:7/", key): one for key, one in told.items()}
        assert stays(folder, meant) == expected
        assert stays(folder, as_meant(folder, meant, meant={})) == told

    holds()
