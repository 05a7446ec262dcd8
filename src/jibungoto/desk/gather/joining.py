"""Who is one person: handles that links join, worked out again whenever a link comes or goes.

A link is a verified address that two handles share, or a look-alike that a person accepted. The
persons in effect are the components of the links, so the order in which links came does not
matter, and taking one away gives back what was there before it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any, TypeVar

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower

from jibungoto.desk.gather.declared import Claim, contested_in, declared
from jibungoto.desk.gather.joinable import NAMED, Joinable, Pair, as_address, in_order, linking
from jibungoto.desk.gather.naming import name_people
from jibungoto.gather.people.look_alikes import CROWDED, is_proof
from jibungoto.records.models import (
    CommunityRow,
    HandleRow,
    LookAlikeRow,
    LookAlikeState,
    PersonRow,
)

AT_ONCE = 2_000
"""How many keys every database takes as parameters of one query."""

Key = TypeVar("Key", int, str)


@dataclass(frozen=True, slots=True)
class Joined:
    """Who is one person: which handles move to whom, whom persons point to, who gets a name."""

    moved: dict[int, int]
    persons: dict[int, int]
    to_name: set[int]


def joined(handles: Collection[Joinable], links: Iterable[Pair]) -> Joined:
    """Return who is one person among these handles: whole components of all links there are."""
    roots = _roots(handles, links)
    moved = [one for one in handles if one.person != roots[one.actor].born]
    return Joined(
        moved={one.pk: roots[one.actor].born for one in moved},
        persons={one.born: roots[one.actor].born for one in handles},
        to_name=_to_name(handles, moved, roots=roots),
    )


def join_again(community: CommunityRow, among: Collection[int]) -> bool:
    """Work out who is one person, inside the caller's transaction; say whether anything changed.

    ``among`` are the keys of handles to look at: whole components, before and after the change.
    """
    handles = loaded(among)
    now = joined(handles, links(community, handles))
    changed = _point(now.persons)
    for root, group in _by_root(now.moved).items():
        for some in chunks(group):
            HandleRow.objects.filter(pk__in=some).update(person_id=root)
    for some in chunks(sorted(now.to_name)):
        name_people(some)
    settle(community, [one.actor for one in handles])
    return bool(now.moved or changed)


def component_of(handles: Iterable[HandleRow]) -> set[int]:
    """Return the keys of all handles that are one person with one of these."""
    people = {handle.person_id for handle in handles}
    return set(HandleRow.objects.filter(person__in=people).values_list("pk", flat=True))


_COLUMNS = (
    *("pk", "actor", "email", "person_id", "born_id", "born__number", "person__number"),
    *("source", "links", *NAMED),
)


def loaded(keys: Collection[int]) -> list[Joinable]:
    """Return these handles as joining sees them."""
    return [
        _joinable(*row)
        for some in chunks(sorted(keys))
        for row in HandleRow.objects.filter(pk__in=some).values_list(*_COLUMNS)
    ]


def all_loaded(community: CommunityRow) -> list[Joinable]:
    """Return all handles of a community as joining sees them."""
    rows = HandleRow.objects.filter(community=community).order_by("pk")
    return [_joinable(*row) for row in rows.values_list(*_COLUMNS)]


def _joinable(pk: int, actor: str, *more: Any) -> Joinable:
    email, person, born, number, same, source, accounts, *names = more
    keys = (pk, actor, as_address(email), person, born or person, number or same)
    facts = dict(zip(NAMED, names, strict=True)) | {"links": accounts, "email": email}
    return Joinable(*keys, source, **linking(source, facts))


def links(community: CommunityRow, handles: Collection[Joinable]) -> Iterator[Pair]:
    """Yield the links between these handles."""
    said = decided(community, {one.actor for one in handles})
    return linked(
        handles,
        said,
        crowded=_crowded(community) if _shared(handles) else (),
        contested=contested_in(community, handles),
    )


def decided(
    community: CommunityRow, actors: Collection[str] | None = None
) -> dict[Pair, LookAlikeState]:
    """Return what people said of pairs of these handles, or of all."""
    rows = LookAlikeRow.objects.filter(
        community=community, state__in=[LookAlikeState.ACCEPTED, LookAlikeState.REJECTED]
    )
    told = _touching(rows, actors, first=True)
    return {(one, other): LookAlikeState(state) for one, other, state in told}


def linked(
    handles: Collection[Joinable],
    said: Mapping[Pair, LookAlikeState],
    *,
    crowded: Collection[str],
    contested: Collection[Claim] = (),
) -> Iterator[Pair]:
    """Yield the links that words, addresses and profiles make between these handles."""
    here = {one.actor for one in handles}
    for (one, other), state in said.items():
        if state == LookAlikeState.ACCEPTED and one in here and other in here:
            yield one, other
    for pair in (*_pairs(_shared(handles), crowded), *declared(handles, contested)):
        if said.get(pair) != LookAlikeState.REJECTED:
            yield pair


def proven(community: CommunityRow, handles: Iterable[Joinable]) -> Iterator[Pair]:
    """Yield every two handles that an address or a declared account joins.

    An address that very many share proves nothing.
    """
    listed = list(handles)
    shared = _shared(listed)
    yield from _pairs(shared, _crowded(community) if shared else ())
    if any(one.links for one in listed):
        yield from declared(listed, contested_in(community, listed))


def _pairs(shared: Mapping[str, list[str]], crowded: Collection[str]) -> Iterator[Pair]:
    for address, group in shared.items():
        if address not in crowded:
            yield from (in_order(*pair) for pair in combinations(group, 2))


def _shared(handles: Iterable[Joinable]) -> dict[str, list[str]]:
    """Return the addresses of one person's own that several of these handles have."""
    groups: dict[str, list[str]] = defaultdict(list)
    for one in handles:
        if one.email:
            groups[one.email].append(one.actor)
    return {
        address: group for address, group in groups.items() if len(group) > 1 and is_proof(address)
    }


