"""What the catalogue knows of every measure, before anybody has looked at its values."""

from __future__ import annotations

from collections.abc import Iterable

from jibungoto.ledger.finding import Finding
from jibungoto.ledger.words import Words
from jibungoto.plan.facts import MeasureFacts, Point
from jibungoto.plan.owwh import Plan
from jibungoto.plan.victory import Bound, VictoryCondition
from jibungoto.understand.catalogue import CATALOGUE, Measure, measure_of
from jibungoto.understand.reasons import NO_LOG

NOT_COUNTED = Words("まだ一度も数えていません。", "Nobody has counted it yet.")


def catalogue_facts() -> dict[Bound, MeasureFacts]:
    """Return every measure and part that can be asked for, without values."""
    return {
        Bound(measure.key, part): blank(measure, part)
        for measure in CATALOGUE
        for part in ("", *measure.parts)
    }


def blank(measure: Measure, part: str) -> MeasureFacts:
    """Return what is known of a measure or one of its parts from the catalogue alone."""
    name = measure.name
    if part:
        words = measure.parts[part]
        name = Words(ja=f"{name.ja}({words.ja})", en=f"{name.en} ({words.en})")
    return MeasureFacts(name, measure.unit.value, measure.window, reason=NO_LOG)


def with_values(
    known: MeasureFacts, now: Finding | None, *, history: Iterable[Finding]
) -> MeasureFacts:
    """Return the same with its value now and its history; what has no value keeps its reason."""
    return MeasureFacts(
        known.name,
        known.unit,
        known.window,
        now=None if now is None else point_of(now),
        reason=None if now is None else now.reason,
        history=tuple(point for one in history if (point := point_of(one)) is not None),
    )


def point_of(found: Finding) -> Point | None:
    """Return a finding as a point of a history, or None where it has no value."""
    if found.value is None:
        return None
    around = found.interval
    low, high = (None, None) if around is None else (around.low, around.high)
    return Point(found.as_of, found.value, low, high)


def measure_named(victory: VictoryCondition) -> Words:
    """Return what people call the measure of a victory condition, whoever counts it."""
    measure = measure_of(victory.measure)
    if measure is not None and (not victory.part or victory.part in measure.parts):
        return blank(measure, victory.part).name
    name = victory.by_hand.name
    return Words(name.said_in("ja") or victory.measure, name.said_in("en") or victory.measure)


def measures_used(plan: Plan) -> tuple[str, ...]:
    """Return the catalogue's measures that a plan names, in its order."""
    known = {measure.key for measure in CATALOGUE}
    named = [one.measure for one in plan.objective.victory]
    named += [how.leading_measure for how in plan.how]
    return tuple(dict.fromkeys(key for key in named if key in known))


def counted_by_hand(victory: VictoryCondition, points: Iterable[Point]) -> MeasureFacts:
    """Return what is known of a number counted by hand."""
    history = tuple(sorted(points, key=lambda one: one.day))
    name = victory.by_hand.name
    words = Words(ja=name.said_in("ja"), en=name.said_in("en"))
    return MeasureFacts(
        words if not name.is_empty else Words(ja=victory.measure, en=victory.measure),
        victory.unit,
        now=history[-1] if history else None,
        reason=None if history else NOT_COUNTED,
        history=history,
    )
