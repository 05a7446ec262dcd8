"""Measures what a brief costs in each format: from the kept answers to the bytes of the file."""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

CASES = (
    ("monthly", ".html", 1.0),
    ("monthly", ".pdf", 6.0),
    ("monthly", ".pptx", 3.0),
    ("monthly", ".xlsx", None),
    ("monthly", ".md", None),
    ("quarterly", ".html", 20.0),
    ("quarterly", ".pdf", 20.0),
    ("quarterly", ".pptx", 20.0),
)
"""Kind of brief, ending, and the most CPU seconds it may take."""
MEMORY = 500


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds and the most memory in MB, of a process that writes one brief in one language."""

    kind: str
    ending: str
    language: str
    cpu: float
    megabytes: float
    size: int


def make(home: str, rows: int) -> None:
    """Make a home with a log of this size, its answers, a plan in force, team and studies."""
    from jibungoto.desk.house.open import open_home

    open_home(Path(home))
    from furnish import furnish, nothing_left_to_do
    from ladder import Size, refreshed, settled

    community, _ = settled(Size(rows))
    refreshed(community)
    furnish(community)
    nothing_left_to_do()


def cost(home: str, kind: str, ending: str, language: str) -> Cost:
    """Draft and write one brief; the libraries it takes are loaded inside of the measurement."""
    from jibungoto.desk.house.open import open_home

    open_home(Path(home))
    from jibungoto.desk.acting import administrator
    from jibungoto.desk.explain.draft import draft_of
    from jibungoto.explain.briefs.as_document import document_of
    from jibungoto.explain.briefs.audiences import AudienceKey
    from jibungoto.explain.briefs.brief import BriefKind
    from jibungoto.explain.formats.endings import renderer_for
    from jibungoto.records.models import CommunityRow

    began = time.process_time()
    acting = administrator(CommunityRow.objects.get())
    brief = draft_of(acting, BriefKind(kind), audience=AudienceKey.CFO)
    made = renderer_for(f"brief{ending}")(document_of(brief), language)
    cpu = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Cost(kind, ending, language, cpu, peak, len(made))


def measured(home: str, repeats: int) -> list[Cost]:
    """Write every case in both languages, each in fresh processes; return the dearest of each."""
    spawn = multiprocessing.get_context("spawn")
    found = []
    for kind, ending, _ in CASES:
        tried = []
        for language in ("ja", "en") * repeats:
            with spawn.Pool(1) as pool:
                tried.append(pool.apply(cost, (home, kind, ending, language)))
        found.append(max(tried, key=lambda one: one.cpu))
    return found


def tell(found: list[Cost]) -> None:
    """Print a table for RESULTS.md."""
    bars = {(kind, ending): bar for kind, ending, bar in CASES}
    print("| brief | format | CPU s | bar | peak MB | KB |\n|---|---|---:|---:|---:|---:|")
    for one in found:
        bar = bars[one.kind, one.ending]
        shown = f"{bar:g}" if bar else ""
        kilobytes = one.size / 1024
        print(
            f"| {one.kind} | {one.ending} | {one.cpu:.2f} | {shown} "
            f"| {one.megabytes:.0f} | {kilobytes:.0f} |"
        )
    late = [one for one in found if one.cpu > (bars[one.kind, one.ending] or one.cpu)]
    heavy = [one for one in found if one.megabytes > MEMORY]
    print(f"\nabove their bar: {len(late)} of time, {len(heavy)} of {MEMORY} MB")


def main() -> None:
    """Make a community of this size, and write its briefs."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--rows", type=int, default=1_000_000)
    words.add_argument("--repeats", type=int, default=2)
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as home:
        made = multiprocessing.get_context("spawn").Process(target=make, args=(home, asked.rows))
        made.start()
        made.join()
        if made.exitcode:
            raise SystemExit(f"the home was not made: {made.exitcode}")
        tell(measured(home, asked.repeats))


if __name__ == "__main__":
    main()
