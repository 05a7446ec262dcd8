"""What to bring next: a plain rule over what a community's log holds already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jibungoto.ledger.source import source_name
from jibungoto.ledger.words import Words

_NAMED = 3


class Lack(StrEnum):
    """What is missing, the most telling first."""

    STALE = "stale"
    LISTS = "lists"
    NEWER_LISTS = "newer_lists"
    ATTENDANCE = "attendance"
    EVENTS = "events"
    TALK = "talk"
    WORKS = "works"


@dataclass(frozen=True, slots=True)
class EventHeld:
    """An event the log knows of, the day it began, and whether anybody is known of it by name."""

    name: str
    day: date
    has_registrations: bool = False
    has_attendance: bool = False

    @property
    def has_list(self) -> bool:
        """Say whether it is known who registered or came."""
        return self.has_registrations or self.has_attendance


@dataclass(frozen=True, slots=True)
class Held:
    """What a log holds: events up to the last day covered, and whether there is talk or work.

    ``stale`` are the keys of sources whose newest record is older than it should be.
    """

    events: Sequence[EventHeld] = ()
    has_talk: bool = False
    has_works: bool = False
    stale: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to bring: what is missing, why it is worth having, and the events concerned.

    ``sources`` are those that have grown old; otherwise several may have what is missing.
    """

    lack: Lack
    what: Words
    why: Words
    events: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


def bring_next(held: Held) -> list[Advice]:
    """Return what to bring next, the most telling first; nothing where nothing is held.

    What has grown old comes first: all that is said of today rests on it. Participants come before
    attendance, and both before sources of another kind: a list completes events that are known
    already.
    """
    if not (held.events or held.has_talk or held.has_works):
        return []
    found = [*_stale(held.stale), *_lists(held.events), *_attendance(held.events)]
    if not held.events:
        found.append(Advice(Lack.EVENTS, *_EVENTS))
    if not held.has_talk:
        found.append(Advice(Lack.TALK, *_TALK))
    if not held.has_works:
        found.append(Advice(Lack.WORKS, *_WORKS))
    return found


def _stale(sources: Sequence[str]) -> list[Advice]:
    if not sources:
        return []
    names = [source_name(one) for one in sources]
    what = Words(
        _STALE[0].ja.format("、".join(one.ja for one in names)),
        _STALE[0].en.format(", ".join(one.en for one in names)),
    )
    return [Advice(Lack.STALE, what, _STALE[1], sources=tuple(sources))]


def _lists(events: Sequence[EventHeld]) -> list[Advice]:
    """Ask for lists: of all events, of those since the newest list, or of those in between."""
    without = [one for one in events if not one.has_list]
    if not without:
        return []
    listed = max((one.day for one in events if one.has_list), default=None)
    newer = [one for one in without if listed is not None and one.day > listed]
    if newer:
        return [Advice(Lack.NEWER_LISTS, *_filled(_NEWER, newer), _names(newer))]
    return [Advice(Lack.LISTS, *_filled(_LISTS, without), _names(without))]


def _attendance(events: Sequence[EventHeld]) -> list[Advice]:
    without = [one for one in events if one.has_registrations and not one.has_attendance]
    if not without:
        return []
    return [Advice(Lack.ATTENDANCE, *_filled(_ATTENDANCE, without), _names(without))]


def _filled(told: tuple[Words, Words], events: Sequence[EventHeld]) -> tuple[Words, Words]:
    what, why = told
    counted = f"{len(events)} event" if len(events) == 1 else f"{len(events):,} events"
    return Words(what.ja.format(f"{len(events):,}"), what.en.format(counted)), why


def _names(events: Sequence[EventHeld]) -> tuple[str, ...]:
    """Return the names of the newest of them."""
    newest = sorted(events, key=lambda one: (one.day, one.name), reverse=True)
    return tuple(one.name for one in newest[:_NAMED])


_STALE = (
    Words("古くなっているデータがあります: {}", "Grown old: {}"),
    Words(
        "そのあとに起きたことは、なかったように見えます。新しく書き出したものを取り込んでください。",
        "What happened since looks as if it had not. Bring in a newer export.",
    ),
)
_LISTS = (
    Words("参加者リストのないイベントが{}件あります", "{} without a list of participants"),
    Words(
        "参加者リストがあると、誰が申し込み、誰が続けて来ているかが分かります。",
        "With the lists you see who registered, and who keeps coming.",
    ),
)
_NEWER = (
    Words("新しい{}件のイベントの参加者リストがありません", "{} newer than the newest list"),
    Words(
        "リストが届くまで、このあいだに来た人は来ていないように見えます。",
        "Until the lists are in, whoever came since looks as if they had not.",
    ),
)
_ATTENDANCE = (
    Words("出席が分からないイベントが{}件あります", "{} with registrations but no attendance"),
    Words(
        "申し込んだだけの人と、来た人が区別できません。出席を付けた参加者リストか、"
        "Zoom などのレポートを取り込んでください。",
        "Who only registered and who came cannot be told apart. Bring a list with attendance "
        "marked, or a report of Zoom or the like.",
    ),
)
_EVENTS = (
    Words("イベントがまだ何もありません", "No events yet"),
    Words(
        "会話では静かでも、イベントには来ている人がいます。イベントの一覧と参加者リストで"
        "見えるようになります。",
        "Some who are quiet in conversation come to every event. A list of events and the lists "
        "of participants show them.",
    ),
)
_TALK = (
    Words("会話がまだ何もありません", "No conversation yet"),
    Words(
        "誰が誰に応えたかは、チャットやフォーラム、メーリングリストから分かります。",
        "Who answers whom stands in chats, forums and mailing lists.",
    ),
)
_WORKS = (
    Words("つくったものがまだ何もありません", "No works yet"),
    Words(
        "ブログや登壇資料、コードなど、メンバーが自分から世に出したものが見えるようになります。",
        "Blogs, slides and code show what members put into the world of their own accord.",
    ),
)
