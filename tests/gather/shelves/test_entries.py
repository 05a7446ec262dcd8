"""Many files held as columns are the files that were given, one by one and all together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jibungoto.gather.shelves.entries import Entries, Picked
from jibungoto.gather.shelves.entry import Entry

MANY = [Entry(f"top/f{at % 7}/{at}.json", at, at // 2, at * 3, at * 5, 8) for at in range(9_000)]
PATHS = st.text(st.characters(exclude_characters="\0", exclude_categories=()), min_size=1)


def test_what_is_given_comes_back_in_order_and_by_number() -> None:
    entries = Entries(MANY)
    assert (len(entries), list(entries), list(entries.paths())) == (
        len(MANY),
        MANY,
        [one.path for one in MANY],
    )
    assert [entries[at] for at in (0, 4_095, 4_096, -1)] == [
        MANY[at] for at in (0, 4_095, 4_096, -1)
    ]
    assert entries[4_090:4_100] == MANY[4_090:4_100]
    assert (entries.total(), entries.total_packed()) == (
        sum(one.size for one in MANY),
        sum(one.packed for one in MANY),
    )
    with pytest.raises(IndexError):
        entries[len(MANY)]


@given(st.lists(PATHS, max_size=20))
def test_any_path_comes_back(paths: list[str]) -> None:
    entries = Entries(Entry(path, 1) for path in paths)
    assert [one.path for one in entries] == list(entries.paths()) == paths
    assert [entries.path(at) for at in range(len(paths))] == paths


def test_the_folder_around_all_files_is_taken_off() -> None:
    entries = Entries(MANY)
    assert (entries.all_below("top"), entries.all_below("to"), entries.holds("f3/", "no")) == (
        True,
        False,
        True,
    )
    inside = entries.taken_out_of("top")
    assert [one.path for one in inside] == [one.path.removeprefix("top/") for one in MANY]
    assert inside[4_096].path == inside.path(4_096) == MANY[4_096].path.removeprefix("top/")


def test_some_files_are_remembered_by_number_sorted_and_joined() -> None:
    entries = Entries(MANY[:20])
    picked = Picked(entries, [5, 3])
    picked.pick(11)
    picked.take(Picked(entries, [1]))
    assert list(picked) == [MANY[at] for at in (5, 3, 11, 1)]
    assert (len(picked), picked[0], picked[1:3]) == (4, MANY[5], [MANY[3], MANY[11]])
    by_name = picked.sorted_by(lambda path: (path.rpartition("/")[2],))
    assert list(by_name.paths()) == sorted(picked.paths(), key=lambda path: path.rpartition("/")[2])
