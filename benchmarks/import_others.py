"""Measures complete imports of Zulip and Discord exports beside the raw read of the same bytes.

The exports are folders of many files, as both tools write them, or the same packed: as a zip, or
as the tar.gz that Zulip hands out.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from pathlib import Path

from import_slack import IMPORT, RAW, Cost, commands, cost_of, surroundings
from make_discord import make as make_discord
from make_zulip import make as make_zulip

MAKERS = {"zulip": make_zulip, "discord": make_discord}


def measure(source: str, *, messages: int, repeats: int, ending: str) -> None:
    """Make one export, read and import it in turn, and print medians and their ratio."""
    with tempfile.TemporaryDirectory() as made:
        export = Path(made) / f"{source}{ending}"
        files = MAKERS[source](export, messages=messages)
        written = export.iterdir() if export.is_dir() else [export]
        size = sum(one.stat().st_size for one in written) / 1e6
        print(f"{source}: {messages:,} messages, {files:,} files, {size:.0f} MB")
        costs: dict[str, list[Cost]] = {RAW: [], IMPORT: []}
        for _ in range(repeats):
            for name, taken in costs.items():
                with tempfile.TemporaryDirectory() as folder:
                    taken.append(cost_of(commands(export, Path(folder))[name], surroundings()))
    raw, whole = (statistics.median(one.cpu for one in costs[name]) for name in (RAW, IMPORT))
    memory = max(one.memory for one in costs[IMPORT])
    each = whole / messages * 1e6
    print(f"{RAW}: {raw:.2f} CPU s")
    print(f"{IMPORT}: {whole:.2f} CPU s, {whole / raw:.1f} x raw, {each:.1f} us a message")
    print(f"{memory:.0f} MB")


def main() -> None:
    """Measure each size asked for."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--sources", choices=MAKERS, nargs="+", default=[*MAKERS])
    words.add_argument("--messages", type=int, nargs="+", default=[10_000])
    words.add_argument("--repeats", type=int, default=3)
    words.add_argument("--packed", choices=("", ".zip", ".tar.gz"), default="")
    asked = words.parse_args()
    for source in asked.sources:
        for messages in asked.messages:
            measure(source, messages=messages, repeats=asked.repeats, ending=asked.packed)


if __name__ == "__main__":
    main()
