"""Segments: rules that say which people are meant, readable aloud in both languages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date, timedelta

from jibungoto.ledger.names import folded
from jibungoto.ledger.person import PersonKind
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.source import source_name
from jibungoto.ledger.words import Words
from jibungoto.understand.answers import Stage

EVERYBODY = "all"
DELETED = "deleted"
LONGEST = 100
DAYS_AT_MOST = 3_650
KINDS: dict[str, Words] = {
    PersonKind.MEMBER: Words("メンバー", "members"),
    PersonKind.STAFF: Words("スタッフ", "staff"),
    PersonKind.PARTNER: Words("パートナー", "partners"),
    PersonKind.BOT: Words("ボット", "bots"),
    PersonKind.GUEST: Words("ゲスト", "guests"),
    DELETED: Words("削除されたアカウントの人", "people with a deleted account"),
    EVERYBODY: Words("人", "people"),
}
"""The kinds of people a rule may speak of."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Which people are meant; a field left as it is narrows nothing.

    ``stages`` are English names such as ``starting``. ``dormant`` speaks of people who have
    acted: who has not is neither active nor dormant. ``seen_from`` and ``seen_before`` bound the
    day somebody was first seen, half open; ``new_days`` and ``recent_days`` look back from the
    last counted day to the first and to the last time somebody was seen. ``named`` is part of a
    name, ``organisation`` part of an organisation's.
    """

    kind: str = PersonKind.MEMBER.value
    stages: tuple[str, ...] = ()
    dormant: bool | None = None
    sources: tuple[str, ...] = ()
    organisation: str = ""
    seen_from: date | None = None
    seen_before: date | None = None
    new_days: int | None = None
    recent_days: int | None = None
    attended: bool | None = None
    started: bool | None = None
    named: str = ""

    @property
    def narrows(self) -> bool:
        """Say whether anything but the kind is said: else these are simply all of a kind."""
        plain = Segment(kind=self.kind)
        return self != plain


@dataclass(frozen=True, slots=True)
class Somebody:
    """What a rule looks at of one person, as of one day.

    ``names`` and ``organisations`` are folded. Who asked not to be counted is in no segment.
    """

    kind: str = PersonKind.MEMBER.value
    stage: Stage = Stage.REGISTERED
    is_dormant: bool = False
    is_opted_out: bool = False
    sources: frozenset[str] = frozenset()
    organisations: tuple[str, ...] = ()
    names: str = ""
    first_seen: date | None = None
    last_seen: date | None = None
    has_attended: bool = False
    has_started: bool = False


def is_in(segment: Segment, somebody: Somebody, *, day: date) -> bool:
    """Say whether somebody is meant, as of the end of a day."""
    if somebody.is_opted_out:
        return False
    return (
        all(holds(segment, somebody) for holds in _PARTS)
        and _was_first_seen_then(segment, somebody, day=day)
        and _was_seen_lately(segment, somebody, day=day)
    )


def _is_of_kind(segment: Segment, somebody: Somebody) -> bool:
    return segment.kind in (EVERYBODY, somebody.kind)


def _stands_there(segment: Segment, somebody: Somebody) -> bool:
    return not segment.stages or somebody.stage.name.lower() in segment.stages


def _is_as_awake(segment: Segment, somebody: Somebody) -> bool:
    if segment.dormant is None:
        return True
    return somebody.stage > Stage.REGISTERED and somebody.is_dormant is segment.dormant


def _is_in_a_source(segment: Segment, somebody: Somebody) -> bool:
    return not segment.sources or not somebody.sources.isdisjoint(segment.sources)


def _is_of_organisation(segment: Segment, somebody: Somebody) -> bool:
    wanted = folded(segment.organisation)
    return not wanted or any(wanted in one for one in somebody.organisations)


def _was_first_seen_then(segment: Segment, somebody: Somebody, *, day: date) -> bool:
    first, last = first_seen_between(segment, day)
    if first is None and last is None:
        return True
    seen = somebody.first_seen
    return seen is not None and (first is None or first <= seen) and (last is None or seen < last)


def _was_seen_lately(segment: Segment, somebody: Somebody, *, day: date) -> bool:
    if segment.recent_days is None:
        return True
    since = since_days(day, segment.recent_days)
    return somebody.last_seen is not None and somebody.last_seen >= since


def _did_as_said(segment: Segment, somebody: Somebody) -> bool:
    asked = ((segment.attended, somebody.has_attended), (segment.started, somebody.has_started))
    return all(wanted is None or wanted is did for wanted, did in asked)


def _is_named_so(segment: Segment, somebody: Somebody) -> bool:
    words = folded(segment.named).split()
    return all(word in somebody.names for word in words) or "".join(words) in somebody.names


_PARTS: tuple[Callable[[Segment, Somebody], bool], ...] = (
    _is_of_kind,
    _stands_there,
    _is_as_awake,
    _is_in_a_source,
    _is_of_organisation,
    _did_as_said,
    _is_named_so,
)


def since_days(day: date, days: int) -> date:
    """Return the first of so many days that end with ``day``."""
    return day - timedelta(days=days - 1)


def first_seen_between(segment: Segment, day: date) -> tuple[date | None, date | None]:
    """Return from which day and before which day somebody must have been seen first."""
    first = segment.seen_from
    if segment.new_days is not None:
        since = since_days(day, segment.new_days)
        first = since if first is None else max(first, since)
    return first, segment.seen_before


def words_of(segment: Segment) -> Words:
    """Read a rule aloud."""
    who = KINDS.get(segment.kind, KINDS[EVERYBODY])
    parts = _conditions(segment)
    if not parts:
        return Words(f"すべての{who.ja}", f"all {who.en}")
    ja, en = [part.ja for part in parts], [part.en for part in parts]
    english = " and ".join(filter(None, [", ".join(en[:-1]), en[-1]]))
    head = "" if segment.kind == EVERYBODY else f"{who.ja}のうち、"
    return Words(f"{head}{'、'.join(ja)}人", f"{who.en} who {english}")


def _conditions(segment: Segment) -> list[Words]:
    """Return what is said of them, each as words that stand before 人 and after who."""
    return [
        *_of_ladder(segment),
        *_of_seeing(segment),
        *_of_doing(segment),
        *_of_belonging(segment),
    ]


def _of_ladder(segment: Segment) -> list[Words]:
    said = []
    if segment.stages:
        stages = [Stage[name.upper()].words for name in segment.stages]
        ja = "か".join(f"「{one.ja}」" for one in stages)
        en = " or ".join(f"“{one.en}”" for one in stages)
        said.append(Words(f"段が{ja}である", f"stand at {en}"))
    if segment.dormant is not None:
        said.append(
            Words("休眠している", "are dormant")
            if segment.dormant
            else Words("休眠していない", "are active")
        )
    return said


def _of_seeing(segment: Segment) -> list[Words]:
    said = []
    if segment.seen_from is not None:
        day = segment.seen_from
        said.append(Words(f"{day} 以降に初めて現れた", f"were first seen on or after {day}"))
    if segment.seen_before is not None:
        day = segment.seen_before
        said.append(Words(f"{day} より前に初めて現れた", f"were first seen before {day}"))
    if segment.new_days is not None:
        days = segment.new_days
        said.append(
            Words(f"直近{days}日に初めて現れた", f"were first seen in the last {days} days")
        )
    if segment.recent_days is not None:
        days = segment.recent_days
        said.append(Words(f"直近{days}日に活動した", f"did something in the last {days} days"))
    return said


def _of_doing(segment: Segment) -> list[Words]:
    said = []
    if segment.attended is not None:
        said.append(
            Words("イベントに参加したことがある", "have been at an event")
            if segment.attended
            else Words("イベントに参加したことがない", "have never been at an event")
        )
    if segment.started is not None:
        said.append(
            Words("何かを始めたことがある", "have started something")
            if segment.started
            else Words("何かを始めたことがない", "have never started anything")
        )
    return said


def _of_belonging(segment: Segment) -> list[Words]:
    said = []
    if segment.sources:
        names = [source_name(key) for key in segment.sources]
        ja = "か".join(one.ja for one in names)
        en = " or ".join(one.en for one in names)
        said.append(Words(f"{ja}に名前がある", f"have a name in {en}"))
    if segment.organisation:
        name = segment.organisation
        said.append(Words(f"所属に「{name}」を含む", f"belong to an organisation like “{name}”"))
    if segment.named:
        name = segment.named
        said.append(Words(f"名前に「{name}」を含む", f"have “{name}” in their name"))
    return said


def told(segment: Segment) -> dict[str, object]:
    """Return a rule as JSON can hold it, without what narrows nothing."""
    plain = Segment()
    said: dict[str, object] = {}
    for field in fields(Segment):
        value = getattr(segment, field.name)
        if field.name == "kind" or value != getattr(plain, field.name):
            said[field.name] = value.isoformat() if isinstance(value, date) else value
    return {
        name: list(value) if isinstance(value, tuple) else value for name, value in said.items()
    }


def segment_told(said: object) -> Segment:
    """Return the rule that JSON holds; raises ``InvalidChoice`` for what is no rule."""
    import msgspec

    try:
        segment = msgspec.convert(said, Segment, strict=True)
    except msgspec.ValidationError as error:
        raise _no_rule(str(error)) from error
    known = {field.name for field in fields(Segment)}
    unknown = set(said) - known if isinstance(said, dict) else set()
    if unknown:
        raise _no_rule(", ".join(sorted(map(str, unknown))))
    return checked(segment)


def checked(segment: Segment) -> Segment:
    """Return a rule whose every part is possible; raises ``InvalidChoice`` for others."""
    for name in segment.stages:
        if name.upper() not in Stage.__members__ or not name.islower():
            raise _no_rule(name)
    if segment.kind not in KINDS:
        raise _no_rule(segment.kind)
    for days in (segment.new_days, segment.recent_days):
        if days is not None and not 1 <= days <= DAYS_AT_MOST:
            raise _no_rule(str(days))
    if max(map(len, (segment.organisation, segment.named, *segment.sources))) > LONGEST:
        raise _no_rule(f"{LONGEST} < …")
    return segment


def _no_rule(what: str) -> InvalidChoice:
    return InvalidChoice(
        Words(f"この条件は使えません: {what}", f"This is no rule over people: {what}"),
        Words(
            "人の一覧で絞り込み、その条件を保存してください。",
            "Narrow the list of people, and save that.",
        ),
    )
