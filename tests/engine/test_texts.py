"""Keys made of times are the texts they would be if each were put together alone."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from jibungoto.engine import texts
from jibungoto.engine.parquet import packed
from jibungoto.engine.texts import Padded, Texts, joined, made_of_times, written
from jibungoto.gather.cells import stamp_from

BEFORES = ["", "C/", "C0123/", "札幌/"]
ENDINGS = [None, "/reaction/a", "/b"]
ROW = st.tuples(
    st.integers(0, 10**16 - 1),
    st.integers(0, len(BEFORES) - 1),
    st.integers(0, len(ENDINGS) - 1),
    st.integers(1, 3 * texts._SHORTEST_RUN),
)


@given(st.lists(ROW, max_size=6))
def test_keys_of_any_lengths_stand_in_the_order_of_their_rows(
    runs: list[tuple[int, int, int, int]],
) -> None:
    rows = [
        (micros, before, ending) for micros, before, ending, often in runs for _ in range(often)
    ]
    micros, befores, endings = (
        np.array([row[at] for row in rows], dtype=np.int64) for at in range(3)
    )
    found = made_of_times(
        written(micros),
        before=(Padded(BEFORES), befores.astype(np.int32)),
        ending=(Padded(ENDINGS), endings.astype(np.int32)),
    )
    keys = (f"{BEFORES[b]}{stamp_from(at)}{ENDINGS[e] or ''}".encode() for at, b, e in rows)
    assert found == b"".join(map(packed, keys))


def test_some_rows_of_texts_are_cut_out_with_their_gaps() -> None:
    held = Texts.of(["a", None, "自分", "", None, "b"])
    column = joined([held.between(1, 4), held.between(5, 6)])
    assert column.there is not None
    assert column.there.tolist() == [False, True, True, True]
    assert column.texts == b"".join(map(packed, ("自分".encode(), b"", b"b")))


@given(st.lists(st.none() | st.text(st.sampled_from("ab字é\ud800\U0001f600"), max_size=4)))
def test_texts_stand_behind_their_lengths(values: list[str | None]) -> None:
    found, there = Texts.of(values).between(0, len(values))
    told = [one.encode("utf-8", "replace") for one in values if one is not None]
    assert found == b"".join(map(packed, told))
    assert there.tolist() == [one is not None for one in values]
