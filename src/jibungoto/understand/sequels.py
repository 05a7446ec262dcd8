"""Who came again: to an event soon after their first, or to one of the next two of its series."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jibungoto.understand.gatherings import Gathering, Turnout
from jibungoto.understand.newcomers import Rate
from jibungoto.understand.thresholds import DEFAULTS, Thresholds
from jibungoto.understand.turnout import attendances

NEXT = 2
"""So many events of a series after somebody's first are looked at; the steps have it written in."""


@dataclass(frozen=True, slots=True)
class Sequels:
    """What followed an event in its series, and when it is known who came to that."""

    events: tuple[str, ...]
    known_at: int


def ret_event(
    turnout: Turnout, mode: str | None, *, until: int, thresholds: Thresholds = DEFAULTS
) -> Rate:
    """Return how many first-timers came again (domain.md 7.1).

    They came to another event that began within 180 x 24 hours, or to either of the next two of
    the series. Only events count of which all of that has been known for 90 days at most.
    """
    followed = sequels_of(turnout.events.values(), thresholds=thresholds)
    matured = {
        event.key
        for event in turnout.events.values()
        if 0 < until - _known_at(event, followed, thresholds=thresholds) <= thresholds.event_seconds
    }
    came = attendances(turnout, matured, mode=mode)
    firsts = [person for event, person in came if turnout.first_event(person).key == event]
    back = [
        one for one in firsts if _is_back(turnout, one, followed=followed, thresholds=thresholds)
    ]
    return Rate(len(back), len(firsts))


def _known_at(event: Gathering, followed: dict[str, Sequels], *, thresholds: Thresholds) -> int:
    alone = event.ended_at + thresholds.again_seconds
    in_series = followed.get(event.key)
    return alone if in_series is None else max(alone, in_series.known_at)


def _is_back(
    turnout: Turnout, person: int, *, followed: dict[str, Sequels], thresholds: Thresholds
) -> bool:
    first, again_at = turnout.first_event(person), turnout.again_at(person)
    if again_at is not None and again_at - first.starts_at < thresholds.again_seconds:
        return True
    events = followed[first.key].events if first.key in followed else ()
    return any(part.person == person and part.event in events for part in turnout.seen)


def sequels_of(
    events: Iterable[Gathering], *, thresholds: Thresholds = DEFAULTS
) -> dict[str, Sequels]:
    """Return for each event of a series the next two, and when they are over.

    A series that held nothing for 400 x 24 hours is over: after them nothing more is waited for.
    """
    series: dict[str, list[Gathering]] = {}
    for event in sorted(events, key=lambda event: (event.starts_at, event.key)):
        if event.told.series:
            series.setdefault(event.told.series, []).append(event)
    return {
        line[at].key: _after(line[at : at + NEXT + 1], rest=thresholds.rest_seconds)
        for line in series.values()
        for at in range(len(line))
    }


def _after(line: list[Gathering], *, rest: int) -> Sequels:
    found: list[str] = []
    last = line[0]
    for event in line[1:]:
        if event.starts_at - last.ended_at > rest:
            break
        found.append(event.key)
        last = event
    return Sequels(tuple(found), last.ended_at + (0 if len(found) == NEXT else rest))
