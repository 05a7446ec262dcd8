"""Proposals as a person looks at them: both sides with their evidence, and why they may be one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from jibungoto.desk.acting import Acting
from jibungoto.desk.gather.decide import How
from jibungoto.gather.people.reasons import Reason
from jibungoto.ledger.words import Words
from jibungoto.records.models import (
    HandleRow,
    HandleSeenRow,
    InitiativeRow,
    LookAlikeRow,
    LookAlikeState,
)

DECIDED = (LookAlikeState.ACCEPTED, LookAlikeState.REJECTED)

BY_HAND = Words("人が決めた", "decided by a person")
THEY_SAID = Words("本人の申し出({how}、聞いた人: {who})", "they said so ({how}, heard by {who})")


@dataclass(frozen=True, slots=True)
class Side:
    """One of two handles: its row, what the log tells of it, and who it is one person with."""

    handle: HandleRow
    seen: HandleSeenRow | None
    places: tuple[str, ...]
    address: str
    others: tuple[HandleRow, ...]


@dataclass(frozen=True, slots=True)
class TwoSides:
    """A proposal: the one who was here first on the left, and the reasons in words.

    A side is None once the export that brought its handle has been taken out.
    """

    row: LookAlikeRow
    one: Side | None
    other: Side | None
    reasons: tuple[Words, ...]


def proposals(acting: Acting, *, state: LookAlikeState) -> QuerySet[LookAlikeRow]:
    """Return the proposals that wait (open, or put off till later), the likeliest first."""
    rows = LookAlikeRow.objects.filter(community=acting.community, state=state, is_answered=False)
    return rows.order_by("-score", "pk")


def decided(acting: Acting) -> QuerySet[LookAlikeRow]:
    """Return what somebody has decided, the newest first."""
    rows = LookAlikeRow.objects.filter(community=acting.community, state__in=DECIDED)
    return rows.filter(at__isnull=False).select_related("heard_by").order_by("-at", "-pk")


def counts(acting: Acting) -> dict[str, int]:
    """Return how many proposals are open, put off, and decided."""
    return {
        "open": proposals(acting, state=LookAlikeState.OPEN).count(),
        "later": proposals(acting, state=LookAlikeState.LATER).count(),
        "answered": decided(acting).count(),
    }


def answered_by(acting: Acting, row: LookAlikeRow) -> list[int]:
    """Return the proposals about the same two persons that a decision may have settled."""
    here = HandleRow.objects.filter(community=acting.community, actor__in=(row.one, row.other))
    people = list(here.values_list("person_id", flat=True))
    actors = HandleRow.objects.filter(person__in=people).values("actor")
    rows = LookAlikeRow.objects.filter(community=acting.community, is_answered=True)
    about = rows.filter(one__in=actors) | rows.filter(other__in=actors)
    return list(about.values_list("pk", flat=True))


def two_sided(acting: Acting, rows: Iterable[LookAlikeRow]) -> list[TwoSides]:
    """Return these proposals with both sides, in the order given."""
    listed = list(rows)
    actors = {actor for row in listed for actor in (row.one, row.other)}
    handles = HandleRow.objects.filter(community=acting.community, actor__in=actors)
    found = {
        one.actor: one
        for one in handles.select_related("person", "seen").prefetch_related("person__handles")
    }
    names = _place_names(acting, found.values())
    sides = {actor: _side(handle, names) for actor, handle in found.items()}
    return [_both(row, sides) for row in listed]


def _both(row: LookAlikeRow, sides: dict[str, Side]) -> TwoSides:
    one, other = (sides.get(actor) for actor in (row.one, row.other))
    if one and other and other.handle.pk < one.handle.pk:
        one, other = other, one
    known = {reason.value for reason in Reason}
    reasons = tuple(Reason(said).words for said in row.reasons if said in known)
    reasons = (*_said_by_themselves(row), *reasons)
    return TwoSides(row, one, other, reasons or (BY_HAND,))


def _said_by_themselves(row: LookAlikeRow) -> tuple[Words, ...]:
    """Return that the member said so, how, and who of the team heard it; nothing else."""
    if row.how not in set(How):
        return ()
    who = row.heard_by.name if row.heard_by else "–"
    how = How(row.how).words
    return (
        Words(THEY_SAID.ja.format(how=how.ja, who=who), THEY_SAID.en.format(how=how.en, who=who)),
    )


def _side(handle: HandleRow, names: dict[str, str]) -> Side:
    seen = getattr(handle, "seen", None)
    return Side(
        handle=handle,
        seen=seen,
        places=tuple(names.get(key, key) for key in seen.places) if seen else (),
        address=masked(handle.email or handle.typed_email),
        others=tuple(one for one in handle.person.handles.all() if one.pk != handle.pk),
    )


_SHOWN_OF_LOCAL = 3


def masked(address: str) -> str:
    """Return an e-mail address as far as comparing two needs it.

    Of what stands before the @ up to three letters are shown, never more than half of them, and
    how many there are; the domain is shown whole: ``aki…(9)@host.jp``.
    """
    local, at, domain = address.strip().partition("@")
    shown = local[: max(1, min(_SHOWN_OF_LOCAL, len(local) // 2))]
    return f"{shown}…({len(local)})@{domain}" if at and local else ""


def called(handle: HandleRow) -> str:
    """Return the user name of a handle, empty where its source gives it none that people write."""
    told = handle.outside_id
    is_name = told.islower() and "@" not in told and ":" not in told
    return handle.user_name or (told if is_name else "")


def linked_by_address(handles: Iterable[HandleRow]) -> set[str]:
    """Return the pseudonyms among one person's handles that a verified address joins."""
    by_address: dict[str, list[str]] = {}
    for one in handles:
        if one.email:
            by_address.setdefault(one.email.strip().casefold(), []).append(one.actor)
    return {actor for group in by_address.values() if len(group) > 1 for actor in group}


def _place_names(acting: Acting, handles: Iterable[HandleRow]) -> dict[str, str]:
    """Return the shown names of the places these handles were seen in, by their keys."""
    keys = {key for one in handles if (seen := getattr(one, "seen", None)) for key in seen.places}
    rows = InitiativeRow.objects.filter(community=acting.community, key__in=keys)
    return dict(rows.values_list("key", "name"))
