"""Nothing read is unaccounted for: the sum holds exactly when the six classes add up."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jibungoto.ledger.accounting import Account

COUNTS = st.tuples(*[st.integers(0, 10**9)] * 6)


@given(COUNTS)
def test_what_adds_up_is_balanced(counts: tuple[int, ...]) -> None:
    assert Account(sum(counts), *counts).is_balanced


@given(COUNTS, st.integers(-5, 5).filter(bool))
def test_one_record_too_many_or_too_few_is_seen(counts: tuple[int, ...], wrong: int) -> None:
    assert not Account(sum(counts) + wrong, *counts).is_balanced
