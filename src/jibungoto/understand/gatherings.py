"""Who registered for an event and who was seen there, each person once a way (domain.md 7.8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jibungoto.ledger.initiative import InitiativeKind, Mode
from jibungoto.ledger.kinds import Kind
from jibungoto.understand.acts import MEMBER, spans_by_actor, standing_on
from jibungoto.understand.log import Log, LoggedActivity, LoggedInitiative

UNSAID = "unsaid"
"""The way of taking part where neither the ticket nor the event says it."""

WAYS = (Mode.VENUE.value, Mode.ONLINE.value)
TRACES = (Kind.REGISTRATION, Kind.WAITING, Kind.CANCELLATION, Kind.ATTENDANCE)


@dataclass(frozen=True, slots=True)
class Gathering:
    """An event that was held; times in UTC seconds. One without an end ends as it begins."""

    told: LoggedInitiative
    starts_at: int
    ended_at: int

    @property
    def key(self) -> str:
        """Its key among the initiatives."""
        return self.told.key

    @property
    def mode(self) -> str:
        """How everybody takes part, if all do so alike."""
        return self.told.mode.value if self.told.mode in (Mode.VENUE, Mode.ONLINE) else UNSAID


@dataclass(frozen=True, slots=True)
class Trace:
    """Something recorded of taking part; ``person`` is None where nobody known is named."""

    activity: LoggedActivity
    event: str
    mode: str
    person: int | None
    is_members: bool

    @property
    def record(self) -> tuple[str, str]:
        """The record it came in."""
        return (self.activity.source, self.activity.record or self.activity.key)


@dataclass(frozen=True, slots=True)
class Part:
    """One member's part in one event in one way, as registered or as seen."""

    event: str
    mode: str
    person: int


@dataclass(frozen=True, slots=True)
class Turnout:
    """Everything recorded of all events of a log before a day.

    ``promoted`` are the parts of those who got their seat from a waiting list.
    """

    events: dict[str, Gathering]
    traces: list[Trace]
    standing: list[Trace]
    entries: set[Part]
    seen: set[Part]
    minutes: dict[Part, int]
    promoted: set[Part]

    def is_told(self, event: str, mode: str | None = None, *, kind: Kind = Kind.ATTENDANCE) -> bool:
        """Say whether anything of a kind is recorded of an event, or of one way of it."""
        return any(
            trace.event == event
            and trace.activity.kind is kind
            and (mode is None or trace.mode == mode)
            for trace in self.traces
        )

    def is_matched(self, event: str, mode: str) -> bool:
        """Say whether at least four fifths of those seen in one way are known to have registered.

        Otherwise the list of who came names other people than the list of who registered: nobody
        has said yet who of them is one person, and setting one against the other tells nothing.
        """
        seen = {part.person for part in self.seen if part.event == event and part.mode == mode}
        entered = {part.person for part in self.entries if part.event == event}
        return bool(seen) and 5 * len(seen & entered) >= 4 * len(seen)

    def first_event(self, person: int) -> Gathering:
        """Return the first event at which somebody was seen."""
        events = [self.events[part.event] for part in self.seen if part.person == person]
        return min(events, key=lambda event: (event.starts_at, event.key))

    def again_at(self, person: int) -> int | None:
        """Return when the next event began at which somebody was seen, if there was one."""
        first = self.first_event(person)
        later = [self.events[part.event] for part in self.seen if part.person == person]
        return min((e.starts_at for e in later if e.starts_at > first.starts_at), default=None)


def turnout_of(log: Log, as_of: date) -> Turnout:
    """Read what a log holds of its events before a day."""
    events = {event.key: event for event in map(_gathering, log.initiatives) if event is not None}
    traces = _traces_of(log, events, as_of=as_of)
    standing = _standing(traces)
    seen = [trace for trace in traces if trace.activity.kind is Kind.ATTENDANCE]
    parts = _parts(seen)
    return Turnout(
        events=events,
        traces=traces,
        standing=standing,
        entries=_parts(standing),
        seen=parts,
        minutes=_longest(seen, parts),
        promoted=_parts(_promoted(traces, standing)),
    )


def _gathering(told: LoggedInitiative) -> Gathering | None:
    if told.kind is not InitiativeKind.EVENT or told.starts_at is None or told.is_cancelled:
        return None
    return Gathering(told, told.starts_at, max(told.starts_at, told.ends_at or told.starts_at))


def _traces_of(log: Log, events: dict[str, Gathering], *, as_of: date) -> list[Trace]:
    spans = spans_by_actor(log)
    opted_out = {standing.person for standing in log.who if standing.opted_out}
    traces = []
    for activity in log.activities:
        event = events.get(activity.initiative or "")
        if activity.kind not in TRACES or event is None or activity.day >= as_of:
            continue
        who = standing_on(spans.get(activity.actor or "", []), activity.day)
        traces.append(
            Trace(
                activity=activity,
                event=event.key,
                mode=activity.place if activity.place in WAYS else event.mode,
                person=who.person if who else None,
                is_members=who is not None and who.kind is MEMBER and who.person not in opted_out,
            )
        )
    return traces


def _standing(traces: list[Trace]) -> list[Trace]:
    """Leave out what was cancelled.

    A cancellation undoes the registration of its own record; one that stands alone undoes those
    of the same person for the same event that are not later.
    """
    registered = [trace for trace in traces if trace.activity.kind is Kind.REGISTRATION]
    cancelled = [trace for trace in traces if trace.activity.kind is Kind.CANCELLATION]
    withdrawn = {trace.record for trace in cancelled}
    known = {trace.record for trace in registered}
    alone = [trace for trace in cancelled if trace.record not in known]
    return [
        trace
        for trace in registered
        if trace.record not in withdrawn and not any(_undoes(one, trace) for one in alone)
    ]


def _promoted(traces: list[Trace], standing: list[Trace]) -> list[Trace]:
    """Return the registrations that stand and whose record was on a waiting list before."""
    waited = {trace.record for trace in traces if trace.activity.kind is Kind.WAITING}
    return [
        trace
        for trace in standing
        if (trace.activity.source, f"{trace.record[1]}/waiting") in waited
    ]


def _undoes(cancellation: Trace, registration: Trace) -> bool:
    return (
        registration.person is not None
        and cancellation.person == registration.person
        and cancellation.event == registration.event
        and cancellation.activity.happened_at >= registration.activity.happened_at
    )


def _parts(traces: list[Trace]) -> set[Part]:
    """Return each member once a way; a way nobody said counts only where no other is."""
    parts = {
        Part(trace.event, trace.mode, trace.person)
        for trace in traces
        if trace.is_members and trace.person is not None
    }
    said = {(part.event, part.person) for part in parts if part.mode != UNSAID}
    return {part for part in parts if part.mode != UNSAID or (part.event, part.person) not in said}


def _longest(seen: list[Trace], parts: set[Part]) -> dict[Part, int]:
    """Return how many minutes each stayed, where measured; of two sources the longer."""
    minutes: dict[Part, int] = {}
    for trace in seen:
        length = trace.activity.length
        if trace.person is not None and length is not None and trace.is_members:
            part = Part(trace.event, trace.mode, trace.person)
            minutes[part] = max(minutes.get(part, 0), length)
    return {part: length for part, length in minutes.items() if part in parts}
