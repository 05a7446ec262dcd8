"""Who is joined, and who is proposed, in the demo community, against who they really are there.

Joins by themselves must be right, every one of them. Proposals are told with their precision and
recall: over the names of the demo, and over the names of real authors with ``--rails``. The truth
is that of the demo's own people; a name that two of them have is nobody's and is left out.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from pathlib import Path

from jibungoto.demo.aliases import Alias
from jibungoto.demo.community import everybody, write_everything
from jibungoto.gather.people.look_alikes import look_alikes
from jibungoto.gather.reader import Choices, Reading
from jibungoto.gather.recognise import recognise
from jibungoto.gather.shelves.export import open_export
from jibungoto.ledger.initiative import Initiative
from jibungoto.ledger.person import Handle
from look_alikes import rails

LAST_DAY = date(2026, 9, 30)
_TEXTS = (
    *("actor", "outside_id", "name", "display_name", "email", "typed_email", "reading"),
    *("organisation", "user_name"),
)


@dataclass(frozen=True, slots=True)
class Named:
    """A name in one source of the demo, and who is behind it: their place among everybody."""

    source: str
    handle: Handle
    person: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How many pairs were found, how many of them are one person, and how many there are."""

    found: int
    right: int
    there: int

    def told(self) -> str:
        """Say it in one line."""
        precision, recall = self.right / max(1, self.found), self.right / max(1, self.there)
        wrong = self.found - self.right
        return f"{self.found:,} ({wrong:,} wrong), precision {precision:.3f}, recall {recall:.3f}"


def names_of_the_demo(folder: Path, last_day: date = LAST_DAY) -> list[Named]:
    """Return every handle that readers find in the demo's files and whose person is known."""
    people = _Behind(everybody(last_day=last_day))
    found: dict[tuple[str, str], Named] = {}
    known: dict[str, Initiative] = {}
    for path in write_everything(folder, last_day=last_day):
        source, handles = _handles_in(path, known)
        for one in handles:
            person = people.of(source, one)
            if person is not None:
                found[source, one.actor] = Named(source, one, person)
    return list(found.values())


def _handles_in(path: Path, known: dict[str, Initiative]) -> tuple[str, list[Handle]]:
    with open_export(path) as export:
        reader = recognise(export)
        choices = Choices(events=dict(known), zone="Asia/Tokyo")
        batches = list(reader.read(export, conceal=str, choices=choices, reading=Reading()))
    known.update((one.key, one) for batch in batches for one in batch.initiatives if one.starts_at)
    source = reader.source.key
    handles = [one for batch in batches for one in batch.handles]
    return source, [replace(one, actor=f"{source}:{one.actor}") for one in handles]


class _Behind:
    """Who is behind the names of each source; those that two people have are nobody's."""

    def __init__(self, everybody_there: Iterable[Alias]) -> None:
        self._by: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        for number, one in enumerate(everybody_there):
            told = {
                "slack": (one.slack or "",),
                "connpass": (one.connpass_user,),
                "zoom": (one.zoom_name, one.email),
                "git": (one.email,),
                "discord": (one.discord_user,),
            }
            for source, names in told.items():
                for name in filter(None, names):
                    self._by[source][name.casefold()].add(number)

    def of(self, source: str, handle: Handle) -> int | None:
        """Return who is behind a name, or None."""
        told = (handle.outside_id, handle.typed_email or "", handle.name, handle.display_name)
        for name in told:
            people = self._by[source].get(name.casefold().removeprefix("email:"), set())
            if len(people) == 1:
                return next(iter(people))
        return None


def joins_among(named: list[Named]) -> Tally:
    """Return how many pairs join by themselves, as an import would join them."""
    from jibungoto.desk.gather.declared import contested_among
    from jibungoto.desk.gather.joinable import Joinable, as_address, linking
    from jibungoto.desk.gather.joining import crowded_among, linked

    handles = []
    for place, one in enumerate(named):
        handle = one.handle
        facts = _told(handle)
        keys = (place, handle.actor, as_address(handle.email or ""), place, place, place)
        handles.append(Joinable(*keys, one.source, **linking(one.source, facts)))
    person = {one.handle.actor: one.person for one in named}
    contested = contested_among(handles)
    pairs = set(linked(handles, {}, crowded=crowded_among(handles), contested=contested))
    right = sum(person[one] == person[other] for one, other in pairs)
    return Tally(len(pairs), right, _pairs_there(named))


def proposals_among(named: list[Named]) -> Tally:
    """Return how many pairs are proposed, and how many of them are one person."""
    from jibungoto.desk.gather.alike import known
    from jibungoto.records.models import HandleRow

    listed = [
        known(HandleRow(pk=place, source=one.source, **_told(one.handle)))
        for place, one in enumerate(named)
    ]
    found = look_alikes(listed)
    right = sum(named[one.one].person == named[one.other].person for one in found)
    return Tally(len(found), right, _pairs_there(named))


def _told(handle: Handle) -> dict[str, object]:
    """Return what a handle says, as its row keeps it."""
    facts = {name: getattr(handle, name) or "" for name in _TEXTS}
    return facts | {"links": " ".join(handle.links), "is_name_only": handle.is_name_only}


def _pairs_there(named: list[Named]) -> int:
    sizes = Counter(one.person for one in named).values()
    return sum(len(list(combinations(range(size), 2))) for size in sizes)


def among_authors(path: Path) -> Tally:
    """Return how many pairs of real authors' names are proposed."""
    listed, behind = rails(path)
    found = look_alikes(listed)
    right = sum(behind[one.one] == behind[one.other] for one in found)
    there = sum(size * (size - 1) // 2 for size in Counter(behind).values())
    return Tally(len(found), right, there)


def main() -> None:
    """Measure, and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rails", type=Path, help="canonical_names.rb of rails-contributors")
    chosen = asked.parse_args()
    from jibungoto.desk.house.open import open_home

    with tempfile.TemporaryDirectory() as folder:
        open_home(Path(folder) / "home")
        named = names_of_the_demo(Path(folder) / "exports")
        by_source = Counter(one.source for one in named)
        print(f"{len(named):,} names of the demo: {dict(by_source)}")
        print(f"joined by themselves: {joins_among(named).told()}")
    print(f"proposed: {proposals_among(named).told()}")
    if chosen.rails:
        print(f"proposed of authors: {among_authors(chosen.rails).told()}")


if __name__ == "__main__":
    main()
