"""The facts beside the log: in which capacity somebody takes part covers all time, once."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from jibungoto.desk.gather.current import with_gaps_filled

Span = tuple[str, date | None, date | None]
FIRST = date(2020, 1, 1)
LENGTH = 40


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


@st.composite
def marked(draw: st.DrawFn) -> list[Span]:
    """Draw spans as the database gives them: in order, none overlapping, each at least a day."""
    cuts = sorted(draw(st.sets(st.integers(1, LENGTH - 1), max_size=8)))
    edges: list[date | None] = [None, *map(day, cuts), None]
    pieces = list(zip(edges, edges[1:], strict=False))
    return [("staff", start, end) for start, end in pieces if draw(st.booleans())]


def kinds_on(spans: list[Span], on: date) -> list[str]:
    return [
        kind
        for kind, start, end in spans
        if (start is None or start <= on) and (end is None or on < end)
    ]


@given(marked())
def test_every_day_has_exactly_one_kind_and_it_is_the_marked_one(spans: list[Span]) -> None:
    filled = with_gaps_filled(spans, "member")
    for number in range(-1, LENGTH + 2):
        on = day(number)
        assert kinds_on(filled, on) == (kinds_on(spans, on) or ["member"])


@given(marked())
def test_no_span_is_empty_and_what_was_marked_stays(spans: list[Span]) -> None:
    filled = with_gaps_filled(spans, "member")
    assert [span for span in filled if span[0] == "staff"] == spans
    assert all(start is None or end is None or start < end for _, start, end in filled)


def test_nobody_marked_is_a_member_for_ever() -> None:
    assert with_gaps_filled([], "member") == [("member", None, None)]
