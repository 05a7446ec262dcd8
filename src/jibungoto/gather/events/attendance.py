"""Who registered for an event and who came: what every reader of events writes alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

import msgspec

from jibungoto.gather.batch import Batch, Record
from jibungoto.gather.reader import Choices, Reading
from jibungoto.gather.text import digest63, normalised
from jibungoto.ledger.activity import Activity, AtPrecision
from jibungoto.ledger.initiative import Initiative, Mode
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.problems import Asked, Undecided
from jibungoto.ledger.words import Words

UNDATED = 0
"""Where records are filed whose key does not say when: a date may be corrected, a key may not."""

NEAR = 12 * 3600
"""Whoever is checked in so long before or after an event was marked by hand, not met."""

_AROUND = 45 * 60
_LEAST_MINUTES = 10
_LEAST_SHARE = 0.2
_VENUE = re.compile(
    r"現地|会場|オフライン|オンサイト|リアル(?!タイム)|来場|対面"
    r"|\b(?:venue|on-?site|in[- ]person|offline)\b"
)
_ONLINE = re.compile(
    r"オンライン|配信|リモート|視聴|ウェビナー|バーチャル"
    r"|\b(?:online|remote|live[- ]?stream|streaming|virtual|webinar|zoom|youtube)\b"
)
_REPORTS_OWN = re.compile(r"zoom:\d+@\d+")
_pack = msgspec.msgpack.Encoder().encode

_WHICH = Words("どのイベントのものか分かりません。", "It does not say which event it belongs to.")
_WHEN = Words("イベントの開始日時が分かりません。", "It is not known yet when this event began.")
_NAME_IT = Words(
    "イベントの番号か名前と開始日時を指定してください"
    '(例: --event "connpass:12345 2026-04-19 19:00")。',
    'Say which, by its number or name, and when it began (for example --event "connpass:12345 '
    '2026-04-19 19:00").',
)


class State(StrEnum):
    """How a registration stands."""

    BOOKED = "booked"
    WAITING = "waiting"
    CANCELLED = "cancelled"


_KIND_OF = {
    State.BOOKED: Kind.REGISTRATION,
    State.WAITING: Kind.WAITING,
    State.CANCELLED: Kind.CANCELLATION,
}


@dataclass(frozen=True, slots=True)
class Registration:
    """One person's row in a list of participants.

    ``actor`` is None for an account that is gone; such a row has a ``serial``, which otherwise
    tells two rows of one person apart, where the source numbers them. ``state`` is None in lists
    that know attendance only, and for who was asked and did not say yes. ``registered_at`` is None
    where no column says when: then it was not after the event began. ``attended_at`` is None where
    it is only known that somebody came: then it was when the event began. ``minutes`` is how long
    they stayed, where measured; less than the least is a glimpse, no attendance (domain.md 7.8).
    ``brought_by`` is the pseudonym of whom they name as having brought them.
    """

    actor: str | None
    state: State | None
    serial: str = ""
    mode: Mode | None = None
    registered_at: int | None = None
    cancelled_at: int | None = None
    has_attended: bool = False
    attended_at: int | None = None
    brought_by: str | None = None


def event_of(
    choices: Choices, key: str | None, *, place: str, began: int | None = None
) -> Initiative:
    """Return the event a file belongs to, with its beginning; raises Undecided.

    What the person says counts before what they said of a file with the same ``key`` of its own
    (``connpass:12345``), and that before what the key says. An event that only they have a name
    for gets the file's own key, so that the next such file is known to be of it. ``began`` is what
    the file lets one think of when that was, to be proposed.
    """
    event = choices.event or (known_by(key, choices) if key else None)
    if event is None or event.starts_at is None:
        what = _WHICH if event is None and key is None else _WHEN
        raise Undecided(what, _NAME_IT, asked=Asked.EVENT, place=place, began=began)
    is_named_alone = event.key.startswith("event:") and event.key not in choices.events
    return replace(event, key=key) if key and is_named_alone else event


def known_by(key: str, choices: Choices) -> Initiative | None:
    """Return the event a file's own key stands for: as a person once said, or as it says."""
    return choices.answers.get(key) or choices.events.get(key)


def remember(reading: Reading, key: str | None, *, choices: Choices, event: Initiative) -> None:
    """Keep which event a file's own key stands for, where a person says or said so."""
    if key is not None and (choices.event is not None or key in choices.answers):
        reading.own[key] = event.key


def meant_by(events: Mapping[str, Initiative]) -> dict[str, str]:
    """Return which known event each report's own event is: the only one that began around then.

    It says the same whichever of the two came in first.
    """
    known = {key: event for key, event in events.items() if not is_reports_own(key)}
    meant = {}
    for key, event in events.items():
        if is_reports_own(key) and event.starts_at is not None:
            near = only_one_near(known, event.starts_at)
            if near is not None:
                meant[key] = near.key
    return meant


def is_reports_own(key: str) -> bool:
    """Say whether an event is known from a report of who was there alone: its key has its time."""
    return _REPORTS_OWN.fullmatch(key) is not None


