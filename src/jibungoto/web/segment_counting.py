"""How far the measures of a segment are counted, as pages say it beside their values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jibungoto.desk.acting import Acting
from jibungoto.desk.people.segment_findings import is_counted_now, measured_in_segment
from jibungoto.desk.people.segments import Saved
from jibungoto.desk.understand.measures import Measured
from jibungoto.ledger.words import Words
from jibungoto.understand.scoping import MEANING, may_be_scoped


@dataclass(frozen=True, slots=True)
class Counting:
    """The measures of a segment that are counted, and of how many others that waits.

    ``is_coming``: the worker counts them by itself; else somebody has to ask for it.
    """

    segment: Saved
    measured: list[Measured]
    waiting: int
    is_coming: bool
    meaning: Words = MEANING


def counting_of(
    acting: Acting, segment: Saved | None, *, measures: Sequence[str]
) -> Counting | None:
    """Return what is counted of these measures; None for everyone. Others are of everybody."""
    if segment is None:
        return None
    wanted = [key for key in measures if may_be_scoped(key)]
    found = measured_in_segment(acting, segment.row.key, measures=wanted)
    waiting = len(wanted) - len(found)
    is_coming = waiting > 0 and is_counted_now(acting, segment.row.key, measures=wanted)
    return Counting(segment, found, waiting, is_coming)
