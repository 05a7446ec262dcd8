"""What members make after events, and how much that is for those who came (domain.md 7.5)."""

from __future__ import annotations

from dataclasses import dataclass

from jibungoto.understand.acts import MEMBER, Act
from jibungoto.understand.gatherings import Gathering, Turnout
from jibungoto.understand.newcomers import Rate
from jibungoto.understand.thresholds import DEFAULTS, Thresholds
from jibungoto.understand.turnout import ended_lately


@dataclass(frozen=True, slots=True)
class Heat:
    """What was made after the events of a period; ``untold`` events do not tell who came.

    ``are_told`` is False while nobody ever made anything, or no event was ever held: then it may
    be that no source tells it.
    """

    outputs: int
    outputters: int
    rate: Rate
    per_attended: Rate
    untold: int
    are_told: bool


def outputs_in(acts: list[Act]) -> list[Act]:
    """Return everything made; the same address by the same person is one output."""
    kept: dict[tuple[int, str], Act] = {}
    for act in acts:
        if act.is_output:
            activity = act.told.activity
            address = activity.url or f"{activity.source} {activity.key}"
            kept.setdefault((act.person, address), act)
    return list(kept.values())


def event_of(
    output: Act, turnout: Turnout, *, thresholds: Thresholds = DEFAULTS
) -> Gathering | None:
    """Return the event an output counts for, if any.

    That is the event it names, or else the newest of those its author registered for or attended;
    it must be published from the beginning until 14 x 24 hours after the end.
    """
    if output.initiative in turnout.events:
        events = [turnout.events[output.initiative]]
    else:
        parts = turnout.entries | turnout.seen
        taken = {part.event for part in parts if part.person == output.person}
        events = [turnout.events[key] for key in taken]
    near = [
        event
        for event in events
        if event.starts_at <= output.happened_at
        and output.happened_at - event.ended_at < thresholds.output_seconds
    ]
    return min(near, key=lambda event: (-event.starts_at, event.key), default=None)


def heat(
    acts: list[Act], turnout: Turnout, *, until: int, thresholds: Thresholds = DEFAULTS
) -> Heat:
    """Return what members made for the events whose 14 days have just passed."""
    t = thresholds
    settled = {
        event.key: turnout.is_told(event.key)
        for event in ended_lately(turnout, until=until, after=t.output_seconds, thresholds=t)
    }
    outputs = outputs_in(acts)
    made = [
        (event.key, output.person)
        for output in outputs
        if output.capacity is MEMBER
        and (event := event_of(output, turnout, thresholds=t)) is not None
        and event.key in settled
    ]
    came = {(part.event, part.person) for part in turnout.seen if part.event in settled}
    return Heat(
        outputs=len(made),
        outputters=len({person for _, person in made}),
        rate=Rate(len(came & set(made)), len(came)),
        per_attended=Rate(sum(settled[event] for event, _ in made), len(came)),
        untold=sum(not told for told in settled.values()),
        are_told=bool(outputs) and any(e.ended_at < until for e in turnout.events.values()),
    )
