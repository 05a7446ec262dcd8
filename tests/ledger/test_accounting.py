"""Nothing read is unaccounted for: the sum holds exactly when the six classes add up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jibungoto.ledger.accounting import Account, placed

COUNTS = st.tuples(*[st.integers(0, 10**9)] * 6)


@given(COUNTS)
def test_what_adds_up_is_balanced(counts: tuple[int, ...]) -> None:
    assert Account(sum(counts), *counts).is_balanced


@given(COUNTS, st.integers(-5, 5).filter(bool))
def test_one_record_too_many_or_too_few_is_seen(counts: tuple[int, ...], wrong: int) -> None:
    assert not Account(sum(counts) + wrong, *counts).is_balanced


@pytest.mark.parametrize(
    ("place", "japanese"),
    [
        ("hc.csv, line 2", "hc.csv、2 行目"),
        ("a, b/dis.json, record 3", "a, b/dis.json、3 件目"),
        ("gh.json, record 3.1", "gh.json、3.1 件目"),
        ("rb.xml, entry 2", "rb.xml、2 件目の記事"),
        ("rb.xml, after entry 4 …", "rb.xml、4 件目の記事の後 …"),
        ("fb.csv, comment 5", "fb.csv、5 件目のコメント"),
        ("log.txt, commit 3", "log.txt、3 件目のコミット"),
        ("log.txt, commit 444444444444", "log.txt、コミット 444444444444"),
        ("general/2025-01-01.json", "general/2025-01-01.json"),
        ("notes, line up", "notes, line up"),
    ],
)
def test_a_place_is_said_in_both_languages(place: str, japanese: str) -> None:
    assert (placed(place).ja, placed(place).en) == (japanese, place)


@given(st.text(max_size=40))
def test_any_name_of_a_file_stays_in_its_place(name: str) -> None:
    assert placed(f"{name}, line 7").ja == f"{name}、7 行目"
    assert placed(name).en == name
