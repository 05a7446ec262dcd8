"""Measures how long every page takes on a large log once the worker is done, and every file.

The pages are those of the table of addresses: a new one is measured without being named here.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from addresses import Address, addresses, table

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from jibungoto.records.models import CommunityRow

REQUESTS = 200
BAR = 100
_OK, _NEVER_READ = 200, 405
_LEADS_ON = {301, 302}
_NOT_THERE = 404
_ALLOWED = {
    "begin": {302, 403, 404},  # the one-time address of an empty home
    "look": {404},  # shown while the house is worked on, not by a home
}
"""What a page may answer without being one here, by its name."""
_NO_PAGES = ("home", "sign_in", "choose_language", *_ALLOWED)


@dataclass(frozen=True, slots=True)
class Took:
    """One request: milliseconds by ``Server-Timing``, of CPU, and queries of the database."""

    told: float
    cpu: float
    queries: int


@dataclass(slots=True)
class Visits:
    """What was asked for, by the name of the page: pages, files, and what was neither."""

    pages: dict[str, list[Took]] = field(default_factory=lambda: defaultdict(list))
    files: dict[str, list[Took]] = field(default_factory=lambda: defaultdict(list))
    lead_on: set[str] = field(default_factory=set)
    never_read: set[str] = field(default_factory=set)
    nothing_held: set[str] = field(default_factory=set)

    @property
    def requests(self) -> int:
        """How many pages were asked for."""
        return sum(map(len, self.pages.values()))

    def keep(self, name: str, address: str, *, answer: HttpResponse, took: Took) -> None:
        """Note one answer where it belongs; one that nobody expects ends the run."""
        if answer.status_code == _NEVER_READ:
            self.never_read.add(name)
        elif answer.status_code in _LEADS_ON | _ALLOWED.get(name, set()):
            self.lead_on.add(name)
        elif answer.status_code == _NOT_THERE and "page=" in address:
            return  # not everybody has a second page
        elif answer.status_code != _OK:
            raise SystemExit(f"{address} answers {answer.status_code}")
        elif answer.headers["Content-Type"].startswith("text/html"):
            self.pages[name].append(took)
        else:
            self.files[name].append(took)


def reader(community: CommunityRow) -> Client:
    """Return somebody signed in who may see everything."""
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client

    from jibungoto.desk.house.begin import admit

    settings.ALLOWED_HOSTS = ["*"]
    users = get_user_model()
    if not users.objects.filter(username="visitor").exists():
        admit(community, "visitor", passphrase=None)
    client = Client(raise_request_exception=False)
    user = users.objects.get(username="visitor")
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def asked(client: Client, address: str) -> tuple[HttpResponse, Took]:
    """Ask for one address to its last byte."""
    from django.db import connection

    counted = 0

    def count(execute, sql, params, many, context):  # type: ignore[no-untyped-def]  # as Django calls it
        nonlocal counted
        counted += 1
        return execute(sql, params, many, context)

    began = time.process_time()
    with connection.execute_wrapper(count):
        answer = client.get(address)
        if answer.streaming:
            b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # a stream
    cpu = 1_000 * (time.process_time() - began)
    told = float(answer.headers["Server-Timing"].removeprefix("app;dur="))
    return answer, Took(told, cpu, counted)  # type: ignore[return-value]  # the client's own kind


def rounds(community: CommunityRow) -> Iterator[tuple[Address, str]]:
    """Yield one address of every page, then a second of every page, without end."""
    all_of = [(one, addresses(one, community)) for one in table()]
    nth = 0
    while True:
        for one, told in all_of:
            yield one, told[nth % len(told)] if told else ""
        nth += 1


def visited(community: CommunityRow, requests: int = REQUESTS) -> tuple[Visits, Visits]:
    """Visit every page once, then so many pages in turn; files and refusals are not asked again.

    What led on is: a draft's page leads on from a version in force alone.
    """
    client = reader(community)
    first, then = Visits(), Visits()
    coming = rounds(community)
    for one, address in islice(coming, len(table())):
        if not address:
            first.nothing_held.add(one.name)
            continue
        answer, took = asked(client, address)
        first.keep(one.name, address, answer=answer, took=took)
    not_again = {*first.files, *first.never_read, *first.nothing_held, *_NO_PAGES}
    for one, address in coming:
        if one.name not in not_again:
            answer, took = asked(client, address)
            then.keep(one.name, address, answer=answer, took=took)
        if then.requests >= requests:
            return first, then
    raise AssertionError("the rounds have no end")


def quantile(times: list[float], share: float) -> float:
    """Return the time that this share of the requests stays within."""
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


def yardstick() -> float:
    """Return what a million additions take here, in ms of CPU: runs are compared by it."""
    began = time.process_time()
    total = 0
    for number in range(1_000_000):
        total += number
    return 1_000 * (time.process_time() - began)


def tell(first: Visits, then: Visits) -> None:
    """Print the percentiles of all, and each kind of page, the slowest first."""
    for words, visits in (("first visits", first), ("requests", then)):
        every = [took for times in visits.pages.values() for took in times]
        for what, times in (
            ("ms Server-Timing", [took.told for took in every]),
            ("ms CPU", [took.cpu for took in every]),
        ):
            print(f"{len(times)} {words}, {what}: p50 {quantile(times, 0.5):.0f},", end=" ")
            print(f"p95 {quantile(times, 0.95):.0f} (bar {BAR}), slowest {max(times):.0f}")
    print(f"a million additions take {yardstick():.0f} ms CPU here")
    _list("pages, ms CPU", then.pages)
    _list("files, ms CPU", first.files)
    for words, names in (
        ("lead on", first.lead_on | then.lead_on),
        ("are only written to", first.never_read),
        ("had nothing to show", first.nothing_held),
    ):
        print(f"{len(names)} {words}: {', '.join(sorted(names))}")


def _list(words: str, took: dict[str, list[Took]]) -> None:
    print(f"\n| {words} | n | median | most | queries |\n|---|---:|---:|---:|---:|")
    middle = {name: statistics.median(one.cpu for one in times) for name, times in took.items()}
    for name, cpu in sorted(middle.items(), key=lambda one: -one[1]):
        times = took[name]
        most, queries = max(one.cpu for one in times), max(one.queries for one in times)
        print(f"| {name} | {len(times)} | {cpu:.0f} | {most:.0f} | {queries} |")
    print()


def _made(home: Path, rows: int) -> CommunityRow:
    """Make the home, or take up one that was made before with the same command."""
    from jibungoto.desk.house.open import open_home

    open_home(home)
    from furnish import furnish, nothing_left_to_do
    from jibungoto.records.models import CommunityRow
    from ladder import Size, refreshed, settled

    community = CommunityRow.objects.first()
    if community is None:
        community, _manifest = settled(Size(rows))
        cpu, _wall = refreshed(community)
        print(f"{rows:,} activities answered in {cpu:.1f} CPU-s", flush=True)
    furnish(community)
    nothing_left_to_do()
    community.refresh_from_db()
    return community


def main() -> None:
    """Make a home with a log of this size, let the worker finish, and visit its pages."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--rows", type=int, default=5_000_000)
    words.add_argument("--requests", type=int, default=REQUESTS)
    words.add_argument("--home", type=Path, help="keep the home here, or use the one that is")
    told = words.parse_args()
    with tempfile.TemporaryDirectory() as spare:
        community = _made(told.home or Path(spare), told.rows)
        tell(*visited(community, told.requests))


if __name__ == "__main__":
    main()
