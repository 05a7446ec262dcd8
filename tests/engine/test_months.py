"""The log after any sequence of deliveries and undos, compared row by row with a plain model."""

from __future__ import annotations

from dataclasses import replace as replace_in
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from jibungoto.engine import relations
from jibungoto.engine.intake import Delivered, prepare, without
from jibungoto.engine.manifest import Delivery, Manifest
from jibungoto.engine.parts import PartWriter
from jibungoto.gather.batch import Batch, Record
from jibungoto.gather.reader import Reading
from jibungoto.ledger.activity import Activity, Tie, TieKind
from jibungoto.ledger.kinds import Kind

DAY = 86_400
Row = tuple[object, ...]
Told = dict[int, int | None]
"""What a toy export says: post number -> length of its text, or None for a tombstone."""


def tell(batch: Batch, post: int, length: int | None, *, by_itself: bool) -> None:
    """Add a post as readers may: with its record and ties, or as one activity that says them."""
    key, at = f"post/{post}", 1_700_000_000 + (post % 13) * 9 * DAY
    one = Activity(key, key, "a" * 32, Kind.MESSAGE, at, length=length)
    if by_itself and length is not None:
        batch.activities.append(replace(one, mentioned="b" * 32, content=length))
        return
    batch.records.append(Record(key, content=length or 0, filed_at=at, is_tombstone=length is None))
    if length is not None:
        batch.activities.append(one)
        batch.ties.append(Tie(key, key, "a" * 32, "b" * 32, TieKind.MENTION, at))


def delivered(folder: Path, intake: int, told: Told) -> Delivered:
    """Write one delivery of toy posts, nine days apart, each with one mention."""
    writer = PartWriter(
        folder, f"deliveries/{intake}", zone=ZoneInfo("Asia/Tokyo"), source="toy", intake=intake
    )
    batch = Batch(read=len(told))
    for post, length in told.items():
        tell(batch, post, length, by_itself=(post + intake) % 2 == 0)
    writer.add(batch)
    months = writer.finish()
    return Delivered(
        delivery=Delivery(intake, "toy", f"print-{intake}", months),
        reading=Reading(),
        first_day=writer.first_day,
        last_day=writer.last_day,
        read=len(told),
        known={m.month: writer.counted[m.month] for m in months if m.month not in writer.buried},
    )


def rows_of(folder: Path, manifest: Manifest) -> dict[str, list[Row]]:
    """Return every row of the live log but the intake numbers, sorted."""
    connection = relations.connect("200MB")
    live = manifest.live()
    record, activity, tie = (
        f"({relations.reading(folder, [part.path for part in parts], columns=columns)})"
        for parts, columns in zip(
            (live.record, live.activity, live.tie), relations.STORED.values(), strict=True
        )
    )
    kept: dict[str, list[Row]] = {}
    for name, sql, columns in (
        ("record", relations.records_in(record, activity), relations.RECORD),
        ("activity", relations.activities_in(activity), relations.ACTIVITY),
        ("tie", relations.ties_in(tie, activity), relations.TIE),
    ):
        named = ", ".join(f'"{column}"' for column in columns if column != "intake")
        found = connection.execute(f"select {named} from ({sql})").fetchall()
        kept[name] = sorted(found, key=repr)
    connection.close()
    return kept


def brought_in(folder: Path, deliveries: list[tuple[int, Told]]) -> Manifest:
    """Bring toy deliveries in one after the other."""
    manifest = Manifest()
    for intake, told in deliveries:
        manifest = prepare(folder, manifest, delivered=delivered(folder, intake, told)).manifest
    return manifest


posts = st.dictionaries(st.integers(0, 12), st.one_of(st.none(), st.integers(1, 3)), max_size=10)


several = st.lists(posts, min_size=1, max_size=5)
examples = pytest.mark.parametrize(
    "examples", [4, pytest.param(25, marks=pytest.mark.torture)], ids=["few", "many"]
)