def crowded_among(handles: Iterable[Joinable]) -> set[str]:
    """Return the addresses that more handles share than one person has, of all there are."""
    counted = Counter(one.email for one in handles if one.email)
    return {address for address, count in counted.items() if count > CROWDED}


def _crowded(community: CommunityRow) -> set[str]:
    """Return the addresses that more handles of the community share than one person has."""
    addressed = HandleRow.objects.filter(community=community).exclude(email="")
    groups = addressed.values(address=Lower("email")).annotate(count=Count("pk"))
    return set(groups.filter(count__gt=CROWDED).values_list("address", flat=True))


def _touching(
    rows: QuerySet[LookAlikeRow], actors: Collection[str] | None, *, first: bool = False
) -> Iterator[tuple[str, str, str]]:
    """Yield pair and state of the look-alikes of these handles (named first), or of all."""
    columns = ("one", "other", "state")
    if actors is None:
        yield from rows.values_list(*columns)
        return
    for some in chunks(sorted(actors)):
        is_here = Q(one__in=some) if first else Q(one__in=some) | Q(other__in=some)
        yield from rows.filter(is_here).values_list(*columns)


def _roots(handles: Iterable[Joinable], links: Iterable[Pair]) -> dict[str, Joinable]:
    """Return for each pseudonym the handle whose person was there first in its component."""
    known = {one.actor: one for one in handles}
    above = {actor: actor for actor in known}

    def top(actor: str) -> str:
        while above[actor] != actor:
            above[actor] = actor = above[above[actor]]
        return actor

    for pair in links:
        older, newer = sorted((top(one) for one in pair), key=lambda one: known[one].number)
        above[newer] = older
    return {actor: known[top(actor)] for actor in known}


def _by_root(moved: Mapping[int, int]) -> dict[int, list[int]]:
    groups: dict[int, list[int]] = defaultdict(list)
    for pk, root in moved.items():
        groups[root].append(pk)
    return groups


def _to_name(
    handles: Iterable[Joinable], moved: Iterable[Joinable], *, roots: dict[str, Joinable]
) -> set[int]:
    """Return the persons whose name may change: who gains a name, and who had several."""
    had = Counter(one.person for one in handles)
    gains = {roots[one.actor].born for one in moved}
    return gains | {one.person for one in moved if had[one.person] > 1}


