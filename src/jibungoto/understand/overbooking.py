"""How many registrations to accept for so many seats, from who came to events like it (7.8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, variance

from jibungoto.understand.gatherings import Turnout
from jibungoto.understand.turnout import VENUE

ENOUGH_EVENTS = 5
"""From so many events on, how their rates differ is known from themselves."""

COMPARED = 20
"""Of so many events at most, the newest, the rates are compared: people and habits change."""

RISK = 0.05
_LEAST, _MOST = 2.0, 999.0
_FURTHEST = 10
"""Nobody accepts more than so many for each seat, however few are known to come."""


@dataclass(frozen=True, slots=True)
class Shown:
    """How many registered for a seat at an event, and how many of them came."""

    event: str
    registered: int
    came: int


@dataclass(frozen=True, slots=True)
class Turnouts:
    """What is believed of the share who come: a beta distribution by its two parameters."""

    a: float
    b: float


FREE, PAID = Turnouts(6.75, 3.25), Turnouts(9.01, 0.99)
"""What is believed before any event of one's own: free events, and those that cost money.

Peatix, 1,023 events with check-in, about 2016-17: 67.5 % came of free ones, 90.1 % of paid ones.
Of online events no such figure holds; nothing is believed of them beforehand.
"""


def shown(turnout: Turnout, *, until: int) -> list[Shown]:
    """Return what became of the registrations of each event that is over, the newest first.

    Only of events at which those seen are known to have registered, as with the show rate.
    """
    over = sorted(
        (event for event in turnout.events.values() if event.ended_at < until),
        key=lambda event: (-event.starts_at, event.key),
    )
    found = []
    for event in over:
        asked = {one for one in turnout.entries if (one.event, one.mode) == (event.key, VENUE)}
        if asked and turnout.is_matched(event.key, VENUE):
            found.append(Shown(event.key, len(asked), len(asked & turnout.seen)))
    return found


def turnouts(events: Sequence[tuple[int, int]], *, before: Turnouts = FREE) -> Turnouts:
    """Return what is believed after events of (came, registered), all of them comparable.

    Five and more tell by the mean of their rates and by how far these spread beyond what chance
    alone would make them; fewer are added up to what was believed ``before``.
    """
    told = [(came, asked) for came, asked in events if asked > 0]
    if len(told) < ENOUGH_EVENTS:
        came, asked = sum(one for one, _ in told), sum(one for _, one in told)
        return Turnouts(before.a + came, before.b + asked - came)
    rates = [min(came, asked) / asked for came, asked in told]
    mean = fmean(rates)
    chance = fmean(mean * (1 - mean) / asked for _, asked in told)
    beyond = variance(rates) - chance
    whole = mean * (1 - mean) / beyond - 1 if beyond > 0 else _MOST
    whole = min(max(whole, _LEAST), _MOST)
    return Turnouts(mean * whole, (1 - mean) * whole)


def most_to_accept(seats: int, believed: Turnouts, *, risk: float = RISK) -> int:
    """Return the most registrations with which more than ``seats`` come at most so rarely.

    As many as there are seats can always be accepted: nobody can be turned away then. No more are
    where everybody came, or nobody, to all that is known of: that leaves nothing to reckon with.
    """
    if min(believed.a, believed.b) <= 0:
        return seats
    low, high = seats, max(seats, _FURTHEST * seats)
    while low < high:
        tried = (low + high + 1) // 2
        if _more_than(seats, tried, believed=believed) <= risk:
            low = tried
        else:
            high = tried - 1
    return low


def _more_than(seats: int, asked: int, *, believed: Turnouts) -> float:
    """Return how likely more than ``seats`` of those ``asked`` come: the beta-binomial's tail."""
    import numpy as np
    from scipy.special import betaln

    came = np.arange(seats + 1, asked + 1)
    chosen = -np.log(asked + 1) - betaln(came + 1, asked - came + 1)
    share = betaln(came + believed.a, asked - came + believed.b) - betaln(believed.a, believed.b)
    return float(np.exp(chosen + share).sum())
