"""What the data suggests beside a plan's fields: values now, own history, sizes of segments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from msgspec import structs

from jibungoto.desk.people.segments import EMPTIED, Saved
from jibungoto.desk.plan.narrowed import scope_of
from jibungoto.ledger.finding import Finding
from jibungoto.ledger.words import Words
from jibungoto.plan.facts import MeasureFacts, PlanFacts
from jibungoto.plan.owwh import Plan
from jibungoto.plan.suggest import proposed_for, rebased
from jibungoto.plan.victory import VictoryCondition
from jibungoto.understand.belonging import meaning_in
from jibungoto.understand.catalogue import IntervalKind, Measure, Unit, measure_of
from jibungoto.understand.scoping import MEANING
from jibungoto.web.language import page_language
from jibungoto.web.pages.plan_entered import at_place, put, steps_of
from jibungoto.web.pages.plan_shown import number_typed
from jibungoto.web.printing import printed
from jibungoto.web.wording import day_words

_ANY_DAY = date(2000, 1, 1)


def value_words(measure_key: str, value: float | None, *, unit: str = "") -> str:
    """Return a value as every page prints it: with the unit of its measure, or the plan's own."""
    if value is None:
        return "-"
    measure = measure_of(measure_key)
    if measure is None and unit not in set(Unit):
        return f"{number_typed(value)} {unit}".strip()
    asked = measure or counted_in(Unit(unit))
    return printed(asked, Finding(measure=asked.key, as_of=_ANY_DAY, value=value)).text


def counted_in(unit: Unit) -> Measure:
    """Return a measure of nothing but a unit: what is counted by hand is printed as all else."""
    nothing = Words("", "")
    return Measure("by-hand", nothing, nothing, unit, 0, "", IntervalKind.NONE)


def notes_of(
    plan: Plan, facts: PlanFacts, *, segments: Sequence[Saved]
) -> dict[str, tuple[str, ...]]:
    """Return what the data says beside each part, by its place."""
    notes = {
        f"objective.victory[{at}]": tuple(_of_victory(one, facts, segments=segments))
        for at, one in enumerate(plan.objective.victory)
    }
    for at, who in enumerate(plan.who):
        notes[f"who[{at}]"] = tuple(_of_segment(who.behaviour, segments))
    return notes


def _of_victory(
    victory: VictoryCondition, facts: PlanFacts, *, segments: Sequence[Saved]
) -> list[str]:
    if not victory.measure:
        return []
    known = facts.measures.get(victory.bound)
    said = _of_segment(victory.scope.segment, segments)
    if known is None:
        return said
    meaning = meaning_of(victory)
    if meaning is not None and known.now is not None:
        said.append(meaning.said_in(page_language()))
    return [*_now(victory, known), *said]


def meaning_of(victory: VictoryCondition) -> Words | None:
    """Return what has to be known about a value that is narrowed; None where it is not."""
    if victory.scope.segment:
        return MEANING
    kind, _key = scope_of(victory.scope)
    return None if kind is None else meaning_in(kind)


def _now(victory: VictoryCondition, known: MeasureFacts) -> list[str]:
    language = page_language()
    if known.now is None:
        reason = known.reason.said_in(language) if known.reason else ""
        return [_("No value now. %(reason)s") % {"reason": reason}]
    told = {
        "value": value_words(victory.measure, known.now.value, unit=victory.unit),
        "day": day_words(known.now.day),
    }
    said = [_("Now: %(value)s, on %(day)s.") % told]
    between = known.own_range
    if between is not None and known.history:
        low, high = (value_words(victory.measure, one, unit=victory.unit) for one in between)
        said.append(
            _("Your own history at the ends of months: from %(low)s to %(high)s.")
            % {"low": low, "high": high}
        )
    return said


def _of_segment(key: str, segments: Sequence[Saved]) -> list[str]:
    language = page_language()
    if not key:
        return []
    one = next((saved for saved in segments if saved.row.key == key), None)
    if one is None:
        return [_("The segment “%(key)s” is not on the list any more.") % {"key": key}]
    if one.is_empty:
        return [EMPTIED.said_in(language)]
    if one.size is None:
        return [one.words.said_in(language)]
    count = ngettext("%(size)d person today", "%(size)d people today", one.size)
    return [f"{one.words.said_in(language)}: {count % {'size': one.size}}"]


def without_baseline(plan: Plan, facts: PlanFacts) -> frozenset[str]:
    """Return the places of victory conditions whose baseline the data could fill in."""
    return frozenset(
        f"objective.victory[{at}]"
        for at, one in enumerate(plan.objective.victory)
        if one.measure
        and (one.baseline.value is None or one.is_of_another)
        and proposed_for(one, facts).baseline
    )


def of_another(plan: Plan) -> frozenset[str]:
    """Return the places of victory conditions whose baseline was written for another measure."""
    each = enumerate(plan.objective.victory)
    return frozenset(f"objective.victory[{at}]" for at, one in each if one.is_of_another)


def with_baseline(plan: Plan, facts: PlanFacts, *, place: str) -> Plan:
    """Return the plan with the newest value as the baseline of one victory condition."""
    if place not in without_baseline(plan, facts):
        return plan
    proposed = proposed_for(at_place(plan, place), facts).baseline
    return plan if proposed is None else put(plan, steps_of(f"{place}.baseline"), new=proposed)


def with_baseline_kept(plan: Plan, *, place: str) -> Plan:
    """Return the plan with a baseline, written for another measure, said to be of this one."""
    if place not in of_another(plan):
        return plan
    victory: VictoryCondition = at_place(plan, place)
    kept = structs.replace(victory.baseline, of=victory.bound.written)
    changed: Plan = put(plan, steps_of(f"{place}.baseline"), new=kept)
    return changed


def completed(plan: Plan, facts: PlanFacts, *, before: Plan) -> Plan:
    """Return the plan with unit and baseline of newly chosen measures filled in from the data.

    What somebody wrote is never written over; a baseline that the data gave for another measure
    makes way.
    """
    known = {one.key: one for one in before.objective.victory}
    victory = tuple(
        rebased(_completed(one), facts, before=known.get(one.key)) for one in plan.objective.victory
    )
    return structs.replace(plan, objective=structs.replace(plan.objective, victory=victory))


def _completed(victory: VictoryCondition) -> VictoryCondition:
    measure = measure_of(victory.measure)
    if measure is None:
        return _by_hand(victory)
    part = victory.part if victory.part in measure.parts else ""
    return structs.replace(victory, part=part, unit=measure.unit.value)


def _by_hand(victory: VictoryCondition) -> VictoryCondition:
    """Give what is counted by hand a measure of its own, named after it."""
    if victory.measure or victory.by_hand.name.is_empty:
        return victory
    name = slugify(victory.by_hand.name.en)[:40] or victory.key
    return structs.replace(victory, measure=f"by-hand-{name}")
