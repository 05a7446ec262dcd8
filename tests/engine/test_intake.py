"""One export becomes a delivery and the next version; before the commit nothing counts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from jibungoto.engine import relations
from jibungoto.engine.intake import Delivered, Order, Progress, deliver, prepare, without
from jibungoto.engine.manifest import Manifest
from jibungoto.engine.pseudonym import concealer
from jibungoto.gather.recognise import recognise
from jibungoto.gather.shelves.export import fingerprint, open_export
from tests.gather.made import folder_of
from tests.gather.slack_made import AN, BO, CY, export, said, ts

KEY = "0f" * 32
LIKED: dict[str, Any] = {"reactions": [{"name": "tada", "users": [BO], "count": 1}]}
POSTS = [said(AN, 10, **LIKED), said(BO, 20, thread_ts=ts(10), parent_user_id=AN), said(CY, 30)]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Return the folder of a log that nothing is in yet."""
    folder = tmp_path / "log"
    folder.mkdir()
    return folder


def written(folder: Path, posts: list[Any]) -> Path:
    return folder_of(export(posts), folder)


def brought(log: Path, path: Path, *, number: int = 1, **more: Any) -> Delivered:
    """Deliver what stands at a path."""
    order = Order(number=number, fingerprint=fingerprint(path), key=KEY, zone="Asia/Tokyo", **more)
    with open_export(path) as one:
        reader = recognise(one)
        return deliver(log, one, reader=reader, order=order, on_progress=lambda _told: None)


def files(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def live(log: Path, manifest: Manifest) -> list[tuple[object, ...]]:
    """Return who did what when, as measures would read it."""
    paths = [part.path for part in manifest.live().activity]
    sql = relations.reading(log, paths, columns=relations.ACTIVITY)
    connection = relations.connect("200MB")
    rows = connection.execute(f"select actor, kind, happened_at, key from ({sql})").fetchall()
    connection.close()
    return sorted(rows, key=repr)


def test_a_delivery_holds_all_its_files_and_counts_all_its_records(
    log: Path, tmp_path: Path
) -> None:
    delivered = brought(log, written(tmp_path / "a", POSTS))
    named = {path for month in delivered.delivery.months for path in month.files.paths()}
    assert files(log) == named
    assert all(path.startswith("deliveries/000001-") for path in named)
    assert (delivered.read, delivered.repeated, delivered.refusals) == (3, 0, ())
    assert len(delivered.handles) == 4 and set(delivered.initiatives) == {
        "slack:C00000000G",
        "slack:C00000000T",
    }


def test_no_file_holds_anybodys_own_id(log: Path, tmp_path: Path) -> None:
    brought(log, written(tmp_path / "a", POSTS))
    for file in files(log):
        content = (log / file).read_bytes()
        assert not any(outside_id.encode() in content for outside_id in (AN, BO, CY)), file


def test_progress_ends_with_every_file_and_every_record(log: Path, tmp_path: Path) -> None:
    told: list[Progress] = []
    path = written(tmp_path / "a", POSTS)
    order = Order(number=1, fingerprint="f" * 64, key=KEY, zone="UTC")
    with open_export(path) as one:
        deliver(log, one, reader=recognise(one), order=order, on_progress=told.append)
    assert told[-1] == Progress(entries=3, of_entries=3, records=3)


def test_a_reading_that_fails_leaves_nothing_behind(log: Path, tmp_path: Path) -> None:
    def stop(_told: Progress) -> None:
        raise InterruptedError

    path = written(tmp_path / "a", POSTS)
    order = Order(number=1, fingerprint="f" * 64, key=KEY, zone="UTC")
    with open_export(path) as one, pytest.raises(InterruptedError):
        deliver(log, one, reader=recognise(one), order=order, on_progress=stop)
    assert files(log) == set()


def test_delivering_again_replaces_what_a_dead_process_left(log: Path, tmp_path: Path) -> None:
    path = written(tmp_path / "a", POSTS)
    first = brought(log, path)
    left = log / Path(next(iter(files(log)))).parent / "half.parquet"
    left.write_bytes(b"half")
    assert brought(log, path).delivery.fingerprint == first.delivery.fingerprint
    assert not left.exists()


def test_the_next_version_accounts_for_every_record(log: Path, tmp_path: Path) -> None:
    first = prepare(log, Manifest(), delivered=brought(log, written(tmp_path / "a", POSTS)))
    assert (first.manifest.version, first.account.new, first.account.unchanged) == (1, 3, 0)
    edited = [*POSTS[:2], said(CY, 30, "a longer text"), {"type": "message", "user": AN}]
    gone = said(BO, 99, subtype="tombstone")
    path = written(tmp_path / "b", [*edited, gone])
    second = prepare(log, first.manifest, delivered=brought(log, path, number=2))
    told = second.account
    assert (told.new, told.updated, told.unchanged) == (0, 1, 2)
    assert (told.left_out, told.refused, told.repeated, told.read) == (1, 1, 0, 5)
    assert [entry.reason.en for entry in second.left_out] == [
        "a deleted post whose original was never brought in"
    ]


def test_who_asked_not_to_be_recorded_is_left_out_and_counted(log: Path, tmp_path: Path) -> None:
    bo = concealer(KEY, "slack")(BO)
    delivered = brought(log, written(tmp_path / "a", POSTS), refused_actors=frozenset({bo}))
    prepared = prepare(log, Manifest(), delivered=delivered)
    assert (prepared.account.read, prepared.account.new, prepared.account.left_out) == (3, 2, 1)
    assert bo not in delivered.handles
    assert bo not in {row[0] for row in live(log, prepared.manifest)}


def test_taking_one_delivery_out_leaves_exactly_the_other(log: Path, tmp_path: Path) -> None:
    one, other = written(tmp_path / "a", POSTS), written(tmp_path / "b", [*POSTS[1:], said(AN, 40)])
    alone = prepare(log, Manifest(), delivered=brought(log, other, number=7))
    manifest = Manifest()
    for number, path in enumerate((one, other), start=1):
        delivered = brought(log, path, number=number)
        manifest = prepare(log, manifest, delivered=delivered).manifest
    assert live(log, manifest) != live(log, alone.manifest)
    rest = without(log, manifest, intake=1)
    assert live(log, rest) == live(log, alone.manifest)
    assert [delivery.intake for delivery in rest.deliveries] == [2]
    assert live(log, without(log, rest, intake=2)) == []


def test_beyond_a_bound_what_is_not_in_is_counted_and_no_longer_listed(
    log: Path, tmp_path: Path
) -> None:
    wrong = [{"type": "message", "user": AN, "text": str(at)} for at in range(2_500)]
    delivered = brought(log, written(tmp_path / "a", [*POSTS, *wrong]))
    assert sum(refusal.records for refusal in delivered.refusals) == 2_500
    assert len(delivered.refusals) <= 2_001
    assert delivered.refusals[0].place == "general/2023-11-15.json, record 4"
