"""A plan read on one page: objective and victory, then for whom, what they get, and how."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from jibungoto.plan.owwh import Assumption, How, Plan, What, Who
from jibungoto.plan.text import Text
from jibungoto.plan.victory import Operator, VictoryCondition
from jibungoto.understand.catalogue import measure_of
from jibungoto.web.language import page_language
from jibungoto.web.pages.plan_choices import PLACES, SPACES, STATES, named
from jibungoto.web.pages.plan_shown import number_typed
from jibungoto.web.pages.plan_suggested import value_words
from jibungoto.web.printing import part_name, said
from jibungoto.web.wording import day_words

Fact = tuple[str | Promise, str]


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One part: its sentence, and what else is said of it."""

    words: str
    facts: Sequence[Fact] = ()


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One of O, Who, What, How with its parts."""

    letter: str
    title: str
    parts: Sequence[SheetPart]


def sheet_of(plan: Plan, *, segments: Mapping[str, str]) -> list[SheetRow]:
    """Return a plan in rows; ``segments`` are names by key. What is not said is left out."""
    rows = [
        SheetRow("O", _("Objective and victory condition"), list(_objective(plan, segments))),
        SheetRow("Who", _("For whom"), [_who(one, segments) for one in plan.who]),
        SheetRow(
            "What",
            _("What they get"),
            [_what(one, plan, at=at) for at, one in enumerate(plan.what)],
        ),
        SheetRow(
            "How",
            pgettext("of a plan", "How"),
            [_how(one, plan, at=at, segments=segments) for at, one in enumerate(plan.how)],
        ),
        SheetRow("", _("Assumptions"), [_assumption(one) for one in plan.assumptions]),
    ]
    return [row for row in rows if row.parts]


def told(text: Text) -> str:
    """Return a text in the language of the page, or in the other."""
    return text.said_in(page_language())


def measure_words(victory: VictoryCondition, segments: Mapping[str, str]) -> str:
    """Return what a victory condition counts, and of whom."""
    measure = measure_of(victory.measure)
    words = said(measure.name) if measure else told(victory.by_hand.name) or victory.measure
    if measure is not None and victory.part:
        words = f"{words}: {part_name(measure, victory.part)}"
    for scope in _scopes(victory, segments):
        words = pgettext("a measure of a segment", "%(measure)s, of “%(segment)s”") % {
            "measure": words,
            "segment": scope,
        }
    return words or _("A measure still to be chosen")


def _scopes(victory: VictoryCondition, names: Mapping[str, str]) -> list[str]:
    """Return the names of what a measure is narrowed to: a segment, a series, a chapter."""
    scope = victory.scope
    told = (
        (scope.segment, scope.segment),
        (scope.series, f"series:{scope.series}"),
        (scope.chapter, f"chapter:{scope.chapter}"),
    )
    return [names.get(place, key) for key, place in told if key]


def victory_words(victory: VictoryCondition, segments: Mapping[str, str]) -> str:
    """Say a victory condition in one sentence."""
    values = {
        "measure": measure_words(victory, segments),
        "from": value_words(victory.measure, victory.baseline.value, unit=victory.unit),
        "target": value_words(victory.measure, victory.target, unit=victory.unit),
        "due": day_words(victory.due) if victory.due else "–",
    }
    if victory.target is None or victory.due is None:
        return _("%(measure)s: target or due date still to be said") % values
    if victory.operator is Operator.AT_MOST:
        if victory.baseline.value is None:
            return _("%(measure)s: at most %(target)s by %(due)s") % values
        return _("%(measure)s: from %(from)s to at most %(target)s by %(due)s") % values
    if victory.baseline.value is None:
        return _("%(measure)s: at least %(target)s by %(due)s") % values
    return _("%(measure)s: from %(from)s to at least %(target)s by %(due)s") % values


def _objective(plan: Plan, segments: Mapping[str, str]) -> Iterable[SheetPart]:
    objective = plan.objective
    facts = _said(
        (_("For the company"), told(objective.company)),
        (_("For a member"), told(objective.member)),
        (_("What the community is for"), str(SPACES[objective.spaces]) if objective.spaces else ""),
        (_("Why"), told(objective.theory)),
        (_("Not meant"), " / ".join(told(one) for one in objective.not_goals)),
    )
    if facts:
        yield SheetPart("", facts)
    for one in objective.victory:
        yield SheetPart(
            victory_words(one, segments),
            _said(
                (_("If won"), told(one.if_won)),
                (_("If lost"), told(one.if_lost)),
                (_("Counted by hand, by"), told(one.by_hand.who)),
            ),
        )


def _who(who: Who, segments: Mapping[str, str]) -> SheetPart:
    size = "" if who.size_estimate is None else f"{who.size_estimate:,}"
    return SheetPart(
        told(who.interest_axis) or segments.get(who.behaviour, who.behaviour),
        _said(
            (pgettext("of a who", "What they do"), segments.get(who.behaviour, who.behaviour)),
            (_("First pins"), _listed(who.first_pins)),
            (_("Who is not meant"), told(who.excluded)),
            (_("How many there may be"), size),
            (_("How we know"), told(who.how_we_know)),
        ),
    )


def _what(what: What, plan: Plan, *, at: int) -> SheetPart:
    names = {one.key: named(plan, "who", at=number) for number, one in enumerate(plan.who)}
    sentence = told(what.sentence)
    return SheetPart(
        told(what.gain) or named(plan, "what", at=at),
        _said(
            (_("For whom"), names.get(what.who, "") if len(names) > 1 else ""),
            (_("What they want to get done"), told(what.job)),
            (
                _("The sentence a member would say"),
                pgettext("quoted", "“%(words)s”") % {"words": sentence} if sentence else "",
            ),
            (_("What shows it"), told(what.proof)),
        ),
    )


def _how(how: How, plan: Plan, *, at: int, segments: Mapping[str, str]) -> SheetPart:
    hours = "" if how.hours_per_month is None else number_typed(how.hours_per_month)
    owner = f"{how.owner} ({how.deputy})" if how.owner and how.deputy else how.owner
    words = told(how.title) or named(plan, "how", at=at)
    return SheetPart(
        _("%(how)s (an idea still)") % {"how": words} if how.is_idea else words,
        _said(
            (_("Owner (deputy)"), owner),
            (_("How often"), told(how.cadence)),
            (_("Hours a month"), hours),
            (_("Held as"), _listed(segments.get(f"series:{key}", key) for key in how.series)),
            (_("Where it is held"), _listed(str(PLACES[one]) for one in how.places)),
            (_("When we stop it"), told(how.stop_rule)),
        ),
    )


def _assumption(one: Assumption) -> SheetPart:
    return SheetPart(
        told(one.text) or "–",
        _said(
            (_("How we test it"), told(one.test)),
            (_("By"), day_words(one.due) if one.due else ""),
            (_("What became of it"), str(STATES[one.state])),
        ),
    )


def _said(*facts: Fact) -> list[Fact]:
    return [fact for fact in facts if fact[1].strip()]


def _listed(words: Iterable[str]) -> str:
    return ("、" if page_language() == "ja" else ", ").join(words)