def _point(persons: dict[int, int]) -> set[int]:
    """Point each person to the one in effect; return those that point elsewhere than before."""
    changed: dict[int | None, list[int]] = defaultdict(list)
    for some in chunks(sorted(persons)):
        rows = PersonRow.objects.filter(pk__in=some).values_list("pk", "merged_into_id")
        for pk, before in rows:
            now = None if persons[pk] == pk else persons[pk]
            if before != now:
                changed[now].append(pk)
    for root, group in changed.items():
        for some in chunks(group):
            PersonRow.objects.filter(pk__in=some).update(merged_into=root)
    return {pk for group in changed.values() for pk in group}


Waiting = tuple[str, str, int, bool]
"""An undecided look-alike: its pair, its key, and whether other decisions settle it."""


def settle(community: CommunityRow, actors: Collection[str] | None = None) -> None:
    """Mark the proposals that other decisions settle: one person already, or said not to be."""
    rejected, waiting = undecided(community, actors)
    pairs = [*rejected, *(row[:2] for row in waiting)]
    of = person_of(community, {actor for pair in pairs for actor in pair})
    turned: dict[bool, list[int]] = {True: [], False: []}
    for pk, now in newly_settled(waiting, of, apart=parted(rejected, of)).items():
        turned[now].append(pk)
    for now, keys in turned.items():
        for some in chunks(keys):
            LookAlikeRow.objects.filter(pk__in=some).update(is_answered=now)


def undecided(
    community: CommunityRow, actors: Collection[str] | None = None
) -> tuple[list[Pair], list[Waiting]]:
    """Return the rejected pairs of these handles, or of all, and those nobody has decided."""
    rows = LookAlikeRow.objects.filter(community=community)
    open_ones = rows.filter(state__in=[LookAlikeState.OPEN, LookAlikeState.LATER])
    rejected = _touching(rows.filter(state=LookAlikeState.REJECTED), actors)
    return [row[:2] for row in rejected], list(_waiting(open_ones, actors))


def newly_settled(
    waiting: Iterable[Waiting], of: Mapping[str, int], *, apart: set[frozenset[int]]
) -> dict[int, bool]:
    """Return by their keys the proposals that turn settled, or open again."""
    now = {pk: is_settled((one, other), of, apart=apart) for one, other, pk, _ in waiting}
    return {pk: now[pk] for _, _, pk, before in waiting if now[pk] != before}


def _waiting(rows: QuerySet[LookAlikeRow], actors: Collection[str] | None) -> Iterator[Waiting]:
    columns = ("one", "other", "pk", "is_answered")
    if actors is None:
        yield from rows.values_list(*columns)
        return
    for some in chunks(sorted(actors)):
        yield from rows.filter(Q(one__in=some) | Q(other__in=some)).values_list(*columns)


def person_of(community: CommunityRow, actors: Collection[str]) -> dict[str, int]:
    """Return the person in effect behind each of these pseudonyms that has a handle."""
    handles = HandleRow.objects.filter(community=community)
    found: dict[str, int] = {}
    for some in chunks(sorted(actors)):
        found.update(handles.filter(actor__in=some).values_list("actor", "person_id"))
    return found


def parted(rejected: Iterable[Pair], of: Mapping[str, int]) -> set[frozenset[int]]:
    """Return the persons that somebody said are two."""
    pairs = ((of.get(one), of.get(other)) for one, other in rejected)
    return {frozenset((p, q)) for p, q in pairs if p is not None and q is not None}


def is_settled(pair: Pair, of: Mapping[str, int], *, apart: set[frozenset[int]]) -> bool:
    """Say whether what is decided of others answers this pair too."""
    p, q = of.get(pair[0]), of.get(pair[1])
    if p is None or q is None:
        return False
    return p == q or frozenset((p, q)) in apart


def chunks(keys: list[Key]) -> Iterator[list[Key]]:
    """Hand out keys in lists that every database takes as parameters of one query."""
    for start in range(0, len(keys), AT_ONCE):
        yield keys[start : start + AT_ONCE]
