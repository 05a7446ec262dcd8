"""Accounts that profiles name as their owners' own: whom such a link joins, and whom it may not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import reduce
from operator import or_

from django.db.models import Q
from django.db.models.functions import Lower

from jibungoto.desk.gather.joinable import Joinable, Pair, called_as, in_order
from jibungoto.gather.people.contradictions import contradict, spellings_of
from jibungoto.records.models import CommunityRow, HandleRow

Claim = tuple[str, str]
"""A source, and an account elsewhere that a name there claims."""

Named = tuple[str, Iterable[str]]
"""A name's pseudonym, and all it is called."""


def declared(handles: Iterable[Joinable], contested: Collection[Claim]) -> Iterator[Pair]:
    """Yield every name with the account that its owner's profile elsewhere names as theirs.

    An account that several names of one source claim, or that is called as somebody else there is,
    is nobody's until a person says whose; nor does a link join two whose full names differ.
    """
    listed = list(handles)
    owners = {one.account: one for one in listed if one.account}
    for one in listed:
        for account in one.links:
            owner = owners.get(account)
            is_free = (one.source, account) not in contested
            if owner is None or not is_free or owner.source == one.source:
                continue
            if not contradict(one.names, owner.names):
                yield in_order(one.actor, owner.actor)


def contested_among(handles: Collection[Joinable]) -> set[Claim]:
    """Return the accounts that are not only one name's of a source, of all handles there are."""
    claimed = [one for one in handles if one.links]
    claims = [((one.source, account), one.actor) for one in claimed for account in one.links]
    wanted = {word for (_, account), _ in claims for word in spellings_of(account)}
    called: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in handles if wanted else ():
        for word in wanted.intersection(one.called):
            called[one.source, word].add(one.actor)
    return _contested(claims, called)


def contested_in(community: CommunityRow, among: Iterable[Joinable]) -> set[Claim]:
    """Return the accounts that are not only one name's, of those these handles name."""
    named = {(one.source, account) for one in among for account in one.links}
    if not named:
        return set()
    here = HandleRow.objects.filter(community=community)
    rows = here.filter(source__in={source for source, _ in named}).exclude(links="")
    told = rows.values_list("source", "actor", "links")
    claims = [
        ((source, account), actor)
        for source, actor, links in told
        for account in links.split()
        if (source, account) in named
    ]
    called: dict[tuple[str, str], set[str]] = defaultdict(set)
    for source, account in named:
        words = spellings_of(account)
        for actor, *names in _called(community, source, words=words):
            for word in words.intersection(called_as(*names)):
                called[source, word].add(actor)
    return _contested(claims, called)


def _contested(
    claims: Collection[tuple[Claim, str]], called: dict[tuple[str, str], set[str]]
) -> set[Claim]:
    counts = Counter(claim for claim, _ in claims)
    found = {claim for claim, count in counts.items() if count > 1}
    for (source, account), actor in claims:
        theirs: set[str] = set()
        theirs.update(*(called.get((source, word), ()) for word in spellings_of(account)))
        if theirs and actor not in theirs:
            found.add((source, account))
    return found


_CALLED = ("name", "display_name", "user_name", "outside_id", "email")


def _called(community: CommunityRow, source: str, *, words: Collection[str]) -> Iterator[list[str]]:
    """Yield the handles of a source that one of these words may call."""
    lowered = {f"{name}_low": Lower(name) for name in _CALLED}
    either = reduce(or_, (Q(**{f"{name}_low__in": words}) for name in _CALLED[:-1]))
    for word in words:
        either |= Q(email__istartswith=f"{word}@")
    rows = HandleRow.objects.filter(community=community, source=source).alias(**lowered)
    yield from map(list, rows.filter(either).values_list("actor", *_CALLED))
