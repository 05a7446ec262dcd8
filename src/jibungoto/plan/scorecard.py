"""The scorecard: where each victory condition is, where it should be, and where it is going."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from jibungoto.ledger.words import Words, day_words
from jibungoto.plan.facts import MeasureFacts, PlanFacts, Point
from jibungoto.plan.forecast import Forecast, forecast_of
from jibungoto.plan.number import FRACTION, shown
from jibungoto.plan.owwh import Plan
from jibungoto.plan.standing import Judged, Standing, at_the_end, by_forecast, by_path
from jibungoto.plan.tree import Edge, tree_of
from jibungoto.plan.victory import Bound, VictoryCondition

SAME = 0.01
NO_MEASURE = Words(
    "この指標の値は、今のデータからは計算できません。",
    "This measure cannot be worked out from what is in the log now.",
)
NO_DUE = Words("目標値か期日がまだ決まっていません。", "Target or due date are still to be said.")
NO_BASELINE = Words(
    "基準値がないため、目標までの道筋は引けません。",
    "Without a baseline there is no path to the target.",
)
NONE_BY_THEN = Words(
    "期日までの値が残っていません。", "There is no value from before the due date any more."
)
BASELINE_GONE = Words(
    "基準値{value}({day}まで)のもとになったデータは、今は入っていません。"
    "基準値は書かれたときのままです。",
    "What the baseline of {value} (up to {day}) was taken from is no longer in the log; the "
    "baseline stays as it was written.",
)
BASELINE_MOVED = Words(
    "基準値は{value}と書かれていますが、今のデータでは{now}になります({day})。",
    "The baseline was written as {value}; from what is in the log now it would be {now} ({day}).",
)
ENDS_EARLY = Words(
    "データは{day}までです。それより後のことは入っていません。",
    "The data end on {day}; nothing later is in here.",
)
OLD_AFTER = 35


@dataclass(frozen=True, slots=True)
class Card:
    """One victory condition: now, the path, the forecast, and how it stands.

    Where ``now``, ``expected`` or ``forecast`` is None, ``reason``, ``no_path`` or
    ``no_forecast`` says why. ``path`` runs straight from baseline to target. ``window`` is that of
    the measure, in days.
    """

    victory: VictoryCondition
    name: Words
    unit: str
    now: Point | None
    reason: Words | None
    path: tuple[Point, ...]
    expected: float | None
    no_path: Words | None
    forecast: Forecast | None
    no_forecast: Words | None
    days_left: int | None
    judged: Judged
    notes: tuple[Words, ...] = ()
    history: tuple[Point, ...] = ()
    window: int = 0


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Every victory condition of a plan, and the tree from activity to outcome."""

    today: date
    cards: tuple[Card, ...]
    tree: tuple[Edge, ...]


def scorecard_of(plan: Plan, facts: PlanFacts) -> Scorecard:
    """Return the scorecard of a plan on a day; nothing in it is invented."""
    cards = tuple(_card(one, plan, facts=facts) for one in plan.objective.victory)
    return Scorecard(facts.today, cards, tree_of(plan))


def _card(victory: VictoryCondition, plan: Plan, *, facts: PlanFacts) -> Card:
    known = _up_to(facts.today, facts.measures.get(victory.bound) or _unknown(victory, facts))
    path = path_of(victory, plan)
    now = known.now
    expected = None if now is None else on_path(path, now.day)
    forecast, no_forecast = _forecast(victory, known)
    return Card(
        victory=victory,
        name=known.name,
        unit=known.unit,
        now=now,
        reason=None if now is not None else (known.reason or NO_MEASURE),
        path=path,
        expected=expected,
        no_path=None if path else NO_BASELINE,
        forecast=forecast,
        no_forecast=no_forecast,
        days_left=None if victory.due is None else (victory.due - facts.today).days,
        judged=_judged(victory, known, facts=facts, expected=expected, forecast=forecast),
        notes=tuple(_notes(victory, known, today=facts.today)),
        history=known.history,
        window=known.window,
    )


def _up_to(day: date, known: MeasureFacts) -> MeasureFacts:
    """Return what was known on a day: what was counted later says nothing of it."""
    if known.now is None or known.now.day <= day:
        return known
    history = tuple(point for point in known.history if point.day <= day)
    now = max(history, key=lambda one: one.day, default=None)
    reason = NONE_BY_THEN if now is None else None
    return replace(known, now=now, history=history, reason=reason)


