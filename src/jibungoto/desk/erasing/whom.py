"""Whom something is about: all names of one person, and what they go by in texts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import Q

from jibungoto.desk.acting import Acting
from jibungoto.desk.people.touch import person_numbered
from jibungoto.gather.people.mentioned import Terms, terms_of
from jibungoto.ledger.problems import NotAllowed
from jibungoto.ledger.words import Words
from jibungoto.records.models import (
    CommunityRow,
    HandleRow,
    LookAlikeRow,
    LookAlikeState,
    PersonRow,
    Role,
)

_MAY_ERASE = frozenset({Role.ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class Whom:
    """One person: all rows that are theirs, and the pseudonyms that an intake must not take in.

    ``actors`` are also those of names whose export was taken out, where somebody said before
    that they are the same person.
    """

    person: PersonRow
    people: tuple[PersonRow, ...]
    handles: tuple[HandleRow, ...]
    actors: frozenset[str]
    terms: Terms


def must_erase(acting: Acting) -> None:
    """Raise ``NotAllowed`` unless the role may hand out or erase what is kept of somebody."""
    if acting.role not in _MAY_ERASE:
        raise NotAllowed(
            Words(
                "消去と開示は、管理者だけができます。",
                "Only an administrator may hand out or erase what is kept of somebody.",
            ),
            Words(
                "コミュニティの管理者に依頼してください。",
                "Ask the administrator of this community.",
            ),
        )


def whom(acting: Acting, number: int) -> Whom:
    """Return everything that is one person's, by number; raises ``UnknownName``."""
    person = person_numbered(acting, number)
    own = set(person.handles.values_list("actor", flat=True))
    return whom_behind(acting.community, _said_to_be_one(acting.community, own), root=person)


def whom_behind(
    community: CommunityRow, actors: Collection[str], *, root: PersonRow | None = None
) -> Whom:
    """Return whom these pseudonyms are of, and nobody else they may be joined with."""
    handles = HandleRow.objects.filter(community=community, actor__in=actors).order_by("pk")
    people = {one.born_id or one.person_id for one in handles}
    if root is not None:
        people.add(root.pk)
    rows = tuple(PersonRow.objects.filter(pk__in=people).order_by("number"))
    listed = tuple(handles)
    return Whom(root or rows[0], rows, listed, frozenset(actors), _terms(rows, listed))


def _said_to_be_one(community: CommunityRow, actors: Collection[str]) -> set[str]:
    """Return these pseudonyms and all that people said are the same, whether here or not."""
    found = set(actors)
    said = LookAlikeRow.objects.filter(community=community, state=LookAlikeState.ACCEPTED)
    fresh = found
    while fresh:
        touching = said.filter(Q(one__in=fresh) | Q(other__in=fresh))
        pairs = touching.values_list("one", "other")
        fresh = {actor for pair in pairs for actor in pair} - found
        found |= fresh
    return found


def _terms(people: tuple[PersonRow, ...], handles: tuple[HandleRow, ...]) -> Terms:
    names = [one.name for one in people] + [one.reading for one in people]
    for handle in handles:
        names += [handle.name, handle.display_name, handle.reading]
    addresses = [text for one in handles for text in (one.email, one.typed_email)]
    ids = [one.outside_id for one in handles]
    plain = [id_.partition(":")[2] for id_ in ids if ":" in id_]
    return terms_of(
        _filled([*names, *(one for one in plain if "@" not in one)]),
        addresses=_filled([*addresses, *(one for one in plain if "@" in one)]),
        ids=_filled(ids),
    )


def _filled(texts: Collection[str]) -> Iterator[str]:
    return (text for text in texts if text.strip())
