"""Who has an address on which domain: read once of everybody, until names change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from jibungoto.records.models import CommunityRow, HandleRow
from jibungoto.understand.staff import FREE_MAIL


@dataclass(frozen=True, slots=True)
class Addressed:
    """A name with an address: its pseudonym, the person behind it, and if it is a bot's."""

    actor: str
    person: int
    is_bot: bool


@dataclass(frozen=True, slots=True)
class Addresses:
    """All names with an address by its domain, and how many people's could name an employer."""

    on: Mapping[str, tuple[Addressed, ...]]
    employed: int

    def people_on(self, domain: str) -> set[int]:
        """Return the keys of the people with an address on a domain."""
        return {one.person for one in self.on.get(domain.lower(), ())}


def addresses_in(community: CommunityRow) -> Addresses:
    """Return who has which domain."""
    here = CommunityRow.objects.filter(pk=community.pk)
    stamp = here.values_list("names_stamp", "facts_stamp", "version_id").get()
    return _read(community.pk, made_at=community.made_at, stamp=stamp)


@lru_cache(maxsize=4)  # reading everybody's takes longer than all else on a page that asks
def _read(community: int, *, made_at: datetime, stamp: tuple[int, int, int | None]) -> Addresses:
    """Read them; both others say since when they are the same."""
    found: dict[str, list[Addressed]] = defaultdict(list)
    handles = HandleRow.objects.filter(community=community, email__contains="@").order_by("pk")
    told = handles.values_list("email", "actor", "person_id", "is_bot")
    for email, actor, person, is_bot in told.iterator(chunk_size=5_000):
        found[email.rpartition("@")[2].lower()].append(Addressed(actor, person, is_bot))
    employed = {
        one.person for domain, here in found.items() if domain not in FREE_MAIL for one in here
    }
    return Addresses({domain: tuple(here) for domain, here in found.items()}, len(employed))
