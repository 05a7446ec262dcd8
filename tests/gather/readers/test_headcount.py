"""Head counts: how many people were there, for any event, and nobody's activity."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jibungoto.gather.reader import Choices
from jibungoto.gather.readers import headcount
from jibungoto.gather.readers.headcount import HeadCountReader
from jibungoto.ledger.initiative import HeadCounts, Initiative, InitiativeKind
from tests.gather.made import Gathered, folder_of
from tests.gather.with_reader import (
    check_whatever_it_is,
    keys_of,
    read_files,
    recognised_by,
)

SPRING = Initiative(
    "connpass:1", InitiativeKind.EVENT, "春の会", starts_at=1, counts=HeadCounts(registered=90)
)
SUMMER = Initiative("youtube:abc", InitiativeKind.EVENT, "夏の会", starts_at=2)
CHOICES = Choices(events={SPRING.key: SPRING, SUMMER.key: SUMMER})


def read(text: str, tmp_path: Path, choices: Choices = CHOICES) -> Gathered:
    return read_files(HeadCountReader(), {"counts.csv": text.encode("cp932")}, tmp_path, choices)


def test_counts_join_what_is_known_of_an_event(tmp_path: Path) -> None:
    found = read('イベント,視聴者数,来場者数\nconnpass:1,１２０人,45\n夏の会,"1,300",\n', tmp_path)
    assert {one.key: one.counts for one in found.initiatives} == {
        "connpass:1": HeadCounts(registered=90, attended=45, viewers=120),
        "youtube:abc": HeadCounts(viewers=1300),
    }
    assert (found.activities, found.handles, len(found.counted)) == ([], [], 2)


def test_a_count_without_an_event_is_the_named_ones(tmp_path: Path) -> None:
    found = read("viewers\n70\n", tmp_path, Choices(event=SUMMER))
    assert [(one.key, one.counts.viewers) for one in found.initiatives] == [("youtube:abc", 70)]


def test_a_broken_line_is_refused_alone(tmp_path: Path) -> None:
    found = read("event,viewers\n秋の会,5\nconnpass:1,many\n春の会,12\nconnpass:1,13\n", tmp_path)
    assert [(one.place, one.reason) for one in found.refusals] == [
        ("counts.csv, line 2", headcount.WHICH_EVENT),
        ("counts.csv, line 3", headcount.NO_COUNT),
    ]
    assert [one.counts.viewers for one in found.initiatives] == [12]
    assert found.repeated == 1


def test_a_corrected_count_has_the_same_key(tmp_path: Path) -> None:
    before = keys_of(read("event,viewers\nconnpass:1,12\n", tmp_path / "a"))
    after = keys_of(read("event,viewers\nconnpass:1,13\n", tmp_path / "b"))
    assert before.keys() == after.keys() == {"count/connpass:1"}
    assert before != after


@pytest.mark.parametrize("heading", ["event,name,viewers", "name,email", "イベント,日付"])
def test_lists_of_people_are_no_counts(heading: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"{heading}\n", encoding="utf-8")
    assert not recognised_by(HeadCountReader(), tmp_path / "a.csv")


CELLS = st.sampled_from(
    [
        *("connpass:1", "春の会", "夏の会", "冬の会", "", "0", "１２０人", '"1,300"', "-1", "12.5"),
        *("²", "9" * 30, "=1+1", '"', "\0", "名前", "event", "viewers", "\n"),
    ]
) | st.text(max_size=6)
HEADS = ["event,viewers", "イベント,視聴者数,来場者数,メモ", "viewers", "補欠\t登録者数", "会,人数"]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(HEADS),
    st.lists(st.lists(CELLS, max_size=5), max_size=8),
    st.sampled_from(["utf-8", "utf-8-sig", "cp932", "utf-16"]),
)
def test_whatever_stands_in_a_table_of_counts_is_accounted_for(
    head: str, rows: list[list[str]], encoding: str
) -> None:
    text = "\n".join([head, *(",".join(row) for row in rows)])
    with tempfile.TemporaryDirectory() as folder:
        files = {"a.csv": text.encode(encoding, "replace"), "b.csv": b"viewers\n70\n"}
        check_whatever_it_is(HeadCountReader(), folder_of(files, Path(folder)), CHOICES)
