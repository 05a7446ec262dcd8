"""Who is one person: handles that links join, worked out again whenever a link comes or goes.

A link is a verified address that two handles share, or a look-alike that a person accepted. The
persons in effect are the components of the links, so the order in which links came does not
matter, and taking one away gives back what was there before it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Lower

from jibungoto.desk.gather.naming import name_people
from jibungoto.gather.look_alikes import CROWDED, is_proof
from jibungoto.records.models import (
    CommunityRow,
    HandleRow,
    LookAlikeRow,
    LookAlikeState,
    PersonRow,
)

AT_ONCE = 2_000
"""How many keys every database takes as parameters of one query."""

Pair = tuple[str, str]
Key = TypeVar("Key", int, str)


@dataclass(frozen=True, slots=True)
class Joinable:
    """A handle as joining sees it: its pseudonym, its verified address, its own person."""

    pk: int
    actor: str
    email: str
    person: int
    born: int
    number: int


def in_order(one: str, other: str) -> Pair:
    """Return two pseudonyms the way look-alikes name them: the smaller first."""
    return (one, other) if one < other else (other, one)


def join_again(community: CommunityRow, among: Collection[int] | None = None) -> bool:
    """Work out who is one person, inside the caller's transaction; say whether anything changed.

    ``among`` are the keys of handles to look at: whole components, before and after the change.
    None looks at every handle that a link touches or has touched.
    """
    handles = loaded(involved(community) if among is None else among)
    roots = _roots(handles, links(community, handles, every=among is None))
    moved = [one for one in handles if one.person != roots[one.actor].born]
    persons = {one.born: roots[one.actor].born for one in handles}
    changed = _point(persons)
    for root, group in _by_root(moved, roots).items():
        for some in chunks(group):
            HandleRow.objects.filter(pk__in=some).update(person_id=root)
    for some in chunks(sorted(_to_name(handles, moved, roots=roots))):
        name_people(some)
    settle(community, None if among is None else [one.actor for one in handles])
    return bool(moved or changed)


def involved(community: CommunityRow) -> set[int]:
    """Return the keys of all handles that are linked to another, or were a moment ago."""
    handles = HandleRow.objects.filter(community=community)
    addressed = handles.exclude(email="").annotate(address=Lower("email"))
    shared = addressed.values("address").annotate(count=Count("pk")).filter(count__gt=1)
    accepted = LookAlikeRow.objects.filter(community=community, state=LookAlikeState.ACCEPTED)
    found = (
        addressed.filter(address__in=shared.values("address")),
        handles.filter(born__isnull=False).exclude(person=F("born")),
        handles.filter(person__merged__isnull=False),
        handles.filter(actor__in=accepted.values("one")),
        handles.filter(actor__in=accepted.values("other")),
    )
    return {key for rows in found for key in rows.values_list("pk", flat=True)}


def component_of(handles: Iterable[HandleRow]) -> set[int]:
    """Return the keys of all handles that are one person with one of these."""
    people = {handle.person_id for handle in handles}
    return set(HandleRow.objects.filter(person__in=people).values_list("pk", flat=True))


def loaded(keys: Collection[int]) -> list[Joinable]:
    """Return these handles as joining sees them."""
    columns = ("pk", "actor", "email", "person_id", "born_id", "born__number", "person__number")
    handles = []
    for some in chunks(sorted(keys)):
        for pk, actor, email, person, born, number, same in HandleRow.objects.filter(
            pk__in=some
        ).values_list(*columns):
            address = email.strip().casefold()
            handles.append(Joinable(pk, actor, address, person, born or person, number or same))
    return handles


def links(
    community: CommunityRow, handles: Collection[Joinable], *, every: bool = False
) -> Iterator[Pair]:
    """Yield the links between these handles; ``every`` says that these are all there are."""
    here = {one.actor for one in handles}
    decided = LookAlikeRow.objects.filter(
        community=community, state__in=[LookAlikeState.ACCEPTED, LookAlikeState.REJECTED]
    )
    said = {
        (one, other): state
        for one, other, state in _touching(decided, None if every else here, first=True)
    }
    for (one, other), state in said.items():
        if state == LookAlikeState.ACCEPTED and one in here and other in here:
            yield one, other
    for pair in proven(community, handles):
        if said.get(pair) != LookAlikeState.REJECTED:
            yield pair


def proven(community: CommunityRow, handles: Iterable[Joinable]) -> Iterator[Pair]:
    """Yield every two handles of one verified address; one that very many share proves nothing."""
    groups: dict[str, list[str]] = defaultdict(list)
    for one in handles:
        if one.email and is_proof(one.email):
            groups[one.email].append(one.actor)
    shared = {address: group for address, group in groups.items() if len(group) > 1}
    crowded = _crowded(community) if shared else set()
    for address, group in shared.items():
        if address not in crowded:
            yield from (in_order(*pair) for pair in combinations(group, 2))


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


def _by_root(moved: Iterable[Joinable], roots: dict[str, Joinable]) -> dict[int, list[int]]:
    groups: dict[int, list[int]] = defaultdict(list)
    for one in moved:
        groups[roots[one.actor].born].append(one.pk)
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


def settle(community: CommunityRow, actors: Collection[str] | None = None) -> None:
    """Mark the proposals that other decisions settle: one person already, or said not to be."""
    rows = LookAlikeRow.objects.filter(community=community)
    undecided = rows.filter(state__in=[LookAlikeState.OPEN, LookAlikeState.LATER])
    rejected = list(_touching(rows.filter(state=LookAlikeState.REJECTED), actors))
    waiting = list(_waiting(undecided, actors))
    pairs = [row[:2] for row in rejected] + [row[:2] for row in waiting]
    of = person_of(community, {actor for pair in pairs for actor in pair})
    apart = parted(rejected, of)
    turned: dict[bool, list[int]] = {True: [], False: []}
    for one, other, pk, before in waiting:
        now = is_settled(in_order(one, other), of, apart=apart)
        if now != before:
            turned[now].append(pk)
    for now, keys in turned.items():
        for some in chunks(keys):
            LookAlikeRow.objects.filter(pk__in=some).update(is_answered=now)


def forget_proposals(community: CommunityRow, actors: Collection[str]) -> None:
    """Drop the open proposals of handles that go; what a person decided stays."""
    rows = LookAlikeRow.objects.filter(community=community, state=LookAlikeState.OPEN)
    for some in chunks(sorted(actors)):
        rows.filter(Q(one__in=some) | Q(other__in=some)).delete()


def _waiting(
    rows: QuerySet[LookAlikeRow], actors: Collection[str] | None
) -> Iterator[tuple[str, str, int, bool]]:
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


def parted(rejected: Iterable[tuple[str, str, str]], of: dict[str, int]) -> set[frozenset[int]]:
    """Return the persons that somebody said are two."""
    pairs = ((of.get(one), of.get(other)) for one, other, _ in rejected)
    return {frozenset((p, q)) for p, q in pairs if p is not None and q is not None}


def is_settled(pair: Pair, of: dict[str, int], *, apart: set[frozenset[int]]) -> bool:
    """Say whether what is decided of others answers this pair too."""
    p, q = of.get(pair[0]), of.get(pair[1])
    if p is None or q is None:
        return False
    return p == q or frozenset((p, q)) in apart


def chunks(keys: list[Key]) -> Iterator[list[Key]]:
    """Hand out keys in lists that every database takes as parameters of one query."""
    for start in range(0, len(keys), AT_ONCE):
        yield keys[start : start + AT_ONCE]
