"""Who may be one person: 100,000 candidates from 100,000 handles, and how right they are.

The bar is 10 CPU seconds and 500 MB. The handles are invented: 25,000 people on four sources,
with common family names, variants, spacing and user names. ``--rails`` names a file of aliases of
real authors (names only), of which most cannot be derived from a name at all.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import sys
import time
from pathlib import Path

from jibungoto.gather.people.look_alikes import Known, LookAlike, look_alikes

SOURCES = ("slack", "connpass", "zoom", "git")
FAMILY = re.findall(
    r"\S+",
    "佐藤 鈴木 高橋 髙橋 田中 伊藤 渡辺 渡邊 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上"
    " 木村 斎藤 齋藤 清水 山崎 山﨑 池田 橋本 阿部 石川 山下",
)
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def made(people: int, seed: int) -> list[Known]:
    """Return four handles for each person; the number of a handle over four is the person's."""
    rnd = random.Random(seed)
    given = [
        chr(rnd.randrange(0x4E00, 0x9000)) + chr(rnd.randrange(0x4E00, 0x9000)) for _ in range(3000)
    ]
    given += ["太郎", "花子", "健"] * 200
    handles: list[Known] = []
    for _person in range(people):
        name = f"{rnd.choice(FAMILY)} {rnd.choice(given)}"
        nick = "u" + "".join(rnd.choices(LETTERS, k=7))
        for source in SOURCES:
            handles.append(_one(rnd, len(handles), source=source, name=name, nick=nick))
    return handles


def _one(rnd: random.Random, number: int, *, source: str, name: str, nick: str) -> Known:
    way = rnd.random()
    written = name if way < 0.6 else name.replace(" ", "　" if way < 0.7 else "")
    person = number // len(SOURCES)
    return Known(
        number,
        source,
        (written,),
        handle=nick if rnd.random() < 0.6 else "",
        address=f"{nick}{person}@a{person % 999}.jp" if source in {"zoom", "git"} else "",
        organisation=f"会社{person % 500}" if rnd.random() < 0.3 else "",
        is_settled=source in {"slack", "connpass"},
    )


def rails(path: Path) -> tuple[list[Known], list[str]]:
    """Return the names of real authors as handles of git, and who is behind each."""
    text = path.read_text(encoding="utf-8")
    behind: dict[str, str] = {}
    for told in re.findall(r"^\s*map\s+(.+?)(?=\n\s*map|\n\s*\n|\nend|\Z)", text, re.M | re.S):
        quoted = re.findall(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"", told)
        names = [(one or other).replace("\\100", "@") for one, other in quoted]
        if len(names) > 1:
            behind |= {name: names[0] for name in names if name not in behind}
    handles = []
    for number, name in enumerate(behind):
        met = re.search(r"\S+@\S+", name)
        handles.append(
            Known(number, "git", (name,), address=met[0] if met else "", is_settled=False)
        )
    return handles, list(behind.values())


def tell(what: str, found: list[LookAlike], right: int, *, all_pairs: int) -> None:
    """Print how many were found, and how right and complete they are."""
    print(
        f"{what}: {len(found):,} candidates, precision {right / max(1, len(found)):.3f},"
        f" recall {right / max(1, all_pairs):.3f}"
    )


def main() -> None:
    """Measure, and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--people", type=int, default=25_000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--rails", type=Path, help="canonical_names.rb of rails-contributors")
    chosen = asked.parse_args()
    handles = made(chosen.people, chosen.seed)
    began = time.process_time()
    found = look_alikes(handles)
    seconds = time.process_time() - began
    each = len(SOURCES)
    right = sum(one.one // each == one.other // each for one in found)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        1e6 if sys.platform == "darwin" else 1e3
    )
    print(f"{len(handles):,} handles: {seconds:.1f} CPU-s, {peak:.0f} MB at most")
    tell("invented", found, right, all_pairs=chosen.people * each * (each - 1) // 2)
    if chosen.rails:
        listed, behind = rails(chosen.rails)
        found = look_alikes(listed)
        right = sum(behind[one.one] == behind[one.other] for one in found)
        sizes = [behind.count(name) for name in set(behind)]
        tell("authors", found, right, all_pairs=sum(n * (n - 1) // 2 for n in sizes))


if __name__ == "__main__":
    main()
