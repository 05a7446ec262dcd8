"""Measures a complete import beside the raw read of the same bytes and beside a pandas script."""

from __future__ import annotations

import argparse
import os
import platform
import re
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from make_slack import make

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "RESULTS.md"
JIBUNGOTO = str(Path(sysconfig.get_path("scripts")) / "jibungoto")
RAW, FAST_RAW = "raw read (zlib)", "raw read (libdeflate)"
IMPORT, RIVAL = "jibungoto import", "pandas script"
PAGE = os.sysconf("SC_PAGE_SIZE")
HEADING = """# What an import costs

Each run makes a seeded Slack export in Slack's real shape (some 6 messages a file, pretty-printed,
`\\u` escapes) and puts these on it in turn, each in fresh processes:

- **raw read (zlib)**: inflate every entry by walking the central directory, and discard it, with
  the library that comes with Python: what reading the bytes costs anybody
- **raw read (libdeflate)**: the same with the fastest library there is, which the import uses too
- **jibungoto import**: from the zip to the committed log, in a fresh home
- **pandas script**: `rival_pandas.py`, what an analyst would write in an afternoon

CPU is user and system time of the whole process tree, memory the largest sum of resident memory
over the tree, sampled every 20 ms (shared pages count once per process). Medians; both ratios are
against the raw reads of the same run. The bar: at most 6 times the raw read with zlib (goal 3
times), less than the pandas script, at most 500 MB. The ratio to libdeflate stands beside it. The
import starts with making a home and a database, which weighs on the small sizes.
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run of one program took: CPU and wall seconds, peak memory in MB."""

    cpu: float
    wall: float
    memory: float


def tree(root: int) -> Iterator[int]:
    """Yield a process and everything below it."""
    yield root
    for listed in Path(f"/proc/{root}/task").glob("*/children"):
        for child in listed.read_text().split():
            yield from tree(int(child))


def resident(root: int) -> int:
    """Return the resident memory of a process tree in bytes, 0 once it is gone."""
    try:
        pages = [int(Path(f"/proc/{one}/statm").read_text().split()[1]) for one in tree(root)]
    except (OSError, IndexError):
        return 0
    return sum(pages) * PAGE


def cost_of(command: list[str], environment: dict[str, str]) -> Cost:
    """Run one command to its end; wait4 tells the CPU of all its descendants."""
    peak, over = 0, threading.Event()
    started = time.perf_counter()
    child = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)

    def watch() -> None:
        nonlocal peak
        while not over.wait(0.02):
            peak = max(peak, resident(child.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    _, status, used = os.wait4(child.pid, 0)
    wall = time.perf_counter() - started
    over.set()
    watcher.join()
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"exit code {child.returncode}: {' '.join(command)}")
    largest = max(peak, used.ru_maxrss * 1024)
    return Cost(used.ru_utime + used.ru_stime, wall, largest / 1e6)


def commands(export: Path, folder: Path) -> dict[str, list[str]]:
    """Return what each contestant is called with."""
    return {
        RAW: [sys.executable, str(HERE / "raw_read.py"), str(export), "zlib"],
        FAST_RAW: [sys.executable, str(HERE / "raw_read.py"), str(export), "libdeflate"],
        IMPORT: [JIBUNGOTO, "import", str(export), "--home", str(folder / "home"), "--json"],
        RIVAL: [sys.executable, str(HERE / "rival_pandas.py"), str(export), str(folder)],
    }


def surroundings() -> dict[str, str]:
    """Return this environment without a home, in which compiled modules are kept as usual."""
    left = {key: one for key, one in os.environ.items() if "JIBUNGOTO" not in key}
    left.pop("PYTHONDONTWRITEBYTECODE", None)
    return left


def side_by_side(export: Path, repeats: int) -> dict[str, list[Cost]]:
    """Run the contestants in turn, so that a busy minute meets all of them."""
    costs: dict[str, list[Cost]] = {RAW: [], FAST_RAW: [], IMPORT: [], RIVAL: []}
    for _ in range(repeats):
        for name, taken in costs.items():
            with tempfile.TemporaryDirectory() as folder:
                taken.append(cost_of(commands(export, Path(folder))[name], surroundings()))
                print(f"  {name}: {taken[-1]}", flush=True)
    return costs


def table(costs: dict[str, list[Cost]]) -> str:
    """Return medians and ratios as Markdown."""
    zlib, fast = (statistics.median(one.cpu for one in costs[raw]) for raw in (RAW, FAST_RAW))
    lines = ["| | CPU s | x zlib | x libdeflate | wall s | peak MB |"]
    lines.append("|---|---:|---:|---:|---:|---:|")
    for name, taken in costs.items():
        cpu, wall, memory = (
            statistics.median(getattr(cost, what) for cost in taken)
            for what in ("cpu", "wall", "memory")
        )
        ratios = f"{cpu / zlib:.1f} | {cpu / fast:.1f}"
        lines.append(f"| {name} | {cpu:.2f} | {ratios} | {wall:.2f} | {memory:.0f} |")
    return "\n".join(lines)


def size_in(title: str) -> int:
    """Return the number a section's title begins with; sections of anything else come last."""
    number = title.split(maxsplit=1)[0].replace(",", "")
    return int(number) if number.isdecimal() else sys.maxsize


def kept(title: str, body: str) -> None:
    """Write one section of RESULTS.md, smallest size first; other sizes stay as they are."""
    text = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else HEADING
    sections = dict(re.findall(r"^## (.+)\n\n((?:(?!## ).*\n)*)", text, re.MULTILINE))
    sections[title] = f"{body}\n"
    by_size = sorted(sections, key=size_in)
    written = "".join(f"\n## {one}\n\n{sections[one].rstrip()}\n" for one in by_size)
    RESULTS.write_text(HEADING + written, encoding="utf-8")


def measure(messages: int, repeats: int) -> None:
    """Make one export, measure everything on it and keep the result."""
    with tempfile.TemporaryDirectory() as folder:
        export = Path(folder) / "export.zip"
        files = make(export, messages=messages)
        size = export.stat().st_size / 1e6
        print(f"{messages:,} messages, {files:,} files, {size:.0f} MB zipped")
        costs = side_by_side(export, repeats)
    title = f"{messages:,} messages"
    machine = (
        f"{platform.python_implementation()} {platform.python_version()}, {platform.machine()}"
    )
    facts = f"{files:,} files, {size:.0f} MB zipped; median of {repeats} runs; {machine}, "
    facts += f"{os.cpu_count()} cores."
    kept(title, f"{facts}\n\n{table(costs)}")
    print(table(costs))


def main() -> None:
    """Measure each size asked for."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--messages", type=int, nargs="+", default=[10_000])
    words.add_argument("--repeats", type=int, default=3)
    asked = words.parse_args()
    for messages in asked.messages:
        measure(messages, asked.repeats)


if __name__ == "__main__":
    main()