@examples
def test_undoing_a_delivery_equals_never_having_had_it(
    tmp_path_factory: pytest.TempPathFactory, examples: int
) -> None:
    @settings(max_examples=examples)
    @given(several, st.data())
    def holds(exports: list[Told], data: st.DataObject) -> None:
        folder = tmp_path_factory.mktemp("log")
        other = tmp_path_factory.mktemp("other")
        numbered = list(enumerate(exports, start=1))
        gone = data.draw(st.sampled_from([number for number, _ in numbered]))

        undone = without(folder, brought_in(folder, numbered), intake=gone)
        never = brought_in(other, [one for one in numbered if one[0] != gone])

        assert rows_of(folder, undone) == rows_of(other, never)

    holds()


@examples
def test_the_log_holds_the_latest_telling_of_every_post(
    tmp_path_factory: pytest.TempPathFactory, examples: int
) -> None:
    @settings(max_examples=examples)
    @given(several)
    def holds(exports: list[Told]) -> None:
        folder = tmp_path_factory.mktemp("log")
        manifest = brought_in(folder, list(enumerate(exports, start=1)))

        latest: Told = {}
        for told in exports:
            latest |= told
        expected = {f"post/{post}": length for post, length in latest.items() if length is not None}

        held = rows_of(folder, manifest)["activity"]
        column = [name for name in relations.ACTIVITY if name != "intake"].index("length")
        assert {str(row[1]): row[column] for row in held} == expected
        assert len(held) == len(expected)

    holds()


@examples
def test_the_account_of_a_delivery_balances(
    tmp_path_factory: pytest.TempPathFactory, examples: int
) -> None:
    @settings(max_examples=examples)
    @given(posts, posts)
    def holds(first: Told, second: Told) -> None:
        folder = tmp_path_factory.mktemp("log")
        manifest = brought_in(folder, [(1, first)])
        prepared = prepare(folder, manifest, delivered=delivered(folder, 2, second))

        assert prepared.account.is_balanced
        again = prepare(folder, prepared.manifest, delivered=delivered(folder, 3, second))
        assert (again.account.new, again.account.updated, again.activities) == (0, 0, 0)

    holds()


def test_an_edit_is_a_later_version_and_a_copy_is_not(tmp_path: Path) -> None:
    manifest = brought_in(tmp_path, [(1, {1: 5}), (2, {1: 7}), (3, {1: 7})])

    (row,) = rows_of(tmp_path, manifest)["activity"]
    columns = [name for name in relations.ACTIVITY if name != "intake"]
    assert (row[columns.index("version")], row[columns.index("length")]) == (2, 7)


def test_a_tombstone_of_an_unknown_post_is_left_out(tmp_path: Path) -> None:
    prepared = prepare(tmp_path, Manifest(), delivered=delivered(tmp_path, 1, {1: None, 2: 4}))

    assert [entry.place for entry in prepared.left_out] == ["post/1"]
    assert (prepared.account.new, prepared.account.left_out) == (1, 1)


def test_months_that_are_new_are_the_same_counted_on_the_way_or_read_again(tmp_path: Path) -> None:
    told: Told = {post: post + 1 for post in range(20)}
    counted = delivered(tmp_path, 1, told)
    read = replace_in(counted, known={})
    ways = [prepare(tmp_path, Manifest(), delivered=one) for one in (counted, read)]
    assert ways[0] == ways[1]
    assert ways[0].account.new == len(told)


def test_a_month_with_something_gone_is_not_taken_for_counted(tmp_path: Path) -> None:
    one = delivered(tmp_path, 1, {1: None, 2: 4, 12: 5})
    assert [month.month for month in one.delivery.months] == [202311, 202312, 202403]
    assert one.known == {202312: 1, 202403: 1}


def test_a_month_that_gathered_many_small_files_is_written_again_as_one(tmp_path: Path) -> None:
    manifest = brought_in(tmp_path, [(number, {13 * number: 1}) for number in range(1, 9)])
    (month,) = manifest.months
    assert len(month.files.activity) == 8

    ninth = delivered(tmp_path, 9, {13 * 9: 1})
    (month,) = prepare(tmp_path, manifest, delivered=ninth).manifest.months
    assert [part.rows for part in month.files.activity] == [9]