def _unknown(victory: VictoryCondition, facts: PlanFacts) -> MeasureFacts:
    """Return what is known of a measure that cannot be asked for: at most its name."""
    whole = facts.measures.get(Bound(victory.measure, victory.part))
    if whole is not None:
        return MeasureFacts(whole.name, whole.unit, whole.window)
    name = victory.by_hand.name
    if name.is_empty:
        return MeasureFacts(Words(ja=victory.measure, en=victory.measure), victory.unit)
    return MeasureFacts(Words(ja=name.said_in("ja"), en=name.said_in("en")), victory.unit)


def path_of(victory: VictoryCondition, plan: Plan) -> tuple[Point, ...]:
    """Return both ends of the path: from the baseline, once the plan has begun, to the target."""
    baseline = victory.baseline
    if baseline.value is None or victory.target is None or victory.due is None:
        return ()
    begins = max((day for day in (baseline.last, plan.period.first) if day), default=None)
    if begins is None or begins >= victory.due:
        return ()
    return Point(begins, baseline.value), Point(victory.due, victory.target)


def on_path(path: tuple[Point, ...], day: date) -> float | None:
    """Return where a path is on a day; before it begins and after its end it stays level."""
    if not path:
        return None
    begin, end = path
    share = (day - begin.day).days / (end.day - begin.day).days
    return begin.value + (end.value - begin.value) * min(max(share, 0.0), 1.0)


def _forecast(
    victory: VictoryCondition, known: MeasureFacts
) -> tuple[Forecast | None, Words | None]:
    if known.now is None:
        return None, known.reason or NO_MEASURE
    if victory.due is None or victory.target is None:
        return None, NO_DUE
    days = {point.day: point for point in (*known.history, known.now)}
    points = [days[day] for day in sorted(days)]
    found = forecast_of(
        points, due=victory.due, window=known.window, is_share=known.unit == FRACTION
    )
    return (None, found) if isinstance(found, Words) else (found, None)


def _judged(
    victory: VictoryCondition,
    known: MeasureFacts,
    *,
    facts: PlanFacts,
    expected: float | None,
    forecast: Forecast | None,
) -> Judged:
    if known.now is None:
        return Judged(Standing.UNKNOWN, known.reason or NO_MEASURE)
    if victory.due is None or victory.target is None or victory.operator is None:
        return Judged(Standing.UNKNOWN, NO_DUE)
    if facts.today > victory.due:
        return _judged_at_end(victory, known, due=victory.due)
    if forecast is not None:
        return by_forecast(victory, forecast, now=known.now, expected=expected)
    return by_path(victory, now=known.now, expected=expected)


def _judged_at_end(victory: VictoryCondition, known: MeasureFacts, *, due: date) -> Judged:
    """Judge by the last value up to the due date, if it is from no more than five weeks before."""
    last = _last_until(known, due)
    if last is None:
        return Judged(Standing.UNKNOWN, NONE_BY_THEN)
    if (due - last.day).days > OLD_AFTER:
        return Judged(Standing.UNKNOWN, ENDS_EARLY.filled(day=day_words(last.day)))
    return at_the_end(victory, last)


def _last_until(known: MeasureFacts, day: date) -> Point | None:
    points = (*known.history, *((known.now,) if known.now else ()))
    return max((one for one in points if one.day <= day), key=lambda one: one.day, default=None)


def _notes(victory: VictoryCondition, known: MeasureFacts, *, today: date) -> list[Words]:
    notes = []
    baseline = _baseline_note(victory, known)
    if baseline is not None:
        notes.append(baseline)
    if known.now is not None and (today - known.now.day).days > OLD_AFTER:
        notes.append(ENDS_EARLY.filled(day=day_words(known.now.day)))
    return notes


def _baseline_note(victory: VictoryCondition, known: MeasureFacts) -> Words | None:
    """Say so if the log no longer holds, or no longer gives, the baseline that was written."""
    value, last = victory.baseline.value, victory.baseline.last
    if value is None or last is None or victory.by_hand.is_complete:
        return None
    unit = known.unit or victory.unit
    points = {point.day: point for point in known.history}
    if known.now is not None:
        points[known.now.day] = known.now
    if not any(day <= last for day in points):
        return BASELINE_GONE.filled(value=shown(value, unit), day=day_words(last))
    found = points.get(last)
    if found is None or abs(found.value - value) <= SAME * max(abs(value), abs(found.value)):
        return None
    written, given = shown(value, unit), shown(found.value, unit)
    return BASELINE_MOVED.filled(value=written, now=given, day=day_words(last))
