"""What can be chosen in the fields of a plan: measures, segments, and the plan's own parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from jibungoto.desk.people.segments import Saved
from jibungoto.desk.plan.programmes import Alone
from jibungoto.desk.understand.scopes import Scoped
from jibungoto.plan.owwh import AssumptionState, Place, Plan, Spaces
from jibungoto.plan.victory import Operator
from jibungoto.understand.catalogue import THEMES, Unit, measure_of
from jibungoto.understand.scope_kind import ScopeKind
from jibungoto.web.language import page_language
from jibungoto.web.printing import part_name, said
from jibungoto.web.wording import day_words

SPACES: dict[Spaces, str | Promise] = {
    Spaces.SUPPORT: gettext_lazy("Support: members solve each other's questions"),
    Spaces.PRODUCT: gettext_lazy("Product: members shape it"),
    Spaces.ACQUISITION: gettext_lazy("Acquisition: others come because of members"),
    Spaces.CONTRIBUTION: gettext_lazy("Contribution: members make things"),
    Spaces.ENGAGEMENT: gettext_lazy("Engagement: members belong and come back"),
    Spaces.SUCCESS: gettext_lazy("Success: members get on with what they do"),
}
OPERATORS: dict[Operator, str | Promise] = {
    Operator.AT_LEAST: pgettext_lazy("won at", "at least"),
    Operator.AT_MOST: pgettext_lazy("won at", "at most"),
}
PLACES: dict[Place, str | Promise] = {
    Place.VENUE: gettext_lazy("At a venue"),
    Place.ONLINE: pgettext_lazy("where a how is held", "Online"),
}
UNITS: dict[str, str | Promise] = {
    Unit.PERSONS.value: gettext_lazy("People"),
    Unit.FRACTION.value: "%",
    Unit.OUTPUTS.value: gettext_lazy("Outputs"),
    Unit.STARTS.value: pgettext_lazy("unit", "Starts"),
    Unit.ENTRIES.value: gettext_lazy("Registrations"),
    Unit.HOURS.value: gettext_lazy("Hours"),
    Unit.MINUTES.value: gettext_lazy("Minutes"),
}
STATES: dict[AssumptionState, str | Promise] = {
    AssumptionState.OPEN: pgettext_lazy("assumption", "Open"),
    AssumptionState.HELD: pgettext_lazy("assumption", "It held"),
    AssumptionState.FAILED: pgettext_lazy("assumption", "It failed"),
}
SHORTENED = 40


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice: what is kept, what is said, and under which heading it stands."""

    value: str
    words: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Choosing:
    """What the choices of a plan are made from."""

    plan: Plan
    segments: Sequence[Saved]
    scopes: Sequence[Scoped] = ()
    events: Sequence[Alone] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    def of(self, place: str, path: str) -> list[Choice]:
        """Return the choices of the field at a place; what is chosen already is among them."""
        made = _MADE.get(path)
        return made(self, place) if made else []


def short(text: str, otherwise: str) -> str:
    """Return the beginning of a text, or other words where there is none."""
    kept = " ".join(text.split())
    return (kept if len(kept) <= SHORTENED else f"{kept[: SHORTENED - 1]}…") or otherwise


def named(plan: Plan, kind: str, *, at: int) -> str:
    """Return what a part of a plan is called: its own words, or its number."""
    language = page_language()
    number = {"number": at + 1}
    if kind == "who":
        return short(plan.who[at].interest_axis.said_in(language), _("Who %(number)s") % number)
    if kind == "what":
        return short(plan.what[at].gain.said_in(language), _("What %(number)s") % number)
    if kind == "how":
        return short(plan.how[at].title.said_in(language), _("How %(number)s") % number)
    if kind == "assumptions":
        words = plan.assumptions[at].text.said_in(language)
        return short(words, _("Assumption %(number)s") % number)
    measure = measure_of(plan.objective.victory[at].measure)
    by_hand = plan.objective.victory[at].by_hand.name.said_in(language)
    words = said(measure.name) if measure else by_hand or plan.objective.victory[at].measure
    return short(words, _("Victory condition %(number)s") % number)


def _measures(choosing: Choosing, place: str) -> list[Choice]:
    return [
        Choice(one.key, said(one.name), said(theme))
        for theme, ones in THEMES
        for one in ones
        if not one.compared  # an association is nothing to win
    ]


def _parts(choosing: Choosing, place: str) -> list[Choice]:
    at = int(place.partition("[")[2].partition("]")[0])
    measure = measure_of(choosing.plan.objective.victory[at].measure)
    if measure is None:
        return []
    return [Choice(part, part_name(measure, part)) for part in measure.parts if part]


def _segments(choosing: Choosing, place: str) -> list[Choice]:
    return [
        Choice(
            one.row.key,
            one.row.name
            if one.size is None
            else _("%(name)s (%(size)s)") % {"name": one.row.name, "size": one.size},
        )
        for one in choosing.segments
    ]


def _scoped(kind: ScopeKind) -> Callable[[Choosing, str], list[Choice]]:
    def made(choosing: Choosing, place: str) -> list[Choice]:
        return [
            Choice(one.key, _("%(name)s (%(events)s)") % {"name": one.name, "events": one.events})
            for one in choosing.scopes
            if one.kind is kind
        ]

    return made


def _programmes(choosing: Choosing, place: str) -> list[Choice]:
    """Return the series, the single events, and what is chosen already and not there any more."""
    found = _scoped(ScopeKind.SERIES)(choosing, place)
    found += [
        Choice(one.key, f"{short(one.name, one.key)} · {day_words(one.day)}")
        for one in choosing.events
    ]
    how = choosing.plan.how[int(place.partition("[")[2].partition("]")[0])]
    known = {one.value for one in found}
    gone = [key for key in how.series if key not in known]
    return found + [Choice(key, choosing.names.get(f"series:{key}", key)) for key in gone]


def _own(kind: str) -> Callable[[Choosing, str], list[Choice]]:
    def made(choosing: Choosing, place: str) -> list[Choice]:
        plan = choosing.plan
        held = plan.objective.victory if kind == "victory" else getattr(plan, kind)
        return [Choice(part.key, named(plan, kind, at=at)) for at, part in enumerate(held)]

    return made


def _of(words: Mapping[str, str | Promise]) -> Callable[[Choosing, str], list[Choice]]:
    return lambda choosing, place: [Choice(key, str(text)) for key, text in words.items()]


_MADE: dict[str, Callable[[Choosing, str], list[Choice]]] = {
    "measure": _measures,
    "leading_measure": _measures,
    "part": _parts,
    "unit": _of(UNITS),
    "scope.segment": _segments,
    "scope.series": _scoped(ScopeKind.SERIES),
    "scope.chapter": _scoped(ScopeKind.CHAPTER),
    "behaviour": _segments,
    "who": _own("who"),
    "serves": _own("what"),
    "series": _programmes,
    "victories": _own("victory"),
    "spaces": _of({one.value: text for one, text in SPACES.items()}),
    "operator": _of({one.value: text for one, text in OPERATORS.items()}),
    "places": _of({one.value: text for one, text in PLACES.items()}),
    "state": _of({one.value: text for one, text in STATES.items()}),
}
