"""What the demo community leaves in its other tools, and that every reader takes it."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from jibungoto.demo.community import truth, write_everything
from jibungoto.demo.gatherings import VENUE_SEATS
from jibungoto.gather.reader import Choices, Reading
from jibungoto.gather.recognise import recognise
from jibungoto.gather.shelves.export import open_export
from jibungoto.ledger.initiative import Initiative
from tests.demo.conftest import LAST_DAY
from tests.gather.made import concealed

TOOLS = ("slack", "connpass", "connpass", "connpass", "zoom", "feed", "git", "discord")


@pytest.fixture(scope="module")
def lists(exports: tuple[Path, ...]) -> dict[str, list[dict[str, str]]]:
    """Return the rows of every list of participants, by the name of its file."""
    read = {}
    for path in sorted(exports[3].iterdir()):
        content = path.read_bytes()
        encoding = "utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "cp932"
        read[path.name] = list(csv.DictReader(content.decode(encoding).splitlines()))
    return read


def test_every_reader_takes_what_its_tool_wrote_and_nothing_is_refused(
    exports: tuple[Path, ...],
) -> None:
    known: dict[str, Initiative] = {}
    for path, tool in zip(exports, TOOLS, strict=True):
        with open_export(path) as export:
            reader = recognise(export)
            choices = Choices(events=dict(known), zone="Asia/Tokyo")
            batches = list(
                reader.read(export, conceal=concealed, choices=choices, reading=Reading())
            )
        assert reader.source.key == tool
        assert [refusal for batch in batches for refusal in batch.refusals] == []
        assert sum(batch.read for batch in batches) > 0
        known |= {one.key: one for batch in batches for one in batch.initiatives if one.starts_at}


def test_zoom_reports_find_their_event_by_the_time_it_began(exports: tuple[Path, ...]) -> None:
    with open_export(exports[1]) as export:
        told = [
            one
            for batch in recognise(export).read(
                export, conceal=concealed, choices=Choices(zone="Asia/Tokyo"), reading=Reading()
            )
            for one in batch.initiatives
        ]
    events = {one.key: one for one in told if one.starts_at}
    with open_export(exports[4]) as export:
        choices = Choices(events=events, zone="Asia/Tokyo")
        seen = {
            one.key
            for batch in recognise(export).read(
                export, conceal=concealed, choices=choices, reading=Reading()
            )
            for one in batch.initiatives
        }
    assert seen == set(events)


def test_no_more_people_have_a_seat_at_the_venue_than_there_are_seats(
    lists: dict[str, list[dict[str, str]]],
) -> None:
    seated = [
        sum(row["参加枠名"] == "現地参加" and row["参加ステータス"] == "参加" for row in rows)
        for rows in lists.values()
    ]
    assert max(seated) == VENUE_SEATS
    waiting = Counter(row["参加ステータス"] for rows in lists.values() for row in rows)["補欠"]
    assert waiting > 0


def test_some_who_wait_in_the_early_list_have_a_seat_in_the_later_one(
    exports: tuple[Path, ...], lists: dict[str, list[dict[str, str]]]
) -> None:
    (path,) = exports[2].iterdir()
    early = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    later = {row["受付番号"]: row for row in lists[path.name]}
    waiting = [later[row["受付番号"]] for row in early if row["参加ステータス"] == "補欠"]
    became = Counter(row["参加ステータス"] for row in waiting)
    assert became["参加"] > 0
    assert became["補欠"] > 0
    booked = [later[row["受付番号"]] for row in early if row["参加ステータス"] == "参加"]
    assert "補欠" not in {row["参加ステータス"] for row in booked}


def test_the_last_summit_is_hybrid_and_has_more_people_online_than_at_the_venue(
    lists: dict[str, list[dict[str, str]]],
) -> None:
    largest = max(lists.values(), key=len)
    tickets = Counter(row["参加枠名"] for row in largest)
    assert tickets["オンライン参加"] > 80
    assert tickets["オンライン参加"] > tickets["現地参加"] > VENUE_SEATS


def test_whoever_a_story_says_nobody_has_seen_is_on_no_list(
    lists: dict[str, list[dict[str, str]]],
) -> None:
    facts = truth(last_day=LAST_DAY)
    absent = (*facts.unanswered, facts.not_visible, facts.first_starter, *facts.silent)
    logins = {one.login.replace(".", "").replace("_", "") for one in absent}
    listed = {
        row["ユーザー名"].replace("_", "").replace(".", "") for r in lists.values() for row in r
    }
    assert logins & listed == set()


def test_the_same_day_and_seed_give_the_same_files_in_the_place_of_older_ones(
    exports: tuple[Path, ...], tmp_path: Path
) -> None:
    (tmp_path / exports[0].name).write_bytes(b"an older file")
    again = write_everything(tmp_path, last_day=LAST_DAY)
    first, second = exports[0].parent, tmp_path
    names = [path.relative_to(first) for path in sorted(first.rglob("*")) if path.is_file()]
    assert [
        path.relative_to(second) for path in sorted(second.rglob("*")) if path.is_file()
    ] == names
    assert all((first / name).read_bytes() == (second / name).read_bytes() for name in names)
    assert [path.name for path in again] == [path.name for path in exports]
