"""Who first talks to whom after an event, and who steps up to speak (domain.md 7.5, 7.8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from jibungoto.ledger.kinds import Kind
from jibungoto.understand.acts import MEMBER, Act, ResolvedTie
from jibungoto.understand.gatherings import Gathering, Turnout
from jibungoto.understand.newcomers import Rate
from jibungoto.understand.thresholds import DEFAULTS, Thresholds


@dataclass(frozen=True, slots=True)
class Meetings:
    """Pairs who first talked after an event, of so many attendances; ``untold`` have no list."""

    pairs: set[tuple[str, frozenset[int]]]
    attended: int
    untold: int


def first_talks(
    turnout: Turnout, ties: list[ResolvedTie], *, until: int, thresholds: Thresholds = DEFAULTS
) -> Meetings:
    """Return which guests of one event had no tie before it and have one soon after.

    A tie is a reply or a mention in either direction between members. Before means within 90 x 24
    hours of the beginning, soon after within 30 x 24 hours of the end. An event longer than 31
    days is no meeting.
    """
    t = thresholds
    events = [event for event in turnout.events.values() if _is_meeting(event, until, thresholds=t)]
    pairs: set[tuple[str, frozenset[int]]] = set()
    attended = 0
    for event in events:
        guests = {part.person for part in turnout.seen if part.event == event.key}
        attended += len(guests)
        after = {
            _pair(tie)
            for tie in ties
            if _counts(tie) and 0 <= tie.happened_at - event.ended_at < t.meet_seconds
        }
        before = {
            _pair(tie)
            for tie in ties
            if _counts(tie) and 0 < event.starts_at - tie.happened_at <= t.edge_seconds
        }
        pairs |= {(event.key, pair) for pair in after - before if pair <= guests}
    untold = sum(not any(part.event == event.key for part in turnout.seen) for event in events)
    return Meetings(pairs, attended, untold)


def _is_meeting(event: Gathering, until: int, *, thresholds: Thresholds) -> bool:
    age = until - event.ended_at
    is_recent = thresholds.meet_seconds < age <= thresholds.meet_seconds + thresholds.event_seconds
    return is_recent and event.ended_at - event.starts_at <= thresholds.meet_longest_seconds


def _counts(tie: ResolvedTie) -> bool:
    return tie.from_capacity is MEMBER and tie.to_capacity is MEMBER and not tie.is_hidden


def _pair(tie: ResolvedTie) -> frozenset[int]:
    return frozenset({tie.from_person, tie.to_person})


def speakers(acts: list[Act], as_of: date, *, thresholds: Thresholds = DEFAULTS) -> Rate:
    """Return of the members who gave a talk in the last 365 days how many never had before."""
    since = as_of - timedelta(days=thresholds.share_window)
    talks = [act for act in acts if act.told.activity.kind is Kind.TALK and act.capacity is MEMBER]
    lately = {act.person for act in talks if act.day >= since}
    before = {act.person for act in talks if act.day < since}
    return Rate(len(lately - before), len(lately))


def is_any_talk(acts: list[Act]) -> bool:
    """Say whether anybody at all has given a talk so far."""
    return any(act.told.activity.kind is Kind.TALK for act in acts)
