"""How events were attended: entries, reach, show, first-timers and how long people stayed (7.8)."""

from __future__ import annotations

from dataclasses import dataclass

from jibungoto.ledger.initiative import Mode
from jibungoto.ledger.kinds import Kind
from jibungoto.understand.gatherings import UNSAID, Gathering, Part, Turnout
from jibungoto.understand.newcomers import Rate
from jibungoto.understand.thresholds import DEFAULTS, Thresholds

VENUE, ONLINE = Mode.VENUE.value, Mode.ONLINE.value


@dataclass(frozen=True, slots=True)
class Share:
    """k of n, and how many more could not be told."""

    k: int
    n: int
    untold: int = 0

    @property
    def rate(self) -> Rate:
        """The share without what could not be told."""
        return Rate(self.k, self.n)


def ended_lately(
    turnout: Turnout, *, until: int, after: int = 0, thresholds: Thresholds = DEFAULTS
) -> list[Gathering]:
    """Return the events that ended in the 90 days before the moment ``after`` seconds ago."""
    return [
        event
        for event in turnout.events.values()
        if after < until - event.ended_at <= after + thresholds.event_seconds
    ]


def entries_total(
    turnout: Turnout, mode: str | None, *, until: int, thresholds: Thresholds = DEFAULTS
) -> int:
    """Return how many registrations of members stand, in one way or all together."""
    recent = {event.key for event in ended_lately(turnout, until=until, thresholds=thresholds)}
    return sum(
        part.event in recent and (mode is None or part.mode == mode) for part in turnout.entries
    )


def entries_gone(turnout: Turnout, *, until: int, thresholds: Thresholds = DEFAULTS) -> int:
    """Return how many registrations stand of which nobody knows whose they were."""
    recent = {event.key for event in ended_lately(turnout, until=until, thresholds=thresholds)}
    return sum(trace.event in recent and trace.person is None for trace in turnout.standing)


def events_without(
    turnout: Turnout, kind: Kind, *, until: int, thresholds: Thresholds = DEFAULTS
) -> int:
    """Return of how many events nothing of a kind is recorded."""
    recent = ended_lately(turnout, until=until, thresholds=thresholds)
    return sum(not turnout.is_told(event.key, kind=kind) for event in recent)


def reach_total(
    turnout: Turnout, mode: str | None, *, until: int, thresholds: Thresholds = DEFAULTS
) -> set[int]:
    """Return the members who were seen at any of the events, in one way or any."""
    recent = {event.key for event in ended_lately(turnout, until=until, thresholds=thresholds)}
    return {
        part.person
        for part in turnout.seen
        if part.event in recent and (mode is None or part.mode == mode)
    }


def heads_counted(
    turnout: Turnout, *, until: int, thresholds: Thresholds = DEFAULTS
) -> dict[str, int]:
    """Return how many people were only counted, where anybody counted."""
    recent = ended_lately(turnout, until=until, thresholds=thresholds)
    viewers = [event.told.viewers for event in recent if event.told.viewers is not None]
    attended = [event.told.attended for event in recent if event.told.attended is not None]
    counted = {"viewers": viewers, "attended": attended}
    return {name: sum(counts) for name, counts in counted.items() if counts}


def show(
    turnout: Turnout, mode: str | None, *, until: int, thresholds: Thresholds = DEFAULTS
) -> Share:
    """Return how many of those registered in a way were seen in it.

    A list on which nobody is marked says nothing, and neither does one that names other people:
    an event counts in a way only if four fifths of those seen in it registered. Over all ways each
    person counts once an event, and is there if seen in any way.
    """
    recent = {event.key for event in ended_lately(turnout, until=until, thresholds=thresholds)}
    entries = [part for part in turnout.entries if part.event in recent]
    told = [part for part in entries if turnout.is_matched(part.event, part.mode)]
    if mode is None:
        asked = {(part.event, part.person) for part in told}
        there = {(part.event, part.person) for part in turnout.seen}
        everybody = {(part.event, part.person) for part in entries}
        return Share(len(asked & there), len(asked), len(everybody - asked))
    there_so = [part for part in told if part.mode == mode and part in turnout.seen]
    asked_so = [part for part in told if part.mode == mode]
    return Share(
        len(there_so), len(asked_so), sum(part.mode == mode for part in entries) - len(asked_so)
    )


def anybody_seen(
    turnout: Turnout, mode: str | None, *, until: int, thresholds: Thresholds = DEFAULTS
) -> int:
    """Return how often anybody was seen, in one way or any, at events with registrations."""
    recent = {event.key for event in ended_lately(turnout, until=until, thresholds=thresholds)}
    asked = {part.event for part in turnout.entries if part.event in recent}
    return sum(part.event in asked and mode in {None, part.mode} for part in turnout.seen)


