"""What a plan is told of measures narrowed to a segment, a series or a chapter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jibungoto.desk.acting import Acting
from jibungoto.desk.people.segment_findings import can_be_taken, measured_of
from jibungoto.desk.understand.measures import Measured
from jibungoto.desk.understand.scope_findings import measured_in
from jibungoto.desk.understand.scopes import EMPTIED, Scoped, scope_keyed
from jibungoto.ledger.problems import UnknownName
from jibungoto.ledger.words import Words
from jibungoto.plan.facts import MeasureFacts
from jibungoto.plan.known import with_values
from jibungoto.plan.owwh import Plan
from jibungoto.plan.victory import Bound, Scope, VictoryCondition
from jibungoto.records.models import SegmentRow
from jibungoto.understand.belonging import why_not_in
from jibungoto.understand.scope_kind import ScopeKind

Known = Mapping[Bound, MeasureFacts]
COUNTING = Words(
    "このセグメントの値はいま数えています。1分ほどで入ります。",
    "The value of this segment is being counted; it will be here in a minute.",
)
COUNTING_IN = Words(
    "この{kind}の値はいま数えています。1分ほどで入ります。",
    "The value of this {kind} is being counted; it will be here in a minute.",
)
GONE = Words(
    "この{kind}は、もうありません。選び直すか、全体の値を使ってください。",
    "This {kind} is not there any more. Choose another, or take it of the whole community.",
)
NAMED = Words("{name}({of}「{scope}」)", "{name} ({of} “{scope}”)")
OF_SEGMENT = Words("セグメント", "segment")


def of_segments(acting: Acting, plan: Plan, *, known: Known) -> dict[Bound, MeasureFacts]:
    """Return what is known of measures of segments; what is not counted yet says so."""
    found = {}
    names: dict[str, str] = {}
    for one, blank in _asked(plan, known):
        key = one.scope.segment
        if one.scope != Scope(segment=key) or not can_be_taken(one.measure):
            continue
        names = names or _segment_names(acting)
        held = measured_of(acting, key, measure=one.measure)
        why = COUNTING if key in names else _in_words(GONE, OF_SEGMENT)
        empty = _named(blank, OF_SEGMENT, scope=names.get(key, key), why=why)
        found[one.bound] = _filled(empty, held, part=one.part)
    return found


def of_scopes(acting: Acting, plan: Plan, *, known: Known) -> dict[Bound, MeasureFacts]:
    """Return what is known of measures of series and chapters; what has no value says why."""
    found = {}
    for one, blank in _asked(plan, known):
        kind, key = scope_of(one.scope)
        if kind is None:
            continue
        scoped = _scoped(acting, kind, key=key)
        why = why_not_in(one.measure, kind) or _why_empty(scoped, kind)
        name = key if scoped is None else scoped.name
        if why is not None:
            found[one.bound] = _named(blank, _small(kind), scope=name, why=why)
            continue
        held = measured_in(acting, kind, key=key, measures=(one.measure,)).get(one.measure)
        counting = _of_kind(COUNTING_IN, kind)
        empty = _named(blank, _small(kind), scope=name, why=counting)
        found[one.bound] = _filled(empty, held, part=one.part)
    return found


def scope_of(scope: Scope) -> tuple[ScopeKind | None, str]:
    """Return the one series or chapter a measure is narrowed to; None without, or with more."""
    if scope.series and scope == Scope(series=scope.series):
        return ScopeKind.SERIES, scope.series
    if scope.chapter and scope == Scope(chapter=scope.chapter):
        return ScopeKind.CHAPTER, scope.chapter
    return None, ""


def _asked(plan: Plan, known: Known) -> Iterator[tuple[VictoryCondition, MeasureFacts]]:
    for one in plan.objective.victory:
        blank = known.get(Bound(one.measure, one.part))
        if blank is not None and not one.scope.is_whole:
            yield one, blank


def _segment_names(acting: Acting) -> dict[str, str]:
    rows = SegmentRow.objects.filter(community=acting.community)
    return dict(rows.values_list("key", "name"))


def _scoped(acting: Acting, kind: ScopeKind, *, key: str) -> Scoped | None:
    try:
        return scope_keyed(acting, kind, key=key)
    except UnknownName:
        return None


def _why_empty(scoped: Scoped | None, kind: ScopeKind) -> Words | None:
    if scoped is None:
        return _of_kind(GONE, kind)
    return EMPTIED if scoped.is_empty else None


def _named(blank: MeasureFacts, of: Words, *, scope: str, why: Words) -> MeasureFacts:
    name = Words(
        NAMED.ja.format(name=blank.name.ja, of=of.ja, scope=scope),
        NAMED.en.format(name=blank.name.en, of=of.en, scope=scope),
    )
    return MeasureFacts(name, blank.unit, blank.window, reason=why)


def _filled(empty: MeasureFacts, held: Measured | None, *, part: str) -> MeasureFacts:
    if held is None:
        return empty
    now = held.now.get(part) or held.now.get("")
    return with_values(empty, now, history=held.history.get(part, ()))


def _small(kind: ScopeKind) -> Words:
    return Words(kind.words.ja, kind.words.en.casefold())


def _of_kind(words: Words, kind: ScopeKind) -> Words:
    return _in_words(words, _small(kind))


def _in_words(words: Words, of: Words) -> Words:
    return Words(words.ja.format(kind=of.ja), words.en.format(kind=of.en))
