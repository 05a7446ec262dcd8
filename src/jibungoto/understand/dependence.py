"""On how few people a community depends, and how far on its staff (domain.md 7.7, BR19)."""

from __future__ import annotations

from collections import Counter
from datetime import date

from jibungoto.ledger.kinds import ActClass
from jibungoto.ledger.person import PersonKind
from jibungoto.understand.acts import HELPING, MEMBER, Act
from jibungoto.understand.log import Standing
from jibungoto.understand.measure import quarter_before
from jibungoto.understand.newcomers import Rate
from jibungoto.understand.starts import Sustaining

EFFORTS = (ActClass.CONTRIBUTE, ActClass.START, ActClass.SUSTAIN)


def efforts_of(acts: list[Act], sustaining: list[Sustaining], *, as_of: date) -> dict[int, int]:
    """Return how often each member contributed, started or sustained in the last whole quarter.

    An act that does two of these counts once.
    """
    return dict(Counter(act.person for act in _efforts(acts, sustaining, as_of=as_of)))


def efforts_by_organisation(
    acts: list[Act], sustaining: list[Sustaining], *, who: list[Standing], as_of: date
) -> dict[tuple[bool, int], int]:
    """Return the same by organisation, as (True, its number) or, where unknown, (False, person).

    Somebody belongs where a person has said they belong on the day of the act.
    """
    spans: dict[int, list[Standing]] = {}
    for standing in who:
        if standing.organisation is not None:
            spans.setdefault(standing.person, []).append(standing)
    counted: Counter[tuple[bool, int]] = Counter()
    for act in _efforts(acts, sustaining, as_of=as_of):
        held = [one.organisation for one in spans.get(act.person, []) if one.holds_on(act.day)]
        known = min((one for one in held if one is not None), default=None)
        counted[(False, act.person) if known is None else (True, known)] += 1
    return dict(counted)


def _efforts(acts: list[Act], sustaining: list[Sustaining], *, as_of: date) -> list[Act]:
    kept = {each.act.told.row for each in sustaining}
    return [
        act
        for act in _in_quarter(acts, as_of)
        if act.capacity is MEMBER and (act.act_class in EFFORTS or act.told.row in kept)
    ]


def staff_helps(acts: list[Act], as_of: date) -> Rate:
    """Return how much of what people did for others in the quarter was done by staff."""
    return _by_staff([act for act in _in_quarter(acts, as_of) if act.act_class in HELPING])


def staff_starts(acts: list[Act], as_of: date) -> Rate:
    """Return how much of what people started in the quarter was started by staff."""
    return _by_staff([act for act in _in_quarter(acts, as_of) if act.act_class is ActClass.START])


def _by_staff(acts: list[Act]) -> Rate:
    people = [act for act in acts if act.capacity is not PersonKind.BOT]
    return Rate(sum(act.capacity is PersonKind.STAFF for act in people), len(people))


def _in_quarter(acts: list[Act], as_of: date) -> list[Act]:
    begins, ends = quarter_before(as_of)
    return [act for act in acts if begins <= act.day < ends]