def no_show(share: Share) -> Share:
    """Return those who were registered and not seen: no source tells how late one cancelled."""
    return Share(share.n - share.k, share.n, share.untold)


def wait_conv(
    turnout: Turnout, mode: str | None, *, until: int, thresholds: Thresholds = DEFAULTS
) -> Share:
    """Return how many of those who got their seat from a waiting list were seen.

    As with ``show``, only events count of which those seen are known to have registered. While
    nobody is known to have got a seat so, one more is told to be untold.
    """
    recent = {event.key for event in ended_lately(turnout, until=until, thresholds=thresholds)}
    promoted = turnout.promoted & turnout.entries
    parts = [part for part in promoted if part.event in recent and mode in (None, part.mode)]
    told = [part for part in parts if turnout.is_matched(part.event, part.mode)]
    unknown = 0 if promoted else 1
    if mode is not None:
        came = sum(part in turnout.seen for part in told)
        return Share(came, len(told), len(parts) - len(told) + unknown)
    asked = {(part.event, part.person) for part in told}
    there = {(part.event, part.person) for part in turnout.seen}
    everybody = {(part.event, part.person) for part in parts}
    return Share(len(asked & there), len(asked), len(everybody - asked) + unknown)


def seat_use(turnout: Turnout, *, until: int, thresholds: Thresholds = DEFAULTS) -> list[float]:
    """Return, for each event at a venue alone, how many heads came for each seat there was.

    Everybody seen there takes a seat, whoever they are; where more heads were counted, those.
    """
    used = []
    for event in ended_lately(turnout, until=until, thresholds=thresholds):
        came = {
            trace.person if trace.person is not None else trace.record
            for trace in turnout.traces
            if trace.event == event.key
            and trace.mode == VENUE
            and trace.activity.kind is Kind.ATTENDANCE
        }
        counted = event.told.attended
        if event.mode == VENUE and event.told.capacity and (came or counted is not None):
            used.append(max(len(came), counted or 0) / event.told.capacity)
    return sorted(used)


def switch(turnout: Turnout, *, until: int, thresholds: Thresholds = DEFAULTS) -> Share:
    """Return how many registered for the venue alone were seen online and not there.

    Only events count of which those seen online are known to have registered; of the others with
    guests online it is untold who switched.
    """
    recent = {event.key for event in ended_lately(turnout, until=until, thresholds=thresholds)}
    alone = [
        part
        for part in turnout.entries
        if part.event in recent
        and part.mode == VENUE
        and Part(part.event, ONLINE, part.person) not in turnout.entries
    ]
    could = [part for part in alone if turnout.is_matched(part.event, ONLINE)]
    did = [
        part
        for part in could
        if part not in turnout.seen and Part(part.event, ONLINE, part.person) in turnout.seen
    ]
    online = {part.event for part in turnout.seen if part.mode == ONLINE}
    untold = [part for part in alone if part not in could and part.event in online]
    return Share(len(did), len(could), len(untold))


def first_time_rate(
    turnout: Turnout, mode: str | None, *, until: int, thresholds: Thresholds = DEFAULTS
) -> Rate:
    """Return how many attendances were the first of that person in the community."""
    recent = {event.key for event in ended_lately(turnout, until=until, thresholds=thresholds)}
    came = attendances(turnout, recent, mode=mode)
    newly = [one for one in came if turnout.first_event(one[1]).key == one[0]]
    return Rate(len(newly), len(came))


def attendances(turnout: Turnout, events: set[str], *, mode: str | None) -> set[tuple[str, int]]:
    """Return who came to which of the events, in one way that was said or in any."""
    return {
        (part.event, part.person)
        for part in turnout.seen
        if part.event in events and (mode is None or part.mode == mode != UNSAID)
    }


def stays(
    turnout: Turnout, *, until: int, thresholds: Thresholds = DEFAULTS
) -> list[tuple[int, int]]:
    """Return minutes stayed online and how many seconds that event lasted, for each stay."""
    recent = {event.key for event in ended_lately(turnout, until=until, thresholds=thresholds)}
    return [
        (minutes, event.ended_at - event.starts_at)
        for part, minutes in turnout.minutes.items()
        if part.mode == ONLINE and part.event in recent
        for event in [turnout.events[part.event]]
    ]


def shares_stayed(found: list[tuple[int, int]]) -> list[float]:
    """Return the part of the event each stayed for, at most the whole."""
    return [min(minutes * 60, lasted) / lasted for minutes, lasted in found if lasted > 0]
