"""Measures what the worker spends on the measures of segments after one new day of a large log."""

from __future__ import annotations

import argparse
import tempfile
import time
from typing import TYPE_CHECKING

from ladder import LAST, Size, a_day_later, make, peak, refreshed

if TYPE_CHECKING:
    from jibungoto.records.models import CommunityRow


def main() -> None:
    """Make a log and five segments, and print what counting them costs, unasked and in full."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--rows", type=int, default=1_000_000)
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as home:
        make(home, Size(asked.rows))
        community = _after_a_day(Size(asked.rows))
        keys = _segments(community)
        print(f"{_unasked(community)} pairs, unasked: {_counted(community):.1f} CPU-s", flush=True)
        _ask_for_all(community, keys)
        print(f"{_unasked(community)} pairs, in full: {_counted(community):.1f} CPU-s", flush=True)
        print(f"noting sizes: {_noted(community):.2f} CPU-s, peak {peak():,.0f} MB")


def _after_a_day(size: Size) -> CommunityRow:
    """Answer everything, then once more after one new day, on from the seal that left."""
    from datetime import timedelta

    from jibungoto.desk.gather.commit import keep_version
    from jibungoto.desk.gather.current import newest_of
    from jibungoto.records.home import log_folder
    from jibungoto.records.models import CommunityRow, IntakeRow

    community = CommunityRow.objects.get()
    refreshed(community)
    _, manifest = newest_of(community)
    later = a_day_later(log_folder(community.slug), manifest, size=size, number=0)
    IntakeRow.objects.update(last_day=LAST + timedelta(days=1))
    keep_version(community, later, cause="benchmark")
    refreshed(community)
    return community


def _segments(community: CommunityRow) -> list[str]:
    from jibungoto.desk.acting import administrator
    from jibungoto.desk.people.segments import save
    from jibungoto.understand.segments import Segment

    rules = (
        Segment(new_days=90, recent_days=30),
        Segment(stages=("starting", "owning"), dormant=False),
        Segment(counted="welcome48"),
        Segment(dormant=False),
        Segment(stages=("contributing",), dormant=True),
    )
    acting = administrator(community)
    return [save(acting, f"Segment {at}", rule=rule).key for at, rule in enumerate(rules)]


def _unasked(community: CommunityRow) -> int:
    from jibungoto.desk.people.segment_findings import shown_of

    return sum(map(len, shown_of(community).values()))


def _counted(community: CommunityRow) -> float:
    """Count anew what is shown of segments, goes and all, and return the CPU seconds."""
    from jibungoto.desk.people.segment_findings import count_segments, shown_of
    from jibungoto.records.models import SegmentFindingRow

    SegmentFindingRow.objects.all().delete()
    began = time.process_time()
    while count_segments(community, shown_of(community)):
        pass
    return time.process_time() - began


def _ask_for_all(community: CommunityRow, keys: list[str]) -> None:
    from jibungoto.desk.acting import administrator
    from jibungoto.desk.people.segment_findings import want

    for key in keys:
        want(administrator(community), key)


def _noted(community: CommunityRow) -> float:
    from jibungoto.desk.acting import administrator
    from jibungoto.desk.people.segment_days import note_sizes

    began = time.process_time()
    note_sizes(administrator(community))
    return time.process_time() - began


if __name__ == "__main__":
    main()
