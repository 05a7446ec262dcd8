"""Measures how long pages take on a large log once the worker is done: ``Server-Timing``, CPU."""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jibungoto.records.models import CommunityRow

REQUESTS = 200
SINGLE = ("today", "people", "ladder", "measures", "sources", "staff", "report")
Took = tuple[float, float]
"""Milliseconds by ``Server-Timing``, and of CPU: where others use the machine, look at these."""


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


def visited(community: CommunityRow, requests: int = REQUESTS) -> dict[str, list[Took]]:
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
    took: dict[str, list[Took]] = defaultdict(list)
    for name, address in islice(addresses(community), requests):
        began = time.process_time()
        answer = client.get(address)
        cpu = 1_000 * (time.process_time() - began)
        if answer.status_code != 200:
            raise SystemExit(f"{address} answers {answer.status_code}")
        told = float(answer.headers["Server-Timing"].removeprefix("app;dur="))
        took[name].append((told, cpu))
    return took


def quantile(times: list[float], share: float) -> float:
    """Return the time that this share of the requests stays within."""
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


def tell(took: dict[str, list[Took]]) -> None:
    """Print the 95th percentile of all, and the median and the slowest of each kind of page."""
    for at, words in enumerate(("ms Server-Timing", "ms CPU")):
        every = [one[at] for times in took.values() for one in times]
        print(f"{len(every)} requests, {words}: p50 {quantile(every, 0.5):.0f},", end=" ")
        print(f"p95 {quantile(every, 0.95):.0f} (bar 100), slowest {max(every):.0f}")
    middle = {name: statistics.median(cpu for _, cpu in times) for name, times in took.items()}
    for name, cpu in sorted(middle.items(), key=lambda one: -one[1]):
        most = max(cpu for _, cpu in took[name])
        print(f"{name:>16}: median {cpu:6.1f} ms CPU, most {most:6.1f}")


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
