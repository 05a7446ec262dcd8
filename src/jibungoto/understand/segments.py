"""Segments: rules that say which people are meant, as plain values that JSON can hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date, timedelta

from jibungoto.ledger.names import folded
from jibungoto.ledger.person import PersonKind
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import Words
from jibungoto.understand.answers import Stage
from jibungoto.understand.catalogue import measure_of
from jibungoto.understand.scoping import may_be_scoped
from jibungoto.understand.stepbook import row_queries

EVERYBODY = "all"
DELETED = "deleted"
LONGEST = 100
LONGEST_KEY = 300
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
UP, DOWN = "up", "down"
MOVES = (UP, DOWN)
"""Which way somebody may have moved on the ladder in its last 28 days."""
GATHERINGS = ("event", "series", "chapter")
"""What somebody may have come to."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Which people are meant; a field left as it is narrows nothing.

    ``stages`` are English names such as ``starting``. ``dormant`` speaks of people who have
    acted: who has not is neither active nor dormant. ``seen_from`` and ``seen_before`` bound the
    day somebody was first seen, half open; ``new_days`` and ``recent_days`` look back from the
    last counted day to the first and to the last time somebody was seen. ``named`` is part of a
    name, ``organisation`` part of an organisation's. ``moved`` is a way on the ladder within the
    days its page looks back. ``came_to`` is an event, a series or a chapter, as ``series:key``.
    ``counted`` is a measure, or one of its parts as ``measure:part``: it means whom the rows
    behind the newest value are about.
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
    moved: str = ""
    came_to: str = ""
    counted: str = ""

    @property
    def narrows(self) -> bool:
        """Say whether anything but the kind is said: else these are simply all of a kind."""
        plain = Segment(kind=self.kind)
        return self != plain


@dataclass(frozen=True, slots=True)
class Somebody:
    """What a rule looks at of one person, as of one day.

    ``names`` and ``organisations`` are folded. ``came_to`` and ``counted`` hold what rules may
    name, as they name it. Who asked not to be counted is in no segment.
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
    moved: str = ""
    came_to: frozenset[str] = frozenset()
    counted: frozenset[str] = frozenset()


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


def _moved_that_way(segment: Segment, somebody: Somebody) -> bool:
    return segment.moved in ("", somebody.moved)


def _came_there(segment: Segment, somebody: Somebody) -> bool:
    return not segment.came_to or segment.came_to in somebody.came_to


def _is_counted(segment: Segment, somebody: Somebody) -> bool:
    return not segment.counted or segment.counted in somebody.counted


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
    _moved_that_way,
    _came_there,
    _is_counted,
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
    _must_be_told(segment)
    return segment


def _must_be_told(segment: Segment) -> None:
    for said, is_known in (
        (segment.moved, segment.moved in MOVES),
        (segment.came_to, is_gathering(segment.came_to)),
        (segment.counted, may_be_counted(segment.counted)),
    ):
        if said and not is_known:
            raise _no_rule(said[:LONGEST])


def is_gathering(said: str) -> bool:
    """Say whether this names an event, a series or a chapter, be there one or not."""
    kind, _colon, key = said.partition(":")
    return kind in GATHERINGS and 0 < len(key) <= LONGEST_KEY


def counted_by(said: str) -> tuple[str, str | None]:
    """Return the measure a rule counts by and its part, None for the part a page shows first."""
    key, colon, part = said.partition(":")
    return key, part if colon else None


def may_be_counted(said: str) -> bool:
    """Say whether the rows behind this measure are about people."""
    key, part = counted_by(said)
    has_rows = any(query.name == key for query in row_queries())
    return has_rows and measure_of(key) is not None and may_be_scoped(key) and len(part or "") <= 60


def _no_rule(what: str) -> InvalidChoice:
    return InvalidChoice(
        Words(f"この条件は使えません: {what}", f"This is no rule over people: {what}"),
        Words(
            "人の一覧で絞り込み、その条件を保存してください。",
            "Narrow the list of people, and save that.",
        ),
    )