def only_one_near(events: Mapping[str, Initiative], moment: int) -> Initiative | None:
    """Return the event that began around a time, or None where none did, or more than one."""
    near = [
        event
        for event in events.values()
        if event.starts_at is not None and abs(event.starts_at - moment) <= _AROUND
    ]
    return near[0] if len(near) == 1 else None


def listed_near(choices: Choices, moment: int) -> Initiative | None:
    """Return the only known event that began around a time; reports' own events are not asked."""
    listed = {key: event for key, event in choices.events.items() if not is_reports_own(key)}
    return only_one_near(listed, moment)


def begins_at(event: Initiative) -> int:
    """Return when an event that ``event_of`` gave begins, in UTC seconds."""
    if event.starts_at is None:
        raise ValueError(event.key)
    return event.starts_at


def mode_of(ticket: str, corrected: Mapping[str, Mode]) -> Mode | None:
    """Return how people with this kind of ticket take part; None where its name does not say."""
    if ticket in corrected:
        return corrected[ticket]
    is_venue, is_online = says_venue(ticket), says_online(ticket)
    if is_venue == is_online:
        return None
    return Mode.VENUE if is_venue else Mode.ONLINE


def says_venue(text: str) -> bool:
    """Say whether a text speaks of being there."""
    return _VENUE.search(normalised(text).casefold()) is not None


def says_online(text: str) -> bool:
    """Say whether a text speaks of taking part from afar."""
    return _ONLINE.search(normalised(text).casefold()) is not None


def united_minutes(spells: Iterable[tuple[int, int]]) -> int:
    """Return how many whole minutes spells (from, to in seconds) cover together, never twice."""
    covered, reached = 0, None
    for begin, end in sorted(spells):
        start = begin if reached is None else max(begin, reached)
        if end > start:
            covered += end - start
        reached = end if reached is None else max(end, reached)
    return covered // 60


def is_attendance(minutes: int | None, length: int | None) -> bool:
    """Say whether staying so long counts: 10 minutes, or a fifth of the event (domain.md 7.8)."""
    if minutes is None or minutes >= _LEAST_MINUTES:
        return True
    return length is not None and minutes >= length * _LEAST_SHARE


def key_of(event: Initiative, registration: Registration) -> str:
    """Return the key of a row's record: its serial number, or else whose it is."""
    return f"{event.key}/{registration.serial or registration.actor}"


def take(
    batch: Batch, event: Initiative, *, registration: Registration, is_counted: bool = True
) -> None:
    """Write one row's record and activities, filed undated: an event's date may be corrected.

    Having waited is a record beside it (``/waiting`` after its key), so that it stays known when
    a later list shows the same row with a seat. The caller sees to it that no key (``key_of``) is
    written twice in one delivery.
    """
    key = key_of(event, registration)
    acts = list(_acts(event, registration, key=key))
    content = _content_of(act for act in acts if act.record == key)
    batch.records.append(Record(key, content, UNDATED, is_counted=is_counted))
    for act in acts:
        if act.record != key:
            batch.records.append(Record(act.record, _content_of([act]), UNDATED, is_counted=False))
        batch.activities.append(act)


def _content_of(acts: Iterable[Activity]) -> int:
    kept = [(a.kind, a.actor, a.happened_at, a.at_precision, a.place, a.length) for a in acts]
    return digest63(_pack(kept))


def _acts(event: Initiative, one: Registration, *, key: str) -> Iterable[Activity]:
    begins = begins_at(event)

    def act(kind: Kind, at: int | None, *, precision: AtPrecision) -> Activity:
        own = f"{key}/{kind.value}"
        return Activity(
            record=own if kind is Kind.WAITING else key,
            key=own,
            actor=one.actor,
            kind=kind,
            happened_at=begins if at is None else at,
            at_precision=precision if at is None else AtPrecision.EXACT,
            place=one.mode.value if one.mode else None,
            initiative=event.key,
            filed_at=UNDATED,
        )

    if one.state is State.CANCELLED:
        yield act(Kind.REGISTRATION, one.registered_at, precision=AtPrecision.NOT_AFTER)
        yield act(Kind.CANCELLATION, one.cancelled_at, precision=AtPrecision.NOT_AFTER)
    elif one.state is not None:
        yield act(_KIND_OF[one.state], one.registered_at, precision=AtPrecision.NOT_AFTER)
    if one.has_attended:
        yield act(Kind.ATTENDANCE, _came_at(event, one), precision=AtPrecision.EXACT)
    if one.brought_by is not None and one.brought_by != one.actor:
        brought = act(Kind.REFERRAL, one.registered_at, precision=AtPrecision.NOT_AFTER)
        yield msgspec.structs.replace(brought, actor=one.brought_by)


def _came_at(event: Initiative, one: Registration) -> int | None:
    """Return when somebody was checked in, or None where that was done before or afterwards."""
    begins = begins_at(event)
    ends = event.ends_at or begins
    if one.attended_at is None or not begins - NEAR <= one.attended_at <= ends + NEAR:
        return None
    return one.attended_at
