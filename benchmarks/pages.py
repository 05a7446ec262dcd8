"""Measures how long pages take on a large log once the worker is done: ``Server-Timing``."""

from __future__ import annotations

import argparse
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jibungoto.records.models import CommunityRow

REQUESTS = 200
SINGLE = ("today", "people", "ladder", "measures", "sources", "staff", "report")


def addresses(community: CommunityRow) -> Iterator[tuple[str, str]]:
    """Yield every page in turn, without end: those of one thing for one thing after another."""
    from jibungoto.records.models import PersonRow
    from jibungoto.understand.catalogue import CATALOGUE

    below = f"/{community.slug}"
    people = PersonRow.objects.filter(community=community).order_by("number")
    numbers = list(people.values_list("number", flat=True)[::997])
    nth = 0
    while True:
        measure = CATALOGUE[nth % len(CATALOGUE)].key
        for name in SINGLE:
            yield name, f"{below}/{name}/"
        yield "people, page 2", f"{below}/people/?page=2"
        yield "person", f"{below}/people/{numbers[nth % len(numbers)]}/"
        yield "measure", f"{below}/measures/{measure}/"
        yield "rows", f"{below}/measures/{measure}/rows/"
        yield "intake", f"{below}/sources/1/"
        nth += 1


def visited(community: CommunityRow, requests: int = REQUESTS) -> dict[str, list[float]]:
    """Ask for pages as somebody signed in; return the milliseconds of each kind of page."""
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client

    from jibungoto.desk.house.begin import admit

    settings.ALLOWED_HOSTS = ["*"]
    users = get_user_model()
    if not users.objects.filter(username="visitor").exists():
        admit(community, "visitor", passphrase=None)
    client = Client(raise_request_exception=False)
    client.force_login(users.objects.get(username="visitor"))
    took: dict[str, list[float]] = defaultdict(list)
    for name, address in islice(addresses(community), requests):
        answer = client.get(address)
        if answer.status_code != 200:
            raise SystemExit(f"{address} answers {answer.status_code}")
        took[name].append(float(answer.headers["Server-Timing"].removeprefix("app;dur=")))
    return took


def quantile(times: list[float], share: float) -> float:
    """Return the time that this share of the requests stays within."""
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


def tell(took: dict[str, list[float]]) -> None:
    """Print the 95th percentile of all, and the median and the slowest of each kind of page."""
    every = [time for times in took.values() for time in times]
    print(f"{len(every)} requests: p50 {quantile(every, 0.5):.0f} ms,", end=" ")
    print(f"p95 {quantile(every, 0.95):.0f} ms (bar 100), slowest {max(every):.0f} ms")
    for name, times in sorted(took.items(), key=lambda one: -statistics.median(one[1])):
        print(f"{name:>16}: median {statistics.median(times):6.1f} ms, most {max(times):6.1f} ms")


def main() -> None:
    """Make a home with a log of this size, let the worker finish, and visit its pages."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--rows", type=int, default=5_000_000)
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as home:
        from jibungoto.desk.house.open import open_home

        open_home(Path(home))
        from ladder import Size, refreshed, settled

        community, _ = settled(Size(asked.rows))
        cpu, _ = refreshed(community)
        print(f"{asked.rows:,} activities answered in {cpu:.1f} CPU-s")
        tell(visited(community))


if __name__ == "__main__":
    main()
